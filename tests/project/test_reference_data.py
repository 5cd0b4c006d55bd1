"""Rules of the reference data that ships, beyond those that loading it checks."""

from __future__ import annotations

import csv
import re
from collections import Counter

import pytest

from ssrgraph.entities import EntityKind, fold_name, load_reference
from ssrgraph.export.publication.gathering import load_sources
from ssrgraph.resources import shipped

FILES = ("states.csv", "organizations.csv", "programmes.csv", "missions.csv", "places.csv", "currencies.csv")
SOURCES = {"wikidata", "rigour", "mledoze", "geonames", "cldr", "curated"}


@pytest.fixture(scope="module")
def reference():
    return load_reference()


def rows(name):
    with (shipped("data/reference") / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", FILES)
def test_every_source_is_explained(name):
    explained = (shipped("data/reference") / "SOURCES.md").read_text(encoding="utf-8")
    used = {source.split(":")[0] for row in rows(name) for source in row["source"].split("|")}
    assert used <= SOURCES
    assert all(f"`{source}`" in explained for source in used)


def test_the_licence_of_the_demonyms_is_named():
    assert "ODbL" in (shipped("data/reference") / "SOURCES.md").read_text(encoding="utf-8")


def test_all_states_have_codes_an_identifier_and_an_adjective():
    states = rows("states.csv")
    assert len(states) == 197
    for column, pattern in (("iso2", r"[A-Z]{2}"), ("iso3", r"[A-Z]{3}"), ("wikidata", r"Q\d+")):
        values = [row[column] for row in states]
        assert len(set(values)) == 197
        assert all(re.fullmatch(pattern, value) for value in values), column
    assert {"PS", "VA", "XK", "TW", "SS", "TL"} <= {row["iso2"] for row in states}
    assert all(row["adjectives"] for row in states)


def test_an_adjective_means_one_state_or_says_that_it_is_shared(reference):
    owners = Counter(
        word for state in reference.states() for word in state.adjectives if word not in state.shared_names
    )
    assert [word for word, count in owners.items() if count > 1] == []


def test_every_state_uses_a_currency():
    users = {state for row in rows("currencies.csv") for state in row["states"].split("|")}
    assert {row["iso2"] for row in rows("states.csv")} - users == set()


def test_signs_and_names_that_are_no_ones_else_belong_to_one_currency():
    for column in ("symbols", "names"):
        owners = Counter(text for row in rows("currencies.csv") for text in row[column].split("|") if text)
        assert [text for text, count in owners.items() if count > 1] == [], column


def test_every_state_has_a_place(reference):
    placed = {entity.state for entity in reference.entities if entity.kind is EntityKind.PLACE}
    # These are cities themselves.
    assert {state.code for state in reference.states()} - placed == {"MC", "VA"}


def test_the_data_covers_what_it_promises(reference):
    counts = Counter(entity.kind for entity in reference.entities)
    assert counts[EntityKind.ORGANIZATION] >= 197 + 350
    assert counts[EntityKind.MISSION] >= 150
    assert counts[EntityKind.PROGRAMME] >= 150
    assert counts[EntityKind.PLACE] <= 3000


def test_missions_end_after_they_begin():
    for row in rows("missions.csv"):
        assert not row["end"] or row["start"] <= row["end"], row["label"]


def test_no_entity_has_one_name_twice_in_two_spellings_of_case(reference):
    for entity in reference.entities:
        assert entity.label not in (*entity.aliases, *entity.local_names), entity.id


def test_every_name_finds_its_entity(reference):
    lost = [
        (name.text, name.entity)
        for name in reference.names()
        if name.role != "adjective"
        and name.entity
        not in {found.id for found in reference.find(name.text, states=filter(None, [name.needs_state]))}
    ]
    assert lost == []


def test_names_that_only_differ_in_case_are_told_apart(reference):
    meaning = {}
    for name in reference.names():
        if name.role == "adjective" or name.exact or name.shared or name.needs_state:
            continue
        other = meaning.setdefault(fold_name(name.text), name)
        assert other.entity == name.entity, (other.text, other.entity, name.text, name.entity)


def test_rows_are_sorted_so_that_changes_read_well():
    for name, column in (("states.csv", "iso2"), ("currencies.csv", "code")):
        values = [row[column] for row in rows(name)]
        assert values == sorted(values), name


def test_every_source_of_a_row_has_its_licence_for_programs():
    sources = load_sources()
    assert set(sources) == SOURCES
    page = (shipped("data/reference") / "SOURCES.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `(\w+)(?:: X)?` \|", page.partition("## ")[0], re.MULTILINE)
    assert list(dict.fromkeys(listed)) == list(sources)
    assert all(source.licence.startswith("https://spdx.org/licenses/") for source in sources.values())
