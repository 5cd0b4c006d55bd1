"""What the native engine promises beyond the rules: literals by value, terms that are the same, reports, order."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from ssrgraph.reasoning import closure
from ssrgraph.reasoning.rules import rules

PREFIXES = """
@prefix : <http://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def turtle(text):
    return [quad.triple for quad in parse((PREFIXES + text).encode(), format=RdfFormat.TURTLE)]


def inferred(text, **options):
    return set(closure(turtle(text), engine="native", **options).inferred)


def test_a_value_that_is_written_in_two_ways_is_not_doubled():
    assert inferred(":x :amount 5 . :y :amount 5.0 .") == set()


def test_a_conclusion_writes_a_value_as_its_subject_has_it():
    found = inferred(":amount rdfs:subPropertyOf :value . :x :amount 5 . :y :amount 5.0 .")
    assert found == set(turtle(":x :value 5 . :y :value 5.0 ."))


def test_a_conclusion_writes_a_value_once_where_its_subject_does_not_have_it():
    found = inferred(":total owl:propertyChainAxiom (:of :amount) . :a :of :x . :x :amount 5 . :y :amount 5.0 .")
    assert found in [set(turtle(":a :total 5 .")), set(turtle(":a :total 5.0 ."))]


def test_the_complete_closure_writes_a_value_in_every_way():
    assert set(turtle(":x :amount 5.0 . :y :amount 5 .")) <= inferred(":x :amount 5 . :y :amount 5.0 .", complete=True)


def test_values_are_joined_whatever_way_they_are_written():
    found = inferred(":C owl:hasValue '1'^^xsd:byte ; owl:onProperty :p . :x :p '01.0'^^xsd:decimal .")
    assert set(turtle(":x a :C .")) <= found


def test_terms_become_the_same_step_by_step():
    found = inferred(
        ":p a owl:FunctionalProperty . :q a owl:FunctionalProperty . :x :p :a , :b . :a :q :c . :b :q :d . :c :r :e ."
    )
    assert found == set(
        turtle(":a owl:sameAs :b ; :q :d . :b owl:sameAs :a ; :q :c . :c owl:sameAs :d . :d owl:sameAs :c ; :r :e .")
    )


def test_properties_that_are_the_same_share_their_axioms():
    found = inferred(":p owl:sameAs :q . :p rdfs:range :C . :x :q :y .")
    assert set(turtle(":x :p :y . :y a :C . :q rdfs:range :C .")) <= found


def test_classes_and_lists_that_are_the_same_are_read_as_one():
    found = inferred(":l owl:sameAs :m . :l rdf:first :A ; rdf:rest () . :C owl:unionOf :m . :x a :A .")
    assert set(turtle(":x a :C .")) <= found


def test_what_is_the_same_as_a_value_has_its_datatypes():
    found = inferred(":p a owl:FunctionalProperty . :x :p :five , 5 .")
    assert set(turtle(":five owl:sameAs 5 ; a xsd:byte , xsd:integer , xsd:decimal .")) <= found
    assert not set(turtle(":five a xsd:string .")) & found


def test_what_is_the_same_as_two_values_is_inconsistent_with_the_triples_that_say_so():
    given = turtle(":p a owl:FunctionalProperty . :x :p 5 , 6 . :y :p 7 .")
    (found,) = closure(given, engine="native").inconsistencies
    assert found.rule == "eq-diff1"
    assert set(found.triples) == set(turtle(":x :p 5 , 6 ."))
    assert "are the same and different" in found.message


def test_a_property_below_owl_same_as_makes_same():
    assert set(turtle(":y :p :z .")) <= inferred(":is rdfs:subPropertyOf owl:sameAs . :x :is :y . :x :p :z .")


def test_a_property_equivalent_to_owl_same_as_holds_of_everything_with_itself():
    found = inferred(":is owl:equivalentProperty owl:sameAs . :x owl:sameAs :y .")
    assert set(turtle(":x :is :x , :y . :y :is :x , :y .")) <= found


def test_membership_in_owl_thing_counts_where_it_matters():
    found = inferred(":A a owl:Class . :x a :A . :C owl:intersectionOf (owl:Thing :A) .")
    assert set(turtle(":x a :C .")) <= found


def test_an_axiom_that_is_itself_inferred_takes_effect():
    found = inferred(":Chain rdfs:subClassOf owl:TransitiveProperty . :p a :Chain . :x :p :y . :y :p :z .")
    assert set(turtle(":x :p :z . :p a owl:TransitiveProperty .")) == found


