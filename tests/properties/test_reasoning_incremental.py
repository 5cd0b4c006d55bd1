"""After any additions and removals, what is kept is the closure from scratch, and what was told adds up to it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ssrgraph.reasoning import Reasoner, closure
from ssrgraph.reasoning.keeping import kept, resumed

OWL = "http://www.w3.org/2002/07/owl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
TYPE = NamedNode(RDF + "type")


def named(names, namespace="http://example.org/"):
    return [NamedNode(namespace + name) for name in names.split()]


def literal(text):
    value, _, datatype = text.partition("^")
    return Literal(value, datatype=NamedNode(XSD + datatype)) if datatype else Literal(value)


individuals = st.sampled_from(named("a b c d"))
values = st.sampled_from([literal(text) for text in ("1^integer", "01^integer", "1.0^decimal", "2^integer", "x", "")])
classes = st.sampled_from([*named("C D E"), *named("Thing Nothing", OWL), *named("integer", XSD)])
properties = st.sampled_from(named("p q r"))
anything = st.one_of(individuals, classes, properties)


def of(subjects, namespace, names, objects):
    return st.builds(lambda s, p, o: [Triple(s, p, o)], subjects, st.sampled_from(named(names, namespace)), objects)


@st.composite
def with_list(draw):
    subject, verb, members = draw(
        st.one_of(
            st.tuples(properties, st.just("propertyChainAxiom"), st.lists(properties, min_size=1, max_size=2)),
            st.tuples(classes, st.just("hasKey"), st.lists(properties, min_size=1, max_size=2)),
            st.tuples(classes, st.sampled_from(["intersectionOf", "unionOf"]), st.lists(classes, max_size=2)),
            st.tuples(classes, st.just("oneOf"), st.lists(individuals, max_size=2)),
        )
    )
    ends = [*(BlankNode(f"{verb}{n}") for n in range(len(members))), NamedNode(RDF + "nil")]
    found = [Triple(subject, NamedNode(OWL + verb), ends[0])]
    for cell, member, rest in zip(ends, members, ends[1:], strict=False):
        found += [Triple(cell, NamedNode(RDF + "first"), member), Triple(cell, NamedNode(RDF + "rest"), rest)]
    return found


@st.composite
def restriction(draw):
    subject = draw(classes)
    name = draw(st.sampled_from(["someValuesFrom", "allValuesFrom", "hasValue", "maxCardinality"]))
    count = Literal(draw(st.sampled_from("01")), datatype=NamedNode(XSD + "nonNegativeInteger"))
    filler = {"maxCardinality": count, "hasValue": draw(st.one_of(individuals, values))}.get(name, draw(classes))
    return [
        Triple(subject, NamedNode(OWL + "onProperty"), draw(properties)),
        Triple(subject, NamedNode(OWL + name), filler),
    ]


KINDS = "FunctionalProperty InverseFunctionalProperty SymmetricProperty TransitiveProperty AsymmetricProperty"
data = st.one_of(
    st.builds(lambda s, p, o: [Triple(s, p, o)], individuals, properties, st.one_of(individuals, values)),
    of(individuals, RDF, "type", classes),
)
axioms = st.one_of(
    of(individuals, OWL, "sameAs differentFrom", individuals),
    of(anything, OWL, "sameAs", anything),
    of(classes, RDFS, "subClassOf", classes),
    of(classes, OWL, "equivalentClass disjointWith complementOf", classes),
    of(properties, RDFS, "subPropertyOf", properties),
    of(properties, RDFS, "subPropertyOf", st.sampled_from(named("sameAs differentFrom", OWL))),
    of(properties, OWL, "equivalentProperty inverseOf propertyDisjointWith", properties),
    of(properties, RDFS, "domain range", classes),
    of(properties, RDF, "type", st.sampled_from(named(KINDS, OWL))),
    with_list(),
    restriction(),
)
parts = st.one_of(data, data, axioms)
changes = st.lists(
    st.tuples(st.sampled_from(["add", "remove"]), st.lists(parts, min_size=1, max_size=4), st.integers(0, 2**16)),
    min_size=1,
    max_size=6,
)


def check(before, steps, *, complete):
    asserted = set(before)
    reasoner = Reasoner(before, complete=complete)
    told = set(reasoner.inferred())
    for verb, parts_, choice in steps:
        change = {triple for part in parts_ for triple in part}
        if verb == "add":
            asserted |= change
            found = reasoner.add(change)
        else:
            some = sorted(asserted, key=str)
            change |= {one for place, one in enumerate(some) if choice >> (place % 16) & 1}
            asserted -= change
            found = reasoner.remove(change)
        assert not set(found.inferred) & told
        assert set(found.retracted) <= told
        told = (told | set(found.inferred)) - set(found.retracted)
        scratch = closure(asserted, complete=complete)
        assert told == set(scratch.inferred)
        assert reasoner.inferred() == scratch.inferred
        assert [(one.rule, one.triples) for one in reasoner.inconsistencies()] == [
            (one.rule, one.triples) for one in scratch.inconsistencies
        ]


def flat(lists):
    return [triple for part in lists for triple in part]


@pytest.mark.parametrize("complete", [False, True])
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(before=st.lists(parts, max_size=8).map(flat), steps=changes)
def test_any_changes_lead_to_the_closure_from_scratch(complete, before, steps):
    check(before, steps, complete=complete)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    before=st.lists(st.one_of(axioms, data), max_size=8).map(flat),
    steps=st.lists(
        st.tuples(st.sampled_from(["add", "remove"]), st.lists(data, min_size=1, max_size=3), st.just(0)), max_size=8
    ),
)
def test_changes_of_data_under_a_schema_that_stays_lead_to_the_closure_from_scratch(before, steps):
    check(before, steps, complete=False)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(before=st.lists(parts, max_size=8).map(flat), steps=changes)
def test_a_reasoner_that_was_kept_goes_on_as_if_it_had_never_stopped(before, steps):
    reasoner = Reasoner(before)
    for verb, parts_, _ in steps:
        change = [triple for part in parts_ for triple in part]
        other = resumed(kept(reasoner))
        assert other is not None
        first, second = (getattr(one, verb)(change) for one in (reasoner, other))
        assert first == second
        assert reasoner.inferred() == other.inferred()
        reasoner = other
