"""The engines agree: owlrl with the library that it wraps, native with owlrl, on any ontology and data."""

from __future__ import annotations

import owlrl
import rdflib
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ssrgraph.reasoning import closure, is_noise

OWL = "http://www.w3.org/2002/07/owl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
KINDS = ["Functional", "InverseFunctional", "Symmetric", "Asymmetric", "Transitive", "Irreflexive", "Object"]
TYPE = NamedNode(RDF + "type")

individuals = st.sampled_from([NamedNode(f"http://example.org/i{n}") for n in range(4)])
classes = st.sampled_from([NamedNode(f"http://example.org/C{n}") for n in range(4)])
properties = st.sampled_from([NamedNode(f"http://example.org/p{n}") for n in range(4)])
fillers = st.one_of(classes, st.just(NamedNode(OWL + "Thing")))
counts = st.sampled_from([Literal(text, datatype=NamedNode(XSD + "nonNegativeInteger")) for text in "01"])
values = st.sampled_from(
    [Literal("7", datatype=NamedNode(XSD + "integer")), Literal("one"), Literal("ein", language="de")]
)


def of(subjects, namespace, predicates, objects):
    named = st.sampled_from([NamedNode(namespace + name) for name in predicates.split()])
    return st.builds(lambda s, p, o: [Triple(s, p, o)], subjects, named, objects)


@st.composite
def list_axioms(draw):
    """An axiom whose object is a list."""
    subject, predicate, members = draw(
        st.one_of(
            st.tuples(properties, st.just("propertyChainAxiom"), st.lists(properties, min_size=1, max_size=3)),
            st.tuples(classes, st.just("hasKey"), st.lists(properties, min_size=1, max_size=2)),
            st.tuples(
                classes, st.sampled_from(["intersectionOf", "unionOf"]), st.lists(classes, min_size=1, max_size=3)
            ),
            st.tuples(classes, st.just("oneOf"), st.lists(individuals, min_size=1, max_size=3)),
        )
    )
    label = f"{subject.value[-2:]}{predicate}" + "".join(member.value[-2:] for member in members)
    cells = [BlankNode(f"{label}{n}") for n in range(len(members))]
    ends = [*cells[1:], NamedNode(RDF + "nil")]
    found = [Triple(subject, NamedNode(OWL + predicate), cells[0])]
    for cell, member, rest in zip(cells, members, ends, strict=True):
        found += [Triple(cell, NamedNode(RDF + "first"), member), Triple(cell, NamedNode(RDF + "rest"), rest)]
    return found


@st.composite
def restrictions(draw):
    subject, on = draw(classes), draw(properties)
    kind, filler = draw(
        st.one_of(
            st.tuples(st.sampled_from(["someValuesFrom", "allValuesFrom"]), fillers),
            st.tuples(st.just("hasValue"), individuals),
            st.tuples(st.sampled_from(["maxCardinality", "maxQualifiedCardinality"]), counts),
        )
    )
    found = [Triple(subject, NamedNode(OWL + "onClass"), draw(fillers))] if kind == "maxQualifiedCardinality" else []
    return [*found, Triple(subject, NamedNode(OWL + "onProperty"), on), Triple(subject, NamedNode(OWL + kind), filler)]


@st.composite
def denials(draw):
    node = BlankNode(f"denial{draw(st.integers(0, 3))}")
    name, target = draw(st.one_of(st.tuples(st.just("Individual"), individuals), st.tuples(st.just("Value"), values)))
    parts = (
        ("sourceIndividual", draw(individuals)),
        ("assertionProperty", draw(properties)),
        ("target" + name, target),
    )
    return [Triple(node, NamedNode(OWL + predicate), value) for predicate, value in parts]


@st.composite
def disjoint_groups(draw):
    kind, predicate, members = draw(
        st.one_of(
            st.tuples(st.just("AllDisjointClasses"), st.just("members"), st.lists(classes, max_size=3)),
            st.tuples(st.just("AllDisjointProperties"), st.just("members"), st.lists(properties, max_size=3)),
            st.tuples(st.just("AllDifferent"), st.just("members"), st.lists(individuals, max_size=3, unique=True)),
            st.tuples(
                st.just("AllDifferent"), st.just("distinctMembers"), st.lists(individuals, max_size=3, unique=True)
            ),
        )
    )
    label = kind + predicate + "".join(member.value[-2:] for member in members)
    cells = [BlankNode(f"{label}{n}") for n in range(len(members))]
    ends = [*cells, NamedNode(RDF + "nil")]
    group = BlankNode(label)
    found = [Triple(group, TYPE, NamedNode(OWL + kind)), Triple(group, NamedNode(OWL + predicate), ends[0])]
    for cell, member, rest in zip(cells, members, ends[1:], strict=True):
        found += [Triple(cell, NamedNode(RDF + "first"), member), Triple(cell, NamedNode(RDF + "rest"), rest)]
    return found


