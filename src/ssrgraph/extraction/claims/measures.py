"""Which of the five measures a count of people is: trained, employed, deployed, reached or lost.

The evidence is taken from the inside out: participles on the phrase, clauses that describe it, then the nouns and
verbs that govern it, and at last the mere order of words; the first that decides is believed.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.ceilings import strength_reading
from ssrgraph.extraction.claims.circumstances import is_body
from ssrgraph.extraction.claims.governors import as_object, as_subject, at_work, by_noun, by_verb
from ssrgraph.extraction.claims.nouns import TRANSPARENT, is_people, lemma_in, word_set
from ssrgraph.extraction.claims.people import (
    NO_MEASURE,
    Case,
    Doubt,
    Found,
    Reading,
    agents_over,
    first_found,
    taught,
    teaching_in,
    verb_over,
)
from ssrgraph.extraction.claims.schooling import schooled
from ssrgraph.extraction.claims.subjects import body_over, heads_over
from ssrgraph.extraction.clauses import Clause, Role, describing_clauses
from ssrgraph.extraction.clauses.grammar import is_verb
from ssrgraph.extraction.clauses.reading import build_clause
from ssrgraph.extraction.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from ssrgraph.documents.model import Span
    from ssrgraph.extraction.analysis import Analysis
    from ssrgraph.extraction.claims.counted import Counted

_VERBS_UP = 3  # verbs above a phrase that may decide
_RIGHT_BEHIND = 20  # characters between a phrase and the place that belongs to it
_LABEL = 6  # tokens in which the colon of a label is looked for
_THERE = 8  # tokens behind a phrase in which "work here" is looked for
_WORKING = frozenset(
    {"work", "works", "serve", "serves", "working", "serving", "teach", "teaching", "stationed", "based"}
)
_RELATIVE = 10  # tokens behind a phrase in which its "who" is looked for
_MEASURES = ("trained", "lost", "reached", "employed", "deployed")


def measure_of(analysis: Analysis, counted: Counted, scope: Span) -> Reading | Doubt:
    """Return the measure of a count of people, or why it has none.

    Args:
        analysis: The document.
        counted: The phrase.
        scope: The stretch in which its place and body are looked for.
    """
    case = Case(analysis=analysis, counted=counted, scope=scope)
    return first_found(_evidence(case)) or Doubt(reason="no measure")


def has_own_verb(counted: Counted) -> bool:
    """Say whether a verb stands right behind a number that stands alone: "14 killed and 32 wounded"."""
    last = counted.tokens[-1]
    following = last.nbor() if last.i + 1 < counted.sentence.parsed.end else None
    return following is not None and (following.tag_ in {"VBN", "VBD"} or following.pos_ == "AUX")


def is_share(counted: Counted) -> bool:
    """Say whether a number only tells who a former count's people are: "of whom 120 were women"."""
    following = _behind_part(counted)[:2]
    if not counted.elliptic or not following or following[0].lemma_ != "be":
        return False
    said = following[1] if len(following) > 1 else None
    return said is None or (
        said.tag_ not in {"VBN", "RB", "JJ", "VBG", "TO"}
        and said.lower_ not in {"today", "now", "currently", "with", "in", "at", "on"}
    )


def _behind_part(counted: Counted) -> list[Token]:
    """Return the tokens behind a number, behind "three [of whom]" where that follows."""
    behind = [t for t in counted.sentence.tokens if t.i > counted.tokens[-1].i]
    part = [t.lower_ for t in behind[:2]] in (["of", "whom"], ["of", "them"])
    return behind[2:] if part else behind


def share_group(analysis: Analysis, counted: Counted) -> Span | None:
    """Return "women" of "of whom 120 were women": a noun that counts people by itself."""
    behind = _behind_part(counted)[1:3]
    noun = behind[0] if behind else None
    if noun is None or not is_people(analysis, counted.sentence, noun) or noun.tag_ not in {"NNS", "NNPS"}:
        return None
    if len(behind) > 1 and behind[1].pos_ in {"VERB", "NOUN"}:
        return None
    return counted.sentence.token_span(noun)


