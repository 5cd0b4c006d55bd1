"""Strengths, ceilings and complements: "the authorized ceiling is 14,400 troops", "whose strength has grown to 900"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.circumstances import Held, held, is_body
from ssrgraph.extraction.claims.nouns import lemma_in
from ssrgraph.extraction.claims.people import Reading, lists
from ssrgraph.extraction.claims.subjects import spoken_for
from ssrgraph.extraction.clauses.grammar import is_verb
from ssrgraph.extraction.clauses.reading import build_clause

if TYPE_CHECKING:
    from spacy.tokens import Token

    from ssrgraph.extraction.analysis import Analysis, Sentence
    from ssrgraph.extraction.claims.people import Case
    from ssrgraph.extraction.clauses import Clause

_LOOK_BACK = 3  # sentences in which the body is named
_OF_SO_MANY = 2  # tokens from "strength" to the number in "strength of 450"
_BETWEEN = 12  # tokens between such a noun and its number


def strength_in(clause: Clause) -> Token | None:
    """Return the noun of a strength that a clause is about, if its verb says how high it is."""
    if clause.lemma not in lists("employed", "reaching") | lists("employed", "changing"):
        return None
    nouns = (*clause.agents, *(clause.objects if clause.passive else ()))
    return next((t for t in nouns if lemma_in(t, lists("employed", "strengths"))), None)


def strength_before(number: Token) -> Token | None:
    """Return the noun of a strength in front of a number without a noun: "a complement of 78", "strength is 8,500"."""
    for token in reversed(list(number.doc[max(number.sent.start, number.i - _BETWEEN) : number.i])):
        if lemma_in(token, lists("employed", "strengths")):
            return token
        whole = next((t for t in list(token.ancestors)[:4] if lemma_in(t, lists("employed", "strengths"))), None)
        if whole is not None and token.dep_ == "pobj":
            return whole  # "the strength of the army at 15,850"
        other = token.pos_ in {"NOUN", "PROPN"} and not token.like_num and token.ent_type_ != "DATE"
        if token.lower_ == ";" or other:
            break
    # "The target strength of the army is 80,000"
    verb = next((t for t in number.ancestors if is_verb(t)), None)
    said = verb is not None and verb.lemma_ in lists("employed", "reaching")
    return strength_in(build_clause(verb, below=number)) if verb is not None and said else None


def strength_reading(case: Case, noun: Token, clause: Clause | None = None) -> Reading | None:
    """Return what a number of a strength says: of which body, and whether it is a ceiling or an aim."""
    said = {t.lower_ for t in noun.lefts}
    most = lists("planned", "limits")
    capped = noun.lemma_.lower() in most or bool(said & most) or (clause is not None and clause.lemma == "exceed")
    body = _whose(case.analysis, case.counted.sentence, noun)
    mission = any(case.analysis.entities[each].kind is EntityKind.MISSION for each in body.entities)
    mission = mission or any(t.lower_ in {"mission", "operation"} for t in noun.subtree)
    counts = case.counted.head.i != noun.i or bool(said & (lists("employed", "aimed") | lists("employed", "of_people")))
    counts = counts or any(
        lemma_in(t, lists("people", "bodies")) for t in _of(noun)
    )  # "the strength of the armed forces"
    counted = case.counted.tokens[0].i - noun.i == _OF_SO_MANY  # "a strength of 450" is one of people
    if not body.entities and not mission and not counts and not counted:
        return None  # of the wind
    return Reading(
        measure="deployed" if mission else "employed",
        rule="strength said",
        clause=clause,
        confidence=0.7,
        body=body,
        planned=capped or bool(said & lists("employed", "aimed")) or _until(noun),
        most=capped,
    )


def _of(noun: Token) -> list[Token]:
    """Return the heads of what "of" adds to a noun."""
    return [t for child in noun.children if child.lower_ == "of" for t in child.children]


def _until(noun: Token) -> bool:
    """Say whether a strength is still to be reached: "until we reach a strength of 450"."""
    verb = next((t for t in noun.ancestors if is_verb(t)), None)
    return verb is not None and any(t.lower_ == "until" for t in verb.children)


def _whose(analysis: Analysis, sentence: Sentence, noun: Token) -> Held:
    """Return whose strength it is: by what hangs on the noun, by the name in front, by the sentences before."""
    own = sorted(noun.subtree, key=lambda t: t.i)
    span = Span(sentence.token_span(own[0]).start, sentence.token_span(own[-1]).end)
    inner = [m for m in analysis.mentions_in(span) if is_body(analysis, m)]
    if inner:
        return held(inner[:1])
    if any(lemma_in(t, lists("people", "bodies")) for t in _of(noun)):
        return Held()  # of somebody whom no name names: "the strength of the army"
    front = Span(sentence.span.start, sentence.token_span(noun).start)
    before = [m for m in analysis.mentions_in(front) if is_body(analysis, m) and m.form != "back"]
    missions = [m for m in before if m.kind is EntityKind.MISSION]
    if before:
        return held((missions or before)[-1:])
    place = analysis.place_of(sentence)
    for former in reversed(analysis.sentences[max(0, place - _LOOK_BACK) : place]):
        if former.block != sentence.block:
            break
        bodies = [m for m in analysis.mentions_in(former.span) if is_body(analysis, m) and m.form != "back"]
        forces = [m for m in bodies if analysis.entities[m.entity].type in {"military", "police"}]
        named = [m for m in bodies if m.kind is EntityKind.MISSION] or forces
        if named:
            return Held(entities=(named[0].entity,), words=sentence.token_span(noun))
    verb = next((t for t in noun.ancestors if is_verb(t)), None)
    return spoken_for(analysis, sentence, build_clause(verb, below=noun).agents) if verb is not None else Held()
