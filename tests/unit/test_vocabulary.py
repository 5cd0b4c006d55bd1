"""The vocabulary and the ontology name the same terms."""

from __future__ import annotations

from dataclasses import fields

import pyoxigraph as ox
import pytest

from ssrgraph import vocabulary as v
from ssrgraph.extraction import model
from ssrgraph.resources import shipped

_OF_EVERY_CLAIM = {"quote", "passage", "words", "confidence", "rule"}
_SUBJECT = {"missions": "mission", "agreements": "agreement", "events": "event"}
_SUBJECT |= {"organizations": "organization", "memberships": "organization"}


def declared_terms():
    quads = ox.parse(path=shipped("ontology") / "ssr.ttl")
    subjects = {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    return {iri for iri in subjects if iri.startswith(v.PREFIXES["ssr"])}


def test_the_ontology_declares_exactly_the_terms_of_the_vocabulary():
    assert declared_terms() == {str(term) for term in (*v.SsrClass, *v.Ssr)}


def test_each_scheme_has_a_file_and_each_file_a_scheme():
    assert sorted(path.stem for path in (shipped("ontology") / "schemes").glob("*.ttl")) == list(v.SCHEMES)


@pytest.mark.parametrize("claim", model.CLAIMS, ids=lambda claim: claim.table)
def test_every_slot_of_a_claim_has_a_property_of_the_same_table(claim):
    slots = {field.name.rstrip("_") for field in fields(claim)} - _OF_EVERY_CLAIM
    assert set(v.SLOTS[claim.table]) == slots - {_SUBJECT.get(claim.table, "")}


def test_a_slots_property_bears_its_name_save_the_known_exceptions():
    def name(iri):
        return "".join("_" + c.lower() if c.isupper() else c for c in iri.rsplit("#", 1)[-1])

    others = {(table, slot): name(iri) for table, slots in v.SLOTS.items() for slot, iri in slots.items()}
    assert {key: other for key, other in others.items() if key[1] != other} == {
        ("funding", "amount_min"): "value_min",
        ("funding", "amount_max"): "value_max",
        ("results", "measure"): "outcome",
        ("agreements", "parties"): "party",
        ("roles", "person"): "member",
        ("events", "participants"): "participant",
    }


def test_prefixes_are_distinct_and_end_where_a_local_name_can_follow():
    assert len(set(v.PREFIXES.values())) == len(v.PREFIXES)
    assert all(namespace[-1] in "#/" for namespace in v.PREFIXES.values())


def test_a_concept_is_declared_in_its_scheme():
    concepts = {
        quad.subject.value: quad.object.value
        for scheme in v.SCHEMES
        for quad in ox.parse(path=shipped("ontology") / "schemes" / f"{scheme}.ttl")
        if quad.predicate.value == v.Skos.NOTATION
    }
    assert concepts[v.concept("mandate", "rule of law")] == "rule of law"
    assert all(v.concept(iri.split("#")[0].rsplit("/", 1)[1], value) == iri for iri, value in concepts.items())
    assert {v.concept("bound", bound) for bound in model.Bound} <= set(concepts)
