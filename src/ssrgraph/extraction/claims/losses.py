"""People who lost their lives or were hurt, where no verb of killing or wounding says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssrgraph.extraction.claims.nouns import lemma_in
from ssrgraph.extraction.claims.people import Found, Reading, lists

if TYPE_CHECKING:
    from spacy.tokens import Token

    from ssrgraph.extraction.clauses import Clause

_SUCCUMBING = 6  # tokens behind "succumbed" in which the injuries are named


def lives_taken(clause: Clause | None, noun: Token) -> Found:
    """Read "cost 41 lives", "claimed the lives of 14 members": what takes lives is no sender."""
    taken = clause is not None and clause.lemma in {"cost", "claim", "take", "lose"}
    return Reading(measure="lost", rule="lives taken", clause=clause) if taken and noun.lower_ == "lives" else None


def lives_given(clause: Clause) -> Found:
    """Read "31 soldiers have lost their lives", "who paid the ultimate price", "succumbed to their injuries"."""
    verb = clause.predicate
    if lemma_in(verb, lists("lost", "giving")) and any(lemma_in(t, lists("lost", "lives")) for t in clause.objects):
        own = [c for t in clause.objects for c in t.children if c.dep_ == "poss" or c.lower_ in lists("lost", "last")]
        return Reading(measure="lost", rule="lives given", clause=clause) if own else None
    if verb.lemma_.lower() in {"succumb", "sustain", "suffer"}:
        behind = verb.doc[verb.i : min(verb.i + _SUCCUMBING, verb.sent.end)]
        if any(lemma_in(t, lists("lost", "hurts")) for t in behind):
            return Reading(measure="lost", rule="hurts suffered", clause=clause, confidence=0.7)
    return None
