"""Dates and periods: the table of cases, and single dates."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ssrgraph.documents.model import Span
from ssrgraph.extraction.periods import find_periods, parse_date

CASES = Path(__file__).parents[2] / "cases" / "periods" / "periods.csv"


def rows():
    with CASES.open(encoding="utf-8", newline="") as file:
        return [
            pytest.param(row["text"], row["expected"], id=f"{row['text']}: {row['why']}")
            for row in csv.DictReader(file)
        ]


def written(period, text):
    """Write a period as the table of cases has it: [words] kind from..to."""
    ends = "" if period.kind == "unresolved" else f" {period.from_ or ''}..{period.to or ''}"
    return f"[{period.span.of(text)}] {period.kind}{ends}"


@pytest.mark.parametrize(("text", "expected"), rows())
def test_periods_of_the_table_of_cases(text, expected):
    assert " | ".join(written(period, text) for period in find_periods(text)) == expected


def test_every_case_has_its_reason_and_none_stands_twice():
    with CASES.open(encoding="utf-8", newline="") as file:
        cases = list(csv.DictReader(file))
    assert [case["text"] for case in cases if not case["why"].strip()] == []
    assert len({case["text"] for case in cases}) == len(cases)


def test_spans_are_offsets_of_the_document():
    (period,) = find_periods("active since 2015", offset=100)
    assert period.span == Span(107, 117)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("October 31st, 2018", "2018-10-31"),
        ("Brussels, 31 Oct. 2018 -", "2018-10-31"),
        ("Tuesday, 31 October 2018", "2018-10-31"),
        ("August 2004", "2004-08"),
        ("2018", "2018"),
        ("31.10.2018", "2018-10-31"),
        ("July 15", None),
        ("March to May 2018", None),
        ("5 May 2018, 6 May 2018", None),
        ("no date", None),
        ("", None),
    ],
)
def test_one_date_is_read_and_anything_else_is_none(text, date):
    assert parse_date(text) == date
