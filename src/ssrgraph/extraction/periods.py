"""Dates and periods in text, after the "Values" and "Time" of the fact tables' convention.

`find_periods` gives what a text says of time; what only the date of the document would resolve ("last year",
"July 15") is found too, as `unresolved`, so that nobody reads its digits as a count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Literal

from ssrgraph.documents.model import Span
from ssrgraph.extraction.dates import DASH, Atom, calendar_date, find_atoms
from ssrgraph.extraction.lexicon import any_of, load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable

PeriodKind = Literal["point", "since", "until", "range", "fiscal", "unresolved"]

_WINDOW = 40  # characters in front of a date in which the words that open a period are looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A point or stretch of time as a document gives it.

    Attributes:
        span: Its words, with those that open it ("since 2015") or give its other end.
        from_: First day, month or year as YYYY-MM-DD, YYYY-MM or YYYY; None if it is open or unresolved.
        to: Last one.
        kind: Which of the two ends are given; `fiscal` for fiscal years.
    """

    span: Span
    from_: str | None
    to: str | None
    kind: PeriodKind


def find_periods(text: str, *, offset: int = 0) -> tuple[Period, ...]:
    """Return the dates and periods that the text names, in order and without overlap.

    Args:
        text: The words to read.
        offset: Where the text begins in its document; added to every span.

    >>> [(period.from_, period.to) for period in find_periods("since 2015, between May 2016 and 2018")]
    [('2015', None), ('2016-05', '2018')]
    """
    atoms = [atom for atom in find_atoms(text) if not (atom.bare and _is_no_year(text, atom))]
    periods: list[Period] = []
    index = 0
    floor = 0
    while index < len(atoms):
        used, period = _period_at(text, atoms, index, floor)
        index += used
        if period is not None:
            periods.append(period)
            floor = period.span.end
    return tuple(replace(period, span=Span(period.span.start + offset, period.span.end + offset)) for period in periods)


def parse_date(text: str) -> str | None:
    """Return the one date that the text names, as YYYY-MM-DD, YYYY-MM or YYYY, or None.

    >>> parse_date("Tuesday, October 31st, 2018")
    '2018-10-31'
    """
    points = {period.from_ for period in find_periods(text) if period.kind == "point"}
    return points.pop() if len(points) == 1 else None


def _period_at(text: str, atoms: list[Atom], index: int, floor: int) -> tuple[int, Period | None]:
    """Read the period that begins with this atom and say how many atoms it takes."""
    atom = atoms[index]
    before = text[max(floor, atom.start - _WINDOW) : atom.start]
    joined = _joined(text, atoms, index, before)
    if joined is not None:
        return joined
    if atom.first is None and atom.last is None:
        return 1, _unresolved(atom, before)
    return 1, _single(atom, before, text)


def _joined(text: str, atoms: list[Atom], index: int, before: str) -> tuple[int, Period] | None:
    """Read "between A and B", "from A to B", "A to B" and lists of consecutive years."""
    count = 1
    first = atoms[index]
    opening = _opening(before, "range_first")
    while index + count < len(atoms):
        second = atoms[index + count]
        connector = _connector().fullmatch(text, atoms[index + count - 1].end, second.start)
        if connector is None:
            break
        first_dated = _with_year_of(first, second)
        if first_dated is None or second.last is None:
            break
        word = (connector["word"] or connector["dash"] or ",").strip().lower()
        last = atoms[index + count - 1]
        is_list = word in {"and", ",", "&", "or"} and opening is None
        if is_list and not _consecutive(last, second) and not _same_month_days(first, second):
            break
        if str(first_dated.first) > second.last:
            break
        first = replace(first_dated, last=second.last, end=second.end, fiscal=first.fiscal or second.fiscal)
        count += 1
        if not is_list:
            break
    if count == 1:
        return None
    start = first.start - (len(opening) if opening else 0)
    kind: PeriodKind = "fiscal" if first.fiscal else "range"
    return count, Period(span=Span(start, first.end), from_=first.first, to=first.last, kind=kind)


