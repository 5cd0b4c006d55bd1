from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from ssrgraph.query.descriptions import describe
from ssrgraph.store import MemoryStore

BASE = "https://data.example/"
GRAPHS = {
    "document/memo": """
        <claim/1> a ssr:FundingClaim ; ssr:funder <id/organization/norland> ; ssr:currency "NOK" .
        <id/organization/norland> skos:prefLabel "Norland" .
        <id/organization/harbour-guard> skos:prefLabel "Harbour Guard" ; ssr:parent <id/organization/norland> .
        <id/organization/elsewhere> skos:prefLabel "Elsewhere" .
    """,
    "evidence/memo": """
        <graph/document/memo> prov:wasDerivedFrom <document/memo> .
        <document/memo> a ssr:Document ; dct:title "Memo" ; schema:text "Norland paid NOK 5." .
        <claim/1> ssr:evidence <document/memo#char=0,18> .
        <claim/1#funder> ssr:words <document/memo#char=0,7> .
        <document/memo#char=0,18> oa:hasSource <document/memo> ; oa:hasSelector <document/memo#quote=0,18> .
        <document/memo#quote=0,18> oa:exact "Norland paid NOK 5" .
        <claim/2#parent> a rdf:Statement ; rdf:subject <id/organization/harbour-guard> ; rdf:predicate ssr:parent ;
            rdf:object <id/organization/norland> ; ssr:evidence <document/memo#char=0,18> .
    """,
}
PREFIXES = """
@base <https://data.example/> .
@prefix ssr: <https://w3id.org/ssrgraph/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix schema: <https://schema.org/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
"""


@pytest.fixture
def store():
    filled = MemoryStore(BASE)
    for name, text in GRAPHS.items():
        triples = [quad.triple for quad in parse(f"{PREFIXES}{text}".encode(), format=RdfFormat.TURTLE)]
        filled.replace_graph(NamedNode(f"{BASE}graph/{name}"), triples)
    return filled


def described(store, path, **limits):
    found = describe(store, NamedNode(f"{BASE}{path}"), **limits)
    short = {
        (one.subject.value.removeprefix(BASE), one.predicate.value.rpartition("#")[2].rpartition("/")[2])
        for one in found.triples
    }
    return found, short


def test_an_entity_comes_with_its_claims_and_the_words_behind_them(store):
    found, short = described(store, "id/organization/norland")
    assert (found.claims, found.is_whole) == (2, True)
    assert {
        ("id/organization/norland", "prefLabel"),
        ("id/organization/harbour-guard", "parent"),
        ("id/organization/harbour-guard", "prefLabel"),
        ("claim/1", "currency"),
        ("claim/1#funder", "words"),
        ("claim/2#parent", "subject"),
        ("document/memo#quote=0,18", "exact"),
        ("document/memo", "title"),
    } <= short
    assert not {one for one in short if one[0] == "id/organization/elsewhere"}
    assert ("document/memo", "text") not in short


def test_a_claim_that_is_nothing_but_statements_is_described(store):
    _, short = described(store, "claim/2")
    assert {("claim/2#parent", "object"), ("document/memo#quote=0,18", "exact")} <= short
    assert not {one for one in short if one[0].startswith("claim/1")}


def test_a_document_comes_with_its_text_and_all_that_it_claims(store):
    found, short = described(store, "document/memo")
    assert found.claims == 2
    assert {("document/memo", "text"), ("claim/1", "funder"), ("claim/2#parent", "predicate")} <= short


def test_what_is_left_out_is_told(store):
    found, short = described(store, "id/organization/norland", most_claims=1)
    assert (found.claims, found.is_whole) == (2, False)
    assert ("claim/1", "currency") in short
    assert ("claim/2#parent", "subject") not in short
    assert not describe(store, NamedNode(f"{BASE}id/organization/norland"), most_statements=1).is_whole


def test_every_statement_of_a_description_holds_in_the_store(store):
    found, _ = described(store, "id/organization/norland")
    assert set(found.triples) <= set(store.triples())


def test_of_what_is_not_there_nothing_is_known(store):
    assert describe(store, NamedNode(f"{BASE}id/organization/nobody")) is None
    assert describe(store, NamedNode(f"{BASE}claim/3")) is None
