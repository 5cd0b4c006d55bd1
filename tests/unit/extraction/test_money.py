"""Currencies: which dollar a text means, and signs and words beside numbers."""

from __future__ import annotations

import pytest

from ssrgraph.extraction.money import UNKNOWN, currency_behind, currency_in_front, default_dollar


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("The force received $5 million.", "USD", id="nothing said"),
        pytest.param("All figures are in Canadian dollars.", "CAD", id="figures in"),
        pytest.param("All dollar amounts are expressed in Australian dollars unless noted.", "AUD", id="expressed in"),
        pytest.param("In this report, $ refers to New Zealand dollars.", "NZD", id="the sign"),
        pytest.param("Amounts in SGD", "SGD", id="a code"),
        pytest.param("Canada gave 5 million Canadian dollars.", "USD", id="one sum says nothing of the others"),
        pytest.param("It gave $5 million, or 7 million in Australian dollars.", "USD", id="a conversion neither"),
    ],
)
def test_a_dollar_is_american_unless_the_text_says_otherwise(text, code):
    assert default_dollar(text) == code


def test_a_sign_in_front_ends_where_the_number_begins():
    word = currency_in_front("US$ 5", 0)
    assert word is not None
    assert (word.code, word.end) == ("USD", 4)


def test_a_sign_without_a_number_is_no_currency():
    assert currency_in_front("RM officers", 0) is None


def test_words_behind_a_number_name_its_currency():
    word = currency_behind("5 Danish kroner in all", 1)
    assert word is not None
    assert (word.code, word.end) == ("DKK", 15)


def test_a_noun_of_several_currencies_is_money_of_an_unknown_one():
    word = currency_behind("5 kroner", 1)
    assert word is not None
    assert word.code == UNKNOWN


def test_pounds_are_money_in_millions_only():
    assert currency_behind("5 pounds", 1) is None
    word = currency_behind("5 million pounds", 9, scale=1_000_000)
    assert word is not None
    assert word.code == "GBP"
