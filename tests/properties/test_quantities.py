"""Numbers and periods hold for any text: spans are valid, ordered and apart, and reading takes linear time."""

from __future__ import annotations

import time
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssrgraph.extraction.model import Bound
from ssrgraph.extraction.money import default_dollar
from ssrgraph.extraction.periods import find_periods
from ssrgraph.extraction.quantities import find_quantities, rate_after

WORDS = (
    *("one", "two", "twenty", "hundred", "thousand", "million", "dozen", "half", "a", "quarter", "of", "and", "to"),
    *("between", "from", "over", "about", "up", "at", "least", "-", "\u2013", ",", ".", "(", ")", "$", "\u20ac", "US$"),
    *("USD", "euros", "kroner", "5", "12", "000", "1,000", "2.5", "2014", "2015", "1990s", "FY", "Q3", "May", "July"),
    *(
        "31",
        "since",
        "until",
        "by",
        "12,5",
        "m",
        "bn",
        "k",
        "%",
        "km",
        "year",
        "month",
        "annually",
        "F-16",
        "Resolution",
    ),
    *("Sections", "552(c)", "+", "~", "/", ":", "\n", "rose", "increase", "additional", "or", "more", "1st", "\u00bd"),
    *("\u00a0", "http://x"),
)
pieces = st.lists(st.sampled_from(WORDS), max_size=60)
texts = st.one_of(st.text(max_size=200), pieces.map(" ".join), pieces.map("".join))


def assert_apart(spans, text):
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(left.end <= right.start for left, right in pairwise(spans))


@settings(max_examples=400, deadline=None)
@given(texts)
def test_spans_of_quantities_are_valid_ordered_and_apart(text):
    quantities = find_quantities(text)
    assert_apart([quantity.span for quantity in quantities], text)
    for quantity in quantities:
        assert quantity.span.covers(quantity.number_span)
        assert (quantity.value is None) or (quantity.value_min is None)
        assert (quantity.value_min is None) == (quantity.value_max is None)
        if quantity.value_min is not None and quantity.value_max is not None:
            assert quantity.value_min < quantity.value_max


@settings(max_examples=400, deadline=None)
@given(texts)
def test_spans_of_periods_are_valid_ordered_and_apart_and_their_ends_in_order(text):
    periods = find_periods(text)
    assert_apart([period.span for period in periods], text)
    for period in periods:
        if period.kind == "unresolved":
            assert period.from_ is None
            assert period.to is None
        else:
            assert period.from_ or period.to
        if period.from_ and period.to:
            shared = min(len(period.from_), len(period.to))
            assert period.from_[:shared] <= period.to[:shared]


@settings(max_examples=100, deadline=None)
@given(texts, st.integers(min_value=0, max_value=10_000))
def test_an_offset_moves_every_span_and_changes_nothing_else(text, offset):
    here, there = find_quantities(text), find_quantities(text, offset=offset)
    assert [(q.span.start + offset, q.span.end + offset, q.value, q.unit) for q in here] == [
        (q.span.start, q.span.end, q.value, q.unit) for q in there
    ]


@given(st.integers(min_value=0, max_value=999_999_999), st.sampled_from([",", "\u00a0", "\u202f", "\u2019"]))
def test_a_grouped_number_has_the_value_of_its_digits(number, separator):
    text = f"{number:,}".replace(",", separator) + " rifles"
    (quantity,) = find_quantities(text, periods=())
    assert quantity.value == Decimal(number)


@given(
    st.decimals(min_value=1, max_value=999, places=2),
    st.sampled_from([("million", 10**6), ("bn", 10**9), ("trillion", 10**12)]),
    st.sampled_from([("$", "USD"), ("€", "EUR"), ("NOK ", "NOK"), ("A$", "AUD")]),
    st.sampled_from(
        [("", Bound.EXACT), ("over ", Bound.AT_LEAST), ("up to ", Bound.AT_MOST), ("about ", Bound.APPROXIMATE)]
    ),
)
def test_a_sum_is_read_back_as_it_was_written(number, scale, currency, hedge):
    text = f"{hedge[0]}{currency[0]}{number} {scale[0]}"
    (quantity,) = find_quantities(text, periods=())
    assert (quantity.value, quantity.currency, quantity.bound) == (number * scale[1], currency[1], hedge[1])
    assert quantity.span.of(text) == text


@given(st.dates(min_value=date(1800, 1, 1), max_value=date(2099, 12, 31)))
def test_a_day_is_read_back_however_it_is_written(day):
    for form in ("%d %B %Y", "%B %d, %Y", "%d %b %Y", "%Y-%m-%d", "%d.%m.%Y"):
        (period,) = find_periods(day.strftime(form))
        assert (period.from_, period.to, period.kind) == (day.isoformat(), day.isoformat(), "point")


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "1",
        "1,",
        " ",
        "- ",
        "one ",
        "hundred and ",
        "2015, ",
        "2015 and ",
        "$",
        "May ",
        "(",
        "over ",
        "Sections 1, ",
        "a-",
        "1 000 ",
        "\n",
    ],
)
def test_reading_takes_time_in_proportion_to_the_text(piece):
    def seconds(length):
        text = piece * (length // len(piece))
        start = time.thread_time()  # What others do on the machine does not count.
        find_quantities(text)
        default_dollar(text)
        rate_after(text, 0)
        return time.thread_time() - start

    seconds(1_000)
    small, large = min(seconds(10_000) for _ in range(2)), min(seconds(40_000) for _ in range(2))
    # Four times the text: quadratic time would be sixteen times. The added constant forgives a small start.
    assert large < 10 * small + 0.3