def _evidence(case: Case) -> Iterator[Found]:
    yield _by_adjective(case)
    yield _sized(case)
    described = list(_described(case))
    for clause in described:
        yield _by_description(case, clause)
    if _share_of(case):
        yield Doubt(reason="share of a count")
    yield _by_participle(case)
    yield _by_words_in_front(case)
    if case.counted.body is not None and case.counted.body.lower_ not in TRANSPARENT:
        yield by_noun(case, case.counted.body, "of")
    yield from _by_ancestors(case)
    for clause in described:
        if not clause.passive:
            yield at_work(case, clause)
    yield _by_relative(case)
    yield _by_order(case)
    yield _by_opening_label(case)
    yield _by_head(case)


def _by_ancestors(case: Case) -> Iterator[Found]:
    below = case.counted.anchor
    preposition, own = "", ""
    verbs, direct, parted = 0, True, False
    for above in case.counted.anchor.ancestors:
        if above.dep_ in {"prep", "agent", "dative", "pcomp"} and not is_verb(above):
            preposition = above.lower_
            own = own or preposition
        elif above.dep_ in {"aux", "auxpass"} and below.dep_ in {"nsubj", "nsubjpass"}:
            parted = True  # "40 officers had by December been trained": the parse hangs the subject on the auxiliary
            continue
        elif is_verb(above):
            verbs += 1
            clause = build_clause(above, below=below)
            if parted and verbs == 1:
                clause = replace(clause, role=Role.OBJECT if clause.passive else Role.SUBJECT)
            yield by_verb(case, clause, below, through=None if direct else own)
            if verbs == _VERBS_UP:
                return
        elif above.pos_ in {"NOUN", "PROPN"} and above.lower_ not in TRANSPARENT:
            yield by_noun(case, above, preposition)
            between = bool(preposition) and above.i < case.counted.anchor.i
            direct = direct and not (between and not lemma_in(above, word_set("personnel", "people", "bodies")))
            preposition = ""
        below = above


# ---- on the phrase itself


def _share_of(case: Case) -> bool:
    """Say whether what is said holds of a share only: "60 per cent of the 250 graduates were deployed"."""
    before = [t.lower_ for t in case.tokens_before(4) if t.pos_ not in {"DET", "PRON"}]
    return before[-1:] == ["of"] and bool(
        set(before[-3:-1]) & {"%", "cent", "percent", "half", "most", "third", "quarter", "majority"}
    )


def _by_adjective(case: Case) -> Doubt | None:
    own = {t.lower_ for t in case.counted.tokens if t.i < case.counted.head.i}
    return NO_MEASURE if own & word_set("personnel", "none", "adjectives") else None


def _sized(case: Case) -> Found:
    """Read "a 150-strong contingent", "the 73-officer mission", "a staff of 400": posted, or its strength."""
    body = case.counted.body
    if case.counted.elliptic or body is None or body.i != case.counted.head.i:
        return None
    if lemma_in(body, word_set("personnel", "employed", "strengths")):
        return strength_reading(case, body) or NO_MEASURE
    return first_found(_size_rules(case, body, verb_over(body)))


def _size_rules(case: Case, body: Token, clause: Clause | None) -> Iterator[Found]:
    if lemma_in(body, word_set("personnel", "lost", "heads")):
        yield Reading(measure="lost", rule="label", confidence=0.7)
    agents = agents_over(clause)
    if clause is not None and clause.role is Role.SUBJECT and not clause.passive:
        yield from schooled(case, clause)  # "a crew of 23 has completed its training"
    if clause is not None and clause.role is not Role.SUBJECT:
        moved = word_set("personnel", "deployed", "verbs") - word_set("personnel", "deployed", "weak")
        if lemma_in(clause.predicate, moved):
            yield Reading(measure="deployed", rule="body of a size", clause=clause, agents=agents)
        if clause.role is Role.OBJECT and lemma_in(clause.predicate, word_set("personnel", "trained", "verbs")):
            yield Reading(measure="trained", rule="body of a size", clause=clause, agents=agents)
        if case.of_mission(clause.agents):
            yield Reading(measure="deployed", rule="size of a mission", clause=clause, members=clause.agents)
    if lemma_in(body, word_set("personnel", "deployed", "sent")):
        yield Reading(measure="deployed", rule="body of a size", clause=clause, agents=agents, confidence=0.7)
    members = (body,) if case.of_body((body,)) and case.named((body,)) else agents
    yield Reading(measure="employed", rule="body of a size", clause=clause, members=members, confidence=0.7)


