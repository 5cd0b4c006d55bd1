"""Why a triple of a store holds: proofs found in the store, down to words, reference data and the ontology."""

from __future__ import annotations

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from ssrgraph.errors import QueryError
from ssrgraph.materialize import materialize
from ssrgraph.query.explanation_rdf import as_triples
from ssrgraph.query.explanation_texts import as_record, as_tree
from ssrgraph.query.explanations import (
    DoesNotHoldError,
    explain,
    explain_inconsistency,
    read_triple,
)
from ssrgraph.query.provenance import Provenance, SourceKind
from ssrgraph.query.proving import StoredGraph, prove
from ssrgraph.query.syntax import prefixes_with
from ssrgraph.query.terms import label, read_term, shown
from ssrgraph.reasoning import Fact, check_proof
from ssrgraph.store import LocalStore, MemoryStore
from ssrgraph.vocabulary import BASE, PREFIXES

ONTOLOGY = """
ssr:Donor owl:equivalentClass [
  a owl:Restriction ; owl:onProperty ssr:funderOf ; owl:someValuesFrom ssr:FundingClaim ] .
ssr:funderOf owl:inverseOf ssr:funder .
ssr:attributedFunder owl:propertyChainAxiom ( ssr:funder ssr:actsFor ) .
ssr:Donor rdfs:label "donor"@en, "donateur"@fr .
"""
ENTITIES = """
organization:bureau ssr:actsFor organization:us ; dct:source "curated: state.gov" ; skos:prefLabel "Bureau"@en .
"""
DOCUMENT = """
claim:c1 a ssr:FundingClaim ; ssr:funder organization:bureau .
mission:m ssr:lead organization:us .
"""
EVIDENCE = """
document:d a ssr:Document ; dct:identifier "a d" ; dct:title "A title" ; schema:text "The Bureau gave money. The US led M." .
claim:c1 ssr:evidence <document/d#char=4,21> .
<claim/row#lead> a rdf:Statement ; rdf:subject mission:m ; rdf:predicate ssr:lead ; rdf:object organization:us ;
  ssr:evidence <document/d#char=23,35> .
<document/d#char=4,21> a oa:SpecificResource ; oa:hasSource document:d ; oa:hasSelector <document/d#quote=4,21>, <document/d#position=4,21> .
<document/d#quote=4,21> a oa:TextQuoteSelector ; oa:exact "Bureau gave money" .
<document/d#position=4,21> a oa:TextPositionSelector ; oa:start 4 ; oa:end 21 .
<document/d#char=23,35> a oa:SpecificResource ; oa:hasSource document:d ; oa:hasSelector <document/d#quote=23,35>, <document/d#position=23,35> .
<document/d#quote=23,35> a oa:TextQuoteSelector ; oa:exact "The US led M" .
<document/d#position=23,35> a oa:TextPositionSelector ; oa:start 23 ; oa:end 35 .
"""  # noqa: E501  # one resource a line
NAMES = prefixes_with(BASE)


def turtle(text):
    header = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in NAMES.items()) + f"@base <{BASE}> .\n"
    return [quad.triple for quad in parse((header + text).encode(), format=RdfFormat.TURTLE)]


def graph(name):
    return NamedNode(f"{BASE}graph/{name}")


@pytest.fixture
def store():
    store = MemoryStore(BASE)
    parts = {"ontology": ONTOLOGY, "entities": ENTITIES, "document/d": DOCUMENT, "evidence/d": EVIDENCE}
    for name, text in parts.items():
        store.replace_graph(graph(name), turtle(text))
    materialize(store)
    return store


def triple(store, text):
    return read_triple(store, *text.split(" ", 2))


def fact(store, text):
    return Fact.of(triple(store, text))


