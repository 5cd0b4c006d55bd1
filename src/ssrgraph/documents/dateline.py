"""Dates as date lines write them."""

from __future__ import annotations

import datetime as dt
import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATES = re.compile(
    rf"(?P<iso>\b\d{{4}}-\d{{2}}-\d{{2}}\b)"
    rf"|\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?\s+{_MONTH},?\s+(?P<year>\d{{4}})\b"
    rf"|\b{_MONTH.replace('month', 'month2')}\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year2>\d{{4}})\b"
    rf"|\b{_MONTH.replace('month', 'month3')}\s+(?P<year3>\d{{4}})\b",
    re.IGNORECASE,
)
_AROUND = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|\b\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?"
    r"|\b(?:cet|cest|gmt|utc|est|edt|bst|hrs|last updated|updated|published|posted|released?|issued|date|on"
    r"|for immediate release)\b",
    re.IGNORECASE,
)


_LONGEST = 120
# Longer lines that end in a stop or colon are sentences or leads.
_LONGEST_CLOSED = 30


def find_date(text: str) -> str | None:
    """Return the first full date or month of a text as YYYY-MM-DD or YYYY-MM; None where there is none.

    >>> find_date("Brussels, 5 Sept. 2014")
    '2014-09-05'
    """
    for match in _DATES.finditer(text):
        found = _value(match)
        if found:
            return found
    return None


def is_dateline(text: str) -> bool:
    """Say whether a line holds a date and, that apart, at most three words (a place, a label).

    >>> is_dateline("31 Oct. 2018 -"), is_dateline("Accra, 3 May 2011"), is_dateline("It began on 3 May 2011.")
    (True, True, False)
    """
    if (
        len(text) > _LONGEST
        or find_date(text) is None
        or (text.rstrip().endswith((".", ":")) and len(text) > _LONGEST_CLOSED)
    ):
        return False
    rest = re.findall(r"[^\W\d_]+", _AROUND.sub(" ", _DATES.sub(" ", text)))
    return len(rest) <= 3 and all(word[0].isupper() for word in rest)  # noqa: PLR2004 - a place has at most three words


def _value(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    if parts["iso"]:
        return _checked(*map(int, parts["iso"].split("-")))
    for suffix in ("", "2", "3"):
        month = parts.get(f"month{suffix}")
        if month:
            number = _MONTHS.index(month[:3].casefold()) + 1
            day = parts.get(f"day{suffix}")
            year = int(parts[f"year{suffix}"])
            return _checked(year, number, int(day)) if day else f"{year:04d}-{number:02d}"
    return None


def _checked(year: int, month: int, day: int) -> str | None:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None
