"""Proofs of the triples of a store, found in the store itself."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from ssrgraph.graph import Iris
from ssrgraph.reasoning import is_noise
from ssrgraph.reasoning.proofs import Fact, Prover, inconsistency_proof, prover

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Triple

    from ssrgraph.reasoning import Inconsistency, Proof
    from ssrgraph.reasoning.proofs import Term
    from ssrgraph.store import Store

WIDTH = 1000
"""How many facts are tried at first for one statement of a rule."""


class StoredGraph:
    """The premises and the inferred graph of a store, as a closed graph in which proofs can be found.

    Args:
        store: The store; its inferred graph must be true.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._iris = Iris(store.info.base_iri)
        self._inferred = self._iris.graph("inferred")
        self._premise: dict[NamedNode, bool] = {}

    def match(self, subject: Term | None, predicate: Term | None, object_: Term | None) -> Iterator[Fact]:
        """Yield the facts that hold and have these terms."""
        if isinstance(subject, Literal) or not (predicate is None or isinstance(predicate, NamedNode)):
            return  # Such a fact is in no store.
        known: set[Fact] = set()
        for quad in self._store.match(subject, predicate, object_):
            if self._is_premise(quad.graph_name) or quad.graph_name == self._inferred:
                fact = Fact.of(quad.triple)
                if fact not in known:
                    known.add(fact)
                    yield fact

    def is_asserted(self, fact: Fact) -> bool:
        """Say whether a graph that the reasoner was given holds a fact."""
        triple = fact.triple()
        return triple is not None and any(
            self._is_premise(quad.graph_name)
            for quad in self._store.match(triple.subject, triple.predicate, triple.object)
        )

    def _is_premise(self, graph: object) -> bool:
        if not isinstance(graph, NamedNode):
            return False
        known = self._premise.get(graph)
        if known is None:
            known = self._premise[graph] = self._iris.is_premise(graph)
        return known


def prove(store: Store, triple: Triple, *, limit: int = 1) -> tuple[Proof, ...]:
    """Return proofs of a triple of a store, those with the fewest rule applications first; none if it does not hold.

    At first the proof is looked for in the store, among the first facts for each statement of a rule; only where none
    is found there, because it leads over something that no store holds, in the closure of all its premises.
    """
    goal = Fact.of(triple)
    graph = StoredGraph(store)
    if not any(True for _ in graph.match(*goal)) and not is_noise(triple):
        return ()
    if found := Prover(graph, width=WIDTH).proofs(goal, limit):
        return found
    return _whole(store).proofs(goal, limit)


def prove_inconsistency(store: Store, found: Inconsistency) -> Proof | None:
    """Return the proof of what the reasoner found to be inconsistent in a store."""
    graph = StoredGraph(store)
    return inconsistency_proof(Prover(graph, width=WIDTH), found) or inconsistency_proof(_whole(store), found)


def _whole(store: Store) -> Prover:
    iris = Iris(store.info.base_iri)
    return prover(chain.from_iterable(store.triples(graph) for graph in store.graphs() if iris.is_premise(graph)))
