"""Which mission a phrase such as "was launched" or "took over from" is said of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ssrgraph.entities.model import EntityKind

if TYPE_CHECKING:
    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence

# A mission behind these words is not the one that the verb behind it is said of.
_OBJECT_OF = re.compile(
    r"\b(?:to|with|from|under|alongside|like|of|by|for|than|and|replac\w+|succe\w+|follow\w+|supports?|supporting"
    r"|joined|part of)"
    r"\s+(?:the\s+|its\s+)?$",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\s*(?:\([^)]*\))?\s*,?\s+(?:which|that)\s+(?:\w+\s+){0,2}", re.IGNORECASE)
_SUBJECTS = {"nsubj", "nsubjpass"}
_REACH = 160
_BEHIND = 30


def acting_mission(analysis: Analysis, sentence: Sentence, start: int, end: int) -> Mention | None:
    """Return the mention of the mission that a phrase is said of: the verb's subject, else the nearest name.

    Args:
        analysis: The analysis.
        sentence: The sentence in which the phrase stands.
        start: Offset of the phrase.
        end: Offset behind it; a mission that follows at once is its object ("launched Operation X").
    """
    missions = [m for m in analysis.mentions_in(sentence.span) if m.kind is EntityKind.MISSION]
    if not missions:
        return None
    said = _by_parse(sentence, missions, start, end)
    if said is not None:
        return said
    behind = next((m for m in missions if 0 <= m.span.start - end <= _BEHIND), None)
    before = [m for m in missions if m.span.end <= start and start - m.span.end <= _REACH]
    if before and _RELATIVE.fullmatch(analysis.text[before[-1].span.end : start]):
        return before[-1]
    free = [m for m in before if not _OBJECT_OF.search(analysis.text, sentence.span.start, m.span.start)]
    if free or before:
        return (free or before)[-1]
    return behind


def _by_parse(sentence: Sentence, missions: list[Mention], start: int, end: int) -> Mention | None:
    """Return the mission that is the subject of the verb among the phrase's words, or of the verb that it joins."""
    for token in sentence.tokens:
        if not (start <= sentence.token_span(token).start < end and token.pos_ in {"VERB", "AUX"}):
            continue
        verb = token
        for _ in range(3):
            subjects = [child for child in verb.children if child.dep_ in _SUBJECTS]
            if subjects:
                place = sentence.token_span(subjects[0])
                return next((m for m in missions if m.span.covers(place)), None)
            if verb.dep_ != "conj" or verb.head is verb:
                break
            verb = verb.head
    return None
