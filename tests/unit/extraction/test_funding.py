"""What is asked of a sum beside the case tables: its scope, its purpose, its words."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from ssrgraph.documents import parse_document
from ssrgraph.entities import load_reference
from ssrgraph.extraction.claims.funding import read_funding
from ssrgraph.extraction.claims.scopes import period_of, scope_of
from ssrgraph.extraction.model import Funding, Rejected
from ssrgraph.extraction.parsing import load_model
from ssrgraph.extraction.reading import analyse


@pytest.fixture(scope="module")
def read():
    model, reference = load_model(), load_reference()

    def reading(text: str):
        analysis = analyse(parse_document(text.encode(), name=Path("text.txt")), model, reference)
        return analysis, list(read_funding(analysis))

    return reading


def test_each_word_of_a_slot_stands_where_the_claim_says(read):
    analysis, (claim,) = read("In 2021, Norway gave Mali NOK 75 million to train its police.")
    assert isinstance(claim, Funding)
    said = {slot: analysis.words(span) for slot, span in claim.words.items()}
    assert said == {"funder": "Norway", "recipient": "Mali", "from_": "2021", "purpose": "train its police"}


def test_a_range_has_two_ends_and_no_amount(read):
    _, (claim,) = read("Norway will give Mali between $20 million and $25 million.")
    assert isinstance(claim, Funding)
    assert (claim.amount, claim.amount_min, claim.amount_max) == (None, Decimal(20_000_000), Decimal(25_000_000))


def test_an_increase_over_a_former_year_is_rejected(read):
    _, found = read("Norway gave Mali $20 million, a $5 million increase over 2020.")
    assert [type(each) for each in found] == [Funding, Rejected]
    assert found[1].reason == "change against a former value"


def test_a_sum_of_the_title_is_told_once(read):
    body = "In 2021, Norway gave Mali $20 million to train its police."
    text = f"Norway gives Mali $20 million\n\nOslo, 4 May 2021. {body}\n"
    analysis, found = read(text)
    claims = [each for each in found if isinstance(each, Funding)]
    assert [claim.purpose for claim in claims] == ["train its police"]
    assert [each.reason for each in found if isinstance(each, Rejected)] == ["said twice"]
    assert analysis.words(claims[0].passage).startswith("In 2021")


def test_what_follows_a_sum_is_its_own_up_to_the_next_sum(read):
    analysis, _ = read("Norway gave $5 million to Mali in 2020 and $7 million to Niger in 2021.")
    sums = [quantity.span for quantity in analysis.quantities if quantity.unit == "money"]
    scopes = [scope_of(analysis.sentences[0], span, sums) for span in sums]
    assert [analysis.words(scope.own).strip() for scope in scopes if scope] == [
        "to Mali in 2020 and",
        "to Niger in 2021.",
    ]
    periods = [period_of(analysis, scope) for scope in scopes if scope]
    assert [period.from_ for period in periods if period] == ["2020", "2021"]


def test_a_deadline_of_the_purpose_is_no_period_of_the_sum(read):
    _, (claim,) = read("Norway gave Mali $5 million to halve the number of attacks by 2030.")
    assert isinstance(claim, Funding)
    assert (claim.from_, claim.to) == (None, None)


def test_a_list_item_takes_giver_and_standing_from_its_lead(read):
    text = "In the coming years Norway will provide:\n\n- $5 million to Mali\n- $7 million to Niger\n"
    analysis, found = read(text)
    claims = [each for each in found if isinstance(each, Funding)]
    assert [claim.status for claim in claims] == ["planned", "planned"]
    assert [[analysis.entities[each].label for each in claim.funder] for claim in claims] == [["Norway"], ["Norway"]]
    assert [[analysis.entities[each].label for each in claim.recipient] for claim in claims] == [["Mali"], ["Niger"]]


def test_without_sums_there_is_nothing_to_say(read):
    assert read("Norway trained 200 officers of the Malian police.")[1] == []
