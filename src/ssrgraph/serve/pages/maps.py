"""The map of an answer: its entities, and which of them stand together in it."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING, TypeGuard

from pyoxigraph import NamedNode

from ssrgraph.serve.pages.neighbours import kind_of
from ssrgraph.serve.pages.parts import AnswerMap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ssrgraph.serve.pages.names import Names

MOST = 60
"""How many entities a map shows: those that stand together with the most others."""
_IN_A_ROW = 4
"""Entities of a row up to which each is connected with each; in a longer row the first is, with all others."""

Edges = dict[tuple[NamedNode, NamedNode], Counter[str]]


def map_of_rows(columns: Sequence[str], rows: Iterable[Sequence[object]], names: Names) -> AnswerMap | None:
    """Return the map of an answer in rows: what stands in a row is connected; None where no entity is in it."""
    found: dict[NamedNode, None] = {}
    edges: Edges = {}
    for row in rows:
        there = [(name, term) for name, term in zip(columns, row, strict=True) if _is_entity(term, names)]
        found.update(dict.fromkeys(term for _, term in there))
        together = list(combinations(there, 2))[: len(there) - 1 if len(there) > _IN_A_ROW else None]
        for (first, one), (second, other) in together:
            if one != other:
                words = f"{first.replace('_', ' ')} – {second.replace('_', ' ')}"
                edges.setdefault((one, other), Counter())[words] += 1
    return _map(found, edges, names)


def map_of_triples(triples: Iterable[Sequence[object]], names: Names) -> AnswerMap | None:
    """Return the map of an answer that is a graph: what a statement connects; None where no entity is in it."""
    found: dict[NamedNode, None] = {}
    edges: Edges = {}
    for subject, predicate, value in triples:
        found.update(dict.fromkeys(term for term in (subject, value) if _is_entity(term, names)))
        if not (_is_entity(subject, names) and _is_entity(value, names) and isinstance(predicate, NamedNode)):
            continue
        if subject != value:
            edges.setdefault((subject, value), Counter())[names.property(predicate)] += 1
    return _map(found, edges, names)


def _is_entity(term: object, names: Names) -> TypeGuard[NamedNode]:
    return isinstance(term, NamedNode) and names.href(term.value).startswith("/id/")


def _map(found: dict[NamedNode, None], edges: Edges, names: Names) -> AnswerMap | None:
    if not found:
        return None
    connected = Counter(node for pair in edges for node in pair)
    drawn = sorted(found, key=lambda node: -connected[node])[:MOST]
    places = set(drawn)
    return AnswerMap(
        nodes=tuple((names.href(node.value), names.label(node), kind_of(node, names.base)) for node in drawn),
        edges=tuple(
            (names.href(one.value), names.href(other.value), tuple(_told(words, n) for words, n in counted.items()))
            for (one, other), counted in edges.items()
            if one in places and other in places
        ),
        more=len(found) - len(drawn),
    )


def _told(words: str, times: int) -> str:
    return words if times == 1 else f"{words} ({times} times)"
