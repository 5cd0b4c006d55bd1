from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from ssrgraph.documents import parse_document
from ssrgraph.entities import load_reference
from ssrgraph.extraction.claims.results import read_results
from ssrgraph.extraction.lexicon import load_lexicon
from ssrgraph.extraction.model import Rejected, Result
from ssrgraph.extraction.parsing import load_model
from ssrgraph.extraction.reading import analyse


@pytest.fixture(scope="module")
def read():
    model, reference = load_model(), load_reference()

    def reads(text):
        analysis = analyse(parse_document(text.encode(), name=Path("case.txt")), model, reference)
        return analysis, list(read_results(analysis))

    return reads


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Peru did not clear 40 mines.", "negated"),
        ("Peru might clear 40 mines.", "hypothetical"),
        ("Peru will clear 20 to 30 villages.", "range"),
        ("Peru received 40 trucks.", "no outcome"),
        ("The gift of 40 radios by Peru was welcome.", "materiel given"),
    ],
)
def test_what_is_not_believed_says_why(read, text, reason):
    _, found = read(text)
    assert [each.reason for each in found if isinstance(each, Rejected)] == [reason]


def test_each_filled_slot_leads_to_its_words(read):
    analysis, found = read("In 2014 Peru cleared more than 1,200 mines in Ecuador.")
    claim = found[0]
    assert isinstance(claim, Result)
    assert (claim.measure, claim.value) == ("mines cleared", Decimal(1200))
    assert {slot: analysis.words(span) for slot, span in claim.words.items()} == {
        "agent": "Peru",
        "place": "Ecuador",
        "from_": "2014",
        "to": "2014",
    }


def test_an_outcome_that_is_said_again_is_one_claim(read):
    _, found = read("Peru cleared 40 mines.\n\nIn all, 40 mines were cleared.\n")
    assert [type(each) for each in found] == [Result, Rejected]
    assert found[1].reason == "said before"


def test_every_noun_of_action_ends_in_the_participle_of_a_verb():
    lexicon = load_lexicon("results")
    assert set(lexicon["nominal"].values()) <= set(lexicon["verbs"].values())


def test_every_special_verb_has_a_participle():
    lexicon = load_lexicon("results")
    lists = [
        lexicon["outcomes"][key] for key in ("disposing", "telling", "persons_verbs", "scene_verbs", "hours_verbs")
    ]
    known = set(lexicon["verbs"])
    assert {verb for verbs in lists for verb in verbs} - known == {
        "shoot",
        "down",
        "log",
        "spend",
        "pilot",
        "restore",
    } - known
