"""Relations between terms as sorted arrays of integers, and joins over them.

A term is an integer below 2**31. The pairs (subject, object) of a predicate are one sorted array of 64-bit integers,
the subject in the upper half; a second array, made when it is wanted, has the object there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ssrgraph.reasoning.model import MemoryLimitError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Ids = np.ndarray[tuple[int], np.dtype[np.int64]]
    Mask = np.ndarray[tuple[int], np.dtype[np.bool_]]

_HALF = 32
_LOW = (1 << _HALF) - 1
_FEW = 64
"""So many keys are looked up by search, however large the other side is."""
_RARE = 11
"""One pair among so many, as a power of two, is put in or taken out by moving the blocks between."""
_SHORT = 1 << 12
"""Up to so many pairs are merged by sorting them: any other way needs more steps, and each takes longer than that."""
_SEARCH = 64
"""How many pairs can be counted in the time of one search for where a key's pairs start and end."""
_RUN = 4
"""Sorted stretches of so many and more members on average are merged rather than sorted anew."""
_RADIX = 1 << 10
"""So many and more small numbers are sorted by their bytes."""
_SPREAD = 64
"""Terms of which one in so many occurs are marked in a table rather than sorted."""


def pack(subjects: Ids, objects: Ids) -> Ids:
    """Return pairs as one array, not sorted."""
    return (subjects << _HALF) | objects


def unpack(pairs: Ids) -> tuple[Ids, Ids]:
    """Return subjects and objects of pairs."""
    return pairs >> _HALF, pairs & _LOW


def distinct(arrays: Iterable[Ids]) -> Ids:
    """Return the distinct members of all arrays, sorted."""
    found = list(arrays)
    if len(found) > 1:
        if not len(found[0]):
            found = [one for one in found if len(one)] or found[:1]
        every: Ids = np.concatenate(found) if len(found) > 1 else found[0]
    elif found:
        every = found[0]
    else:
        return np.empty(0, np.int64)
    # Not `np.unique`, which hashes first and takes many times as long.
    if len(every) < 2:  # noqa: PLR2004  # nothing to put in order
        return every
    falls = len(every) - 1 - int(np.count_nonzero(every[1:] > every[:-1]))
    if not falls:
        return every
    # Mostly a few sorted stretches, which a merging sort joins in a tenth of the time.
    return _without_repeats(np.sort(every, kind="stable" if falls * _RUN < len(every) else "quicksort"))


def _without_repeats(ordered: Ids) -> Ids:
    """Return the distinct members of a sorted array."""
    if len(ordered) < 2:  # noqa: PLR2004  # nothing to compare
        return ordered
    first = np.empty(len(ordered), np.bool_)
    first[0] = True
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return ordered[first]


def members(terms: Ids) -> Ids:
    """Return the distinct terms of a column, sorted."""
    if not len(terms):
        return terms
    size = int(terms.max()) + 1
    if size > len(terms) * _SPREAD:
        return distinct([terms])
    present = np.zeros(size, np.bool_)
    present[terms] = True
    return np.flatnonzero(present)


def contained(keys: Ids, within: Ids) -> Mask:
    """Say for each key whether it stands in a sorted array."""
    if not len(within):
        return np.zeros(len(keys), np.bool_)
    # A key beyond the last one is compared with that.
    found: Mask = within.take(within.searchsorted(keys), mode="clip") == keys
    return found


def merged(old: Ids, new: Ids) -> Ids:
    """Return the sorted union of two sorted arrays that have nothing in common."""
    if not len(old) or not len(new):
        return old if len(old) else new
    if len(old) + len(new) <= _SHORT:
        both = np.concatenate([old, new])
        both.sort(kind="stable")
        return both
    if _are_few(new, old):
        ends = old.searchsorted(new).tolist()
        parts: list[Ids] = []
        for start, end, one in zip([0, *ends], ends, new.reshape(-1, 1), strict=False):
            parts += [old[start:end], one]
        return np.concatenate([*parts, old[ends[-1] :]])
    both = np.empty(len(old) + len(new), np.int64)
    places = old.searchsorted(new) + np.arange(len(new))
    rest = np.ones(len(both), np.bool_)
    rest[places] = False
    both[places] = new
    both[rest] = old
    return both