def _described(case: Case) -> Iterator[Clause]:
    yield from describing_clauses(case.counted.anchor)
    for above in case.counted.anchor.ancestors:  # "a total of 212 recruits graduated": the parse hangs it on "total"
        if above.lower_ not in TRANSPARENT:
            break
        yield from describing_clauses(above)


def _by_description(case: Case, clause: Clause) -> Found:
    """Read "officers trained by", "troops stationed in", "recruits who completed a course"."""
    verb = clause.predicate
    if verb.tag_ == "VBN":  # "recruits expected to be trained"
        verb = next((c for c in verb.children if c.dep_ == "xcomp" and c.tag_ == "VBN"), verb)
    if clause.passive or verb.tag_ == "VBN":
        for measure in _MEASURES:
            if lemma_in(verb, word_set("personnel", measure, "verbs")):
                agents = clause.agents or (agents_over(verb_over(case.counted.anchor)) if measure == "deployed" else ())
                return Reading(measure=measure, rule="participle", clause=clause, agents=agents)
        return NO_MEASURE if lemma_in(verb, word_set("personnel", "none", "states")) else None
    if any(t.i == case.counted.head.i for t in clause.objects):
        return as_object(case, clause)  # "the deminers whom Japan trained"
    if lemma_in(verb, word_set("personnel", "employed", "working") | word_set("personnel", "deployed", "being")):
        return None if teaching_in(case, clause) is None else as_subject(case, clause)
    return as_subject(case, clause)


def _by_participle(case: Case) -> Reading | None:
    """Read "14 embedded experts", "35 wounded soldiers": a participle in front of the noun."""
    own = {t.lower_ for t in case.counted.tokens if t.i < case.counted.head.i}
    if own & word_set("personnel", "deployed", "participles"):
        clause = verb_over(case.counted.anchor)
        return Reading(measure="deployed", rule="participle in front", clause=clause, agents=agents_over(clause))
    if own & word_set("personnel", "lost", "adjectives") or case.head_in("lost", "heads"):
        return Reading(measure="lost", rule="lost by name")
    return None


# ---- the order of words


def _by_words_in_front(case: Case) -> Found:
    """Read "workshops with 560 participants", "the force, numbering 900 men", "the police, with 9,000 officers"."""
    before = case.tokens_before(3)
    if len(before) > 2 and before[1].lower_ == ",":  # noqa: PLR2004 - "a course, for sixty gendarmes, will open"
        before = [before[0], before[2]] if before[2].lower_ == "for" else before
    return first_found(_front_rules(case, *before[-2:])) if len(before) > 1 else None


def _front_rules(case: Case, noun: Token, last: Token) -> Iterator[Found]:
    word = last.lower_
    taught_nouns = word_set("personnel", "trained", "nouns")
    if word in {"with", "for", "to", "of"} and lemma_in(noun, taught_nouns) and not case.in_name(noun):
        clause = verb_over(noun)
        yield taught(case, noun, clause, agents_over(clause))
    if word == "of" and lemma_in(noun, word_set("personnel", "none", "nouns")):
        yield NO_MEASURE
    if word in {":", "|"}:
        yield _by_label(case, noun)
    if word in word_set("personnel", "employed", "numbering"):
        yield _of_former(case, "numbering")
    if word == "with" and noun.lower_ in {",", "(", "\u2013", "\u2014"}:
        yield _of_former(case, "with so many people")


def _by_opening_label(case: Case) -> Reading | None:
    """Read a line that a label opens: "Mission strength: 41 international and 19 local staff"."""
    opening = list(case.counted.sentence.tokens)[:_LABEL]
    colon = next((t for t in opening if t.lower_ in {":", "|"} and t.i < case.counted.tokens[0].i), None)
    label = [t for t in opening if colon is not None and t.i < colon.i]
    finite = any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in case.counted.sentence.tokens)
    if not label or finite:
        return None
    course = any(lemma_in(t, word_set("personnel", "trained", "nouns")) for t in label)
    taught_people = Reading(measure="trained", rule="label", confidence=0.65) if course else None
    return taught_people or _by_label(case, label[-1])


def _by_label(case: Case, label: Token) -> Reading | None:
    """Read the word in front of a colon: "Current strength: 850 troops", "Personnel deployed: 1,068"."""
    for measure in ("lost", "trained", "deployed", "employed"):
        keys = ("heads", "labels", "participles") if measure != "trained" else ("labels",)
        tables = [k for k in keys if k in load_lexicon("personnel")[measure]]
        if any(lemma_in(label, word_set("personnel", measure, key)) for key in tables):
            over = body_over(case.analysis, heads_over(case.analysis, case.counted.sentence.block))
            entities = [case.analysis.entities[each] for each in over.entities]
            mission = any(each.kind is EntityKind.MISSION for each in entities)
            posted = measure == "employed" and mission
            return Reading(measure="deployed" if posted else measure, rule="label", confidence=0.7)
    return None


