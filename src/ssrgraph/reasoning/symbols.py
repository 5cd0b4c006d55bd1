"""Terms as integers: an IRI or blank node has one of its own, a literal has that of the value that it denotes.

A term is known by its N-Triples text; terms are made only where they are asked for. Every text has an integer. Of the
texts that denote one value, the integer of the first is the integer of the value.

Each value has one text that is its plainest, such as `"5"^^xsd:integer` for five. Most literals are written that way,
and are found among the texts; only others are remembered besides.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from ssrgraph.reasoning.datatypes import Value, plainest, value
from ssrgraph.reasoning.terms import XSD
from ssrgraph.reasoning.texts import Texts, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ssrgraph.reasoning.relations import Ids, Mask
    from ssrgraph.reasoning.texts import Bytes

    Term = NamedNode | BlankNode | Literal

_INTEGER, _DECIMAL = f'"^^<{XSD}integer>'.encode(), f'"^^<{XSD}decimal>'.encode()
_TWINS = (_INTEGER, _DECIMAL)
"""A number of digits only is as plain with either datatype."""
_QUOTE = ord('"')


class Symbols:
    """Integers for terms, in the order in which they are first seen.

    Attributes:
        texts: The N-Triples texts.
        ill_typed: Literals that denote nothing, for each the integer that stands for the literal itself.
        variants: Integers of texts that write a value in another way than its first, with the integer of the value.
    """

    def __init__(self) -> None:
        self.texts = Texts()
        self.ill_typed: dict[int, Literal] = {}
        self.variants: dict[int, int] = {}
        self._first: dict[bytes, int] = {}
        """For values whose first text is not the plainest: from that to the integer of the first."""
        self._has_odd_strings = False
        self._twins: set[bytes] = set()
        """The datatypes with which numbers of digits only are there."""
        self._written: dict[int, list[int]] = {}
        self._values: dict[int, Value | None] = {}
        self._literals: Mask = np.zeros(0, np.bool_)

    def __len__(self) -> int:
        return len(self.texts)

    def values(self) -> bytes:
        """Return what is known of the values of literals, for `resume`."""
        known = {
            "ill_typed": [*self.ill_typed],
            "variants": [*self.variants.items()],
            "first": [(plain.decode(), number) for plain, number in self._first.items()],
            "twins": sorted(one.decode() for one in self._twins),
            "odd_strings": self._has_odd_strings,
        }
        return json.dumps(known, ensure_ascii=False).encode()

    def resume(self, texts: Mapping[str, np.ndarray[tuple[int], Any]], values: bytes) -> None:
        """Go on from what `Texts.arrays` and `values` returned elsewhere; no literal is read again.

        Raises:
            ValueError: The terms that are there already are not the first of those.
        """
        self.texts.resume(texts)
        known = json.loads(values)
        self.ill_typed = {number: _literal(self.texts[number]) for number in known["ill_typed"]}
        self.variants = dict(known["variants"])
        self._first = {plain.encode(): number for plain, number in known["first"]}
        self._twins = {one.encode() for one in known["twins"]}
        self._has_odd_strings = known["odd_strings"]
        self._written = {}
        for number, first in self.variants.items():
            self._written.setdefault(first, [first]).append(number)
        self._values.clear()

    def of_stretches(self, buffer: Bytes, starts: Ids, lengths: Ids) -> Ids:
        """Return the integers of texts that are stretches of a buffer, each that of the text itself."""
        known = len(self.texts)
        found = self.texts.numbers(buffer, starts, lengths)
        self._take_literals(known)
        return found

    def of_texts(self, texts: Iterable[str]) -> Ids:
        """Return the integers of texts, each that of the text itself."""
        return self.of_stretches(*joined(texts))

    def of_text(self, text: str) -> int:
        """Return the integer of a text itself."""
        known = len(self.texts)
        number = self.texts.number(text)
        self._take_literals(known)
        return number

    def known(self, text: str) -> int | None:
        """Return the integer of a text itself, None if it has not been seen."""
        return self.texts.find(text)

    def of(self, term: Term) -> int:
        """Return the integer of a term."""
        number = self.of_text(str(term))
        return self.variants.get(number, number)

    def of_name(self, name: str | int) -> int:
        """Return the integer of an IRI, or of a count."""
        if isinstance(name, str):
            return self.texts.number(f"<{name}>")
        plain = f'"{name}"^^<{XSD}integer>'.encode()
        known = [self._first.get(plain, -1), *self.texts.find_many(_ways(plain)).tolist()]
        found = min((one for one in known if one >= 0), default=None)
        return self.of_text(f'"{name}"^^<{XSD}nonNegativeInteger>') if found is None else found

    def _take_literals(self, since: int) -> None:
        """Find out what the literals among the new texts denote."""
        new = np.flatnonzero(self.texts.firsts(since) == _QUOTE) + since
        if not len(new):
            return
        simple = self.texts.lasts(new) == _QUOTE  # strings, which are plainest
        found = self._with_plainest(new[~simple])
        odd = {plain for _, plain, is_plainest in found if not is_plainest}
        self._has_odd_strings |= any(plain.endswith(b'"') for plain in odd)
        if self._has_odd_strings:
            strings = new[simple]
            found += zip(strings.tolist(), self.texts.many(strings), [True] * len(strings), strict=True)
        twins = len(self._twins) > 1
        self._unite(
            [one for one in found if one[1] in odd or one[1] in self._first or (twins and one[1].endswith(_INTEGER))]
        )

    def _with_plainest(self, numbers: Ids) -> list[tuple[int, bytes, bool]]:
        """Return literals with the plainest text of their value, and whether that is their own, or as plain as it."""
        found = []
        for number, text in zip(numbers.tolist(), self.texts.many(numbers), strict=True):
            digits = text[1 : text.find(b'"', 1)]
            ending = text[len(digits) + 1 :]
            if ending in _TWINS and digits.isdigit() and (digits[:1] != b"0" or digits == b"0"):
                self._twins.add(ending)
                found.append((number, b'"' + digits + _INTEGER, True))
                continue
            literal = _literal(text.decode())
            denoted = value(literal)
            if denoted is None:
                self.ill_typed[number] = literal
            else:
                plain = plainest(denoted).encode()
                found.append((number, plain, plain == text))
        return found

    def _unite(self, literals: list[tuple[int, bytes, bool]]) -> None:
        """Let literals be ways to write the first of their value."""
        ways = [_ways(plain) for _, plain, _ in literals]
        known = iter(self.texts.find_many([text for some in ways for text in some]).tolist())
        candidates = [[next(known) for _ in some] for some in ways]
        for (number, plain, is_plainest), some in sorted(zip(literals, candidates, strict=True)):
            first = self._first.get(plain)
            if first is None:
                first = min((one for one in some if 0 <= one < number), default=None)
            if first is not None:
                self.variants[number] = first
                self._written.setdefault(first, [first]).append(number)
            elif not is_plainest:
                self._first[plain] = number

    def identity(self, since: int = 0) -> Ids:
        """Return for each integer, from one on, that of its value."""
        every = np.arange(since, len(self.texts), dtype=np.int64)
        if self.variants:
            numbers = np.fromiter(self.variants, np.int64, len(self.variants))  # ascending
            start = int(numbers.searchsorted(since))
            firsts = np.fromiter(self.variants.values(), np.int64, len(self.variants))
            every[numbers[start:] - since] = firsts[start:]
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
        return _term(self.texts[number])

    def terms(self, numbers: Ids) -> list[Term]:
        """Return the terms of some texts."""
        return [_term(text.decode()) for text in self.texts.many(numbers)]

    def value(self, number: int) -> Value | None:
        """Return the value that literals denote, None for what is no well-typed literal."""
        if number not in self._values:
            text = self.texts[number]
            is_value = text[0] == '"' and number not in self.variants
            self._values[number] = value(_literal(text)) if is_value else None
        return self._values[number]

    def literal_mask(self) -> Mask:
        """Say for each integer whether it stands for literals."""
        known = len(self._literals)
        if known < len(self.texts):
            self._literals = np.concatenate([self._literals, self.texts.firsts(known) == _QUOTE])
        return self._literals


def _ways(plain: bytes) -> list[bytes]:
    """Return the plainest texts of a value: one, but for whole numbers."""
    return [plain, plain.removesuffix(_INTEGER) + _DECIMAL] if plain.endswith(_INTEGER) else [plain]


def _term(text: str) -> Term:
    if text[0] == "<":
        return NamedNode(text[1:-1])
    return BlankNode(text[2:]) if text[0] == "_" else _literal(text)


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
