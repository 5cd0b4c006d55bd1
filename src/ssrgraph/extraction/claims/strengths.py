"""Strengths: how many people a force, body, mission or contingent has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssrgraph.extraction.claims.ceilings import strength_in, strength_reading
from ssrgraph.extraction.claims.circumstances import is_body
from ssrgraph.extraction.claims.nouns import lemma_in
from ssrgraph.extraction.claims.people import Case, Found, Reading, agents_over, first_found, lists
from ssrgraph.extraction.claims.schooling import schooled
from ssrgraph.extraction.clauses import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from ssrgraph.extraction.clauses import Clause


def strength_of(case: Case, noun: Token, clause: Clause | None) -> Found:
    """Read "a force of 2,000 soldiers": as its verb has it, else posted or its strength."""
    agents = agents_over(clause)
    if clause is not None and clause.role is not Role.SUBJECT:
        for measure in ("trained", "deployed", "lost"):
            if lemma_in(clause.predicate, lists(measure, "verbs") - {"base", "lose"}):
                return Reading(measure=measure, rule="team of people", clause=clause, agents=agents)
    if clause is not None and clause.role is Role.SUBJECT and not clause.passive:
        taught = first_found(schooled(case, clause))  # "a team of 22 engineers has undergone training"
        if taught is not None:
            return taught
    mention = case.mention(noun)
    if case.of_mission((noun,)):
        return Reading(measure="deployed", rule="strength of a mission", clause=clause, members=(noun,))
    if lemma_in(noun, lists("deployed", "sent")):
        return Reading(measure="deployed", rule="team of people", clause=clause, agents=agents, confidence=0.6)
    body = mention is not None and is_body(case.analysis, mention)
    if not body and not lemma_in(noun, lists("employed", "nouns")):
        return None
    members = (noun,) if clause is None or clause.passive or body else clause.agents
    measure = "deployed" if case.of_mission(members) else "employed"
    return Reading(measure=measure, rule="strength", clause=clause, members=members, confidence=0.75)


def size_of(case: Case, clause: Clause) -> Found:
    """Read "grows to 2,500 personnel", "consists of 50 experts", "the number of officers rose to 900"."""
    return first_found(_size_rules(case, clause))


def _size_rules(case: Case, clause: Clause) -> Iterator[Found]:
    if (strength := strength_in(clause)) is not None and case.experts:
        yield strength_reading(case, strength, clause)
    heads = clause.objects if clause.passive else clause.agents
    if any(lemma_in(t, lists("employed", "nouns")) for t in clause.objects) and clause.agents:
        heads = (*clause.objects, *clause.agents)  # "boosts its strength to 16,000"
    numbered = next((t for t in (*heads, *clause.objects) if t.lower_ in {"number", "total", "count"}), None)
    if numbered is not None:
        yield _numbered(case, clause, numbered)
        return
    if case.of_mission(heads):
        yield Reading(measure="deployed", rule="size of a mission", clause=clause, members=heads)
    if any(t.lemma_.lower() in {"mission", "deployment", "presence"} for each in clause.objects for t in each.subtree):
        yield Reading(measure="deployed", rule="size of a mission", clause=clause, agents=clause.agents)
    if any(lemma_in(t, lists("deployed", "nouns")) for t in heads):
        yield Reading(measure="deployed", rule="size of a contribution", clause=clause, agents=heads)
    if any(lemma_in(t, lists("deployed", "nouns")) for t in clause.objects):  # "raises its contribution to 45 troops"
        yield Reading(measure="deployed", rule="size of a contribution", clause=clause, agents=clause.agents)
    if case.of_body(heads):
        yield Reading(measure="employed", rule="size of a body", clause=clause, members=heads, confidence=0.7)


def _numbered(case: Case, clause: Clause, number: Token) -> Found:
    """Read "the number of trained officers rose to 14,000"."""
    phrase = [*number.subtree, *case.counted.tokens]
    for measure in ("trained", "deployed"):
        if any(t.tag_ in {"VBN", "JJ", "VBD"} and lemma_in(t, lists(measure, "verbs")) for t in phrase):
            return Reading(measure=measure, rule="number of people", clause=clause, confidence=0.7)
    if case.experts and not case.civilians:
        return Reading(measure="employed", rule="number of people", clause=clause, members=(number,), confidence=0.6)
    return None
