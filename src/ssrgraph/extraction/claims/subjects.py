"""Whom and when figures are about where their own words leave it open: headings, the title, the only mission named."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.documents.model import BlockKind, Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.circumstances import Held, held, is_body, is_country
from ssrgraph.extraction.claims.labelled import heads_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from ssrgraph.documents.model import Block
    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence
    from ssrgraph.extraction.periods import Period

_SHORT = 14  # words of a heading
_LONGEST = 40  # words of a paragraph that introduces figures


def heads_over(analysis: Analysis, block: Block) -> tuple[Block, ...]:
    """Return the headings and the sentence that introduce a block, the nearest first."""
    blocks = analysis.once(_speaking)
    place = bisect_right(blocks, block.span.start, key=lambda b: b.span.end)
    return heads_of(analysis, (blocks[i] for i in range(place - 1, -1, -1)))


def _speaking(analysis: Analysis) -> list[Block]:
    return [b for b in analysis.document.blocks if b.kind not in {BlockKind.CONTACT, BlockKind.FURNITURE}]


def body_over(analysis: Analysis, heads: Iterable[Block]) -> Held:
    """Return the mission or body that headings are about, or the title, or the only mission of the document."""
    spans = [head.span for head in heads if len(analysis.words(head.span).split()) <= _LONGEST]
    if analysis.document.title is not None and analysis.document.title not in spans:
        spans.append(analysis.document.title)
    for span in spans:
        named = bodies_named(analysis, span)
        missions = [m for m in named if m.kind is EntityKind.MISSION]
        if missions or named:
            return held((missions or named)[:1])
    missions = analysis.once(_missions)
    return held(missions[:1]) if len({m.entity for m in missions}) == 1 else Held()


def _missions(analysis: Analysis) -> list[Mention]:
    named = [m for m in analysis.mentions if m.kind is EntityKind.MISSION and m.form == "name" and not m.nested]
    # One of each is enough to tell how many there are.
    return list({m.entity: m for m in reversed(named)}.values())[::-1]


def bodies_named(analysis: Analysis, span: Span) -> list[Mention]:
    """Return the bodies that a heading names; one in capitals is that of the same name in the text."""
    named = [m for m in analysis.mentions_in(span) if is_body(analysis, m) and m.form != "back"]
    words = analysis.words(span)
    if named or not words.isupper():
        return named
    alike = analysis.once(_by_capitals).get(words, ())
    return [replace(m, span=span) for m in alike if is_body(analysis, m)][:1]


def _by_capitals(analysis: Analysis) -> dict[str, list[Mention]]:
    found: dict[str, list[Mention]] = {}
    for mention in analysis.mentions:
        if not mention.nested:
            words = re.sub(r"\s*\([^()]*\)$", "", analysis.words(mention.span))
            found.setdefault(words.upper(), []).append(mention)
    return found


def speaker(analysis: Analysis) -> Mention | None:
    """Return the body that a document speaks for as "we": the one that its title names, states apart."""
    title = analysis.document.title
    named = bodies_named(analysis, title) if title is not None else []
    return named[0] if named and named[0].kind is EntityKind.ORGANIZATION else None


def listed_period(analysis: Analysis, sentence: Sentence) -> Period | None:
    """Return the period of the heading over a list in which a sentence is an item: "OUR NUMBERS (2010-2023)"."""
    return period_over(analysis, heads_over(analysis, sentence.block)[:1]) if _is_item(analysis, sentence) else None


def listed_body(analysis: Analysis, sentence: Sentence) -> Held:
    """Return the body that the heading over a list is about: "The project in figures", "OUR NUMBERS"."""
    heads = heads_over(analysis, sentence.block)[:1] if _is_item(analysis, sentence) else ()
    if not heads:
        return Held()
    named = [m for m in analysis.mentions_in(heads[0].span) if is_body(analysis, m)]
    ours = "our" in analysis.words(heads[0].span).lower().split()
    body = speaker(analysis) if ours else None
    return held(named[:1] or ([body] if body is not None else []))


def section_place(analysis: Analysis, sentence: Sentence) -> Held:
    """Return the state that the nearest heading names, and nothing else: the section is about it."""
    blocks = analysis.document.blocks
    place = bisect_right(blocks, sentence.block.span.start, key=lambda b: b.span.end)
    for block in (blocks[i] for i in range(place - 1, -1, -1)):
        words = analysis.words(block.span)
        if len(words.split()) <= _SHORT and not words.endswith((".", ":", ";", "?", "!")):
            named = [m for m in analysis.mentions_in(block.span) if m.span == block.span and is_country(analysis, m)]
            return held(named)
    return Held()


def _is_item(analysis: Analysis, sentence: Sentence) -> bool:
    """Say whether a sentence is an item or a line of a list, by its bullet or its number."""
    block = sentence.block
    opening = analysis.text[max(0, block.span.start - 4) : block.span.start + 1]
    counts = re.search(r"[\u00bb\u2022\u2013\u2014*-]\s*$|\d$", opening) is not None
    finite = any(t.tag_ in {"VBZ", "VBP", "MD"} for t in sentence.tokens) or any(
        t.tag_ == "VBD" and t.i + 1 < sentence.parsed.end for t in sentence.tokens
    )
    return block.kind is BlockKind.ITEM or (not finite and (counts or analysis.words(block.span)[:1] == "\u00bb"))


def spoken_for(analysis: Analysis, sentence: Sentence, heads: Iterable[Token]) -> Held:
    """Return the body that "we" or "our teams" stands for."""
    ours = [
        token
        for head in heads
        for token in (head, *head.lefts)
        if token.lower_ in {"we", "our"} and '"' not in sentence.span.of(analysis.text)
    ]
    body = speaker(analysis) if ours else None
    return Held() if body is None else Held(entities=(body.entity,), words=sentence.token_span(ours[0]))


def period_over(analysis: Analysis, heads: Iterable[Block]) -> Period | None:
    """Return the period that a heading gives to what stands under it, or the day as of which all figures hold."""
    for head in heads:
        if len(analysis.words(head.span).split()) > _SHORT:
            continue
        dated = [p for p in analysis.periods_in(head.span) if p.from_ is not None or p.to is not None]
        if dated and not _dates_document(analysis, head):
            return dated[0]
    return analysis.once(_for_all)


def _for_all(analysis: Analysis) -> Period | None:
    return next((p for p in analysis.periods if p.from_ is not None and _holds_for_all(analysis, p.span)), None)


def _dates_document(analysis: Analysis, head: Block) -> bool:
    """Say whether a line dates the document and not its figures: the date line, "Monthly Update | September 2025"."""
    words = head.span.of(analysis.text)
    if head.kind is BlockKind.TITLE:  # "Results in 2022"
        return re.search(r"\b(?i:in|for|during|from|between|since)\s+(?:\w+\s+)?(?:19|20)\d\d", words) is None
    return head.kind is BlockKind.DATELINE or "|" in words


def _holds_for_all(analysis: Analysis, span: Span) -> bool:
    """Say whether a short line says "as of" a day."""
    block = next((b for b in analysis.document.blocks if b.span.covers(span)), None)
    if block is None or len(analysis.words(block.span).split()) > _SHORT or block.kind is BlockKind.DATELINE:
        return False
    return _as_of().search(analysis.text[max(0, span.start - 20) : span.start] + span.of(analysis.text)) is not None


@cache
def _as_of() -> re.Pattern[str]:
    return re.compile(r"\b(?i:as of|as at|situation on|status:)\s")
