"""Numbers that were aimed at, behind what came about: "It trained 1,220 officers. The target had been 1,500"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.extraction.claims.nouns import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.extraction.analysis import Analysis, Sentence
    from ssrgraph.extraction.claims.counted import Counted
    from ssrgraph.extraction.model import Personnel
    from ssrgraph.extraction.periods import Period

_TARGET = re.compile(
    r"\b(?i:targets?|aim|goal|objective|plan)(?:\s(?:for|in)\s[^.,;]{2,30})?,?\s(?i:had been|has been|was|is|were|"
    r"remains|stood at|stands at|had been set at|was set at)"
    r"(?:\s(?:for|to (?P<verb>train|reach|deploy|teach|recruit)))?\s$"
)
_MEASURES = {"train": "trained", "teach": "trained", "deploy": "deployed", "recruit": "employed"}
_BEHIND = re.compile(r"\s*(?:[.,;)]|(?:and|but|by|for|in|so|while|although|though)\b|$)")
_REACH = 90  # characters in front of a number


def targets(analysis: Analysis, sentence: Sentence, former: Personnel) -> Iterator[Personnel]:
    """Yield the targets of a sentence for what was counted before it.

    Args:
        analysis: The document.
        sentence: The sentence.
        former: The last count of people in front of it.
    """
    text, end = analysis.text, sentence.span.end
    for quantity in analysis.quantities_in(sentence.span):
        start = quantity.span.start
        front = text[max(sentence.span.start, start - _REACH) : start]
        told = _TARGET.search(front) if quantity.unit == "count" else None
        if told is None or not _BEHIND.match(text, quantity.span.end, end):
            continue
        period = next((p for p in analysis.periods_in(sentence.span) if p.from_ or p.to), None)
        yield replace(
            former,
            quote=quantity.span,
            passage=Span(former.passage.start, end),
            words=_words(former, period),
            measure=_MEASURES.get(told["verb"], former.measure),
            rule="target",
            confidence=0.65,
            value=quantity.value,
            value_min=quantity.value_min,
            value_max=quantity.value_max,
            bound=quantity.bound,
            status="planned",
            from_=period.from_ if period is not None else former.from_,
            to=period.to if period is not None else former.to,
        )


def _words(former: Personnel, period: Period | None) -> dict[str, Span]:
    words = {"group": former.quote} | dict(former.words)
    if period is None:
        return words
    words = {slot: span for slot, span in words.items() if slot not in {"from_", "to"}}
    words |= {"from_": period.span} if period.from_ else {}
    return words | ({"to": period.span} if period.to else {})


def speaks_of_target(analysis: Analysis, sentence: Sentence) -> bool:
    """Say whether a sentence may tell of a target: the words alone are asked."""
    words = {t.lower_ for t in sentence.tokens}
    return bool(words & {"target", "targets", "aim", "goal", "objective", "plan"}) and bool(
        analysis.quantities_in(sentence.span)
    )


def aimed_at(counted: Counted) -> bool:
    """Say whether the words beside a number make it a target: "against a target of 600", "of 250 planned"."""
    front = [t.lower_ for t in counted.sentence.tokens if t.i < counted.tokens[0].i][-2:]
    behind = [t.lower_ for t in counted.sentence.tokens if t.i > counted.tokens[-1].i][:1]
    remarks = word_set("personnel", "planned", "remarks")
    of_target = front[-1:] == ["of"] and front[:1] and front[0] in {"target", "goal", "aim", "objective"}
    return bool(of_target) or (counted.elliptic and bool(behind) and behind[0] in remarks)
