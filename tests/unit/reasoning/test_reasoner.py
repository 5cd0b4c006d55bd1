"""The reasoner that is kept while its graph changes; broken input; what takes too much memory."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from ssrgraph.errors import InputError
from ssrgraph.query.syntax import write_triples
from ssrgraph.reasoning import MemoryLimitError, Reasoner, closure
from ssrgraph.reasoning.saturation import Saturation

PREFIXES = """
@prefix : <http://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
SAME_AS = NamedNode("http://www.w3.org/2002/07/owl#sameAs")


def turtle(text):
    return [quad.triple for quad in parse((PREFIXES + text).encode(), format=RdfFormat.TURTLE)]


def example(name):
    return NamedNode(f"http://example.org/{name}")


def test_adding_tells_what_follows_anew():
    reasoner = Reasoner(turtle(":p a owl:TransitiveProperty . :a :p :b ."))
    found = reasoner.add(turtle(":b :p :c ."))
    assert set(found.inferred) == set(turtle(":a :p :c ."))
    assert found.retracted == ()


def test_asserting_what_follows_takes_it_from_what_is_inferred():
    reasoner = Reasoner(turtle(":p rdfs:range :C . :a :p :b ."))
    found = reasoner.add(turtle(":b a :C ."))
    assert (found.inferred, set(found.retracted)) == ((), set(turtle(":b a :C .")))
    assert reasoner.inferred() == ()


def test_removing_takes_back_only_what_nothing_else_supports():
    reasoner = Reasoner(turtle(":p rdfs:range :C . :q rdfs:range :C, :D . :a :p :b ; :q :b ."))
    found = reasoner.remove(turtle(":a :q :b ."))
    assert (found.inferred, set(found.retracted)) == ((), set(turtle(":b a :D .")))


def test_what_is_asserted_no_longer_but_follows_is_inferred():
    reasoner = Reasoner(turtle(":p rdfs:range :C . :a :p :b . :b a :C ."))
    found = reasoner.remove(turtle(":b a :C ."))
    assert (set(found.inferred), found.retracted) == (set(turtle(":b a :C .")), ())


def test_a_cycle_does_not_support_itself():
    reasoner = Reasoner(turtle(":p a owl:SymmetricProperty , owl:TransitiveProperty . :a :p :b . :b :p :c ."))
    reasoner.remove(turtle(":a :p :b ."))
    assert set(reasoner.inferred()) == set(turtle(":c :p :b , :c . :b :p :b ."))


def test_terms_that_are_no_longer_the_same_are_told_apart():
    reasoner = Reasoner(turtle(":a owl:sameAs :b . :a :p :x . :b :p :y ."))
    found = reasoner.remove(turtle(":a owl:sameAs :b ."))
    assert set(found.retracted) == set(turtle(":b owl:sameAs :a ; :p :x . :a :p :y ."))


def test_an_axiom_can_be_taken_back():
    reasoner = Reasoner(turtle(":C owl:unionOf (:A :B) . :p rdfs:domain :D . :x a :A ; :p :y ."))
    found = reasoner.remove(turtle(":p rdfs:domain :D ."))
    assert set(found.retracted) == set(turtle(":x a :D ."))


def test_changes_that_change_nothing_are_told_as_such():
    reasoner = Reasoner(turtle(":a :p :b ."))
    assert reasoner.add(turtle(":a :p :b .")) == reasoner.remove(turtle(":c :p :d .")) == reasoner.add([])


def test_an_inconsistency_goes_with_its_cause():
    reasoner = Reasoner(turtle(":A owl:disjointWith :B . :x a :A ."))
    reasoner.add(turtle(":x a :B ."))
    (found,) = reasoner.inconsistencies()
    assert found.rule == "cax-dw"
    reasoner.remove(turtle(":x a :B ."))
    assert reasoner.inconsistencies() == ()


def test_a_literal_that_comes_later_has_its_datatype_under_the_name_that_stands_for_it():
    # Terms of the rules stand for those that are the same, here for a datatype.
    given = turtle("owl:Class owl:sameAs xsd:integer ; owl:disjointWith :B . :p rdfs:range :B .")
    reasoner = Reasoner(given)
    assert reasoner.inconsistencies() == ()
    reasoner.add(turtle(":x :p 2 ."))
    (found,) = reasoner.inconsistencies()
    assert (found.rule, found.message[:31]) == ("cax-dw", "2 belongs to the disjoint class")


def test_an_ill_typed_literal_is_reported_while_it_is_asserted():
    wrong = turtle(":x :p 'many'^^xsd:integer .")
    reasoner = Reasoner(wrong)
    assert [one.rule for one in reasoner.inconsistencies()] == ["dt-not-type"]
    reasoner.remove(wrong)
    assert reasoner.inconsistencies() == ()


def test_lines_are_written_as_the_serializer_writes_them():
    given = turtle(
        r""":p rdfs:subPropertyOf :q . :x :p "a \"b\" \\ \n c"@en , "z"^^:own , "\u0001é" , 01 , 1.0 . :x a :C .
        :x owl:sameAs :x-y , :x0 . _:b :p :x . :C rdfs:subClassOf [] ."""
    )
    reasoner = Reasoner(given)
    every = {*given, *closure(given).inferred}
    assert b"".join(reasoner.n_triples(with_asserted=True)) == write_triples(every, RdfFormat.N_TRIPLES)
    assert b"".join(reasoner.n_triples(with_asserted=False)) == write_triples(
        closure(given).inferred, RdfFormat.N_TRIPLES
    )


