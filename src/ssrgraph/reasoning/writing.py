"""From a closed graph over integers back to triples: terms that are the same and literals written out, in order.

Statements are columns of integers of texts until the very end, where each term is made once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from pyoxigraph import Triple

from ssrgraph.reasoning.datatypes import DATATYPES, has
from ssrgraph.reasoning.noise import INTO_A_CLASS
from ssrgraph.reasoning.plans import MEMBER
from ssrgraph.reasoning.relations import Pairs, contained, distinct, objects_among, pack, ranges, unpack
from ssrgraph.reasoning.sameness import grown
from ssrgraph.reasoning.terms import NOTHING, RDFS, REFLEXIVE, SAME_AS, TYPE, UNIVERSAL, VOCABULARIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ssrgraph.reasoning.relations import Ids, Mask
    from ssrgraph.reasoning.saturation import Saturation
    from ssrgraph.reasoning.symbols import Symbols

    Places = np.ndarray[tuple[int], np.dtype[np.int32]]
    """Places in a list of terms."""
    Columns = Mapping[int, Ids]
    """The pairs of each predicate, by the integers of texts, sorted."""

_LOW = (1 << 32) - 1
_LINES = 1 << 15
"""How many lines are written at a time."""


@dataclass(frozen=True, slots=True)
class View:
    """A closed graph at one moment; what is added to it later is not seen.

    Attributes:
        symbols: The terms.
        relations: The pairs of each predicate, over representatives.
        representative: For each integer the one that stands for all that are the same.
        classes: Of terms that became the same, the members by their representative.
        given: What was given, by the integers of texts.
        complete: Whether what holds of everything is kept, and every way of writing a value.
    """

    symbols: Symbols
    relations: Mapping[int, Pairs]
    representative: Ids
    classes: Mapping[int, list[int]]
    given: Mapping[int, Pairs]
    complete: bool

    @classmethod
    def of(cls, graph: Saturation) -> View:
        """Return how a graph is now."""
        graph.grow()
        relations, classes, given = dict(graph.relations), dict(graph.classes), dict(graph.given)
        return cls(graph.symbols, relations, graph.representative, classes, given, graph.complete)

    def now(self) -> View:
        """Return the same graph over the terms that are known now."""
        return replace(self, representative=grown(self.representative, self.symbols))


def inferred(view: View) -> dict[int, Ids]:
    """Return what follows and was not given, by the integers of texts."""
    found = entailed(view, {verb: pairs.by_subject for verb, pairs in view.relations.items()})
    return without_given(view, found)


def asserted(view: View) -> dict[int, Ids]:
    """Return what was given, by the integers of texts."""
    return {verb: pairs.by_subject for verb, pairs in view.given.items()}


def without_given(view: View, found: Columns) -> dict[int, Ids]:
    """Leave out what was given, and what holds of everything unless that is wanted."""
    kept: dict[int, Ids] = {}
    for verb, pairs in found.items():
        given = view.given.get(verb)
        left = pairs if given is None else pairs[~contained(pairs, given.by_subject)]
        if not view.complete and len(left):
            left = left[~_noise(view.symbols, verb, left)]
        if len(left):
            kept[verb] = left
    return kept


def entailed(view: View, relations: Columns) -> dict[int, Ids]:
    """Return every triple that RDF can have of some relations, by the integers of texts."""
    symbols = view.symbols
    same_as = int(view.representative[symbols.of_name(SAME_AS)])
    found: dict[int, list[Ids]] = {}
    plain = not view.classes and not symbols.variants
    literal = symbols.literal_mask()
    has_literals = bool(literal.any())
    expand = None if plain else _Expansion(view, literal)
    for predicate, pairs in relations.items():
        if predicate in {MEMBER, same_as}:
            continue
        written = pairs
        if expand is not None:
            written = expand.pairs(pairs)
        elif has_literals:
            written = pairs[~literal[pairs >> 32]]
        for one in view.classes.get(predicate, (predicate,)):
            if symbols.texts[one][0] == "<":
                found.setdefault(one, []).append(written)
    if expand is not None:
        for one, pairs in expand.sameness(same_as).items():
            found.setdefault(one, []).append(pairs)
    elif view.complete and same_as in relations:
        found.setdefault(same_as, []).append(_themselves(relations[same_as], literal))
    return {verb: arrays[0] if len(arrays) == 1 else distinct(arrays) for verb, arrays in found.items()}


def _themselves(pairs: Ids, literal: Mask) -> Ids:
    subjects, objects = unpack(pairs)
    found: Ids = pairs[(subjects == objects) & ~literal[subjects]]
    return found


class _Expansion:
    """Writes each term for all that are the same, and each value as it is written."""

    def __init__(self, view: View, literal: Mask) -> None:
        self._view, self._literal, symbols = view, literal, view.symbols
        self._top = view.representative
        groups = [symbols.written(one) for one in symbols.values_with_variants()]
        used = objects_among(view.given.values(), (one for group in groups for one in group), len(symbols))
        self._used = {group[0]: kept for group in groups if (kept := [one for one in group if one in used])}
        self._several = {one for one, kept in self._used.items() if len(kept) > 1}
        every = np.ones(len(symbols), np.bool_)
        for group in groups:
            every[group] = False
            every[self._used.get(group[0], group[:1])] = True
        terms = np.flatnonzero(every)
        self._objects = _Groups(terms, self._top[terms], len(symbols))
        names = terms[~literal[terms]]
        self._subjects = _Groups(names, self._top[names], len(symbols))
        self._chosen: dict[tuple[int, int], list[int]] | None = None

    def pairs(self, pairs: Ids) -> Ids:
        """Return pairs over representatives as pairs of texts."""
        subjects, objects = unpack(pairs)
        found = []
        if self._several and not self._view.complete:
            odd = np.isin(objects, [int(self._top[one]) for one in self._several])
            found += self._with_choice(subjects[odd], objects[odd])
            subjects, objects = subjects[~odd], objects[~odd]
        rows, names = self._subjects.of(subjects)
        more, terms = self._objects.of(objects[rows])
        return distinct([*found, pack(names[more], terms)])

    def _with_choice(self, subjects: Ids, objects: Ids) -> list[Ids]:
        """Write values that are written in several ways as their subject has them."""
        found = []
        for subject, object_ in zip(subjects.tolist(), objects.tolist(), strict=True):
            terms: list[int] = []
            for other in self._view.classes.get(object_, [object_]):
                if other in self._several:
                    terms += self._choice(subject, other)
                else:
                    terms += self._used.get(other, self._view.symbols.written(other)[:1])
            names = self._subjects.of(np.array([subject]))[1].tolist()
            found += [(name << 32) | term for name in names for term in terms]
        return [np.array(found, np.int64)]

    def _choice(self, subject: int, number: int) -> list[int]:
        if self._chosen is None:
            self._chosen = self._ways()
        texts = self._view.symbols.texts
        return self._chosen.get((subject, number)) or [min(self._used[number], key=texts.__getitem__)]

    def _ways(self) -> dict[tuple[int, int], list[int]]:
        wanted = np.zeros(len(self._view.symbols), np.bool_)
        wanted[[text for one in self._several for text in self._used[one]]] = True
        found: dict[tuple[int, int], list[int]] = {}
        variants = self._view.symbols.variants
        for pairs in self._view.given.values():
            subjects, objects = unpack(pairs.by_subject)
            some = wanted[objects]
            for subject, text in zip(self._top[subjects[some]].tolist(), objects[some].tolist(), strict=True):
                ways = found.setdefault((subject, variants.get(text, text)), [])
                if text not in ways:
                    ways.append(text)
        return found

    def sameness(self, same_as: int) -> dict[int, Ids]:
        """Return `owl:sameAs` between all that are the same, and what is the same as a value with its datatypes."""
        symbols, classes = self._view.symbols, self._view.classes
        tops = np.array(sorted(classes), np.int64)
        rows, names = self._subjects.of(tops)
        more, terms = self._objects.of(tops[rows])
        found = pack(names[more], terms)
        if not self._view.complete:
            found = found[names[more] != terms]
        elif (pairs := self._view.relations.get(same_as)) is not None:
            found = np.concatenate([found, _themselves(pairs.by_subject, self._literal)])
        types = []
        for top, members in classes.items():
            values = [one for member in members if (one := symbols.value(member)) is not None]
            for name in sorted(DATATYPES) if values else ():
                if any(has(name, one) for one in values):
                    datatype = symbols.of_name(name)
                    types += [(one << 32) | datatype for one in self._subjects.of(np.array([top]))[1].tolist()]
        result = {symbols.of_name(SAME_AS): distinct([found])}
        return {**result, symbols.of_name(TYPE): distinct([np.array(types, np.int64)])} if types else result


class _Groups:
    """The texts that stand for each integer."""

    def __init__(self, texts: Ids, tops: Ids, size: int) -> None:
        self._texts = texts[np.argsort(tops, kind="stable")]
        self._counts = np.bincount(tops, minlength=size)
        self._starts = np.cumsum(self._counts) - self._counts

    def of(self, numbers: Ids) -> tuple[Ids, Ids]:
        """Return the row of each text, and the text."""
        counts = self._counts[numbers]
        rows = np.repeat(np.arange(len(numbers)), counts)
        return rows, self._texts[ranges(self._starts[numbers], counts)]


def _noise(symbols: Symbols, verb: int, pairs: Ids) -> Mask:
    """Say of pairs of a predicate what `is_noise` says of their triples."""
    name = symbols.texts[verb][1:-1]
    found = np.zeros(len(pairs), np.bool_)
    if not name.startswith(VOCABULARIES):
        return found
    subjects, objects = unpack(pairs)
    if name in REFLEXIVE:
        found |= subjects == objects
    if name in INTO_A_CLASS:
        found |= np.isin(objects, [number for one in UNIVERSAL if (number := symbols.known(f"<{one}>")) is not None])
    if name == RDFS + "subClassOf":
        found |= subjects == symbols.of_name(NOTHING)
    inner = _of_vocabularies(symbols, distinct([objects]))
    rows = np.flatnonzero(np.isin(objects, inner))
    if len(rows):
        own = _of_vocabularies(symbols, distinct([subjects[rows]]))
        found[rows[np.isin(subjects[rows], own)]] = True
    return found


def _of_vocabularies(symbols: Symbols, terms: Ids) -> Ids:
    """Return those of the terms that RDF, RDFS, OWL and XSD name."""
    starts = tuple(f"<{one}".encode() for one in VOCABULARIES)
    own = [text.startswith(starts) for text in symbols.texts.many(terms)]
    return terms[np.array(own, np.bool_)]


@dataclass(frozen=True, slots=True)
class Ordered:
    """Statements in order, as places in a list of terms.

    Attributes:
        terms: The integers of the texts.
        texts: The texts.
        columns: Subjects, predicates and objects, as places in `terms`.
    """

    terms: Ids
    texts: list[bytes]
    columns: tuple[Places, Places, Places]


def by_text(symbols: Symbols, found: Columns) -> Ordered:
    """Return statements sorted by their N-Triples form."""
    return _ordered(symbols, found, predicate_key=lambda text: (False, text))


def for_reading(symbols: Symbols, found: Columns) -> Ordered:
    """Return statements sorted by subject, its type first, then predicate and object."""
    return _ordered(symbols, found, predicate_key=lambda text: (text != f"<{TYPE}>", text[1:-1]))


def _ordered(symbols: Symbols, found: Columns, *, predicate_key: Callable[[str], tuple[bool, str]]) -> Ordered:
    texts = symbols.texts
    # Sorting by terms is sorting by whole lines: none is the beginning of another but before a blank.
    verbs = sorted(found, key=lambda verb: predicate_key(texts[verb]))
    pairs = np.concatenate([found[verb] for verb in verbs]) if verbs else np.empty(0, np.int64)
    middle = np.arange(len(verbs), dtype=np.int32).repeat([len(found[verb]) for verb in verbs])
    present = np.zeros(len(texts), np.bool_)
    present[verbs] = True
    for side in unpack(pairs):
        present[side] = True
    terms = np.flatnonzero(present)
    words = texts.many(terms)  # UTF-8 is in the order of the characters
    order = sorted(range(len(words)), key=words.__getitem__)
    terms, words = terms[order], [words[one] for one in order]
    place = np.zeros(len(texts), np.int32)
    place[terms] = np.arange(len(terms))
    first, last = place[pairs >> 32], place[pairs & _LOW]
    del pairs
    first, middle, last = _in_order(first, middle, last, len(terms), len(verbs))
    return Ordered(terms, words, (first, place[verbs][middle], last))


def _in_order(first: Places, middle: Places, last: Places, terms: int, verbs: int) -> tuple[Places, Places, Places]:
    """Return rows in ascending order."""
    wide, high = terms.bit_length(), verbs.bit_length()
    if wide + wide + high > 63:  # noqa: PLR2004  # the bits of an integer without its sign
        order = np.lexsort((last, middle, first))
        return first[order], middle[order], last[order]
    keys = first.astype(np.int64)
    for column, bits in ((middle, high), (last, wide)):
        keys <<= bits
        keys |= column
    keys.sort()
    last = (keys & ((1 << wide) - 1)).astype(np.int32)
    keys >>= wide
    return (keys >> high).astype(np.int32), (keys & ((1 << high) - 1)).astype(np.int32), last


def triples(symbols: Symbols, statements: Ordered) -> tuple[Triple, ...]:
    """Return the triples of statements."""
    terms = _cells(symbols.terms(statements.terms))
    subjects, predicates, objects = (terms[column].tolist() for column in statements.columns)
    return tuple(map(Triple, subjects, predicates, objects))


def lines(statements: Ordered) -> Iterator[bytes]:
    """Yield statements as N-Triples, many lines at a time."""
    texts = _cells(statements.texts)
    for start in range(0, len(statements.columns[0]), _LINES):
        columns = [column[start : start + _LINES] for column in statements.columns]
        parts = np.empty((len(columns[0]), 6), object)
        for side, (column, end) in enumerate(zip(columns, (b" ", b" ", b" .\n"), strict=True)):
            parts[:, 2 * side], parts[:, 2 * side + 1] = texts[column], end
        yield b"".join(parts.ravel().tolist())


def _cells(items: Iterable[object]) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    every = list(items)
    found = np.empty(len(every), object)
    found[:] = every
    return found
