"""Which of the five measures a count of people is: trained, employed, deployed, reached or lost.

The evidence is taken from the inside out: participles on the phrase, clauses that describe it, then the nouns and
verbs that govern it; the first that decides is believed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.circumstances import ACTORS, behind_preposition, is_body, is_place
from ssrgraph.extraction.claims.counted import lemma_in, sounds_like_people, word_set
from ssrgraph.extraction.clauses import Role, describing_clauses, holding_mentions
from ssrgraph.extraction.clauses.grammar import is_verb
from ssrgraph.extraction.clauses.reading import build_clause, is_predicate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from ssrgraph.documents.model import Span
    from ssrgraph.extraction.analysis import Analysis, Mention
    from ssrgraph.extraction.claims.counted import Counted
    from ssrgraph.extraction.clauses import Clause

_TOWARDS = frozenset({"to", "for", "of", "with", "among", "amongst", "by", "from", "involving", "including"})
_GIVEN_TO = frozenset({"to", "for", "with", "among", "of", "on"})
_TRANSPARENT = frozenset({"of", "total", "some", "number", "group"})
_VERBS_UP = 3  # verbs above a phrase that may decide


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a construction makes of a count of people.

    Attributes:
        measure: One of the five measures.
        rule: Name of the construction.
        clause: The clause that says it, if a verb does.
        agents: Heads of the noun phrases that name who does it.
        members: Heads of the noun phrases that name the force or body the people belong to.
        confidence: The share of such readings that hold.
    """

    measure: str
    rule: str
    clause: Clause | None = None
    agents: tuple[Token, ...] = ()
    members: tuple[Token, ...] = ()
    confidence: float = 0.85


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Why a count of people is none of the measures."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    analysis: Analysis
    counted: Counted
    scope: Span

    def heads(self, table: str, key: str) -> bool:
        return lemma_in(self.counted.head, word_set("personnel", table, key))

    @property
    def civilians(self) -> bool:
        return self.heads("people", "civilians") or self.counted.head.lower_ in word_set(
            "personnel", "people", "civilians"
        )

    @property
    def experts(self) -> bool:
        return self.heads("deployed", "experts") or self.counted.head.lower_ in word_set(
            "personnel", "deployed", "experts"
        )


def measure_of(analysis: Analysis, counted: Counted, scope: Span) -> Reading | Doubt:
    """Return the measure of a count of people, or why it has none.

    Args:
        analysis: The document.
        counted: The phrase.
        scope: The stretch in which its place and body are looked for.
    """
    case = _Case(analysis=analysis, counted=counted, scope=scope)
    for found in _evidence(case):
        if found is not None:
            return found
    return Doubt(reason="no measure")


def has_own_verb(counted: Counted) -> bool:
    """Say whether a verb stands right behind a number that stands alone: "14 killed and 32 wounded"."""
    last = counted.tokens[-1]
    following = last.nbor() if last.i + 1 < counted.sentence.parsed.end else None
    return following is not None and following.tag_ in {"VBN", "VBD"}


def _evidence(case: _Case) -> Iterator[Reading | Doubt | None]:
    yield _by_adjective(case)
    described = list(_described(case))
    for clause in described:
        yield _by_description(case, clause)
    yield _by_participle(case)
    below = case.counted.anchor
    verbs = 0
    preposition: Token | None = None
    if case.counted.body is not None and case.counted.body.lower_ not in _TRANSPARENT:
        yield _by_noun(case, case.counted.body, "of")
    for above in case.counted.anchor.ancestors:
        if above.pos_ in {"ADP", "SCONJ", "PART"} and above.dep_ in {"prep", "agent", "dative", "pcomp"}:
            preposition = above
        elif is_verb(above) or (verbs == 0 and above.pos_ == "VERB"):
            verbs += 1
            yield _by_verb(case, build_clause(above, below=below), below)
            if verbs == _VERBS_UP:
                break
        elif is_predicate(above) or above.pos_ in {"NOUN", "PROPN"}:
            yield _by_noun(case, above, preposition.lower_ if preposition is not None else "")
            preposition = None
        below = above
    for clause in described:
        if not clause.passive:
            yield _at_work(case, clause)
    yield _by_order(case)
    yield _by_place(case)


# ---- on the phrase itself


