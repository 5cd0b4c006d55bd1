"""What is said of a span: its clause, who acts in it, and whether it is reported as done."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

    from ssrgraph.documents.model import Span


class Role(StrEnum):
    """How a span hangs on its predicate."""

    PREDICATE = "predicate"
    SUBJECT = "subject"
    OBJECT = "object"
    RECEIVER = "receiver"
    ATTRIBUTE = "attribute"
    PREPOSITION = "preposition"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A preposition with what it governs.

    Attributes:
        word: The preposition in lower case ("to").
        preposition: Its token.
        objects: Heads of the noun phrases it governs, coordinated ones each ("to Mali and Niger": two).
        head: The token that the parse hangs it on.
    """

    word: str
    preposition: Token
    objects: tuple[Token, ...]
    head: Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Whether what a span says is reported as done, or as something else.

    Attributes:
        planned: It is still to come: pledged, announced, to be done.
        negated: It is said not to be so.
        hypothetical: It is only thought of: conditions, possibilities, what somebody asks of others.
        question: It is asked.
        trigger: The words that say so; None where the plain tense does.
        explicit: Whether a verb or an adjective says how it stands; False for bare noun phrases.
    """

    planned: bool = False
    negated: bool = False
    hypothetical: bool = False
    question: bool = False
    trigger: Span | None = None
    explicit: bool = False

    @property
    def doubt(self) -> str | None:
        """The reason not to believe it, if there is one."""
        if self.negated:
            return "negated"
        if self.hypothetical:
            return "hypothetical"
        return "question" if self.question else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A predicate with its parts, the voice already undone.

    Attributes:
        predicate: The verb, or the noun that names the action ("the delivery of ten boats").
        lemma: The verb in lower case; for a noun of action the verb that it stands for ("deliver").
        noun: Whether the predicate is a noun.
        passive: Whether the verb is passive.
        agents: Heads of the noun phrases that name who acts, through passives, relative clauses, participles and
            infinitives; coordinated ones each.
        objects: Heads of what is acted on.
        receivers: Heads of who gets it without a preposition: "gave [Iraq] boats", "[Iraq] was given boats".
        attributes: Heads of what the subject is said to be ("is the largest [contributor]").
        phrases: All prepositional phrases within the clause, in order, those that hang on its nouns among them.
        tokens: The clause's own tokens in order, without clauses inside it.
        role: How the span that was asked for hangs on the predicate.
        via: The phrase by which it does so, if its role is PREPOSITION.
    """

    predicate: Token
    lemma: str
    noun: bool = False
    passive: bool = False
    agents: tuple[Token, ...] = ()
    objects: tuple[Token, ...] = ()
    receivers: tuple[Token, ...] = ()
    attributes: tuple[Token, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    tokens: tuple[Token, ...] = ()
    role: Role = Role.OTHER
    via: Phrase | None = None

    def behind(self, *words: str) -> tuple[Token, ...]:
        """Return the heads governed by the given prepositions, in order."""
        return tuple(token for phrase in self.phrases if phrase.word in words for token in phrase.objects)