def test_a_tree_leads_from_the_triple_to_words_reference_data_and_ontology(store):
    found = explain(store, triple(store, "claim:c1 ssr:attributedFunder organization:us"))
    assert as_tree(found) == (
        "claim:c1  ssr:attributedFunder  organization:us\n"
        "  by prp-spo2, from\n"
        f"  ├─ ssr:attributedFunder  owl:propertyChainAxiom  {found.proofs[0].premises[0].conclusion.object}\n"
        "  │    ontology\n"
        "  ├─ a list: ssr:funder, ssr:actsFor\n"
        "  │    ontology\n"
        "  ├─ claim:c1  ssr:funder  organization:bureau “Bureau”\n"
        "  │    said in document a d “A title” by claim:c1,\n"
        "  │    characters 4 to 21: “Bureau gave money”\n"
        "  └─ organization:bureau “Bureau”  ssr:actsFor  organization:us\n"
        "       reference data: curated: state.gov\n"
        "\n"
        "Rules of OWL 2 RL:\n"
        "  prp-spo2: ?p owl:propertyChainAxiom ?x . every ?p[i] in ?x | ?u[i] ?p[i] ?u[i+1] => ?u[1] ?p ?u[n+1]\n"
    )


def test_a_proof_goes_as_deep_as_it_must(store):
    (proof,) = explain(store, triple(store, "organization:bureau a ssr:Donor")).proofs
    assert [node.rule for node in proof.nodes() if node.premises] == ["cax-eqc2", "cls-svf1", "prp-inv2"]
    assert check_proof(proof, StoredGraph(store).is_asserted) is None


def test_an_asserted_triple_is_explained_by_where_it_is_said(store):
    found = explain(store, triple(store, "mission:m ssr:lead organization:us"))
    (source,) = found.sources[Fact.of(found.goal)]
    assert (source.kind, source.name, source.title, source.quote) == ("document", "a d", "A title", "The US led M")
    assert (source.start, source.end) == (23, 35)
    assert source.claim == NamedNode(f"{BASE}claim/row")
    assert as_tree(found) == (
        "mission:m  ssr:lead  organization:us\n"
        "  said in document a d “A title” by claim:row,\n"
        "  characters 23 to 35: “The US led M”\n"
    )


def test_json_has_the_whole_tree(store):
    record = as_record(explain(store, triple(store, "organization:bureau ssr:funderOf claim:c1")))
    assert record["triple"]["subject"] == {"term": f"<{BASE}id/organization/bureau>", "label": "Bureau"}
    (proof,) = record["proofs"]
    assert proof["steps"] == 1
    assert proof["proof"]["rule"] == "prp-inv2"
    axiom, stated = proof["proof"]["premises"]
    assert axiom["sources"] == [{"kind": "ontology", "graph": f"{BASE}graph/ontology", "name": None}]
    assert stated["rule"] is None
    assert stated["sources"] == [
        {
            "kind": "document",
            "graph": f"{BASE}graph/document/d",
            "name": "a d",
            "title": "A title",
            "claim": f"{BASE}claim/c1",
            "words": f"{BASE}document/d#char=4,21",
            "quote": "Bureau gave money",
            "start": 4,
            "end": 21,
        }
    ]


def test_rdf_says_in_prov_what_was_used_and_generated(store):
    found = explain(store, triple(store, "claim:c1 ssr:attributedFunder organization:us"))
    triples = set(as_triples(found))
    assert triples == set(as_triples(explain(store, found.goal)))
    assert not any(isinstance(term, BlankNode) for one in triples for term in one)
    used = {one.object for one in triples if one.predicate.value == PREFIXES["prov"] + "used"}
    (generated,) = {one.object for one in triples if one.predicate.value == PREFIXES["prov"] + "generated"}
    subjects = {one.subject: one.object for one in triples if one.predicate.value == PREFIXES["rdf"] + "subject"}
    assert subjects[generated] == found.goal.subject
    assert used == subjects.keys() - {generated}
    assert len(used) == 7
    quoted = {one.object.value for one in triples if one.predicate.value == PREFIXES["oa"] + "exact"}
    assert quoted == {"Bureau gave money"}