def _by_adjective(case: _Case) -> Doubt | None:
    own = {t.lower_ for t in case.counted.tokens}
    return Doubt(reason="people of no measure") if own & word_set("personnel", "none", "adjectives") else None


def _described(case: _Case) -> Iterator[Clause]:
    yield from describing_clauses(case.counted.anchor)
    for above in case.counted.anchor.ancestors:  # "a total of 212 recruits graduated": the parse hangs it on "total"
        if above.lower_ not in _TRANSPARENT:
            break
        yield from describing_clauses(above)


def _by_description(case: _Case, clause: Clause) -> Reading | Doubt | None:
    """Read "officers trained by", "troops stationed in", "recruits who completed a course"."""
    verb = clause.predicate
    if clause.passive or verb.tag_ == "VBN":
        for measure in ("trained", "lost", "reached", "employed"):
            if lemma_in(verb, word_set("personnel", measure, "verbs")):
                return Reading(measure=measure, rule="participle", clause=clause, agents=clause.agents)
        if lemma_in(verb, word_set("personnel", "deployed", "verbs")):
            return Reading(measure="deployed", rule="participle", clause=clause, agents=clause.agents)
        if lemma_in(verb, word_set("personnel", "none", "states")):
            return Doubt(reason="people of no measure")
        return None
    if any(t.i == case.counted.head.i for t in clause.objects):
        return _as_object(case, clause)  # "the deminers whom Japan trained"
    if lemma_in(verb, word_set("personnel", "employed", "working") | word_set("personnel", "deployed", "being")):
        school = _teaching(case, clause)
        return None if school is None else _as_subject(case, clause)
    return _as_subject(case, clause)


def _by_participle(case: _Case) -> Reading | None:
    """Read "14 embedded experts", "35 wounded soldiers": a participle in front of the noun."""
    for token in case.counted.tokens:
        if token.i >= case.counted.head.i or token.tag_ not in {"VBN", "JJ", "VBD"}:
            continue
        if token.lower_ in {"deployed", "embedded", "seconded", "stationed", "posted", "based"}:
            return Reading(
                measure="deployed", rule="participle in front", clause=_governing(case), agents=_agents(case)
            )
        if (
            token.lower_ in {"killed", "wounded", "injured", "missing", "dead", "fallen", "slain"}
            and case.counted.people
        ):
            return Reading(measure="lost", rule="participle in front")
    if case.heads("lost", "heads"):
        return Reading(measure="lost", rule="head noun")
    return None


def _governing(case: _Case) -> Clause | None:
    below = case.counted.anchor
    for above in case.counted.anchor.ancestors:
        if is_verb(above):
            return build_clause(above, below=below)
        below = above
    return None


def _agents(case: _Case) -> tuple[Token, ...]:
    clause = _governing(case)
    return clause.agents if clause is not None and clause.role is not Role.SUBJECT else ()


# ---- nouns above


def _by_noun(case: _Case, noun: Token, preposition: str) -> Reading | Doubt | None:
    """Read "training of 300 officers", "courses for 40 judges", "the deaths of 12 men", "a contingent of 350"."""
    if noun.i > case.counted.anchor.i or preposition not in _TOWARDS:
        return None
    clause = _verb_over(noun)
    agents = clause.agents if clause is not None and clause.role is not Role.SUBJECT else ()
    by = tuple(t for t in build_clause(noun).agents) if is_predicate(noun) else ()
    agents = by or agents
    if _in_name(case, noun):
        return _strength(case, noun, clause) if preposition == "of" else None
    if lemma_in(noun, word_set("personnel", "none", "nouns")) and preposition in {"of", "for", "in"}:
        return Doubt(reason="people of no measure")
    if lemma_in(noun, word_set("personnel", "lost", "nouns")) and preposition in {"of", "among"}:
        return Reading(measure="lost", rule="noun of loss", clause=clause)
    if lemma_in(noun, word_set("personnel", "trained", "nouns")) and preposition in _TOWARDS - {"from"}:
        return _taught(case, noun, clause, agents)
    if lemma_in(noun, word_set("personnel", "deployed", "nouns")) and preposition in {"of", "by"}:
        return Reading(measure="deployed", rule="noun of posting", clause=clause, agents=agents)
    if lemma_in(noun, word_set("personnel", "employed", "nouns") | word_set("personnel", "people", "bodies")):
        return _strength(case, noun, clause) if preposition == "of" else None
    if lemma_in(noun, word_set("personnel", "reached", "nouns")) and preposition in {"to", "for"}:
        return Reading(measure="reached", rule="help for people", clause=clause, agents=agents)
    return None


