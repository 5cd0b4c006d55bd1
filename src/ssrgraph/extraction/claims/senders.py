"""States that are said to send people to a mission, and states that are called allies or members of a group."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.contributors import of_several
from ssrgraph.extraction.claims.groups import BETWEEN, is_group, joins_group, may_be_member, membership
from ssrgraph.extraction.claims.nearby import listed_from, mention_after, mention_before, run_to
from ssrgraph.extraction.claims.terms import mission_spoken_of
from ssrgraph.extraction.clauses import status_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence
    from ssrgraph.extraction.model import Membership

_REACH = 25
_BRACKET = 12
_MAIN_CONTRIBUTOR = re.compile(
    r"\b(?:is|was|remains?|remained|were|are|became) (?:by far )?(?:the|its|among the|one of the)\s(?:[\w-]+\s){0,2}?"
    r"(?:largest|biggest|main|top|leading|principal|key)\s(?:[\w-]+\s){0,2}?contribut(?:ors?|ing\s\w+)(?:\sto)?"
)
_TROOPS = (
    r"(?:troops|soldiers|personnel|peacekeepers|instructors|trainers|contingents?|battalion|company|police officers)"
)
_SENDS = re.compile(
    r"\b(?:(?:deploys?|deployed|contributes?|contributed|sends?|sent|provides?|provided|dispatched|suppl(?:ies|ied))\b"
    rf"[^.;:]{{0,80}}?\b{_TROOPS}\b[^.;:]{{0,25}}?\s(?:to|under|with|in)"
    r"|(?P<part>took part in|takes part in|participates in|participated in))"
    r"\s(?:the\s)?(?:[\w.]+-led\s)?(?=[A-Z])"
)
# "A and B also contributed personnel": to the mission of the sentence before.
_ALSO = re.compile(
    r"\s(?:have |has )?(?:also |each )?(?:contributed|contributes?|sent|provided|deployed) "
    r"(?:troops|personnel|soldiers|police officers|police|contingents|trainers|instructors)(?=[.,;])"
)
_OTHERS = re.compile(r"The others?(?: \w+){0,2} (?:are|were|include) (?:the )?")
_ALLY = re.compile(
    r"(?:['’]s?\s(?:[\w-]+\s){0,3}?|\s)(?:[Aa]lly|member(?:\s(?:state|country|nation))?)\b(?!\s+(?:states|countries))"
)
_IS_A = re.compile(
    r"\s(?:is|was|became|becomes|remains|has become|are)\s(?:(?:an?|the|both)\s)?"
    r"(?:(?!non|not\b|no\b|never\b)[\w-]+\s){0,3}$"
)
_ACCESSION = re.compile(r"\baccession of (?:the )?")


def senders(analysis: Analysis, sentence: Sentence) -> Iterator[Membership]:
    """Yield who is said to contribute most, to send troops to a mission or to take part in it."""
    yield from _main(analysis, sentence)
    yield from _also(analysis, sentence)
    yield from _sent(analysis, sentence)


def _main(analysis: Analysis, sentence: Sentence) -> Iterator[Membership]:
    """Yield the members of "A and B are the largest contributors (to M)", and of what follows."""
    for trigger in _MAIN_CONTRIBUTOR.finditer(analysis.text, sentence.span.start, sentence.span.end):
        last = mention_before(analysis, sentence, trigger.start(), reach=_BRACKET, wanted=may_be_member)
        to = mention_after(analysis, sentence, trigger.end(), reach=_REACH, wanted=lambda m: is_group(analysis, m))
        group = to or mission_spoken_of(analysis, sentence.span.start)
        if last is not None and group is not None and joins_group(analysis, last):
            for one in run_to(analysis, sentence, last):
                yield membership(sentence, group, one, rule="contributor")
            yield from _others(analysis, sentence, group)


def _also(analysis: Analysis, sentence: Sentence) -> Iterator[Membership]:
    """Yield the members of "A and B also contributed troops", behind the sentence that names the mission."""
    for trigger in _ALSO.finditer(analysis.text, sentence.span.start, sentence.span.end):
        last = mention_before(analysis, sentence, trigger.start(), reach=2, wanted=may_be_member)
        place = analysis.place_of(sentence)
        before = analysis.sentences[place - 1] if place else None
        spoken = mission_spoken_of(analysis, sentence.span.start)
        near = before is not None and spoken is not None and before.span.covers(spoken.span)
        if last is not None and spoken is not None and near and joins_group(analysis, last):
            for one in run_to(analysis, sentence, last):
                yield membership(sentence, spoken, one, rule="contributor")


def _sent(analysis: Analysis, sentence: Sentence) -> Iterator[Membership]:
    """Yield the members of "A deployed 90 soldiers to M" and "A took part in M"."""
    for trigger in _SENDS.finditer(analysis.text, sentence.span.start, sentence.span.end):
        mission = mention_after(analysis, sentence, trigger.end(), reach=1, wanted=_is_mission)
        member = mention_before(
            analysis, sentence, trigger.start(), reach=_REACH, wanted=lambda m: joins_group(analysis, m)
        )
        if mission is None or member is None or member.form == "adjective":
            continue
        operation = analysis.entities[mission.entity].label.startswith(("Op", "Exercise"))
        if operation and (trigger["part"] or not of_several(analysis, mission.entity)):
            continue
        if BETWEEN.fullmatch(analysis.text[member.span.end : trigger.start()]):
            standing = status_of(analysis, sentence, mission.span)
            if not (standing.planned or standing.doubt or standing.negated):
                yield membership(sentence, mission, member, rule="contributor")


def _is_mission(mention: Mention) -> bool:
    return mention.kind is EntityKind.MISSION


def _others(analysis: Analysis, sentence: Sentence, group: Mention) -> Iterator[Membership]:
    """Yield the members of "The others are A, B and C" behind the sentence that names the first."""
    place = analysis.place_of(sentence) + 1
    following = analysis.sentences[place] if place < len(analysis.sentences) else None
    said = _OTHERS.match(analysis.text, following.span.start, following.span.end) if following else None
    if following is None or said is None:
        return
    first = mention_after(analysis, following, said.end(), reach=1, wanted=may_be_member)
    for member in listed_from(analysis, following, first, wanted=may_be_member) if first is not None else ():
        if joins_group(analysis, member):
            yield membership(following, group, member, rule="contributor")


def allies(analysis: Analysis, sentence: Sentence) -> Iterator[Membership]:
    """Yield who is called an ally or member of a group: "X is a NATO Ally", "with the accession of X to Y"."""
    groups = [m for m in analysis.mentions_in(sentence.span) if is_group(analysis, m) and m.form == "name"]
    for group in groups:
        if _ALLY.match(analysis.text, group.span.end, sentence.span.end) is None:
            continue
        verb = _IS_A.search(analysis.text[sentence.span.start : group.span.start])
        at = sentence.span.start + verb.start() if verb else 0
        member = mention_before(analysis, sentence, at, reach=2, wanted=may_be_member) if verb else None
        if member is not None and joins_group(analysis, member):
            for one in run_to(analysis, sentence, member):
                yield membership(sentence, group, one, rule="ally")
    for trigger in _ACCESSION.finditer(analysis.text, sentence.span.start, sentence.span.end):
        first = mention_after(analysis, sentence, trigger.end(), reach=1, wanted=may_be_member)
        if first is None or len({m.entity for m in groups}) != 1 or not joins_group(analysis, first):
            continue
        standing = status_of(analysis, sentence, first.span)
        if not (standing.planned or standing.doubt):
            for one in listed_from(analysis, sentence, first, wanted=lambda m: joins_group(analysis, m)):
                yield membership(sentence, groups[0], one, rule="accession")
