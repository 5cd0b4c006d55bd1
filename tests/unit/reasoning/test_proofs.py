"""Proofs of what follows, and of what cannot all be true; the checker accepts them and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from ssrgraph.reasoning import Fact, Proof, check_proof, closure, explain, explain_inconsistency
from ssrgraph.reasoning.proofs import ASSERTED, prover

PREFIXES = """
@prefix : <http://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def turtle(text):
    return [quad.triple for quad in parse((PREFIXES + text).encode(), format=RdfFormat.TURTLE)]


def one(text):
    (triple,) = turtle(text)
    return triple


def rule_tree(proof):
    """Rules as they are nested; what was given is left out."""
    if proof.rule == ASSERTED:
        return None
    return [proof.rule, *filter(None, map(rule_tree, proof.premises))]


# What is given, what follows, and the rules of its shortest proof.
SHORTEST = [
    (":A rdfs:subClassOf :B . :x a :A .", ":x a :B .", ["cax-sco"]),
    (
        ":A rdfs:subClassOf :B . :B rdfs:subClassOf :C . :C rdfs:subClassOf :D . :x a :A .",
        ":x a :D .",
        ["cax-sco", ["scm-sco", ["scm-sco"]]],
    ),
    (":A rdfs:subClassOf :B, :C . :B rdfs:subClassOf :C . :x a :A .", ":x a :C .", ["cax-sco"]),
    (":p rdfs:domain :C . :x :p :y .", ":x a :C .", ["prp-dom"]),
    (":p rdfs:range :C . :x :p :y .", ":y a :C .", ["prp-rng"]),
    (":p rdfs:subPropertyOf :q . :q owl:inverseOf :r . :x :p :y .", ":y :r :x .", ["prp-inv1", ["prp-spo1"]]),
    (":p a owl:TransitiveProperty . :a :p :b . :b :p :c . :c :p :d .", ":a :p :d .", ["prp-trp", ["prp-trp"]]),
    (":r owl:propertyChainAxiom (:p :q) . :x :p :y . :y :q :z .", ":x :r :z .", ["prp-spo2"]),
    (":C owl:hasKey (:k :l) . :x a :C ; :k 1 ; :l 2 . :y a :C ; :k 1 ; :l 2 .", ":x owl:sameAs :y .", ["prp-key"]),
    (":C owl:intersectionOf (:A :B) . :x a :A, :B .", ":x a :C .", ["cls-int1"]),
    (":C owl:intersectionOf (:A :B) . :x a :C .", ":x a :B .", ["cls-int2"]),
    (":C owl:unionOf (:A :B) . :x a :B .", ":x a :C .", ["cls-uni"]),
    (":C owl:oneOf (:x :y) .", ":y a :C .", ["cls-oo"]),
    (":R owl:onProperty :p ; owl:someValuesFrom :C . :x :p :y . :y a :C .", ":x a :R .", ["cls-svf1"]),
    (":R owl:onProperty :p ; owl:someValuesFrom xsd:integer . :x :p 5 .", ":x a :R .", ["cls-svf1", ["dt-type2"]]),
    (":R owl:onProperty :p ; owl:hasValue :v . :x :p :v .", ":x a :R .", ["cls-hv2"]),
    (":R owl:onProperty :p ; owl:maxCardinality 1 . :x a :R ; :p :y, :z .", ":y owl:sameAs :z .", ["cls-maxc2"]),
    (":x owl:sameAs :y . :y :p :z .", ":x :p :z .", ["eq-rep-s", ["eq-sym"]]),
    (":x owl:sameAs :y . :z :p :x .", ":z :p :y .", ["eq-rep-o"]),
    (":p owl:sameAs :q . :x :p :y .", ":x :q :y .", ["eq-rep-p"]),
    (":x owl:sameAs :y . :y owl:sameAs :z .", ":x owl:sameAs :z .", ["eq-trans"]),
    (":p a owl:FunctionalProperty . :x :p :y, :z . :y :q :w .", ":z :q :w .", ["eq-rep-s", ["prp-fp"]]),
    (":p a owl:ObjectProperty . :x :p :y .", ":x owl:sameAs :x .", ["eq-ref"]),
    (":x :p :y .", "owl:Thing a owl:Class .", ["cls-thing"]),
]


@pytest.mark.parametrize(("given", "goal", "rules"), SHORTEST)
def test_the_shortest_proof_is_found_and_holds(given, goal, rules):
    triples = turtle(given)
    (proof,) = explain(triples, one(goal))
    assert proof.conclusion == Fact.of(one(goal))
    assert rule_tree(proof) == rules
    assert proof.steps == str(rules).count("'") // 2
    assert check_proof(proof, set(map(Fact.of, triples))) is None
    assert set(proof.leaves()) <= set(map(Fact.of, triples))


