"""Every asserted triple leads to words, and one that does not is seen."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from ssrgraph.graph import STATED, Evidence, Iris, document_quads
from ssrgraph.vocabulary import Oa, Rdf, Schema, Skos, Ssr

IRIS = Iris()


@pytest.fixture
def quads(extraction, document):
    return document_quads(extraction, document, source=None, version="1")


@pytest.fixture
def asserted(quads):
    return [quad for quad in quads if quad.graph_name == IRIS.document_graph("made-up")]


@pytest.fixture
def behind(quads):
    return [quad for quad in quads if quad.graph_name == IRIS.evidence_graph("made-up")]


def test_every_triple_of_the_document_has_evidence_that_is_described(asserted, behind):
    evidence = Evidence(behind, IRIS)
    described = {quad.subject for quad in behind if quad.predicate.value == Oa.HAS_SELECTOR}
    assert [quad for quad in asserted if not evidence.of(quad)] == []
    assert {words for quad in asserted for words in evidence.of(quad)} == described


def test_the_evidence_is_at_most_three_times_what_is_asserted(asserted, behind):
    assert len(behind) <= 3 * len(asserted)


def test_a_relation_without_its_statement_has_no_evidence_though_its_subject_has(asserted, behind):
    lead = next(quad for quad in asserted if quad.predicate.value == Ssr.LEAD)
    without = [quad for quad in behind if not (quad.predicate.value == Rdf.PREDICATE and quad.object.value == Ssr.LEAD)]
    assert Evidence(without, IRIS).of(lead) == ()
    assert len(Evidence(behind, IRIS).of(lead)) == 1


def test_a_claims_place_needs_no_statement_and_an_events_does(asserted, behind):
    place = next(quad for quad in asserted if quad.predicate.value == Ssr.PLACE)
    assert len(Evidence(behind, IRIS).of(place)) == 1
    event = ox.Triple(IRIS.entity("event/ebb-conference"), place.predicate, place.object)
    assert Evidence(behind, IRIS).of(event) == ()


def test_a_claim_whose_evidence_was_lost_is_seen(asserted, behind):
    amount = next(quad for quad in asserted if quad.predicate.value == Ssr.AMOUNT)
    without = [quad for quad in behind if quad.subject != amount.subject]
    assert Evidence(without, IRIS).of(amount) == ()


def test_a_mention_that_is_not_described_accounts_for_nothing(asserted, behind):
    place = IRIS.entity("place/port-ebb")
    label = next(quad for quad in asserted if quad.subject == place and quad.predicate.value == Skos.PREF_LABEL)
    [words] = Evidence(behind, IRIS).of(label)
    without = [quad for quad in behind if quad.subject != words]
    assert Evidence(without, IRIS).of(label) == ()


def test_that_a_document_mentions_an_entity_is_accounted_for_by_the_mention(asserted, behind):
    mentions = next(quad for quad in asserted if quad.predicate.value == Schema.MENTIONS)
    label = ox.Triple(mentions.object, ox.NamedNode(Skos.PREF_LABEL), ox.Literal("any", language="en"))
    evidence = Evidence(behind, IRIS)
    assert evidence.of(mentions) == evidence.of(label) != ()


def test_a_triple_about_something_unknown_has_no_evidence(behind):
    unknown = ox.Triple(IRIS.entity("organization/x"), ox.NamedNode(Skos.PREF_LABEL), ox.Literal("X"))
    assert Evidence(behind, IRIS).of(unknown) == ()


def test_what_must_be_stated_is_what_rows_state(behind):
    assert {quad.object.value for quad in behind if quad.predicate.value == Rdf.PREDICATE} <= STATED
