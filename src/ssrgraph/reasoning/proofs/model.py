"""What a proof is, and what a graph must offer so that one can be found in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Term = NamedNode | BlankNode | Literal

ASSERTED = "asserted"
"""Stands for the rule where a fact needs none."""


NO_PROOF = 1_000_000
"""More rule applications than any proof has."""


class Fact(NamedTuple):
    """A statement of a proof; unlike a triple of RDF it may have a literal as its subject."""

    subject: Term
    predicate: Term
    object: Term

    @classmethod
    def of(cls, triple: Triple) -> Fact:
        """Return a triple as a fact.

        Raises:
            TypeError: It is about a triple term, which takes no part in reasoning.
        """
        if isinstance(triple.subject, Triple) or isinstance(triple.object, Triple):
            raise TypeError(triple)
        return cls(triple.subject, triple.predicate, triple.object)

    def triple(self) -> Triple | None:
        """Return the fact as a triple; None where RDF has no such triple."""
        if isinstance(self.subject, Literal) or not isinstance(self.predicate, NamedNode):
            return None
        return Triple(self.subject, self.predicate, self.object)

    def __str__(self) -> str:
        """Return the fact as N-Triples would have it."""
        return f"{self.subject} {self.predicate} {self.object}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A fact with the rule that gives it and the proofs of what the rule needs.

    Attributes:
        conclusion: What is proved; None for an inconsistency.
        rule: Name of the rule in the specification; `ASSERTED` for what was given.
        premises: Proofs of the statements of the rule's condition, in the order in which the rule names them; where it
            speaks of a list, the `rdf:first` and `rdf:rest` of each cell stand in that place.
    """

    conclusion: Fact | None
    rule: str = ASSERTED
    premises: tuple[Proof, ...] = ()

    @property
    def steps(self) -> int:
        """How often a rule is applied in the tree."""
        return sum(one.rule != ASSERTED for one in self.nodes())

    def nodes(self) -> Iterator[Proof]:
        """Yield this proof and all within it, each premise behind what it is a premise of."""
        waiting = [self]
        while waiting:
            one = waiting.pop()
            yield one
            waiting.extend(reversed(one.premises))

    def leaves(self) -> tuple[Fact, ...]:
        """Return the given facts that it rests on, each once, in the order of the tree."""
        found = (one.conclusion for one in self.nodes() if one.rule == ASSERTED)
        return tuple(dict.fromkeys(fact for fact in found if fact is not None))


class Graph(Protocol):
    """A closed graph: what was given and what follows from it."""

    def match(self, subject: Term | None, predicate: Term | None, object_: Term | None) -> Iterable[Fact]:
        """Yield the facts that hold and have these terms; None stands for any. The order is the same every time."""
        ...

    def least(self, fact: Fact) -> int:
        """Return 0 for what was given, 1 for what follows from it, `NO_PROOF` for what does not."""
        ...
