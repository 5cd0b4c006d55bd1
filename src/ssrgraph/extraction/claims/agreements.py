"""Treaties, agreements, resolutions, laws, strategies and formal frameworks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.nearby import listed_from, mention_after, pattern
from ssrgraph.extraction.model import Agreement, Claim, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence
    from ssrgraph.extraction.periods import Period

_YEAR = re.compile(r"(?:^|\bof |\bfor |[( ])((?:19|20)\d\d)(?:\)|\b)")
_YEAR_BEHIND = re.compile(r"\s*\((?:of )?((?:19|20)\d\d)\)")
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
        parties = parties or _parties_said(analysis, sentence, mention)
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
        inside = _YEAR.search(mention.span.of(analysis.text))
        if inside:
            start = mention.span.start + inside.start(1)
            return inside.group(1), Span(start, start + 4)
        behind = _YEAR_BEHIND.match(analysis.text, mention.span.end)
        if behind:
            return behind.group(1), Span(behind.start(1), behind.end(1))
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
    """Return the date of signature or adoption that stands near the name."""
    for trigger in pattern("agreements", "dated").finditer(analysis.text, sentence.span.start, sentence.span.end):
        near = min(abs(trigger.start() - mention.span.end), abs(mention.span.start - trigger.end())) <= _REACH
        period = _period_near(analysis, sentence, trigger.end())
        if near and period is not None and period.from_ is not None and period.from_ == period.to:
            return period.from_, period.span
    return None


def _period_near(analysis: Analysis, sentence: Sentence, at: int) -> Period | None:
    return next((p for p in analysis.periods_in(sentence.span) if at <= p.span.start <= at + _REACH // 2), None)


def _parties_said(analysis: Analysis, sentence: Sentence, mention: Mention) -> tuple[tuple[str, ...], Span] | None:
    behind = analysis.text[mention.span.end : sentence.span.end]
    between = re.match(r"\s*(?:\([^)]*\)\s*)?(?:between|among)\s", behind)
    if between:
        first = mention_after(analysis, sentence, mention.span.end + between.end(), reach=5, wanted=_may_sign)
        if first is not None:
            parties = list(listed_from(analysis, sentence, first, wanted=_may_sign))
            return tuple(dict.fromkeys(m.entity for m in parties)), Span(first.span.start, parties[-1].span.end)
    return _signatories(analysis, sentence, mention)


def _signatories(analysis: Analysis, sentence: Sentence, mention: Mention) -> tuple[tuple[str, ...], Span] | None:
    """Return the parties of "A and B signed the X", or "A signed an X with B"."""
    before = [
        t for t in pattern("agreements", "signed").finditer(analysis.text, sentence.span.start, mention.span.start)
    ]
    if not before or mention.span.start - before[-1].end() > _REACH // 2:
        return None
    subjects = [
        m
        for m in analysis.mentions_in(sentence.span)
        if m.span.end <= before[-1].start() and m.kind is EntityKind.ORGANIZATION
    ]
    if not subjects:
        return None
    run = [subjects[-1]]
    for other in reversed(subjects[:-1]):
        if run[0] not in list(
            listed_from(analysis, sentence, other, wanted=lambda m: m.kind is EntityKind.ORGANIZATION)
        ):
            break
        run.insert(0, other)
    with_ = re.match(r"\s*(?:\([^)]*\)\s*)?with\s", analysis.text[mention.span.end : sentence.span.end])
    if with_:
        partner = mention_after(analysis, sentence, mention.span.end + with_.end(), reach=5, wanted=_may_sign)
        run += [partner] if partner else []
    parties = tuple(dict.fromkeys(m.entity for m in run))
    return (parties, Span(run[0].span.start, max(m.span.end for m in run))) if len(parties) > 1 else None


def _may_sign(mention: Mention) -> bool:
    return mention.kind is EntityKind.ORGANIZATION and mention.form != "adjective"
