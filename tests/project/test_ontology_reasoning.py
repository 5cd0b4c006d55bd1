"""What the ontology makes of claims: what follows, and what cannot be."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from ssrgraph.graph import ontology_quads
from ssrgraph.reasoning import closure
from ssrgraph.vocabulary import PREFIXES

PROLOGUE = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items()) + "PREFIX : <https://example.org/>\n"


def reason(turtle):
    asserted = [*ontology_quads(), *ox.parse(PROLOGUE + turtle, format=ox.RdfFormat.TURTLE)]
    return closure({ox.Triple(quad.subject, quad.predicate, quad.object) for quad in asserted})


def short(term):
    for name, iri in {**PREFIXES, "": "https://example.org/"}.items():
        if isinstance(term, ox.NamedNode) and term.value.startswith(iri):
            return f"{name}:{term.value.removeprefix(iri)}"
    return str(term)


def follows(turtle):
    result = reason(turtle)
    assert result.inconsistencies == ()
    return {" ".join(map(short, (each.subject, each.predicate, each.object))) for each in result.inferred}


BUREAU = """
:bureau ssr:parent :department . :department ssr:actsFor :state .
:claim a ssr:FundingClaim ; ssr:funder :bureau ; ssr:recipient :guard ; ssr:amount 5.0 .
"""


def test_a_bureaus_money_is_its_departments_and_its_states():
    found = {line for line in follows(BUREAU) if "under" in line and line.startswith(":claim")}
    assert found == {":claim ssr:attributedFunder :department", ":claim ssr:attributedFunder :state"}


def test_a_part_of_a_body_acts_for_the_same_state():
    assert ":bureau ssr:actsFor :state" in follows(BUREAU)


def test_whoever_gives_is_a_donor_and_whoever_gets_a_recipient():
    found = follows(BUREAU)
    assert {":bureau rdf:type ssr:Donor", ":guard rdf:type ssr:Recipient", ":bureau ssr:assists :guard"} <= found
    assert ":department rdf:type ssr:Donor" not in found


def test_whoever_trains_is_a_training_provider_and_whoever_deploys_is_not():
    found = follows("""
    :a a ssr:PersonnelClaim ; ssr:agent :academy ; ssr:measure measure:trained .
    :b a ssr:PersonnelClaim ; ssr:agent :sender ; ssr:measure measure:deployed .
    """)
    assert ":academy rdf:type ssr:TrainingProvider" in found
    assert ":sender rdf:type ssr:TrainingProvider" not in found


def test_whoever_equips_or_leads_a_mission_assists():
    found = follows("""
    :a a ssr:EquipmentClaim ; ssr:provider :maker ; ssr:recipient :guard .
    :mission ssr:lead :union ; ssr:host :state .
    """)
    assert {line for line in found if "assists" in line} == {":maker ssr:assists :guard", ":union ssr:assists :state"}


def test_parts_of_parts_are_parts_and_missions_succeed_each_other():
    found = follows(":a ssr:parent :b . :b ssr:parent :c . :m3 ssr:predecessor :m2 . :m2 ssr:predecessor :m1 .")
    assert {":a org:subOrganizationOf :c", ":c org:hasSubOrganization :a", ":m3 ssr:precededBy :m1"} <= found
    assert not {":a ssr:parent :c", ":m3 ssr:predecessor :m1"} & found


def test_membership_has_its_inverse():
    assert ":state org:memberOf :alliance" in follows(":alliance ssr:member :state .")


def test_a_client_who_knows_only_well_known_terms_can_ask():
    found = follows("""
    :mission a ssr:Mission ; skos:prefLabel "Mission"@en ; ssr:start "2004"^^xsd:gYear .
    :berg a foaf:Person . :post a org:Post ; org:heldBy :berg .
    """)
    assert {
        ":mission rdf:type org:Organization",
        ":mission rdf:type schema:Organization",
        ":mission rdf:type prov:Agent",
        ':mission rdfs:label "Mission"@en',
        ':mission schema:name "Mission"@en',
        ':mission schema:startDate "2004"^^<http://www.w3.org/2001/XMLSchema#gYear>',
        ":berg rdf:type schema:Person",
        ":berg org:holds :post",
    } <= found


def test_a_country_is_known_by_its_kind():
    assert ":state rdf:type ssr:Country" in follows(":state a org:Organization ; ssr:kind kind:country .")


@pytest.mark.parametrize(
    ("turtle", "rule"),
    [
        (":x ssr:kind kind:country , kind:armed_group .", "cax-adc"),
        (":x a foaf:Person , org:Organization .", "cax-adc"),
        (":x a ssr:Agreement , ssr:FundingClaim .", "cax-adc"),
        (":a ssr:parent :b . :b ssr:parent :a .", "prp-asyp"),
        (":a ssr:parent :a .", "prp-irp"),
        (":m ssr:predecessor :n . :n ssr:predecessor :m .", "prp-asyp"),
        (":a ssr:member :a .", "prp-irp"),
        (":m ssr:lead :m .", "prp-irp"),
    ],
)
def test_what_cannot_be_is_found(turtle, rule):
    assert rule in {each.rule for each in reason(turtle).inconsistencies}
