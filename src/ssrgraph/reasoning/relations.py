"""Relations between terms as sorted arrays of integers, and joins over them.

A term is an integer below 2**31. The pairs (subject, object) of a predicate are one sorted array of 64-bit integers,
the subject in the upper half; a second array, made when it is wanted, has the object there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Ids = np.ndarray[tuple[int], np.dtype[np.int64]]
    Mask = np.ndarray[tuple[int], np.dtype[np.bool_]]

_HALF = 32
_LOW = (1 << _HALF) - 1


def pack(subjects: Ids, objects: Ids) -> Ids:
    """Return pairs as one array, not sorted."""
    return (subjects << _HALF) | objects


def unpack(pairs: Ids) -> tuple[Ids, Ids]:
    """Return subjects and objects of pairs."""
    return pairs >> _HALF, pairs & _LOW


def distinct(arrays: Iterable[Ids]) -> Ids:
    """Return the distinct members of all arrays, sorted."""
    found = list(arrays)
    return np.unique(np.concatenate(found)) if found else np.empty(0, np.int64)


def contained(keys: Ids, within: Ids) -> Mask:
    """Say for each key whether it stands in a sorted array."""
    if not len(within):
        return np.zeros(len(keys), np.bool_)
    places = np.searchsorted(within, keys)
    places[places == len(within)] = 0
    found: Mask = within[places] == keys
    return found


def merged(old: Ids, new: Ids) -> Ids:
    """Return the sorted union of two sorted arrays that have nothing in common."""
    if not len(old):
        return new
    both = np.empty(len(old) + len(new), np.int64)
    places = np.searchsorted(old, new) + np.arange(len(new))
    rest = np.ones(len(both), np.bool_)
    rest[places] = False
    both[places] = new
    both[rest] = old
    return both


class Pairs:
    """The pairs of one predicate; never changed."""

    __slots__ = ("_by_object", "by_subject")

    def __init__(self, by_subject: Ids) -> None:
        self.by_subject = by_subject
        self._by_object: Ids | None = None

    def __len__(self) -> int:
        return len(self.by_subject)

    @property
    def by_object(self) -> Ids:
        """The pairs with the object in the upper half, sorted."""
        if self._by_object is None:
            subjects, objects = unpack(self.by_subject)
            self._by_object = np.sort(pack(objects, subjects))
        return self._by_object


@dataclass(frozen=True, slots=True)
class Bindings:
    """Rows of values for variables.

    Attributes:
        count: How many rows; one row without variables is what an empty condition gives.
        columns: The values of each variable, one a row.
    """

    count: int
    columns: Mapping[str, Ids]

    def take(self, rows: Ids | Mask) -> Bindings:
        """Return some of the rows."""
        columns = {name: column[rows] for name, column in self.columns.items()}
        count = int(np.count_nonzero(rows)) if rows.dtype == np.bool_ else len(rows)
        return Bindings(count, columns)

    def with_columns(self, rows: Ids, more: Mapping[str, Ids]) -> Bindings:
        """Return rows, repeated as given, with further columns."""
        return Bindings(len(rows), {**{name: column[rows] for name, column in self.columns.items()}, **more})

    def values(self, term: int | str) -> Ids:
        """Return the values of a variable, or a constant once a row."""
        return self.columns[term] if isinstance(term, str) else np.full(self.count, term, np.int64)


EMPTY = Bindings(0, {})
ONE = Bindings(1, {})


def join(bindings: Bindings, subject: int | str, object_: int | str, pairs: Pairs) -> Bindings:
    """Return the bindings under which (subject, object) is one of the pairs; names are variables.

    A variable that has a column already must agree with it; others get one.
    """
    known_subject = not isinstance(subject, str) or subject in bindings.columns
    known_object = not isinstance(object_, str) or object_ in bindings.columns
    if known_subject and known_object:
        keys = pack(bindings.values(subject), bindings.values(object_))
        return bindings.take(contained(keys, pairs.by_subject))
    if known_subject:
        return _look_up(bindings, subject, str(object_), pairs.by_subject)
    if known_object:
        return _look_up(bindings, object_, str(subject), pairs.by_object)
    subjects, objects = unpack(pairs.by_subject)
    if subject == object_:
        subjects = subjects[subjects == objects]
        objects = subjects
    rows = np.repeat(np.arange(bindings.count), len(subjects))
    found = {str(subject): np.tile(subjects, bindings.count), str(object_): np.tile(objects, bindings.count)}
    return bindings.with_columns(rows, found)


def _look_up(bindings: Bindings, known: int | str, wanted: str, pairs: Ids) -> Bindings:
    """Add a column of what the pairs, sorted by what is known, have in their lower half."""
    if not isinstance(known, str):
        start, end = np.searchsorted(pairs, [known << _HALF, (known + 1) << _HALF])
        values = pairs[start:end] & _LOW
        rows = np.repeat(np.arange(bindings.count), len(values))
        return bindings.with_columns(rows, {wanted: np.tile(values, bindings.count)})
    keys = bindings.columns[known]
    starts = np.searchsorted(pairs, keys << _HALF)
    counts = np.searchsorted(pairs, (keys + 1) << _HALF) - starts
    rows = np.repeat(np.arange(bindings.count), counts)
    before = np.cumsum(counts) - counts
    places = np.arange(len(rows)) + np.repeat(starts - before, counts)
    return bindings.with_columns(rows, {wanted: pairs[places] & _LOW})
