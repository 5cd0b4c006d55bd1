"""Dates as date lines write them."""

from __future__ import annotations

import pytest

from ssrgraph.documents.dateline import find_date, is_dateline


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("3 May 2011", "2011-05-03"),
        ("May 3, 2011", "2011-05-03"),
        ("Brussels, 5 Sept. 2014", "2014-09-05"),
        ("2021-12-01", "2021-12-01"),
        ("1st June 2020", "2020-06-01"),
        ("October 2018", "2018-10"),
        ("31 February 2020", None),
        ("no date here", None),
    ],
)
def test_the_first_date_of_a_text_is_found(text, date):
    assert find_date(text) == date


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("31 Oct. 2018 -", True),
        ("Accra, 3 May 2011", True),
        ("Published: 3 May 2011 14:30", True),
        ("It began on 3 May 2011.", False),
        ("the mission of 3 May 2011", False),
        ("Accra", False),
    ],
)
def test_a_line_with_little_more_than_a_date_is_a_date_line(text, is_one):
    assert is_dateline(text) is is_one
