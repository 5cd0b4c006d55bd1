"""When a mission began and ended, and which one it followed."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.acting import acting_mission
from ssrgraph.extraction.claims.nearby import mention_after, pattern
from ssrgraph.extraction.clauses import status_of

if TYPE_CHECKING:
    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence
    from ssrgraph.extraction.periods import Period

# How a term is said, the strongest first, and the slot that it fills.
_LEVELS = (
    ("began", "start"),
    ("established", "start"),
    ("launched", "start"),
    ("succeeds", "start"),
    ("ended", "end"),
)
_REACH = 100
_FORMER = 30
_RIGHT_BEHIND = 8  # characters between a mission and its date: "in", "on", an abbreviation apart
_START_OF = re.compile(r"\b(?:start|beginning|launch|establishment|inception|creation) of (?:the )?$")
_RIGHT_IN_FRONT = 2  # characters between a date and "replaced"


def find_terms(analysis: Analysis, naming: list[tuple[Sentence, list[Mention]]]) -> dict[str, tuple[str, Span]]:
    """Return start and end of a mission with the words that say them; what is only planned is no start."""
    found: dict[str, tuple[str, Span]] = {}
    for level, slot in _LEVELS:
        for sentence, mentions in naming:
            if slot in found:
                break
            period = _dated(analysis, sentence, mentions, level)
            if period is not None and period.from_ is not None:
                day = period.to if slot == "end" and period.to is not None else period.from_
                found[slot] = (day, period.span)
    for sentence, mentions in naming:
        until = _until(analysis, sentence, mentions)
        if until is not None and until.to is not None:
            found["end"] = (until.to, until.span)
        begun = _begun(analysis, sentence, mentions)
        if begun is not None and begun.from_ is not None:
            found.setdefault("start", (begun.from_, begun.span))
        for trigger in pattern("missions", "lasted").finditer(analysis.text, sentence.span.start, sentence.span.end):
            periods = [p for p in analysis.periods_in(sentence.span) if 0 <= p.span.start - trigger.end() <= _REACH]
            if periods and _is_acting(analysis, sentence, trigger, mentions):
                _put_both_ends(found, periods[0])
    return {slot: found[slot] for slot in ("start", "end") if slot in found and _later(found, slot)}


def _begun(analysis: Analysis, sentence: Sentence, mentions: list[Mention]) -> Period | None:
    """Return the date of "the start of M in July 2022"."""
    for mention in mentions:
        if not _START_OF.search(analysis.text, sentence.span.start, mention.span.start):
            continue
        near = [p for p in _points(analysis, sentence) if 0 <= p.span.start - mention.span.end <= _RIGHT_BEHIND]
        if near:
            return near[0]
    return None


def _until(analysis: Analysis, sentence: Sentence, mentions: list[Mention]) -> Period | None:
    """Return the period of "until its close in May 2016", where that is said of the mission."""
    for period in analysis.periods_in(sentence.span):
        trigger = pattern("missions", "ended").search(analysis.text, period.span.start, period.span.end)
        if period.kind == "until" and trigger is not None and _is_acting(analysis, sentence, trigger, mentions):
            return period
    return None


def _put_both_ends(found: dict[str, tuple[str, Span]], period: Period) -> None:
    if period.kind in {"range", "since"} and period.from_ is not None and period.from_ != period.to:
        found.setdefault("start", (period.from_, period.span))
    if period.kind in {"range", "until"} and period.to is not None and period.from_ != period.to:
        found.setdefault("end", (period.to, period.span))


def _later(found: dict[str, tuple[str, Span]], slot: str) -> bool:
    """Say whether a slot's date may stand: an end before the start is a misreading."""
    if slot == "start" or "start" not in found:
        return True
    start, end = found["start"][0], found["end"][0]
    shared = min(len(start), len(end))
    return end[:shared] >= start[:shared]


