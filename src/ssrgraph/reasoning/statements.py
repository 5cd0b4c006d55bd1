"""Triples as columns of integers: read in bulk, by their N-Triples text."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from ssrgraph.reasoning.parsing import Lines, lines_of
from ssrgraph.reasoning.relations import distinct, pack
from ssrgraph.reasoning.texts import PADDING, padded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad, Triple

    from ssrgraph.reasoning.relations import Ids
    from ssrgraph.reasoning.symbols import Symbols
    from ssrgraph.reasoning.texts import Bytes

_SMALL = 1 << 16
_BLANK, _LINE_END, _UNDERSCORE = b" \n_"


def packed(
    statements: Iterable[Triple | Quad] | Lines,
    symbols: Symbols,
    *,
    blank_prefix: str = "",
    left_out: list[str] | None = None,
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
    blocks = statements.blocks if isinstance(statements, Lines) else lines_of(statements)
    for buffer, starts, lengths in _stretches(blocks, blank_prefix, left_out):
        subjects, predicates, objects = symbols.of_stretches(buffer, starts, lengths).reshape(-1, 3).T
        pairs = pack(subjects, objects)
        order = np.argsort(predicates.astype(np.uint16 if predicates.max() < _SMALL else np.int64), kind="stable")
        ordered = predicates[order]
        cuts = np.flatnonzero(ordered[1:] != ordered[:-1]) + 1
        names = ordered[np.concatenate([[0], cuts])].tolist()
        for predicate, some in zip(names, np.split(pairs[order], cuts), strict=True):
            columns.setdefault(predicate, []).append(some)
    return {predicate: distinct(arrays) for predicate, arrays in columns.items()}


def _stretches(
    blocks: Iterable[bytes], blank_prefix: str, left_out: list[str] | None
) -> Iterator[tuple[Bytes, Ids, Ids]]:
    """Yield subjects, predicates and objects, of many triples at a time, as stretches of a buffer."""
    for block in blocks:
        lines = _without_triple_terms(block, blank_prefix, left_out) if b"<<" in block else block
        buffer, starts, lengths = _split(lines)
        if blank_prefix and b"_:" in lines:
            buffer, starts, lengths = _split(_labelled(lines, starts[buffer[starts] == _UNDERSCORE], blank_prefix))
        if len(starts):
            yield buffer, starts, lengths


def _split(lines: bytes) -> tuple[Bytes, Ids, Ids]:
    """Return where the terms of N-Triples lines stand."""
    buffer = padded(lines)
    content = buffer[:-PADDING]
    line_ends = np.flatnonzero(content == _LINE_END)
    blanks = np.flatnonzero(content == _BLANK)
    starts = np.empty((len(line_ends), 3), np.int64)
    ends = np.empty_like(starts)
    starts[:1, 0], starts[1:, 0] = 0, line_ends[:-1] + 1
    places = blanks.searchsorted(starts[:, 0])
    ends[:, 0], ends[:, 1], ends[:, 2] = blanks[places], blanks[places + 1], line_ends - 2
    starts[:, 1:] = ends[:, :2] + 1
    return buffer, starts.ravel(), (ends - starts).ravel()


def _labelled(lines: bytes, places: Ids, prefix: str) -> bytes:
    """Return lines with a prefix in the labels of the blank nodes that stand at some places."""
    cuts = [0, *(places + 2).tolist(), len(lines)]
    return prefix.encode().join(lines[start:end] for start, end in pairwise(cuts))


def _without_triple_terms(lines: bytes, blank_prefix: str, left_out: list[str] | None) -> bytes:
    kept = []
    for line in lines.rstrip(b"\n").split(b"\n"):
        subject, predicate, rest = line.split(b" ", 2)
        if not subject.startswith(b"<<") and not rest.startswith(b"<<"):
            kept.append(line + b"\n")
        elif left_out is not None:
            parts = (subject, predicate, rest)
            left_out.append(b" ".join(_own(one, blank_prefix) for one in parts).decode() + "\n")
    return b"".join(kept)


def _own(text: bytes, prefix: str) -> bytes:
    return b"_:" + prefix.encode() + text[2:] if text.startswith(b"_:") else text
