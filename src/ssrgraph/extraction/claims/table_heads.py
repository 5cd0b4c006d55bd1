"""What the heads and captions of tables say of their sums: currency and scale, and whether they are still to come."""

from __future__ import annotations

import re
from functools import cache

from ssrgraph.extraction.lexicon import load_lexicon
from ssrgraph.extraction.money import currency_behind, currency_in_front

_SCALES = {"thousand": 1_000, "000": 1_000, "million": 1_000_000, "m": 1_000_000, "billion": 1_000_000_000}


def unit_of(text: str, *, dollar: str = "USD") -> tuple[str, int] | None:
    """Return currency and scale of "(millions of US dollars)", "in EUR million", "US$ thousands"."""
    scale = _scale().search(text)
    if scale is None:
        return None
    for start in range(len(text)):
        if start and text[start - 1].isalnum():
            continue
        # The readers of currencies look beside a number: one is put where the scale would stand.
        # "$000", "\u00a3'000", "$ in thousands": a sign alone is one too.
        sign = text[start] if text[start] in "$\u20ac\u00a3\u00a5" else text[start : start + 4].strip()
        front = currency_in_front(f"{sign}1", 0, dollar=dollar)
        behind = currency_behind(f"1 {text[start:]}", 1, scale=1_000_000, dollar=dollar)
        found = behind or front
        if found is not None and found.code:
            return found.code, _SCALES[scale[1].lower()]
    return None


def counts_things(label: str) -> bool:
    """Say whether the label of a row says that its figures are numbers of something.

    >>> counts_things("Advisers abroad (no.)"), counts_things("Training (EUR million)"), counts_things("Women (%)")
    (True, False, True)
    """
    bracket = re.search(r"\(([^()]+)\)\s*$", label.lower())
    if bracket is None or unit_of(bracket[1]) is not None:
        return False
    words = set(re.findall(r"[^\W\d_]+", bracket[1]))
    return bool(words & set(load_lexicon("funding")["lines"]["counted"])) or "%" in bracket[1]


def is_change(label: str) -> bool:
    """Say whether a row tells what a sum has grown or fallen by: "Program increases", "Price change"."""
    return bool(set(re.findall(r"[a-z]+", label.lower())) & set(load_lexicon("funding")["lines"]["changes"]))


@cache
def planning() -> frozenset[str]:
    """Return the words of a column's head that say that its sums are still to come."""
    return frozenset(load_lexicon("funding")["lines"]["planned"]) | {"agreed", "plan", "estimate", "forecast"}


@cache
def _scale() -> re.Pattern[str]:
    return re.compile(r"(?<![^\W\d])(thousand|million|billion|000|m)s?(?!\w)", re.IGNORECASE)
