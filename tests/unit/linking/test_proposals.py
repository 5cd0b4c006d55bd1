"""Candidates are scored by what agrees, and each feature is told."""

from __future__ import annotations

import pytest

from ssrgraph.linking import Item, Unlinked, propose, shipped_items
from ssrgraph.linking.proposals import Items
from ssrgraph.linking.shipped import kinds_of_types
from ssrgraph.vocabulary import BASE

GUARD = Unlinked(
    subject=f"{BASE}id/organization/coast-guard",
    label="Coast Guard",
    names=("Coast Guard", "NCG"),
    kind="organization",
    country=("Norland", "ND"),
    parent=("Ministry of the Sea",),
    neighbours=("Lake Union",),
)
ORGANIZATION = frozenset({"organization"})


def item(number, label="Coast Guard", **more):
    return Item(id=f"Q{number}", label=label, **({"kinds": ORGANIZATION} | more))


def proposed(*items, entity=GUARD, **more):
    return propose(entity, Items(items), **more)


def test_all_named_features_are_told():
    properties = {"country": ("Norland",), "parent": ("Ministry of the Sea",), "neighbours": ("Other Union",)}
    [one] = proposed(item(1, names=("NCG", "Norland Coast Guard"), properties=properties))
    assert set(one.features) == {"label", "alias", "abbreviation", "type", "country", "parent", "neighbours"}
    assert [one.features[name] for name in ("label", "abbreviation", "type", "country", "parent")] == [1, 1, 1, 1, 1]
    assert one.features["neighbours"] < 1


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({}, {"label": "Coast Guards Band"}),
        ({}, {"kinds": frozenset({"place"})}),
        ({"properties": {"country": ("Norland",)}}, {"properties": {"country": ("Sudland",)}}),
        ({"properties": {"country": ("Norland",)}}, {}),
        ({}, {"properties": {"country": ("Sudland",)}}),
        ({"properties": {"parent": ("Ministry of the Sea",)}}, {"properties": {"parent": ("Navy",)}}),
        ({"properties": {"neighbours": ("Lake Union",)}}, {"properties": {"neighbours": ("Hill Union",)}}),
    ],
)
def test_what_agrees_more_comes_first(better, worse):
    found = proposed(item(2, **worse), item(7, **better), least=0)
    assert found[0].item.id == "Q7"
    assert len(found) == 1 or found[0].score > found[1].score


def test_an_abbreviation_alone_finds_an_item():
    [one] = proposed(item(1, "Kystvakt", names=("NCG",)))
    assert one.features["abbreviation"] == 1


def test_what_shares_no_name_is_no_candidate_whatever_else_agrees():
    assert proposed(item(1, "Fire Brigade", properties={"country": ("Norland",)}), least=0) == []


def test_candidates_are_bounded_in_number_and_by_their_score():
    items = [item(number) for number in range(1, 9)]
    assert [one.item.id for one in proposed(*items, limit=3)] == ["Q1", "Q2", "Q3"]
    assert proposed(*items, least=99.5) == []


def test_what_is_not_offered_is_left_out():
    assert [one.item.id for one in proposed(item(1), item(2), without={"Q1"})] == ["Q2"]


def test_the_index_that_ships_finds_a_state_by_another_of_its_names():
    entity = Unlinked(subject="urn:x:s", label="the Republic of Iraq", names=("the Republic of Iraq",), kind="country")
    assert propose(entity, Items(shipped_items()))[0].item.id == "Q796"


def test_every_type_of_the_index_says_what_it_is():
    kinds = kinds_of_types()
    assert {one.about for one in shipped_items()} <= set(kinds)
    assert all(one.kinds for one in shipped_items())
