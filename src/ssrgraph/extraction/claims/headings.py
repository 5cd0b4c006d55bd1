"""The headings that a block stands under, the nearest first, and what they say of giving."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from ssrgraph.documents.model import BlockKind
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.destinations import HOLDERS
from ssrgraph.extraction.claims.states import state_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ssrgraph.documents.model import Block, Span
    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence

_SILENT = frozenset({BlockKind.CONTACT, BlockKind.FURNITURE, BlockKind.DATELINE})
_MOST = 12  # headings over one list: "Military support already delivered:" above those of its parts
_TOP = 10  # blocks at the top among which the headline is
_SHORT = 14  # words of a heading
_NAMED = 6  # words of a heading that says little more than a name


def chain_over(analysis: Analysis, block: Block) -> tuple[Block, ...]:
    """Return the headings above a block up to the first paragraph behind them, the nearest first.

    What stands between them, lists and their categories, is passed over: a heading may head several lists.
    """
    chains = analysis.once(_chains)
    blocks = analysis.once(_speaking)
    place = bisect_left(blocks, block.span.start, key=lambda each: each.span.start)
    return chains[place] if place < len(chains) else ()


def _speaking(analysis: Analysis) -> list[Block]:
    return [block for block in analysis.document.blocks if block.kind not in _SILENT]


def _chains(analysis: Analysis) -> list[tuple[Block, ...]]:
    """Return for each block the headings over it, walked once from the top."""
    chains: list[tuple[Block, ...]] = []
    over: list[Block] = []
    text_since = False
    for block in analysis.once(_speaking):
        item = block.kind is BlockKind.ITEM
        label = item and _is_label(analysis, block)
        if label or not item:
            over = [each for each in over if each.kind is not BlockKind.ITEM]
        chains.append(tuple(reversed(over[-_MOST:])))
        if label:
            over = [*over, block]
        elif is_heading(analysis, block):
            over = [block] if text_since else [*over, block]
            text_since = False
        elif not item:
            text_since = True  # only a list leaves the headings above its own in force
    return chains


def _is_label(analysis: Analysis, block: Block) -> bool:
    """Say whether an item of a list is the name of a body or state alone: "a) Ghana (since 2019)", above its own."""
    first = analysis.mention_at(block.span.start)
    if (
        first is None
        or first.kind not in HOLDERS
        or any(q.unit in {"money", "count"} for q in analysis.quantities_in(block.span))
    ):
        return False
    rest = re.sub(r"\([^()]*\)", "", analysis.text[first.span.end : block.span.end])
    return not rest.strip(" .:;,\u2013-\n")


def headlines(analysis: Analysis) -> tuple[Block, ...]:
    """Return the title and the headings at the top of a document, before its first paragraph."""
    found: list[Block] = []
    for block in analysis.once(_speaking)[:_TOP]:
        if not is_heading(analysis, block):
            break
        found.append(block)
    return tuple(found)


def is_heading(analysis: Analysis, block: Block) -> bool:
    """Say whether a block is a heading or a line that announces a list by its colon."""
    words = analysis.words(block.span)
    if block.kind in {BlockKind.HEADING, BlockKind.TITLE}:
        return words.endswith(":") or not any(q.unit in {"money", "count"} for q in analysis.quantities_in(block.span))
    return block.kind is BlockKind.PARAGRAPH and words.endswith(":") and len(words.split()) <= _SHORT


def named_over(analysis: Analysis, sentence: Sentence) -> Mention | None:
    """Return the body or state that the nearest heading over a sentence names and says little more than.

    A paragraph may begin with its heading: "Equipment to Moldova. In May ..."
    """
    opening = sentence.block.sentences[0]
    run_in = [opening] if len(sentence.block.sentences) > 1 and _is_run_in(analysis, opening) else []
    over = [heading.span for heading in chain_over(analysis, sentence.block) if heading.kind is not BlockKind.TITLE]
    for heading in [*run_in, *over]:
        named = [m for m in analysis.mentions_in(heading) if m.kind in HOLDERS and m.form != "back"]
        if len({m.entity for m in named}) == 1:
            rest = len(analysis.words(heading).split()) - len(analysis.words(named[0].span).split())
            return named[0] if rest <= _NAMED else None
        if named:
            return None
    return None


def _is_run_in(analysis: Analysis, opening: Span) -> bool:
    """Say whether the first sentence of a paragraph is its heading: a few words without a verb."""
    sentence = analysis.sentence_at(opening.start)
    if sentence is None or len(sentence.tokens) > _SHORT:
        return False
    return not any(token.tag_ in {"VBD", "VBZ", "VBP", "MD"} for token in sentence.tokens)


def programme_over(analysis: Analysis, sentence: Sentence, givers: Iterable[str]) -> Mention | None:
    """Return the programme that a heading over a sentence, or the title, names, if it is run by one of the givers."""
    own = set(givers)
    leads = [m for lead in analysis.lead_of(sentence) for m in analysis.mentions_in(lead.span)]
    leading = [m for m in leads if m.kind is EntityKind.PROGRAMME]
    if len({m.entity for m in leading}) == 1:
        return leading[0]
    for heading in (*chain_over(analysis, sentence.block), *analysis.once(headlines)):
        named = [m for m in analysis.mentions_in(heading.span) if m.kind is EntityKind.PROGRAMME]
        if named:
            known = analysis.reference.get(named[0].entity)
            runs = {known.parent, state_of(analysis, named[0].entity)} if known is not None else own
            one = len({m.entity for m in named}) == 1
            return named[0] if one and runs & own else None
    return None
