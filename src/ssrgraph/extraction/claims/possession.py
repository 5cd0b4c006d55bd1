"""People whom somebody or something has: a mission, a state elsewhere, a contingent, a school, a body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.circumstances import ACTORS
from ssrgraph.extraction.claims.nouns import lemma_in
from ssrgraph.extraction.claims.people import Case, Found, Reading, first_found, lists
from ssrgraph.extraction.claims.subjects import heads_over

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.extraction.clauses import Clause


def having(case: Case, clause: Clause) -> Found:
    """Read "X has N people": posted where X keeps them elsewhere or is a mission, else its own."""
    return first_found(_rules(case, clause))


def _rules(case: Case, clause: Clause) -> Iterator[Found]:
    schools = any(lemma_in(t, lists("trained", "schools")) for t in clause.agents)
    if schools and case.head_in("trained", "learners"):
        yield Reading(
            measure="trained", rule="people of a school", clause=clause, members=clause.agents, confidence=0.6
        )
    if case.head_in("trained", "always"):
        yield Reading(
            measure="trained", rule="people of a school", clause=clause, members=clause.agents, confidence=0.6
        )
    if case.of_mission(clause.agents):
        yield Reading(measure="deployed", rule="people of a mission", clause=clause, members=clause.agents)
    if case.experts and any(m.kind is EntityKind.MISSION for m in case.behind("in", "with", "at", "to", "on", "for")):
        yield Reading(measure="deployed", rule="people in a mission", clause=clause, agents=clause.agents)
    owners = [m for m in case.named(clause.agents, adjectives=True) if m.kind in ACTORS]
    away = [m for m in case.behind("in", "to", "at", "across", "on") if m.entity not in {o.entity for o in owners}]
    if case.experts and (case.at_place(away) or _in_unknown_place(case)):
        yield Reading(measure="deployed", rule="people kept elsewhere", clause=clause, agents=clause.agents)
    sent = any(lemma_in(t, lists("deployed", "sent")) for t in clause.agents)
    if sent and case.experts and not case.named(clause.agents):
        yield Reading(measure="deployed", rule="people of a contingent", clause=clause, confidence=0.7)
    if case.afield and owners and _among_foreigners(case):
        yield Reading(measure="deployed", rule="people kept elsewhere", clause=clause, agents=clause.agents)
    named = any(lemma_in(t, lists("employed", "owners")) or t.pos_ == "PROPN" for t in clause.agents)
    if owners or named:
        yield Reading(measure="employed", rule="people of a body", clause=clause, members=clause.agents, confidence=0.7)


def _among_foreigners(case: Case) -> bool:
    """Say whether the section is on forces from abroad: "FOREIGN FORCES", "Foreign military presence"."""
    heads = heads_over(case.analysis, case.counted.sentence.block)[:1]
    return any("foreign" in case.analysis.words(head.span).lower().split() for head in heads)


def _in_unknown_place(case: Case) -> bool:
    """Say whether "in" and a proper noun that no list knows follow the phrase: "48 personnel in the Solomons"."""
    after = case.tokens_behind(3)
    return (
        bool(after)
        and after[0].lower_ in {"in", "at", "on"}
        and any(t.pos_ == "PROPN" and case.mention(t) is None for t in after[1:])
    )
