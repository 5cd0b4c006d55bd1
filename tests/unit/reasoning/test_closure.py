"""What the closure answers, whichever engine computes it."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from ssrgraph.reasoning import EngineError, closure, engines

PREFIXES = """
@prefix : <http://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def turtle(text):
    return [quad.triple for quad in parse((PREFIXES + text).encode(), format=RdfFormat.TURTLE)]


def named(name):
    return NamedNode("http://example.org/" + name)


def names(triples):
    """Triples of named nodes, written shortly."""
    return {
        " ".join(part.value.replace("http://example.org/", ":").split("#")[-1] for part in triple) for triple in triples
    }


@pytest.fixture(params=engines())
def engine(request):
    return request.param


ENTAILMENTS = [
    (
        "sub-class",
        ":A rdfs:subClassOf :B . :B rdfs:subClassOf :C . :x a :A .",
        {":x type :B", ":x type :C", ":A subClassOf :C"},
    ),
    ("transitive part", ":part a owl:TransitiveProperty . :x :part :y . :y :part :z .", {":x :part :z"}),
    ("inverse", ":leads owl:inverseOf :ledBy . :x :leads :y .", {":y :ledBy :x"}),
    (
        "chain",
        ":attributed owl:propertyChainAxiom (:funder :partOf) . :c :funder :bureau . :bureau :partOf :state .",
        {":c :attributed :state"},
    ),
    (
        "existential restriction",
        "[] owl:onProperty :funds ; owl:someValuesFrom :Claim ; rdfs:subClassOf :Donor . :x :funds :c . :c a :Claim .",
        {":x type :Donor"},
    ),
    (
        "key",
        ":C owl:hasKey (:k :l) . :x a :C ; :k 1 ; :l 2 . :y a :C ; :k 1 ; :l 2 .",
        {":x sameAs :y", ":y sameAs :x"},
    ),
    ("domain and range", ":p rdfs:domain :A ; rdfs:range :B . :x :p :y .", {":x type :A", ":y type :B"}),
    ("sub-property", ":p rdfs:subPropertyOf :q . :x :p :y .", {":x :q :y"}),
    ("same as", ":x owl:sameAs :y . :x :p :z .", {":y sameAs :x", ":y :p :z"}),
]


@pytest.mark.parametrize(
    ("text", "expected"), [case[1:] for case in ENTAILMENTS], ids=[case[0] for case in ENTAILMENTS]
)
def test_infers_what_follows_and_nothing_else(engine, text, expected):
    found = closure(turtle(text), engine=engine)
    assert names(triple for triple in found.inferred if isinstance(triple.object, NamedNode)) == expected
    assert found.inconsistencies == ()


CONTRADICTIONS = [
    ("eq-diff1", ":x owl:sameAs :y ; owl:differentFrom :y ."),
    ("eq-diff1", ":x owl:differentFrom :x ."),
    ("eq-diff2", "[] a owl:AllDifferent ; owl:members (:x :y :z) . :x owl:sameAs :y ."),
    ("eq-diff3", "[] a owl:AllDifferent ; owl:distinctMembers (:x :y :z) . :x owl:sameAs :y ."),
    ("prp-irp", ":p a owl:IrreflexiveProperty . :x :p :x ."),
    ("prp-asyp", ":p a owl:AsymmetricProperty . :x :p :y . :y :p :x ."),
    ("prp-pdw", ":p owl:propertyDisjointWith :q . :x :p :y ; :q :y ."),
    ("prp-adp", "[] a owl:AllDisjointProperties ; owl:members (:p :q :r) . :x :p :y ; :q :y ."),
    ("prp-npa1", "[] owl:sourceIndividual :x ; owl:assertionProperty :p ; owl:targetIndividual :y . :x :p :y ."),
    ("prp-npa2", "[] owl:sourceIndividual :x ; owl:assertionProperty :p ; owl:targetValue 1 . :x :p 1 ."),
    ("cls-nothing2", ":x a owl:Nothing ."),
    ("cls-com", ":A owl:complementOf :B . :x a :A, :B ."),
    ("cls-maxc1", ":A owl:maxCardinality 0 ; owl:onProperty :p . :x a :A ; :p :y ."),
    (
        "cls-maxqc1",
        ":A owl:maxQualifiedCardinality 0 ; owl:onProperty :p ; owl:onClass :B . :x a :A ; :p :y . :y a :B.",
    ),
    ("cls-maxqc2", ":A owl:maxQualifiedCardinality 0 ; owl:onProperty :p ; owl:onClass owl:Thing . :x a :A ; :p :y ."),
    ("cax-dw", ":A owl:disjointWith :B . :x a :A, :B ."),
    ("cax-adc", "[] a owl:AllDisjointClasses ; owl:members (:A :B :C) . :x a :A, :C ."),
    ("dt-not-type", ':x :p "many"^^xsd:integer .'),
]


