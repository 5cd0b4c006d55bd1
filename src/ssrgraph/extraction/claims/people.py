"""What is asked of a counted phrase of people: who they are, what stands around them, what governs them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.circumstances import ACTORS, Held, behind_preposition, is_body, is_place
from ssrgraph.extraction.claims.nouns import lemma_in, word_set
from ssrgraph.extraction.clauses import Role, describing_clauses, holding_mentions
from ssrgraph.extraction.clauses.grammar import is_verb
from ssrgraph.extraction.clauses.reading import build_clause

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from ssrgraph.extraction.analysis import Analysis, Mention
    from ssrgraph.extraction.claims.counted import Counted
    from ssrgraph.extraction.clauses import Clause

WARNINGS = frozenset({"risk", "awareness", "sensitisation", "sensitization", "awareness-raising"})


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
        body: The body or mission that they belong to, where the construction itself tells it.
        planned: Whether the number is one that is allowed or aimed at.
        most: Whether it is the most that is allowed.
    """

    measure: str
    rule: str
    clause: Clause | None = None
    agents: tuple[Token, ...] = ()
    members: tuple[Token, ...] = ()
    confidence: float = 0.85
    body: Held | None = None
    planned: bool = False
    most: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Why a count of people is none of the measures."""

    reason: str


Found = Reading | Doubt | None
NO_MEASURE = Doubt(reason="people of no measure")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A count of people with the stretch in which its place and body are looked for."""

    analysis: Analysis
    counted: Counted
    scope: Span

    def head_in(self, table: str, key: str) -> bool:
        """Say whether the counted noun is on a word list."""
        return lemma_in(self.counted.head, word_set("personnel", table, key))

    @property
    def civilians(self) -> bool:
        """Whether people at large are counted, whom teaching helps and does not qualify."""
        return self.head_in("people", "civilians")

    @property
    def experts(self) -> bool:
        """Whether people are counted whom a contributor posts: in uniform, or of a trade."""
        return self.head_in("deployed", "experts")

    @property
    def afield(self) -> bool:
        """Whether people are counted who are posted wherever they are said to be."""
        return self.head_in("deployed", "afield")

    def mention(self, token: Token) -> Mention | None:
        """Return the mention that a token is a part of."""
        return self.analysis.mention_at(self.counted.sentence.token_span(token).start)

    def in_name(self, token: Token) -> bool:
        """Say whether a token is a part of an actor's name."""
        mention = self.mention(token)
        return mention is not None and mention.form == "name" and mention.kind in ACTORS

    def named(self, heads: Iterable[Token], *, adjectives: bool = False) -> tuple[Mention, ...]:
        """Return the mentions that noun phrases hold."""
        return holding_mentions(self.analysis, self.counted.sentence, heads, adjectives=adjectives)

    def of_mission(self, heads: tuple[Token, ...]) -> bool:
        """Say whether one of the noun phrases names a mission, or is one by its noun."""
        kinds = any(m.kind is EntityKind.MISSION for m in self.named(heads))
        return kinds or any(t.lemma_.lower() in {"mission", "operation"} for t in heads)

    def of_body(self, heads: tuple[Token, ...]) -> bool:
        """Say whether one of the noun phrases names a force or body, or is one by its noun."""
        nouns = word_set("personnel", "employed", "nouns") | word_set("personnel", "people", "bodies")
        return any(is_body(self.analysis, m) for m in self.named(heads)) or any(lemma_in(t, nouns) for t in heads)

    def of_ranks(self, heads: tuple[Token, ...]) -> bool:
        """Say whether one of the noun phrases is a force whose own members are counted: "the Guard is to reach 900"."""
        types = {self.analysis.entities[m.entity].type for m in self.named(heads)}
        force = bool(types & {"military", "police"}) or any(lemma_in(t, lists("employed", "ranks")) for t in heads)
        return force and self.experts and not self.civilians

    def behind(self, *prepositions: str) -> list[Mention]:
        """Return the mentions that prepositions behind the phrase govern, within its scope."""
        named = behind_preposition(self.analysis, self.counted.sentence, self.scope, frozenset(prepositions))
        return [m for _, m in named if m.span.start >= self.counted.quote.end]

    def in_front(self, *prepositions: str) -> list[Mention]:
        """Return the places that prepositions in front of the phrase govern: "In Lebanon, 12 instructors"."""
        sentence = self.counted.sentence
        front = Span(sentence.span.start, max(self.counted.quote.start, sentence.span.start + 1))
        named = behind_preposition(self.analysis, sentence, front, frozenset(prepositions))
        return [m for _, m in named if is_place(self.analysis, m)]

    def at_place(self, mentions: Iterable[Mention]) -> bool:
        """Say whether one of the mentions is a place or a mission."""
        return any(is_place(self.analysis, m) or m.kind is EntityKind.MISSION for m in mentions)

    def tokens_behind(self, count: int) -> list[Token]:
        """Return the tokens right behind the phrase."""
        return [t for t in self.counted.sentence.tokens if t.i > self.counted.tokens[-1].i][:count]

    def tokens_before(self, count: int) -> list[Token]:
        """Return the tokens right in front of the phrase, the hedge being a part of it."""
        start = self.counted.quote.start
        sentence = self.counted.sentence
        return sentence.tokens_before(start)[-count:]


