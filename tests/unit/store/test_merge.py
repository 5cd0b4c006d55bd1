from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from ssrgraph.store import MemoryStore, merge

EX = "http://example.org/"

nodes = st.sampled_from([NamedNode(f"{EX}{name}") for name in "abc"])
subjects = nodes | st.just(BlankNode("b1"))
objects = nodes | st.sampled_from([Literal("1"), Literal(1), Literal("eins", language="de")])
triples = st.builds(Triple, subjects, nodes, objects)
graphs = st.sampled_from([NamedNode(f"{EX}graph/{number}") for number in range(4)])
changes = st.lists(st.tuples(graphs, st.sets(triples, max_size=8)), max_size=12)


def a_triple(name: str) -> Triple:
    return Triple(NamedNode(EX + name), NamedNode(f"{EX}p"), Literal("x"))


def graph(name: str) -> NamedNode:
    return NamedNode(f"{EX}graph/{name}")


@given(changes)
def test_the_merge_is_the_union_of_the_named_graphs_after_any_changes(sequence):
    store = MemoryStore(EX)
    expected: dict[NamedNode, set[Triple]] = {}
    for name, content in sequence:
        store.replace_graph(name, content)
        expected[name] = content
    union = set().union(*expected.values())
    assert sorted(map(str, store.triples())) == sorted(map(str, union))
    assert {name for name, content in expected.items() if content} == set(store.graphs())
    for name, content in expected.items():
        assert set(store.triples(name)) == content


@given(changes, changes)
def test_growth_is_what_the_merge_has_grown_by(first, then):
    store = MemoryStore(EX)
    for name, content in (*first, *then):
        before, grown = store.count(), store.growth
        store.replace_graph(name, content)
        assert store.growth - grown == store.count() - before


def test_a_triple_that_two_graphs_hold_counts_once():
    store = MemoryStore(EX)
    store.replace_graph(graph("1"), [a_triple("a")])
    store.replace_graph(graph("2"), [a_triple("a"), a_triple("b")])
    (row,) = store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert row["n"].value == "2"


def test_what_another_graph_supports_stays_when_one_is_dropped():
    store = MemoryStore(EX)
    store.replace_graph(graph("1"), [a_triple("a"), a_triple("b")])
    store.replace_graph(graph("2"), [a_triple("b")])
    store.drop_graph(graph("1"))
    assert list(store.triples()) == [a_triple("b")]
    assert store.graphs() == (graph("2"),)


def test_several_default_graphs_are_merged_for_a_query():
    store = MemoryStore(EX)
    store.replace_graph(graph("1"), [a_triple("a")])
    store.replace_graph(graph("2"), [a_triple("a"), a_triple("b")])
    store.replace_graph(graph("3"), [a_triple("c")])
    text = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    (row,) = store.query(text, default_graphs=[graph("1"), graph("2")])
    assert row["n"].value == "2"


@pytest.mark.parametrize(
    "clauses",
    [
        "FROM <http://example.org/graph/1>\nfrom <http://example.org/graph/2>",
        "FROM g:1 FROM g:2 # FROM g:3\n",
    ],
)
def test_several_from_clauses_are_merged(clauses):
    store = MemoryStore(EX)
    store.replace_graph(graph("1"), [a_triple("a")])
    store.replace_graph(graph("2"), [a_triple("a"), a_triple("b")])
    store.replace_graph(graph("3"), [a_triple("c")])
    text = f"PREFIX g: <{EX}graph/> SELECT (COUNT(*) AS ?n) {clauses} {{ ?s ?p ?o FILTER ('FROM g:3' != '') }}"
    (row,) = store.query(text)
    assert row["n"].value == "2"
    none = store.query(text.replace("{ ?s ?p ?o", "{ GRAPH ?from { ?s ?p ?o }"))
    assert [row["n"].value for row in none] == ["0"]
    some = store.query(text.replace("FROM", "FROM NAMED g:3 FROM", 1).replace("{ ?s ?p ?o", "{ GRAPH ?g { ?s ?p ?o }"))
    assert [row["n"].value for row in some] == ["1"]


def test_the_place_of_an_error_is_that_of_the_query_as_it_was_written():
    text = "SELECT *\nFROM <urn:a>\nFROM <urn:b> { ?s ?p }"
    with pytest.raises(SyntaxError, match="error at 3:23"):
        MemoryStore(EX).query(text)


def test_one_default_graph_hides_the_others():
    store = MemoryStore(EX)
    store.replace_graph(graph("1"), [a_triple("a")])
    store.replace_graph(graph("2"), [a_triple("b")])
    rows = store.query("SELECT ?s { ?s ?p ?o }", default_graphs=[graph("2")])
    assert [row["s"].value for row in rows] == [f"{EX}b"]


def test_the_quads_leave_the_merge_out():
    store = MemoryStore(EX)
    store.replace_graph(graph("1"), [a_triple("a")])
    assert list(store.quads()) == [Quad(NamedNode(f"{EX}a"), NamedNode(f"{EX}p"), Literal("x"), graph("1"))]
    assert DefaultGraph() not in {quad.graph_name for quad in store.quads()}


@given(changes, st.sets(triples, max_size=12), st.integers(1, 300))
def test_a_graph_that_is_filled_from_lines_is_as_one_that_is_replaced(sequence, content, part):
    filled, replaced = MemoryStore(EX), MemoryStore(EX)
    for store in (filled, replaced):
        for name, some in sequence:
            store.replace_graph(name, some)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(merge, "_PART", part)
        filled.fill_graph(graph("new"), [f"{one} .\n".encode() for one in content])
    replaced.replace_graph(graph("new"), content)
    assert sorted(map(str, filled.quads())) == sorted(map(str, replaced.quads()))
    assert sorted(map(str, filled.triples())) == sorted(map(str, replaced.triples()))
