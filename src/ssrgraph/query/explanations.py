"""Why a triple of a store holds: its proofs, down to words of documents, reference data and the ontology."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from ssrgraph.errors import QueryError
from ssrgraph.query.provenance import Provenance, Source
from ssrgraph.query.proving import prove, prove_inconsistency
from ssrgraph.query.syntax import prefixes_with
from ssrgraph.query.terms import label, read_term, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ssrgraph.query.terms import Term
    from ssrgraph.reasoning import Fact, Inconsistency, Proof
    from ssrgraph.store import Store


class DoesNotHoldError(QueryError):
    """A store does not have a triple.

    Args:
        triple: The triple as it was written.
    """

    def __init__(self, triple: str) -> None:
        super().__init__(triple, "does not hold")


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why something holds.

    Attributes:
        goal: The triple; None for an inconsistency.
        proofs: Its proofs, those with the fewest rule applications first.
        sources: For each given fact that they rest on, where it is said.
        labels: What people call the resources in it; without those that have no label.
        base_iri: What the IRIs of the store's resources begin with.
    """

    goal: Triple | None
    proofs: tuple[Proof, ...]
    sources: Mapping[Fact, tuple[Source, ...]]
    labels: Mapping[Term, str]
    base_iri: str


def explain(store: Store, triple: Triple, *, limit: int = 1) -> Explanation:
    """Say why a triple of a store holds.

    Args:
        store: The store.
        triple: What is to be explained.
        limit: How many different proofs are wanted at most.

    Raises:
        DoesNotHoldError: The store does not have the triple.
    """
    proofs = prove(store, triple, limit=limit)
    if not proofs:
        prefixes = prefixes_with(store.info.base_iri)
        raise DoesNotHoldError(" ".join(shown(one, prefixes) for one in triple))
    return _explanation(store, triple, proofs)


def explain_inconsistency(store: Store, found: Inconsistency) -> Explanation:
    """Say why statements that cannot all be true hold: each side with its proof.

    Raises:
        DoesNotHoldError: The store does not have them.
    """
    proof = prove_inconsistency(store, found)
    if proof is None:
        raise DoesNotHoldError(found.message)
    return _explanation(store, None, (proof,))


def read_triple(store: Store, subject: str, predicate: str, object_: str) -> Triple:
    """Read a triple as a person writes it; a plain text stands for the literal of the store that has this text.

    Raises:
        QueryError: A term cannot be read, or stands where it must not.
    """
    prefixes = prefixes_with(store.info.base_iri)
    about, verb, value = (read_term(one, prefixes) for one in (subject, predicate, object_))
    if isinstance(about, Literal):
        raise QueryError(subject, "a literal is no subject")
    if not isinstance(verb, NamedNode):
        raise QueryError(predicate, "only an IRI is a predicate")
    if isinstance(value, Literal):
        value = _as_stored(store, about, verb, value)
    return Triple(about, verb, value)


def _as_stored(store: Store, subject: object, predicate: NamedNode, value: Literal) -> Literal:
    known = {one.object for one in store.match(subject, predicate, None)}  # type: ignore[arg-type]
    if value in known:
        return value
    alike = [one for one in known if isinstance(one, Literal) and one.value == value.value]
    return min(alike, key=str, default=value)


def _explanation(store: Store, goal: Triple | None, proofs: tuple[Proof, ...]) -> Explanation:
    provenance = Provenance(store)
    facts = dict.fromkeys(node.conclusion for proof in proofs for node in proof.nodes() if node.conclusion)
    given = dict.fromkeys(fact for proof in proofs for fact in proof.leaves())
    sources = {fact: provenance.of(triple) for fact in given if (triple := fact.triple())}
    terms: Iterable[Term] = dict.fromkeys(term for fact in facts for term in fact)
    return Explanation(
        goal=goal,
        proofs=proofs,
        sources=sources,
        labels={term: words for term in terms if (words := label(store, term))},
        base_iri=store.info.base_iri,
    )
