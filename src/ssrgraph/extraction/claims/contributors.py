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
        if len(states) == 1 and len(missions) == 1 and not advisers:
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


def of_several(analysis: Analysis, entity: str) -> bool:
    """Say whether a mission is one of several states: run by an international body, or so called."""
    known = analysis.reference.get(entity)
    if analysis.entities[entity].kind is not EntityKind.MISSION:
        return False
    if known is not None:
        runner = analysis.reference.get(known.parent) if known.parent is not None else None
        return runner is None or runner.type == "international"
    return _OF_SEVERAL.search(analysis.entities[entity].label) is not None
