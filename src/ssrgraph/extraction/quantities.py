"""Quantities in text: counts, sums of money, shares and measures, each with its hedge, range and rate.

Numbers that count nothing (resolutions, models of materiel, ordinals, times, list numbers) are found too, under units
that callers leave out, so that nobody takes their digits for a count. Digits of dates are no quantities at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Literal

from ssrgraph.documents.model import Span
from ssrgraph.extraction.hedges import (
    Rate,
    bound_behind,
    is_difference,
    rate_after,
    rate_before,
    strongest,
    words_in_front,
)
from ssrgraph.extraction.lexicon import any_of, load_lexicon
from ssrgraph.extraction.model import Bound
from ssrgraph.extraction.money import UNKNOWN, currency_behind, currency_in_front, symbols
from ssrgraph.extraction.numerals import Numeral, number_words, plain_number, read_numeral
from ssrgraph.extraction.periods import find_periods
from ssrgraph.extraction.units import Reading, unit_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ssrgraph.extraction.periods import Period

__all__ = ["Quantity", "Unit", "find_quantities", "rate_after"]

Unit = Literal["money", "count", "percent", "measure", "ordinal", "identifier"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number in a text and what its surroundings make of it.

    Attributes:
        span: From the hedge to the end of the number, its scale and its currency or unit ("more than $1.25 billion").
        number_span: The number alone, with scale and currency.
        value: The number; None for a range and for what is no number ("F-16").
        value_min: Lower end of a range.
        value_max: Upper end of a range.
        bound: What the hedge says.
        per: The rate at which it is claimed.
        unit: What is counted; only `money` and `count` are claims' values.
        currency: ISO 4217 code of money; None if the words leave it open.
        measure: The unit of a measure as it is written ("km", "month").
        additional: Whether it comes on top of another value ("an additional 500").
        increase: Whether it is the difference between two values ("an increase of $15 million") and no value itself.
    """

    span: Span
    number_span: Span
    value: Decimal | None
    value_min: Decimal | None = None
    value_max: Decimal | None = None
    bound: Bound = Bound.EXACT
    per: Rate | None = None
    unit: Unit = "count"
    currency: str | None = None
    measure: str | None = None
    additional: bool = False
    increase: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Number:
    """A numeral with the currency or unit beside it."""

    start: int
    end: int
    numeral: Numeral
    reading: Reading


def find_quantities(
    text: str, *, offset: int = 0, periods: Iterable[Period] | None = None, dollar: str = "USD"
) -> tuple[Quantity, ...]:
    """Return the quantities of the text in order and without overlap.

    Args:
        text: The words to read, one sentence or more.
        offset: Where the text begins in its document; added to every span.
        periods: The periods of this text with the same offset; found here if none are given.
        dollar: What "$" means, see `money.default_dollar`.

    >>> [(str(q.value), q.bound.value, q.currency) for q in find_quantities("It gave more than $1.2 billion.")]
    [('1200000000', 'at_least', 'USD')]
    """
    known = find_periods(text, offset=offset) if periods is None else periods
    taken = [Span(period.span.start - offset, period.span.end - offset) for period in known]
    numbers = _numbers(text, taken, dollar)
    quantities: list[Quantity] = []
    index = floor = 0
    while index < len(numbers):
        number = numbers[index]
        following = numbers[index + 1] if index + 1 < len(numbers) else None
        quantity = _pair(text, number, following, floor) if following else None
        index += 1 if quantity is None else 2
        quantity = quantity or _quantity(text, number, floor)
        quantities.append(quantity)
        floor = quantity.span.end
    return tuple(
        replace(quantity, span=_moved(quantity.span, offset), number_span=_moved(quantity.number_span, offset))
        for quantity in quantities
    )


def number_place(text: str) -> int | None:
    """Return the first place where a number may begin; in front of it `find_quantities` finds none."""
    match = _candidate().search(text)
    return match.start() if match else None


def _moved(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset)


def _numbers(text: str, taken: list[Span], dollar: str) -> list[_Number]:
    """Return all numbers of the text outside the spans of its periods."""
    numbers: list[_Number] = []
    position = index = 0
    while (match := _candidate().search(text, position)) is not None:
        start = match.start()
        while index < len(taken) and taken[index].end <= start:
            index += 1
        if index < len(taken) and taken[index].start <= start:
            position = taken[index].end
            continue
        limit = taken[index].start if index < len(taken) else len(text)
        number = _read(text, match, numbers[-1] if numbers else None, dollar)
        position = max(match.end(), start + 1)
        if number is not None and number.end <= limit:
            numbers.append(number)
            position = number.end
    return numbers


