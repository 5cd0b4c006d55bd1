"""Treaties, agreements, resolutions, laws, strategies and formal frameworks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.nearby import pattern
from ssrgraph.extraction.claims.signatories import find_parties, tail_of
from ssrgraph.extraction.model import Agreement, Claim, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence
    from ssrgraph.extraction.periods import Period

_YEAR = re.compile(r"(?:^|\bof |\bfor |[( ])((?:19|20)\d\d)(?:\)|\b)")
_IN_OR_ON = re.compile(r"(?:^|\b)(?i:in|on)\s(?:the\s)?$")
_BUDGET_YEAR = re.compile(r"\s+for\s+((?:19|20)\d\d)\b")
_YEAR_BEHIND = re.compile(r"\s*\((?:of )?((?:19|20)\d\d)\)")
# A law's number that has its year: "No. 13 of 2016", "No. 123/2019".
_NUMBER_BEHIND = re.compile(
    r"\s*[,(]\s*(?:(?:(?:Law|Act|Decree)\s+)?No\.?|Law|Act|Decree)\s*\d+(?:/|-|\s+of\s+)((?:19|20)\d\d)\b"
)
_TERM = re.compile(r"\b(?:19|20)\d\d\s?(?:[-–/]|to)\s?(?:19|20)?\d\d$")
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
# "the Plan adopted", "the Treaty, which was signed": the participle belongs to the name before.
_POSTPOSED = re.compile(r"\s*(?:\([^)]*\))?\s*,?\s*(?:(?:which|that)\s+)?(?:was\s+|were\s+|had been\s+|has been\s+)?")
# "adopted by the second session of the committee, held at X on", "signed by the ministers of A, B and C on".
_BY_WHOM = re.compile(
    r"\s+(?:by|at|during|between|among)\s+[^.;:]{0,150}?(?=\b(?:on|in)\s+(?:the\s+)?(?:\d|January|February|March|April|May|June"
    r"|July|August|September|October|November|December))"
)
# "towards 2030", "by 2027": no day of signature.
_GOAL = re.compile(r"\b(?:towards?|by|until|till|beyond|before|up to)\s+(?:the\s+)?(?:end\s+of\s+)?$")
_DONE = re.compile(r"\s*(?:done|signed|concluded)\s+(?:at|in)\s", re.IGNORECASE)
_TOP = 8  # blocks in which the title of an agreement stands
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
    # The years of a plan are those for which it holds: the day on which it was concluded says more.
    term, date = (date, None) if any(_TERM.search(m.span.of(analysis.text)) for m in names) else (None, date)
    for mention in names:
        sentence = analysis.sentence_at(mention.span.start)
        if sentence is None:
            continue
        date = date or _date_said(analysis, sentence, mention)
        parties = parties or find_parties(analysis, sentence, mention)
    date = date or term
    if date is None and any(_heads_document(analysis, mention) for mention in names):
        date = analysis.once(_done)
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


def _heads_document(analysis: Analysis, mention: Mention) -> bool:
    """Say whether the document is the agreement: its name with its parties is the title."""
    sentence = analysis.sentence_at(mention.span.start)
    top = analysis.document.blocks[min(_TOP, len(analysis.document.blocks)) - 1]
    if sentence is None or mention.span.start > top.span.end or " " not in mention.span.of(analysis.text):
        return False
    front = analysis.text[sentence.block.span.start : mention.span.start].strip()
    return not front and re.search(r"\bbetween\b", mention.span.of(analysis.text), re.IGNORECASE) is not None


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
        budget = _BUDGET_YEAR.match(analysis.text, mention.span.end)
        if budget and analysis.entities[mention.entity].type == "law":
            return budget.group(1), Span(budget.start(1), budget.end(1))
        numbered = _IN_NUMBER.search(mention.span.of(analysis.text))
        if numbered:
            start = mention.span.start + numbered.start(1)
            return numbered.group(1), Span(start, start + 4)
    return None


def _parties_in_name(analysis: Analysis, names: list[Mention]) -> tuple[tuple[str, ...], Span] | None:
    """Return the states that the name joins: two or more of them, or none."""
    for mention in names:
        if analysis.entities[mention.entity].type in {"resolution", "law"}:
            continue
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
    points = _points(analysis, sentence)
    triggers = list(pattern("agreements", "dated").finditer(text, sentence.span.start, sentence.span.end))
    if analysis.entities[mention.entity].type in {"law", "strategy"}:
        triggers += pattern("agreements", "issued").finditer(text, sentence.span.start, sentence.span.end)
        triggers.sort(key=lambda found: found.start())
    signed_before = bool(triggers) and triggers[0].end() <= mention.span.start
    for end in dict.fromkeys((mention.span.end, tail_of(analysis, sentence, mention))):
        for period in points:
            gap = text[end : period.span.start] if period.span.start >= end else None
            if gap is None or period.from_ is None:
                continue
            if _OF_DATE.fullmatch(gap) or (signed_before and _ON_DATE.fullmatch(gap)):
                return period.from_, period.span
    return (
        _date_opening(mention, points, sentence, triggers)
        or _date_near(analysis, sentence, mention, triggers)
        or _date_in_front(analysis, mention, points, triggers)
    )


def _date_opening(
    mention: Mention, points: Sequence[Period], sentence: Sentence, triggers: Sequence[re.Match[str]]
) -> tuple[str, Span] | None:
    """Return the date that opens the sentence: "In October 2023 the two states signed …"."""
    if not points or not triggers or points[0].from_ is None or points[0].span.start - sentence.span.start > _OPENING:
        return None
    if not triggers[0].end() <= mention.span.start <= triggers[0].end() + _REACH:
        return None
    near = Span(triggers[0].end(), mention.span.end + _REACH // 2)
    return None if any(near.covers(p.span) for p in points) else (points[0].from_, points[0].span)


def _date_in_front(
    analysis: Analysis, mention: Mention, points: Sequence[Period], triggers: Sequence[re.Match[str]]
) -> tuple[str, Span] | None:
    """Return the date in front of those who sign: "that on 3 May A and B signed", "In May a pact was signed"."""
    for trigger in triggers:
        first = min(trigger.start(), mention.span.start)
        behind = Span(first, max(trigger.end(), mention.span.end) + _REACH)
        front = [p for p in points if p.span.end <= first and first - p.span.end <= _REACH]
        if not front or any(behind.covers(p.span) for p in points):
            continue
        said = analysis.text[max(0, front[-1].span.start - len("that on the ")) : front[-1].span.start]
        between = analysis.text[front[-1].span.end : first]
        near = abs(trigger.start() - mention.span.end) <= _REACH or 0 <= mention.span.start - trigger.end() <= _REACH
        if (
            near
            and _IN_OR_ON.search(said)
            and not re.search(r"[.;:()]|,\s[a-z]|\b(?:which|who|as well as|and has|and have)\b", between)
        ):
            return front[-1].from_ or "", front[-1].span
    return None


def _date_near(
    analysis: Analysis, sentence: Sentence, mention: Mention, triggers: Sequence[re.Match[str]]
) -> tuple[str, Span] | None:
    """Return the date near a verb of signature or adoption that stands near the name."""
    text = analysis.text
    points = _points(analysis, sentence)
    for trigger in triggers:
        tail = tail_of(analysis, sentence, mention)
        if min(abs(trigger.start() - tail), abs(mention.span.start - trigger.end())) > _REACH:
            continue
        if _of_other(analysis, sentence, mention, trigger.start()):
            continue
        at = max(trigger.end(), tail)
        by = _BY_WHOM.match(text, trigger.end(), sentence.span.end) if trigger.start() >= mention.span.end else None
        reach = _REACH if by or _WITH.match(text, mention.span.end) else _REACH // 2
        at = by.end() if by else at
        found = next((p for p in points if at <= p.span.start <= at + reach), None)
        if found is None:
            found = next((p for p in points if trigger.end() <= p.span.start <= trigger.end() + _REACH // 2), None)
        if found is not None and found.from_ is not None and _reaches(analysis, mention, found.span):
            return found.from_, found.span
    return None


def _points(analysis: Analysis, sentence: Sentence) -> list[Period]:
    points = (p for p in analysis.periods_in(sentence.span) if p.from_ is not None and p.from_ == p.to)
    return [p for p in points if not _GOAL.search(analysis.text, sentence.span.start, p.span.start)]


def _done(analysis: Analysis) -> tuple[str, Span] | None:
    """Return the date of "Done at X on …", in the text of an agreement."""
    for sentence in analysis.sentences:
        if _DONE.match(analysis.text, sentence.span.start, sentence.span.end):
            for point in _points(analysis, sentence)[:1]:
                if point.from_ is not None:
                    return point.from_, point.span
    return None


def _of_other(analysis: Analysis, sentence: Sentence, mention: Mention, at: int) -> bool:
    """Say whether a participle in front of a name belongs to another one: "the X, signed in 2019, and the Y"."""
    if at >= mention.span.start or at <= sentence.span.start:
        return False
    before = analysis.mentions_in(Span(sentence.span.start, at))
    others = [m for m in before if m.kind is EntityKind.AGREEMENT and m.form == "name"]
    return bool(others) and _POSTPOSED.fullmatch(analysis.text, others[-1].span.end, at) is not None


def _reaches(analysis: Analysis, mention: Mention, period: Span) -> bool:
    """Say whether no other agreement has the date: between name and date stand none, or only ones joined by "and"."""
    if period.start <= mention.span.end:
        return True
    others = [m for m in analysis.mentions_in(Span(mention.span.end, period.start)) if m.kind is EntityKind.AGREEMENT]
    gaps = zip([mention, *others], others, strict=False)
    return all(_JOINED.fullmatch(analysis.text[a.span.end : b.span.start]) for a, b in gaps)
