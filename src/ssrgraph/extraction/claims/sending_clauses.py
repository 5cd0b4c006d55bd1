"""States that belong to a mission as clauses say: "deployed by A to M", "M, to which A and B supply units"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.groups import joins_group, may_be_member, membership, sent_elsewhere
from ssrgraph.extraction.claims.nearby import listed_from, mention_after
from ssrgraph.extraction.claims.terms import mission_spoken_of
from ssrgraph.extraction.clauses import status_of
from ssrgraph.extraction.lexicon import any_of, load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence
    from ssrgraph.extraction.model import Membership

_TO = re.compile(r"\s*(?:\([^()]{2,20}\))?\s+(?:to|with|in|under|for)\s+(?:the\s+)?")
_SERVES = re.compile(
    r"[^.;:]{0,60}?\b(?:serv|operat|work|deployed|is part|are part|belong)\w*\s+(?:of|in|with|under|to)\s"
)
_NEAR = 70
_FAR = 250


def by_clauses(analysis: Analysis, sentence: Sentence) -> Iterator[Membership]:
    """Yield the states that passives and relative clauses say to have people in a mission."""
    if not any(m.kind is EntityKind.ORGANIZATION for m in analysis.mentions_in(sentence.span)):
        return
    yield from _sent_by(analysis, sentence)
    yield from _to_which(analysis, sentence)
    yield from _that_state(analysis, sentence)
    yield from _units_from(analysis, sentence)


def _sent_by(analysis: Analysis, sentence: Sentence) -> Iterator[Membership]:
    """Yield the states of "140 officers were deployed by A to M" and "nine of its monitors are supplied by B"."""
    for verb in _passive().finditer(analysis.text, sentence.span.start, sentence.span.end):
        front = Span(max(sentence.span.start, verb.start() - _NEAR), verb.start())
        if front.end <= front.start or _people().search(analysis.text, front.start, front.end) is None:
            continue
        states = _states_from(analysis, sentence, verb.end())
        group = _mission_behind(analysis, sentence, states[-1].span.end) if states else None
        if states and group is None and _ITS.search(analysis.text, front.start, front.end):
            group = _mission_meant(analysis, sentence, verb.start())
        yield from _claims(analysis, sentence, group, states)


def _to_which(analysis: Analysis, sentence: Sentence) -> Iterator[Membership]:
    """Yield the states of "M, which …, and to which A and B also supply battalions"."""
    for link in _TO_WHICH.finditer(analysis.text, sentence.span.start, sentence.span.end):
        states = _states_from(analysis, sentence, link.end())
        behind = states[-1].span.end if states else link.end()
        if not states or _gives().match(analysis.text, behind, sentence.span.end) is None:
            continue
        yield from _claims(analysis, sentence, _mission_before(analysis, sentence, link.start()), states)


def _that_state(analysis: Analysis, sentence: Sentence) -> Iterator[Membership]:
    """Yield the state of "the 60 soldiers that A has kept there since 1990 as part of M"."""
    for link in _THAT.finditer(analysis.text, sentence.span.start, sentence.span.end):
        front = Span(max(sentence.span.start, link.start() - _NEAR // 2), link.start() + 1)
        states = _states_from(analysis, sentence, link.end())
        if not states or _people().search(analysis.text, front.start, front.end) is None:
            continue
        at = states[-1].span.end
        behind = [m for m in analysis.mentions_in(sentence.span) if m.span.start > at and _is_mission(m)]
        if behind and _keeps().fullmatch(analysis.text, at, behind[0].span.start):
            yield from _claims(analysis, sentence, behind[0], states)


def _units_from(analysis: Analysis, sentence: Sentence) -> Iterator[Membership]:
    """Yield the states of "a battalion from A and a medical team from B serve in M"."""
    for link in _from().finditer(analysis.text, sentence.span.start, sentence.span.end):
        states = _states_from(analysis, sentence, link.end())
        serves = _SERVES.match(analysis.text, states[-1].span.end, sentence.span.end) if states else None
        if serves is None or sent_elsewhere(analysis, sentence, link.start()):
            continue
        group = mention_after(analysis, sentence, serves.end(), reach=2, wanted=_is_mission)
        yield from _claims(analysis, sentence, group, states)


def _claims(
    analysis: Analysis, sentence: Sentence, group: Mention | None, states: list[Mention]
) -> Iterator[Membership]:
    if group is None:
        return
    standing = status_of(analysis, sentence, states[0].span)
    if not (standing.planned or standing.doubt or standing.negated):
        for state in states:
            yield membership(sentence, group, state, rule="contributor")


def _states_from(analysis: Analysis, sentence: Sentence, at: int) -> list[Mention]:
    """Return the states of a list that begins at an offset."""
    first = mention_after(analysis, sentence, at, reach=4, wanted=may_be_member)
    if first is None or not joins_group(analysis, first):
        return []
    return [m for m in listed_from(analysis, sentence, first, wanted=may_be_member) if joins_group(analysis, m)]


def _mission_behind(analysis: Analysis, sentence: Sentence, at: int) -> Mention | None:
    link = _TO.match(analysis.text, at, sentence.span.end) or _SERVES.match(analysis.text, at, sentence.span.end)
    return mention_after(analysis, sentence, link.end(), reach=4, wanted=_is_mission) if link else None


def _mission_before(analysis: Analysis, sentence: Sentence, at: int) -> Mention | None:
    named = [m for m in analysis.mentions_in(sentence.span) if m.span.end <= at and _is_mission(m)]
    return named[-1] if named and at - named[-1].span.end <= _FAR else None


def _mission_meant(analysis: Analysis, sentence: Sentence, at: int) -> Mention | None:
    """Return the mission that "its" means: the one in front in the sentence, or that of which the text speaks."""
    return _mission_before(analysis, sentence, at) or mission_spoken_of(analysis, sentence.span.start)


def _is_mission(mention: Mention) -> bool:
    return mention.kind is EntityKind.MISSION and mention.form != "adjective" and not mention.nested


_ITS = re.compile(r"\b(?:its|of the mission['’]s|of the mission|the mission['’]s)\b", re.IGNORECASE)
_TO_WHICH = re.compile(r"\b(?:to|in|for|with) which\s+(?:the\s+)?(?=[A-Z])")
_THAT = re.compile(r"\b(?:that|which|whom)\s+(?:the\s+)?(?=[A-Z])")


@cache
def _people() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(load_lexicon('relations')['sending']['people'])})\b", re.IGNORECASE)


@cache
def _passive() -> re.Pattern[str]:
    verbs = any_of(load_lexicon("relations")["sending"]["participles"])
    return re.compile(rf"\b(?:{verbs})\s+by\s+(?:the\s+)?(?=[A-Z])")


@cache
def _gives() -> re.Pattern[str]:
    words = load_lexicon("relations")["sending"]
    verbs, people = any_of([*words["participles"], *words["verbs"]]), any_of(words["people"])
    return re.compile(
        rf"\s+(?:(?:also|both|each|now|still|have|has|had|regularly|currently)\s+){{0,3}}(?:{verbs})\s+"
        rf"(?:[\w-]+\s+){{0,5}}?(?:{people})\b"
    )


@cache
def _keeps() -> re.Pattern[str]:
    words = load_lexicon("relations")["sending"]
    verbs = any_of([*words["participles"], *words["verbs"], *words["keeping"]])
    return re.compile(
        rf"\s+(?:(?:also|now|still|have|has|had|currently)\s+){{0,3}}(?:{verbs})\b[^.;:]{{0,60}}?\s"
        r"(?:as part of|with|to|in|under|within)\s+(?:the\s+)?"
    )


@cache
def _from() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(load_lexicon('relations')['sending']['people'])})\s+from\s+(?:the\s+)?(?=[A-Z])")