def _read(text: str, match: re.Match[str], previous: _Number | None, dollar: str) -> _Number | None:
    start = match.start()
    if match["skipped"]:
        return None
    if match["identifier"]:
        name = Numeral(start=start, end=match.end(), value=Decimal(0))
        return _Number(start=start, end=name.end, numeral=name, reading=Reading(unit="identifier", end=name.end))
    front = currency_in_front(text, start, dollar=dollar)
    at = front.end + (text[front.end : front.end + 1] == "~") if front else start
    shared = _shared_currency(text, previous, start)
    numeral = read_numeral(text, at, money=front is not None or shared is not None)
    if numeral is None:
        return None
    behind = currency_behind(text, numeral.end, scale=numeral.scale, dollar=dollar)
    if front is not None or behind is not None:
        code = behind.code if behind and (front is None or front.code == dollar) else front.code if front else UNKNOWN
        reading: Reading | None = Reading(
            unit="money", end=behind.end if behind else numeral.end, currency=code or None
        )
    elif shared is not None and previous is not None and _continues(text, previous, numeral):
        reading = Reading(unit="money", end=numeral.end, currency=shared or None)
    elif previous is not None and previous.reading.series and _series().fullmatch(text, previous.end, start):
        reading = Reading(unit="identifier", end=numeral.end, series=True)
    else:
        reading = unit_of(text, numeral)
    return None if reading is None else _Number(start=start, end=reading.end, numeral=numeral, reading=reading)


def _shared_currency(text: str, previous: _Number | None, start: int) -> str | None:
    """Return the currency of the number in front if this one may be the upper end of its range."""
    if previous is None or previous.reading.unit != "money":
        return None
    return (previous.reading.currency or UNKNOWN) if _connector().fullmatch(text, previous.end, start) else None


def _continues(text: str, previous: _Number, numeral: Numeral) -> bool:
    """Say whether a number without a currency shares that of "$20-25 million" or "between $5 and 10 million".

    "$5 million to 20 countries" is no range.
    """
    dash = _connector().fullmatch(text, previous.end, numeral.start)
    if dash is not None and dash["word"] is None:
        return True
    if previous.numeral.scale == 1:
        return numeral.scale > 1
    opening = _opening().search(text[max(0, previous.start - len("between  ")) : previous.start])
    return numeral.scale > 1 and opening is not None


def _quantity(text: str, number: _Number, floor: int) -> Quantity:
    reading = number.reading
    span = Span(number.start, number.end)
    if reading.unit in {"identifier", "ordinal"}:
        value = None if reading.unit == "identifier" or number.numeral.words else number.numeral.value
        return Quantity(span=span, number_span=span, value=value, unit=reading.unit)
    front = words_in_front(text, number.start, floor)
    behind = bound_behind(text, number.end)
    end = behind[1] if behind else number.end
    bounds = ([behind[0]] if behind else []) + ([front.bound] if front.bound is not Bound.EXACT else [])
    return Quantity(
        span=Span(front.start, end),
        number_span=span,
        value=number.numeral.value,
        bound=strongest(bounds),
        per=rate_after(text, end) or rate_before(text, front.start, floor),
        unit=reading.unit,
        currency=reading.currency,
        measure=reading.measure,
        additional=front.additional,
        increase=_is_change(text, number.start, floor) or is_difference(text, number.start, end),
    )


def _is_change(text: str, start: int, floor: int) -> bool:
    """Say whether a number in front of others is a difference: "cut by $5 million", "raised its aid by $5 million"."""
    front = words_in_front(text, start, floor)
    before = text[floor : front.start]
    by = before.rstrip().endswith(" by") and _change_verb().search(before) is not None
    return front.difference or by


def _pair(text: str, one: _Number, other: _Number, floor: int) -> Quantity | None:
    return _doubled(text, one, other, floor) or _range(text, one, other, floor)