def without(old: Ids, gone: Ids) -> Ids:
    """Return a sorted array without the members of another, all of which it has."""
    places = old.searchsorted(gone)
    if _are_few(gone, old):
        ends = places.tolist()
        starts = [0, *(end + 1 for end in ends)]
        return np.concatenate([old[start:end] for start, end in zip(starts, [*ends, len(old)], strict=True)])
    kept = np.ones(len(old), np.bool_)
    kept[places] = False
    return old[kept]


def _are_few(some: Ids, every: Ids) -> bool:
    """Say whether moving what lies between them in blocks is quicker than one by one."""
    return len(some) < len(every) >> _RARE


def turned(pairs: Ids) -> Ids:
    """Return sorted pairs with subject and object exchanged, sorted."""
    objects = pairs & _LOW
    found = (objects << _HALF) | (pairs >> _HALF)
    if len(found) > _RADIX and int(objects.max()) < 1 << 16:
        # Subjects are in order, so that a stable sort of the objects does; by two bytes it takes half the time.
        return found[np.argsort(objects.astype(np.uint16), kind="stable")]
    found.sort()
    return found


class Pairs:
    """The pairs of one predicate; never changed. What is worked out of them is kept."""

    __slots__ = ("_by_object", "_objects", "_subjects", "by_subject")

    def __init__(self, by_subject: Ids, by_object: Ids | None = None) -> None:
        self.by_subject = by_subject
        self._by_object = by_object
        self._subjects: Ids | None = None
        self._objects: Ids | None = None

    def __len__(self) -> int:
        return len(self.by_subject)

    @property
    def by_object(self) -> Ids:
        """The pairs with the object in the upper half, sorted."""
        if self._by_object is None:
            self._by_object = turned(self.by_subject)
        return self._by_object

    @property
    def subjects(self) -> Ids:
        """The distinct subjects, sorted."""
        if self._subjects is None:
            self._subjects = _without_repeats(self.by_subject >> _HALF)
        return self._subjects

    @property
    def objects(self) -> Ids:
        """The distinct objects, sorted."""
        if self._objects is None:
            if self._by_object is not None:
                self._objects = _without_repeats(self._by_object >> _HALF)
            else:
                self._objects = members(self.by_subject & _LOW)
        return self._objects

    def plus(self, new: Pairs) -> Pairs:
        """Return these and some that are not among them; what was sorted stays so."""
        other = None if self._by_object is None else merged(self._by_object, new.by_object)
        return Pairs(merged(self.by_subject, new.by_subject), other)

    def minus(self, gone: Ids) -> Pairs:
        """Return these without some that are among them, sorted."""
        other = None if self._by_object is None else without(self._by_object, turned(gone))
        return Pairs(without(self.by_subject, gone), other)

    def about(self, terms: Ids) -> Ids:
        """Return the pairs that have one of the terms on either side, sorted."""
        found = []
        for keys, is_turned in ((self.by_subject, False), (self.by_object, True)):
            starts, ends = np.searchsorted(keys, terms << _HALF), np.searchsorted(keys, (terms + 1) << _HALF)
            places = ranges(starts, ends - starts)
            found.append(turned(keys[places]) if is_turned else keys[places])
        return distinct(found)


def objects_among(relations: Iterable[Pairs], terms: Iterable[int], size: int) -> set[int]:
    """Return those of the terms, of which there are `size`, that some pair has as its object."""
    wanted = np.zeros(size, np.bool_)
    wanted[list(terms)] = True
    found: set[int] = set()
    for pairs in relations if wanted.any() else ():
        objects = pairs.by_subject & _LOW
        found.update(objects[wanted[objects]].tolist())
    return found


def ranges(starts: Ids, counts: Ids) -> Ids:
    """Return the places of several stretches of an array, one stretch after the other."""
    ends = counts.cumsum()
    places: Ids = (starts - ends + counts).repeat(counts)
    places += np.arange(len(places))
    return places


