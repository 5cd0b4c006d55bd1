"""Who trains or sends people, and to what they belong, where a claim's own sentence leaves it open."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.circumstances import is_country
from ssrgraph.extraction.claims.letterheads import publisher_of
from ssrgraph.extraction.claims.mission_meant import mission_near, nearest
from ssrgraph.extraction.claims.nouns import word_set
from ssrgraph.extraction.claims.states import state_of
from ssrgraph.extraction.claims.voice import speaks_in
from ssrgraph.extraction.model import Personnel, Rejected

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssrgraph.extraction.analysis import Analysis, Mention

# Rules by which the whole strength of a mission is read.
WHOLE = frozenset({"people of a mission", "strength", "size of a mission", "strength said", "strength of a mission"})
_IN = re.compile(r"\b(?:in|near|inside|across|against|to|into|of|with)\s(?:the\s)?$")
_OWN = frozenset(
    {"we", "our", "us", "programme", "program", "staff", "employees", "organisation", "organization", "mission"}
)
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
        mission = mission_near(analysis, claim.quote)
        if mission is not None and mission.entity not in claim.agent:
            words["organization"] = mission.span
            claim = replace(claim, organization=(mission.entity,), words=words, confidence=_FAINT)
    if not claim.organization and claim.measure == "lost" and _of_a_mission(analysis, claim):
        mission = mission_near(analysis, claim.quote)
        if mission is not None:
            words["organization"] = mission.span
            claim = replace(claim, organization=(mission.entity,), words=words, confidence=_FAINT)
    if not claim.organization and claim.measure == "employed":
        body = _body_of_the_document(analysis, claim)
        if body is not None:
            words["organization"] = body.span
            claim = replace(claim, organization=(body.entity,), words=words, confidence=_FAINT)
    if not claim.agent and claim.measure in _ACTING and not whole(analysis, claim):
        each = _each_beside(analysis, claim)
        if each:
            words["agent"] = Span(each[0].span.start, each[-1].span.end)
            claim = replace(claim, agent=tuple(m.entity for m in each), words=words, confidence=_FAINT)
        agent = _agent_near(analysis, claim, claims) if not each else None
        if agent is not None and agent.entity not in claim.organization:
            words["agent"] = agent.span
            claim = replace(claim, agent=(agent.entity,), words=words, confidence=_FAINT)
    return replace(claim, passage=_passage(analysis, claim))


def _of_a_mission(analysis: Analysis, claim: Personnel) -> bool:
    """Say whether those who were lost are a mission's: peacekeepers, or people in a sentence on "the mission"."""
    sentence = analysis.sentence_at(claim.quote.start)
    said = {t.lower_ for t in sentence.tokens} if sentence is not None else set()
    return bool(said & {"mission", "force", "peacekeepers", "contingent", "helmets"}) and bool(
        set(claim.group.lower().split()) & {"peacekeepers", "personnel", "soldiers", "troops", "helmets", "staff"}
    )


def _body_of_the_document(analysis: Analysis, claim: Personnel) -> Mention | None:
    """Return the body whose report it is for a count of staff that names no body: they are its own."""
    sentence = analysis.sentence_at(claim.quote.start)
    body = speaks_in(analysis, sentence) if sentence is not None else None
    if sentence is None or body is None:
        return None
    own = {t.lower_ for t in sentence.tokens} & _OWN
    return (
        body
        if own and set(re.findall(r"[a-z]+", claim.group.lower())) & word_set("personnel", "employed", "own")
        else None
    )


def whole(analysis: Analysis, claim: Personnel) -> bool:
    """Say whether a count is of all people in a mission of several states: no one state sent them."""
    if claim.rule not in WHOLE or claim.measure != "deployed":
        return False
    return any(analysis.entities[each].kind is EntityKind.MISSION for each in claim.organization)


def _passage(analysis: Analysis, claim: Personnel) -> Span:
    """Return a claim's passage with the words of its paragraph from which it was read."""
    sentence = analysis.sentence_at(claim.quote.start)
    block = sentence.block.span if sentence is not None else claim.passage
    spans = [claim.passage, *(span for span in claim.words.values() if block.covers(span))]
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _agent_near(analysis: Analysis, claim: Personnel, claims: list[Personnel]) -> Mention | None:
    """Return who does the same in the paragraph before, or mostly in the document, or who publishes it."""
    sentence = analysis.sentence_at(claim.quote.start)
    same = [each for each in claims if each.agent and each.measure == claim.measure and each is not claim]
    block = sentence.block.span if sentence is not None else claim.passage
    before = [each for each in same if block.start <= each.quote.start < claim.quote.start]
    own = _states_beside(analysis, claim) if claim.measure == "deployed" else []
    if own:
        return own[-1] if len({m.entity for m in own}) == 1 else None
    if before:
        return nearest(analysis, before[-1].agent[0], claim.quote)
    doing = Counter(each.agent[0] for each in same)
    most = doing.most_common(1)
    if most and most[0][1] >= max(_TWICE, _SHARE * doing.total()):
        return nearest(analysis, most[0][0], claim.quote)
    publisher = analysis.once(publisher_of)
    voice = speaks_in(analysis, sentence) if sentence is not None and claim.measure != "deployed" else None
    if voice is not None and not doing:
        return nearest(analysis, voice.entity, claim.quote)
    if publisher is None or doing or claim.measure != "deployed" or analysis.entities[publisher].type != "country":
        return None
    return nearest(analysis, publisher, claim.quote)


def _each_beside(analysis: Analysis, claim: Personnel) -> list[Mention]:
    """Return the states of "A, B and C each supply 40 officers", where no verb of sending was seen."""
    states = _states_beside(analysis, claim) if claim.measure == "deployed" else []
    told = len(states) > 1 and re.search(r"\beach\b", analysis.text[states[-1].span.end : claim.quote.start])
    return states if told else []


def _states_beside(analysis: Analysis, claim: Personnel) -> list[Mention]:
    """Return the states in the sentence of a count that may have sent the people: neither place nor host."""
    sentence = analysis.sentence_at(claim.quote.start)
    if sentence is None:
        return []
    hosts = {state_of(analysis, each) for each in (*claim.organization, *claim.place)} | set(claim.place)
    hosts |= {known.state for each in claim.organization if (known := analysis.reference.get(each)) is not None}
    found = [
        m
        for m in analysis.mentions_in(Span(sentence.span.start, claim.quote.end))
        if is_country(analysis, m) and m.entity not in hosts and analysis.entities[m.entity].code not in hosts
    ]
    return [m for m in found if not _IN.search(analysis.text[max(0, m.span.start - 12) : m.span.start])]
