from __future__ import annotations

import httpx
import pytest
from pyoxigraph import BlankNode, NamedNode, QueryBoolean, QuerySolutions, QueryTriples

from ssrgraph.errors import StoreError
from ssrgraph.store.remote.asking import RESULTS, ask, checked, prepared, rows
from ssrgraph.store.remote.blanks import GENID
from ssrgraph.store.remote.client import Client
from ssrgraph.store.remote.servers import kind_of
from ssrgraph.store.remote.settings import read_settings

OWN = "?g != <urn:example:hidden>"


def client(answer, **settings) -> Client:
    """Return a client of a server whose answers a function gives."""
    transport = httpx.MockTransport(answer)
    return Client.open(
        read_settings("http://server.example/sparql", settings), transport=transport, wait=lambda _seconds: None
    )


def says(text: str, **headers):
    return lambda _request: httpx.Response(200, text=text, headers=headers)


@pytest.mark.parametrize(
    ("query", "sent"),
    [
        ("ASK { GRAPH ?g { ?s ?p ?o } }", f"ASK {{ FILTER ({OWN}) GRAPH ?g {{ ?s ?p ?o }} }}"),
        (
            "ASK { OPTIONAL { graph $h { } } }",
            "ASK { OPTIONAL { FILTER ($h != <urn:example:hidden>) graph $h { } } }",
        ),
        ("ASK { GRAPH <urn:example:a> { } }", "ASK { GRAPH <urn:example:a> { } }"),
        ("ASK { ?s ?p 'GRAPH ?g { }' } # GRAPH ?g", "ASK { ?s ?p 'GRAPH ?g { }' } # GRAPH ?g"),
        ("ASK { ?s x:p ?o }", "PREFIX x: <urn:example:> ASK { ?s x:p ?o }"),
        ("ASK { ?s ?p ?o }", "ASK { ?s ?p ?o }"),
    ],
)
def test_a_query_is_sent_so_that_it_sees_the_store_only(query, sent):
    assert prepared(query, base_iri=None, prefixes={"x": "urn:example:", "y": "urn:other:"}, own=OWN) == sent


def test_a_query_is_checked_before_it_is_sent():
    assert checked("ASK { ?s x:p ?o }", base_iri=None, prefixes={"x": "urn:example:"}) is QueryBoolean
    assert checked("DESCRIBE <a>", base_iri="http://example.org/", prefixes={}) is QueryTriples
    with pytest.raises(SyntaxError, match="error at 1:16"):
        checked("SELECT * FOO { }", base_iri=None, prefixes={})


def test_blank_nodes_come_back_from_their_iris():
    cell = f'{{"type": "uri", "value": "{GENID}node1"}}'
    server = client(says(f'{{"head": {{"vars": ["x"]}}, "results": {{"bindings": [{{"x": {cell}}}]}}}}'))
    (row,) = ask(server, "SELECT ?x { }", QuerySolutions)
    assert row["x"] == BlankNode("node1")
    server = client(says(f"<urn:example:a> <urn:example:b> <{GENID}node1> .\n"))
    (triple,) = ask(server, "CONSTRUCT WHERE { ?s ?p ?o }", QueryTriples)
    assert (triple.subject, isinstance(triple.object, BlankNode)) == (NamedNode("urn:example:a"), True)


@pytest.mark.parametrize("text", ["<html>", "{}", '{"head": {}, "boolean": true}'])
def test_what_is_no_answer_is_told(text):
    with pytest.raises(StoreError, match="does not answer as a SPARQL server does"):
        rows(client(says(text)), "?s", "?s ?p ?o")


@pytest.mark.parametrize(
    ("header", "name"),
    [("Oxigraph/0.5.13", "oxigraph"), ("Virtuoso/07.20.3229 (Linux)", "virtuoso"), ("", "standard"), ("x", "standard")],
)
def test_a_server_is_known_by_its_header(header, name):
    assert kind_of(header).name == name
    assert client(says("", Server=header)).kind.name == name


def test_a_kind_can_be_named():
    assert client(says(""), SSRGRAPH_SERVER="Virtuoso").kind.name == "virtuoso"
    with pytest.raises(StoreError, match="the kinds of servers are oxigraph, standard, virtuoso"):
        client(says(""), SSRGRAPH_SERVER="magic")


def test_a_server_that_has_moved_is_not_followed():
    server = client(lambda _request: httpx.Response(301, headers={"Location": "https://other.example/"}))
    with pytest.raises(StoreError, match=r"has moved to https://other\.example/; use that address"):
        server.ask("ASK { }", RESULTS)
