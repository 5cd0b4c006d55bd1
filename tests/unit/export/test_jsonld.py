from __future__ import annotations

import json

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from ssrgraph.errors import DataError
from ssrgraph.export import jsonld
from ssrgraph.store import MemoryStore
from ssrgraph.vocabulary import Rdf, Skos, Ssr, SsrClass

BASE = "https://data.example.org/"
CONTEXT = {
    "id": "@id",
    "type": "@type",
    "ssr": "https://w3id.org/ssrgraph/ontology#",
    "FundingClaim": "ssr:FundingClaim",
    "funder": {"@id": "ssr:funder", "@type": "@id"},
    "label": {"@id": "http://www.w3.org/2004/02/skos/core#prefLabel", "@language": "en"},
}


def node(name: str) -> NamedNode:
    return NamedNode(BASE + name)


@pytest.fixture
def store():
    filled = MemoryStore(BASE)
    filled.replace_graph(
        node("graph/document/a"),
        [
            Triple(node("claim/1"), NamedNode(Rdf.TYPE), NamedNode(SsrClass.FUNDING_CLAIM)),
            Triple(node("claim/1"), NamedNode(Ssr.FUNDER), node("id/organization/us")),
            Triple(node("id/organization/us"), NamedNode(Skos.PREF_LABEL), Literal("United States", language="en")),
            Triple(node("id/organization/nato"), NamedNode(Skos.PREF_LABEL), Literal("NATO", language="en")),
        ],
    )
    return filled


@pytest.fixture
def context(tmp_path):
    path = tmp_path / "context.jsonld"
    path.write_text(json.dumps({"@context": CONTEXT}))
    return path


def test_a_claim_comes_first_and_holds_what_it_speaks_of(store, context):
    document = json.loads(jsonld.export(store, store.graphs(), context=context))
    assert document["@context"] == CONTEXT
    assert document["@graph"] == [
        {
            "id": f"{BASE}graph/document/a",
            "@graph": [
                {
                    "id": f"{BASE}claim/1",
                    "type": "FundingClaim",
                    "funder": {"id": f"{BASE}id/organization/us", "label": "United States"},
                },
                {"id": f"{BASE}id/organization/nato", "label": "NATO"},
            ],
        }
    ]


def test_a_context_elsewhere_is_not_fetched(store, tmp_path):
    path = tmp_path / "context.jsonld"
    path.write_text(json.dumps({"@context": {"@import": "https://example.org/context.jsonld"}}))
    with pytest.raises(DataError, match="cannot be used: "):
        jsonld.export(store, store.graphs(), context=path)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"@context": "https://example.org/"}'])
def test_a_broken_context_is_told(store, tmp_path, content):
    path = tmp_path / "context.jsonld"
    path.write_text(content)
    with pytest.raises(DataError, match="holds no JSON-LD context"):
        jsonld.export(store, store.graphs(), context=path)


def test_a_blank_node_of_two_graphs_is_one_and_those_of_one_graph_stay_apart(store, context):
    one, other = BlankNode("one"), BlankNode("other")
    store.replace_graph(node("graph/x"), [Triple(node("a"), node("p"), one), Triple(node("b"), node("p"), other)])
    store.replace_graph(node("graph/y"), [Triple(node("c"), node("p"), other)])
    content = jsonld.export(store, [node("graph/x"), node("graph/y")], context=context)
    found = {quad.subject: quad.object for quad in parse(content, format=RdfFormat.JSON_LD) if isinstance(quad, Quad)}
    assert found[node("b")] == found[node("c")]
    assert found[node("a")] != found[node("b")]
