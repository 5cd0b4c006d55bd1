"""Whom and when figures are about where their own words leave it open: headings, the title, the only mission named."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.documents.model import BlockKind, Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.circumstances import Held, held, is_body
from ssrgraph.extraction.claims.labelled import heads_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ssrgraph.documents.model import Block
    from spacy.tokens import Token

    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence
    from ssrgraph.extraction.periods import Period

_SHORT = 14  # words of a heading


def heads_over(analysis: Analysis, block: Block) -> tuple[Block, ...]:
    """Return the headings and the sentence that introduce a block, the nearest first."""
    blocks = [b for b in analysis.document.blocks if b.kind not in {BlockKind.CONTACT, BlockKind.FURNITURE}]
    return heads_of(analysis, [b for b in blocks if b.span.end <= block.span.start])


def body_over(analysis: Analysis, heads: Iterable[Block]) -> Held:
    """Return the mission or body that headings are about, or the title, or the only mission of the document."""
    spans = [head.span for head in heads]
    if analysis.document.title is not None and analysis.document.title not in spans:
        spans.append(analysis.document.title)
    for span in spans:
        named = [m for m in analysis.mentions_in(span) if is_body(analysis, m) and m.form != "back"]
        missions = [m for m in named if m.kind is EntityKind.MISSION]
        if missions or named:
            return held((missions or named)[:1])
    missions = [m for m in analysis.mentions if m.kind is EntityKind.MISSION and m.form == "name" and not m.nested]
    return held(missions[:1]) if len({m.entity for m in missions}) == 1 else Held()


def speaker(analysis: Analysis) -> Mention | None:
    """Return the body that a document speaks for as "we": the one that its title names, states apart."""
    title = analysis.document.title
    named = [m for m in analysis.mentions_in(title) if is_body(analysis, m)] if title is not None else []
    return named[0] if named and named[0].kind is EntityKind.ORGANIZATION else None


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
    return next((p for p in analysis.periods if p.from_ is not None and _holds_for_all(analysis, p.span)), None)


def _dates_document(analysis: Analysis, head: Block) -> bool:
    """Say whether a line dates the document and not its figures: the date line, "Monthly Update | September 2025"."""
    return head.kind in {BlockKind.DATELINE, BlockKind.TITLE} or "|" in head.span.of(analysis.text)


def _holds_for_all(analysis: Analysis, span: Span) -> bool:
    """Say whether a short line says "as of" a day."""
    block = next((b for b in analysis.document.blocks if b.span.covers(span)), None)
    if block is None or len(analysis.words(block.span).split()) > _SHORT or block.kind is BlockKind.DATELINE:
        return False
    return _as_of().search(analysis.text[max(0, span.start - 20) : span.start] + span.of(analysis.text)) is not None


@cache
def _as_of() -> re.Pattern[str]:
    return re.compile(r"\b(?i:as of|as at|situation on|status:)\s")