def _verb_over(noun: Token) -> Clause | None:
    below = noun
    for above in noun.ancestors:
        if is_verb(above):
            return build_clause(above, below=below)
        below = above
    return None


def _in_name(case: _Case, noun: Token) -> bool:
    mention = case.analysis.mention_at(case.counted.sentence.token_span(noun).start)
    return mention is not None and mention.form == "name" and mention.kind in ACTORS


def _taught(case: _Case, noun: Token, clause: Clause | None, agents: tuple[Token, ...]) -> Reading:
    """Teaching is help where it warns civilians, or comes to them with other services."""
    phrase = {t.lower_ for t in noun.subtree if t.i <= noun.i}
    warns = bool(phrase & {"risk", "awareness", "sensitisation", "sensitization"})
    conjuncts = [noun, *noun.conjuncts]
    services = case.civilians and any(lemma_in(t, word_set("personnel", "reached", "nouns")) for t in conjuncts)
    measure = "reached" if (warns and not _uniformed(case)) or (services and len(conjuncts) > 1) else "trained"
    return Reading(measure=measure, rule="teaching for people", clause=clause, agents=agents)


def _uniformed(case: _Case) -> bool:
    return case.experts and not case.civilians


def _strength(case: _Case, noun: Token, clause: Clause | None) -> Reading | None:
    """Read "a force of 2,000 soldiers": posted where a verb of posting governs it, else its strength."""
    agents = clause.agents if clause is not None and clause.role is not Role.SUBJECT else ()
    if clause is not None and clause.role in {Role.OBJECT, Role.PREPOSITION, Role.OTHER}:
        if lemma_in(clause.predicate, word_set("personnel", "trained", "verbs")):
            return Reading(measure="trained", rule="team of people", clause=clause, agents=agents)
        if lemma_in(clause.predicate, word_set("personnel", "deployed", "verbs") - {"base"}):
            return Reading(measure="deployed", rule="team of people", clause=clause, agents=agents)
        if lemma_in(clause.predicate, word_set("personnel", "lost", "verbs")):
            return Reading(measure="lost", rule="team of people", clause=clause)
    if clause is not None and clause.role is Role.SUBJECT and not clause.objects and clause.lemma in {"arrive", "land"}:
        return Reading(measure="deployed", rule="team that arrives", clause=clause)
    members = (noun,)
    mention = _mention(case, noun)
    if mention is not None and mention.kind is EntityKind.MISSION:
        return Reading(measure="deployed", rule="strength of a mission", clause=clause, members=members)
    if not lemma_in(noun, word_set("personnel", "employed", "nouns")) and not (
        mention and is_body(case.analysis, mention)
    ):
        return None
    if clause is not None and not clause.passive:
        members = clause.agents
    if _of_mission(case, members):
        return Reading(measure="deployed", rule="strength of a mission", clause=clause, members=members)
    return Reading(measure="employed", rule="strength", clause=clause, members=members, confidence=0.75)


def _mention(case: _Case, token: Token) -> Mention | None:
    return case.analysis.mention_at(case.counted.sentence.token_span(token).start)


def _of_mission(case: _Case, heads: tuple[Token, ...]) -> bool:
    mentions = holding_mentions(case.analysis, case.counted.sentence, heads)
    return any(m.kind is EntityKind.MISSION for m in mentions) or any(t.lemma_.lower() == "mission" for t in heads)


# ---- verbs above


def _by_verb(case: _Case, clause: Clause, below: Token) -> Reading | Doubt | None:
    subject = below.dep_ == "nsubj" and below.head.i == clause.predicate.i  # the parse may give a verb several
    if (clause.role is Role.SUBJECT or subject) and not clause.passive:
        return _as_subject(case, clause)
    if clause.role in {Role.OBJECT, Role.ATTRIBUTE}:
        return _as_object(case, clause)
    if clause.role is Role.RECEIVER:
        return _as_receiver(case, clause)
    if clause.passive and clause.role is Role.SUBJECT:  # "a course attended by 36 officers"
        return _gathered(case, clause)
    return _behind_preposition(case, clause)


