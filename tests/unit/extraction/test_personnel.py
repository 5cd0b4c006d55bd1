from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from ssrgraph.documents import parse_document
from ssrgraph.entities import load_reference
from ssrgraph.extraction.claims.personnel import read_personnel
from ssrgraph.extraction.model import Bound, Personnel, Rejected
from ssrgraph.extraction.parsing import load_model
from ssrgraph.extraction.reading import analyse


@pytest.fixture(scope="module")
def read():
    model, reference = load_model(), load_reference()

    def reads(text):
        analysis = analyse(parse_document(text.encode(), name=Path("case.txt")), model, reference)
        return analysis, list(read_personnel(analysis))

    return reads


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("If it had money, Peru could train 90 officers.", "hypothetical"),
        ("Peru has not trained 90 officers.", "negated"),
        ("Over 9,000 people were displaced.", "people of no measure"),
        ("Some 900 troops took part in the exercise in Peru.", "took part in an exercise"),
        ("Forty per cent of the 90 recruits were deployed to Peru.", "share of a count"),
        ("Peru trained 90 officers, of whom 20 were from Lima.", "share of a former count"),
        ("Two ministers spoke in Lima.", "no measure"),
    ],
)
def test_what_is_not_believed_says_why(read, text, reason):
    analysis, found = read(text)
    rejected = [each for each in found if isinstance(each, Rejected)]
    assert [each.reason for each in rejected] == [reason]
    assert rejected[0].table == "personnel"
    assert any(character.isdigit() or character.isalpha() for character in analysis.words(rejected[0].quote))


def test_a_count_that_is_said_again_is_one_claim(read):
    _, found = read("Peru trained 90 officers.\n\nThe 90 officers were trained in Lima.\n")
    assert [type(each) for each in found] == [Personnel, Rejected]
    assert found[1].reason == "said before"


def test_each_filled_slot_leads_to_its_words(read):
    analysis, found = read("In 2014 Peru deployed about 370 soldiers to MINUSTAH in Haiti.")
    claim = found[0]
    assert {slot: analysis.words(span) for slot, span in claim.words.items()} == {
        "agent": "Peru",
        "organization": "MINUSTAH",
        "place": "Haiti",
        "from_": "2014",
        "to": "2014",
    }
    assert (claim.value, claim.bound, claim.group) == (Decimal(370), Bound.APPROXIMATE, "soldiers")
    assert analysis.words(claim.quote) == "about 370 soldiers"


def test_an_ellipsis_says_where_its_group_stands(read):
    analysis, found = read("Peru trains 90 officers in Lima and 40 in Cuzco.")
    assert [analysis.words(each.quote) for each in found] == ["90 officers", "40"]
    assert analysis.words(found[1].words["group"]) == "officers"


def test_a_sentence_without_numbers_gives_nothing(read):
    assert read("Peru trains several hundred officers and thousands of soldiers.")[1] == []


def test_a_trade_that_no_list_knows_counts_where_it_was_taught(read):
    _, found = read("Peru trained nine telegraphists and bought nine excavators.")
    assert [(each.measure, each.group) for each in found] == [("trained", "telegraphists")]


def test_it_takes_up_the_subject_of_the_sentence_before(read):
    analysis, found = read("Norway opened a school in Juba. It trains 90 officers a year.")
    assert [analysis.entities[id_].label for id_ in found[0].agent] == ["Norway"]
    assert analysis.words(found[0].words["agent"]) == "It"


def test_a_number_of_officers_is_that_of_the_force_in_front(read):
    analysis, found = read(
        "Thanks to aid for the Liberia National Police, the number of officers rose from 900 to 4,000."
    )
    assert [(each.measure, each.value) for each in found] == [("employed", 900), ("employed", 4000)]
    assert all("Police" in analysis.words(each.words["organization"]) for each in found)


def test_of_two_reports_the_fuller_is_kept(read):
    _, found = read("Aid for 90 officers trained\n\nIn 2014 Peru trained 90 officers in Lima.\n")
    assert [type(each) for each in found] == [Rejected, Personnel]
    assert (found[0].reason, found[1].from_) == ("said before", "2014")
