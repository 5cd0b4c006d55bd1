from __future__ import annotations

import shutil

import pytest

TOKEN = "a-token-for-tests-only"  # noqa: S105 -- guards nothing
BASE = "https://w3id.org/ssrgraph/"
PREFIXES = f"PREFIX ssr: <{BASE}ontology#> PREFIX x: <http://a.example/> PREFIX g: <{BASE}graph/> "
COUNT = "SELECT (COUNT(*) AS ?n) { ?s x:p ?o }"


@pytest.fixture(scope="module")
def merged(five, serving, tmp_path_factory):
    folder = tmp_path_factory.mktemp("merged")
    shutil.copytree(five, folder / "store")
    (folder / "token").write_text(TOKEN, encoding="utf-8")
    with serving(folder / "store", "--writable", "--token-file", folder / "token") as running:
        running.token = TOKEN
        yield running


def update(server, text):
    answer = server.request("POST", "/update", PREFIXES + text, content_type="application/sparql-update")
    assert answer.status == 204, answer.text


def count(server, text=COUNT):
    return int(server.query(PREFIXES + text).rows[0]["n"])


def ask(server, pattern):
    return server.query(f"{PREFIXES} ASK {{ {pattern} }}").json["boolean"]


def is_merge(server):
    """Whether the default graph holds what the named graphs hold, and nothing else."""
    beyond = "{ ?s ?p ?o FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } }"
    missing = "{ GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { ?s ?p ?o } }"
    return not ask(server, beyond) and not ask(server, missing)


def test_what_names_no_graph_is_written_to_the_added_one_and_counts_once(merged):
    update(merged, "INSERT DATA { x:s x:p 1 . GRAPH x:g { x:s x:p 1 . x:s x:p 2 } . x:s x:p 3 }")
    assert count(merged) == 3
    assert count(merged, "SELECT (COUNT(*) AS ?n) { GRAPH g:added { ?s x:p ?o } }") == 2
    update(merged, "DELETE DATA { GRAPH x:g { x:s x:p 1 . x:s x:p 2 } }")
    assert count(merged) == 2
    update(merged, "DELETE WHERE { x:s x:p ?o }")
    assert count(merged) == 0
    assert is_merge(merged)


def test_patterns_see_the_merge(merged):
    update(merged, "INSERT { x:all x:p ?n } WHERE { SELECT (COUNT(?d) AS ?n) { ?d a ssr:Document } }")
    assert ask(merged, "x:all x:p 5")
    update(merged, "DELETE { x:all x:p ?n } INSERT { x:all x:q ?n } WHERE { x:all x:p ?n }")
    assert ask(merged, "GRAPH g:added { x:all x:q 5 }")
    update(merged, "CLEAR DEFAULT")
    assert not ask(merged, "x:all ?p ?o")
    assert is_merge(merged)


def test_what_was_inferred_follows(merged):
    update(merged, "INSERT DATA { x:claim a ssr:FundingClaim ; ssr:funder x:body }")
    assert ask(merged, "x:body a ssr:Donor")
    assert ask(merged, "GRAPH g:inferred { x:body a ssr:Donor }")
    update(merged, "DELETE DATA { x:claim ssr:funder x:body }")
    assert not ask(merged, "x:body a ssr:Donor")
    assert is_merge(merged)


def test_graphs_are_written_by_the_graph_store_protocol(merged):
    path = "/graphs?graph=http%3A%2F%2Fa.example%2Fh"
    turtle = "<http://a.example/s> <http://a.example/p> 7 ."
    assert merged.request("PUT", path, turtle, content_type="text/turtle").status == 201
    assert (count(merged), is_merge(merged)) == (1, True)
    assert merged.request("POST", "/graphs?default", turtle, content_type="text/turtle").status == 204
    assert merged.request("DELETE", path).status == 204
    assert (count(merged), is_merge(merged)) == (1, True)
    assert merged.request("DELETE", "/graphs?default").status == 204
    assert (count(merged), is_merge(merged)) == (0, True)


def test_what_was_inferred_is_not_written_by_hand(merged):
    answer = merged.request("DELETE", "/graphs?graph=https%3A%2F%2Fw3id.org%2Fssrgraph%2Fgraph%2Finferred")
    assert (answer.status, answer.json["code"]) == (409, "inferred-graph")


def test_a_graph_that_moves_leaves_the_merge_true(merged):
    update(merged, "INSERT DATA { GRAPH x:g { x:s x:p 1 } } ; COPY x:g TO x:h ; MOVE x:g TO DEFAULT ; DROP GRAPH x:h")
    assert ask(merged, "GRAPH g:added { x:s x:p 1 }")
    update(merged, "DROP SILENT DEFAULT")
    assert (count(merged), is_merge(merged)) == (0, True)
