"""With the project's JSON-LD context a claim reads like a row of its fact table."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest
from pyld import jsonld

from ssrgraph.graph import Iris, document_quads
from ssrgraph.resources import shipped


@pytest.fixture
def triples(extraction, document):
    graph = Iris().document_graph("made-up")
    quads = document_quads(extraction, document, source=None, version="1")
    asserted = [ox.Triple(each.subject, each.predicate, each.object) for each in quads if each.graph_name == graph]
    return ox.serialize(asserted, format=ox.RdfFormat.N_TRIPLES).decode()


@pytest.fixture
def context():
    return json.loads((shipped("ontology") / "context.jsonld").read_text(encoding="utf-8"))


def test_a_framed_claim_has_slots_as_keys_and_plain_words_as_values(triples, context):
    nodes = jsonld.from_rdf(triples, {"format": "application/n-quads"})
    framed = jsonld.frame(nodes, {**context, "type": "FundingClaim"}, {"omitGraph": True, "embed": "@always"})
    claim = {key: value for key, value in framed.items() if key not in {"@context", "id"}}
    assert [funder["label"] for funder in claim.pop("funder")] == ["Ministry of Peace", "Norland"]
    assert claim.pop("recipient")["kind"] == "military"
    assert claim.pop("programme")["label"] == "Border Fund"
    assert claim.pop("from")["@value"] == "2016-05"
    assert claim == {
        "type": "FundingClaim",
        "amount": "2500000",
        "currency": "EUR",
        "bound": "approximate",
        "modality": "grant",
        "status": "provided",
        "purpose": "radios",
    }


def test_nothing_is_lost_on_the_way_to_the_short_names_and_back(triples, context):
    nodes = jsonld.from_rdf(triples, {"format": "application/n-quads"})
    compacted = jsonld.compact(nodes, context)
    back = jsonld.to_rdf(compacted, {"format": "application/n-quads"})
    assert sorted(back.splitlines()) == sorted(set(triples.splitlines()))
