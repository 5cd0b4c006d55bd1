"""One test for each of the 78 rules of OWL 2 RL/RDF: what it concludes, and a near miss from which it must not."""

# ruff: noqa: E501 - what is given and its near miss are compared more easily on one line each

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from ssrgraph.reasoning import closure
from ssrgraph.reasoning.rules import rules

PREFIXES = {
    "": "http://example.org/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
HEADER = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
NO = None
"""The rule has no condition, so that nothing is a near miss."""


def triples(text):
    return [quad.triple for quad in parse((HEADER + text).encode(), format=RdfFormat.TURTLE)]


def entails(given, wanted):
    """Say whether the whole closure has these triples; a blank node in them stands for anything."""
    store = Store()
    asserted = triples(given)
    store.extend(Quad(*one) for one in (*asserted, *closure(asserted, engine="native", complete=True).inferred))
    return bool(store.query(f"ASK {{ {wanted} }}", prefixes=PREFIXES))


# rule, what is given, what follows, what is given in the near miss
CONCLUSIONS = [
    ("eq-ref", ":x :p :y .", ":x owl:sameAs :x . :p owl:sameAs :p . :y owl:sameAs :y", NO),
    ("eq-sym", ":x owl:sameAs :y .", ":y owl:sameAs :x", ":x owl:differentFrom :y ."),
    ("eq-trans", ":x owl:sameAs :y . :y owl:sameAs :z .", ":x owl:sameAs :z", ":x owl:sameAs :y . :y :p :z ."),
    ("eq-rep-s", ":x owl:sameAs :y . :x :p :o .", ":y :p :o", ":x owl:sameAs :z . :x :p :o . :y :p :z ."),
    ("eq-rep-p", ":p owl:sameAs :q . :x :p :o .", ":x :q :o", ":p owl:sameAs :r . :x :p :o . :x :q :z ."),
    ("eq-rep-o", ":x owl:sameAs :y . :s :p :x .", ":s :p :y", ":x owl:sameAs :z . :s :p :x . :y :p :y ."),
    ("prp-ap", "", "rdfs:label a owl:AnnotationProperty . owl:versionInfo a owl:AnnotationProperty", NO),
    ("prp-dom", ":p rdfs:domain :C . :x :p :y .", ":x a :C", ":p rdfs:domain :C . :x :q :y . :y :p :z ."),
    ("prp-rng", ":p rdfs:range :C . :x :p :y .", ":y a :C", ":p rdfs:range :C . :x :q :y . :y :p :z ."),
    (
        "prp-fp",
        ":p a owl:FunctionalProperty . :x :p :y , :z .",
        ":y owl:sameAs :z",
        ":p a owl:FunctionalProperty . :x :p :y . :w :p :z .",
    ),
    (
        "prp-ifp",
        ":p a owl:InverseFunctionalProperty . :y :p :x . :z :p :x .",
        ":y owl:sameAs :z",
        ":p a owl:InverseFunctionalProperty . :y :p :x . :z :p :w .",
    ),
    ("prp-symp", ":p a owl:SymmetricProperty . :x :p :y .", ":y :p :x", ":p a owl:SymmetricProperty . :x :q :y ."),
    (
        "prp-trp",
        ":p a owl:TransitiveProperty . :x :p :y . :y :p :z .",
        ":x :p :z",
        ":p a owl:TransitiveProperty . :x :p :y . :y :q :z .",
    ),
    ("prp-spo1", ":p rdfs:subPropertyOf :q . :x :p :y .", ":x :q :y", ":q rdfs:subPropertyOf :p . :x :p :y ."),
    (
        "prp-spo2",
        ":p owl:propertyChainAxiom (:q :r :s) . :a :q :b . :b :r :c . :c :s :d .",
        ":a :p :d",
        ":p owl:propertyChainAxiom (:q :r :s) . :a :q :b . :b :r :c . :c :r :d .",
    ),
    ("prp-eqp1", ":p owl:equivalentProperty :q . :x :p :y .", ":x :q :y", ":p owl:equivalentProperty :r . :x :p :y ."),
    ("prp-eqp2", ":p owl:equivalentProperty :q . :x :q :y .", ":x :p :y", ":p owl:equivalentProperty :r . :x :q :y ."),
    ("prp-inv1", ":p owl:inverseOf :q . :x :p :y .", ":y :q :x", ":p owl:inverseOf :r . :x :p :y ."),
    ("prp-inv2", ":p owl:inverseOf :q . :x :q :y .", ":y :p :x", ":p owl:inverseOf :r . :x :q :y ."),
    (
        "prp-key",
        ":C owl:hasKey (:k :l) . :x a :C ; :k 1 ; :l 2 . :y a :C ; :k 1 ; :l 2 .",
        ":x owl:sameAs :y",
        ":C owl:hasKey (:k :l) . :x a :C ; :k 1 ; :l 2 . :y a :C ; :k 1 ; :l 3 .",
    ),
    ("cls-thing", "", "owl:Thing a owl:Class", NO),
    ("cls-nothing1", "", "owl:Nothing a owl:Class", NO),
    (
        "cls-int1",
        ":C owl:intersectionOf (:A :B) . :x a :A , :B .",
        ":x a :C",
        ":C owl:intersectionOf (:A :B) . :x a :A . :y a :B .",
    ),
    ("cls-int2", ":C owl:intersectionOf (:A :B) . :x a :C .", ":x a :A , :B", ":C owl:unionOf (:A :B) . :x a :C ."),
    ("cls-uni", ":C owl:unionOf (:A :B) . :x a :B .", ":x a :C", ":C owl:intersectionOf (:A :B) . :x a :B ."),
    (
        "cls-svf1",
        ":C owl:someValuesFrom :D ; owl:onProperty :p . :x :p :y . :y a :D .",
        ":x a :C",
        ":C owl:someValuesFrom :D ; owl:onProperty :p . :x :p :y . :x a :D .",
    ),
    (
        "cls-svf2",
        ":C owl:someValuesFrom owl:Thing ; owl:onProperty :p . :x :p :y .",
        ":x a :C",
        ":C owl:someValuesFrom :D ; owl:onProperty :p . :x :p :y .",
    ),
    (
        "cls-avf",
        ":C owl:allValuesFrom :D ; owl:onProperty :p . :x a :C ; :p :y .",
        ":y a :D",
        ":C owl:allValuesFrom :D ; owl:onProperty :p . :x :p :y .",
    ),
    (
        "cls-hv1",
        ":C owl:hasValue :v ; owl:onProperty :p . :x a :C .",
        ":x :p :v",
        ":C owl:hasValue :v ; owl:onProperty :q . :x a :C .",
    ),
    (
        "cls-hv2",
        ":C owl:hasValue :v ; owl:onProperty :p . :x :p :v .",
        ":x a :C",
        ":C owl:hasValue :v ; owl:onProperty :p . :x :p :w .",
    ),
    (
        "cls-maxc2",
        ":C owl:maxCardinality 1 ; owl:onProperty :p . :x a :C ; :p :y , :z .",
        ":y owl:sameAs :z",
        ":C owl:maxCardinality 2 ; owl:onProperty :p . :x a :C ; :p :y , :z .",
    ),
    (
        "cls-maxqc3",
        ":C owl:maxQualifiedCardinality 1 ; owl:onProperty :p ; owl:onClass :D . :x a :C ; :p :y , :z . :y a :D . :z a :D .",
        ":y owl:sameAs :z",
        ":C owl:maxQualifiedCardinality 1 ; owl:onProperty :p ; owl:onClass :D . :x a :C ; :p :y , :z . :y a :D .",
    ),
    (
        "cls-maxqc4",
        ":C owl:maxQualifiedCardinality 1 ; owl:onProperty :p ; owl:onClass owl:Thing . :x a :C ; :p :y , :z .",
        ":y owl:sameAs :z",
        ":C owl:maxQualifiedCardinality 1 ; owl:onProperty :p ; owl:onClass :D . :x a :C ; :p :y , :z .",
    ),
    ("cls-oo", ":C owl:oneOf (:x :y) .", ":x a :C . :y a :C", ":C owl:unionOf (:x :y) ."),
    ("cax-sco", ":C rdfs:subClassOf :D . :x a :C .", ":x a :D", ":D rdfs:subClassOf :C . :x a :C ."),
    ("cax-eqc1", ":C owl:equivalentClass :D . :x a :C .", ":x a :D", ":C owl:equivalentClass :E . :x a :C ."),
    ("cax-eqc2", ":C owl:equivalentClass :D . :x a :D .", ":x a :C", ":C owl:equivalentClass :E . :x a :D ."),
    ("dt-type1", "", "xsd:integer a rdfs:Datatype . xsd:NCName a rdfs:Datatype . rdf:XMLLiteral a rdfs:Datatype", NO),
    # RDF has no literal as a subject: what is the same as the literal shows it.
    ("dt-type2", ":x owl:sameAs 5 .", ":x a xsd:integer , xsd:decimal , xsd:byte", ':x owl:sameAs "5" .'),
    (
        "dt-eq",
        ":p a owl:InverseFunctionalProperty . :x :p 1 . :y :p '01.0'^^xsd:decimal .",
        ":x owl:sameAs :y",
        ":p a owl:InverseFunctionalProperty . :x :p 1 . :y :p '1'^^xsd:double .",
    ),
    (
        "scm-cls",
        ":C a owl:Class .",
        ":C rdfs:subClassOf :C , owl:Thing ; owl:equivalentClass :C . owl:Nothing rdfs:subClassOf :C",
        ":x a :C .",
    ),
    (
        "scm-sco",
        ":A rdfs:subClassOf :B . :B rdfs:subClassOf :C .",
        ":A rdfs:subClassOf :C",
        ":A rdfs:subClassOf :B . :C rdfs:subClassOf :B .",
    ),
    (
        "scm-eqc1",
        ":A owl:equivalentClass :B .",
        ":A rdfs:subClassOf :B . :B rdfs:subClassOf :A",
        ":A owl:disjointWith :B .",
    ),
    (
        "scm-eqc2",
        ":A rdfs:subClassOf :B . :B rdfs:subClassOf :A .",
        ":A owl:equivalentClass :B",
        ":A rdfs:subClassOf :B .",
    ),
    ("scm-op", ":p a owl:ObjectProperty .", ":p rdfs:subPropertyOf :p ; owl:equivalentProperty :p", ":x :p :y ."),
    ("scm-dp", ":p a owl:DatatypeProperty .", ":p rdfs:subPropertyOf :p ; owl:equivalentProperty :p", ":x :p 1 ."),
    (
        "scm-spo",
        ":p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :r .",
        ":p rdfs:subPropertyOf :r",
        ":p rdfs:subPropertyOf :q . :r rdfs:subPropertyOf :q .",
    ),
    (
        "scm-eqp1",
        ":p owl:equivalentProperty :q .",
        ":p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :p",
        ":p owl:inverseOf :q .",
    ),
    (
        "scm-eqp2",
        ":p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :p .",
        ":p owl:equivalentProperty :q",
        ":p rdfs:subPropertyOf :q .",
    ),
    (
        "scm-dom1",
        ":p rdfs:domain :C . :C rdfs:subClassOf :D .",
        ":p rdfs:domain :D",
        ":p rdfs:domain :C . :D rdfs:subClassOf :C .",
    ),
    (
        "scm-dom2",
        ":p rdfs:domain :C . :q rdfs:subPropertyOf :p .",
        ":q rdfs:domain :C",
        ":p rdfs:domain :C . :p rdfs:subPropertyOf :q .",
    ),
    (
        "scm-rng1",
        ":p rdfs:range :C . :C rdfs:subClassOf :D .",
        ":p rdfs:range :D",
        ":p rdfs:range :C . :D rdfs:subClassOf :C .",
    ),
    (
        "scm-rng2",
        ":p rdfs:range :C . :q rdfs:subPropertyOf :p .",
        ":q rdfs:range :C",
        ":p rdfs:range :C . :p rdfs:subPropertyOf :q .",
    ),
    (
        "scm-hv",
        ":A owl:hasValue :v ; owl:onProperty :p . :B owl:hasValue :v ; owl:onProperty :q . :p rdfs:subPropertyOf :q .",
        ":A rdfs:subClassOf :B",
        ":A owl:hasValue :v ; owl:onProperty :p . :B owl:hasValue :w ; owl:onProperty :q . :p rdfs:subPropertyOf :q .",
    ),
    (
        "scm-svf1",
        ":A owl:someValuesFrom :C ; owl:onProperty :p . :B owl:someValuesFrom :D ; owl:onProperty :p . :C rdfs:subClassOf :D .",
        ":A rdfs:subClassOf :B",
        ":A owl:someValuesFrom :C ; owl:onProperty :p . :B owl:someValuesFrom :D ; owl:onProperty :q . :C rdfs:subClassOf :D .",
    ),
    (
        "scm-svf2",
        ":A owl:someValuesFrom :C ; owl:onProperty :p . :B owl:someValuesFrom :C ; owl:onProperty :q . :p rdfs:subPropertyOf :q .",
        ":A rdfs:subClassOf :B",
        ":A owl:someValuesFrom :C ; owl:onProperty :p . :B owl:someValuesFrom :C ; owl:onProperty :q . :q rdfs:subPropertyOf :p .",
    ),
    (
        "scm-avf1",
        ":A owl:allValuesFrom :C ; owl:onProperty :p . :B owl:allValuesFrom :D ; owl:onProperty :p . :C rdfs:subClassOf :D .",
        ":A rdfs:subClassOf :B",
        ":A owl:allValuesFrom :C ; owl:onProperty :p . :B owl:allValuesFrom :D ; owl:onProperty :q . :C rdfs:subClassOf :D .",
    ),
    (
        "scm-avf2",
        ":A owl:allValuesFrom :C ; owl:onProperty :p . :B owl:allValuesFrom :C ; owl:onProperty :q . :p rdfs:subPropertyOf :q .",
        ":B rdfs:subClassOf :A",
        ":A owl:allValuesFrom :C ; owl:onProperty :p . :B owl:allValuesFrom :C ; owl:onProperty :q . :q rdfs:subPropertyOf :p .",
    ),
    ("scm-int", ":C owl:intersectionOf (:A :B) .", ":C rdfs:subClassOf :A , :B", ":C owl:unionOf (:A :B) ."),
    (
        "scm-uni",
        ":C owl:unionOf (:A :B) .",
        ":A rdfs:subClassOf :C . :B rdfs:subClassOf :C",
        ":C owl:intersectionOf (:A :B) .",
    ),
]

# rule, what is inconsistent, what is not; the last of three members shows that every member counts
CONTRADICTIONS = [
    ("eq-diff1", ":x owl:sameAs :y ; owl:differentFrom :y .", ":x owl:sameAs :y ; owl:differentFrom :z ."),
    (
        "eq-diff2",
        "[] a owl:AllDifferent ; owl:members (:x :y :z) . :y owl:sameAs :z .",
        "[] a owl:AllDifferent ; owl:members (:x :y :z) . :y owl:sameAs :w .",
    ),
    (
        "eq-diff3",
        "[] a owl:AllDifferent ; owl:distinctMembers (:x :y :z) . :y owl:sameAs :z .",
        "[] a owl:AllDifferent ; owl:distinctMembers (:x :y :z) . :y owl:sameAs :w .",
    ),
    ("prp-irp", ":p a owl:IrreflexiveProperty . :x :p :x .", ":p a owl:IrreflexiveProperty . :x :p :y ."),
    (
        "prp-asyp",
        ":p a owl:AsymmetricProperty . :x :p :y . :y :p :x .",
        ":p a owl:AsymmetricProperty . :x :p :y , :z .",
    ),
    (
        "prp-pdw",
        ":p owl:propertyDisjointWith :q . :x :p :y ; :q :y .",
        ":p owl:propertyDisjointWith :q . :x :p :y ; :q :z .",
    ),
    (
        "prp-adp",
        "[] a owl:AllDisjointProperties ; owl:members (:p :q :r) . :x :q :y ; :r :y .",
        "[] a owl:AllDisjointProperties ; owl:members (:p :q :r) . :x :q :y ; :r :z .",
    ),
    (
        "prp-npa1",
        "[] owl:sourceIndividual :x ; owl:assertionProperty :p ; owl:targetIndividual :y . :x :p :y .",
        "[] owl:sourceIndividual :x ; owl:assertionProperty :p ; owl:targetIndividual :y . :x :p :z .",
    ),
    (
        "prp-npa2",
        "[] owl:sourceIndividual :x ; owl:assertionProperty :p ; owl:targetValue 1 . :x :p '01'^^xsd:integer .",
        "[] owl:sourceIndividual :x ; owl:assertionProperty :p ; owl:targetValue 1 . :x :p 2 .",
    ),
    ("cls-nothing2", ":x a owl:Nothing .", ":x a owl:Thing ."),
    ("cls-com", ":A owl:complementOf :B . :x a :A , :B .", ":A owl:complementOf :B . :x a :A . :y a :B ."),
    (
        "cls-maxc1",
        ":C owl:maxCardinality 0 ; owl:onProperty :p . :x a :C ; :p :y .",
        ":C owl:maxCardinality 0 ; owl:onProperty :p . :x a :C ; :q :y .",
    ),
    (
        "cls-maxqc1",
        ":C owl:maxQualifiedCardinality 0 ; owl:onProperty :p ; owl:onClass :D . :x a :C ; :p :y . :y a :D .",
        ":C owl:maxQualifiedCardinality 0 ; owl:onProperty :p ; owl:onClass :D . :x a :C ; :p :y .",
    ),
    (
        "cls-maxqc2",
        ":C owl:maxQualifiedCardinality 0 ; owl:onProperty :p ; owl:onClass owl:Thing . :x a :C ; :p :y .",
        ":C owl:maxQualifiedCardinality 0 ; owl:onProperty :p ; owl:onClass owl:Thing . :x :p :y .",
    ),
    ("cax-dw", ":A owl:disjointWith :B . :x a :A , :B .", ":A owl:disjointWith :B . :x a :A . :y a :B ."),
    (
        "cax-adc",
        "[] a owl:AllDisjointClasses ; owl:members (:A :B :C) . :x a :B , :C .",
        "[] a owl:AllDisjointClasses ; owl:members (:A :B :C) . :x a :B . :y a :C .",
    ),
    (
        "dt-diff",
        ":p a owl:FunctionalProperty . :x :p 1 , 2 .",
        ":p a owl:FunctionalProperty . :x :p 1 , '01'^^xsd:integer , '1.0'^^xsd:decimal .",
    ),
    ("dt-not-type", ":p rdfs:range xsd:byte . :x :p 128 .", ":p rdfs:range xsd:byte . :x :p 127 ."),
]
REPORTED_AS = {"dt-diff": "eq-diff1"}
"""`dt-diff` says that two values are different; that they are also the same is what `eq-diff1` finds."""


@pytest.mark.parametrize(("rule", "given", "wanted", "near_miss"), CONCLUSIONS, ids=[case[0] for case in CONCLUSIONS])
def test_the_rule_concludes(rule, given, wanted, near_miss):
    assert rule in rules()
    assert entails(given, wanted)
    if near_miss is not NO:
        assert not entails(near_miss, wanted)


@pytest.mark.parametrize(("rule", "given", "near_miss"), CONTRADICTIONS, ids=[case[0] for case in CONTRADICTIONS])
def test_the_rule_finds_the_contradiction(rule, given, near_miss):
    assert rule in rules()
    asserted = triples(given)
    found = closure(asserted, engine="native").inconsistencies
    assert {one.rule for one in found} == {REPORTED_AS.get(rule, rule)}
    assert all(one.triples and set(one.triples) <= set(asserted) for one in found)
    assert closure(triples(near_miss), engine="native").inconsistencies == ()


def test_every_rule_of_the_specification_has_its_test():
    tested = [case[0] for case in (*CONCLUSIONS, *CONTRADICTIONS)]
    assert sorted(tested) == sorted(rules())
    assert len(tested) == 78


@pytest.mark.parametrize(
    ("case", "given"),
    [
        ("the last property of a key", ":C owl:hasKey (:k :l) . :x a :C ; :k 1 ; :l 2 . :y a :C ; :k 1 ; :l 3 ."),
        ("the only property of a key", ":C owl:hasKey (:k) . :x a :C ; :k 1 . :y a :C ; :k 2 ."),
    ],
)
def test_owlrl_makes_same_what_differs_in(case, given):
    same = NamedNode(PREFIXES["owl"] + "sameAs")
    assert case
    assert any(one.predicate == same for one in closure(triples(given), engine="owlrl").inferred)
    assert not any(one.predicate == same for one in closure(triples(given), engine="native").inferred)


@pytest.mark.parametrize("rule", ["eq-diff2", "eq-diff3", "prp-adp", "dt-diff", "dt-not-type"])
def test_owlrl_overlooks_what_the_native_engine_finds(rule):
    given = triples(next(case[1] for case in CONTRADICTIONS if case[0] == rule))
    assert closure(given, engine="owlrl").inconsistencies == ()
    assert closure(given, engine="native").inconsistencies != ()


def test_owlrl_does_not_conclude_that_a_class_is_below_itself_from_an_equivalence():
    given = triples(
        ":C owl:equivalentClass :C ; owl:someValuesFrom :C ; owl:onProperty :p . :D owl:someValuesFrom :C ; owl:onProperty :p ."
    )
    wanted = triples(":C rdfs:subClassOf :D .")[0]  # scm-eqc1, then scm-svf1
    assert wanted not in closure(given, engine="owlrl").inferred
    assert wanted in closure(given, engine="native").inferred
