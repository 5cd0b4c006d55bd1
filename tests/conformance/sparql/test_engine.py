"""The smallest queries that show what the engine gets wrong; when one of them fails, an exemption can go."""

from __future__ import annotations

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

XSD = "http://www.w3.org/2001/XMLSchema#"
A, B, P, G = (NamedNode(f"http://a.example/{name}") for name in "abpg")


def rows(query, *quads):
    store = Store()
    store.extend(quads)
    found = store.query(f"PREFIX : <http://a.example/> {query}")
    return [tuple(row[place] for place in range(len(found.variables))) for row in found]


@pytest.mark.parametrize(
    ("written", "datatype", "kept"),
    [
        ("01", "integer", Literal(1)),
        ("1.0E6", "double", Literal("1000000", datatype=NamedNode(f"{XSD}double"))),
        ("0", "boolean", Literal(value=False)),
        ("-3", "negativeInteger", Literal(-3)),
    ],
)
def test_literals_are_not_kept_as_they_were_written(written, datatype, kept):
    literal = Literal(written, datatype=NamedNode(f"{XSD}{datatype}"))
    assert rows("SELECT ?o { ?s ?p ?o }", Quad(A, P, literal)) == [(kept,)]


def test_a_text_makes_the_same_blank_node_in_every_solution():
    found = rows("SELECT (BNODE('x') AS ?b) { VALUES ?row { 1 2 } }")
    assert len(set(found)) == 1


def test_a_path_of_length_zero_is_not_found_at_a_term_that_the_store_does_not_hold():
    assert rows("SELECT ?s ?o { VALUES ?s { :a } ?s :p* ?o }") == []


def test_the_variable_of_graph_is_not_joined_with_values():
    assert rows("SELECT ?g ?x { GRAPH ?g { VALUES ?x { 1 } } }", Quad(A, P, B, G)) == [(None, Literal(1))]


def test_the_variable_of_graph_is_seen_by_minus():
    assert rows("SELECT ?x { GRAPH ?g { ?x :p :b MINUS { ?y :p :b } } }", Quad(A, P, B, G)) == []


def test_a_sub_query_within_graph_counts_all_graphs_at_once():
    query = "SELECT ?g ?n { GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?s :p ?o } } }"
    assert rows(query, Quad(A, P, B, G), Quad(A, P, B, DefaultGraph())) == [(None, Literal(1))]


def test_the_values_of_group_concat_keep_their_language():
    (found,) = rows("SELECT (GROUP_CONCAT(?x) AS ?all) { VALUES ?x { 'a'@en 'b'@en } }")
    assert found[0].language == "en"