def _of_former(case: Case, rule: str) -> Reading | None:
    """Return that the people are those of the body or mission named right in front."""
    sentence = case.counted.sentence
    front = sentence.tokens_before(case.counted.quote.start)[-4:]
    units = word_set("personnel", "deployed", "sent") | word_set("personnel", "employed", "owners")
    holder = next((t for t in reversed(front) if _is_held_by(case, t) or lemma_in(t, units)), None)
    if holder is None:
        return None
    clause = verb_over(holder)
    moved = word_set("personnel", "deployed", "verbs") - word_set("personnel", "deployed", "weak")
    if clause is not None and clause.role is Role.OBJECT and lemma_in(clause.predicate, moved):
        return Reading(measure="deployed", rule=rule, clause=clause, agents=clause.agents)
    abroad = case.of_mission((holder,)) or lemma_in(holder, word_set("personnel", "deployed", "abroad"))
    measure = "deployed" if abroad else "employed"
    return Reading(measure=measure, rule=rule, members=(holder,), confidence=0.7)


def _is_held_by(case: Case, token: Token) -> bool:
    mention = case.mention(token)
    return mention is not None and is_body(case.analysis, mention)


def _by_relative(case: Case) -> Found:
    """Read "who had been trained" where the parse hung it on another noun than the people right in front."""
    after = case.tokens_behind(_RELATIVE)
    who = next((t for t in after if t.lower_ == "who"), None)
    if who is None or not is_verb(who.head) or any(t.lower_ in {",", ";"} for t in after if t.i < who.i):
        return None
    return _by_description(case, build_clause(who.head, below=case.counted.head))


def _by_order(case: Case) -> Reading | None:
    """Read a verb of teaching, loss or posting that stands right in front or behind, helping verbs apart."""
    after = case.tokens_behind(5)
    stop = next((t.i for t in after if t.pos_ in {"CCONJ", "PUNCT", "NOUN", "PROPN"}), after[-1].i + 1 if after else 0)
    behind = [t for t in after if t.i < stop and t.pos_ not in {"AUX", "ADV", "PART"}]
    for near in (*reversed(case.tokens_before(2)), *behind[:2]):
        spoken = near.tag_ in {"VBN", "VBD", "VBG", "VB"} or near.lower_.endswith(("ed", "ing"))
        for measure in ("trained", "lost", "reached"):
            bare = measure != "reached" or near.tag_ in {"VBN", "VBD"}
            training = measure == "trained" and near.lower_ == "training"
            if spoken and bare and (training or lemma_in(near, word_set("personnel", measure, "verbs"))):
                return Reading(measure=measure, rule="nearest verb", confidence=0.6)
        if spoken and near.lower_ in word_set("personnel", "deployed", "participles") | {"deploying", "deploys"}:
            return Reading(measure="deployed", rule="nearest verb", confidence=0.6)
    return None


def _by_head(case: Case) -> Reading | None:
    """Read "5,000 peacekeepers", "900 troops in Syria", "37 trainees": what no verb speaks of."""
    if case.head_in("deployed", "always"):
        return Reading(measure="deployed", rule="peacekeepers", confidence=0.6)
    if case.head_in("trained", "always"):
        return Reading(measure="trained", rule="trainees", confidence=0.6)
    behind = [t.lower_ for t in case.tokens_behind(_THERE)]
    if case.experts and any(a in _WORKING and b in {"here", "there"} for a, b in pairwise(behind)):
        return Reading(measure="deployed", rule="works there", confidence=0.6)
    near = [
        m
        for m in case.behind("in", "on", "at", "across", "with")
        if m.span.start - case.counted.quote.end <= _RIGHT_BEHIND
    ]
    if case.afield and case.at_place(near):
        clause = verb_over(case.counted.anchor)
        agents = clause.agents if clause is not None and clause.role is Role.OBJECT and clause.lemma != "be" else ()
        return Reading(measure="deployed", rule="people at a place", clause=clause, agents=agents, confidence=0.65)
    return None
