"""The closure of triples in memory, whole: also what holds of literals and of everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from pyoxigraph import Literal, NamedNode, Triple

from ssrgraph.reasoning.datatypes import DATATYPES, has
from ssrgraph.reasoning.proofs.model import Fact
from ssrgraph.reasoning.relations import unpack
from ssrgraph.reasoning.saturation import Saturation
from ssrgraph.reasoning.terms import SAME_AS, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ssrgraph.reasoning.proofs.model import Term
    from ssrgraph.reasoning.relations import Pairs

_TYPE = NamedNode(TYPE)
_LOW = (1 << 32) - 1


class SaturatedGraph:
    """A `Graph` of triples and all that follows from them.

    Args:
        triples: What is given. Triples about triple terms take no part.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        given = [one for one in triples if not isinstance(one.subject, Triple) and not isinstance(one.object, Triple)]
        self._asserted = {Fact.of(one) for one in given}
        self._graph = graph = Saturation(frozenset(given), complete=True)
        graph.saturate()
        representative = graph.representative.tolist()
        self._number: dict[Term, int] = {}
        self._members: dict[int, list[Term]] = {}
        for number, one in enumerate(representative):
            for term in graph.symbols.forms(number):
                self._number[term] = one
                self._members.setdefault(one, []).append(term)
        for terms in self._members.values():
            terms.sort(key=str)

    def least(self, fact: Fact) -> int:
        """Return 0 for what was given; what does not follow is not looked for."""
        return 0 if fact in self._asserted else 1

    def match(self, subject: Term | None, predicate: Term | None, object_: Term | None) -> Iterator[Fact]:
        """Yield the facts that hold and have these terms, in the same order every time."""
        numbers = [None if one is None else self._number.get(one, -1) for one in (subject, predicate, object_)]
        if -1 in numbers:
            return
        wanted = (subject, predicate, object_)
        if predicate is None:
            found = [one for verb in self._verbs() for one in self._pairs(verb, numbers[0], numbers[2])]
        else:
            found = list(self._pairs(self._number[predicate], numbers[0], numbers[2]))
            found += self._type_of_name(wanted)
        if not all(wanted):
            found.sort()
        for number in dict.fromkeys(found):
            yield from self._written(number, wanted)

    def _verbs(self) -> Iterator[int]:
        yield from (one for one in self._graph.relations if one >= 0)

    def _pairs(self, verb: int, subject: int | None, object_: int | None) -> Iterator[tuple[int, int, int]]:
        if verb == self._graph.number(SAME_AS):
            # Terms that are the same are one number.
            known = {one for one in (subject, object_) if one is not None}
            some: Iterable[int] = known or self._members
            yield from ((one, verb, one) for one in some if len(known) < 2)  # noqa: PLR2004  # two are two
        pairs = self._graph.relations.get(verb)
        if pairs is not None:
            yield from ((one, verb, other) for one, other in _looked_up(pairs, subject, object_))

    def _type_of_name(self, wanted: tuple[Term | None, ...]) -> Iterator[tuple[int, int, int]]:
        """Yield `dt-type2` for what is the same as a literal."""
        subject, predicate, object_ = wanted
        if predicate != _TYPE or subject is None or not isinstance(object_, NamedNode):
            return
        number = self._number[subject]
        for one in self._members[number] if object_.value in DATATYPES else ():
            denoted = self._graph.symbols.value(self._graph.symbols.of(one)) if isinstance(one, Literal) else None
            if denoted is not None and has(object_.value, denoted):
                yield number, self._number[_TYPE], self._number[object_]

    def _written(self, numbers: tuple[int, int, int], wanted: tuple[Term | None, ...]) -> Iterator[Fact]:
        subjects, predicates, objects = (
            self._members[number] if term is None else [term] for number, term in zip(numbers, wanted, strict=True)
        )
        for subject in subjects:
            for predicate in predicates:
                yield from (Fact(subject, predicate, object_) for object_ in objects)


def _looked_up(pairs: Pairs, subject: int | None, object_: int | None) -> Iterator[tuple[int, int]]:
    if subject is not None:
        low, high = (subject, 0 if object_ is None else object_), (subject, _LOW if object_ is None else object_)
        found = pairs.by_subject[_range(pairs.by_subject, low, high)]
        yield from ((subject, one & _LOW) for one in found.tolist())
    elif object_ is not None:
        found = pairs.by_object[_range(pairs.by_object, (object_, 0), (object_, _LOW))]
        yield from ((one & _LOW, object_) for one in found.tolist())
    else:
        yield from zip(*(side.tolist() for side in unpack(pairs.by_subject)), strict=True)


def _range(keys: np.ndarray[tuple[int], np.dtype[np.int64]], low: tuple[int, int], high: tuple[int, int]) -> slice:
    start, end = ((one << 32) | other for one, other in (low, high))
    return slice(int(np.searchsorted(keys, start)), int(np.searchsorted(keys, end, side="right")))