def _as_subject(case: _Case, clause: Clause) -> Reading | Doubt | None:
    verb = clause.predicate
    if lemma_in(verb, word_set("personnel", "lost", "subject")):
        return Reading(measure="lost", rule="subject", clause=clause)
    school = _teaching(case, clause)
    if lemma_in(verb, word_set("personnel", "trained", "alone")) and not clause.objects:
        return Reading(measure="trained", rule="graduated", clause=clause)
    if school is not None and lemma_in(verb, word_set("personnel", "trained", "receiving")):
        warned = case.civilians and bool({t.lower_ for t in school.subtree} & {"risk", "awareness"})
        return Reading(measure="reached" if warned else "trained", rule="took a course", clause=clause)
    if clause.lemma == "train" and not clause.objects:
        return Reading(measure="trained", rule="in training", clause=clause)
    if lemma_in(verb, word_set("personnel", "reached", "receiving")):
        return Reading(measure="reached", rule="got help", clause=clause) if _helped(clause) else None
    if clause.lemma == "be" or verb.lower_ == "missing":
        return _being(case, clause)
    if lemma_in(verb, word_set("personnel", "employed", "working") | word_set("personnel", "deployed", "being")):
        return _at_work(case, clause)
    if lemma_in(verb, word_set("personnel", "none", "states")):
        return Doubt(reason="people of no measure")
    return None


def _helped(clause: Clause) -> bool:
    nouns = [*clause.objects, *(t for p in clause.phrases for t in p.objects)]
    return any(lemma_in(t, word_set("personnel", "reached", "nouns")) for t in nouns)


def _being(case: _Case, clause: Clause) -> Reading | None:
    words = {t.lower_ for t in clause.tokens if t.i >= clause.predicate.i}
    if words & {"missing", "dead", "wounded"}:
        return Reading(measure="lost", rule="is missing", clause=clause)
    if ("on" in words and "duty" in words) or {"under", "arms"} <= words or "ranks" in words:
        return Reading(measure="employed", rule="on duty", clause=clause)
    if "in" in words and "training" in words:
        return Reading(measure="trained", rule="in training", clause=clause)
    return _at_work(case, clause) if case.experts else None


def _at_work(case: _Case, clause: Clause) -> Reading | Doubt | None:
    """Read "serve in", "are working for", "arrived in": posted to a mission or place, or in the ranks of a body."""
    if {t.lower_ for t in clause.tokens} & {"exercise", "exercises", "drill", "drills"}:
        return Doubt(reason="took part in an exercise")
    named = behind_preposition(
        case.analysis,
        case.counted.sentence,
        case.scope,
        frozenset({"in", "to", "with", "for", "of", "within", "as", "at", "on", "under"}),
    )
    behind = [m for _, m in named if m.span.start >= case.counted.quote.end]
    if any(m.kind is EntityKind.MISSION for m in behind):
        return Reading(measure="deployed", rule="serves in a mission", clause=clause)
    bodies = [m for m in behind if is_body(case.analysis, m)]
    if bodies and case.experts and lemma_in(clause.predicate, word_set("personnel", "deployed", "advising")):
        return Reading(measure="deployed", rule="serves at a body", clause=clause, confidence=0.7)
    if bodies and lemma_in(clause.predicate, word_set("personnel", "employed", "working") | {"be"}):
        return Reading(measure="employed", rule="serves in a body", clause=clause)
    if any(is_place(case.analysis, m) for m in behind) and (
        case.experts or clause.lemma in {"arrive", "deploy", "land"}
    ):
        return Reading(measure="deployed", rule="serves in a place", clause=clause)
    words = {t.lemma_.lower() for t in clause.tokens if t.i > clause.predicate.i}
    if words & {"force", "police", "army", "service", "guard", "corps", "mission", "operation"} and clause.lemma in {
        "serve",
        "work",
    }:
        measure = "deployed" if words & {"mission", "operation"} else "employed"
        return Reading(measure=measure, rule="serves in a body", clause=clause, confidence=0.7)
    return None


