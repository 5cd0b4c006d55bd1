"""The alignment to foreign vocabularies: mappings only, to terms that were looked up, read by nothing."""

from __future__ import annotations

import re

import pytest
from pyoxigraph import Literal, NamedNode, parse

from ssrgraph.graph import ontology_quads
from ssrgraph.resources import shipped
from ssrgraph.vocabulary import ONTOLOGY, PREFIXES, Dct, Rdf, Skos

SKOS, OWL, RDFS = (PREFIXES[name] for name in ("skos", "owl", "rdfs"))
OWN = "https://w3id.org/ssrgraph/"
CODES = OWN + "codelist/"
LISTS = ["aid-type", "finance-type", "flow-type", "purpose"]
MAPPINGS = {f"{SKOS}{name}Match" for name in ("close", "narrow", "related")}


@pytest.fixture(scope="module")
def alignment():
    return [quad.triple for quad in parse(path=shipped("ontology/alignment.ttl"))]


@pytest.fixture(scope="module")
def codes():
    return {name: [quad.triple for quad in parse(path=shipped(f"ontology/codelists/{name}.ttl"))] for name in LISTS}


def concepts(triples):
    return {one.subject.value for one in triples if one.object == NamedNode(f"{SKOS}Concept")}


def test_it_holds_mappings_and_notes_and_no_axiom(alignment):
    header = NamedNode(f"{ONTOLOGY}/alignment")
    said = [one for one in alignment if one.subject != header]
    subject = [one for one in said if one.predicate.value == f"{Dct.TITLE.rpartition('/')[0]}/subject"]
    assert [one.subject.value for one in subject] == [ONTOLOGY]
    rest = [one for one in said if one not in subject]
    assert {one.predicate.value for one in rest} == {*MAPPINGS, f"{SKOS}scopeNote"}


def test_nothing_imports_it_and_no_build_reads_it(alignment, root):
    built = {quad.triple for quad in ontology_quads()}
    assert built.isdisjoint(alignment)
    for path in (root / "ontology").rglob("*.ttl"):
        assert not any(quad.predicate.value == f"{OWL}imports" for quad in parse(path=path)), path.name


def test_what_is_mapped_are_terms_of_ours_or_that_we_use(alignment):
    declared = {quad.subject.value for quad in ontology_quads() if isinstance(quad.subject, NamedNode)}
    mapped = {one.subject.value for one in alignment} - {f"{ONTOLOGY}/alignment"}
    assert mapped - declared == set()


def test_every_code_that_it_points_at_is_in_a_list(alignment, codes):
    known = {concept for triples in codes.values() for concept in concepts(triples)}
    pointed = {one.object.value for one in alignment if isinstance(one.object, NamedNode)}
    assert {iri for iri in pointed if iri.startswith(CODES)} <= known


def test_every_foreign_term_was_looked_up_and_every_lookup_is_used(alignment):
    page = (shipped("ontology") / "ALIGNMENT.md").read_text(encoding="utf-8")
    looked_up = set(re.findall(r"^\| `(https?://\S+)` \| \w[^|]* \| \S[^|]* \|$", page, re.MULTILINE))
    mapped = {one.object.value for one in alignment if one.predicate.value in MAPPINGS}
    assert {iri for iri in mapped if not iri.startswith(OWN)} == looked_up
    assert len(looked_up) == 17


def test_a_military_sale_is_no_aid(alignment):
    for modality in ("sale", "licence"):
        node = NamedNode(f"{OWN}scheme/modality#{modality}")
        about = [one for one in alignment if one.subject == node]
        assert [one.predicate.value for one in about] == [f"{SKOS}scopeNote"]
        assert about[0].object.value.startswith("No match: ")


@pytest.mark.parametrize("name", LISTS)
def test_a_code_has_its_notation_its_name_and_its_list(codes, name):
    triples = codes[name]
    scheme = NamedNode(f"{CODES}{name}")
    for concept in concepts(triples):
        about = {one.predicate.value: one.object for one in triples if one.subject.value == concept}
        assert set(about) == {Rdf.TYPE, f"{SKOS}inScheme", Skos.NOTATION, Skos.PREF_LABEL}
        assert about[f"{SKOS}inScheme"] == scheme
        assert concept == f"{CODES}{name}#{about[Skos.NOTATION].value}"
        assert isinstance(about[Skos.PREF_LABEL], Literal)
        assert about[Skos.PREF_LABEL].language == "en"
    told = {one.predicate.value for one in triples if one.subject == scheme}
    assert {Dct.SOURCE, Dct.LICENSE, f"{RDFS}seeAlso"} <= told


def test_every_list_is_tested():
    assert sorted(path.stem for path in (shipped("ontology") / "codelists").glob("*.ttl")) == LISTS
