"""States that belong to a mission or coalition because they have people in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.contributions import RULE
from ssrgraph.extraction.claims.personnel import read_personnel
from ssrgraph.extraction.model import Membership, Personnel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.extraction.analysis import Analysis

_ACTS = re.compile(
    r"\s+(?:(?:also|still|now|has|have|had)\s+){0,3}"
    r"(?:contribut|suppl|sen[dt]|provid|deploy|kept|keep|maintain|station|post|second)\w*\b"
)
_OF_SEVERAL = re.compile(
    r"\b(?i:multinational|coalition|combined|united nations|european union)\b|\b(?:UN|EU|NATO|AU)\b"
)


def contributors(analysis: Analysis) -> Iterator[Membership]:
    """Yield the states that have people in a mission of several states."""
    for read in read_personnel(analysis):
        if not isinstance(read, Personnel) or read.measure != "deployed" or read.status != "actual":
            continue
        states = [each for each in read.agent if analysis.entities[each].type == "country"]
        missions = [each for each in read.organization if of_several(analysis, each)]
        # Advisers of a mission's staff, unless they are a contingent.
        advisers = read.rule != RULE and any(word in read.group.lower() for word in ("advis", "expert"))
        if len(states) == 1 and len(missions) == 1 and not advisers and not _of_another(analysis, read):
            where = read.words.get("agent", read.quote)
            yield Membership(
                quote=where,
                passage=Span(min(read.passage.start, where.start), max(read.passage.end, where.end)),
                words={"organization": read.words["organization"]} if "organization" in read.words else {},
                confidence=read.confidence,
                rule="people in it",
                organization=missions[0],
                member=states[0],
            )


def _of_another(analysis: Analysis, read: Personnel) -> bool:
    """Say whether another state acts between a count and a mission: "450 A officers came, and B sends 9 to M"."""
    mission = read.words.get("organization") if read.rule != RULE else None
    sentence = analysis.sentence_at(read.quote.start)
    if mission is None or sentence is None or not read.quote.end + 1 < mission.start < sentence.span.end:
        return False
    named = analysis.mentions_in(Span(read.quote.end, mission.start))
    others = [m for m in named if analysis.entities[m.entity].type == "country" and m.entity not in read.agent]
    return any(m.form == "name" and _ACTS.match(analysis.text, m.span.end, mission.start) for m in others)


def of_several(analysis: Analysis, entity: str) -> bool:
    """Say whether a mission is one of several states: run by an international body, or so called."""
    known = analysis.reference.get(entity)
    if analysis.entities[entity].kind is not EntityKind.MISSION:
        return False
    if known is not None:
        runner = analysis.reference.get(known.parent) if known.parent is not None else None
        return runner is None or runner.type == "international"
    return _OF_SEVERAL.search(analysis.entities[entity].label) is not None
