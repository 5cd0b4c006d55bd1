"""What stands beside an occasion: "Oslo, where on 3 May they held talks", "the meeting which X convened"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind

if TYPE_CHECKING:
    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence
    from ssrgraph.extraction.claims.actors import Actors
    from ssrgraph.extraction.periods import Period

# Between a day and an occasion: adjectives, and what one does there ("presided on 3 May over the opening ceremony").
_DAY_IN_FRONT = re.compile(
    r",?\s+(?:(?:with|over|at|during)\s+)?(?:(?:the|an?|annual|regular|first|second|third|\w+al)\s+)*"
    r"|,?\s+(?:they|both|the two \w+|the \w+s)\s+(?:also\s+)?(?:held|had|opened|began|attended)\s+(?:\w+\s+)?"
)
_WHERE = re.compile(r",\s+where\b(?=[^.;:]*$)")
_THEY = re.compile(r"\b(?:they|both|the two (?:ministers|leaders|officials|men|women|sides))\s+(?:\w+\s+){1,2}$")
_RELATIVE = re.compile(
    r"(?:\s+on\s[^.;:,]{3,40})?,?\s(?:which|that)\s(?P<who>[^.;:,]{2,60}?)\s(?:had\s|has\s|will\s)?"
    r"(?:convened|hosted|organi[sz]ed|held|called|chaired|convene|host|hold)\b"
)
_CALENDAR = re.compile(
    r"\d|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_PAIR = 2


def may_date(text: str, period: Period) -> bool:
    """Say whether a period may be the day of an occasion."""
    words = period.span.of(text)
    opened = period.kind == "since" and words.casefold().startswith("from ")
    if not opened and period.kind not in {"point", "range", "unresolved"}:
        return False
    return period.from_ is not None or _CALENDAR.search(words) is not None


def day_in_front(text: str, period: Period, mention: Mention) -> bool:
    """Say whether a day stands directly in front of an occasion."""
    return _DAY_IN_FRONT.fullmatch(text, period.span.end, mention.span.start) is not None


def place_in_front(analysis: Analysis, sentence: Sentence, mention: Mention) -> Mention | None:
    """Return the place of "X travelled to Oslo, where on 3 May they held talks"."""
    where = _WHERE.search(analysis.text, sentence.span.start, mention.span.start)
    before = analysis.mention_at(where.start() - 1) if where else None
    return before if before is not None and before.kind is EntityKind.PLACE and before.form == "name" else None


def those_who_talk(analysis: Analysis, sentence: Sentence, mention: Mention) -> list[Mention]:
    """Return the two persons of a sentence whom "they" in front of an occasion means: "they held talks"."""
    they = _THEY.search(analysis.text, sentence.span.start, mention.span.start)
    if they is None or they.start() <= sentence.span.start:
        return []
    named = analysis.mentions_in(Span(sentence.span.start, they.start()))
    persons = {m.entity: m for m in named if m.kind is EntityKind.PERSON and m.form == "name"}
    return list(persons.values()) if len(persons) == _PAIR else []


def relative_end(text: str, mention: Mention, end: int) -> int:
    """Return where a clause ends that says who convened an occasion; the end of its name if there is none."""
    said = _RELATIVE.match(text, mention.span.end, end)
    return said.end() if said is not None else mention.span.end


def convener(analysis: Analysis, actors: Actors, mention: Mention, end: int) -> list[Mention]:
    """Return who convened an occasion by a clause behind it: "the meeting on Mali which ECOWAS convened"."""
    said = _RELATIVE.match(analysis.text, mention.span.end, end)
    if said is None:
        return []
    return actors.among(said.start("who"), said.end("who"))
