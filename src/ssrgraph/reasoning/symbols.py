"""Terms as integers: an IRI or blank node has one of its own, a literal has that of the value that it denotes.

A term is known by its N-Triples text, which hashes faster than the term; terms are made only where they are asked for.
Every text has an integer. Of the texts that denote one value, the integer of the first is the integer of the value.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from ssrgraph.reasoning.datatypes import Value, value
from ssrgraph.reasoning.terms import XSD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ssrgraph.reasoning.relations import Ids, Mask

    Term = NamedNode | BlankNode | Literal

_PLAIN_NUMBERS = (f'"^^<{XSD}integer>', f'"^^<{XSD}decimal>')


class _Texts(dict[str, int]):
    """From texts to integers; a text that is missing gets the next one."""

    def __init__(self, new: Callable[[str], int]) -> None:
        self._new = new

    def __missing__(self, text: str) -> int:
        number = self[text] = self._new(text)
        return number


class Symbols:
    """Integers for terms, in the order in which they are first seen.

    Attributes:
        texts: The N-Triples text of each integer.
        ill_typed: Literals that denote nothing, for each the integer that stands for the literal itself.
        variants: Integers of texts that write a value in another way than its first, with the integer of the value.
        literals: The integers of literals, ascending.
    """

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.ill_typed: dict[int, Literal] = {}
        self.variants: dict[int, int] = {}
        self.literals: list[int] = []
        self._is_literal = bytearray()
        self._numbers = _Texts(self._new)
        self._of_key: dict[str | Value, int] = {}
        self._written: dict[int, list[int]] = {}
        self._values: dict[int, Value | None] = {}

    def __len__(self) -> int:
        return len(self.texts)

    def _new(self, text: str) -> int:
        number = len(self.texts)
        self.texts.append(text)
        self._is_literal.append(text[0] == '"')
        if text[0] == '"':
            self.literals.append(number)
            key = self._key(number, text)
            first = number if key is None else self._of_key.setdefault(key, number)
            if first != number:
                self.variants[number] = first
                self._written.setdefault(first, [first]).append(number)
        return number

    def _key(self, number: int, text: str) -> str | Value | None:
        """Return what is equal for literals of the same value; None for one that denotes nothing."""
        if text[-1] == '"':
            return text
        if text.endswith(_PLAIN_NUMBERS):
            digits = text[1 : text.index('"', 1)]
            if digits.isascii() and digits.isdigit() and (digits[0] != "0" or digits == "0"):
                return "#" + digits
        literal = _literal(text)
        denoted = self._values[number] = value(literal)
        if denoted is None:
            self.ill_typed[number] = literal
            return None
        if denoted.space == "string":
            return str(Literal(str(denoted.key)))
        if isinstance(denoted.key, Decimal) and denoted.key == denoted.key.to_integral_value():
            # Not `-0`: there is one zero among the numbers.
            return f"#{int(denoted.key)}"
        return denoted

    def of_texts(self, texts: Iterable[str], count: int) -> Ids:
        """Return the integers of texts, each that of the text itself."""
        return np.fromiter(map(self._numbers.__getitem__, texts), np.int64, count)

    def of_text(self, text: str) -> int:
        """Return the integer of a text itself."""
        return self._numbers[text]

    def known(self, text: str) -> int | None:
        """Return the integer of a text itself, None if it has not been seen."""
        return self._numbers.get(text)

    def of(self, term: Term) -> int:
        """Return the integer of a term."""
        number = self._numbers[str(term)]
        return self.variants.get(number, number)

    def of_name(self, name: str | int) -> int:
        """Return the integer of an IRI, or of a count."""
        if isinstance(name, str):
            return self._numbers[f"<{name}>"]
        known = self._of_key.get(f"#{name}")
        return self._numbers[f'"{name}"^^<{XSD}nonNegativeInteger>'] if known is None else known

    def denoted(self, numbers: Ids) -> Ids:
        """Return the integers of the values of texts."""
        if not self.variants:
            return numbers
        found: Ids = self.identity()[numbers]
        return found

    def identity(self) -> Ids:
        """Return for each integer that of its value."""
        every = np.arange(len(self.texts), dtype=np.int64)
        if self.variants:
            every[list(self.variants)] = list(self.variants.values())
        return every

    def written(self, number: int) -> list[int]:
        """Return the integers of all texts of a value; none for the integer of a variant."""
        if number in self.variants:
            return []
        return self._written.get(number, [number])

    def values_with_variants(self) -> Iterable[int]:
        """Return the values that are written in several ways."""
        return self._written.keys()

    def forms(self, number: int) -> list[Term]:
        """Return the terms of an integer: more than one for a value that is written in several ways."""
        return [self.term(one) for one in self.written(number)]

    def term(self, number: int) -> Term:
        """Return the term of one text."""
        text = self.texts[number]
        if text[0] == "<":
            return NamedNode(text[1:-1])
        return BlankNode(text[2:]) if text[0] == "_" else _literal(text)

    def value(self, number: int) -> Value | None:
        """Return the value that literals denote, None for what is no well-typed literal."""
        if number in self.variants or self.texts[number][0] != '"':
            return None
        if number not in self._values:
            self._values[number] = value(_literal(self.texts[number]))
        return self._values[number]

    def values(self) -> dict[int, Value]:
        """Return all values of literals."""
        return {number: found for number in self.literals if (found := self.value(number)) is not None}

    def is_literal(self, number: int) -> bool:
        """Say whether an integer stands for literals."""
        return self.texts[number][0] == '"'

    def literal_mask(self) -> Mask:
        """Say for each integer whether it stands for literals."""
        found: Mask = np.frombuffer(bytes(self._is_literal), np.bool_)
        return found


def _literal(text: str) -> Literal:
    end = text.rindex('"')
    rest = text[end + 1 :]
    if "\\" not in text and "--" not in rest:
        if not rest:
            return Literal(text[1:end])
        if rest[0] == "@":
            return Literal(text[1:end], language=rest[1:])
        if text.count('"') == 2:  # noqa: PLR2004  # the quotes about the text; an IRI has none
            return Literal(text[1:end], datatype=NamedNode(rest[3:-1]))
    (quad,) = parse(f"<x:x> <x:x> {text} .".encode(), format=RdfFormat.N_TRIPLES)
    if not isinstance(quad.object, Literal):
        raise TypeError(text)
    return quad.object