@pytest.mark.parametrize(("rule", "text"), CONTRADICTIONS)
def test_reports_a_contradiction_by_the_name_of_its_rule_with_asserted_triples(engine, rule, text):
    found = closure(turtle(text), engine=engine)
    assert rule in {one.rule for one in found.inconsistencies}
    for one in found.inconsistencies:
        assert one.triples
        assert one.message


def test_a_contradiction_names_the_triples_that_meet_in_it(engine):
    given = turtle(":Force owl:disjointWith :Fund . :x a :Force, :Fund .")
    (one,) = closure(given, engine=engine).inconsistencies
    assert (one.rule, set(one.triples)) == ("cax-dw", set(given))


def test_a_contradiction_about_terms_that_are_the_same_is_told_once():
    # That :b is :a is found in the round in which :b is found to be a member of :C, and nothing is new for :a by it.
    text = """
        :D rdfs:subClassOf owl:Nothing ; owl:onProperty :p ; owl:someValuesFrom :C .
        :C owl:onProperty :p ; owl:hasValue :a .
        :p rdfs:subPropertyOf owl:sameAs . :a :p :a . :b a :C .
    """
    (one,) = closure(turtle(text), engine="native").inconsistencies
    assert one.message == "http://example.org/a belongs to owl:Nothing"


def test_leaves_out_what_holds_of_everything(engine):
    given = turtle(":A a owl:Class ; rdfs:label 'a' . :p a owl:ObjectProperty, owl:DatatypeProperty . :x a :A ; :p 1 .")
    assert closure(given, engine=engine).inferred == ()


def test_complete_keeps_what_holds_of_everything(engine):
    found = closure(turtle(":A a owl:Class . :x a :A ."), engine=engine, complete=True)
    assert {":x sameAs :x", ":A subClassOf :A", ":A subClassOf Thing", "Nothing subClassOf :A"} <= names(
        triple for triple in found.inferred if isinstance(triple.object, NamedNode)
    )


def test_literals_come_back_as_they_were_written(engine):
    given = turtle(':p rdfs:subPropertyOf :q . :x :p "007"^^xsd:integer, "1.50"^^xsd:decimal, "Wort"@de-AT, "plain" .')
    expected = {
        Triple(triple.subject, named("q"), triple.object) for triple in given if isinstance(triple.object, Literal)
    }
    assert set(closure(given, engine=engine).inferred) == expected


def test_asserted_triples_are_not_repeated_and_the_order_is_the_same_each_time(engine):
    given = turtle(":A rdfs:subClassOf :B . :x a :A, :B . :y a :A . :z a :A .")
    found = closure(given, engine=engine).inferred
    assert found == tuple(sorted(found, key=str))
    assert found == closure(reversed(given), engine=engine).inferred
    assert names(found) == {":y type :B", ":z type :B"}


def test_each_term_being_itself_counts_where_owl_same_as_has_axioms(engine):
    found = closure(turtle("owl:sameAs rdfs:subPropertyOf :like . :x :p :y ."), engine=engine)
    assert {":x :like :x", ":y :like :y"} <= names(found.inferred)


def test_an_unknown_engine_is_refused_with_the_names_that_there_are():
    with pytest.raises(EngineError, match=r"no reasoner is called 'magic'; choose one of: .*owlrl"):
        closure([], engine="magic")


def test_owlrl_is_always_there():
    assert "owlrl" in engines()
