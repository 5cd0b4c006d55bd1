"""Which mission a count of people is of, where its own sentence leaves that open."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.context import mentions_of
from ssrgraph.extraction.claims.headings import chain_over, headlines

if TYPE_CHECKING:
    from ssrgraph.documents.model import Span
    from ssrgraph.extraction.analysis import Analysis, Mention

_TWICE = 2  # times that a mission is named where it is what the text is about


def mission_near(analysis: Analysis, quote: Span) -> Mention | None:
    """Return the mission spoken of: the last one in front of the count in its paragraph, or that of the heading."""
    sentence = analysis.sentence_at(quote.start)
    if sentence is None:
        return None
    block = sentence.block
    inside = [m for m in analysis.mentions_in(block.span) if m.kind is EntityKind.MISSION]
    before = [m for m in inside if m.span.end <= quote.start]
    if before or inside:
        return before[-1] if before else inside[0]
    for heading in (*chain_over(analysis, block), *analysis.once(headlines)):
        named = [m for m in analysis.mentions_in(heading.span) if m.kind is EntityKind.MISSION]
        if named:
            return named[0]
    mostly = analysis.once(_main_mission)
    return nearest(analysis, mostly, quote) if mostly is not None else None


def _main_mission(analysis: Analysis) -> str | None:
    """Return the mission that a document mostly speaks of."""
    named = Counter(m.entity for m in analysis.mentions if m.kind is EntityKind.MISSION and not m.nested)
    most = named.most_common(1)
    return most[0][0] if most and most[0][1] > max(_TWICE, named.total() / 2) else None


def nearest(analysis: Analysis, entity_id: str, quote: Span) -> Mention | None:
    """Return the last mention of an entity in front of a quote, or else its first."""
    named = mentions_of(analysis, entity_id)
    before = [m for m in named if m.span.end <= quote.start]
    return before[-1] if before else named[0] if named else None
