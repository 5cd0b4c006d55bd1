"""When counted things were done, at what rate, and whether they are still to come."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from ssrgraph.extraction.claims.nouns import word_set
from ssrgraph.extraction.lexicon import any_of, load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ssrgraph.documents.model import Span
    from ssrgraph.extraction.analysis import Analysis, Sentence
    from ssrgraph.extraction.claims.counted import Counted
    from ssrgraph.extraction.clauses import Standing
    from ssrgraph.extraction.periods import Period

_AHEAD = 6  # tokens in front of a count in which "on track to" is looked for
# A source in brackets, in front of its date: "(IISS 15.2.2022)".
_SOURCE = re.compile(r"\((?:[A-Z][\w.&'’-]*,?\s){1,3}$")
_IN_WHICH = re.compile(r"\b(?:in|during) which\b")
_RATED = 70  # characters in front of a number in which its rate may stand
_CITED = 40  # characters of such a source
_FRONT = 3  # words in front of a date that opens its sentence


def period_of(analysis: Analysis, counted: Counted, others: Iterable[Span]) -> Period | None:
    """Return when it was: the period behind the phrase, or that in front of it, or that of the list's lead."""
    sentence, quote = counted.sentence, counted.quote
    periods = [_begun(analysis, sentence, p) for p in analysis.periods_in(sentence.span) if _dates(analysis, p)]
    periods = [
        p for p in periods if not _describes(analysis, sentence, p, quote) and not _compares(analysis, sentence, p)
    ]
    spans = list(others)
    next_number = min((o.start for o in spans if o.start >= quote.end), default=sentence.span.end)
    last_number = max((o.end for o in spans if o.end <= quote.start), default=sentence.span.start)
    stop = _end_of_item(analysis.text, quote.end, sentence.span.end)
    behind = [p for p in periods if quote.end <= p.span.start < min(next_number, stop)]
    if behind:
        return behind[0]
    before = [p for p in periods if last_number <= p.span.start and p.span.end <= quote.start]
    before = [
        p for p in before if _opens(analysis, sentence, p) or not _verb_between(sentence, p.span.end, quote.start)
    ]
    if before:
        told = analysis.text[before[-1].span.end : quote.start]
        return before[-1] if _IN_WHICH.search(told) else _onwards(sentence, before[-1])
    opening = [p for p in periods if p.span.end <= quote.start and _opens(analysis, sentence, p)]
    if opening:
        return _onwards(sentence, opening[0])
    for lead in reversed(analysis.lead_of(sentence)):
        dated = [p for p in analysis.periods_in(lead.span) if _dates(analysis, p)]
        if dated and _opens(analysis, lead, dated[0]):
            return dated[0]
    return None


def _onwards(sentence: Sentence, period: Period) -> Period:
    """Return a date as a beginning where what began then goes on: "First deployed in 2007, the team has trained"."""
    first = [t for t in sentence.tokens[:3] if t.lower_ not in {"first", "newly"}][:1]
    has = any(t.lower_ in {"has", "have"} and t.dep_ == "aux" for t in sentence.tokens)
    began = bool(first) and first[0].tag_ in {"VBN", "VBD"} and has
    later = sentence.tokens[0].lower_ in {"after", "following"} or began
    return replace(period, to=None) if later and period.from_ is not None else period


def planned(counted: Counted, standing: Standing) -> bool:
    """Say whether it is still to come; what partners "worked together to" do is done."""
    front = [t.lower_ for t in counted.sentence.tokens if t.i < counted.tokens[0].i][-_AHEAD:]
    if any(pair in {("course", "to"), ("track", "to")} for pair in pairwise(front)):  # "remains on track to train"
        return True
    behind = [t.lower_ for t in counted.sentence.tokens if t.i > counted.tokens[-1].i][:2]
    if behind[:1] == ["("] and behind[1:] and behind[1] in word_set("personnel", "planned", "remarks"):
        return True
    if not standing.planned or standing.trigger is None:
        return standing.planned
    trigger = next((t for t in counted.sentence.tokens if counted.sentence.token_span(t) == standing.trigger), None)
    if trigger is None or trigger.tag_ != "VB":
        return True
    joint = trigger.head.lemma_.lower() in word_set("personnel", "planned", "joint")
    return not (joint and trigger.head.tag_ in {"VBD", "VBN"})


def _verb_between(sentence: Sentence, start: int, end: int) -> bool:
    """Say whether a coordinated verb parts a date from a count: "began work in 2014 and has 300 staff"."""
    between = [t for t in sentence.tokens if start <= sentence.token_span(t).start < end]
    return any(t.dep_ == "conj" and t.pos_ in {"VERB", "AUX"} for t in between)