def _dated(analysis: Analysis, sentence: Sentence, mentions: list[Mention], level: str) -> Period | None:
    for trigger in pattern("missions", level).finditer(analysis.text, sentence.span.start, sentence.span.end):
        if not _is_acting(analysis, sentence, trigger, mentions):
            continue
        standing = status_of(analysis, sentence, Span(*trigger.span()))
        coming = standing.planned and level != "succeeds"  # "is to replace M on 1 May" says when it begins
        if coming or standing.negated or standing.hypothetical:
            continue
        reach = _RIGHT_IN_FRONT if level == "succeeds" else _REACH
        period = _behind(analysis, sentence, trigger) or _in_front(analysis, sentence, trigger, reach)
        if period is not None:
            return period
    return None


def _is_acting(analysis: Analysis, sentence: Sentence, trigger: re.Match[str], mentions: list[Mention]) -> bool:
    acting = acting_mission(analysis, sentence, trigger.start(), trigger.end())
    return acting is not None and acting in mentions


def _points(analysis: Analysis, sentence: Sentence) -> list[Period]:
    """Return the dated periods of a sentence that are no part of the name of a resolution or law."""
    laws = [m.span for m in analysis.mentions_in(sentence.span) if m.kind is EntityKind.AGREEMENT]
    return [
        period
        for period in analysis.periods_in(sentence.span)
        if period.from_ and not any(law.covers(period.span) for law in laws)
    ]


def _behind(analysis: Analysis, sentence: Sentence, trigger: re.Match[str]) -> Period | None:
    periods = [p for p in _points(analysis, sentence) if 0 <= p.span.start - trigger.end() <= _REACH]
    return periods[0] if periods else None


def _in_front(analysis: Analysis, sentence: Sentence, trigger: re.Match[str], reach: int) -> Period | None:
    """Return the period in front: "In June 2013 the EU launched the mission"."""
    periods = [p for p in _points(analysis, sentence) if p.span.end <= trigger.start()]
    near = [p for p in periods if trigger.start() - p.span.end <= reach]
    return near[-1] if near else None


def find_predecessor(analysis: Analysis, entity_id: str) -> Mention | None:
    """Return the mission that a mission is said to have replaced or followed, in either order of the names."""
    return analysis.once(_predecessors).get(entity_id)


def mission_spoken_of(analysis: Analysis, at: int) -> Mention | None:
    """Return the mission of which a text speaks at an offset: the last named that is no former one of another's."""
    named = analysis.once(_named)
    former = former_missions(analysis)
    before = [m for m in named[: bisect_left(named, at, key=lambda m: m.span.start)] if m.entity not in former]
    if before:
        return before[-1]
    return named[0] if named and len({m.entity for m in named}) == 1 else None


def former_missions(analysis: Analysis) -> frozenset[str]:
    """Return the ids of the missions that others are said to have followed."""
    return frozenset(mention.entity for mention in analysis.once(_predecessors).values())


def _named(analysis: Analysis) -> list[Mention]:
    return [m for m in analysis.mentions if _is_mission(m) and not m.nested and m.form != "adjective"]


def _predecessors(analysis: Analysis) -> dict[str, Mention]:
    """Return the missions that missions are first said to have followed, by the later one's id."""
    found: dict[str, Mention] = {}
    for sentence in analysis.sentences:
        span = sentence.span
        for trigger in pattern("missions", "succeeds").finditer(analysis.text, span.start, span.end):
            later = acting_mission(analysis, sentence, trigger.start(), trigger.start())
            former = mention_after(analysis, sentence, trigger.end(), reach=_FORMER, wanted=_is_mission)
            if later is not None and former is not None and later.entity != former.entity:
                found.setdefault(later.entity, former)
        for trigger in pattern("missions", "succeeded_by").finditer(analysis.text, span.start, span.end):
            former = acting_mission(analysis, sentence, trigger.start(), trigger.start())
            later = mention_after(analysis, sentence, trigger.end(), reach=_FORMER, wanted=_is_mission)
            if later is not None and former is not None and later.entity != former.entity:
                found.setdefault(later.entity, former)
    return found


def _is_mission(mention: Mention) -> bool:
    return mention.kind is EntityKind.MISSION
