"""Whose report a document is: the body that stands over it and does what it tells without naming itself again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ssrgraph.documents.model import BlockKind, Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.subjects import bodies_named
from ssrgraph.extraction.lexicon import load_lexicon

if TYPE_CHECKING:
    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence

_HEAD = 6  # blocks at the top in which the name stands
_LONG = 30  # words of a block that is the text itself
_REST = 9  # words behind the name in its line: "Annual report and accounts 2023"
_OF_ITSELF = re.compile(r"\b(?:academy|school|college|centre|center|institute)\b", re.IGNORECASE)


def voice_of(analysis: Analysis) -> Mention | None:
    """Return the body whose own report or page a document is; to be asked for by `Analysis.once`.

    It is a mission, a society, a school or an office of an international body, never a state or an alliance: those
    publish what others do, too.
    """
    blocks = [b for b in analysis.document.blocks if b.kind is not BlockKind.FURNITURE][:_HEAD]
    for block in blocks:
        words = analysis.words(block.span)
        if block.kind is BlockKind.PARAGRAPH and (len(words.split()) > _LONG or words.endswith(".")):
            return None
        line = _first_line(analysis, block.span)
        for mention in bodies_named(analysis, line)[:1]:
            if _heads(analysis, mention, line) and _reports(analysis, mention):
                return mention
    return None


def _first_line(analysis: Analysis, block: Span) -> Span:
    end = analysis.text.find("\n", block.start, block.end)
    return Span(block.start, end) if end > block.start else block


def _heads(analysis: Analysis, mention: Mention, block: Span) -> bool:
    """Say whether a name opens a block and fills most of it."""
    front = analysis.text[block.start : mention.span.start].strip().lower()
    rest = analysis.text[mention.span.end : block.end].split()
    return front in {"", "the"} and len(rest) <= _REST and not any(word.endswith("'s") for word in rest[:1])


def _reports(analysis: Analysis, mention: Mention) -> bool:
    entity = analysis.entities[mention.entity]
    if entity.kind is EntityKind.MISSION or entity.type == "civil":
        return True
    if entity.type == "international":
        return mention.entity not in load_lexicon("relations")["memberships"]["partners_outside"]
    return _OF_ITSELF.search(entity.label) is not None


def speaks_in(analysis: Analysis, sentence: Sentence) -> Mention | None:
    """Return the body whose report it is for a sentence that names no other body, so that its doings are its own."""
    voice = analysis.once(voice_of)
    if voice is None:
        return None
    kinds = {EntityKind.ORGANIZATION, EntityKind.MISSION}
    named = {
        m.entity
        for m in analysis.mentions_in(sentence.span)
        if m.kind in kinds and m.form == "name" and analysis.entities[m.entity].type != "country"
    }
    return voice if named <= {voice.entity} else None