statements = st.one_of(
    st.builds(lambda s, p, o: [Triple(s, p, o)], individuals, properties, st.one_of(individuals, values)),
    st.builds(lambda s, o: [Triple(s, TYPE, o)], individuals, classes),
    of(classes, RDFS, "subClassOf", classes),
    of(classes, OWL, "equivalentClass disjointWith complementOf", classes),
    of(properties, RDFS, "subPropertyOf", properties),
    of(properties, OWL, "equivalentProperty inverseOf propertyDisjointWith", properties),
    of(properties, RDFS, "domain range", classes),
    of(individuals, OWL, "sameAs differentFrom", individuals),
    of(
        properties,
        RDF,
        "type",
        st.sampled_from(
            [
                NamedNode(OWL + name + "Property")
                for name in [
                    "Functional",
                    "InverseFunctional",
                    "Symmetric",
                    "Asymmetric",
                    "Transitive",
                    "Irreflexive",
                    "Object",
                ]
            ]
        ),
    ),
    of(classes, RDF, "type", st.just(NamedNode(OWL + "Class"))),
    list_axioms(),
    restrictions(),
    denials(),
    disjoint_groups(),
)
graphs = st.lists(statements, max_size=14).map(lambda parts: {triple for part in parts for triple in part})


def to_rdflib(term):
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))


def stock_closure(triples):
    """The library by itself, as its manual shows it; statements that RDF does not have are left out."""
    graph, back = rdflib.Graph(), {}
    for triple in triples:
        nodes = []
        for term in triple:
            nodes.append(to_rdflib(term))
            back[nodes[-1]] = term
        graph.add(tuple(nodes))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    report = rdflib.URIRef("http://www.daml.org/2002/03/agents/agent-ont#ErrorMessage")
    reported = set(graph.subjects(rdflib.RDF.type, report))
    found = set()
    for s, p, o in graph:
        if s not in reported and not isinstance(s, rdflib.Literal) and isinstance(p, rdflib.URIRef):
            found.add(Triple(*(back.get(node) or NamedNode(str(node)) for node in (s, p, o))))
    return found, bool(reported)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graphs)
def test_the_engine_infers_what_the_library_infers(triples):
    found = closure(triples, engine="owlrl")
    expected, inconsistent = stock_closure(triples)
    assert set(found.inferred) == {triple for triple in expected - triples if not is_noise(triple)}
    assert bool(found.inconsistencies) is inconsistent


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graphs)
def test_the_complete_closure_is_the_librarys_whole_closure(triples):
    expected, _ = stock_closure(triples)
    assert set(closure(triples, engine="owlrl", complete=True).inferred) == expected - triples


DECLARED = frozenset(
    Triple(NamedNode(f"http://example.org/{name}{n}"), TYPE, NamedNode(OWL + kind))
    for name, kind in (("C", "Class"), ("p", "ObjectProperty"))
    for n in range(4)
)
"""Declarations from which it follows that each class is below itself; owlrl concludes that from nothing else."""


def in_agreement(triples):
    """Graphs on which owlrl keeps to the specification: it ignores the last property of every key."""
    return all(one.predicate.value != OWL + "hasKey" for one in triples)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(graphs.filter(in_agreement))
def test_the_native_engine_infers_what_owlrl_infers(triples):
    triples |= DECLARED
    native, peer = closure(triples, engine="native"), closure(triples, engine="owlrl")
    # owlrl has the datatype rules in part, so that what is the same as a literal is not compared.
    assume(
        not any(one.predicate.value == OWL + "sameAs" and isinstance(one.object, Literal) for one in native.inferred)
    )
    assert set(native.inferred) == set(peer.inferred)
    assert native.inconsistencies or not peer.inconsistencies


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(graphs)
def test_the_native_closure_is_closed(triples):
    once = set(closure(triples, engine="native").inferred)
    assert closure(triples | once, engine="native").inferred == ()


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(graphs, graphs)
def test_more_triples_never_take_a_conclusion_back(triples, more):
    before = closure(triples, engine="native")
    after = closure(triples | more, engine="native")
    assert set(before.inferred) <= set(after.inferred) | more
    assert after.inconsistencies or not before.inconsistencies


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(graphs)
def test_the_native_engine_gives_the_same_answer_whatever_the_order(triples):
    backwards = sorted(triples, key=str, reverse=True)
    assert closure(sorted(triples, key=str), engine="native") == closure(backwards, engine="native")
