"""What the nouns and verbs that govern a count of people make of it.

Each function looks at one role that the people play: behind a noun, as subject, as object, as who receives, behind a
preposition. Rules stand in order; the first that speaks is believed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.ceilings import strength_in, strength_reading
from ssrgraph.extraction.claims.circumstances import is_body, is_place
from ssrgraph.extraction.claims.losses import lives_given, lives_taken
from ssrgraph.extraction.claims.nouns import lemma_in
from ssrgraph.extraction.claims.people import (
    NO_MEASURE,
    WARNINGS,
    Case,
    Doubt,
    Found,
    Reading,
    agents_over,
    first_found,
    lists,
    taught,
    teaching_in,
    verb_over,
)
from ssrgraph.extraction.claims.possession import having
from ssrgraph.extraction.claims.schooling import attended, certified, developed, meets, schooled, schools, with_teaching
from ssrgraph.extraction.claims.strengths import size_of, strength_of
from ssrgraph.extraction.clauses import Clause, Role
from ssrgraph.extraction.clauses.reading import build_clause, is_predicate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

_TOWARDS = frozenset({"to", "for", "of", "with", "among", "amongst", "by", "involving", "including", "from", "in"})
_REACHING = frozenset({"to", "for", "with", "among"})  # what reaches a verb across another noun
_GIVEN_TO = frozenset({"to", "for", "with", "among", "of", "on", ""})


# ---- nouns


def by_noun(case: Case, noun: Token, preposition: str) -> Found:
    """Read "training of 300 officers", "courses for 40 judges", "the deaths of 12 men", "a contingent of 350"."""
    if noun.i > case.counted.anchor.i or preposition not in _TOWARDS:
        return None
    clause = verb_over(noun)
    by = build_clause(noun).agents if is_predicate(noun) else ()
    taken = lives_taken(clause, noun) if preposition == "of" else None
    return taken or first_found(_noun_rules(case, noun, preposition, clause, by or agents_over(clause)))


def _noun_rules(
    case: Case, noun: Token, preposition: str, clause: Clause | None, agents: tuple[Token, ...]
) -> Iterator[Found]:
    if lemma_in(noun, lists("employed", "wages")) and preposition in {"of", "to", "for"}:
        yield Reading(measure="employed", rule="wages", clause=clause, confidence=0.7)
    if case.in_name(noun):
        yield strength_of(case, noun, clause) if preposition == "of" else None
        return
    if lemma_in(noun, lists("none", "nouns")) and preposition in {"of", "for", "in"}:
        yield NO_MEASURE
    if lemma_in(noun, lists("lost", "nouns")) and preposition in {"of", "among"}:
        yield Reading(measure="lost", rule="noun of loss", clause=clause)
    if lemma_in(noun, lists("trained", "nouns")) and preposition not in {"from", "in"}:
        yield taught(case, noun, clause, agents)
    if preposition == "of":
        yield developed(noun)
    if lemma_in(noun, lists("deployed", "nouns")) and preposition in {"of", "by"}:
        yield Reading(measure="deployed", rule="noun of posting", clause=clause, agents=agents or (noun,))
    if lemma_in(noun, lists("employed", "nouns") | lists("people", "bodies")) and preposition == "of":
        yield strength_of(case, noun, clause)
    if lemma_in(noun, lists("reached", "nouns")) and preposition in {"to", "for"} and not case.afield:
        yield Reading(measure="reached", rule="help for people", clause=clause, agents=agents)


# ---- verbs


def by_verb(case: Case, clause: Clause, below: Token, *, through: str | None = None) -> Found:
    """Read what a verb makes of the people, by the role in which they hang on it.

    Args:
        case: The people.
        clause: The verb's clause.
        below: The token under the verb from which it was reached.
        through: Where another noun stands in between, the preposition by which the people hang on it ("paid the
            salaries [of] 300 officers").
    """
    if through is not None:
        return first_found(_behind_preposition(case, clause, through)) if through in _REACHING else None
    subject = below.dep_ == "nsubj" and below.head.i == clause.predicate.i  # the parse may give a verb several
    if (clause.role is Role.SUBJECT or subject) and not clause.passive:
        return as_subject(case, clause)
    if clause.role in {Role.OBJECT, Role.ATTRIBUTE}:
        return as_object(case, clause)
    if clause.role is Role.RECEIVER:
        return _as_receiver(case, clause)
    if clause.passive and clause.role is Role.SUBJECT:  # "a course attended by 36 officers"
        return attended(case, clause)
    return first_found(_behind_preposition(case, clause, clause.via.word if clause.via is not None else ""))


def as_subject(case: Case, clause: Clause) -> Found:
    """Read "213 recruits graduated", "over 300 have received training", "40 soldiers serve in"."""
    return first_found(_subject_rules(case, clause))


def _subject_rules(case: Case, clause: Clause) -> Iterator[Found]:
    verb = clause.predicate
    if clause.lemma == "be":  # "600 guards were to have been trained"
        meant = (c for c in verb.children if c.dep_ == "xcomp" and c.tag_ == "VBN")
        yield first_found(as_object(case, build_clause(each, below=case.counted.anchor)) for each in meant)
    if lemma_in(verb, lists("lost", "subject")):
        yield Reading(measure="lost", rule="subject", clause=clause)
    yield lives_given(clause)
    yield from schooled(case, clause)
    yield _teaches(case, clause)
    if lemma_in(verb, lists("reached", "receiving")) and (clause.lemma == "benefit" or _helped(clause)):
        yield Reading(measure="reached", rule="got help", clause=clause)
    if clause.lemma == "be" or verb.lower_ == "missing":
        yield _being(case, clause)
        return
    if lemma_in(verb, lists("employed", "working") | lists("deployed", "being")):
        yield at_work(case, clause)
        return
    if lemma_in(verb, lists("none", "states")):
        yield NO_MEASURE
    if case.afield:
        yield at_work(case, clause)


def _teaches(case: Case, clause: Clause) -> Found:
    """Read "40 Spanish instructors have taught gendarmes": those who teach abroad are posted."""
    verb = clause.predicate
    teaching = lemma_in(verb, lists("trained", "verbs")) and bool(clause.objects)
    if not teaching or clause.lemma in {"graduate", "qualify"} or not case.experts or case.civilians:
        return None
    return Reading(measure="deployed", rule="teaches", clause=clause, confidence=0.65)


def _helped(clause: Clause) -> bool:
    nouns = [*clause.objects, *(t for p in clause.phrases for t in p.objects)]
    return any(lemma_in(t, lists("reached", "nouns")) for t in nouns)


def _being(case: Case, clause: Clause) -> Found:
    words = {t.lower_ for t in clause.tokens if t.i >= clause.predicate.i}
    if words & {"missing", "dead", "wounded"}:
        return Reading(measure="lost", rule="is missing", clause=clause)
    if {"on", "duty"} <= words or {"under", "arms"} <= words or "ranks" in words:
        return Reading(measure="employed", rule="on duty", clause=clause)
    if "in training" in " ".join(t.lower_ for t in clause.tokens):
        return Reading(measure="trained", rule="in training", clause=clause)
    return at_work(case, clause) if case.experts else None


def at_work(case: Case, clause: Clause) -> Found:
    """Read "serve in", "are working for", "arrived in": posted to a mission or place, or in the ranks of a body."""
    return first_found(_work_rules(case, clause))


def _work_rules(case: Case, clause: Clause) -> Iterator[Found]:
    if {t.lower_ for t in clause.tokens} & {"exercise", "exercises", "drill", "drills", "manoeuvres", "maneuvers"}:
        yield Doubt(reason="took part in an exercise")
    behind = case.behind("in", "to", "with", "for", "of", "within", "as", "at", "on", "under", "near", "across")
    working = lemma_in(clause.predicate, lists("employed", "working") | {"be"})
    bodies = [m for m in behind if is_body(case.analysis, m)]
    places = [m for m in behind if is_place(case.analysis, m)] or case.in_front("in", "at", "across")
    if places and bodies and behind[0].span <= places[0].span < bodies[0].span:
        bodies = []  # "are in Ukraine, according to the Ministry of Defence"
    if any(m.kind is EntityKind.MISSION for m in behind):
        yield Reading(measure="deployed", rule="serves in a mission", clause=clause)
    if bodies and case.experts and lemma_in(clause.predicate, lists("deployed", "advising")):
        yield Reading(measure="deployed", rule="serves at a body", clause=clause, confidence=0.7)
    words = {t.lemma_.lower() for t in clause.tokens if t.i > clause.predicate.i}
    if case.experts and working and words & {"mission", "operation", "peacekeeping"}:
        yield Reading(measure="deployed", rule="serves in a mission", clause=clause, confidence=0.7)
    if bodies and working:
        yield Reading(measure="employed", rule="serves in a body", clause=clause)
    if places and (case.experts or clause.lemma in {"arrive", "deploy", "land"}):
        yield Reading(measure="deployed", rule="serves in a place", clause=clause)
    yield from _work_words(case, clause)


def _work_words(case: Case, clause: Clause) -> Iterator[Found]:
    """Read "work there", "serve in the mission": what no name says."""
    words = {t.lemma_.lower() for t in clause.tokens if t.i > clause.predicate.i}
    if case.experts and words & {"here", "there"} and {t.lower_ for t in case.tokens_behind(6)} & {"here", "there"}:
        yield Reading(measure="deployed", rule="works there", clause=clause, confidence=0.65)
    if clause.lemma in {"serve", "work", "participate", "join"} and case.experts:
        if clause.lemma in {"participate", "join"} and words & {"mission", "operation", "peacekeeping"}:
            yield Reading(measure="deployed", rule="serves in a mission", clause=clause, confidence=0.7)
        if words & lists("employed", "ranks") and clause.lemma != "participate":
            yield Reading(measure="employed", rule="serves in a body", clause=clause, confidence=0.7)


def as_object(case: Case, clause: Clause) -> Found:
    """Read "trained 300 officers", "deployed 50 experts", "lost 14 soldiers", "has 900 staff"."""
    return first_found(_object_rules(case, clause))


def _object_rules(case: Case, clause: Clause) -> Iterator[Found]:
    if (strength := strength_in(clause)) is not None and case.experts:
        yield strength_reading(case, strength, clause)
    if clause.lemma == "be":
        yield _equated(clause)
        if case.experts and any(is_body(case.analysis, m) for m in case.behind("in", "within")):
            yield Reading(measure="employed", rule="people in a body", clause=clause, confidence=0.7)
        return  # "there are 2,500 soldiers in Iraq": the place decides
    yield from _acted_on(case, clause)
    yield from _had_or_given(case, clause)
    if case.head_in("reached", "patients") and lemma_in(clause.predicate, lists("reached", "seeing")):
        yield Reading(measure="reached", rule="patients", clause=clause, agents=clause.agents)
    if lemma_in(clause.predicate, lists("none", "states")):
        yield NO_MEASURE
    yield _with_partner(clause)


def _acted_on(case: Case, clause: Clause) -> Iterator[Found]:
    verb, agents = clause.predicate, clause.agents
    if lemma_in(verb, lists("trained", "verbs")):
        yield Reading(measure="trained", rule="object", clause=clause, agents=agents)
    yield with_teaching(case, clause)
    for each in verb.children:  # "cost 12 soldiers their lives": the second object
        yield lives_taken(clause, each) if each.dep_ == "dobj" else None
    if lemma_in(verb, lists("lost", "verbs") - lists("lost", "subject")):
        yield Reading(measure="lost", rule="object", clause=clause)
    if lemma_in(verb, lists("trained", "gathering")) and meets(clause):
        yield Reading(measure="trained", rule="gathered for a course", clause=clause)
    yield schools(case, clause)
    if lemma_in(verb, lists("deployed", "verbs") - lists("deployed", "weak")):
        yield Reading(measure="deployed", rule="object", clause=clause, agents=agents)


def _had_or_given(case: Case, clause: Clause) -> Iterator[Found]:
    verb, agents = clause.predicate, clause.agents
    if lemma_in(verb, lists("employed", "sizes")) and clause.receivers and case.of_mission(clause.receivers):
        yield Reading(measure="deployed", rule="size of a mission", clause=clause, members=clause.receivers)
    if lemma_in(verb, lists("employed", "verbs")) or (clause.lemma == "reach" and case.of_ranks(agents)):
        yield Reading(measure="employed", rule="object", clause=clause, members=agents)
    if lemma_in(verb, lists("employed", "owning")):
        yield having(case, clause)
    paid_for = lemma_in(verb, lists("deployed", "funding")) and not case.head_in("deployed", "advisers")
    if case.experts and not case.civilians and lemma_in(verb, lists("deployed", "weak")) and not paid_for:
        yield Reading(measure="deployed", rule="given people", clause=clause, agents=agents, confidence=0.75)
    if case.experts and lemma_in(verb, lists("deployed", "allowing")):
        yield Reading(measure="deployed", rule="authorized", clause=clause, confidence=0.6)
    if lemma_in(verb, lists("reached", "verbs")) and not case.afield:
        yield Reading(measure="reached", rule="object", clause=clause, agents=agents)


def _with_partner(clause: Clause) -> Found:
    """Read a verb joined to one that says nothing: "were vetted, trained and equipped"."""
    for verb in clause.predicate.conjuncts:
        if any(c.dep_ in {"dobj", "nsubj", "nsubjpass"} for c in verb.children):
            continue
        for measure in ("trained", "lost", "deployed"):
            strong = lists(measure, "verbs") - (lists("deployed", "weak") if measure == "deployed" else frozenset())
            if lemma_in(verb, strong):
                return Reading(measure=measure, rule="joined verb", clause=clause, agents=clause.agents, confidence=0.7)
    return None


def _equated(clause: Clause) -> Found:
    """Read "the trainees will be 60 officers"."""
    if any(t.lemma_.lower() in {"trainee", "student", "graduate", "participant"} for t in clause.agents):
        return Reading(measure="trained", rule="trainees are", clause=clause)
    if any(t.lemma_.lower() in {"casualty", "victim", "fatality"} for t in clause.agents):
        return Reading(measure="lost", rule="casualties are", clause=clause)
    return None


def _as_receiver(case: Case, clause: Clause) -> Found:
    """Read "gave 40 officers training", "300 cadets were given courses"."""
    if (school := teaching_in(case, clause)) is not None:
        return taught(case, school, clause, clause.agents)
    if _helped(clause):
        return Reading(measure="reached", rule="was given help", clause=clause, agents=clause.agents)
    return None


def _behind_preposition(case: Case, clause: Clause, preposition: str) -> Iterator[Found]:
    """Read "provided training to", "staffed up to", "grow to 2,500 personnel", "consists of"."""
    verb = clause.predicate
    if preposition == "to" and lemma_in(verb, lists("trained", "verbs")):
        warned = next((t for o in clause.objects for t in o.subtree if t.lower_ in WARNINGS), None)
        if warned is not None and case.civilians:
            yield Reading(measure="reached", rule="warned", clause=clause, agents=clause.agents)
        yield Reading(measure="trained", rule="taught to", clause=clause, agents=clause.agents)
    school = teaching_in(case, clause)
    if school is not None and preposition in _GIVEN_TO and lemma_in(verb, lists("trained", "giving")):
        yield taught(case, school, clause, clause.agents)
    if preposition == "by":
        yield attended(case, clause)
    yield certified(clause, preposition)
    if school is not None and lemma_in(verb, lists("trained", "gathering")):
        yield Reading(measure="trained", rule="gathered for a course", clause=clause)
    helped = any(lemma_in(t, lists("reached", "nouns")) for t in clause.objects)
    if helped and preposition in {"to", "for"} and lemma_in(verb, lists("reached", "giving")):
        yield Reading(measure="reached", rule="help for people", clause=clause, agents=clause.agents)
    if (
        preposition == "with"
        and case.experts
        and lemma_in(verb, lists("deployed", "being") | {"contribute", "deploy", "be"})
    ):
        yield _at_work_with(case, clause)
    if lemma_in(verb, lists("employed", "sizes")):
        yield size_of(case, clause)


def _at_work_with(case: Case, clause: Clause) -> Found:
    """Read "participates in the mission with 870 soldiers"."""
    sentence = case.counted.sentence
    clause_words = [
        m for t in clause.tokens if (m := case.analysis.mention_at(sentence.token_span(t).start)) is not None
    ]
    if any(m.kind is EntityKind.MISSION for m in clause_words) or any(
        t.lemma_ in {"mission", "operation"} for t in clause.tokens
    ):
        return Reading(measure="deployed", rule="takes part with people", clause=clause, agents=clause.agents)
    return None