@dataclass(slots=True, eq=False)  # Not frozen: that triples the time it takes to make one, and many are made.
class Bindings:
    """Rows of values for variables; never changed.

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


def join(
    bindings: Bindings, subject: int | str, object_: int | str, pairs: Pairs, limit: int | None = None
) -> Bindings:
    """Return the bindings under which (subject, object) is one of the pairs; names are variables.

    A variable that has a column already must agree with it; others get one, unless there is nothing.

    Raises:
        MemoryLimitError: The result would take more bytes than the limit.
    """
    known_subject = not isinstance(subject, str) or subject in bindings.columns
    known_object = not isinstance(object_, str) or object_ in bindings.columns
    if known_subject and known_object:
        keys = pack(bindings.values(subject), bindings.values(object_))
        found = contained(keys, pairs.by_subject)
        return bindings.take(found) if found.any() else EMPTY
    if known_subject:
        return _look_up(bindings, subject, str(object_), pairs.by_subject, limit)
    if known_object:
        return _look_up(bindings, object_, str(subject), pairs.by_object, limit)
    subjects, objects = unpack(pairs.by_subject)
    if subject == object_:
        subjects = subjects[subjects == objects]
        objects = subjects
    return _crossed(bindings, {str(subject): subjects, str(object_): objects}, limit)


def _crossed(bindings: Bindings, columns: Mapping[str, Ids], limit: int | None) -> Bindings:
    """Return each of the bindings with each row of further columns."""
    size = len(next(iter(columns.values())))
    if not size:
        return EMPTY
    _check(bindings.count * size, bindings, limit)
    if bindings.count == 1:
        if size == 1 or not bindings.columns:
            return Bindings(size, {**bindings.columns, **columns})
        return Bindings(size, {**{name: column.repeat(size) for name, column in bindings.columns.items()}, **columns})
    rows = np.arange(bindings.count).repeat(size)
    return bindings.with_columns(rows, {name: np.tile(column, bindings.count) for name, column in columns.items()})


def _look_up(bindings: Bindings, known: int | str, wanted: str, pairs: Ids, limit: int | None) -> Bindings:
    """Add a column of what the pairs, sorted by what is known, have in their lower half."""
    if isinstance(known, str) and bindings.count == 1:
        known = bindings.columns[known].item()
    if not isinstance(known, str):
        start, end = pairs.searchsorted([known << _HALF, (known + 1) << _HALF]).tolist()
        return _crossed(bindings, {wanted: pairs[start:end] & _LOW}, limit)
    starts, counts = _stretches(bindings.columns[known], pairs)
    total = int(counts.sum())
    if not total:
        return EMPTY
    _check(total, bindings, limit)
    rows = np.arange(bindings.count).repeat(counts)
    return bindings.with_columns(rows, {wanted: pairs[ranges(starts, counts)] & _LOW})


def _stretches(keys: Ids, pairs: Ids) -> tuple[Ids, Ids]:
    """Return for each key where its pairs start, and how many they are."""
    if len(keys) > _FEW and len(pairs):
        top = max(int(keys.max()), int(pairs[-1]) >> _HALF) + 1
        if len(keys) * _SEARCH > len(pairs) + top:
            every = np.bincount(pairs >> _HALF, minlength=top)
            counts: Ids = every[keys]
            return (every.cumsum() - every)[keys], counts
    starts = pairs.searchsorted(keys << _HALF)
    return starts, pairs.searchsorted((keys + 1) << _HALF) - starts


def _check(rows: int, bindings: Bindings, limit: int | None) -> None:
    if limit is not None and (needed := rows * 8 * (len(bindings.columns) + 4)) > limit:
        raise MemoryLimitError(limit, needed)


def product_of(subjects: Ids, objects: Ids, limit: int | None = None) -> Ids:
    """Return every pair of a subject and an object, sorted as both are.

    Raises:
        MemoryLimitError: The pairs would take more bytes than the limit.
    """
    _check(len(subjects) * len(objects), ONE, limit)
    if len(subjects) == 1 or len(objects) == 1:
        return pack(subjects, objects)
    found: Ids = ((subjects << _HALF)[:, np.newaxis] | objects).ravel()
    return found