def _as_object(case: _Case, clause: Clause) -> Reading | Doubt | None:
    verb = clause.predicate
    agents = clause.agents
    if clause.lemma == "be":  # "there are 2,500 soldiers in Iraq": the place decides
        return None
    for measure in ("trained", "lost"):
        if lemma_in(verb, word_set("personnel", measure, "verbs") - word_set("personnel", "lost", "subject")):
            return Reading(measure=measure, rule="object", clause=clause, agents=agents)
    if lemma_in(verb, word_set("personnel", "trained", "gathering")) and _teaching(case, clause, subject=True):
        return Reading(measure="trained", rule="gathered for a course", clause=clause)
    if lemma_in(verb, word_set("personnel", "deployed", "verbs") - word_set("personnel", "deployed", "weak")):
        return Reading(measure="deployed", rule="object", clause=clause, agents=agents)
    if (
        lemma_in(verb, word_set("personnel", "employed", "sizes"))
        and clause.receivers
        and _of_mission(case, clause.receivers)
    ):
        return Reading(measure="deployed", rule="size of a mission", clause=clause, members=clause.receivers)
    if lemma_in(verb, word_set("personnel", "employed", "verbs")):
        return Reading(measure="employed", rule="object", clause=clause, members=agents)
    if lemma_in(verb, word_set("personnel", "employed", "owning")):
        found = _having(case, clause)
        if found is not None:
            return found
    if _given(case, clause):
        return Reading(measure="deployed", rule="given people", clause=clause, agents=agents, confidence=0.75)
    if lemma_in(verb, word_set("personnel", "reached", "verbs")):
        return Reading(measure="reached", rule="object", clause=clause, agents=agents)
    if lemma_in(verb, word_set("personnel", "none", "states")):
        return Doubt(reason="people of no measure")
    return None


def _given(case: _Case, clause: Clause) -> bool:
    """Say whether people in uniform or experts are given: "provided 12 advisers", "pledged 250 personnel"."""
    return case.experts and not case.civilians and lemma_in(clause.predicate, word_set("personnel", "deployed", "weak"))


def _having(case: _Case, clause: Clause) -> Reading | None:
    """Read "X has N people": posted where X keeps them elsewhere or is a mission, else its own."""
    if _of_mission(case, clause.agents):
        return Reading(measure="deployed", rule="people of a mission", clause=clause, members=clause.agents)
    mentions = [
        m
        for m in holding_mentions(case.analysis, case.counted.sentence, clause.agents, adjectives=True)
        if m.kind in ACTORS
    ]
    behind = behind_preposition(
        case.analysis, case.counted.sentence, case.scope, frozenset({"in", "to", "at", "across", "on"})
    )
    away = [
        m for _, m in behind if m.span.start >= case.counted.quote.end and m.entity not in {o.entity for o in mentions}
    ]
    if case.experts and any(is_place(case.analysis, m) or m.kind is EntityKind.MISSION for m in away):
        return Reading(measure="deployed", rule="people kept elsewhere", clause=clause, agents=clause.agents)
    nouns = word_set("personnel", "people", "bodies")
    if mentions or any(lemma_in(t, nouns) for t in clause.agents):
        return Reading(
            measure="employed", rule="people of a body", clause=clause, members=clause.agents, confidence=0.7
        )
    return None


def _as_receiver(case: _Case, clause: Clause) -> Reading | None:
    """Read "gave 40 officers training", "300 cadets were given courses"."""
    if (school := _teaching(case, clause)) is not None:
        return _taught(case, school, clause, clause.agents)
    if _helped(clause):
        return Reading(measure="reached", rule="was given help", clause=clause, agents=clause.agents)
    return None


def _gathered(case: _Case, clause: Clause) -> Reading | None:
    if clause.lemma == "attend" and _teaching(case, clause, subject=True) is not None:
        return Reading(measure="trained", rule="attended by", clause=clause)
    return None


