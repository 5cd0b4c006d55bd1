"""Quantities: the table of cases, and what the cases cannot say."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from ssrgraph.documents.model import Span
from ssrgraph.extraction.model import Bound
from ssrgraph.extraction.periods import find_periods
from ssrgraph.extraction.quantities import find_quantities, rate_after

CASES = Path(__file__).parents[2] / "cases" / "quantities" / "quantities.csv"


def rows():
    with CASES.open(encoding="utf-8", newline="") as file:
        return [
            pytest.param(row["text"], row["expected"], id=f"{row['text']}: {row['why']}")
            for row in csv.DictReader(file)
        ]


def written(quantity, text):
    """Write a quantity as the table of cases has it: [words] value unit:what hedge rate."""
    if quantity.value is not None:
        value = str(quantity.value)
    else:
        value = "" if quantity.value_min is None else f"{quantity.value_min}..{quantity.value_max}"
    unit = quantity.unit
    if unit in {"money", "measure"}:
        unit = f"{unit}:{quantity.currency or quantity.measure or '?'}"
    parts = [
        f"[{quantity.span.of(text)}]",
        value,
        unit,
        "" if quantity.bound is Bound.EXACT else quantity.bound.value,
        f"per {quantity.per}" if quantity.per else "",
        "additional" if quantity.additional else "",
        "difference" if quantity.increase else "",
    ]
    return " ".join(part for part in parts if part)


@pytest.mark.parametrize(("text", "expected"), rows())
def test_quantities_of_the_table_of_cases(text, expected):
    assert " | ".join(written(quantity, text) for quantity in find_quantities(text)) == expected


def test_every_case_has_its_reason_and_none_stands_twice():
    with CASES.open(encoding="utf-8", newline="") as file:
        cases = list(csv.DictReader(file))
    assert [case["text"] for case in cases if not case["why"].strip()] == []
    assert len({case["text"] for case in cases}) == len(cases)


def test_spans_are_offsets_of_the_document():
    (quantity,) = find_quantities("gave about $5 million", offset=100)
    assert quantity.span == Span(105, 121)
    assert quantity.number_span == Span(111, 121)


def test_periods_given_with_the_same_offset_keep_their_digits_from_being_counts():
    text = "In 2010 and 2011 it trained 40 officers on 3 May 2012."
    periods = find_periods(text, offset=7)
    assert [quantity.value for quantity in find_quantities(text, offset=7, periods=periods)] == [Decimal(40)]


def test_digits_of_years_are_read_when_the_caller_says_that_there_are_no_periods():
    assert [quantity.value for quantity in find_quantities("2010 rifles", periods=())] == [Decimal(2010)]


def test_a_dollar_is_that_of_the_document():
    (quantity,) = find_quantities("$5 million", dollar="CAD")
    assert quantity.currency == "CAD"
    (quantity,) = find_quantities("US$5 million", dollar="CAD")
    assert quantity.currency == "USD"
    (quantity,) = find_quantities("5 million dollars", dollar="AUD")
    assert quantity.currency == "AUD"


def test_a_code_behind_a_bare_dollar_says_which_one_it_is():
    (quantity,) = find_quantities("$5 million CAD")
    assert quantity.currency == "CAD"


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        (" officers a year", "year"),
        (" officers outside of the country per year, and", "year"),
        (" men every month.", "month"),
        (" flights daily", "day"),
        (" officers. Each year", None),
        (" officers and 20 trucks a year", None),
        (" officers for a year", None),
        (" officers a year later", None),
        (" officers on a year-long course", None),
        ("", None),
    ],
)
def test_a_rate_is_read_in_the_same_clause_only(text, rate):
    assert rate_after("500" + text, 3) == rate


def test_a_second_number_does_not_lend_its_hedge_to_the_first():
    first, second = find_quantities("40 rifles and more than 300 helmets")
    assert (first.bound, second.bound) == (Bound.EXACT, Bound.AT_LEAST)
