"""Terms as integers: an IRI or blank node has one of its own, a literal has that of the value that it denotes."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode

from ssrgraph.reasoning.datatypes import Value, value
from ssrgraph.reasoning.terms import XSD

if TYPE_CHECKING:
    Term = NamedNode | BlankNode | Literal


class Symbols:
    """Integers for terms, in the order in which they are first seen.

    Attributes:
        ill_typed: Literals that denote nothing, for each the integer that stands for the literal itself.
        has_variants: Whether some value is written in several ways.
    """

    def __init__(self) -> None:
        self._ids: dict[Term | Value, int] = {}
        self._known: dict[Term, int] = {}
        self._forms: list[list[Term]] = []
        self._values: dict[int, Value] = {}
        self.ill_typed: dict[int, Literal] = {}
        self.has_variants = False

    def __len__(self) -> int:
        return len(self._forms)

    def of(self, term: Term) -> int:
        """Return the integer of a term."""
        known = self._known.get(term)
        if known is not None:
            return known
        denoted = value(term) if isinstance(term, Literal) else None
        number = self._ids.setdefault(term if denoted is None else denoted, len(self._forms))
        if number == len(self._forms):
            self._forms.append([])
        else:
            self.has_variants = True
        self._forms[number].append(term)
        self._known[term] = number
        if denoted is not None:
            self._values[number] = denoted
        elif isinstance(term, Literal):
            self.ill_typed[number] = term
        return number

    def of_name(self, name: str | int) -> int:
        """Return the integer of an IRI, or of a count."""
        if isinstance(name, str):
            return self.of(NamedNode(name))
        known = self._ids.get(Value("decimal", Decimal(name)))
        return self.of(Literal(str(name), datatype=NamedNode(XSD + "nonNegativeInteger"))) if known is None else known

    def forms(self, number: int) -> list[Term]:
        """Return the terms of an integer: more than one for a value that is written in several ways."""
        return self._forms[number]

    def value(self, number: int) -> Value | None:
        """Return the value that literals denote, None for what is no well-typed literal."""
        return self._values.get(number)

    def values(self) -> dict[int, Value]:
        """Return all values of literals."""
        return self._values

    def is_literal(self, number: int) -> bool:
        """Say whether an integer stands for literals."""
        return number in self._values or number in self.ill_typed
