"""Numbers and dates as people read them."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:Z|[+-]\d{2}:\d{2})?")


def number(lexical: str) -> str:
    """Return a number with its digits in groups of three; a text that is no number as it is.

    >>> number("1250000000"), number("-1234.50"), number("NaN"), number("4.1E6")
    ('1,250,000,000', '-1,234.5', 'NaN', '4,100,000')
    """
    try:
        value = Decimal(lexical)
    except InvalidOperation:
        return lexical
    if not value.is_finite() or abs(value.adjusted()) > 30:  # noqa: PLR2004 -- more digits are no help
        return lexical
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def short(value: Decimal) -> str:
    """Return a large number in words, for the axis of a plot.

    >>> short(Decimal("1250000000")), short(Decimal(350)), short(Decimal(16300000000))
    ('1.25 billion', '350', '16.3 billion')
    """
    for size, name in ((Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million")):
        if abs(value) >= size:
            return f"{number(str(round(value / size, 2)))} {name}"
    return number(str(value))


def date(lexical: str) -> str:
    """Return a year, month or day in words; a text that is none as it is.

    >>> date("2017-02-07"), date("2004-08"), date("2003"), date("soon")
    ('7 February 2017', 'August 2004', '2003', 'soon')
    """
    match = _DATE.fullmatch(lexical)
    if match is None or (match[2] and not 1 <= int(match[2]) <= len(_MONTHS)):
        return lexical
    day = f"{int(match[3])} " if match[3] else ""
    month = f"{_MONTHS[int(match[2]) - 1]} " if match[2] else ""
    return f"{day}{month}{match[1]}"