def lists(table: str, *keys: str) -> frozenset[str]:
    """Return the words of some lists of one table of the lexicon of personnel."""
    return frozenset().union(*(word_set("personnel", table, key) for key in keys))


def first_found(found: Iterable[Found]) -> Found:
    """Return the first that rules in order say, without asking those behind it."""
    return next((each for each in found if each is not None), None)


def verb_over(token: Token) -> Clause | None:
    """Return the clause of the nearest verb above a token."""
    below = token
    for above in token.ancestors:
        if is_verb(above):
            return build_clause(above, below=below)
        below = above
    return None


def agents_over(clause: Clause | None) -> tuple[Token, ...]:
    """Return who acts in a clause, unless the phrase it was reached from does."""
    return () if clause is None or clause.role is Role.SUBJECT else clause.agents


def teaching_in(case: Case, clause: Clause) -> Token | None:
    """Return the noun of teaching in a clause that is given, taken or attended, and is no part of a name."""
    nouns = word_set("personnel", "trained", "nouns")
    own = {t.i for t in case.counted.tokens}
    for token in clause.tokens:
        if token.i in own or token.i == clause.predicate.i or not lemma_in(token, nouns):
            continue
        modifier = token.dep_ in {"compound", "amod"} and not lemma_in(token.head, nouns)
        teacher = token.dep_ == "nsubj" and token.i < clause.predicate.i
        if token.pos_ in {"NOUN", "PROPN", "VERB"} and not modifier and not teacher and not case.in_name(token):
            return token
    return None


def taught(case: Case, noun: Token, clause: Clause | None, agents: tuple[Token, ...]) -> Reading:
    """Return the reading of teaching: help where it warns civilians or comes to them with other services."""
    phrase = {t.lower_ for t in noun.subtree if t.i <= noun.i}
    warns = bool(phrase & WARNINGS) and (case.civilians or not case.experts)
    conjuncts = [noun, *noun.conjuncts]
    services = len(conjuncts) > 1 and any(lemma_in(t, word_set("personnel", "reached", "nouns")) for t in conjuncts)
    measure = "reached" if warns or (case.civilians and services) else "trained"
    if not agents:  # "a course organised by UNODC"
        below = (clause for token in noun.subtree if token.i >= noun.i for clause in describing_clauses(token))
        agents = next((c.agents for c in below if c.agents and c.passive), ())
    return Reading(measure=measure, rule="teaching for people", clause=clause, agents=agents)
