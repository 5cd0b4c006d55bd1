"""The SHACL shapes accept what is written and see each kind of fault."""

from __future__ import annotations

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib

from ssrgraph.graph import document_quads, ontology_quads
from ssrgraph.resources import shipped
from ssrgraph.vocabulary import PREFIXES

PROLOGUE = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())


@pytest.fixture(scope="module")
def shapes():
    return rdflib.Graph().parse(shipped("ontology") / "shapes.ttl")


@pytest.fixture
def graph(extraction, document, source):
    quads = [*document_quads(extraction, document, source=source, version="1"), *ontology_quads()]
    triples = [ox.Triple(quad.subject, quad.predicate, quad.object) for quad in quads]
    return rdflib.Graph().parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")


def messages(graph, shapes):
    _, results, _ = pyshacl.validate(graph, shacl_graph=shapes)
    return {str(message) for message in results.objects(None, rdflib.SH.resultMessage)}


def test_what_is_written_conforms(graph, shapes):
    assert messages(graph, shapes) == set()


FAULTS = {
    "funding without a sum": (
        "DELETE { ?c ssr:amount ?v } WHERE { ?c ssr:amount ?v }",
        "A funding claim has either an amount or a minimum and a maximum.",
    ),
    "funding with sum and range": (
        "INSERT { ?c ssr:valueMin 1.0 ; ssr:valueMax 2.0 } WHERE { ?c a ssr:FundingClaim }",
        "A funding claim has either an amount or a minimum and a maximum.",
    ),
    "a sum of nothing": (
        "DELETE { ?c ssr:amount ?v } INSERT { ?c ssr:amount 0.0 } WHERE { ?c ssr:amount ?v }",
        "The amount must be one number above zero.",
    ),
    "a currency that is no code": (
        "DELETE { ?c ssr:currency ?v } INSERT { ?c ssr:currency 'euro' } WHERE { ?c ssr:currency ?v }",
        "The currency must be one code of ISO 4217.",
    ),
    "money that is actual": (
        "DELETE { ?c ssr:status ?v } INSERT { ?c ssr:status status:actual } WHERE { ?c ssr:amount ?a ; ssr:status ?v }",
        "Money is either provided or planned.",
    ),
    "an unknown modality": (
        "INSERT { ?c ssr:modality modality:gift } WHERE { ?c a ssr:FundingClaim }",
        "The modality must be one concept of the scheme of modalities.",
    ),
    "two bounds": (
        "INSERT { ?c ssr:bound bound:at_most } WHERE { ?c a ssr:FundingClaim }",
        "The bound must be one concept of the scheme of bounds.",
    ),
    "no bound": (
        "DELETE { ?c ssr:bound ?v } WHERE { ?c a ssr:FundingClaim ; ssr:bound ?v }",
        "The sum has no bound.",
    ),
    "a funder without a label": (
        "INSERT { ?c ssr:funder <urn:nobody> } WHERE { ?c a ssr:FundingClaim }",
        "The funder is no entity with a label.",
    ),
    "a funder that is a phrase": (
        "INSERT { ?c ssr:funder 'somebody' } WHERE { ?c a ssr:FundingClaim }",
        "The funder is no entity with a label.",
    ),
    "a range upside down": (
        "DELETE { ?c ssr:valueMin ?v } INSERT { ?c ssr:valueMin 99.0 } WHERE { ?c ssr:valueMin ?v }",
        "The minimum must be one number below the maximum.",
    ),
    "a period that is a phrase": (
        "INSERT { ?c ssr:to 'this summer' } WHERE { ?c a ssr:PersonnelClaim }",
        "The period's end must be one year, month or day.",
    ),
    "people counted in no respect": (
        "DELETE { ?c ssr:measure ?v } WHERE { ?c ssr:measure ?v }",
        "People must be counted in one respect: trained, employed, deployed, reached or lost.",
    ),
    "nobody who is counted": (
        "DELETE { ?c ssr:group ?v } WHERE { ?c ssr:group ?v }",
        "The claim must say in one phrase who is counted.",
    ),
    "a rate by the week": (
        "DELETE { ?c ssr:per ?v } INSERT { ?c ssr:per per:week } WHERE { ?c ssr:per ?v }",
        "The rate must be by the year, the month or the day.",
    ),
    "materiel without a name": (
        "DELETE { ?c ssr:item ?v } WHERE { ?c ssr:item ?v }",
        "The claim must name the materiel in one phrase.",
    ),
    "a result without a number": (
        "DELETE { ?c ssr:value ?v } WHERE { ?c a ssr:ResultClaim ; ssr:value ?v }",
        "A result must have one number.",
    ),
    "a claim without evidence": (
        "DELETE { ?c ssr:evidence ?v } WHERE { ?c a ssr:ResultClaim ; ssr:evidence ?v }",
        "The claim must have exactly one stretch of text as its evidence.",
    ),
    "a claim that does not say how it was read": (
        "DELETE { ?c ssr:readBy ?v } WHERE { ?c a ssr:ResultClaim ; ssr:readBy ?v }",
        "The claim does not say how it was read.",
    ),
    "an organization without a name": (
        "DELETE { ?o skos:prefLabel ?v } WHERE { ?o ssr:kind kind:government ; skos:prefLabel ?v }",
        "The entity has no preferred label with a language.",
    ),
    "an organization that is a law": (
        "INSERT { ?o ssr:kind kind:law } WHERE { ?o ssr:kind kind:government }",
        "The kind is no kind of organization.",
    ),
    "an agreement that is a country": (
        "INSERT { ?a ssr:kind kind:country } WHERE { ?a a ssr:Agreement }",
        "The kind is no kind of agreement.",
    ),
    "a mission that is led by nobody known": (
        "INSERT { ?m ssr:lead <urn:nobody> } WHERE { ?m a ssr:Mission }",
        "The lead is no entity with a label.",
    ),
    "a mission under a commander that is a body": (
        "INSERT { ?m ssr:commander ?o } WHERE { ?m ssr:lead ?o }",
        "The commander is no person.",
    ),
    "a mission that follows a body": (
        "INSERT { ?m ssr:predecessor ?o } WHERE { ?m ssr:lead ?o }",
        "The predecessor is no mission.",
    ),
    "a mission with a mandate of its own": (
        "INSERT { ?m ssr:mandate mandate:parades } WHERE { ?m a ssr:Mission }",
        "The mandate is no concept of the scheme of mandates.",
    ),
    "a mission that started in spring": (
        "INSERT { ?m ssr:start 'spring' } WHERE { ?m a ssr:Mission }",
        "The start is no year, month or day.",
    ),
    "an event on no date": (
        "INSERT { ?e ssr:date 'soon' } WHERE { ?e a schema:Event }",
        "The date is no year, month or day.",
    ),
    "a role without a person": (
        "DELETE { ?m org:member ?p } WHERE { ?m org:member ?p }",
        "A row of the roles must be about one person.",
    ),
    "a post in no organization": (
        "DELETE { ?p org:postIn ?o } WHERE { ?p org:postIn ?o }",
        "A post must be in one organization.",
    ),
    "a document without its text": (
        "DELETE { ?d schema:text ?t } WHERE { ?d schema:text ?t }",
        "The document must have one stored text.",
    ),
    "a checksum that is none": (
        "DELETE { ?d schema:sha256 ?t } INSERT { ?d schema:sha256 'abc' } WHERE { ?d schema:sha256 ?t }",
        "The document must have one SHA-256 of its file.",
    ),
    "evidence of no document": (
        "DELETE { ?e oa:hasSource ?d } WHERE { ?e oa:hasSource ?d }",
        "The evidence must be of one document.",
    ),
    "evidence without a quote": (
        "DELETE { ?e oa:hasSelector ?s } WHERE { ?e oa:hasSelector ?s . ?s oa:exact ?x }",
        "The evidence must have one quote.",
    ),
    "a quote without words": (
        "DELETE { ?s oa:exact ?x } WHERE { ?s oa:exact ?x }",
        "The quote must have its exact words.",
    ),
    "a position behind its end": (
        "DELETE { ?s oa:start ?x } INSERT { ?s oa:start 99999 } WHERE { ?s oa:start ?x }",
        "The position must begin at one offset before its end.",
    ),
    "a statement of nothing": (
        "DELETE { ?s rdf:object ?x } WHERE { ?s rdf:object ?x }",
        "The statement must have one object.",
    ),
    "a statement without evidence": (
        "DELETE { ?s ssr:evidence ?x } WHERE { ?s a rdf:Statement ; ssr:evidence ?x }",
        "The statement has no stretch of text as its evidence.",
    ),
    "a person with two names": (
        "INSERT { ?p skos:prefLabel 'A. Berg'@en } WHERE { ?p a foaf:Person }",
        "Documents give the entity more than one preferred label.",
    ),
}


@pytest.mark.parametrize(("fault", "message"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_seen(graph, shapes, fault, message):
    before = len(graph), set(graph)
    graph.update(PROLOGUE + fault)
    assert (len(graph), set(graph)) != before
    assert message in messages(graph, shapes)


def test_two_names_are_a_warning_and_not_a_violation(graph, shapes):
    graph.update(PROLOGUE + FAULTS["a person with two names"][0])
    conforms, _, _ = pyshacl.validate(graph, shacl_graph=shapes, allow_warnings=True)
    assert conforms


def test_every_shape_says_in_words_what_is_wrong(shapes):
    def inherited(node):
        return (node, rdflib.SH.message, None) in shapes or all(
            (constraint, rdflib.SH.message, None) in shapes for constraint in shapes.objects(node, rdflib.SH.property)
        )

    targets = set(shapes.subjects(rdflib.SH.targetClass))
    assert len(targets) == 19
    assert [node for node in targets if not inherited(node)] == []
