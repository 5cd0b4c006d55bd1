"""Which entailed triples nobody asks for, because they hold of everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from ssrgraph.reasoning.terms import NOTHING, OWL, RDFS, REFLEXIVE, TYPE, UNIVERSAL, VOCABULARIES

if TYPE_CHECKING:
    from pyoxigraph import Triple

INTO_A_CLASS = frozenset(
    {TYPE, RDFS + "subClassOf", RDFS + "domain", RDFS + "range", OWL + "someValuesFrom", OWL + "allValuesFrom"}
)


def is_noise(triple: Triple) -> bool:
    """Say whether a triple holds whatever a graph asserts, or says nothing about it.

    Such are: a term related to itself by `owl:sameAs`, `rdfs:subClassOf` and their like; membership in `owl:Thing` or
    `rdfs:Resource`; `owl:Nothing` below a class; statements of RDF, RDFS, OWL and XSD terms about each other.
    """
    subject, predicate, object_ = triple.subject, triple.predicate.value, triple.object
    if predicate in REFLEXIVE and subject == object_:
        return True
    into_everything = predicate in INTO_A_CLASS and isinstance(object_, NamedNode) and object_.value in UNIVERSAL
    below_everything = predicate == RDFS + "subClassOf" and isinstance(subject, NamedNode) and subject.value == NOTHING
    return into_everything or below_everything or _is_about_vocabulary(triple)


def _is_about_vocabulary(triple: Triple) -> bool:
    terms = (triple.subject, triple.predicate, triple.object)
    return all(isinstance(term, NamedNode) and term.value.startswith(VOCABULARIES) for term in terms)
