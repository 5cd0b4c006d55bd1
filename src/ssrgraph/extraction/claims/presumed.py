"""What is presumed of people whose own sentence has no verb that says it: the talk around them does.

Soldiers, observers or advisers in a paragraph about a mission are posted to it; those under a heading on strengths are
the strength of their force.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.circumstances import Held
from ssrgraph.extraction.claims.headings import chain_over, headlines
from ssrgraph.extraction.claims.nouns import lemma_in, word_set
from ssrgraph.extraction.claims.people import Reading

if TYPE_CHECKING:
    from ssrgraph.extraction.analysis import Analysis, Mention
    from ssrgraph.extraction.claims.counted import Counted

_FAINT = 0.55
_OFTEN = 4  # mentions of missions in a document that is about them


def _uniformed() -> frozenset[str]:
    return word_set("personnel", "deployed", "uniformed")


def presumed(analysis: Analysis, counted: Counted) -> Reading | None:
    """Return what the paragraph or the heading makes of a count of people in uniform, or None."""
    if not lemma_in(counted.head, word_set("personnel", "deployed", "afield") | _uniformed()):
        return None
    sentence = counted.sentence
    heads = chain_over(analysis, sentence.block)[:1]
    words = {word for head in heads for word in re.findall(r"[a-z]+", analysis.words(head.span).lower())}
    if words & {"strength", "strengths", "manpower"}:
        mission = _mission_on_top(analysis)
        if mission is not None:
            body = Held(entities=(mission.entity,), words=mission.span)
            return Reading(measure="deployed", rule="strength of a mission", body=body, confidence=_FAINT)
        return Reading(measure="employed", rule="under a heading on strengths", confidence=_FAINT)
    taught = word_set("personnel", "trained", "verbs") | word_set("personnel", "trained", "nouns")
    if any(lemma_in(token, taught) for token in sentence.tokens):
        return Reading(measure="trained", rule="in talk of training", confidence=_FAINT)
    spans = [sentence.block.span, *(head.span for head in (*heads, *analysis.once(headlines)))]
    missions = [m for span in spans for m in analysis.mentions_in(span) if m.kind is EntityKind.MISSION]
    if missions or len(analysis.once(_missions)) > _OFTEN:
        return Reading(measure="deployed", rule="in talk of a mission", confidence=_FAINT)
    return None


def _mission_on_top(analysis: Analysis) -> Mention | None:
    """Return the mission that the headlines of a document name, where it is only one."""
    found = [m for head in analysis.once(headlines) for m in analysis.mentions_in(head.span)]
    missions = [m for m in found if m.kind is EntityKind.MISSION and not m.nested]
    return missions[0] if len({m.entity for m in missions}) == 1 else None


def _missions(analysis: Analysis) -> list[Mention]:
    return [m for m in analysis.mentions if m.kind is EntityKind.MISSION and not m.nested]
