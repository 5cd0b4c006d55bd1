"""Triples as columns of integers: read in bulk, by their N-Triples text."""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Triple, serialize

from ssrgraph.reasoning.relations import distinct, pack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad

    from ssrgraph.reasoning.relations import Ids
    from ssrgraph.reasoning.symbols import Symbols

_LINE = re.compile(r"([^ ]+) ([^ ]+) (.*) \.\n")
_CHUNK = 1 << 16


def packed(
    statements: Iterable[Triple | Quad], symbols: Symbols, *, blank_prefix: str = "", left_out: list[str] | None = None
) -> dict[int, Ids]:
    """Return the distinct pairs of each predicate, by the integers of the texts themselves.

    Triples about triple terms are left out.

    Args:
        statements: What is read; graph names do not matter.
        symbols: Gets the terms.
        blank_prefix: Put before the label of every blank node, which keeps those of several files apart.
        left_out: Gets the lines of what was left out.
    """
    columns: dict[int, list[Ids]] = {}
    for texts in _texts(statements, blank_prefix, left_out):
        subjects, predicates, objects = symbols.of_texts(texts, len(texts)).reshape(-1, 3).T
        pairs = pack(subjects, objects)
        for predicate in distinct([predicates]).tolist():
            columns.setdefault(predicate, []).append(pairs[predicates == predicate])
    return {predicate: distinct(arrays) for predicate, arrays in columns.items()}


def _texts(statements: Iterable[Triple | Quad], blank_prefix: str, left_out: list[str] | None) -> Iterator[list[str]]:
    """Yield the texts of subject, predicate and object, of many triples at a time, all in one list."""
    left = iter(statements)
    while chunk := list(islice(left, _CHUNK)):
        triples = [one if isinstance(one, Triple) else one.triple for one in chunk]
        lines = (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()
        texts = _split(lines, len(chunk), blank_prefix, left_out)
        if blank_prefix and "_:" in lines:
            texts = [_labelled(one, blank_prefix) for one in texts]
        if texts:
            yield texts


def _split(lines: str, count: int, blank_prefix: str, left_out: list[str] | None) -> list[str]:
    if lines.count(" ") == 3 * count:  # no blanks but those between the terms
        texts = lines.replace(" .\n", " ").split(" ")
        texts.pop()
        return texts
    rows = _LINE.findall(lines)
    if "<<" in lines:
        others = [row for row in rows if row[0].startswith("<<") or row[2].startswith("<<")]
        if left_out is not None:
            left_out += [f"{' '.join(_labelled(one, blank_prefix) for one in row)} .\n" for row in others]
        rows = [row for row in rows if row not in others]
    return list(chain.from_iterable(rows))


def _labelled(text: str, prefix: str) -> str:
    return f"_:{prefix}{text[2:]}" if text[0] == "_" else text
