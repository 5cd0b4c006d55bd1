"""Links of the five documents, against what a person found for each thing that they name.

`items.csv` was made by hand, by looking every entity that the five documents name up in the verified identifiers: what
has one stands there. The identifiers are facts; that they are these things was read in the documents.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from quickstatements import parse
from ssrgraph.entities import fold_name, load_reference
from ssrgraph.export import quickstatements
from ssrgraph.linking import unlinked
from ssrgraph.resources import shipped
from ssrgraph.store import LocalStore
from ssrgraph.vocabulary import BASE, PREFIXES, SCHEME, WIKIDATA, Skos

PROMISED = 0.95
# Items that have the name of an entity and are another thing: the money is called by the state's abbreviation.
NAMESAKES = {("organization/us", "Q4917")}


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def expected():
    found = {}
    for row in rows(Path(__file__).with_name("items.csv")):
        start = SCHEME if row["thing"].startswith("materiel#") else f"{BASE}id/"
        found[start + row["thing"]] = WIKIDATA + row["item"]
    return found


@pytest.fixture(scope="module")
def linked(five):
    graph = NamedNode(f"{BASE}graph/links")
    with LocalStore.open(five) as store:
        found = {}
        for one in store.match(None, NamedNode(Skos.EXACT_MATCH), None, graph):
            found.setdefault(one.subject.value, []).append(one.object.value)
    return found


def test_no_link_is_wrong(linked, expected):
    assert {subject: targets for subject, targets in linked.items() if targets != [expected.get(subject)]} == {}


def test_nearly_everything_that_has_a_verified_identifier_is_linked(linked, expected):
    found = [subject for subject in expected if subject in linked]
    assert len(expected) == 46
    assert len(found) / len(expected) >= PROMISED


def test_no_entity_without_a_link_shares_a_name_with_a_verified_item(five, linked):
    items = {}
    for row in rows(shipped("data/links") / "items.csv"):
        for name in (row["label"], *filter(None, row["aliases"].split("|"))):
            items.setdefault(fold_name(name), set()).add(row["id"])
    names = "skos:prefLabel|skos:altLabel|schema:name|ssr:abbreviation"
    query = f"SELECT DISTINCT ?entity ?name {{ ?document schema:mentions ?entity . ?entity {names} ?name }}"
    missed = set()
    with LocalStore.open(five) as store:
        for row in store.query(query, prefixes=PREFIXES):
            entity = row["entity"].value.removeprefix(f"{BASE}id/")
            missed |= {
                (entity, item)
                for item in items.get(fold_name(row["name"].value), ())
                if WIKIDATA + item not in linked.get(row["entity"].value, [])
            }
    assert missed - NAMESAKES == set()


def test_what_the_reference_data_knows_and_nothing_links_is_named_as_lacking_an_identifier(five, root):
    page = (root / "data" / "links" / "README.md").read_text(encoding="utf-8").partition("## Without an identifier")[2]
    known = load_reference().by_id
    with LocalStore.open(five) as store:
        lacking = {one.subject.removeprefix(f"{BASE}id/") for one in unlinked(store)} & known.keys()
    assert len(lacking) > 10
    # The ministries and police forces of one state are named there together.
    together = {id_ for id_ in lacking if known[id_].state == "IQ" and known[id_].type in {"government", "police"}}
    assert {id_ for id_ in lacking - together if f"`{id_}`" not in page} == set()


def test_what_wikidata_could_take_of_the_five_documents_is_read_line_by_line(five, expected):
    with LocalStore.open(five) as store:
        commands, comments = parse(quickstatements.export(store).decode())
    items = {item.removeprefix(WIKIDATA) for item in expected.values()}
    assert {one.subject for one in commands} | {one.value for one in commands if one.kind == "item"} <= items
    assert {one.property for one in commands} == {"P463"}  # The members of NATO, as one document names them.
    assert len(commands) == 26
    assert all({"S1476", "S1683"} <= set(one.reference) for one in commands)
    assert not [one for one in commands if one.kind == "quantity"]
    assert [comment for comment in comments if "1,000 new Iraqi Army soldiers" in comment]