def _doubled(text: str, words: _Number, digits: _Number, floor: int) -> Quantity | None:
    """Read a number in words that digits in brackets repeat: "thirty-four (34) officers"."""
    again = text[digits.start : digits.end].replace(",", "")
    same = again.isdecimal() and words.numeral.value == Decimal(again) and not text[words.start].isdigit()
    if not same or text[words.end : digits.start].strip() != "(" or text[digits.end : digits.end + 1] != ")":
        return None
    one = _quantity(text, words, floor)
    end = digits.end + 1
    return replace(one, span=Span(one.span.start, end), number_span=Span(one.number_span.start, end))


def _range(text: str, low: _Number, high: _Number, floor: int) -> Quantity | None:
    """Read two numbers as one range: "60 to 80", "between 60 and 80", "$20-25 million"."""
    between = text[low.end : high.start]
    connector = _connector().fullmatch(between)
    if connector is None or "identifier" in {low.reading.unit, high.reading.unit}:
        return None
    opening = _opening().search(text[max(floor, low.start - len("between  ")) : low.start])
    word = (connector["word"] or "-").lower()
    if (word == "and") != (opening is not None and opening[1].lower() == "between"):
        return None
    risen = opening is not None and opening[1].lower() == "from" and _change_verb().search(text[floor : low.start])
    if risen or (word == "to" and _is_change(text, low.start, floor)):
        return None  # "cut by $100 million to $1.1 billion"
    if low.reading.unit != high.reading.unit and not (low.numeral.scale == 1 and low.reading.unit == "count"):
        return None
    minimum = _scaled_as(low, high)
    if minimum >= high.numeral.value or "" in {low.reading.currency, high.reading.currency}:
        return None
    start = low.start - (len(opening[0]) if opening else 0)
    front = words_in_front(text, start, floor)
    behind = bound_behind(text, high.end)
    span = Span(front.start, high.end)
    return Quantity(
        span=span,
        number_span=Span(low.start, high.end),
        value=None,
        value_min=minimum,
        value_max=high.numeral.value,
        bound=strongest([behind[0], front.bound] if behind else [front.bound]),
        per=rate_after(text, high.end) or rate_before(text, front.start, floor),
        unit=high.reading.unit,
        currency=high.reading.currency or low.reading.currency,
        measure=high.reading.measure,
        additional=front.additional,
        increase=front.difference or is_difference(text, low.start, high.end),
    )


def _scaled_as(low: _Number, high: _Number) -> Decimal:
    """Return the lower end, which shares the scale of the upper end in "$20-25 million"."""
    shared = plain_number(low.numeral.value * high.numeral.scale)
    return shared if low.numeral.scale == 1 and shared < high.numeral.value else low.numeral.value


@cache
def _candidate() -> re.Pattern[str]:
    """Match where a number may begin: at a currency, a digit, a word; addresses and model names apart."""
    return re.compile(
        r"(?P<skipped>(?:https?://|www\.)\S{1,2000}|\+\d[\d ().-]{6,20}\d)"
        rf"|(?<!\w)(?P<currency>{symbols()})[ \t\u00a0\u202f\u2009]?(?=~?\d)"
        r"|(?<![\w])(?P<identifier>(?:[A-Za-z]{1,12}[-\u2010\u2011]){1,3}\d[\w./-]{0,40}\b|[A-Za-z]{1,12}\d[\w./-]{0,40}\b)"
        r"|(?<![\w.,])(?P<digits>(?=\d|[½¼¾]))"
        rf"|(?<![\w'\u2019-])(?P<words>(?={number_words()}))"
    )


@cache
def _connector() -> re.Pattern[str]:
    return re.compile(r"\s+(?:up\s+)?(?P<word>(?i:to|and|or))\s+|\s?[-\u2010-\u2015]\s?")


@cache
def _series() -> re.Pattern[str]:
    """Match what stands between the numbers of "Sections 552(c)(2), 506 and 614"."""
    return re.compile(r"(?:\([a-z\d]{1,4}\)){0,4}(?:,?\s+(?:and|or|to|through)\s+|,\s+|\s?[-\u2010-\u2015]\s?)")


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(r"(?<!\w)((?i:between|from))\s+$")


@cache
def _change_verb() -> re.Pattern[str]:
    verbs = any_of(load_lexicon("quantities")["change"]["change_verbs"])
    return re.compile(rf"(?<!\w)(?i:{verbs})(?!\w)[^.;]{{0,80}}$")