def test_blank_nodes_of_several_parts_are_kept_apart():
    part = turtle("_:b :p :x .")
    assert len(Reasoner.of_parts([part, part]).asserted()) == 2


def test_triples_about_triples_are_left_aside_as_they_are():
    inner = Triple(example("s"), example("p"), example("o"))
    reasoner = Reasoner.of_parts([[Triple(example("s"), example("says"), inner)]])
    (line,) = reasoner.left_out
    (quad,) = parse(line.encode(), format=RdfFormat.N_TRIPLES)
    assert quad.triple.object == inner
    assert reasoner.asserted() == ()


@pytest.mark.parametrize(
    "cells",
    [
        ":l rdf:first :A .",
        ":l rdf:first :A ; rdf:rest :l .",
        ":l rdf:first :A ; rdf:rest :m . :m rdf:first :A ; rdf:rest :l .",
        ":l rdf:first :A ; rdf:rest 'nil' .",
        ":l rdf:rest rdf:nil .",
    ],
    ids=["no rest", "own rest", "cycle", "literal rest", "no first"],
)
@pytest.mark.parametrize("verb", ["owl:intersectionOf", "owl:unionOf", "owl:oneOf", "owl:hasKey"])
def test_a_broken_list_says_nothing(verb, cells):
    found = closure(turtle(f":C {verb} :l . {cells} :x a :A , :C ."))
    assert found.inferred == ()
    assert found.inconsistencies == ()


def test_a_list_that_gets_a_second_end_is_read_in_a_new_way():
    key = ":E owl:hasKey :l . :l rdf:first :p ; rdf:rest :m . :m rdf:first :r ; rdf:rest rdf:nil ."
    reasoner = Reasoner(turtle(f"{key} :x a :E ; :p :v ; :r :one . :y a :E ; :p :v ; :r :other ."))
    assert reasoner.inferred() == ()
    end = turtle(":l rdf:rest rdf:nil .")
    same = {Triple(example("x"), SAME_AS, example("y")), Triple(example("y"), SAME_AS, example("x"))}
    assert same <= set(reasoner.add(end).inferred)
    reasoner.remove(end)
    assert reasoner.inferred() == ()


def test_lists_that_cannot_be_read_are_told():
    broken = turtle(
        ":C owl:unionOf :l . :l rdf:first :A ; rdf:rest :l . :D owl:oneOf :m . :p owl:propertyChainAxiom 5 ."
    )
    whole = turtle(":E owl:intersectionOf (:A :B) . :F owl:oneOf () .")
    verbs = [one for one in broken if "rdf-syntax" not in one.predicate.value]
    assert Reasoner([*broken, *whole]).broken_lists() == tuple(sorted(verbs, key=str))
    assert Reasoner(whole).broken_lists() == ()


def test_a_long_list_is_read():
    names = " ".join(f":A{n}" for n in range(3000))
    assert set(turtle(":x a :C .")) <= set(closure(turtle(f":C owl:unionOf ({names}) . :x a :A2999 .")).inferred)


def test_what_a_literal_would_be_the_subject_of_counts_on_the_way_and_is_not_written():
    found = closure(turtle(":p owl:inverseOf :q . :q rdfs:range :C . :x :p 'text' . :r a owl:SymmetricProperty ."))
    assert set(found.inferred) == set(turtle(":x a :C . :q owl:inverseOf :p .")) - set(turtle(":q owl:inverseOf :p ."))
    assert not any(isinstance(one.subject, Literal) for one in found.inferred)


def explosion(size):
    return turtle(":p a owl:TransitiveProperty , owl:SymmetricProperty .") + [
        Triple(example("hub"), example("p"), example(str(n))) for n in range(size)
    ]


def test_an_explosion_ends_at_the_memory_limit_with_a_clear_word():
    with pytest.raises(MemoryLimitError, match=r"more than the memory limit of 8 MB \(at least \d+ MB\)") as caught:
        closure(explosion(3000), memory_limit=8 * 2**20)
    assert isinstance(caught.value, InputError)
    assert caught.value.needed > caught.value.limit


def test_what_stays_below_the_memory_limit_is_not_hindered():
    found = closure(explosion(50), memory_limit=8 * 2**20)
    assert len(found.inferred) == 51 * 51 - 50


def test_terms_that_become_the_same_in_many_waves_take_no_new_start(monkeypatch):
    waves = 60
    given = turtle(":f a owl:FunctionalProperty . :s :f :a0 , :b0 .")
    for n in range(waves):
        given += [Triple(example(f"{side}{n}"), example("f"), example(f"{side}{n + 1}")) for side in "ab"]
    starts = []
    start_again = Saturation._again  # noqa: SLF001  # counts what cannot be seen from outside

    def counted(graph):
        starts.append(graph)
        return start_again(graph)

    monkeypatch.setattr(Saturation, "_again", counted)
    found = closure(given)
    assert Triple(example(f"b{waves}"), SAME_AS, example(f"a{waves}")) in found.inferred
    assert len(starts) == 1
