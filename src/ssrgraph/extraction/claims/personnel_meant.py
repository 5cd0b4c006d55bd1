"""Who trains or sends people, and to what they belong, where a claim's own sentence leaves it open."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.context import mentions_of
from ssrgraph.extraction.claims.headings import chain_over, headlines
from ssrgraph.extraction.claims.understood import publisher_of
from ssrgraph.extraction.model import Personnel, Rejected

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssrgraph.extraction.analysis import Analysis, Mention

_ACTING = frozenset({"trained", "deployed", "reached"})
_FAINT = 0.55
_TWICE = 2  # times that somebody is said to do so
_SHARE = 0.7  # of those who are said to train or to send


def completed(analysis: Analysis, reads: Sequence[Personnel | Rejected]) -> list[Personnel | Rejected]:
    """Return counts of people with the agents and missions that only the text around them tells."""
    claims = [read for read in reads if isinstance(read, Personnel)]
    return [_complete(analysis, read, claims) if isinstance(read, Personnel) else read for read in reads]


def _complete(analysis: Analysis, claim: Personnel, claims: list[Personnel]) -> Personnel:
    words = dict(claim.words)
    if not claim.organization and claim.measure == "deployed":
        mission = _mission_near(analysis, claim)
        if mission is not None and mission.entity not in claim.agent:
            words["organization"] = mission.span
            claim = replace(claim, organization=(mission.entity,), words=words, confidence=_FAINT)
    if not claim.agent and claim.measure in _ACTING:
        agent = _agent_near(analysis, claim, claims)
        if agent is not None and agent.entity not in claim.organization:
            words["agent"] = agent.span
            claim = replace(claim, agent=(agent.entity,), words=words, confidence=_FAINT)
    return replace(claim, passage=_passage(analysis, claim))


def _passage(analysis: Analysis, claim: Personnel) -> Span:
    """Return a claim's passage with the words of its paragraph from which it was read."""
    sentence = analysis.sentence_at(claim.quote.start)
    block = sentence.block.span if sentence is not None else claim.passage
    spans = [claim.passage, *(span for span in claim.words.values() if block.covers(span))]
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _mission_near(analysis: Analysis, claim: Personnel) -> Mention | None:
    """Return the mission spoken of: the last one in front of the count in its paragraph, or that of the heading."""
    sentence = analysis.sentence_at(claim.quote.start)
    if sentence is None:
        return None
    block = sentence.block
    inside = [m for m in analysis.mentions_in(block.span) if m.kind is EntityKind.MISSION]
    before = [m for m in inside if m.span.end <= claim.quote.start]
    if before or inside:
        return before[-1] if before else inside[0]
    for heading in (*chain_over(analysis, block), *analysis.once(headlines)):
        named = [m for m in analysis.mentions_in(heading.span) if m.kind is EntityKind.MISSION]
        if named:
            return named[0]
    mostly = analysis.once(_main_mission)
    return _near(analysis, mostly, claim.quote) if mostly is not None else None


def _main_mission(analysis: Analysis) -> str | None:
    """Return the mission that a document mostly speaks of."""
    named = Counter(m.entity for m in analysis.mentions if m.kind is EntityKind.MISSION and not m.nested)
    most = named.most_common(1)
    return most[0][0] if most and most[0][1] > max(_TWICE, named.total() / 2) else None


def _agent_near(analysis: Analysis, claim: Personnel, claims: list[Personnel]) -> Mention | None:
    """Return who does the same in the paragraph before, or mostly in the document, or who publishes it."""
    sentence = analysis.sentence_at(claim.quote.start)
    same = [each for each in claims if each.agent and each.measure == claim.measure and each is not claim]
    block = sentence.block.span if sentence is not None else claim.passage
    before = [each for each in same if block.start <= each.quote.start < claim.quote.start]
    if before:
        return _near(analysis, before[-1].agent[0], claim.quote)
    doing = Counter(each.agent[0] for each in same)
    most = doing.most_common(1)
    if most and most[0][1] >= max(_TWICE, _SHARE * doing.total()):
        return _near(analysis, most[0][0], claim.quote)
    publisher = analysis.once(publisher_of)
    if publisher is None or doing or claim.measure != "deployed" or analysis.entities[publisher].type != "country":
        return None
    return _near(analysis, publisher, claim.quote)


def _near(analysis: Analysis, entity_id: str, quote: Span) -> Mention | None:
    named = analysis.once(mentions_of, entity_id)
    before = [m for m in named if m.span.end <= quote.start]
    return before[-1] if before else named[0] if named else None
