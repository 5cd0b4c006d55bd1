"""The graph of links: one triple a link, and beside it how it is known."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pyoxigraph import NamedNode

from ssrgraph.entities.links import Link
from ssrgraph.graph import Iris, link_quads, links_in
from ssrgraph.vocabulary import BASE, WIKIDATA, Owl, Semapv, Skos, Ssr

ENTITY = Link(
    subject=f"{BASE}id/organization/nd",
    subject_label="Norland",
    predicate=Skos.EXACT_MATCH,
    object=f"{WIKIDATA}Q1",
    object_label="Norland",
    justification=Semapv.MANUAL_MAPPING_CURATION,
    author="Ada",
    author_id="https://orcid.org/0000-0002-1825-0097",
    reviewer="Bea",
    date="2026-01-02",
    confidence=Decimal("0.95"),
    comment="by its code",
)
TERM = Link(
    subject=Ssr.START, predicate=Skos.CLOSE_MATCH, object=f"{WIKIDATA}P580", justification=Semapv.MAPPING_REVIEW
)


def quads(*links, base=BASE, is_there=lambda _node: True, same_as=False):
    return link_quads(links, is_there=is_there, base=base, same_as=same_as)


def has(found, subject, predicate, value):
    wanted = (NamedNode(subject), NamedNode(predicate), NamedNode(value))
    return wanted in {(quad.subject, quad.predicate, quad.object) for quad in found}


def test_a_link_is_a_triple_in_the_graph_of_links():
    found = quads(ENTITY, TERM)
    assert has(found, ENTITY.subject, Skos.EXACT_MATCH, ENTITY.object)
    assert has(found, TERM.subject, Skos.CLOSE_MATCH, TERM.object)
    assert {quad.graph_name for quad in found} == {Iris().graph("links")}


@pytest.mark.parametrize("base", [BASE, "https://data.example.org/ssr/"])
def test_what_is_known_of_a_link_can_be_read_back(base):
    triples = [quad.triple for quad in quads(ENTITY, TERM, base=base, same_as=True)]
    assert links_in(triples, base=base) == sorted([ENTITY, TERM], key=lambda link: link.subject)


def test_entities_live_under_the_base_of_the_build_and_terms_stay():
    found = quads(ENTITY, TERM, base="https://data.example.org/ssr/")
    assert has(found, "https://data.example.org/ssr/id/organization/nd", Skos.EXACT_MATCH, ENTITY.object)
    assert has(found, TERM.subject, Skos.CLOSE_MATCH, TERM.object)


def test_a_link_of_what_the_store_does_not_describe_is_left_out():
    found = quads(ENTITY, TERM, is_there=lambda node: node.value == TERM.subject)
    assert not has(found, ENTITY.subject, Skos.EXACT_MATCH, ENTITY.object)
    assert links_in(quad.triple for quad in found) == [TERM]


def test_same_as_is_said_only_when_asked_and_only_of_exact_matches_of_entities():
    assert not has(quads(ENTITY), ENTITY.subject, Owl.SAME_AS, ENTITY.object)
    near = Link(subject=ENTITY.subject, predicate=Skos.CLOSE_MATCH, object=f"{WIKIDATA}Q2", justification="urn:x:j")
    same = [quad for quad in quads(ENTITY, TERM, near, same_as=True) if quad.predicate.value == Owl.SAME_AS]
    assert has(same, ENTITY.subject, Owl.SAME_AS, ENTITY.object)
    assert len(same) == 1
