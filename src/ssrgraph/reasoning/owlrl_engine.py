"""The `owlrl` engine: the rules as the owlrl library has them, behind this package's interface.

The only module of `reasoning` that knows rdflib; it is imported when the engine is asked for.

owlrl tries every rule on every triple in every round. `_Rules` hands a triple only to rules whose condition names its
predicate (or its class, for `rdf:type`), and leaves out that each term is the same as itself, from which nothing
follows unless `owl:sameAs` itself has axioms. Both change the time, not the result.

Where owlrl 7.6 departs from the specification, and so this engine does too:

- `prp-key` does not look at the last property of a key, and so at none of a key of one property;
- `eq-diff2`, `eq-diff3` and `prp-adp` skip the last member of a list;
- `dt-type2`, `dt-eq`, `dt-diff` and `dt-not-type` are there in part: values that are written in two ways are two, two
  values are never different, and only lexical forms that a datatype does not have are found;
- `scm-eqc1`, `scm-sco` and their like for properties do not conclude that something is below itself;
- lists that are broken are read as far as they go.
"""

# owlrl has no type information, so that calls of its methods are untyped.
# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

import contextlib
import logging
import re
from typing import TYPE_CHECKING

import pyoxigraph as ox
import rdflib
from owlrl.OWLRL import OWLRL_Semantics

from ssrgraph.reasoning.model import Closure, Inconsistency
from ssrgraph.reasoning.noise import is_noise
from ssrgraph.reasoning.owlrl_violations import violations
from ssrgraph.reasoning.terms import OWL, RDF, RDFS, SAME_AS, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    _Node = rdflib.term.Node
    _Term = ox.NamedNode | ox.BlankNode | ox.Literal
    _Statement = tuple[_Node, _Node, _Node]

_PREDICATES = frozenset(
    rdflib.URIRef(name)
    for name in (
        RDFS + "domain",
        RDFS + "range",
        RDFS + "subClassOf",
        RDFS + "subPropertyOf",
        OWL + "allValuesFrom",
        OWL + "complementOf",
        OWL + "differentFrom",
        OWL + "disjointWith",
        OWL + "equivalentClass",
        OWL + "equivalentProperty",
        OWL + "hasKey",
        OWL + "hasValue",
        OWL + "intersectionOf",
        OWL + "inverseOf",
        OWL + "maxCardinality",
        OWL + "maxQualifiedCardinality",
        OWL + "oneOf",
        OWL + "propertyChainAxiom",
        OWL + "propertyDisjointWith",
        OWL + "sameAs",
        OWL + "someValuesFrom",
        OWL + "sourceIndividual",
        OWL + "unionOf",
    )
)
"""Predicates by which owlrl chooses a rule; triples with another predicate only serve as further conditions."""

_CLASSES = frozenset(
    rdflib.URIRef(name)
    for name in (
        RDF + "Property",
        OWL + "AllDifferent",
        OWL + "AllDisjointClasses",
        OWL + "AllDisjointProperties",
        OWL + "AsymmetricProperty",
        OWL + "Class",
        OWL + "DatatypeProperty",
        OWL + "FunctionalProperty",
        OWL + "InverseFunctionalProperty",
        OWL + "IrreflexiveProperty",
        OWL + "Nothing",
        OWL + "ObjectProperty",
        OWL + "SymmetricProperty",
        OWL + "TransitiveProperty",
    )
)
"""The same for the objects of `rdf:type`."""

_TYPE = rdflib.URIRef(TYPE)
_SAME_AS = rdflib.URIRef(SAME_AS)
_DIFFERENT_FROM = rdflib.URIRef(OWL + "differentFrom")
_ILL_TYPED = re.compile(r"Lexical value of the literal '(.*)' does not match its datatype \((.*)\)", re.DOTALL)


class _Rules(OWLRL_Semantics):
    """owlrl's rules, each triple handed only to those that it can start; notes which axioms are violated."""

    def __init__(self, graph: rdflib.Graph, *, complete: bool) -> None:
        super().__init__(graph, False, False)  # noqa: FBT003  # owlrl's own signature
        self.violated: dict[_Statement, None] = {}
        self.ill_typed: list[tuple[str, str]] = []
        self._started_by: _Statement | None = None
        self._reflexive = complete or _has_axioms(graph, _SAME_AS)

    def rules(self, t: _Statement, cycle_num: int) -> None:
        self._started_by = t
        subject, predicate, object_ = t
        starts_rules = predicate in _PREDICATES or (predicate == _TYPE and object_ in _CLASSES)
        if self._reflexive or (starts_rules and not (predicate == _SAME_AS and subject == object_)):
            self._equality(t, cycle_num)
        if predicate == _DIFFERENT_FROM and subject == object_:
            self.violated[t] = None
        if starts_rules:
            self._properties(t, cycle_num)
            self._classes(t, cycle_num)
            self._class_axioms(t, cycle_num)
            self._schema_vocabulary(t, cycle_num)

    def store_triple(self, t: _Statement) -> None:
        if self._reflexive or t[1] != _SAME_AS or t[0] != t[2]:
            super().store_triple(t)

    def add_error(self, message: str) -> None:
        if ill_typed := _ILL_TYPED.fullmatch(message):
            self.ill_typed.append((ill_typed[1], ill_typed[2]))
        elif self._started_by is not None:
            self.violated[self._started_by] = None

    def post_process(self) -> None:
        """Keep triples whose predicate is a blank node: they are left out where terms are turned back."""