def _begun(analysis: Analysis, sentence: Sentence, period: Period) -> Period:
    """Return a date as a beginning where "since" stands in front: "since Russia launched its invasion in 2014"."""
    front = analysis.text[sentence.span.start : period.span.start]
    return replace(period, to=None) if period.from_ is not None and _since().search(front) else period


def _compares(analysis: Analysis, sentence: Sentence, period: Period) -> bool:
    """Say whether a date is only that of a comparison: "312 more than in 2020"."""
    return (
        re.search(r"\bthan\s(?:in\s|for\s|during\s)?$", analysis.text[sentence.span.start : period.span.start])
        is not None
    )


def _describes(analysis: Analysis, sentence: Sentence, period: Period, quoted: Span) -> bool:
    """Say whether a date belongs to an insertion: "the school, which opened in 2003,"."""
    front = re.sub(
        r"\([^()]*\)", lambda m: " " * len(m.group()), analysis.text[sentence.span.start : period.span.start]
    )
    mark = sentence.span.start + max(front.rfind(mark) for mark in ",;(")
    if mark < quoted.start < period.span.start:
        return False  # what is counted stands in the insertion, too
    insertion = front[max(front.rfind(mark) for mark in ",;(") + 1 :].split() if any(m in front for m in ",;(") else []
    words = word_set("personnel", "places", "insertions")
    return (
        bool(insertion)
        and insertion[0].lower() in words
        and analysis.text[period.span.end : period.span.end + 1] in {",", ")"}
    )


@cache
def _since() -> re.Pattern[str]:
    """Match what makes a date a beginning: "since Russia launched its invasion in 2014"."""
    return re.compile(r"\b(?i:since)\b[^.,;]{0,80}$")


def _end_of_item(text: str, start: int, end: int) -> int:
    semicolon = text.find(";", start, end)
    return end if semicolon < 0 else semicolon


def _dates(analysis: Analysis, period: Period) -> bool:
    """Say whether a period can date a claim: it is resolved and no part of a name."""
    if period.from_ is None and period.to is None:
        return False
    if _SOURCE.search(analysis.text[max(0, period.span.start - _CITED) : period.span.start]) and (
        analysis.text[period.span.end : period.span.end + 1] == ")"
    ):
        return False  # "(Reuters, 5 May 2023)" dates the source
    mention = analysis.mention_at(period.span.start)
    return mention is None or not mention.span.covers(period.span)


def _opens(analysis: Analysis, sentence: Sentence, period: Period) -> bool:
    """Say whether a period stands at the head of its sentence, before its verb."""
    front = analysis.text[sentence.span.start : period.span.start]
    return len(front.split()) <= _FRONT or (
        sentence.block.lead is None and "," in front and len(front.split()) <= 2 * _FRONT
    )


def rate_of(analysis: Analysis, counted: Counted, others: Iterable[Span]) -> str | None:
    """Return the rate at which it is claimed, beside the number or behind the phrase: "every year"."""
    if counted.quantity.per is not None:
        return counted.quantity.per
    sentence, end = counted.sentence, counted.quote.end
    stop = min((o.start for o in others if o.start >= end), default=sentence.span.end)
    stop = min(stop, _end_of_item(analysis.text, end, sentence.span.end))
    match = _rate().search(analysis.text, end, stop) or _opening_rate(analysis, sentence)
    if match is None and not any(o.end <= counted.quote.start for o in others):
        verb = max(sentence.span.start, counted.quote.start - _RATED)
        match = _rate().search(analysis.text, verb, counted.quote.start)  # "may each year train up to 1,500"
    if match is None:
        return None
    words = " ".join(match[0].lower().split())
    rates = load_lexicon("quantities")["rates"]
    return next(per for per in ("year", "month", "day") if words in rates[per])


def _opening_rate(analysis: Analysis, sentence: Sentence) -> re.Match[str] | None:
    """Return the rate at the head of a sentence: "Every year, the school trains 40 officers"."""
    return re.compile(rf"(?:{_rate().pattern})(?=,|\s)").match(analysis.text, sentence.span.start, sentence.span.end)


@cache
def _rate() -> re.Pattern[str]:
    rates = load_lexicon("quantities")["rates"]
    phrases = [p for per in ("year", "month", "day") for p in rates[per] if p.split()[0] in _RATE_WORDS]
    return re.compile(rf"(?<!\w)(?i:{any_of(phrases)})(?!\w)")


_RATE_WORDS = frozenset({"per", "each", "every", "annually", "yearly"})
