from __future__ import annotations

from pathlib import Path

import pytest

from ssrgraph.documents import parse_document
from ssrgraph.entities import load_reference
from ssrgraph.extraction.claims.count import MOST_QUANTITIES
from ssrgraph.extraction.claims.counted import phrases_of
from ssrgraph.extraction.claims.nouns import people_plurals, plural_of, sounds_like_people, word_set
from ssrgraph.extraction.parsing import load_model
from ssrgraph.extraction.reading import analyse


@pytest.fixture(scope="module")
def phrases():
    model, reference = load_model(), load_reference()

    def read(text):
        analysis = analyse(parse_document(text.encode(), name=Path("case.txt")), model, reference)
        return [(analysis.words(c.quote), analysis.words(c.group), c.people) for c in phrases_of(analysis)]

    return read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oman trained 40 officers.", [("40 officers", "officers", True)]),
        ("It reached over 2 million people.", [("over 2 million people", "people", True)]),
        ("Chile bought 12 trucks.", [("12 trucks", "trucks", False)]),
        ("They met 60 at-risk youth.", [("60 at-risk youth", "at-risk youth", True)]),
        (
            "Oman trained 40 members of the Royal Guard.",
            [("40 members of the Royal Guard", "members of the Royal Guard", True)],
        ),
        ("Oman sent 30 of its soldiers.", [("30 of its soldiers", "soldiers", True)]),
        ("Oman has a five-year plan.", []),
        ("A 150-strong company came.", [("150-strong company", "company", True)]),
        ("Oman has 40 blue helmets.", [("40 blue helmets", "blue helmets", True)]),
        ("Oman has 90 steel helmets.", [("90 steel helmets", "steel helmets", False)]),
        ("Ten Afghans came.", [("Ten Afghans", "Afghans", True)]),
        ("Oman keeps 900 forces there.", [("900 forces", "forces", True)]),
        ("Oman has three forces.", [("three forces", "forces", False)]),
        ("Oman trained 40 officers here and 20 abroad.", [("40 officers", "officers", True), ("20", "officers", True)]),
        ("It cleared 30 hectares.", [("30 hectares", "hectares", False)]),
        ("Half, or 50 per cent, paid $5 million under Resolution 1325.", []),
        ("Air Base 201 is large.", []),
        ("Crime rose; an increase of 40 cases.", []),
    ],
)
def test_a_number_is_read_with_what_it_counts(phrases, text, expected):
    assert phrases(text) == expected


def test_a_sized_body_keeps_what_it_is_made_of(phrases):
    assert phrases("Nepal sent a 90-member team of doctors.") == [("90-member team of doctors", "doctors", True)]


def test_a_label_in_front_of_a_colon_is_counted(phrases):
    assert phrases("Current strength: 850") == [("Current strength: 850", "Current strength", True)]


def test_two_numbers_share_the_noun_of_the_later(phrases):
    assert phrases("It will fall from 900 to 700 soldiers.") == [
        ("900", "soldiers", True),
        ("700 soldiers", "soldiers", True),
    ]


@pytest.mark.parametrize(
    ("noun", "plural"),
    [("airman", "airmen"), ("human", "humans"), ("family", "families"), ("attaché", "attachés"), ("coach", "coaches")],
)
def test_plurals_are_regular_but_for_men_and_children(noun, plural):
    assert plural_of(noun) == plural


def test_no_noun_counts_both_people_and_things():
    assert not people_plurals() & word_set("personnel", "people", "suffix_things")


def test_trades_sound_like_people_and_machines_do_not():
    parsed = load_model().language("They trained 12 telegraphists and bought 12 excavators.")
    assert [t.text for t in parsed if sounds_like_people(t)] == ["telegraphists"]


def test_a_sentence_of_very_many_quantities_counts_nothing(phrases):
    row = ", ".join(["4 men"] * (MOST_QUANTITIES + 1))
    assert phrases(f"Oman trained {row} and others.") == []


def test_a_sentence_of_many_quantities_still_counts(phrases):
    row = ", ".join(["4 officers"] * 20)
    assert len(phrases(f"Oman trained {row} and others.")) == 20