def test_what_was_given_is_its_own_proof():
    triples = turtle(":A rdfs:subClassOf :B . :x a :A, :B .")
    assert explain(triples, one(":x a :B ."), limit=5) == (Proof(conclusion=Fact.of(one(":x a :B ."))),)


def test_what_does_not_follow_has_no_proof():
    assert explain(turtle(":A rdfs:subClassOf :B . :x a :B ."), one(":x a :A ."), limit=3) == ()
    assert explain(turtle(":x a :B ."), one(":nobody a :B .")) == ()


def test_different_proofs_come_with_the_shortest_first():
    triples = turtle(
        ":A rdfs:subClassOf :D . :B rdfs:subClassOf :C . :C rdfs:subClassOf :D . :x a :A, :B ."
        ":p rdfs:domain :D . :x :p 1 ."
    )
    found = explain(triples, one(":x a :D ."), limit=4)
    assert [proof.steps for proof in found] == [1, 1, 2, 2]
    assert {proof.rule for proof in found[:2]} == {"cax-sco", "prp-dom"}
    assert len(set(found)) == 4
    for proof in found:
        assert check_proof(proof, set(map(Fact.of, triples))) is None
    assert explain(triples, one(":x a :D ."), limit=2) == found[:2]


def test_the_same_graph_gives_the_same_proofs_in_whatever_order_it_comes():
    triples = turtle(":A rdfs:subClassOf :D . :B rdfs:subClassOf :D . :C rdfs:subClassOf :D . :x a :A, :B, :C .")
    goal = one(":x a :D .")
    assert explain(triples, goal, limit=9) == explain(triples[::-1], goal, limit=9)


def test_a_long_chain_has_a_proof_of_all_its_links():
    links = [f":n{n} :p :n{n + 1} ." for n in range(40)]
    triples = turtle(":p a owl:TransitiveProperty . " + " ".join(links))
    (proof,) = explain(triples, one(":n0 :p :n40 ."))
    assert (proof.steps, len(proof.leaves())) == (39, 41)
    assert check_proof(proof, set(map(Fact.of, triples))) is None


@pytest.mark.parametrize(("given", "goal", "rules"), SHORTEST)
def test_the_search_upwards_finds_a_proof_of_the_same_length(given, goal, rules):
    triples = turtle(given)
    proof = prover(triples, effort=1).prove(fact(goal))
    assert proof.steps == str(rules).count("'") // 2
    assert check_proof(proof, set(map(Fact.of, triples))) is None


def test_nothing_rests_on_itself():
    triples = turtle(":A owl:equivalentClass :B . :B owl:equivalentClass :C . :x a :C .")
    for proof in explain(triples, one(":x a :A ."), limit=20):
        assert check_proof(proof, set(map(Fact.of, triples))) is None


CONTRADICTIONS = [
    ("cax-dw", ":A owl:disjointWith :B . :C rdfs:subClassOf :B . :x a :A, :C ."),
    ("cax-adc", "[] a owl:AllDisjointClasses ; owl:members (:A :B :C) . :x a :A, :C ."),
    ("eq-diff1", ":p a owl:FunctionalProperty . :x :p :y, :z . :y owl:differentFrom :z ."),
    ("eq-diff1", ":p a owl:FunctionalProperty . :x :p 1, 2 ."),
    ("eq-diff2", "[] a owl:AllDifferent ; owl:members (:x :y) . :p a owl:FunctionalProperty . :z :p :x, :y ."),
    ("prp-irp", ":p a owl:IrreflexiveProperty, owl:TransitiveProperty . :x :p :y . :y :p :x ."),
    ("prp-asyp", ":p a owl:AsymmetricProperty . :x :p :y . :y :p :x ."),
    ("cls-maxc1", ":A owl:maxCardinality 0 ; owl:onProperty :p . :x a :A ; :p :y ."),
    ("dt-not-type", ':x :p "many"^^xsd:integer .'),
    ("dt-not-type", ":p rdfs:range xsd:integer . :x :p 'many' ."),
]


@pytest.mark.parametrize(("rule", "given"), CONTRADICTIONS)
def test_an_inconsistency_has_a_proof_of_each_side(rule, given):
    triples = turtle(given)
    found = [item for item in closure(triples).inconsistencies if item.rule == rule]
    assert found
    for item in found:
        proof = explain_inconsistency(triples, item)
        assert (proof.rule, proof.conclusion) == (rule, None)
        assert check_proof(proof, set(map(Fact.of, triples))) is None


