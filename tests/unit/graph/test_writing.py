"""What a document says becomes triples of its own graph, the words behind them triples of its evidence graph."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pyoxigraph as ox
import pytest

from ssrgraph.graph import Iris, document_quads
from ssrgraph.vocabulary import PREFIXES, Schema

BASE = "https://example.org/aid/"
PROLOGUE = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items()) + f"BASE <{BASE}>\n"


@pytest.fixture
def quads(extraction, document, source):
    return document_quads(extraction, document, source=source, version="1.2.3", base=BASE)


@pytest.fixture
def ask(quads):
    store = ox.Store()
    store.extend(quads)

    def rows(query):
        results = json.loads(store.query(PROLOGUE + query).serialize(format=ox.QueryResultsFormat.JSON))
        names = results["head"]["vars"]
        return sorted(
            tuple(row[name]["value"].removeprefix(BASE) if name in row else None for name in names)
            for row in results["results"]["bindings"]
        )

    return rows


def said(pattern):
    return f"GRAPH <graph/document/made-up> {{ {pattern} }}"


def behind(pattern):
    return f"GRAPH <graph/evidence/made-up> {{ {pattern} }}"


def test_a_funding_claim_has_all_its_slots_and_both_its_funders(ask):
    [claim] = ask(f"SELECT ?c {{ {said('?c a ssr:FundingClaim')} }}")
    properties = ask(f"SELECT ?p ?o {{ {said(f'<{claim[0]}> ?p ?o')} }}")
    ssr, scheme = PREFIXES["ssr"], "https://w3id.org/ssrgraph/scheme/"
    assert properties == sorted(
        [
            (PREFIXES["rdf"] + "type", ssr + "FundingClaim"),
            (ssr + "funder", "id/organization/ministry-of-peace-norland"),
            (ssr + "funder", "id/organization/nd"),
            (ssr + "recipient", "id/organization/sudland-guard"),
            (ssr + "programme", "id/programme/border-fund"),
            (ssr + "amount", "2500000"),
            (ssr + "currency", "EUR"),
            (ssr + "bound", scheme + "bound#approximate"),
            (ssr + "modality", scheme + "modality#grant"),
            (ssr + "status", scheme + "status#provided"),
            (ssr + "from", "2016-05"),
            (ssr + "purpose", "radios"),
        ]
    )


def test_a_range_of_people_has_a_minimum_and_a_maximum_and_no_value(ask):
    pattern = "?c a ssr:PersonnelClaim ; ssr:valueMin ?min ; ssr:valueMax ?max ; ssr:per ?per . ?c ssr:place ?place"
    assert ask(f"SELECT ?min ?max ?per ?place {{ {said(pattern)} }}") == [
        ("60", "80", "https://w3id.org/ssrgraph/scheme/per#year", "id/place/port-ebb")
    ]
    assert ask(f"SELECT ?v {{ {said('?c a ssr:PersonnelClaim ; ssr:value ?v')} }}") == []


def test_equipment_and_results_keep_the_documents_phrases(ask):
    assert ask(f"SELECT ?i ?v {{ {said('?c a ssr:EquipmentClaim ; ssr:item ?i ; ssr:value ?v')} }}") == [
        ("trucks", "12")
    ]
    assert ask(f"SELECT ?o ?v {{ {said('?c a ssr:ResultClaim ; ssr:outcome ?o ; ssr:value ?v')} }}") == [
        ("mines cleared", "300")
    ]


def test_a_mission_is_described_by_triples_about_itself(ask):
    pattern = "?m a ssr:Mission ; skos:prefLabel ?label ; ssr:abbreviation ?a ; ssr:lead ?lead ; ssr:start ?start"
    assert ask(f"SELECT ?label ?a ?lead ?start {{ {said(pattern)} }}") == [
        ("Lake Union Assistance Mission", "LUAM", "id/organization/lake-union", "2017-06-03")
    ]
    mandates = ask(f"SELECT ?mandate {{ {said('?m ssr:mandate ?mandate')} }}")
    assert [mandate.rsplit("#")[1] for (mandate,) in mandates] == ["rule-of-law", "training"]


def test_an_agreement_has_its_parties_and_an_event_its_participants(ask):
    both = [("id/organization/nd",), ("id/organization/sd",)]
    assert ask(f"SELECT ?p {{ {said('?a a ssr:Agreement ; ssr:party ?p')} }}") == both
    assert ask(f"SELECT ?p {{ {said('?e a schema:Event ; ssr:participant ?p')} }}") == both


def test_a_role_is_a_membership_and_a_post(ask):
    membership = "?m a org:Membership ; org:member ?p ; org:organization ?o ; ssr:title ?t ; ssr:role ?r"
    assert ask(f"SELECT ?p ?o ?t ?r {{ {said(membership)} }}") == [
        ("id/person/ada-berg", "id/mission/lake-union-assistance-mission", "Colonel", "Commander")
    ]
    post = "?post a org:Post ; rdfs:label ?r ; org:postIn ?o ; org:heldBy ?p"
    assert ask(f"SELECT ?post ?r ?o ?p {{ {said(post)} }}") == [
        (
            "id/post/commander-lake-union-assistance-mission",
            "Commander",
            "id/mission/lake-union-assistance-mission",
            "id/person/ada-berg",
        )
    ]


def test_an_organization_has_its_kind_abbreviation_and_parent(ask):
    pattern = "<id/organization/ministry-of-peace-norland> ssr:kind ?k ; ssr:abbreviation ?a ; ssr:parent ?p"
    assert ask(f"SELECT ?k ?a ?p {{ {said(pattern)} }}") == [
        ("https://w3id.org/ssrgraph/scheme/kind#government", "MoP", "id/organization/nd")
    ]


def test_a_name_that_only_the_reference_data_knows_is_not_the_documents(ask):
    pattern = "<id/organization/nd> skos:prefLabel|skos:altLabel ?name"
    assert ask(f"SELECT ?name {{ {said(pattern)} }}") == [("Norland",)]
    pattern = "<id/organization/ministry-of-peace-norland> skos:altLabel ?name"
    assert ask(f"SELECT ?name {{ {said(pattern)} }}") == [("Norland's Ministry of Peace",)]


def test_an_entity_has_the_name_that_its_document_gives_it_beside_its_label(extraction, document):
    entities = tuple(
        replace(entity, name="Kingdom of Norland") if entity.id == "organization/nd" else entity
        for entity in extraction.entities
    )
    quads = document_quads(replace(extraction, entities=entities), document, source=None, version="1")
    names = {(quad.subject, quad.object.value) for quad in quads if quad.predicate.value == Schema.NAME}
    assert (Iris().entity("organization/nd"), "Kingdom of Norland") in names
    assert (Iris().entity("place/port-ebb"), "Port Ebb") in names, "its label, where the document has no other"
    assert len(names) == len(entities)


def test_a_claims_quote_stands_in_the_stored_text_at_its_offsets(ask, document):
    pattern = """?claim ssr:evidence ?words . ?d schema:text ?text . ?words oa:hasSource ?d ;
                 oa:hasSelector [ oa:exact ?exact ; oa:prefix ?prefix ] , [ oa:start ?start ; oa:end ?end ]"""
    query = f"SELECT ?exact ?prefix ?start ?end ?text {{ {behind(pattern)} {said('?claim a ssr:FundingClaim')} }}"
    [(exact, prefix, start, end, text)] = ask(query)
    assert text == document.text
    assert exact == "about 2.5 million euros" == text[int(start) : int(end)]
    assert text[: int(start)].endswith(prefix)
    assert len(prefix) == 32


def test_a_slot_with_words_of_its_own_names_them(ask, document):
    [(claim,)] = ask(f"SELECT ?c {{ {said('?c a ssr:FundingClaim')} }}")
    start = document.text.index("Since May 2016")
    pattern = f"<{claim}#from> ssr:words ?words . <{claim}> ssr:passage ?passage"
    [(words, passage)] = ask(f"SELECT ?words ?passage {{ {behind(pattern)} }}")
    assert words == f"document/made-up#char={start},{start + 14}"
    assert passage.startswith(f"document/made-up#char={start},")


def test_how_a_row_was_read_is_said_once_for_all_that_were_read_alike(ask):
    pattern = "?c ssr:readBy [ ssr:rule ?rule ; ssr:confidence ?confidence ]"
    rows = ask(f"SELECT ?rule ?confidence {{ {behind(pattern)} }}")
    assert rows == [("give", "0.9"), ("member-list", "0.8")]


def test_a_relation_hangs_on_a_statement_with_the_rows_evidence(ask, document):
    pattern = "?s a rdf:Statement ; rdf:subject ?m ; rdf:predicate ?p ; rdf:object ?o ; ssr:evidence ?e"
    rows = ask(f"SELECT ?p ?o ?e {{ {behind(pattern)} {said('?m a ssr:Mission')} }}")
    quote = "Lake Union Assistance Mission (LUAM)"
    start = document.text.index(quote)
    evidence = f"document/made-up#char={start},{start + len(quote)}"
    ssr = PREFIXES["ssr"]
    assert rows == [
        (ssr + "lead", "id/organization/lake-union", evidence),
        (ssr + "requestedBy", "id/organization/sd", evidence),
        (ssr + "start", "2017-06-03", evidence),
    ]


def test_a_membership_of_an_alliance_is_one_statement_with_its_reading(ask):
    pattern = (
        "?s rdf:subject ?o ; rdf:predicate ssr:member ; rdf:object ?m ; ssr:evidence/oa:hasSelector/oa:exact ?exact"
    )
    assert ask(f"SELECT ?o ?m ?exact {{ {behind(pattern)} {said('?o ssr:member ?m')} }}") == [
        ("id/organization/lake-union", "id/organization/nd", "Norland, Sudland")
    ]


def test_an_entity_without_a_row_has_one_mention(ask):
    pattern = "<id/place/port-ebb> ssr:mention/oa:hasSelector/oa:exact ?exact"
    assert ask(f"SELECT ?exact {{ {behind(pattern)} }}") == [("Port Ebb",)]


def test_an_entity_that_a_quote_names_needs_no_stretch_of_its_own(ask):
    pattern = "<id/organization/sudland-guard> ssr:mention/oa:hasSelector/oa:exact ?exact"
    assert ask(f"SELECT ?exact {{ {behind(pattern)} }}") == [("Sudland Guard",)]
    pattern = "<id/organization/lake-union> ssr:mention/oa:hasSelector/oa:exact ?exact"
    assert ask(f"SELECT ?exact {{ {behind(pattern)} }}") == [("Lake Union Assistance Mission (LUAM)",)]


def test_an_entity_with_a_row_has_no_mention_beside_it(ask):
    pattern = "<id/organization/nd> ssr:evidence/oa:hasSelector/oa:exact ?exact"
    assert ask(f"SELECT ?exact {{ {behind(pattern)} }}") == [("Norland",)]
    assert ask(f"SELECT ?w {{ {behind('<id/organization/nd> ssr:mention ?w')} }}") == []


def test_the_document_is_described_with_source_checksum_and_text(ask, document):
    pattern = """?g prov:wasDerivedFrom ?d . ?d a ssr:Document ; dct:identifier ?id ; dct:title ?title ;
                 dct:issued ?date ; dc:publisher ?publisher ; dc:language ?language ; dc:rights ?reuse ;
                 schema:sha256 ?sha256"""
    assert ask(f"SELECT ?g ?id ?title ?date ?publisher ?language ?reuse ?sha256 {{ {behind(pattern)} }}") == [
        ("graph/document/made-up", "made-up", "Norland", "2017-06-04", "A press office", "en", "CC0", document.sha256)
    ]


def test_a_text_that_was_taken_from_a_file_leads_to_the_file(extraction, document):
    assert "#file" not in str(list(document_quads(extraction, document, source=None, version="1")))
    taken = replace(document, file_sha256="ab" * 32, media_type="application/pdf")
    node, file = Iris().document("made-up"), Iris().file("made-up")
    quads = document_quads(extraction, taken, source=None, version="1")
    found = {quad.predicate.value: quad.object.value for quad in quads if quad.subject == file}
    assert found == {PREFIXES["schema"] + "sha256": "ab" * 32, PREFIXES["schema"] + "encodingFormat": "application/pdf"}
    derived = [
        quad.object for quad in quads if quad.subject == node and quad.predicate.value.endswith("wasDerivedFrom")
    ]
    assert derived == [file]
    sums = [quad.object.value for quad in quads if quad.subject == node and quad.predicate.value.endswith("sha256")]
    assert sums == [document.sha256]


def test_without_a_source_title_and_date_are_those_of_the_text(extraction, document):
    quads = document_quads(extraction, document, source=None, version="1")
    found = {quad.predicate.value: quad.object.value for quad in quads if quad.subject == Iris().document("made-up")}
    assert found[PREFIXES["dct"] + "title"] == "Norland and the Lake Union"
    assert found[PREFIXES["dct"] + "issued"] == "2017-06"
    assert PREFIXES["dc"] + "publisher" not in found


def test_the_reading_is_an_activity_with_version_and_model_and_no_time(ask):
    pattern = """?g prov:wasGeneratedBy ?a . ?a a prov:Activity ; prov:used ?d ; schema:softwareRequirements ?model ;
                 prov:wasAssociatedWith [ schema:softwareVersion ?version ]"""
    assert ask(f"SELECT ?d ?model ?version {{ {behind(pattern)} }}") == [
        ("document/made-up", "en_core_web_sm 3.8.0", "1.2.3")
    ]
    assert ask(f"SELECT ?t {{ {behind('?a prov:startedAtTime|prov:endedAtTime|prov:generatedAtTime ?t')} }}") == []


def test_there_are_no_blank_nodes_and_no_quad_twice(quads):
    assert not any(isinstance(term, ox.BlankNode) for quad in quads for term in (quad.subject, quad.object))
    assert len(set(quads)) == len(quads)


def test_the_same_extraction_gives_the_same_quads_in_the_same_order(quads, extraction, document, source):
    again = document_quads(extraction, document, source=source, version="1.2.3", base=BASE)
    assert [str(quad) for quad in again] == [str(quad) for quad in quads]


def test_a_claim_that_was_read_twice_is_one_claim(extraction, document):
    funding = extraction.claims[0]
    twice = replace(extraction, claims=(*extraction.claims, replace(funding, amount=Decimal(2500000), rule="other")))
    graph = Iris().document_graph("made-up")

    def asserted(of):
        return {quad for quad in document_quads(of, document, source=None, version="1") if quad.graph_name == graph}

    assert asserted(twice) == asserted(extraction)
    assert len(document_quads(twice, document, source=None, version="1")) == len(
        document_quads(extraction, document, source=None, version="1")
    )


def test_claims_that_differ_in_one_slot_are_two(extraction, document):
    other = replace(extraction.claims[0], status="planned")
    quads = document_quads(replace(extraction, claims=(*extraction.claims, other)), document, source=None, version="1")
    claims = {quad.subject for quad in quads if quad.object.value == PREFIXES["ssr"] + "FundingClaim"}
    assert len(claims) == 2


def test_a_claims_iri_does_not_depend_on_the_run(ask):
    assert ask(f"SELECT ?c {{ {said('?c a ssr:FundingClaim')} }}") == [("claim/52633dd200ce4a39",)]
