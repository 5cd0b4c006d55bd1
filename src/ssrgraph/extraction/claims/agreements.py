"""Treaties, agreements, resolutions, laws, strategies and formal frameworks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.nearby import pattern
from ssrgraph.extraction.claims.signatories import find_parties
from ssrgraph.extraction.model import Agreement, Claim, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence

_YEAR = re.compile(r"(?:^|\bof |\bfor |[( ])((?:19|20)\d\d)(?:\)|\b)")
_YEAR_BEHIND = re.compile(r"\s*\((?:of )?((?:19|20)\d\d)\)")
# A law's number that has its year: "No. 13 of 2016", "No. 123/2019".
_NUMBER_BEHIND = re.compile(
    r"\s*[,(]\s*(?:(?:(?:Law|Act|Decree)\s+)?No\.?|Law|Act|Decree)\s*\d+(?:/|-|\s+of\s+)((?:19|20)\d\d)\b"
)
_YEAR_OF_RESOLUTION = re.compile(r"[^()]*?(?:\d\s*\(|\bof )((?:19|20)\d\d)\b")
_YEAR_BRACKET = 8
# "In October 2023 the two states signed …": the date opens the sentence.
_OPENING = 4
_IN_NUMBER = re.compile(r"(?:^|[\s/]|\d-)((?:19|20)\d\d)(?=/|$|[\s)])")
_OF_DATE = re.compile(
    r"\s*(?:\([^)]*\))?,?\s*(?:of|dated|signed on|signed in|adopted on|adopted in)?\s*\(?(?:the\s+)?", re.IGNORECASE
)
_ON_DATE = re.compile(r"\s*(?:\([^)]*\))?,?\s*(?:in|on)\s+(?:[A-Z]\w+(?:\s[A-Z]\w+)?\s+)?(?:on\s+|in\s+)?(?:the\s+)?")
_JOINED = re.compile(r"\s*(?:\([^)]*\))?\s*,?\s*(?:and|as well as)?\s*(?:the|its|an?)?\s*")
_WITH = re.compile(r"\s*(?:\([^)]*\))?\s*(?:with|between|by|on)\s")
_REACH = 80


def read_agreements(analysis: Analysis) -> Iterator[Claim | Rejected]:
    """Yield one claim for each agreement, law, resolution or strategy that the document names."""
    named: dict[str, list[Mention]] = {}
    for mention in analysis.mentions:
        if mention.kind is EntityKind.AGREEMENT:
            named.setdefault(mention.entity, []).append(mention)
    for entity_id, mentions in sorted(named.items(), key=lambda item: item[1][0].span):
        names = [m for m in mentions if m.form == "name" and not m.nested]
        if names:
            yield _claim(analysis, entity_id, names)


def _claim(analysis: Analysis, entity_id: str, names: list[Mention]) -> Agreement:
    entity = analysis.entities[entity_id]
    date, parties = _date_in_name(analysis, names), _parties_in_name(analysis, names)
    for mention in names:
        sentence = analysis.sentence_at(mention.span.start)
        if sentence is None:
            continue
        date = date or _date_said(analysis, sentence, mention)
        parties = parties or find_parties(analysis, sentence, mention)
    words = {key: found[1] for key, found in (("date", date), ("parties", parties)) if found}
    sentence = analysis.sentence_at(names[0].span.start)
    return Agreement(
        quote=names[0].span,
        passage=sentence.span if sentence else names[0].span,
        words=words,
        agreement=entity_id,
        kind=entity.type or "agreement",
        parties=parties[0] if parties else (),
        date=date[0] if date else None,
        confidence=0.85,
        rule="named instrument",
    )


def _date_in_name(analysis: Analysis, names: list[Mention]) -> tuple[str, Span] | None:
    for mention in names:
        if analysis.entities[mention.entity].type == "resolution":
            # "resolution 1996 (2011)": the year stands in brackets, the number is none.
            found = _YEAR_OF_RESOLUTION.match(analysis.text, mention.span.start, mention.span.end + _YEAR_BRACKET)
            if found:
                return found.group(1), Span(found.start(1), found.end(1))
            continue
        inside = _YEAR.search(mention.span.of(analysis.text))
        if inside:
            start = mention.span.start + inside.start(1)
            return inside.group(1), Span(start, start + 4)
        for behind_name in (_YEAR_BEHIND, _NUMBER_BEHIND):
            behind = behind_name.match(analysis.text, mention.span.end)
            if behind:
                return behind.group(1), Span(behind.start(1), behind.end(1))
        numbered = _IN_NUMBER.search(mention.span.of(analysis.text))
        if numbered:
            start = mention.span.start + numbered.start(1)
            return numbered.group(1), Span(start, start + 4)
    return None


def _parties_in_name(analysis: Analysis, names: list[Mention]) -> tuple[tuple[str, ...], Span] | None:
    """Return the states that the name joins: two or more of them, or none."""
    for mention in names:
        inside = [
            m
            for m in analysis.mentions_in(mention.span, nested=True)
            if m.nested and m.kind is EntityKind.ORGANIZATION and m.form == "name"
        ]
        states = tuple(
            dict.fromkeys(m.entity for m in inside if analysis.entities[m.entity].type in {"country", "international"})
        )
        if len(states) > 1:
            return states, mention.span
    return None


def _date_said(analysis: Analysis, sentence: Sentence, mention: Mention) -> tuple[str, Span] | None:
    """Return the date of signature or adoption: right behind the name, or near the verb that says it."""
    text = analysis.text
    points = [p for p in analysis.periods_in(sentence.span) if p.from_ is not None and p.from_ == p.to]
    triggers = list(pattern("agreements", "dated").finditer(text, sentence.span.start, sentence.span.end))
    for period in points:
        gap = text[mention.span.end : period.span.start] if period.span.start >= mention.span.end else None
        if gap is None or period.from_ is None:
            continue
        if _OF_DATE.fullmatch(gap) or (
            triggers and triggers[0].end() <= mention.span.start and _ON_DATE.fullmatch(gap)
        ):
            return period.from_, period.span
    opening = points[0] if points and points[0].span.start - sentence.span.start <= _OPENING else None
    signed = triggers and triggers[0].end() <= mention.span.start <= triggers[0].end() + _REACH
    if opening is not None and opening.from_ is not None and len(points) == 1 and signed:
        return opening.from_, opening.span
    for trigger in triggers:
        if min(abs(trigger.start() - mention.span.end), abs(mention.span.start - trigger.end())) > _REACH:
            continue
        at = max(trigger.end(), mention.span.end)
        reach = _REACH if _WITH.match(text, mention.span.end) else _REACH // 2
        period_near = next((p for p in points if at <= p.span.start <= at + reach), None)
        if period_near is None or period_near.from_ is None:
            period_near = next(
                (p for p in points if trigger.end() <= p.span.start <= trigger.end() + _REACH // 2), None
            )
        if period_near is not None and period_near.from_ is not None and _reaches(analysis, mention, period_near.span):
            return period_near.from_, period_near.span
    return None


def _reaches(analysis: Analysis, mention: Mention, period: Span) -> bool:
    """Say whether no other agreement has the date: between name and date stand none, or only ones joined by "and"."""
    if period.start <= mention.span.end:
        return True
    others = [m for m in analysis.mentions_in(Span(mention.span.end, period.start)) if m.kind is EntityKind.AGREEMENT]
    gaps = zip([mention, *others], others, strict=False)
    return all(_JOINED.fullmatch(analysis.text[a.span.end : b.span.start]) for a, b in gaps)