def test_the_proof_of_an_inconsistency_is_about_what_is_reported():
    triples = turtle(":A owl:disjointWith :B . :x a :A, :B . :y a :A, :B .")
    for item in closure(triples).inconsistencies:
        proof = explain_inconsistency(triples, item)
        assert {fact.triple() for fact in proof.leaves()} == set(item.triples)


GIVEN = turtle(":A rdfs:subClassOf :B . :B rdfs:subClassOf :C . :x a :A . :r owl:propertyChainAxiom (:p :q) .")
ASSERTED_FACTS = set(map(Fact.of, GIVEN))


def fact(text):
    return Fact.of(one(text))


def given(text):
    return Proof(conclusion=fact(text))


def applied(rule, text, *premises):
    return Proof(conclusion=fact(text) if text else None, rule=rule, premises=premises)


SOUND = applied("cax-sco", ":x a :B .", given(":A rdfs:subClassOf :B ."), given(":x a :A ."))
UNSOUND = [
    ("is not given", given(":x a :C .")),
    ("is given, yet has premises", replace(SOUND, rule=ASSERTED, conclusion=fact(":x a :A ."))),
    ("no rule is called cax-foo", replace(SOUND, rule="cax-foo")),
    ("does not follow by cax-eqc1", replace(SOUND, rule="cax-eqc1")),
    ("does not follow by cax-sco", replace(SOUND, premises=SOUND.premises[::-1])),
    ("does not follow by cax-sco", replace(SOUND, premises=SOUND.premises[:1])),
    ("does not follow by cax-sco", replace(SOUND, premises=(*SOUND.premises, SOUND.premises[0]))),
    ("does not follow by cax-sco", replace(SOUND, conclusion=fact(":x a :C ."))),
    ("does not follow by cax-sco", replace(SOUND, conclusion=fact(":y a :B ."))),
    ("cax-sco does not conclude that", replace(SOUND, conclusion=None)),
    ("cax-dw does not conclude that", replace(SOUND, rule="cax-dw")),
    (
        "does not follow by cax-sco",
        applied("cax-sco", ":x a :C .", given(":A rdfs:subClassOf :B ."), given(":x a :A .")),
    ),
    ("does not follow by cls-thing", applied("cls-thing", ":A a :Class .")),
    ("an inconsistency is no premise", replace(SOUND, premises=(Proof(conclusion=None, rule="cax-dw"),))),
    ("is not given", replace(SOUND, premises=(SOUND.premises[0], given(":y a :A .")), conclusion=fact(":y a :B ."))),
]


@pytest.mark.parametrize(("problem", "proof"), UNSOUND)
def test_the_checker_refuses_what_is_no_proof(problem, proof):
    assert problem in check_proof(proof, ASSERTED_FACTS)


def test_the_checker_refuses_what_rests_on_itself():
    around = turtle(":A owl:equivalentClass :B .")
    inner = applied("cax-eqc2", ":x a :A .", Proof(conclusion=Fact.of(around[0])), SOUND)
    outer = applied("cax-sco", ":x a :B .", given(":A rdfs:subClassOf :B ."), inner)
    assert check_proof(outer, {*ASSERTED_FACTS, Fact.of(around[0])}) == "it rests on itself"


def test_the_checker_reads_lists_whole():
    triples = turtle(":r owl:propertyChainAxiom (:p :q) . :x :p :y . :y :q :z .")
    (proof,) = explain(triples, one(":x :r :z ."))
    facts = set(map(Fact.of, triples))
    assert [premise.conclusion.predicate.value.rpartition("#")[2] for premise in proof.premises[:5]] == [
        "propertyChainAxiom",
        "first",
        "rest",
        "first",
        "rest",
    ]
    without_end = replace(proof, premises=(*proof.premises[:4], *proof.premises[5:]))
    assert "does not follow" in check_proof(without_end, facts)
    swapped = (proof.premises[0], *proof.premises[3:5], *proof.premises[1:3], *proof.premises[5:])
    assert "does not follow" in check_proof(replace(proof, premises=swapped), facts)


def test_a_literal_may_be_a_subject_within_a_proof_only():
    triples = turtle(":R owl:onProperty :p ; owl:someValuesFrom xsd:integer . :x :p 5 .")
    (proof,) = explain(triples, one(":x a :R ."))
    about_literal = proof.premises[-1].conclusion
    assert isinstance(about_literal.subject, Literal)
    assert about_literal.triple() is None
    assert proof.conclusion.triple() == one(":x a :R .")


def test_a_triple_term_is_no_fact():
    about = Triple(NamedNode("http://example.org/x"), NamedNode("http://example.org/p"), GIVEN[0])
    with pytest.raises(TypeError):
        Fact.of(about)
