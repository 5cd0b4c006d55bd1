"""Single dates as they are written: years, months, days, quarters, decades, fiscal years, and what cannot be dated."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, TypedDict

from ssrgraph.extraction.lexicon import any_of, load_lexicon

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

DASH = r"\s?[-\u2010-\u2015]\s?"
_YEAR = r"(?:1[89]\d\d|20\d\d)"
# A year is no part of a longer number, of an address or of a symbol of a document ("S/2014/136").
_YEAR_START = r"(?<![\w/$€£¥.,#@&=-])"
_YEAR_END = r"(?![\w%€£$/@]|-\d|[.,]\d|\s?(?:%|€|£|°))"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_ORDINAL = r"(?:st|nd|rd|th)?"


class _Values(TypedDict, total=False):
    first: str
    last: str
    fiscal: bool
    partial: str
    partial_last: str
    bare: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Atom:
    """One date expression, without the words around it that open or join periods.

    Attributes:
        start: Offset in the text.
        end: Offset behind it.
        first: Its first day, month or year, None if it is unresolved.
        last: Its last one.
        fiscal: Whether it is a fiscal year.
        partial: Month, or `MM-DD`, of a date that has no year of its own and may take it from a date joined to it.
        partial_last: The second day of such a date, for "July 8 and 9".
        bare: Whether it is four digits and nothing else.
    """

    start: int
    end: int
    first: str | None = None
    last: str | None = None
    fiscal: bool = False
    partial: str | None = None
    partial_last: str | None = None
    bare: bool = False


def find_atoms(text: str) -> list[Atom]:
    """Return the date expressions of the text in order; they do not overlap."""
    return [_read(match) for match in _grammar().finditer(text)]


@cache
def months() -> Mapping[str, int]:
    """Return the number of each month by its name or abbreviation in lower case."""
    return {name.lower(): number for number, names in enumerate(load_lexicon("periods")["months"], 1) for name in names}


@cache
def _month() -> str:
    groups = load_lexicon("periods")["months"]
    full = [name for names in groups for name in (names[0], names[0].upper())]
    short = [name for names in groups for given in names[1:] for name in (given, given.upper())]
    return rf"(?:(?:{any_of(full)})\b|(?:{any_of(short)})\b\.?)"


@cache
def _grammar() -> re.Pattern[str]:
    """Build the alternatives, the longest forms first; the outer named group says which one matched."""
    words = load_lexicon("periods")
    month, day, year = _month(), _DAY, _YEAR
    weekday = any_of(words["weekdays"])
    fiscal = rf"(?:(?i:{any_of(words['fiscal'])})\s?|FYs?)"
    ordinal = any_of(words["ordinals"])
    join = rf"(?:{DASH}|\s?/\s?|\s+(?:and|to|&)\s+)"
    unresolved = any_of(words["unresolved"]["words"])
    relative, unit = any_of(words["unresolved"]["relative"]), any_of(words["unresolved"]["units"])
    season = "spring|summer|autumn|fall|winter"
    parts = rf"(?:(?i:{any_of(words['parts'])})[\s-]\s?)?(?:the\s+year\s+)?"
    forms = (
        rf"(?P<iso>(?<![\w./-]){year}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?![\w/]|-\d)",
        rf"(?P<numeric>(?<![\w./-]){day}[./]{day}[./]{year})(?![\w/]|[.-]\d)",
        rf"(?P<month_year>(?<![\w./])(?:0?[1-9]|1[0-2])/{year})(?![\w/])",
        rf"(?P<year_first>(?<![\w./-]){year}[./](?:0[1-9]|1[0-2])[./](?:0[1-9]|[12]\d|3[01]))(?![\w/]|[.-]\d)",
        # 11 and 12 July 2018, 8-9 July 2016, 31st of October, 2018, 3 May
        (
            rf"(?P<dmy>(?<![\w.,/$€£-])(?P<dmy_a>{day}){_ORDINAL}(?:{join}(?P<dmy_b>{day}){_ORDINAL})?(?:\s+of)?[\s-]"
            rf"(?P<dmy_m>{month})(?:,?[\s-](?P<dmy_y>{year}){_YEAR_END})?)(?!\w)"
        ),
        # October 31st, 2018, July 11-12, 2018, July 15; not "May 500 people" nor "June 2016"
        (
            rf"(?P<mdy>(?<!\w)(?P<mdy_m>{month})\s+(?P<mdy_a>{day}){_ORDINAL}(?![\w%]|[,.]\d)"
            rf"(?:{join}(?P<mdy_b>{day}){_ORDINAL}(?![\w%]|[,.]\d))?"
            rf"(?:,?\s+(?P<mdy_y>{year}){_YEAR_END})?)"
        ),
        rf"(?P<my>(?<!\w){parts}(?P<my_m>{month})(?:,?\s+|\s+of\s+|-)(?P<my_y>{year}){_YEAR_END})",
        (
            rf"(?P<quarter>(?<!\w)(?i:the\s+)?(?:(?P<q_word>(?i:{ordinal}))[\s-](?P<q_kind>(?i:quarter|half))(?:\s+of)?|"
            rf"(?P<q_sign>[QH])(?P<q_number>[1-4])),?\s+(?:of\s+)?(?P<q_fiscal>{fiscal})?(?P<q_year>{year}){_YEAR_END})"
        ),
        (
            rf"(?P<fiscal>(?<!\w)(?P<f_sign>{fiscal})(?P<f_a>{year}|'?\d\d)"
            rf"(?:(?P<f_join>{DASH}|/)(?P<f_b>{year}|\d\d))?(?![\w%]|,\d|\.\d))"
        ),
        r"(?P<decade>(?<!\w)(?:(?i:the\s+)?(?:(?i:early|mid|late)[\s-])?(?P<d_year>1[89]\d0|20\d0)['\u2019]?s)\b)",
        rf"(?P<span>{_YEAR_START}(?P<s_a>{year})(?:{DASH}|/)(?P<s_b>{year}|\d\d)(?![\w/]|-\d|[.,]\d))",
        # pre-2014, post-2014
        rf"(?P<side>(?<!\w)(?P<side_word>(?i:pre|post))-(?P<side_year>{year})(?!\w|-\d))",
        rf"(?P<part>(?<!\w)(?i:{any_of(words['parts'])})[\s-]\s?(?:in\s+)?(?P<p_year>{year}){_YEAR_END})",
        (
            rf"(?P<unresolved>(?<![\w-])(?:(?i:{unresolved})|(?i:{relative})\s+(?:(?:\w+|\d+)\s+)?(?:(?i:{unit})s?|{month}|"
            rf"(?:{weekday}))|(?:{weekday})(?!,?\s+(?:the\s+)?(?:\d|{month}))|(?i:in\s+(?:the\s+)?(?:{season}))(?!,?\s+(?:of\s+)?{year}))(?![\w-]))"
        ),
        rf"(?P<year>{_YEAR_START}{year}{_YEAR_END})",
        rf"(?P<month>(?<![\w-])(?P<m_m>{month})(?![\w-]))",
    )
    return re.compile(rf"(?<!\w)(?=\w)(?:{'|'.join(forms)})")  # each begins with a word: most places need no more


def _read(match: re.Match[str]) -> Atom:
    """Turn a match into an atom, an unresolved one where the date is impossible (31 June)."""
    form = match.lastgroup or ""
    reader = _READERS.get(form)
    values = (reader(match) if reader else None) or {}
    return Atom(start=match.start(), end=match.end(), **values)


def calendar_date(year: str, month: int, day: int) -> str | None:
    """Return the day as YYYY-MM-DD, or None if the calendar has no such day."""
    if not 1 <= month <= len(calendar.month_name) - 1 or not 1 <= day <= calendar.monthrange(int(year), month)[1]:
        return None
    return f"{year}-{month:02}-{day:02}"


def _one(value: str | None) -> _Values | None:
    return None if value is None else {"first": value, "last": value}


def _iso(match: re.Match[str]) -> _Values | None:
    year, month, day = re.split("[-./]", match[0])
    return _one(calendar_date(year, int(month), int(day)))


def _numeric(match: re.Match[str]) -> _Values | None:
    """Read "31.10.2018" day first; with slashes only if one order alone is possible, else leave it unresolved."""
    left, right, year = re.split("[./]", match[0])
    orders = [(int(right), int(left))] if "." in match[0] else [(int(right), int(left)), (int(left), int(right))]
    days = {day for month, day_of in orders if (day := calendar_date(year, month, day_of))}
    return _one(days.pop()) if len(days) == 1 else {}


def _month_year(match: re.Match[str]) -> _Values:
    """Read "07/2022"."""
    month, year = match[0].split("/")
    value = f"{year}-{int(month):02}"
    return {"first": value, "last": value, "bare": True}


def _day_of_month(match: re.Match[str], form: str) -> _Values | None:
    month = _month_number(match[f"{form}_m"])
    first, last, year = int(match[f"{form}_a"]), int(match[f"{form}_b"] or match[f"{form}_a"]), match[f"{form}_y"]
    if last < first:
        return None
    if year is None:
        return {"partial": f"{month:02}-{first:02}", "partial_last": f"{month:02}-{last:02}"}
    start, end = calendar_date(year, month, first), calendar_date(year, month, last)
    return None if start is None or end is None else {"first": start, "last": end}


def _quarter(match: re.Match[str]) -> _Values | None:
    words = load_lexicon("periods")["ordinals"]
    year, half = match["q_year"], (match["q_kind"] or match["q_sign"]).lower().startswith("h")
    number = int(match["q_number"]) if match["q_number"] else int(words[match["q_word"].lower()])
    length = 6 if half else 3
    if match["q_fiscal"]:
        # Where a fiscal year begins differs from state to state: only its year is known.
        return {"first": year, "last": year, "fiscal": True}
    if half and match["q_word"] and match["q_word"].lower() == "last":
        number = 2
    if number * length > len(calendar.month_name) - 1:
        return None
    return {"first": f"{year}-{number * length - length + 1:02}", "last": f"{year}-{number * length:02}"}


def _fiscal(match: re.Match[str]) -> _Values | None:
    first = match["f_a"].lstrip("'")
    first = first if len(first) == len("2016") else f"20{first}"
    last = _second_year(first, match["f_b"]) if match["f_b"] else first
    return None if last is None else {"first": first, "last": last, "fiscal": True}


def _span(match: re.Match[str]) -> _Values | None:
    first, last = match["s_a"], _second_year(match["s_a"], match["s_b"])
    if last is not None:
        return {"first": first, "last": last}
    month = int(match["s_b"])
    is_month = "-" in match[0] and 1 <= month <= len(calendar.month_name) - 1
    return _one(f"{first}-{month:02}") if is_month else None


def _second_year(first: str, second: str) -> str | None:
    """Return the year that ends a span such as "2016-18" in full, or None if it does not lie behind the first."""
    full = second if len(second) == len(first) else first[:2] + second
    return full if full > first else None


def _decade(match: re.Match[str]) -> _Values:
    return {"first": match["d_year"], "last": str(int(match["d_year"]) + 9)}


def _side(match: re.Match[str]) -> _Values:
    return {"first": match["side_year"]} if match["side_word"].lower() == "post" else {"last": match["side_year"]}


def _month_number(name: str) -> int:
    return months()[name.rstrip(".").lower()]


_READERS: Mapping[str, Callable[[re.Match[str]], _Values | None]] = MappingProxyType(
    {
        "iso": _iso,
        "year_first": _iso,
        "month_year": _month_year,
        "numeric": _numeric,
        "dmy": lambda match: _day_of_month(match, "dmy"),
        "mdy": lambda match: _day_of_month(match, "mdy"),
        "my": lambda match: _one(f"{match['my_y']}-{_month_number(match['my_m']):02}"),
        "quarter": _quarter,
        "fiscal": _fiscal,
        "decade": _decade,
        "span": _span,
        "side": _side,
        "part": lambda match: _one(match["p_year"]),
        "year": lambda match: {"first": match["year"], "last": match["year"], "bare": True},
        "month": lambda match: {"partial": f"{_month_number(match['m_m']):02}"},
    }
)
