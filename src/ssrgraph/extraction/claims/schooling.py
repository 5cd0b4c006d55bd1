"""People who are taught: who graduated, took a course, went to a school, got a certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssrgraph.extraction.claims.nouns import lemma_in
from ssrgraph.extraction.claims.people import Case, Found, Reading, lists, taught, teaching_in, verb_over

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from ssrgraph.extraction.clauses import Clause

_TO_A_SCHOOL = 12  # tokens behind people in which the school is named
_TO_THE_COURSE = 9  # tokens behind people in which the course is named
_JOINING = frozenset({"take", "participate", "enrol", "enroll", "learn", "study", "qualify"})
_BEGINNING = frozenset({"start", "begin", "continue", "resume", "finish"})
_TAKING = frozenset({"complete", "finish", "attend", "pass", "take", "follow"})


def schooled(case: Case, clause: Clause) -> Iterator[Found]:
    """Read people who graduated, took a course, came for training or are in training."""
    verb = clause.predicate
    before = _course_before(case, clause) if clause.lemma in _JOINING else None
    if before is not None:
        held = verb_over(before)
        yield taught(case, before, clause, held.agents if held is not None else ())
    if lemma_in(verb, lists("trained", "alone")) and not clause.objects:
        yield Reading(measure="trained", rule="graduated", clause=clause)
    school = teaching_in(case, clause)
    if school is not None and lemma_in(verb, lists("trained", "receiving")):
        yield taught(case, school, clause, ())
    programmes = any(lemma_in(t, lists("trained", "programmes")) for t in clause.objects)
    awarded = any(lemma_in(t, lists("trained", "proofs")) for t in clause.objects)
    if awarded and clause.lemma in {"receive", "earn", "obtain", "gain", "get"}:
        yield Reading(measure="trained", rule="got a certificate", clause=clause)
    if clause.lemma in _TAKING and pointing_back(case, clause):
        yield Reading(measure="trained", rule="the course before", clause=clause)
    if clause.lemma == "attend" and any(lemma_in(t, lists("trained", "schools")) for t in clause.objects):
        yield Reading(measure="trained", rule="attended a school", clause=clause)
    if programmes and clause.lemma in {"complete", "finish", "attend", "enter", "pass"}:
        yield Reading(measure="trained", rule="completed a programme", clause=clause)
    yield from _schooled_by_verb(case, clause)


def _course_before(case: Case, clause: Clause) -> Token | None:
    """Return the course that "in which" takes up: "94 courses were held, in which 1,875 persons took part"."""
    links = [t for t in clause.predicate.children if t.lower_ == "in" and any(c.lower_ == "which" for c in t.children)]
    front = [t for t in case.counted.sentence.tokens if links and t.i < links[0].i]
    nouns = (t for t in reversed(front) if lemma_in(t, lists("trained", "nouns")) and not case.in_name(t))
    return next(nouns, None)


def _schooled_by_verb(case: Case, clause: Clause) -> Iterator[Found]:
    """Read "will come for training", "train at", "qualified as divers", "passed out"."""
    for purpose in clause.behind("for"):  # "will arrive in the UK for training"
        if lemma_in(purpose, lists("trained", "nouns")) and not case.in_name(purpose):
            yield taught(case, purpose, clause, ())
    if clause.lemma == "train" and not clause.objects:
        yield Reading(measure="trained", rule="in training", clause=clause)
    begun = (t for t in clause.predicate.children if t.dep_ == "xcomp" and t.lower_ == "training")
    if clause.lemma in _BEGINNING and any(not any(c.dep_ == "dobj" for c in t.children) for t in begun):
        yield Reading(measure="trained", rule="in training", clause=clause)  # "will start training in autumn"
    if clause.lemma == "qualify" and not clause.objects:
        yield Reading(measure="trained", rule="qualified", clause=clause)
    if clause.lemma == "pass" and any(t.lower_ == "out" for t in clause.predicate.children):
        yield Reading(measure="trained", rule="passed out", clause=clause)


def schools(case: Case, clause: Clause) -> Found:
    """Read "invites 25 officers to the War College", "sent 40 cadets to a school abroad"."""
    if not lemma_in(clause.predicate, lists("trained", "inviting")):
        return None
    behind = case.tokens_behind(_TO_A_SCHOOL)
    stop = next((t.i for t in behind if t.lower_ in {",", ";", "."} or t.tag_ in {"VBD", "VBZ", "VBP", "CC"}), None)
    behind = [t for t in behind if stop is None or t.i < stop]
    school = any(lemma_in(t, lists("trained", "schools")) for t in behind)
    learners = case.head_in("trained", "learners") and clause.lemma in {"host", "welcome", "receive", "admit", "enrol"}
    if learners:
        return Reading(
            measure="trained", rule="learners taken in", clause=clause, agents=clause.agents, confidence=0.65
        )
    if not school or not {"to", "at", "in"} & {t.lower_ for t in behind}:
        return None
    agents = () if clause.lemma in {"send", "enrol", "enroll"} else clause.agents
    return Reading(measure="trained", rule="invited to a school", clause=clause, agents=agents, confidence=0.7)


def with_teaching(case: Case, clause: Clause) -> Found:
    """Read "provided 9,200 personnel with training", "put 40 rangers through a course"."""
    after = case.tokens_behind(_TO_THE_COURSE)
    if len(after) > 1 and after[0].lower_ == "of" and after[1].lower_ in {"them", "these", "those"}:
        after = after[2:]  # "put 310 of them through a course"
    if clause.lemma in {"put", "take", "run", "lead"} and after and after[0].lower_ == "through":
        course = next((t for t in after[1:] if lemma_in(t, lists("trained", "nouns") | {"pace"})), None)
        return Reading(measure="trained", rule="put through", clause=clause, agents=clause.agents) if course else None
    if (
        clause.lemma not in {"provide", "supply", "furnish", "equip", "assist", "help"}
        or not after
        or after[0].lower_ != "with"
    ):
        return None
    school = next((t for t in after[1:] if lemma_in(t, lists("trained", "nouns"))), None)
    return taught(case, school, clause, clause.agents) if school is not None else None


def meets(clause: Clause) -> bool:
    """Say whether a course is what gathers people: "the workshop brought together 45 officials"."""
    named = (*clause.agents, *clause.objects)
    each = [t for noun in named if noun.lower_ in {"each", "all", "both"} for t in noun.subtree]
    return any(lemma_in(t, lists("trained", "nouns")) for t in (*named, *each))


def pointing_back(case: Case, clause: Clause) -> bool:
    """Say whether a course of the sentence before is what was attended: "It was attended by 25 participants"."""
    if not any(t.pos_ in {"PRON", "DET"} and t.lower_ not in {"who", "which", "that"} for t in clause.objects):
        return False
    sentences = case.analysis.sentences
    place = case.analysis.place_of(case.counted.sentence)
    former = sentences[place - 1].tokens if place else ()
    return any(lemma_in(t, lists("trained", "nouns")) for t in former)


def certified(clause: Clause, preposition: str) -> Found:
    """Read "presented certificates to 36 instructors", "wings pinned on 18 pilots": who gives is not who taught."""
    if preposition not in {"to", "on", "upon", "among"} or not lemma_in(clause.predicate, lists("trained", "awarding")):
        return None
    if not any(lemma_in(t, lists("trained", "proofs")) for t in clause.objects):
        return None
    return Reading(measure="trained", rule="given certificates", clause=clause, confidence=0.7)


def developed(noun: Token) -> Found:
    """Read "the human resource development of 400 persons"."""
    of_people = {t.lower_ for t in noun.lefts} | {t.lower_ for left in noun.lefts for t in left.lefts}
    if noun.lower_ not in {"development", "formation"} or not of_people & lists("trained", "developed"):
        return None
    clause = verb_over(noun)
    agents = clause.agents if clause is not None else ()
    return Reading(measure="trained", rule="development of people", clause=clause, agents=agents, confidence=0.7)


def attended(case: Case, clause: Clause) -> Found:
    """Read "a course attended by 36 officers"."""
    if clause.lemma != "attend":
        return None
    if meets(clause) or pointing_back(case, clause):
        course = next((t for t in clause.objects if lemma_in(t, lists("trained", "nouns"))), None)
    else:  # "a seminar on detention attended by"
        before = [t for t in case.counted.sentence.tokens if t.i < clause.predicate.i][-_TO_A_SCHOOL:]
        course = next((t for t in reversed(before) if lemma_in(t, lists("trained", "nouns"))), None)
        finite = [t for t in before if t.tag_ in {"VBD", "VBZ", "VBP"} and t.dep_ not in {"aux", "auxpass"}]
        if course is None or any(t.i > course.i for t in finite):
            return None
    held = verb_over(course) if course is not None else None
    holders = held.agents if held is not None and held.predicate.i != clause.predicate.i else ()
    return Reading(measure="trained", rule="attended by", clause=clause, agents=holders)
