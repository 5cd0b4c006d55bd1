"""The one way into proofs for triples in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssrgraph.reasoning.proofs.model import Fact, Proof
from ssrgraph.reasoning.proofs.search import EFFORT, Prover

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Triple

    from ssrgraph.reasoning.model import Inconsistency

__all__ = ["explain", "explain_inconsistency", "inconsistency_proof", "prover"]


def prover(triples: Iterable[Triple], *, effort: int = EFFORT) -> Prover:
    """Return a prover over the closure of some triples, to be asked more than once.

    Args:
        triples: The graph.
        effort: How often facts are looked up backwards from a goal before the search goes upwards.
    """
    from ssrgraph.reasoning.proofs.saturated import SaturatedGraph  # noqa: PLC0415  # loads numpy, only where used

    return Prover(SaturatedGraph(triples), effort=effort)


def explain(triples: Iterable[Triple], goal: Triple, *, limit: int = 1) -> tuple[Proof, ...]:
    """Return why a triple follows from others by the rules of OWL 2 RL/RDF.

    Args:
        triples: The graph, ontology and data together.
        goal: What is to be explained.
        limit: How many different proofs are wanted at most.

    Returns:
        Proofs, the one with the fewest rule applications first; none if the triple does not follow. A triple that was
        given is its own proof.
    """
    return prover(triples).proofs(Fact.of(goal), limit)


def explain_inconsistency(triples: Iterable[Triple], found: Inconsistency) -> Proof | None:
    """Return why statements that cannot all be true follow: a proof of each side.

    Args:
        triples: The graph in which it was found.
        found: What `closure` reports of the same graph.

    Returns:
        A proof without a conclusion whose premises are the proofs of what meets in the rule.
    """
    asked = prover(triples)
    return inconsistency_proof(asked, found)


def inconsistency_proof(asked: Prover, found: Inconsistency) -> Proof | None:
    """Return the proof of an inconsistency by a prover over the graph in which it was found."""
    facts = frozenset(map(Fact.of, found.triples))
    return asked.inconsistent(found.rule, facts)
