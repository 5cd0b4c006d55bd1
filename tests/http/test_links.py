"""A link is seen wherever its entity is: on its page, in its data, in the export and in the figures of the store."""

from __future__ import annotations

import json
import subprocess

import html5lib
from pyoxigraph import NamedNode, RdfFormat, parse

from served import PROGRAM
from ssrgraph.entities import sssom
from ssrgraph.vocabulary import BASE, WIKIDATA, Owl, Skos, Sssom

IRAQ = NamedNode(f"{BASE}id/organization/iq")
ITEM = NamedNode(f"{WIKIDATA}Q796")


def run(five, *arguments):
    done = subprocess.run([PROGRAM, *arguments, "--store", str(five)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_page_of_an_entity_shows_its_link_with_what_is_known_of_it(server):
    page = html5lib.parse(server.get("/id/organization/iq.html").text, namespaceHTMLElements=False)
    [section] = [one for one in page.iter("section") if one.get("aria-labelledby") == "elsewhere"]
    [link] = section.iter("a")
    assert (link.get("href"), link.text) == (ITEM.value, "Wikidata: Iraq (Q796)")
    text = " ".join("".join(section.itertext()).split())
    assert "exact match" in text
    assert "manual mapping curation, by ssrgraph contributors, 2026-11-27, confidence 0.99" in text
    follows = [one for one in page.iter("section") if one.get("aria-labelledby") == "follows"]
    assert "Q796" not in "".join("".join(one.itertext()) for one in follows)  # Nobody has inferred it.


def test_the_data_of_an_entity_hold_its_link_and_how_surely_it_is_known(server):
    for ending, kind in ((".ttl", RdfFormat.TURTLE), (".jsonld", RdfFormat.JSON_LD), (".nt", RdfFormat.N_TRIPLES)):
        found = {tuple(quad.triple) for quad in parse(server.get(f"/id/organization/iq{ending}").body, format=kind)}
        assert (IRAQ, NamedNode(Skos.EXACT_MATCH), ITEM) in found
        [node] = [s for s, p, o in found if p.value == Owl.ANNOTATED_SOURCE and o == IRAQ]
        assert [o.value for s, p, o in found if s == node and p.value == Sssom.CONFIDENCE] == ["0.99"]


def test_the_exported_links_are_those_of_the_graph(five):
    links = sssom.parse(run(five, "export", "--format", "sssom"), name="export").links
    assert (IRAQ.value, ITEM.value) in {(link.subject, link.object) for link in links}
    exact = [link for link in links if link.predicate == Skos.EXACT_MATCH]
    assert len(exact) == 46
    assert all(link.is_decided and link.author and link.date and link.confidence for link in links)


def test_the_figures_count_linked_and_unlinked_entities(five):
    figures = json.loads(run(five, "stats", "--format", "json"))
    assert figures["linked entities"] == 41
    assert figures["unlinked entities"] > 0
