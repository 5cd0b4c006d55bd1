"""The links that ship: generated from verified facts, valid, complete in what they say of themselves."""

from __future__ import annotations

import csv
import re
import subprocess
import sys

import pyoxigraph as ox
import pytest

from ssrgraph.entities import load_reference, sssom
from ssrgraph.entities.links import settled
from ssrgraph.resources import shipped
from ssrgraph.vocabulary import BASE, ONTOLOGY, SCHEME, WIKIDATA, Semapv, Skos

FILES = ("wikidata.sssom.tsv", "terms.sssom.tsv")


def rows(name):
    with (shipped("data/links") / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def mapping_set(name):
    return sssom.read(shipped("data/links") / name)


def test_the_files_are_what_their_script_writes(root):
    done = subprocess.run(
        [sys.executable, "data/links/generate.py", "--check"], cwd=root, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", FILES)
def test_a_file_says_what_it_is_and_each_row_who_says_so_and_how_surely(name):
    found = mapping_set(name)
    assert {"mapping_set_id", "mapping_set_title", "license", "subject_source", "object_source"} <= set(found.about)
    for link in found.links:
        assert link.justification == Semapv.MANUAL_MAPPING_CURATION
        assert link.author
        assert link.date
        assert link.subject_label
        assert link.object_label
        assert 0.9 <= link.confidence <= 1


def test_the_links_that_ship_all_count_and_contradict_nothing():
    links = [link for name in FILES for link in mapping_set(name).links]
    assert len(settled([("shipped", links)])) == len(links)


def test_only_verified_identifiers_are_shipped_each_with_its_label():
    items = {row["id"]: row for row in rows("items.csv")}
    assert all(int(row["projects"]) >= 2 for row in items.values())
    for name in FILES:
        for link in mapping_set(name).links:
            assert items[link.object.removeprefix(WIKIDATA)]["label"] == link.object_label
    for entity in load_reference().entities:
        assert entity.wikidata is None or entity.wikidata in items, entity.id


def test_the_items_are_those_that_were_verified_beside_the_checkout(shared):
    with (shared / "wikidata" / "entities.csv").open(encoding="utf-8", newline="") as file:
        verified = {row["qid"]: row["label"] for row in csv.DictReader(file) if row["verification"] == "verified"}
    with (shared / "wikidata" / "properties.csv").open(encoding="utf-8", newline="") as file:
        verified |= {row["pid"]: row["label"] for row in csv.DictReader(file)}
    assert {row["id"]: row["label"] for row in rows("items.csv")} == verified


def test_every_state_is_linked_by_its_code():
    links = {link.subject: link.object for link in mapping_set("wikidata.sssom.tsv").links}
    codes = {row["iso2"]: row["id"] for row in rows("items.csv") if row["iso2"]}
    states = load_reference().states()
    assert len(states) == len(codes) == 197
    for state in states:
        assert links[f"{BASE}id/{state.id}"] == WIKIDATA + codes[state.code]


def test_entities_are_exact_matches_and_terms_only_near_ones():
    assert {link.predicate for link in mapping_set("wikidata.sssom.tsv").links} == {Skos.EXACT_MATCH}
    assert Skos.EXACT_MATCH not in {link.predicate for link in mapping_set("terms.sssom.tsv").links}


def test_terms_and_kinds_of_materiel_that_are_linked_are_declared():
    declared = {quad.subject.value for path in shipped("ontology").rglob("*.ttl") for quad in ox.parse(path=path)}
    subjects = {link.subject for name in FILES for link in mapping_set(name).links}
    own = {iri for iri in subjects if iri.startswith((ONTOLOGY, SCHEME))}
    assert len(own) > 30
    assert own - declared == set()


def test_the_readme_names_well_known_entities_without_an_identifier(root):
    page = (root / "data" / "links" / "README.md").read_text(encoding="utf-8")
    listed = page.partition("## Without an identifier")[2]
    links = {link.subject for link in mapping_set("wikidata.sssom.tsv").links}
    names = re.findall(r"`((?:organization|mission|programme)/[a-z0-9-]+)`", listed)
    known = load_reference().by_id
    assert len(names) >= 20
    for name in names:
        assert name in known, name
        assert f"{BASE}id/{name}" not in links, name