def _behind_preposition(case: _Case, clause: Clause) -> Reading | Doubt | None:
    """Read "provided training to", "staffed up to", "grow to 2,500 personnel", "consists of"."""
    verb = clause.predicate
    preposition = clause.via.word if clause.via is not None else ""
    school = _teaching(case, clause)
    if (
        school is not None
        and preposition in _GIVEN_TO | {""}
        and lemma_in(verb, word_set("personnel", "trained", "giving"))
    ):
        return _taught(case, school, clause, clause.agents)
    if preposition in {"by"} and (found := _gathered(case, clause)) is not None:
        return found
    if school is not None and lemma_in(verb, word_set("personnel", "trained", "gathering")):
        return Reading(measure="trained", rule="gathered for a course", clause=clause)
    if lemma_in(verb, word_set("personnel", "reached", "giving")) and preposition in {"to", "for"}:
        helped = [t for t in clause.objects if lemma_in(t, word_set("personnel", "reached", "nouns"))]
        if helped:
            return Reading(measure="reached", rule="help for people", clause=clause, agents=clause.agents)
    if case.counted.elliptic and _numbered_as(case, "trained"):
        return Reading(measure="trained", rule="number of people trained", clause=clause, confidence=0.7)
    heads = clause.objects if clause.passive else clause.agents
    if lemma_in(verb, word_set("personnel", "employed", "sizes")):
        if _of_mission(case, heads):
            return Reading(measure="deployed", rule="size of a mission", clause=clause, members=heads)
        if any(
            lemma_in(t, word_set("personnel", "employed", "nouns") | word_set("personnel", "people", "bodies"))
            for t in heads
        ):
            return Reading(measure="employed", rule="size of a body", clause=clause, members=heads, confidence=0.7)
    return None


def _numbered_as(case: _Case, word: str) -> bool:
    return word in case.analysis.words(case.counted.group).lower().split()


def _teaching(case: _Case, clause: Clause, *, subject: bool = False) -> Token | None:
    """Return the noun of teaching in a clause: what is given, taken or attended."""
    nouns = word_set("personnel", "trained", "nouns")
    own = {t.i for t in case.counted.tokens}
    for token in clause.tokens:
        if token.i in own or not lemma_in(token, nouns) or token.pos_ not in {"NOUN", "PROPN", "VERB"}:
            continue
        if token.dep_ in {"compound", "amod"} and not lemma_in(token.head, nouns):
            continue
        if token.dep_ in {"nsubj"} and not subject and token.i < clause.predicate.i:
            continue
        if _in_name(case, token) or token.i == clause.predicate.i:
            continue
        return token
    return None


# ---- without a parse to lean on


def _by_order(case: _Case) -> Reading | None:
    """Read the order of words where the parse gave nothing: a verb of teaching or loss right in front or behind."""
    tokens = list(case.counted.sentence.parsed)
    first, last = case.counted.tokens[0], case.counted.tokens[-1]
    before = [t for t in tokens if t.i < first.i][-2:]
    behind = [t for t in tokens if t.i > last.i][:2]
    for near in (*reversed(before), *behind):
        for measure in ("trained", "lost"):
            spoken = near.tag_ in {"VBN", "VBD", "VBG", "VB"} or near.lower_.endswith(("ed", "ing"))
            if spoken and lemma_in(near, word_set("personnel", measure, "verbs")):
                return Reading(measure=measure, rule="nearest verb", confidence=0.6)
        if near.lower_ in {"deployed", "stationed", "deploying", "deploy"}:
            return Reading(measure="deployed", rule="nearest verb", confidence=0.6)
    if not case.counted.people and sounds_like_people(case.counted.head):
        return None
    return None


def _by_place(case: _Case) -> Reading | None:
    """Read "5,000 peacekeepers", "900 troops in Syria": people in uniform at a place that no verb speaks of."""
    if lemma_in(case.counted.head, word_set("personnel", "deployed", "always")):
        return Reading(measure="deployed", rule="peacekeepers", confidence=0.6)
    if not case.heads("deployed", "afield") and case.counted.head.lower_ not in word_set(
        "personnel", "deployed", "afield"
    ):
        return None
    named = behind_preposition(
        case.analysis, case.counted.sentence, case.scope, frozenset({"in", "on", "at", "across", "with"})
    )
    behind = [m for _, m in named if 0 <= m.span.start - case.counted.quote.end <= 20]  # noqa: PLR2004 - right behind
    if any((is_place(case.analysis, m) or m.kind is EntityKind.MISSION) for m in behind):
        return Reading(measure="deployed", rule="people at a place", clause=_governing(case), confidence=0.65)
    return None