def _single(atom: Atom, before: str, text: str) -> Period:
    span, first, last = Span(atom.start, atom.end), atom.first, atom.last
    if first is None or last is None:
        return Period(span=span, from_=first, to=last, kind="since" if last is None else "until")
    ending = _year_ending().search(before)
    if ending is not None and (year := _year_before(last)) is not None:
        return Period(span=Span(atom.start - len(ending[0]), atom.end), from_=year, to=last, kind="range")
    onward = _onward().match(text, atom.end)
    since, until = _opening(before, "since"), _opening(before, "until")
    if onward is not None or since is not None:
        span = Span(atom.start - len(since or ""), onward.end() if onward else atom.end)
        return Period(span=span, from_=first, to=None, kind="since")
    if until is not None:
        return Period(span=Span(atom.start - len(until), atom.end), from_=None, to=last, kind="until")
    kind: PeriodKind = "fiscal" if atom.fiscal else "point" if first == last else "range"
    point = _opening(before, "point")
    return Period(span=Span(atom.start - len(point or ""), atom.end), from_=first, to=last, kind=kind)


def _unresolved(atom: Atom, before: str) -> Period | None:
    is_month_alone = atom.partial is not None and "-" not in atom.partial
    if is_month_alone and _month_context().search(before) is None:
        # "May" and "March" open sentences too.
        return None
    opening = _opening(before, "since") or _opening(before, "until") or ""
    return Period(span=Span(atom.start - len(opening), atom.end), from_=None, to=None, kind="unresolved")


def _with_year_of(first: Atom, second: Atom) -> Atom | None:
    """Give "July" in "between July and September 2019" the year of the second date."""
    if first.first is not None:
        return first
    if first.partial is None or second.last is None:
        return None
    year = second.last[:4]
    if "-" not in first.partial:
        value: str | None = f"{year}-{first.partial}"
    else:
        month, day = first.partial.split("-")
        value = calendar_date(year, int(month), int(day))
    return None if value is None else replace(first, first=value, last=value)


def _consecutive(first: Atom, second: Atom) -> bool:
    """Say whether one year follows the other, so that "2015 and 2016" is a stretch of time."""
    last, following = first.last or "", second.first or ""
    return len(last) == len(following) == len("2015") and int(following) == int(last) + 1


def _same_month_days(first: Atom, second: Atom) -> bool:
    """Say whether "July 11 and July 12, 2018" are two days of one event."""
    dated = _with_year_of(first, second)
    return (
        first.first is None and dated is not None and len(dated.first or "") == len(second.first or "") > len("2018-10")
    )


def _year_before(last: str) -> str | None:
    """Return the first day or month of the twelve months that end with the given one."""
    parts = [int(part) for part in last.split("-")]
    if len(parts) == 1:
        return None
    year, month = (parts[0], 1) if parts[1] == len(_MONTHS) else (parts[0] - 1, parts[1] + 1)
    if len(parts) == len(("year", "month")):
        return f"{year}-{month:02}"
    is_month_end = calendar_date(str(parts[0]), parts[1], parts[2] + 1) is None
    return f"{year}-{month:02}-01" if is_month_end else None


_MONTHS = range(1, 13)


def _is_no_year(text: str, atom: Atom) -> bool:
    """Say whether the four digits are money, a count, a measure or the number of a resolution."""
    before, after = text[max(0, atom.start - _WINDOW) : atom.start], text[atom.end : atom.end + _WINDOW]
    if _numbered().search(before) or _series_of_numbers().search(before) or _unit_after().match(after):
        return True
    return bool(_counting_before().search(before) and _plural_after().match(after))


def _opening(before: str, name: str) -> str | None:
    """Return the words at the end of `before` that open a period of this kind, with what stands behind them."""
    match = _openings(name).search(before)
    return match[0] if match else None


