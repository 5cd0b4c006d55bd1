"""The graph of entities holds what documents name and what that is a part of, no more."""

from __future__ import annotations

import pyoxigraph as ox

from ssrgraph.entities import EntityKind, Reference, ReferenceEntity
from ssrgraph.graph import Iris, reference_quads
from ssrgraph.vocabulary import Dct, Rdf, Schema, Skos, Ssr, concept

KIND, IRIS = EntityKind, Iris()
REFERENCE = Reference(
    [
        ReferenceEntity(
            id="organization/nd",
            kind=KIND.ORGANIZATION,
            label="Norland",
            type="country",
            code="ND",
            aliases=("Kingdom of Norland", "Norland"),
            source="list 1",
        ),
        ReferenceEntity(
            id="organization/nd-ministry",
            kind=KIND.ORGANIZATION,
            label="Ministry",
            type="government",
            parent="organization/nd",
            state="ND",
            source="list 2",
        ),
        ReferenceEntity(
            id="organization/nd-bureau",
            kind=KIND.ORGANIZATION,
            label="Bureau",
            type="government",
            abbreviation="B",
            parent="organization/nd-ministry",
            source="list 2",
            wikidata="Q1",
        ),
        ReferenceEntity(
            id="programme/fund", kind=KIND.PROGRAMME, label="Fund", parent="organization/nd-bureau", source="list 3"
        ),
        ReferenceEntity(id="place/ebb", kind=KIND.PLACE, label="Ebb", type="city", state="ND", source="list 4"),
        ReferenceEntity(id="organization/other", kind=KIND.ORGANIZATION, label="Other", source="list 5"),
    ]
)


def triples(*ids):
    quads = reference_quads(REFERENCE, ids)
    assert {quad.graph_name for quad in quads} <= {IRIS.graph("entities")}
    return [(quad.subject, quad.predicate.value, quad.object) for quad in quads]


def test_an_entity_brings_its_parents_and_its_state():
    found = {subject.value.rsplit("/id/")[1] for subject, _, _ in triples("programme/fund")}
    assert found == {"programme/fund", "organization/nd-bureau", "organization/nd-ministry", "organization/nd"}


def test_a_part_has_a_parent_a_ministry_acts_for_its_state_and_a_programme_has_a_provider():
    found = triples("programme/fund")
    bureau, ministry, state = (IRIS.entity(f"organization/{each}") for each in ("nd-bureau", "nd-ministry", "nd"))
    assert (bureau, Ssr.PARENT, ministry) in found
    assert (ministry, Ssr.ACTS_FOR, state) in found
    assert (ministry, Ssr.PARENT, state) not in found
    assert (IRIS.entity("programme/fund"), Schema.PROVIDER, bureau) in found


def test_labels_aliases_code_kind_and_source_are_those_of_the_reference_data():
    state = IRIS.entity("organization/nd")
    assert sorted(
        str(value) for subject, predicate, value in triples("organization/nd") if predicate != Rdf.TYPE
    ) == sorted(
        [
            '"Norland"@en',
            '"Kingdom of Norland"@en',
            '"ND"',
            '"list 1"',
            f"<{concept('kind', 'country')}>",
        ]
    )
    assert (state, Dct.IDENTIFIER, ox.Literal("ND")) in triples("organization/nd")
    assert (state, Skos.ALT_LABEL, ox.Literal("Norland", language="en")) not in triples("organization/nd")


def test_a_place_lies_in_its_state_and_has_no_kind():
    found = triples("place/ebb")
    assert (IRIS.entity("place/ebb"), Schema.CONTAINED_IN_PLACE, IRIS.entity("organization/nd")) in found
    assert not [predicate for subject, predicate, _ in found if subject.value.endswith("ebb") and predicate == Ssr.KIND]


def test_an_entity_that_the_reference_data_does_not_know_is_passed_over():
    assert reference_quads(REFERENCE, ["person/ada-berg"]) == []


def test_the_order_of_the_ids_does_not_matter():
    one = reference_quads(REFERENCE, ["organization/other", "programme/fund"])
    assert one == reference_quads(REFERENCE, ["programme/fund", "organization/other"])
