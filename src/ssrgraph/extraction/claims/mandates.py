"""What a mission is mandated to do, by its name and by what the text says of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from ssrgraph.documents.model import BlockKind, Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.acting import acting_mission
from ssrgraph.extraction.claims.nearby import pattern
from ssrgraph.extraction.lexicon import load_lexicon

if TYPE_CHECKING:
    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence

_APPOSITION = re.compile(
    r"(?:\s*\([^)]*\))?,\s+(?:an?|the|its|their|[\w.]+['’]s?)\s+[^,.;]{0,60}?\b(?:mission|operation|force)\b",
)
_MANDATES = ("training", "advisory", "non-combat", "combat", "monitoring", "police", "rule of law")


def is_subject(sentence: Sentence, mentions: list[Mention]) -> bool:
    """Say whether one of some mentions heads the subject of the sentence's main verb."""
    subjects = [sentence.token_span(t) for t in sentence.parsed.root.children if t.dep_ in {"nsubj", "nsubjpass"}]
    return any(m.span.covers(place) for m in mentions for place in subjects)


def _below(analysis: Analysis, heading: Sentence) -> str:
    """Return the words of the paragraph below a heading that names the mission."""
    place = bisect_left(analysis.sentences, heading.block.span.end, key=lambda s: s.span.start)
    if place == len(analysis.sentences):
        return ""
    block = analysis.sentences[place].block
    behind = takewhile(lambda s: s.block is block, islice(analysis.sentences, place, None))
    return " ".join(analysis.words(s.span) for s in behind)


@cache
def _mandate_pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(load_lexicon("relations")["mandate"][name]), re.IGNORECASE)


def find_mandate(analysis: Analysis, entity_id: str, naming: list[tuple[Sentence, list[Mention]]]) -> tuple[str, ...]:
    """Return the mandates that the name says, and those said in sentences whose subject the mission is."""
    said = [analysis.entities[entity_id].label]
    for sentence, mentions in naming:
        if is_subject(sentence, mentions):
            root = sentence.parsed.root
            ends = [sentence.token_span(t).end for t in root.children if t.dep_ in {"nsubj", "nsubjpass"}]
            said.append(_words_of_it(analysis, entity_id, Span(min(ends), sentence.span.end)))
        said += [
            apposed.group()
            for mention in mentions
            if (apposed := _APPOSITION.match(analysis.text, mention.span.end, sentence.span.end)) is not None
        ]
        if not is_subject(sentence, mentions) and any(
            purpose := _purpose(analysis, sentence, mention) for mention in mentions
        ):
            said.append(purpose)
        if sentence.block.kind is BlockKind.HEADING:
            said.append(_below(analysis, sentence))
    words = " | ".join(said)
    found = [name for name in _MANDATES if _mandate_pattern(name).search(words)]
    if "non-combat" in found and "combat" in found:
        found.remove("combat")
    return tuple(found)


def _words_of_it(analysis: Analysis, entity_id: str, span: Span) -> str:
    """Return the words of a stretch of text without the names of other missions."""
    words, at = "", span.start
    for mention in analysis.mentions_in(span):
        if mention.kind is EntityKind.MISSION and mention.entity != entity_id:
            words += analysis.text[at : mention.span.start]
            at = max(at, mention.span.end)
    return words + analysis.text[at : span.end]


def _purpose(analysis: Analysis, sentence: Sentence, mention: Mention) -> str:
    """Return the words behind "was launched to", where that is said of the mission."""
    for level in ("began", "established", "launched"):
        triggers = pattern("missions", level).finditer(analysis.text, mention.span.end, sentence.span.end)
        for trigger in triggers:
            acting = acting_mission(analysis, sentence, trigger.start(), trigger.end())
            if acting is not None and acting.entity == mention.entity and trigger.end() < sentence.span.end:
                return _words_of_it(analysis, mention.entity, Span(trigger.end(), sentence.span.end))
    return ""
