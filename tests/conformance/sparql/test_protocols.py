"""The W3C's tests of the SPARQL 1.1 Protocol, the Graph Store HTTP Protocol and the service description."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from comparing import same_graphs
from manifests import FOLDER, Data, manifest
from pyoxigraph import NamedNode, RdfFormat, parse

SD = "http://www.w3.org/ns/sparql-service-description#"
RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
STATUSES = {"OK": (200,), "Created": (201,), "NoContent": (204,), "NotFound": (404,), "BadRequest": (400,)}
TABULAR = {"application/sparql-results+json", "application/sparql-results+xml", "text/csv"}
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the W3C tests do not lie beside the checkout")


def cases(kind, *paths):
    if not FOLDER.is_dir():
        return []
    return [
        pytest.param(manifest(path), node, id=node.value.rpartition("#")[2])
        for path in paths
        for node in manifest(path).of_kind(kind)
    ]


PROTOCOL = cases("ProtocolTest", "protocol/manifest.ttl")
GRAPH_STORE = cases(
    "GraphStoreProtocolTest",
    "graph-store-protocol/manifest-direct.ttl",
    "graph-store-protocol/manifest-indirect.ttl",
)


def test_all_tests_of_the_manifests_are_run():
    assert (len(PROTOCOL), len(GRAPH_STORE)) == (34, 14)


def expected(names):
    found = set()
    for name in names:
        number = re.search(r"(\d)xx$", name)
        found |= set(range(int(number[1]) * 100, int(number[1]) * 100 + 100)) if number else set(STATUSES[name])
    return found


def is_update(exchange, name):
    """Whether a request goes to the endpoint for updates."""
    if "query=" in exchange.path or (exchange.body or b"").startswith(b"query="):
        return False
    if exchange.headers.get("content-type") == "application/sparql-query":
        return False
    return "update" in name


@pytest.mark.parametrize(("source", "node"), PROTOCOL)
def test_a_request_of_the_protocol_is_answered(endpoint, source, node):
    name = node.value.rpartition("#")[2]
    exchanges, data = source.exchanges(node)
    if data.files:
        endpoint.load(data)
    else:
        endpoint.empty()
    endpoint.touched()
    for exchange in exchanges:
        place = "/update" if is_update(exchange, name) else "/sparql"
        path = exchange.path.replace("/sparql/", place, 1).replace("/sparql", place, 1)
        answer = endpoint.server.request(exchange.method, path, exchange.body, **headers(exchange))
        assert answer.status in expected(exchange.statuses), answer.text
        if (kind := exchange.answer.get("Format")) == "RDF":
            list(parse(answer.body, RdfFormat.from_media_type(answer.content_type)))
        elif kind == "tabular":
            assert answer.content_type.partition(";")[0] in TABULAR
        if (truth := exchange.answer.get("Boolean")) is not None:
            assert answer.json["boolean"] is (truth == "true")


@pytest.mark.parametrize(("source", "node"), GRAPH_STORE)
def test_a_graph_is_managed_over_http(endpoint, source, node):
    endpoint.empty()
    exchanges, _ = source.exchanges(node)
    ours = f"{endpoint.server.address}graphs"
    location = ""
    for exchange in exchanges:
        path = exchange.path.replace("$LOCATION$", quote(location, safe="")).replace("/gsp", "/graphs", 1)
        body = (exchange.body or b"").replace(b"$LOCATION$", location.encode())
        answer = endpoint.server.request(exchange.method, path, body, **headers(exchange))
        assert answer.status in expected(exchange.statuses), (exchange.method, path, answer.text)
        if "Location" in exchange.answer:
            location = answer.headers["location"]
            assert location.startswith(ours)
        if exchange.answer_body is not None:
            assert answer.content_type == exchange.answer_type
            graphs = [
                {quad.triple for quad in parse(text, RdfFormat.TURTLE)}
                for text in (answer.text, exchange.answer_body.replace("$LOCATION$", location))
            ]
            assert same_graphs(*graphs), answer.text


def headers(exchange):
    return {name.replace("-", "_"): value for name, value in exchange.headers.items()}


def described(endpoint):
    answer = endpoint.server.get("/sparql", accept="text/turtle, application/rdf+xml;q=0.5")
    assert answer.status == 200
    return {quad.triple for quad in parse(answer.body, RdfFormat.from_media_type(answer.content_type))}


def test_the_endpoint_returns_rdf(endpoint):
    assert described(endpoint)


def test_the_description_has_the_endpoint(endpoint):
    found = [each for each in described(endpoint) if each.predicate == NamedNode(f"{SD}endpoint")]
    assert [each.object for each in found] == [NamedNode(f"{endpoint.server.address}sparql")]


def test_the_description_keeps_to_the_schema(endpoint):
    """The terms of the vocabulary are used as they are declared: subjects and objects have the types that they need."""
    endpoint.load(Data(files=()))
    triples = described(endpoint)
    kinds = {}
    for each in triples:
        if each.predicate == RDF_TYPE:
            kinds.setdefault(each.subject, set()).add(each.object.value.removeprefix(SD))
    domains = {
        **dict.fromkeys(("endpoint", "feature", "supportedLanguage", "resultFormat", "inputFormat"), ("Service", None)),
        "defaultDataset": ("Service", "Dataset"),
        "defaultGraph": ("Dataset", "Graph"),
        "namedGraph": ("Dataset", "NamedGraph"),
        "name": ("NamedGraph", None),
        "graph": ("NamedGraph", "Graph"),
    }
    used = [each for each in triples if each.predicate.value.startswith(SD)]
    assert {each.predicate.value.removeprefix(SD) for each in used} <= set(domains)
    for each in used:
        of, to = domains[each.predicate.value.removeprefix(SD)]
        assert of in kinds[each.subject]
        assert to is None or to in kinds[each.object]
