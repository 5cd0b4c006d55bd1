"""Later occasions of a series, named only by their order: "the third session met in June; the fourth will meet"."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.lexicon import any_of, load_lexicon
from ssrgraph.extraction.names.found import Found

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_REACH = 600


def find_following(text: str, occasions: Sequence[Found]) -> Iterator[Found]:
    """Yield the occasions that are named by their order alone, each with the name of the one before it.

    >>> text = "The third round of talks was in May. The fourth will be held in Oslo."
    >>> former = Found(span=Span(4, 24), label="third round of talks", kind=EntityKind.EVENT, head="talks")
    >>> [found.label for found in find_following(text, [former])]
    ['fourth round of talks']
    """
    numbered = [o for o in sorted(occasions, key=lambda o: o.span.start) if _order().match(o.label)]
    if not numbered:
        return
    for match in _alone().finditer(text, numbered[0].span.end):
        former = numbered[bisect_right(numbered, match.start(), key=lambda o: o.span.end) - 1]
        gap = match.start() - former.span.end
        if gap > _REACH or text.count("\n\n", former.span.end, match.start()) > 1:
            continue
        rest = _order().sub("", former.label, count=1).strip()
        span = Span(*match.span("order"))
        yield Found(span=span, label=f"{span.of(text)} {rest}", kind=EntityKind.EVENT, head=former.head)


@cache
def _order() -> re.Pattern[str]:
    return re.compile(rf"(?:{_orders()})\b\s*", re.IGNORECASE)


@cache
def _alone() -> re.Pattern[str]:
    verbs = any_of(load_lexicon("events")["series"]["verbs"])
    return re.compile(rf"\b[Tt]he\s+(?P<order>{_orders()})\s+(?=(?:{verbs})\b)")


def _orders() -> str:
    return any_of(load_lexicon("events")["series"]["orders"]) + r"|\d{1,3}(?:st|nd|rd|th)"
