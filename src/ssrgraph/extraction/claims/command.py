"""Who commands a mission."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.acting import acting_mission
from ssrgraph.extraction.claims.nearby import mention_after, mention_before, pattern
from ssrgraph.extraction.claims.roles import read_roles
from ssrgraph.extraction.lexicon import load_lexicon
from ssrgraph.extraction.model import Role

if TYPE_CHECKING:
    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence

_COMMANDER_OF = re.compile(
    r"\b(?:[Ff]orce |[Mm]ission )?(?:[Cc]ommander|[Hh]ead|[Cc]hief) of (?:the )?(?:[A-Z]\w+['’]s )?$"
)
_POST = re.compile(
    r"\b(?:(?:Mission |EU |NATO )?Force Commander|Head of Mission|Mission Commander|Head of the Mission)\b"
)
_OTHER_BODY = re.compile(r" of (?!the (?:mission|force|operation)\b)")
_COMMANDS = re.compile(r"\s+(?:commanded|commands|heads|headed|leads|led|has commanded|has led)\s+(?:the\s+)?$")
_NEAR = 90


def find_commander(analysis: Analysis, entity_id: str, naming: list[tuple[Sentence, list[Mention]]]) -> Mention | None:
    """Return the first person who is said to lead or command a mission.

    Read are "led by X", "X, Commander of M", "X commanded M", and the post alone ("the Force Commander, X") behind a
    sentence that names the mission.
    """
    for sentence, mentions in naming:
        for mention in mentions:
            found = _led_by(analysis, sentence, mention) or _in_front(analysis, sentence, mention)
            if found is not None:
                return found
    return analysis.once(_by_post).get(entity_id) or analysis.once(_by_role).get(entity_id)


def _by_role(analysis: Analysis) -> dict[str, Mention]:
    """Return who holds the post of a mission's commander, as the posts of persons are read, by the mission's id."""
    found: dict[str, Mention] = {}
    posts = load_lexicon("relations")["profile"]["commander"]
    for read in read_roles(analysis):
        if not isinstance(read, Role) or (read.role or "").casefold().removeprefix("acting ") not in posts:
            continue
        missions = [each for each in read.organization if analysis.entities[each].kind is EntityKind.MISSION]
        person = next((m for m in analysis.mentions_in(read.words["person"]) if _is_person(m)), None)
        if missions and person is not None:
            found.setdefault(missions[0], person)
    return found


def _led_by(analysis: Analysis, sentence: Sentence, mention: Mention) -> Mention | None:
    for trigger in pattern("missions", "led_by").finditer(analysis.text, mention.span.end, sentence.span.end):
        if trigger.start() - mention.span.end > _NEAR:
            return None
        behind = mention_after(analysis, sentence, trigger.end(), reach=45, wanted=lambda m: m.form != "adjective")
        if behind is not None and behind.kind is EntityKind.PERSON:
            acting = acting_mission(analysis, sentence, trigger.start(), trigger.end())
            return behind if acting is not None and acting.entity == mention.entity else None
    return None


def _in_front(analysis: Analysis, sentence: Sentence, mention: Mention) -> Mention | None:
    for pattern_, reach in ((_COMMANDER_OF, 60), (_COMMANDS, 0)):
        match = pattern_.search(analysis.text, sentence.span.start, mention.span.start)
        if match is not None:
            person = mention_before(analysis, sentence, match.start(), reach=reach, wanted=_is_person)
            if person is not None:
                return person
    return None


def _by_post(analysis: Analysis) -> dict[str, Mention]:
    """Return who has the post of a commander behind a mission's name, by the mission's id."""
    found: dict[str, Mention] = {}
    missions = [m for m in analysis.mentions if m.kind is EntityKind.MISSION and not m.nested]
    for sentence in analysis.sentences:
        for post in _POST.finditer(analysis.text, sentence.span.start, sentence.span.end):
            before = bisect_left(missions, post.start(), key=lambda m: m.span.start)
            if not before or _OTHER_BODY.match(analysis.text, post.end()):
                continue
            person = mention_after(analysis, sentence, post.end(), reach=40, wanted=_is_person)
            if person is not None:
                found.setdefault(missions[before - 1].entity, person)
    return found


def _is_person(mention: Mention) -> bool:
    return mention.kind is EntityKind.PERSON
