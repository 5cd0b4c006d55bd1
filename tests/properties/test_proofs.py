"""Whatever follows, by any construct of OWL 2 RL, has a proof that the checker accepts; a changed proof it refuses."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ssrgraph.reasoning import Fact, check_proof, closure
from ssrgraph.reasoning.proofs import ASSERTED, inconsistency_proof, prover

OWL = "http://www.w3.org/2002/07/owl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
TYPE = NamedNode(RDF + "type")
NIL = NamedNode(RDF + "nil")


def some(kind, count):
    return st.sampled_from([NamedNode(f"http://example.org/{kind}{n}") for n in range(count)])


individuals, classes, properties = some("i", 3), some("C", 3), some("p", 3)
fillers = st.one_of(classes, st.sampled_from([NamedNode(OWL + "Thing"), NamedNode(XSD + "integer")]))
counts = st.sampled_from([Literal(text, datatype=NamedNode(XSD + "nonNegativeInteger")) for text in "01"])
values = st.sampled_from(
    [
        Literal("7", datatype=NamedNode(XSD + "integer")),
        Literal("07.0", datatype=NamedNode(XSD + "decimal")),
        Literal("many", datatype=NamedNode(XSD + "integer")),
        Literal("ein", language="de"),
    ]
)
things = st.one_of(individuals, values)
KINDS = ["Functional", "InverseFunctional", "Symmetric", "Asymmetric", "Transitive", "Irreflexive", "Object"]


def of(subjects, namespace, names, objects):
    verbs = st.sampled_from([NamedNode(namespace + name) for name in names.split()])
    return st.builds(lambda s, p, o: [Triple(s, p, o)], subjects, verbs, objects)


def cells(label, members):
    nodes = [BlankNode(f"{label}x{n}") for n in range(len(members))]
    ends = [*nodes, NIL]
    found = []
    for node, member, rest in zip(nodes, members, ends[1:], strict=True):
        found += [Triple(node, NamedNode(RDF + "first"), member), Triple(node, NamedNode(RDF + "rest"), rest)]
    return ends[0], found


@st.composite
def with_list(draw):
    subject, verb, members = draw(
        st.one_of(
            st.tuples(properties, st.just("propertyChainAxiom"), st.lists(properties, min_size=1, max_size=3)),
            st.tuples(classes, st.just("hasKey"), st.lists(properties, min_size=1, max_size=2)),
            st.tuples(classes, st.sampled_from(["intersectionOf", "unionOf"]), st.lists(classes, max_size=3)),
            st.tuples(classes, st.just("oneOf"), st.lists(individuals, max_size=2)),
        )
    )
    head, found = cells(f"{verb}{draw(st.integers(0, 2))}", members)
    return [Triple(subject, NamedNode(OWL + verb), head), *found]


@st.composite
def groups(draw):
    kind, verb, members = draw(
        st.one_of(
            st.tuples(st.just("AllDisjointClasses"), st.just("members"), st.lists(classes, max_size=3)),
            st.tuples(st.just("AllDisjointProperties"), st.just("members"), st.lists(properties, max_size=3)),
            st.tuples(
                st.just("AllDifferent"),
                st.sampled_from(["members", "distinctMembers"]),
                st.lists(individuals, max_size=3),
            ),
        )
    )
    group = BlankNode(f"{kind}{verb}")
    head, found = cells(group.value, members)
    return [Triple(group, TYPE, NamedNode(OWL + kind)), Triple(group, NamedNode(OWL + verb), head), *found]


@st.composite
def restrictions(draw):
    subject = draw(classes)
    found = [Triple(subject, NamedNode(OWL + "onProperty"), draw(properties))]
    kind, filler = draw(
        st.one_of(
            st.tuples(st.sampled_from(["someValuesFrom", "allValuesFrom"]), fillers),
            st.tuples(st.just("hasValue"), things),
            st.tuples(st.sampled_from(["maxCardinality", "maxQualifiedCardinality"]), counts),
        )
    )
    if kind == "maxQualifiedCardinality":
        found.append(Triple(subject, NamedNode(OWL + "onClass"), draw(fillers)))
    return [*found, Triple(subject, NamedNode(OWL + kind), filler)]


@st.composite
def denials(draw):
    target, value = draw(st.one_of(st.tuples(st.just("Individual"), individuals), st.tuples(st.just("Value"), values)))
    parts = {"sourceIndividual": draw(individuals), "assertionProperty": draw(properties), f"target{target}": value}
    return [Triple(BlankNode("denial"), NamedNode(OWL + verb), part) for verb, part in parts.items()]


statements = st.one_of(
    st.builds(lambda s, p, o: [Triple(s, p, o)], individuals, properties, things),
    of(individuals, RDF, "type", fillers),
    of(individuals, OWL, "sameAs", things),
    of(individuals, OWL, "differentFrom", individuals),
    of(classes, RDFS, "subClassOf", fillers),
    of(classes, OWL, "equivalentClass disjointWith complementOf", classes),
    of(properties, RDFS, "subPropertyOf", st.one_of(properties, st.just(NamedNode(OWL + "sameAs")))),
    of(properties, OWL, "equivalentProperty inverseOf propertyDisjointWith sameAs", properties),
    of(properties, RDFS, "domain range", fillers),
    of(properties, RDF, "type", st.sampled_from([NamedNode(f"{OWL}{kind}Property") for kind in KINDS])),
    of(classes, RDF, "type", st.just(NamedNode(OWL + "Class"))),
    with_list(),
    groups(),
    restrictions(),
    denials(),
)
graphs = st.lists(statements, max_size=10).map(lambda parts: {triple for part in parts for triple in part})
unhurried = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


@settings(unhurried, max_examples=60)
@given(graphs)
def test_everything_that_follows_has_a_proof(triples):
    asked, given_facts = prover(triples), set(map(Fact.of, triples))
    for triple in closure(triples, complete=True).inferred:
        proof = asked.prove(Fact.of(triple))
        assert proof is not None, triple
        assert (proof.conclusion, check_proof(proof, given_facts)) == (Fact.of(triple), None)


@settings(unhurried, max_examples=60)
@given(graphs)
def test_every_inconsistency_has_a_proof_of_each_side(triples):
    asked, given_facts = prover(triples), set(map(Fact.of, triples))
    for found in closure(triples).inconsistencies:
        proof = inconsistency_proof(asked, found)
        assert proof is not None, found
        assert (proof.rule, check_proof(proof, given_facts)) == (found.rule, None)


@settings(unhurried, max_examples=30)
@given(graphs, st.data())
def test_further_proofs_differ_hold_and_are_no_shorter(triples, data):
    inferred = closure(triples).inferred
    assume(inferred)
    goal = Fact.of(data.draw(st.sampled_from(inferred)))
    proofs = prover(triples).proofs(goal, 5)
    assert len(set(proofs)) == len(proofs) >= 1
    assert [proof.steps for proof in proofs] == sorted(proof.steps for proof in proofs)
    for proof in proofs:
        assert (proof.conclusion, check_proof(proof, set(map(Fact.of, triples)))) == (goal, None)


@settings(unhurried, max_examples=30)
@given(graphs, st.data())
def test_the_two_ways_of_searching_find_proofs_of_one_length(triples, data):
    inferred = closure(triples, complete=True).inferred
    goal = Fact.of(data.draw(st.sampled_from(inferred)))
    backwards = prover(triples).prove(goal)
    upwards = prover(triples, effort=1).prove(goal)
    assert upwards.steps == backwards.steps
    assert check_proof(upwards, set(map(Fact.of, triples))) is None


@settings(unhurried, max_examples=60)
@given(graphs, st.data())
def test_a_changed_proof_is_refused(triples, data):
    inferred = closure(triples).inferred
    assume(inferred)
    goal = data.draw(st.sampled_from(inferred))
    proof = prover(triples).prove(Fact.of(goal))
    given_facts = set(map(Fact.of, triples))
    stranger = NamedNode("http://example.org/stranger")
    place = data.draw(st.integers(0, 2))
    conclusion = Fact(*(stranger if n == place else term for n, term in enumerate(proof.conclusion)))
    assert check_proof(replace(proof, conclusion=conclusion), given_facts) is not None
    assert check_proof(replace(proof, conclusion=None), given_facts) is not None
    if proof.premises:
        assert check_proof(replace(proof, premises=proof.premises[:-1]), given_facts) is not None
    for leaf in proof.leaves():
        assert check_proof(proof, given_facts - {leaf}) is not None
    assert check_proof(replace(proof, rule=ASSERTED), given_facts) is not None
