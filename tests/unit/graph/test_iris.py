"""IRIs are readable, safe and stable."""

from __future__ import annotations

from ssrgraph.documents.model import Span
from ssrgraph.graph import Iris

EXAMPLE = Iris("https://example.org/aid/")


def test_entities_documents_and_graphs_live_under_the_base():
    assert EXAMPLE.entity("organization/nato").value == "https://example.org/aid/id/organization/nato"
    assert EXAMPLE.document("a-b").value == "https://example.org/aid/document/a-b"
    assert EXAMPLE.graph("inferred").value == "https://example.org/aid/graph/inferred"
    assert EXAMPLE.document_graph("a-b").value == "https://example.org/aid/graph/document/a-b"
    assert EXAMPLE.evidence_graph("a-b").value == "https://example.org/aid/graph/evidence/a-b"


def test_a_file_name_with_spaces_or_a_hash_gives_a_valid_iri():
    assert EXAMPLE.document("Fact sheet #3 (été)").value.endswith("/document/Fact%20sheet%20%233%20%28%C3%A9t%C3%A9%29")


def test_words_are_a_character_range_after_rfc_5147():
    assert EXAMPLE.words("x", Span(3, 9)).value == "https://example.org/aid/document/x#char=3,9"


def test_a_claim_is_told_from_an_entity_by_its_iri():
    claim = EXAMPLE.claim("0123456789abcdef")
    assert EXAMPLE.is_claim(claim.value)
    assert EXAMPLE.is_claim(EXAMPLE.slot(claim, "funder").value)
    assert not EXAMPLE.is_claim(EXAMPLE.entity("organization/claim").value)
