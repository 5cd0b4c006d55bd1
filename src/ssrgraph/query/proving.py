"""Proofs of the triples of a store, found in the store itself."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from ssrgraph.graph import Iris
from ssrgraph.reasoning import is_noise
from ssrgraph.reasoning.proofs import NO_PROOF, Fact, Prover, inconsistency_proof, prover

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Triple

    from ssrgraph.reasoning import Inconsistency, Proof
    from ssrgraph.reasoning.proofs import Term
    from ssrgraph.store import Store

WIDTH = 200
"""How many facts are tried at first for one statement of a rule."""
EFFORT = 20_000
"""How often facts are looked up before all are tried."""


class StoredGraph:
    """The premises and the inferred graph of a store, as a closed graph in which proofs can be found.

    Args:
        store: The store; its inferred graph must be true.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._iris = Iris(store.info.base_iri)
        self._inferred = self._iris.graph("inferred")
        self._standings: dict[NamedNode, int] = {}

    def match(self, subject: Term | None, predicate: Term | None, object_: Term | None) -> Iterator[Fact]:
        """Yield the facts that hold and have these terms."""
        if isinstance(subject, Literal) or not (predicate is None or isinstance(predicate, NamedNode)):
            return  # Such a fact is in no store.
        # What only says how something is known comes along; `least` tells it apart.
        yield from map(Fact.of, self._store.match(subject, predicate, object_))

    def least(self, fact: Fact) -> int:
        """Return 0 for what a graph asserts that the reasoner is given, 1 for what was inferred, else `NO_PROOF`."""
        triple = fact.triple()
        if triple is None:
            return NO_PROOF
        graphs = self._store.graphs_of(triple)
        least = NO_PROOF
        for graph in graphs:
            least = min(least, self._standing(graph))
            if least <= 1:  # What a graph asserts is not in the inferred one.
                break
        return least

    def is_asserted(self, fact: Fact) -> bool:
        """Say whether a graph that the reasoner was given holds a fact."""
        return self.least(fact) == 0

    def _standing(self, graph: NamedNode) -> int:
        known = self._standings.get(graph)
        if known is None:
            known = 0 if self._iris.is_premise(graph) else 1 if graph == self._inferred else NO_PROOF
            self._standings[graph] = known
        return known


def prove(store: Store, triple: Triple, *, limit: int = 1) -> tuple[Proof, ...]:
    """Return proofs of a triple of a store, those with the fewest rule applications first; none if it does not hold.

    At first the proof is looked for in the store, among the first facts for each statement of a rule; where none is
    found there, among all; and only where it leads over something that no store holds, in the closure of its premises.
    """
    goal = Fact.of(triple)
    graph = StoredGraph(store)
    if graph.least(goal) == NO_PROOF and not is_noise(triple):
        return ()
    quick, thorough = Prover(graph, width=WIDTH, effort=EFFORT), Prover(graph)
    return quick.proofs(goal, limit) or thorough.proofs(goal, limit) or _whole(store).proofs(goal, limit)


def prove_inconsistency(store: Store, found: Inconsistency) -> Proof | None:
    """Return the proof of what the reasoner found to be inconsistent in a store."""
    graph = StoredGraph(store)
    quick = Prover(graph, width=WIDTH, effort=EFFORT)
    return inconsistency_proof(quick, found) or inconsistency_proof(_whole(store), found)


def _whole(store: Store) -> Prover:
    iris = Iris(store.info.base_iri)
    return prover(chain.from_iterable(store.triples(graph) for graph in store.graphs() if iris.is_premise(graph)))
