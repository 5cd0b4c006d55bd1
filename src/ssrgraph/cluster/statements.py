"""Statements as texts: what a worker reads of N-Triples and other files, and what the driver makes of them again.

A term is its N-Triples text. A literal is known by the plainest text of its value beside its own.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, RdfFormat, Triple, parse

from ssrgraph.reasoning.datatypes import DATATYPES, has, plainest, value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad

SCHEMA = "s string, p string, o string, v string, odd boolean"
"""The columns of statements, in Spark's words."""


class Statement(NamedTuple):
    """A triple, a row of `SCHEMA`.

    Attributes:
        s: Its subject.
        p: Its predicate.
        o: Its object.
        v: The same, or the plainest text of the value of a literal.
        odd: Whether its object is a literal that denotes nothing.
    """

    s: str
    p: str
    o: str
    v: str
    odd: bool


def statements(quads: Iterable[Quad | Triple]) -> Iterator[Statement]:
    """Yield triples as texts; those about triple terms are left out."""
    for one in quads:
        subject, verb, object_ = one.subject, one.predicate, one.object
        if isinstance(subject, Triple) or isinstance(object_, Triple):
            continue
        text = str(object_)
        plain = _plain(text) if isinstance(object_, Literal) else text
        yield Statement(str(subject), str(verb), text, plain or text, plain is None)


def value_text(text: str) -> str:
    """Return the plainest text of the value of a literal; any other term's own text, and that of an odd literal."""
    return (_plain(text) or text) if text.startswith('"') else text


def triples(rows: Iterable[tuple[str, str, str]]) -> list[Triple]:
    """Return statements as triples again."""
    lines = "".join(f"{s} {p} {o} .\n" for s, p, o in rows)
    return [quad.triple for quad in parse(lines, format=RdfFormat.N_TRIPLES)]


@lru_cache(maxsize=1 << 16)
def _plain(text: str) -> str | None:
    if text.endswith('"'):
        return text
    literal = _literal(text)
    denoted = None if literal is None else value(literal)
    return None if denoted is None else plainest(denoted)


def wrongly_typed(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield the literals that are said to have a datatype whose values do not have theirs.

    Args:
        rows: Literals, each with the text of the class that it belongs to.
    """
    for text, kind in rows:
        name = kind[1:-1]
        if name in DATATYPES:
            literal = _literal(text)
            denoted = None if literal is None else value(literal)
            if denoted is not None and not has(name, denoted):
                yield text


def _literal(text: str) -> Literal | None:
    (quad,) = parse(f"<x:x> <x:x> {text} .", format=RdfFormat.N_TRIPLES)
    return quad.object if isinstance(quad.object, Literal) else None