@cache
def _openings(name: str) -> re.Pattern[str]:
    words: Iterable[str] = load_lexicon("periods")["prefixes"][name]
    # "by the 2014 Act" ends nothing: an article stands only behind the plainest of these words.
    between = r"(?:(?:calendar|years?|fiscal\s+years?|about|around|at\s+least|on)\s+){0,2}"
    plain = rf"(?i:{name})\s+the\s+"
    beginning = rf"(?i:{name})\s+(?:its|their|the)\s+[a-z]{{3,20}}\s+(?:in|on)\s+"  # "since its launch in"
    return re.compile(rf"(?<![\w-])(?:(?i:{any_of(words)})\s+{between}|{plain}|{beginning})$")


@cache
def _connector() -> re.Pattern[str]:
    words = any_of(load_lexicon("periods")["connectors"]["range"])
    return re.compile(
        rf"(?:,?\s+(?P<word>(?i:{words}|&|or))\s+(?:(?:the|in|early|fiscal\s+year)\s+)?|(?P<dash>{DASH})|,\s+)"
    )


@cache
def _year_ending() -> re.Pattern[str]:
    return re.compile(
        r"(?<!\w)(?i:(?:the\s+)?(?:(?:fiscal|financial)\s+)?(?:year|12\s+months|twelve\s+months)\s+(?:ending|ended|to)(?:\s+on)?)\s+$"
    )


@cache
def _onward() -> re.Pattern[str]:
    return re.compile(
        r",?\s+(?:and\s+)?onwards?\b|\s+and\s+(?:after|beyond|later)\b|[-\u2013](?=present\b|today\b)(?:present|today)|\s+(?:to|until)\s+(?:the\s+)?(?:present|today|now|date)\b"
    )


@cache
def _month_context() -> re.Pattern[str]:
    return re.compile(
        r"(?<!\w)(?i:in|since|until|by|of|late|early|mid|during|from|through|before|after|between|each|every)[\s-]+$"
    )


@cache
def _numbered() -> re.Pattern[str]:
    """Match a word in front that makes four digits the number of something: "Resolution 2098"."""
    lexicon = load_lexicon("quantities")["identifier"]
    lower = set(lexicon["before"]) - set(lexicon["capitalized_only"]) - set(lexicon["named_by_year"])
    return re.compile(rf"(?<![\w-])(?i:{any_of(lower)})\s*\(?$")


@cache
def _series_of_numbers() -> re.Pattern[str]:
    """Match the beginning of "Resolutions 1973 and 2009"; a year in brackets is a year."""
    before = set(load_lexicon("quantities")["identifier"]["before"])
    plurals = [word for word in before if word.endswith("s") and word[:-1] in before]
    return re.compile(
        rf"(?<![\w-])(?i:{any_of(plurals)})\s+(?:\d+[^\W\d]?(?:\s?\(\w+\))?(?:,\s+|\s+and\s+|,\s+and\s+)){{1,5}}$"
    )


@cache
def _unit_after() -> re.Pattern[str]:
    quantities, currencies = load_lexicon("quantities"), load_lexicon("currencies")
    units = [*quantities["units"]["percent"], *quantities["units"]["measure"], *quantities["units"]["duration"]]
    nouns = [noun for row in currencies["currency"] for noun in (*row["nouns"], row["code"])]
    scales = quantities["scales"]
    return re.compile(rf"[\s-](?:[A-Z]\w+\s)?(?:{any_of([*units, *nouns, *scales])})(?!\w)")


@cache
def _counting_before() -> re.Pattern[str]:
    hedges = load_lexicon("quantities")["hedges"]
    phrases = [phrase for group in hedges.values() for phrase in group if phrase[-1].isalpha()]
    counting = load_lexicon("periods")["year"]["counting"]
    return re.compile(rf"(?<![\w-])(?:(?i:{any_of([*phrases, *counting])})|[a-z]{{2,20}}ed)\s+$")


@cache
def _plural_after() -> re.Pattern[str]:
    return re.compile(
        r"\s(?:[A-Z]\w{1,20}\s)?(?:[a-z-]{2,20}\s){0,2}?(?:[a-z-]{2,20}[^s\W]s|people|personnel|men|women|children)(?!\w)"
    )
