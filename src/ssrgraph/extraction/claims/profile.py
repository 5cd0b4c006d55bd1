"""The lines of a mission's profile: "Head of Mission: X", "Start date: 4 May 2019", "Contributing countries: A, B"."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.documents.model import BlockKind, Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.lexicon import load_lexicon

if TYPE_CHECKING:
    from ssrgraph.documents.model import Block
    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence
    from ssrgraph.extraction.periods import Period

_PAIR = re.compile(r"(?P<label>[A-Z][^:|\t\n.;]{1,45}?)[ \t]*(?::[ \t]|[|\t]|[ ]{3,}|[–—][ \t])[ \t]*(?P<value>\S)")
_HEADED = {BlockKind.TITLE, BlockKind.HEADING}
_LONGEST_LABEL = 6
_TO_THE_END = re.compile(r"\b(?:until|to|till|through)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of a profile.

    Attributes:
        slot: What its label asks for, by the lexicon: `start`, `end`, `commander`, `contributors` …
        label: The label's place.
        value: What stands behind it.
        sentence: The sentence that holds the value.
        mission: The mission that the profile is of.
    """

    slot: str
    label: Span
    value: Span
    sentence: Sentence
    mission: Mention


def entries(analysis: Analysis) -> tuple[Entry, ...]:
    """Return the lines of profiles in a document, in order; none where no mission is the subject of the profile."""
    return analysis.once(_entries)


def entries_of(analysis: Analysis, entity_id: str) -> tuple[Entry, ...]:
    """Return the lines of the profile of one mission."""
    return tuple(one for one in entries(analysis) if one.mission.entity == entity_id)


def is_pair(text: str, span: Span) -> bool:
    """Say whether a line is a label with a value: it heads nothing."""
    return _PAIR.match(text, span.start, span.end) is not None


def subject_over(analysis: Analysis, block: Block) -> Mention | None:
    """Return the mission that a block is about: that of the nearest heading that names one, or of the title.

    Where no heading names a mission it is the only one that the document names.
    """
    place = next((i for i, b in enumerate(analysis.document.blocks) if b.span == block.span), 0)
    for head in reversed(analysis.document.blocks[:place]):
        if head.kind not in _HEADED or is_pair(analysis.text, head.span):
            continue
        named = [m for m in analysis.mentions_in(head.span) if m.kind is EntityKind.MISSION and m.form == "name"]
        if named:
            return named[0] if len({m.entity for m in named}) == 1 else None
    only = analysis.once(_missions)
    return only[0] if len(only) == 1 else None


def dates_of(analysis: Analysis, entry: Entry) -> tuple[Period | None, Period | None]:
    """Return the periods that begin and end a mission by a line: "April 2019 to present", "until 31 May 2026"."""
    periods = [p for p in analysis.periods_in(entry.value) if p.from_ or p.to]
    if not periods:
        return None, None
    first, last = periods[0], periods[-1]
    if entry.slot == "start":
        return (first if first.from_ else None), None
    if entry.slot == "end":
        return None, last
    begins = first if first.from_ and first.kind in {"range", "since", "point"} else None
    ends = last if last.kind in {"range", "until"} and last.to != last.from_ else None
    front = analysis.text[entry.value.start : last.span.start]
    if last.kind == "point" and _TO_THE_END.search(front):
        ends = last
    if begins is last and ends is last and last.kind != "range":
        begins = None
    return begins, ends


def _missions(analysis: Analysis) -> list[Mention]:
    named = [m for m in analysis.mentions if m.kind is EntityKind.MISSION and m.form == "name" and not m.nested]
    return list({m.entity: m for m in reversed(named)}.values())[::-1]


def _entries(analysis: Analysis) -> tuple[Entry, ...]:
    return tuple(one for block in analysis.document.blocks if (one := _entry(analysis, block)) is not None)


def _entry(analysis: Analysis, block: Block) -> Entry | None:
    if block.kind in {BlockKind.TITLE, BlockKind.FURNITURE, BlockKind.CONTACT}:
        return None
    pair = _PAIR.match(analysis.text, block.span.start, block.span.end)
    if pair is None:
        return _below(analysis, block)
    slot = _slot(pair["label"])
    if slot is None:
        return None
    label, value = Span(*pair.span("label")), Span(pair.start("value"), block.span.end)
    return _made(analysis, block, slot, label, value)


def _below(analysis: Analysis, block: Block) -> Entry | None:
    """Return the line under a label that is a line of its own: "Top troop contributors" above "Nepal, India, …"."""
    blocks = analysis.document.blocks
    place = bisect_left(blocks, block.span.start, key=lambda one: one.span.start)
    head = blocks[place - 1] if place else None
    if head is None or head.kind is not BlockKind.HEADING:
        return None
    slot = _slot(head.span.of(analysis.text).rstrip(": "))
    return None if slot is None else _made(analysis, block, slot, head.span, block.span)


def _made(analysis: Analysis, block: Block, slot: str, label: Span, value: Span) -> Entry | None:
    mission = subject_over(analysis, block)
    sentence = analysis.sentence_at(value.start)
    if mission is None or sentence is None:
        return None
    return Entry(slot=slot, label=label, value=value, sentence=sentence, mission=mission)


def _slot(label: str) -> str | None:
    words = label.split()
    if len(words) > _LONGEST_LABEL:
        return None
    return _slots().get(" ".join(words).casefold().replace("-", " "))


@cache
def _slots() -> dict[str, str]:
    """Return for each label, in lower case, what it asks for."""
    table = load_lexicon("relations")["profile"]
    return {label: slot for slot, labels in table.items() for label in labels}