def test_what_is_not_in_the_store_does_not_hold(store):
    with pytest.raises(DoesNotHoldError, match=r"^organization:us rdf:type ssr:Donor: does not hold$"):
        explain(store, triple(store, "organization:us a ssr:Donor"))


def test_evidence_is_no_premise_and_proves_nothing(store):
    with pytest.raises(DoesNotHoldError):
        explain(store, triple(store, "document:d dct:identifier 'a d'"))


def test_what_holds_of_everything_is_proved_too(store):
    (proof,) = explain(store, triple(store, "claim:c1 owl:sameAs claim:c1")).proofs
    assert proof.rule == "eq-ref"
    assert check_proof(proof, StoredGraph(store).is_asserted) is None


def test_what_leads_over_something_that_no_store_holds_is_proved_all_the_same():
    store = MemoryStore(BASE)
    axiom = (
        "ssr:Large owl:onProperty ssr:size ; owl:someValuesFrom [ owl:onProperty ssr:sizeOf ; owl:hasValue ssr:x ] ."
    )
    store.replace_graph(graph("ontology"), turtle(axiom + "ssr:sizeOf owl:inverseOf ssr:size ."))
    store.replace_graph(graph("document/d"), turtle("ssr:x ssr:size 7 ."))
    materialize(store)
    (proof,) = prove(store, triple(store, "ssr:x a ssr:Large"))
    assert check_proof(proof, StoredGraph(store).is_asserted) is None
    assert any(isinstance(node.conclusion.subject, Literal) for node in proof.nodes())


@pytest.mark.parametrize("others", [20, 300])
def test_the_one_thing_that_two_hubs_share_is_found(others):
    store = MemoryStore(BASE)
    axioms = (
        "ssr:assists owl:propertyChainAxiom ( ssr:funderOf ssr:recipient ) . ssr:funderOf owl:inverseOf ssr:funder ."
    )
    claims = [f"claim:a{n} ssr:funder organization:us ; ssr:recipient organization:x{n} ." for n in range(300)]
    claims += [f"claim:b{n} ssr:funder organization:x{n} ; ssr:recipient organization:iq ." for n in range(others)]
    claims += ["claim:c ssr:funder organization:us ; ssr:recipient organization:iq ."]
    store.replace_graph(graph("ontology"), turtle(axioms))
    store.replace_graph(graph("document/d"), turtle(" ".join(claims)))
    materialize(store)
    (proof,) = prove(store, triple(store, "organization:us ssr:assists organization:iq"))
    assert [node.rule for node in proof.nodes() if node.premises] == ["prp-spo2", "prp-inv2"]
    assert fact(store, "claim:c ssr:funder organization:us") in proof.leaves()
    assert check_proof(proof, StoredGraph(store).is_asserted) is None


def test_an_inconsistency_is_explained_side_by_side(store):
    store.replace_graph(graph("ontology"), turtle(f"{ONTOLOGY} ssr:Donor owl:disjointWith ssr:Recipient ."))
    store.replace_graph(graph("added"), turtle("organization:bureau a ssr:Recipient ."))
    (found,) = materialize(store).inconsistencies
    explained = explain_inconsistency(store, found)
    assert explained.goal is None
    assert as_tree(explained).startswith("These cannot all be true:\n  by cax-dw, from\n")
    assert "  │    by cax-eqc2, from\n" in as_tree(explained)
    assert "       graph: added\n" in as_tree(explained)
    assert as_record(explained)["triple"] is None


def test_sources_of_the_shipped_ontology_name_its_files(five):
    with LocalStore.open(five) as opened:
        provenance = Provenance(opened)
        names = {
            source.name
            for one in opened.triples(graph("ontology"))
            for source in provenance.of(one)
            if source.kind is SourceKind.ONTOLOGY
        }
    assert {"ontology/ssr.ttl", "ontology/alignments.ttl", "ontology/schemes/status.ttl"} <= names
    assert "" not in names


