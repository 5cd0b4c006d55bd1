"""Relations of many predicates, put together and compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ssrgraph.reasoning.relations import Pairs, contained, distinct, unpack

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ssrgraph.reasoning.relations import Ids

    Columns = Mapping[int, Ids]
    """The pairs of each predicate, sorted."""


def joined(some: Mapping[int, Pairs], more: Mapping[int, Pairs], current: Mapping[int, Pairs]) -> dict[int, Pairs]:
    """Return what two sets of pairs have together, as far as it still holds."""
    found = {}
    for predicate in sorted({*some, *more}):
        pairs = distinct(one[predicate].by_subject for one in (some, more) if predicate in one)
        held = current.get(predicate)
        pairs = pairs[contained(pairs, held.by_subject)] if held is not None else pairs[:0]
        if len(pairs):
            found[predicate] = Pairs(pairs)
    return found


class Changes:
    """Changes relations, each once though several mappings hold it, and remembers what was added.

    Attributes:
        added: What was added to a closed graph, in order.
    """

    def __init__(self) -> None:
        self.added: list[Mapping[int, Pairs]] = []
        self._made: dict[int, tuple[Pairs, Ids, Pairs]] = {}

    def plus(self, old: Pairs | None, new: Pairs) -> Pairs:
        """Return pairs with others that are not among them."""
        if old is None:
            return new
        known = self._made.get(id(old))
        if known is None or not np.array_equal(known[1], new.by_subject):
            known = self._made[id(old)] = old, new.by_subject, old.plus(new)
        return known[2]

    def minus(self, old: Pairs, gone: Ids) -> Pairs:
        """Return pairs without some that are among them."""
        known = self._made.get(id(old))
        if known is None or not np.array_equal(known[1], gone):
            known = self._made[id(old)] = old, gone, old.minus(gone)
        return known[2]


def has_some(pairs: Ids, terms: Ids) -> bool:
    """Say whether some pair has one of the terms on either side."""
    return bool(len(terms)) and any(bool(np.isin(side, terms).any()) for side in unpack(pairs))


def held_of(some: Columns, relations: Mapping[int, Pairs]) -> dict[int, Ids]:
    """Return those of the pairs that stand in relations."""
    found = {}
    for verb, pairs in some.items():
        held = relations.get(verb)
        found[verb] = pairs[contained(pairs, held.by_subject)] if held is not None else pairs[:0]
    return found


def together(some: Columns, *more: Mapping[int, Pairs]) -> dict[int, Ids]:
    """Return all pairs of each predicate."""
    columns: dict[int, list[Ids]] = {verb: [pairs] for verb, pairs in some.items()}
    for one in more:
        for verb, pairs in one.items():
            columns.setdefault(verb, []).append(pairs.by_subject)
    return {verb: distinct(arrays) for verb, arrays in columns.items()}


def minus(some: Columns, others: Columns) -> dict[int, Ids]:
    """Return those of the pairs that others have not."""
    found = {verb: pairs[~contained(pairs, others[verb])] if verb in others else pairs for verb, pairs in some.items()}
    return {verb: pairs for verb, pairs in found.items() if len(pairs)}
