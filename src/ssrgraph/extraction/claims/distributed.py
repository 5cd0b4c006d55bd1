"""Counts that hold for several: "A and B each sent 40", "from 600 to 1,100 troops", "32 and 38 respectively"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.extraction.claims.nouns import lemma_in, word_set
from ssrgraph.extraction.model import Personnel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ssrgraph.extraction.analysis import Analysis
    from ssrgraph.extraction.model import Rejected
    from ssrgraph.extraction.periods import Period

_EACH = re.compile(r"\beach\b")
_FROM = re.compile(r"from\s", re.IGNORECASE)
_RESPECTIVELY = re.compile(r"[^.;:]{0,40}?\brespectively\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_JOINT = re.compile(r",?\s(?:and\s)?(?:in\s)?(?:the\s)?")
_TO_VERB = 6  # tokens between a verb of growth and "from"


def distributed(analysis: Analysis, reads: Iterable[Personnel | Rejected]) -> Iterator[Personnel | Rejected]:
    """Yield claims, those that hold for several once for each."""
    group: list[Personnel] = []
    for read in [*_apart(analysis, reads)]:
        if isinstance(read, Personnel):
            group.append(read)
        else:
            yield read
    yield from _respectively(analysis, group)


def _apart(analysis: Analysis, reads: Iterable[Personnel | Rejected]) -> Iterator[Personnel | Rejected]:
    for read in reads:
        if not isinstance(read, Personnel):
            yield read
        elif _is_of_each(analysis, read):
            yield from (replace(read, agent=(one,)) for one in read.agent)
        elif _is_change(analysis, read):
            yield replace(read, value=read.value_min, value_min=None, value_max=None, from_=None, to=None)
            yield replace(read, value=read.value_max, value_min=None, value_max=None)
        else:
            yield read


def _is_of_each(analysis: Analysis, read: Personnel) -> bool:
    """Say whether a count is that of each of several states: "Chile, Peru and Fiji each sent 40 soldiers"."""
    states = len(read.agent) > 1 and all(analysis.entities[one].type == "country" for one in read.agent)
    words = read.words.get("agent")
    if not states or words is None or words.end > read.quote.start:
        return False
    return _EACH.search(analysis.text, words.end, read.quote.start) is not None


def _is_change(analysis: Analysis, read: Personnel) -> bool:
    """Say whether two numbers are those before and after a change: "was reinforced from 600 to 1,100 troops"."""
    if read.value_min is None or read.value_max is None or not _FROM.match(analysis.text, read.quote.start):
        return False
    sentence = analysis.sentence_at(read.quote.start)
    before = sentence.tokens_before(read.quote.start)[-_TO_VERB:] if sentence is not None else []
    verbs = word_set("personnel", "employed", "sizes") | word_set("personnel", "employed", "changing")
    return any(lemma_in(token, verbs) for token in before)


def _respectively(analysis: Analysis, claims: Sequence[Personnel]) -> Iterator[Personnel]:
    """Give numbers that "respectively" shares out the periods of the same place in their list."""
    runs: list[list[Personnel]] = []
    for claim in sorted(claims, key=lambda each: each.quote):
        last = runs[-1][-1] if runs else None
        if last is not None and _joined(analysis, last.quote, claim.quote):
            runs[-1].append(claim)
        else:
            runs.append([claim])
    for run in runs:
        told = len(run) > 1 and _RESPECTIVELY.match(analysis.text, run[-1].quote.end) is not None
        periods = _periods_in_front(analysis, run) if told else []
        if len(periods) == len(run):
            yield from (_dated(claim, period) for claim, period in zip(run, periods, strict=True))
        else:
            yield from run


def _joined(analysis: Analysis, one: Span, other: Span) -> bool:
    return one.end <= other.start and _JOINT.fullmatch(analysis.text, one.end, other.start) is not None


def _periods_in_front(analysis: Analysis, run: Sequence[Personnel]) -> list[Period]:
    """Return the last periods of the sentence in front of some numbers that only commas and "and" part."""
    sentence = analysis.sentence_at(run[0].quote.start)
    before = [p for p in analysis.periods_in(sentence.span) if p.span.end <= run[0].quote.start] if sentence else []
    found = before[-1:]
    years = list(_YEAR.finditer(analysis.text, found[0].span.start, found[0].span.end)) if found else []
    if len(years) == len(run) > 1:  # "in 2021 and 2022" is read as one period
        return [replace(found[0], from_=y.group(), to=y.group(), span=Span(*y.span())) for y in years]
    for period in reversed(before[:-1]):
        if not _joined(analysis, period.span, found[0].span):
            break
        found.insert(0, period)
    return found


def _dated(claim: Personnel, period: Period) -> Personnel:
    words = {slot: span for slot, span in claim.words.items() if slot not in {"from_", "to"}}
    words |= {"from_": period.span} if period.from_ else {}
    words |= {"to": period.span} if period.to else {}
    passage = Span(min(claim.passage.start, period.span.start), claim.passage.end)
    return replace(claim, from_=period.from_, to=period.to, words=words, passage=passage)
