from __future__ import annotations

from urllib.parse import urlencode

import pytest

FORM = "application/x-www-form-urlencoded"
COUNT = "SELECT (COUNT(*) AS ?n) { ?mission a ssr:Mission }"
PREFIX = "PREFIX ssr: <https://w3id.org/ssrgraph/ontology#> "
ONE = "SELECT ?x { VALUES ?x { 1 } }"


@pytest.mark.parametrize(
    ("accept", "content_type", "beginning"),
    [
        (None, "application/sparql-results+json", b'{"head":{"vars":["x"]}'),
        ("application/sparql-results+xml", "application/sparql-results+xml", b"<?xml"),
        ("text/csv", "text/csv; charset=utf-8", b"x\r\n1\r\n"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8", b"?x\n1\n"),
        ("application/json", "application/json", b'{"head"'),
        ("text/csv;q=0.5, application/*", "application/sparql-results+json", b'{"head"'),
    ],
)
def test_rows_come_in_the_format_that_is_accepted(server, accept, content_type, beginning):
    answer = server.query(ONE, accept=accept)
    assert (answer.status, answer.content_type) == (200, content_type)
    assert answer.body.startswith(beginning)


@pytest.mark.parametrize(
    ("accept", "content_type", "body"),
    [
        ("text/turtle", "text/turtle; charset=utf-8", "<http://a.example/s> <http://a.example/p> 1 .\n"),
        ("application/n-triples", "application/n-triples", "<http://a.example/s> <http://a.example/p> "),
        ("application/ld+json", "application/ld+json", '[{"@id":"http://a.example/s"'),
        ("application/rdf+xml", "application/rdf+xml", '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF'),
        ("application/trig", "application/trig", "<http://a.example/s> <http://a.example/p> 1 .\n"),
        ("application/n-quads", "application/n-quads", "<http://a.example/s> <http://a.example/p> "),
    ],
)
def test_a_graph_comes_in_the_format_that_is_accepted(server, accept, content_type, body):
    answer = server.query("CONSTRUCT { <http://a.example/s> <http://a.example/p> 1 } {}", accept=accept)
    assert (answer.status, answer.content_type) == (200, content_type)
    assert body in answer.text


def test_the_answer_of_ask_comes_in_json_and_xml(server):
    assert server.query("ASK {}").json == {"head": {}, "boolean": True}
    assert "<boolean>true</boolean>" in server.query("ASK {}", accept="application/sparql-results+xml").text


def test_what_nobody_can_write_is_not_acceptable(server):
    answer = server.query(ONE, accept="image/png")
    assert (answer.status, answer.content_type) == (406, "application/problem+json")
    assert "application/sparql-results+json" in answer.json["detail"]
    assert server.query("CONSTRUCT WHERE { ?s ?p ?o }", accept="text/csv").status == 406


def test_the_address_may_name_the_format(server):
    assert server.query(ONE, format="csv").body == b"x\r\n1\r\n"
    assert server.query(ONE, format="turtle").status == 406
    assert server.query(ONE, format="docx").status == 400


def test_a_query_is_sent_by_get_by_form_or_as_it_is(server):
    query = PREFIX + COUNT
    by_get = server.query(query)
    by_form = server.request("POST", "/sparql", urlencode({"query": query}), content_type=FORM)
    as_it_is = server.request("POST", "/sparql", query, content_type="application/sparql-query")
    assert by_get.rows == by_form.rows == as_it_is.rows
    assert int(by_get.rows[0]["n"]) > 0


@pytest.mark.parametrize(
    ("request_", "content_type", "status", "code"),
    [
        (("GET", "/sparql?query=SELECT", None), None, 400, "query-syntax"),
        (("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", None), None, 400, "several-query"),
        (("GET", "/sparql?query=ASK%7B%7D%FF", None), None, 400, "encoding"),
        (("POST", "/sparql", "ASK {}"), "text/plain", 415, "media-type"),
        (("POST", "/sparql", "ASK {}"), None, 415, "media-type"),
        (("POST", "/sparql", b"ASK { # \xff\n}"), "application/sparql-query", 400, "encoding"),
        (("POST", "/sparql", "update=x"), FORM, 400, "no-query"),
        (("PUT", "/sparql", "ASK {}"), "application/sparql-query", 405, "method-not-allowed"),
        (("GET", "/nowhere", None), None, 404, "not-found"),
    ],
)
def test_a_wrong_request_is_told_what_is_wrong(server, request_, content_type, status, code):
    answer = server.request(*request_, content_type=content_type)
    assert (answer.status, answer.content_type) == (status, "application/problem+json")
    assert (answer.json["status"], answer.json["code"]) == (status, code)


def test_a_syntax_error_names_line_and_column(server):
    problem = server.query("SELECT * {\n  ?s ?p ?o . }\n}").json
    assert (problem["line"], problem["column"]) == (3, 2)
    assert problem["detail"].startswith("Line 3, column 2: expected ")


def test_the_default_graph_is_the_merge_unless_the_request_names_graphs(server):
    base = "https://w3id.org/ssrgraph/graph/"
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    every = int(server.query(count).rows[0]["n"])
    one = int(server.query(count, default_graph_uri=f"{base}ontology").rows[0]["n"])
    both = int(server.query(count, default_graph_uri=[f"{base}ontology", f"{base}entities"]).rows[0]["n"])
    none = int(server.query(count, named_graph_uri=f"{base}ontology").rows[0]["n"])
    assert 0 == none < one < both < every


def test_a_large_answer_is_streamed_whole(server):
    answer = server.query("SELECT * { ?a a ?b . ?c a ?d } LIMIT 60000", accept="text/tab-separated-values")
    assert answer.headers["transfer-encoding"] == "chunked"
    assert answer.body.count(b"\n") == 60001


def test_the_server_tells_that_it_lives(server):
    answer = server.get("/health")
    assert (answer.status, answer.content_type) == (200, "application/json")
    assert (answer.json["status"], answer.json["dataset"], answer.json["writable"]) == ("ok", "merged", False)
