"""Keeps the inferred graph of a store true after a change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from ssrgraph.graph import Iris
from ssrgraph.reasoning import Inconsistency, closure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Triple

    from ssrgraph.store import MutableStore, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Materialization:
    """What a run of the reasoner came to.

    Attributes:
        read: How many triples it was given.
        inferred: How many triples follow that nobody asserts.
        inconsistencies: What cannot all be true.
    """

    read: int
    inferred: int
    inconsistencies: tuple[Inconsistency, ...]


def materialize(store: MutableStore, *, engine: str = "native") -> Materialization:
    """Make the store's inferred graph hold what follows from its ontology, entities and documents, and nothing else.

    Args:
        store: The store; its merge is true afterwards.
        engine: One of `ssrgraph.reasoning.engines()`, or `none` for an empty inferred graph.
    """
    target = inferred_graph(store)
    if engine == "none":
        store.drop_graph(target)
        return Materialization(read=0, inferred=0, inconsistencies=())
    given = set(premises(store))
    result = closure(given, engine=engine)
    store.replace_graph(target, result.inferred)
    return Materialization(read=len(given), inferred=len(result.inferred), inconsistencies=result.inconsistencies)


def inferred_graph(store: Store) -> NamedNode:
    """Return the name of the graph of what was derived."""
    return NamedNode(f"{store.info.base_iri}graph/inferred")


def premises(store: Store) -> Iterator[Triple]:
    """Yield what the reasoner is given: every graph but evidence, links and what was inferred before.

    A triple that several graphs hold is repeated.
    """
    iris = Iris(store.info.base_iri)
    for graph in store.graphs():
        if iris.is_premise(graph):
            yield from store.triples(graph)
