"""Which mission a phrase such as "was launched" or "took over from" is said of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ssrgraph.entities.model import EntityKind

if TYPE_CHECKING:
    from spacy.tokens import Token

    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence

# A mission behind these words is not the one that the verb behind it is said of.
_OBJECT_OF = re.compile(
    r"\b(?:to|with|from|under|alongside|like|of|by|for|than|and|replac\w+|succe\w+|follow\w+|supports?|supporting"
    r"|joined|part of)"
    r"\s+(?:the\s+|its\s+)?$",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\s*(?:\([^)]*\))?\s*,?\s+(?:which|that)\s+(?:(?:on|in|since)\s+[\w\s]{4,20}\s)?(?:\w+\s+){0,2}", re.IGNORECASE
)
_ITS = {"its", "their", "whose", "mission", "operation", "deployment", "force"}
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
    said, of_another = _by_parse(sentence, missions, start, end)
    if said is not None or of_another:
        return said
    if start - sentence.span.start <= 1 and (opened := _main_subject(sentence, missions)) is not None:
        # "Launched in 2012 at the request of X, Operation Y has trained …"
        return opened
    behind = next((m for m in missions if 0 <= m.span.start - end <= _BEHIND), None)
    before = [m for m in missions if m.span.end <= start and start - m.span.end <= _REACH]
    if before and _RELATIVE.fullmatch(analysis.text[before[-1].span.end : start]):
        return before[-1]
    free = [m for m in before if not _OBJECT_OF.search(analysis.text, sentence.span.start, m.span.start)]
    if free or before:
        return (free or before)[-1]
    return behind


def _by_parse(sentence: Sentence, missions: list[Mention], start: int, end: int) -> tuple[Mention | None, bool]:
    """Return the mission that is the subject of the verb among the phrase's words, or of the verb that it joins.

    The second value says whether the verb is said of something else: "the team's work is led by soldiers".
    """
    for token in sentence.tokens:
        if not (start <= sentence.token_span(token).start < end and token.pos_ in {"VERB", "AUX"}):
            continue
        verb = token
        for _ in range(3):
            subjects = [child for child in verb.children if child.dep_ in _SUBJECTS]
            if subjects:
                place = sentence.token_span(subjects[0])
                found = next((m for m in missions if m.span.covers(place)), None)
                return found, found is None and _is_other(sentence, missions, subjects[0])
            if verb.dep_ != "conj" or verb.head is verb:
                break
            verb = verb.head
    return None, False


def _main_subject(sentence: Sentence, missions: list[Mention]) -> Mention | None:
    """Return the mission that the sentence is about: the subject of its main verb."""
    places = [sentence.token_span(t) for t in sentence.parsed.root.children if t.dep_ in _SUBJECTS]
    return next((m for m in missions for place in places if m.span.covers(place)), None)


def _is_other(sentence: Sentence, missions: list[Mention], subject: Token) -> bool:
    """Say whether what a passive verb is said of is a thing of its own: no mission's, and nothing that refers back."""
    if subject.dep_ != "nsubjpass" or subject.pos_ not in {"NOUN", "PROPN"}:
        return False
    phrase = list(subject.subtree)
    places = [sentence.token_span(token) for token in phrase]
    held = any(m.span.covers(place) for m in missions for place in places)
    return not held and not any(token.lower_ in _ITS for token in phrase)