def test_a_list_whose_end_is_inferred_is_read():
    found = inferred(":tail rdfs:subPropertyOf rdf:rest . :C owl:oneOf :l . :l rdf:first :x ; :tail rdf:nil .")
    assert set(turtle(":x a :C .")) <= found


@pytest.mark.parametrize("rest", [":l", ":gap"])
def test_a_list_that_never_ends_is_no_list(rest):
    assert inferred(f":C owl:unionOf :l . :l rdf:first :A ; rdf:rest {rest} . :x a :A .") == set()


def test_a_chain_through_a_cycle_ends():
    found = inferred(":p owl:propertyChainAxiom (:p :p) . :a :p :b . :b :p :c . :c :p :a .")
    assert found == set(turtle(":a :p :a , :c . :b :p :b , :a . :c :p :c , :b ."))


def test_blank_nodes_keep_their_labels():
    given = turtle("_:r owl:someValuesFrom owl:Thing ; owl:onProperty :p . :x :p :y .")
    (restriction,) = {one.subject for one in given if "someValuesFrom" in one.predicate.value}
    kind = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    assert closure(given, engine="native").inferred == (Triple(NamedNode("http://example.org/x"), kind, restriction),)


def test_an_empty_graph_entails_nothing():
    found = closure([], engine="native")
    assert (found.inferred, found.inconsistencies) == ((), ())


def test_triples_about_triples_take_no_part():
    inner = Triple(*(NamedNode(f"http://example.org/{name}") for name in "spo"))
    given = [Triple(inner.subject, inner.predicate, inner), *turtle(":p rdfs:range :C .")]
    assert closure(given, engine="native").inferred == ()


def test_a_literal_that_means_nothing_is_reported_where_it_stands():
    given = turtle(":x :p 'many'^^xsd:integer . :y :p 3 .")
    (found,) = closure(given, engine="native").inconsistencies
    assert (found.rule, found.triples) == ("dt-not-type", (given[0],))


def test_the_answer_is_the_same_in_every_process():
    program = (
        "from pyoxigraph import parse, RdfFormat; from ssrgraph.reasoning import closure; import sys;"
        "given = [q.triple for q in parse(sys.stdin.buffer.read(), format=RdfFormat.TURTLE)];"
        "print(closure(set(given), engine='native'))"
    )
    text = (
        PREFIXES + ":p a owl:FunctionalProperty . :x :p :a , :b , 5 , 5.0 , 6 . :A owl:disjointWith :B . :a a :A , :B ."
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", program],
            input=text.encode(),
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(answers) == 1
    assert b"cax-dw" in next(iter(answers))


def test_the_table_has_each_rule_once_under_the_name_of_the_specification():
    by_table = {}
    for rule in rules().values():
        by_table.setdefault(rule.table, []).append(rule.name)
    assert {table: len(names) for table, names in by_table.items()} == {4: 9, 5: 20, 6: 19, 7: 5, 8: 5, 9: 20}
    prefixes = {4: {"eq"}, 5: {"prp"}, 6: {"cls"}, 7: {"cax"}, 8: {"dt"}, 9: {"scm"}}
    assert {table: {name.split("-")[0] for name in names} for table, names in by_table.items()} == prefixes


def test_literals_are_never_subjects_of_what_is_inferred():
    found = inferred(":p rdfs:range xsd:integer ; a owl:SymmetricProperty . :x :p 5 .", complete=True)
    assert not any(isinstance(one.subject, Literal) for one in found)


def test_domains_and_ranges_reach_classes_and_properties_that_are_above_each_other():
    found = inferred(
        """:p rdfs:domain :C ; rdfs:range :E ; rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :p .
        :C rdfs:subClassOf :D . :D rdfs:subClassOf :C . :E rdfs:subClassOf :F . :q rdfs:range :F . :x :p :y ."""
    )
    assert set(turtle(":x :q :y ; a :C , :D . :y a :E , :F .")) <= found


def test_a_hierarchy_that_is_found_on_the_way_up_is_gone_up_at_once():
    found = inferred(
        """:below rdfs:subPropertyOf rdfs:subPropertyOf . :p :below :q . :q :below :r . :x :p :y .
        :kind rdfs:subPropertyOf rdfs:subClassOf . :A :kind :B . :B :kind :C . :x a :A ."""
    )
    assert set(turtle(":x :q :y ; :r :y ; a :B , :C .")) <= found
