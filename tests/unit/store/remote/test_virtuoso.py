from __future__ import annotations

import json

import httpx
import pytest

from ssrgraph.errors import StoreError
from ssrgraph.store.remote.asking import RESULTS, rows
from ssrgraph.store.remote.client import Client
from ssrgraph.store.remote.servers.virtuoso import KIND, MERGE
from ssrgraph.store.remote.settings import read_settings


def page(numbers) -> str:
    bindings = [{"x": {"type": "literal", "value": str(number)}} for number in numbers]
    return json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": bindings}})


def client(pages, *, counted: int) -> Client:
    """Return a client of a server that gives these pages one after another."""
    left = iter(pages)

    def answer(request):
        if b"COUNT" in request.content:
            return httpx.Response(200, text=page([counted]))
        numbers, headers = next(left)
        return httpx.Response(200, text=page(numbers), headers=headers)

    settings = read_settings("http://server.example/sparql", {"SSRGRAPH_SERVER": "virtuoso"})
    return Client.open(settings, transport=httpx.MockTransport(answer))


SHORT = {"X-SPARQL-MaxRows": "2"}


def test_pages_are_put_together():
    server = client([((1, 2), SHORT), ((3, 4), SHORT), ((5,), {})], counted=5)
    assert [row[0].value for row in rows(server, "?x", "?x ?p ?o")] == list("12345")


def test_pages_that_overlap_are_turned_again():
    first, second = [((1, 2), SHORT), ((2,), {})], [((3, 1), SHORT), ((2,), {})]
    server = client([*first, *second], counted=3)
    assert sorted(row[0].value for row in rows(server, "?x", "?x ?p ?o")) == list("123")


def test_pages_that_never_hold_all_rows_are_refused():
    server = client([((1, 2), SHORT), ((2,), {})] * 3, counted=3)
    with pytest.raises(StoreError, match="does not give all rows of an answer"):
        rows(server, "?x", "?x ?p ?o")


@pytest.mark.parametrize(
    ("headers", "words"), [(SHORT, "gives at most 2 rows"), ({"X-SQL-State": "S1TAT"}, "gave up before")]
)
def test_an_answer_that_was_cut_short_is_refused(headers, words):
    with pytest.raises(StoreError, match=words):
        client([((1, 2), headers)], counted=3).ask("SELECT ?x { }", RESULTS)


def test_what_is_unfinished_is_no_page():
    with pytest.raises(StoreError, match="gave up before"):
        rows(client([((1, 2), {"X-SQL-State": "S1TAT"})], counted=3), "?x", "?x ?p ?o")


@pytest.mark.parametrize(
    ("query", "trusted"),
    [
        ("SELECT * { ?s ?p ?o }", True),
        ("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s a ?o } FILTER (?o = 5) } GROUP BY ?g", True),
        ("ASK { GRAPH <urn:example:a> { ?s ?p 'a + b * c OPTIONAL' } } # UNION", True),
        ("SELECT ?s { ?s <urn:example:a>/<urn:example:b> ?o }", False),
        ("SELECT ?s { ?s <urn:example:a>* ?o }", False),
        ("SELECT * { ?s <urn:example:a>* ?o }", False),
        ("SELECT ?s { ?s ^<urn:example:a> ?o }", False),
        ("SELECT ?s { { SELECT ?s { ?s ?p ?o } } }", False),
        ("SELECT ?s { ?s ?p ?o FILTER NOT EXISTS { ?o ?p ?s } }", False),
        ("SELECT ?s { ?s ?p ?o optional { ?o ?p ?s } }", False),
        ("SELECT ?s FROM <urn:example:a> { ?s ?p ?o }", False),
        ("CONSTRUCT WHERE { ?s ?p ?o }", False),
        ("ASK { GRAPH ?g { ?s ?p ?o } GRAPH <urn:example:a> { ?s ?p ?o } }", False),
        ("ASK { GRAPH x:a { ?s ?p ?o } }", False),
    ],
)
def test_only_plain_queries_are_put_to_it(query, trusted):
    assert KIND.is_trusted(query) is trusted


def test_the_merge_is_the_default_graph():
    assert KIND.dataset("ASK { ?s ?p ?o }") == {"default-graph-uri": [MERGE.value]}
    assert KIND.dataset("ASK { GRAPH <urn:example:a> { } }")["named-graph-uri"] == ["urn:example:a"]


def test_its_booleans_become_those_of_the_standard():
    yes = {"type": "typed-literal", "datatype": "http://www.w3.org/2001/XMLSchema#boolean", "value": "1"}
    given = {"head": {"vars": ["x"]}, "results": {"bindings": [{"x": yes}]}}
    (row,) = json.loads(KIND.mended(json.dumps(given).encode()))["results"]["bindings"]
    assert row["x"]["value"] == "true"
    for rows_, answer in (([{"__ask_retval": yes}], True), ([], False)):
        asked = {"head": {"vars": ["__ask_retval"]}, "results": {"bindings": rows_}}
        assert json.loads(KIND.mended(json.dumps(asked).encode())) == {"head": {}, "boolean": answer}
