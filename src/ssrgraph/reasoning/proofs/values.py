"""The rules that are no patterns over triples: axioms without a condition, and what holds of literals."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from ssrgraph.reasoning.datatypes import DATATYPES, has, value
from ssrgraph.reasoning.terms import NOTHING, OWL, RDFS, SAME_AS, THING, TYPE

if TYPE_CHECKING:
    from ssrgraph.reasoning.proofs.model import Fact, Term

_ANNOTATION_PROPERTIES: Final = frozenset(
    {
        *(RDFS + name for name in ("label", "comment", "seeAlso", "isDefinedBy")),
        *(OWL + name for name in ("deprecated", "versionInfo", "priorVersion")),
        *(OWL + name for name in ("backwardCompatibleWith", "incompatibleWith")),
    }
)
_DIFFERENT: Final = OWL + "differentFrom"


def rule_without_condition(fact: Fact) -> str | None:
    """Return the name of the rule that gives a fact whatever the graph says; None if none does.

    >>> from pyoxigraph import NamedNode
    >>> from ssrgraph.reasoning.proofs.model import Fact
    >>> rule_without_condition(Fact(NamedNode(THING), NamedNode(TYPE), NamedNode(OWL + "Class")))
    'cls-thing'
    """
    if not isinstance(fact.predicate, NamedNode):
        return None
    if isinstance(fact.subject, Literal):
        return _of_literal(fact.subject, fact.predicate.value, fact.object)
    if fact.predicate.value == TYPE and isinstance(fact.subject, NamedNode) and isinstance(fact.object, NamedNode):
        return _of_name(fact.subject.value, fact.object.value)
    return None


def is_ill_typed(term: Term) -> bool:
    """Say whether a term is a literal that its datatype does not have."""
    return isinstance(term, Literal) and value(term) is None


def lacks(term: Term, datatype: Term) -> bool:
    """Say whether a literal has a value, and one that a datatype does not have."""
    if not isinstance(term, Literal) or not isinstance(datatype, NamedNode) or datatype.value not in DATATYPES:
        return False
    denoted = value(term)
    return denoted is not None and not has(datatype.value, denoted)


def is_number(term: Term, number: int) -> bool:
    """Say whether a term is a literal of this number."""
    denoted = value(term) if isinstance(term, Literal) else None
    return denoted is not None and denoted.space == "decimal" and denoted.key == Decimal(number)


def _of_name(subject: str, class_: str) -> str | None:
    if class_ == OWL + "Class":
        return {THING: "cls-thing", NOTHING: "cls-nothing1"}.get(subject)
    if class_ == OWL + "AnnotationProperty" and subject in _ANNOTATION_PROPERTIES:
        return "prp-ap"
    if class_ == RDFS + "Datatype" and subject in DATATYPES:
        return "dt-type1"
    return None


def _of_literal(subject: Literal, predicate: str, object_: Term) -> str | None:
    denoted = value(subject)
    if denoted is None:
        return None
    if predicate == TYPE and isinstance(object_, NamedNode) and object_.value in DATATYPES:
        return "dt-type2" if has(object_.value, denoted) else None
    if predicate in {SAME_AS, _DIFFERENT} and isinstance(object_, Literal):
        other = value(object_)
        if other is None:
            return None
        return {(SAME_AS, True): "dt-eq", (_DIFFERENT, False): "dt-diff"}.get((predicate, denoted == other))
    return None