def test_all_that_was_inferred_from_the_five_documents_leads_to_words_or_named_sources(five):
    with LocalStore.open(five) as opened:
        provenance, stored = Provenance(opened), StoredGraph(opened)
        inferred = list(opened.triples(graph("inferred")))
        assert len(inferred) > 1000
        known = {}
        for one in inferred:
            (proof,) = prove(opened, one)
            assert (proof.conclusion, check_proof(proof, stored.is_asserted)) == (Fact.of(one), None)
            for leaf in proof.leaves():
                known.setdefault(leaf, provenance.of(leaf.triple()))
        kinds = {source.kind for sources in known.values() for source in sources}
        assert kinds == {SourceKind.DOCUMENT, SourceKind.REFERENCE, SourceKind.ONTOLOGY}
        for leaf, sources in known.items():
            assert sources, leaf
            for source in sources:
                assert source.name, leaf
                assert source.kind is not SourceKind.DOCUMENT or (source.quote and source.end > source.start >= 0), leaf


READABLE = [
    ("<http://example.org/x>", NamedNode("http://example.org/x")),
    ("https://example.org/x", NamedNode("https://example.org/x")),
    ("a", NamedNode(PREFIXES["rdf"] + "type")),
    ("ssr:Donor", NamedNode(PREFIXES["ssr"] + "Donor")),
    ("organization:nato", NamedNode(f"{BASE}id/organization/nato")),
    ("document:x#char=1,2", NamedNode(f"{BASE}document/x#char=1,2")),
    ("_:b", BlankNode("b")),
    ("5", Literal("5", datatype=NamedNode(PREFIXES["xsd"] + "integer"))),
    ("5.0", Literal("5.0", datatype=NamedNode(PREFIXES["xsd"] + "decimal"))),
    ('"2017"^^xsd:gYear', Literal("2017", datatype=NamedNode(PREFIXES["xsd"] + "gYear"))),
    ('"Irak"@fr', Literal("Irak", language="fr")),
    ("'a b'", Literal("a b")),
    ("plain words", Literal("plain words")),
]


@pytest.mark.parametrize(("text", "term"), READABLE)
def test_a_term_is_read_as_people_write_it(text, term):
    assert read_term(text, NAMES) == term
    assert read_term(shown(term, NAMES), NAMES) == term


@pytest.mark.parametrize("text", ["<a b>", '"open', "nobody:x", '"x"^^nobody:y', "_:", "ssr:a<b"])
def test_what_is_no_term_is_refused(text):
    with pytest.raises(QueryError):
        read_term(text, NAMES)


def test_only_an_iri_is_a_predicate_and_no_literal_is_a_subject(store):
    with pytest.raises(QueryError, match="a literal is no subject"):
        read_triple(store, "words", "a", "ssr:Donor")
    with pytest.raises(QueryError, match="only an IRI is a predicate"):
        read_triple(store, "ssr:Donor", "_:b", "ssr:Donor")


def test_plain_words_stand_for_the_literal_that_the_store_has(store):
    found = read_triple(store, "organization:bureau", "skos:prefLabel", "Bureau")
    assert found.object == Literal("Bureau", language="en")
    assert read_triple(store, "organization:bureau", "skos:prefLabel", "Office").object == Literal("Office")


def test_labels_are_english_where_they_can_be(store):
    assert label(store, NamedNode(PREFIXES["ssr"] + "Donor")) == "donor"
    assert label(store, NamedNode(f"{BASE}id/organization/us")) == ""
    assert label(store, Literal("x")) == ""


def test_a_triple_said_in_two_documents_has_two_sources(store):
    store.replace_graph(graph("document/e"), turtle("mission:m ssr:lead organization:us ."))
    store.replace_graph(
        graph("evidence/e"), turtle(EVIDENCE.replace("document/d", "document/e").replace("document:d", "document:e"))
    )
    found = Provenance(store).of(Triple(*triple(store, "mission:m ssr:lead organization:us")))
    assert [source.graph for source in found] == [graph("document/d"), graph("document/e")]
