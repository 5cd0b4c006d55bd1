from __future__ import annotations

import pytest
from pyoxigraph import Store

from ssrgraph.store.repairs import repaired
from ssrgraph.store.rewriting import into_graph, operations, with_dataset

G = "http://a.example/g"


def after(text, *, given=""):
    """What a store holds after updates, as text."""
    store = Store()
    if given:
        store.update(given, base_iri="http://a.example/")
    store.update(text, base_iri="http://a.example/")
    return sorted(
        " ".join(str(term).replace("http://a.example/", "") for term in (quad.graph_name, quad.subject, quad.object))
        for quad in store
    )


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("INSERT DATA { <s> <p> 1 . <t> <p> <u> }", ["<g> <s> 1", "<g> <t> <u>"]),
        ("INSERT DATA { <s> <p> 1 . GRAPH <h> { <t> <p> 2 } . <u> <p> 3 }", ["<g> <s> 1", "<g> <u> 3", "<h> <t> 2"]),
        ("INSERT DATA { GRAPH <h> { <t> <p> 2 } <u> <p> 3 }", ["<g> <u> 3", "<h> <t> 2"]),
        ("INSERT DATA { GRAPH <h> { <t> <p> 2 } GRAPH <i> { <t> <p> 2 } }", ["<h> <t> 2", "<i> <t> 2"]),
        ("INSERT DATA { }", []),
        ("INSERT { <s> <p> ?x } WHERE { VALUES ?x { 1 } }", ["<g> <s> 1"]),
        ("WITH <h> INSERT { <s> <p> ?x } WHERE { VALUES ?x { 1 } }", ["<h> <s> 1"]),
        ("INSERT DATA { <s> <p> '} GRAPH <h> {' }", ["<g> <s> } GRAPH <h> {"]),
        ("INSERT DATA { <s> <p> 1 # } GRAPH\n }", ["<g> <s> 1"]),
        ("PREFIX graph: <http://a.example/> INSERT DATA { graph:s <p> graph:o }", ["<g> <s> <o>"]),
        ("INSERT DATA { <s> <p> 1 } ; INSERT DATA { <t> <p> 2 }", ["<g> <s> 1", "<g> <t> 2"]),
        ("INSERT DATA { <s> <p> [ <p> ( 1 2 ) ] } ; CLEAR DEFAULT", []),
        ("INSERT DATA { GRAPH <h> { <s> <p> 1 } } ; COPY <h> TO DEFAULT", ["<g> <s> 1", "<h> <s> 1"]),
    ],
)
def test_what_names_no_graph_is_written_to_one(text, held):
    found = after(into_graph(text, G))
    assert [line.replace('"', "").replace("^^<http://www.w3.org/2001/XMLSchema#integer>", "") for line in found] == [
        line if line.startswith("<") else f"<{line}" for line in held
    ]


def test_what_is_deleted_is_matched_in_the_default_graph_and_taken_out_of_the_other():
    given = "INSERT DATA { <s> <p> <o> . GRAPH <g> { <s> <p> <o> . <t> <p> <o> } }"
    left = ["<g> <t> <o>"]
    for text in ("DELETE WHERE { ?s <p> <o> }", "DELETE { ?s <p> ?o } WHERE { ?s <p> ?o }"):
        assert [line for line in after(into_graph(text, G), given=given) if line.startswith("<g>")] == left


@pytest.mark.parametrize(
    "text",
    [
        "INSERT { GRAPH <r> { ?s ?p ?o } } WHERE { ?s ?p ?o }",
        "DELETE { GRAPH <x> { ?s ?p ?o } } INSERT { GRAPH <r> { ?s ?p ?o } } WHERE { ?s ?p ?o }",
        "# WHERE\nINSERT { GRAPH <r> { ?s ?p ?o } } WHERE { ?s ?p ?o FILTER(?o != 'WHERE') }",
    ],
)
def test_patterns_are_matched_in_the_dataset_of_the_request(text):
    given = "INSERT DATA { <s> <p> <d> . GRAPH <g> { <s> <p> <o> } }"
    rewritten = with_dataset(text, [G], [])
    assert rewritten is not None
    assert [line for line in after(rewritten, given=given) if line.startswith("<r>")] == ["<r> <s> <o>"]


def test_delete_where_is_matched_in_the_dataset_of_the_request():
    rewritten = with_dataset("DELETE WHERE { ?s ?p ?o }", [G], [])
    assert rewritten is not None
    assert after(rewritten, given="INSERT DATA { <s> <p> <d> . GRAPH <g> { <s> <p> <d> } }") == ["<g> <s> <d>"]


@pytest.mark.parametrize(
    "text",
    ["WITH <h> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "INSERT { ?s ?p ?o } USING <h> WHERE { ?s ?p ?o }"],
)
def test_an_update_that_names_its_dataset_itself_has_two(text):
    assert with_dataset(text, [G], []) is None


def test_an_update_is_told_apart_into_its_operations():
    text = "PREFIX a: <b;c> INSERT DATA { a:b a:c 'd;e' ; a:f 1 } ; # ;\n BASE <x> CLEAR ALL ;"
    assert [each.tokens[0].text for each in operations(text)] == ["INSERT", "CLEAR"]


@pytest.mark.parametrize(
    "text", ["", ";;;", "}", "{", "INSERT", "DELETE WHERE", "DELETE WHERE {", "INSERT DATA } {", "GRAPH"]
)
def test_what_is_no_update_does_no_harm(text):
    assert isinstance(into_graph(text, G), str)
    assert isinstance(with_dataset(text, [G], []), str)


def test_the_result_of_group_concat_is_a_plain_literal():
    query = (
        "SELECT (CONCAT(GROUP_CONCAT(DISTINCT STR(?x); SEPARATOR=')'), '!') AS ?y) (group_concat(?x) AS ?z) "
        "{ VALUES ?x { 'a'@en } } HAVING (GROUP_CONCAT(?x) = 'a')"
    )
    (row,) = Store().query(repaired(query))
    assert (str(row["y"]), str(row["z"])) == ('"a!"', '"a"')
    assert repaired("SELECT ?group_concat { ?s ?p 'GROUP_CONCAT(?x)' }") == (
        "SELECT ?group_concat { ?s ?p 'GROUP_CONCAT(?x)' }"
    )