def close(triples: Iterable[ox.Triple], *, complete: bool) -> Closure:
    """Return the closure of the triples under owlrl's rules; `complete` keeps what holds of everything."""
    asserted = frozenset(triples)
    terms = _Terms()
    graph = rdflib.Graph()
    with _quiet():
        for triple in asserted:
            if not isinstance(triple.subject, ox.Triple) and not isinstance(triple.object, ox.Triple):
                graph.add((terms.inward(triple.subject), terms.inward(triple.predicate), terms.inward(triple.object)))
    rules = _Rules(graph, complete=complete)
    rules.closure()
    entailed = terms.all_outward(graph)
    return Closure(
        inferred=tuple(sorted((triple for triple in entailed - asserted if complete or not is_noise(triple)), key=str)),
        inconsistencies=tuple(_inconsistencies(rules, graph, terms)),
    )


class _Terms:
    """The same terms in both libraries, so that a literal comes back exactly as it was written."""

    def __init__(self) -> None:
        self._inward: dict[_Term, _Node] = {}
        self._outward: dict[_Node, _Term] = {}

    def inward(self, term: _Term) -> _Node:
        known = self._inward.get(term)
        if known is None:
            known = self._inward[term] = _to_rdflib(term)
            self._outward[known] = term
        return known

    def outward(self, statement: _Statement) -> ox.Triple | None:
        """Return the triple, or None where RDF has no such triple: a literal as subject, a blank predicate."""
        subject, predicate, object_ = (self._outward.get(node) or _from_rdflib(node) for node in statement)
        if isinstance(subject, ox.Literal) or not isinstance(predicate, ox.NamedNode):
            return None
        return ox.Triple(subject, predicate, object_)

    def all_outward(self, statements: Iterable[_Statement]) -> set[ox.Triple]:
        """Return those of the statements that are triples of RDF."""
        return {triple for statement in statements if (triple := self.outward(statement)) is not None}


def _to_rdflib(term: _Term) -> _Node:
    match term:
        case ox.NamedNode():
            return rdflib.URIRef(term.value)
        case ox.BlankNode():
            return rdflib.BNode(term.value)
        case _ if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        case _:
            return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)


def _from_rdflib(node: _Node) -> _Term:
    match node:
        case rdflib.URIRef():
            return ox.NamedNode(str(node))
        case rdflib.BNode():
            return ox.BlankNode(str(node))
        case rdflib.Literal() if node.language:
            return ox.Literal(str(node), language=node.language)
        case rdflib.Literal() if node.datatype:
            return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype)))
        case _:
            return ox.Literal(str(node))


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep rdflib from logging literals that do not fit their datatype: they are reported as inconsistencies."""
    logger = logging.getLogger("rdflib.term")
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before


def _has_axioms(graph: rdflib.Graph, term: _Node) -> bool:
    return (term, None, None) in graph or (None, None, term) in graph


def _inconsistencies(rules: _Rules, graph: rdflib.Graph, terms: _Terms) -> list[Inconsistency]:
    """Turn owlrl's notes into records, with the triples found again in the closed graph."""
    found: dict[tuple[str, tuple[ox.Triple, ...]], Inconsistency] = {}
    for axiom in rules.violated:
        for rule, statements, words in violations(graph, axiom):
            triples = tuple(sorted(terms.all_outward(statements), key=str))
            found[rule, triples] = Inconsistency(rule=rule, triples=triples, message=words)
    for value, datatype in rules.ill_typed:
        literal = ox.Literal(value, datatype=ox.NamedNode(datatype))
        triples = tuple(sorted(terms.all_outward(graph.triples((None, None, terms.inward(literal)))), key=str))
        found["dt-not-type", triples] = Inconsistency(
            rule="dt-not-type", triples=triples, message=f"{literal} is not a value of its datatype"
        )
    return sorted(found.values(), key=lambda one: (one.rule, one.message))
