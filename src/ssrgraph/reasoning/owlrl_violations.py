"""From an axiom that owlrl reports as violated to the statements that violate it.

owlrl says so in a sentence, which names some of the terms and not always the right ones. Here the statements are
found again in the closed graph. Rules have the names of the specification (OWL 2 Profiles, section 4.3).
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import rdflib

from ssrgraph.reasoning.terms import OWL, TYPE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Node = rdflib.term.Node
    Statement = tuple[Node, Node, Node]
    Violation = tuple[str, list[Statement], str]

_TYPE = rdflib.URIRef(TYPE)
_MEMBERS = rdflib.URIRef(OWL + "members")
_DISTINCT_MEMBERS = rdflib.URIRef(OWL + "distinctMembers")
_SAME_AS = rdflib.URIRef(OWL + "sameAs")
_DIFFERENT_FROM = rdflib.URIRef(OWL + "differentFrom")
_ON_PROPERTY = rdflib.URIRef(OWL + "onProperty")
_ON_CLASS = rdflib.URIRef(OWL + "onClass")
_THING = rdflib.URIRef(OWL + "Thing")


def violations(graph: rdflib.Graph, axiom: Statement) -> Iterator[Violation]:
    """Yield each violation of the axiom in the closed graph: rule, statements, one line for people."""
    name = str(axiom[2] if axiom[1] == _TYPE else axiom[1]).removeprefix(OWL)
    finder = _FINDERS.get(name)
    if finder is not None:
        yield from finder(graph, axiom)


def _different(graph: rdflib.Graph, axiom: Statement) -> Iterator[Violation]:
    x, _, y = axiom
    for left, right in ((x, y), (y, x)):
        if (left, _DIFFERENT_FROM, right) in graph:
            statements: list[Statement] = [(left, _DIFFERENT_FROM, right)]
            if x != y:
                statements.append((x, _SAME_AS, y))
            yield "eq-diff1", statements, f"{x} and {y} are the same and different"


def _all_different(graph: rdflib.Graph, axiom: Statement) -> Iterator[Violation]:
    for rule, predicate in (("eq-diff2", _MEMBERS), ("eq-diff3", _DISTINCT_MEMBERS)):
        for x, y in _pairs(graph, axiom[0], predicate):
            if x != y and (x, _SAME_AS, y) in graph:
                yield rule, [axiom, (x, _SAME_AS, y)], f"{x} and {y} are the same and different"


def _irreflexive(graph: rdflib.Graph, axiom: Statement) -> Iterator[Violation]:
    p = axiom[0]
    for x, y in graph.subject_objects(p):
        if x == y:
            yield "prp-irp", [axiom, (x, p, x)], f"{x} has the irreflexive relation {p} to itself"


def _asymmetric(graph: rdflib.Graph, axiom: Statement) -> Iterator[Violation]:
    p = axiom[0]
    for x, y in graph.subject_objects(p):
        if (y, p, x) in graph and str(x) <= str(y):
            yield "prp-asyp", [axiom, (x, p, y), (y, p, x)], f"{x} and {y} have the asymmetric relation {p} both ways"


def _disjoint_properties(graph: rdflib.Graph, axiom: Statement) -> Iterator[Violation]:
    yield from _shared_pairs(graph, axiom, axiom[0], axiom[2], rule="prp-pdw")


def _all_disjoint_properties(graph: rdflib.Graph, axiom: Statement) -> Iterator[Violation]:
    for p, q in _pairs(graph, axiom[0], _MEMBERS):
        yield from _shared_pairs(graph, axiom, p, q, rule="prp-adp")


def _shared_pairs(graph: rdflib.Graph, axiom: Statement, p: Node, q: Node, *, rule: str) -> Iterator[Violation]:
    for x, y in graph.subject_objects(p):
        if (x, q, y) in graph:
            yield rule, [axiom, (x, p, y), (x, q, y)], f"{x} and {y} have the disjoint relations {p} and {q}"


def _negative_assertion(graph: rdflib.Graph, axiom: Statement) -> Iterator[Violation]:
    denial, _, x = axiom
    for p in graph.objects(denial, rdflib.URIRef(OWL + "assertionProperty")):
        for rule, target in (("prp-npa1", "targetIndividual"), ("prp-npa2", "targetValue")):
            for y in graph.objects(denial, rdflib.URIRef(OWL + target)):
                if (x, p, y) in graph:
                    yield rule, [axiom, (x, p, y)], f"{x} {p} {y} is said and denied"


def _nothing(_: rdflib.Graph, axiom: Statement) -> Iterator[Violation]:
    yield "cls-nothing2", [axiom], f"{axiom[0]} belongs to owl:Nothing"


def _complement(graph: rdflib.Graph, axiom: Statement) -> Iterator[Violation]:
    yield from _shared_members(graph, axiom, axiom[0], axiom[2], rule="cls-com")


def _disjoint_classes(graph: rdflib.Graph, axiom: Statement) -> Iterator[Violation]:
    yield from _shared_members(graph, axiom, axiom[0], axiom[2], rule="cax-dw")


def _all_disjoint_classes(graph: rdflib.Graph, axiom: Statement) -> Iterator[Violation]:
    for c, d in _pairs(graph, axiom[0], _MEMBERS):
        yield from _shared_members(graph, axiom, c, d, rule="cax-adc")


def _shared_members(graph: rdflib.Graph, axiom: Statement, c: Node, d: Node, *, rule: str) -> Iterator[Violation]:
    for x in graph.subjects(_TYPE, c):
        if (x, _TYPE, d) in graph:
            yield rule, [axiom, (x, _TYPE, c), (x, _TYPE, d)], f"{x} belongs to the disjoint classes {c} and {d}"


def _no_value(graph: rdflib.Graph, axiom: Statement) -> Iterator[Violation]:
    """`cls-maxc1`, `cls-maxqc1` and `cls-maxqc2`: a value where at most none is allowed."""
    c = axiom[0]
    qualified = str(axiom[1]) == OWL + "maxQualifiedCardinality"
    for p in graph.objects(c, _ON_PROPERTY):
        for x in graph.subjects(_TYPE, c):
            for y in graph.objects(x, p):
                shared = [axiom, (x, _TYPE, c), (x, p, y)]
                words = f"{x} has {y} as {p}, of which it may have none"
                if not qualified:
                    yield "cls-maxc1", shared, words
                    continue
                for d in graph.objects(c, _ON_CLASS):
                    if d == _THING:
                        yield "cls-maxqc2", shared, words
                    elif (y, _TYPE, d) in graph:
                        yield "cls-maxqc1", [*shared, (y, _TYPE, d)], words


def _pairs(graph: rdflib.Graph, subject: Node, predicate: Node) -> Iterator[tuple[Node, Node]]:
    for head in graph.objects(subject, predicate):
        yield from combinations(graph.items(head), 2)


_FINDERS: dict[str, Callable[[rdflib.Graph, Statement], Iterator[Violation]]] = {
    "sameAs": _different,
    "differentFrom": _different,
    "AllDifferent": _all_different,
    "IrreflexiveProperty": _irreflexive,
    "AsymmetricProperty": _asymmetric,
    "propertyDisjointWith": _disjoint_properties,
    "AllDisjointProperties": _all_disjoint_properties,
    "sourceIndividual": _negative_assertion,
    "Nothing": _nothing,
    "complementOf": _complement,
    "disjointWith": _disjoint_classes,
    "AllDisjointClasses": _all_disjoint_classes,
    "maxCardinality": _no_value,
    "maxQualifiedCardinality": _no_value,
}
