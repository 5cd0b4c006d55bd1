"""Distinct texts with an integer each, packed: their bytes in one buffer, found again by hash.

A Python string with its place in a dictionary takes some 200 bytes beyond its characters; here it is about 30. Texts
are handled many at a time, as stretches of a buffer, and become Python objects only where they are asked for. Whether
a text is known is decided by its bytes; hashes only say where to look.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ssrgraph.reasoning.relations import Ids, Mask

    Bytes = np.ndarray[tuple[int], np.dtype[np.uint8]]
    Words = np.ndarray[tuple[int], np.dtype[np.uint64]]

PADDING = 8
"""A buffer has so many bytes more than its texts, for words are read whole."""

_WORD = 8
_WIDE = (1 << 64) - 1
_FACTOR = 0x9E3779B97F4A7C15
_SHIFT = 29
_MASKS = np.array([(1 << (8 * length)) - 1 for length in range(_WORD)], np.uint64)
_LEAST = 1 << 10


def padded(content: bytes) -> Bytes:
    """Return bytes as a buffer."""
    return np.frombuffer(content + bytes(PADDING), np.uint8)


class Texts:
    """Texts in the order in which they were added."""

    def __init__(self) -> None:
        self._seed = int.from_bytes(os.urandom(8), "little") | 1
        self._buffer = np.zeros(_LEAST, np.uint8)
        self._ends = np.zeros(_LEAST, np.int64)
        self._hashes = np.zeros(_LEAST, np.uint64)
        self._table = np.full(_LEAST * 4, -1, np.int32)
        self._count = 0
        self._size = 0
        self._odd: dict[bytes, int] = {}
        """Texts whose hash is that of another."""

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, number: int) -> str:
        start, end = self._stretch(number)
        return self._buffer[start:end].tobytes().decode()

    def many(self, numbers: Ids) -> list[bytes]:
        """Return some of the texts, encoded."""
        content = self._buffer.data
        ends, starts = self._ends[numbers].tolist(), self._starts(numbers).tolist()
        return [bytes(content[start:end]) for start, end in zip(starts, ends, strict=True)]

    def firsts(self, since: int = 0) -> Bytes:
        """Return the first byte of each text, from one on."""
        numbers = np.arange(since, self._count)
        found: Bytes = self._buffer[self._starts(numbers)]
        return found

    def lasts(self, numbers: Ids) -> Bytes:
        """Return the last byte of some texts."""
        found: Bytes = self._buffer[self._ends[numbers] - 1]
        return found

    def arrays(self) -> dict[str, np.ndarray[tuple[int], Any]]:
        """Return all that is known, for `resume`; the arrays must not be changed."""
        return {
            "texts": self._buffer[: self._size + PADDING],
            "ends": self._ends[: self._count],
            "hashes": self._hashes[: self._count],
            "table": self._table,
            "odd": np.fromiter(self._odd.values(), np.int64, len(self._odd)),
            "seed": np.array([self._seed], np.uint64),
        }

    def resume(self, arrays: Mapping[str, np.ndarray[tuple[int], Any]]) -> None:
        """Go on from what `arrays` returned elsewhere; nothing is hashed again.

        Raises:
            ValueError: The texts that are there already are not the first of those.
        """
        buffer, ends = arrays["texts"], arrays["ends"]
        known = slice(self._size), slice(self._count)
        if not (
            np.array_equal(self._buffer[known[0]], buffer[known[0]])
            and np.array_equal(self._ends[known[1]], ends[known[1]])
        ):
            raise ValueError(self._count)
        self._buffer, self._ends, self._hashes = (
            _with_room(one, len(one), len(one) + _LEAST) for one in (buffer, ends, arrays["hashes"])
        )
        self._table = arrays["table"]
        self._seed = int(arrays["seed"][0])
        self._count, self._size = len(ends), len(buffer) - PADDING
        odd = arrays["odd"]
        self._odd = dict(zip(self.many(odd), odd.tolist(), strict=True))

    def find(self, text: str) -> int | None:
        """Return the integer of a text, None if there is none."""
        content = text.encode()
        number = self._first_of(_hash(content, self._seed))
        if number is not None:
            start, end = self._stretch(number)
            if self._buffer[start:end].tobytes() == content:
                return number
        return self._odd.get(content)

    def number(self, text: str) -> int:
        """Return the integer of a text, which it gets if it has none."""
        known = self.find(text)
        if known is not None:
            return known
        content = text.encode()
        value, number = _hash(content, self._seed), self._count
        if self._first_of(value) is not None:
            self._odd[content] = number
            self._append([content], np.array([value], np.uint64))
        else:
            self._append([content], np.array([value], np.uint64))
            self._enter(np.array([value], np.uint64), np.array([number], np.int64))
        return number

    def find_many(self, texts: Sequence[bytes]) -> Ids:
        """Return the integers of texts, -1 for those that have none."""
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        buffer, starts = padded(b"".join(texts)), np.cumsum(lengths) - lengths
        found = self._probe(_hashes(buffer, starts, lengths, self._seed))
        for place in np.flatnonzero(self._differ(found, buffer, starts, lengths)).tolist():
            found[place] = self._odd.get(texts[place], -1)
        return found

    def numbers(self, buffer: Bytes, starts: Ids, lengths: Ids) -> Ids:
        """Return the integers of texts that are stretches of a buffer; those that have none get one."""
        hashes = _hashes(buffer, starts, lengths, self._seed)
        found = self._probe(hashes)
        missing = np.flatnonzero(found < 0)
        if len(missing):
            values, firsts, same = np.unique(hashes[missing], return_index=True, return_inverse=True)
            order = np.argsort(firsts)
            rank = np.empty(len(order), np.int64)
            rank[order] = np.arange(self._count, self._count + len(order))
            first = missing[firsts[order]]
            self._append(_cut(buffer, starts[first], lengths[first]), values[order])
            self._enter(values, rank)
            found[missing] = rank[same]
        for place in np.flatnonzero(self._differ(found, buffer, starts, lengths)).tolist():
            (text,) = _cut(buffer, starts[place : place + 1], lengths[place : place + 1])
            if text not in self._odd:
                self._odd[text] = self._count
                self._append([text], hashes[place : place + 1])
            found[place] = self._odd[text]
        return found

    def _stretch(self, number: int) -> tuple[int, int]:
        if number >= self._count:
            raise IndexError(number)
        return int(self._ends[number - 1]) if number else 0, int(self._ends[number])

    def _starts(self, numbers: Ids) -> Ids:
        starts = self._ends[numbers - 1]
        starts[numbers == 0] = 0
        return starts

    def _append(self, texts: Sequence[bytes], hashes: Words) -> None:
        content = b"".join(texts)
        count, size = self._count + len(texts), self._size + len(content)
        self._buffer = _with_room(self._buffer, self._size, size + PADDING)
        self._ends = _with_room(self._ends, self._count, count)
        self._hashes = _with_room(self._hashes, self._count, count)
        self._buffer[self._size : size] = np.frombuffer(content, np.uint8)
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        self._ends[self._count : count] = self._size + np.cumsum(lengths)
        self._hashes[self._count : count] = hashes
        self._count, self._size = count, size

    def _first_of(self, value: int) -> int | None:
        last = len(self._table) - 1
        slot = value & last
        while (number := int(self._table[slot])) >= 0:
            if int(self._hashes[number]) == value:
                return number
            slot = (slot + 1) & last
        return None

    def _probe(self, hashes: Words) -> Ids:
        """Return the integers of the texts with these hashes, -1 where there is none."""
        last = len(self._table) - 1
        slots = (hashes & np.uint64(last)).astype(np.int64)
        found = self._table[slots].astype(np.int64)
        others = np.flatnonzero((found >= 0) & (self._hashes[found] != hashes))
        while len(others):
            slots[others] = (slots[others] + 1) & last
            numbers = self._table[slots[others]]
            found[others] = numbers
            others = others[(numbers >= 0) & (self._hashes[numbers] != hashes[others])]
        return found

    def _enter(self, hashes: Words, numbers: Ids) -> None:
        """Put texts into the table, whose hashes are new and distinct."""
        if 3 * self._count > 2 * len(self._table):
            known = np.setdiff1d(np.arange(self._count), np.fromiter(self._odd.values(), np.int64, len(self._odd)))
            self._table = np.full(1 << (2 * self._count - 1).bit_length(), -1, np.int32)
            hashes, numbers = self._hashes[known], known
        last = len(self._table) - 1
        slots = (hashes & np.uint64(last)).astype(np.int64)
        left = np.arange(len(slots))
        while len(left):
            free = left[self._table[slots[left]] < 0]
            self._table[slots[free]] = numbers[free]
            left = left[self._table[slots[left]] != numbers[left]]
            slots[left] = (slots[left] + 1) & last

    def _differ(self, numbers: Ids, buffer: Bytes, starts: Ids, lengths: Ids) -> Mask:
        """Say of stretches of a buffer which are not the texts of these integers; those with -1 are none."""
        known = numbers >= 0
        own = self._starts(numbers)
        differ: Mask = known & (self._ends[numbers] - own != lengths)
        rows = np.flatnonzero(known & ~differ)
        here, there, left = starts[rows], own[rows], lengths[rows]
        theirs, ours = _words(buffer), _words(self._buffer)
        differ[rows] = _last_words(theirs, here, left) != _last_words(ours, there, left)
        on = left > _WORD
        while len(rows := rows[on]):
            here, there, left = here[on], there[on], left[on]
            odd = theirs[here] != ours[there]
            if odd.any():
                differ[rows[odd]] = True
            here += _WORD
            there += _WORD
            left -= _WORD
            on = left > _WORD
        return differ


def _cut(buffer: Bytes, starts: Ids, lengths: Ids) -> list[bytes]:
    content = buffer.data
    ends = (starts + lengths).tolist()
    return [bytes(content[start:end]) for start, end in zip(starts.tolist(), ends, strict=True)]


def _words(buffer: Bytes) -> Words:
    """Return the eight bytes from each place of a buffer on, as a word each, without copying."""
    return np.ndarray((len(buffer) - _WORD + 1,), np.uint64, buffer, 0, (1,))


def _last_words(words: Words, starts: Ids, lengths: Ids) -> Words:
    """Return the last eight bytes of each text, or all of a shorter one."""
    found: Words = words[np.maximum(starts + lengths - _WORD, 0)]
    short = np.flatnonzero(lengths < _WORD)
    if len(short):
        found[short] = words[starts[short]] & _MASKS[lengths[short]]
    return found


def _hashes(buffer: Bytes, starts: Ids, lengths: Ids, seed: int) -> Words:
    words = _words(buffer)
    found = _mixed(lengths.astype(np.uint64) * np.uint64(seed), _last_words(words, starts, lengths))
    rows = np.flatnonzero(lengths > _WORD)
    here, left = starts[rows], lengths[rows]
    while len(rows):
        found[rows] = _mixed(found[rows], words[here])
        here += _WORD
        left -= _WORD
        on = left > _WORD
        rows, here, left = rows[on], here[on], left[on]
    return found


def _mixed(values: Words, words: Words) -> Words:
    """Return hashes with one more word each; the first argument is changed."""
    values ^= words
    values *= np.uint64(_FACTOR)
    values ^= values >> np.uint64(_SHIFT)
    return values


def _hash(content: bytes, seed: int) -> int:
    """Return what `_hashes` gives for one text."""
    length = len(content)
    found = (length * seed) & _WIDE
    for start in (max(length - _WORD, 0), *range(0, length - _WORD, _WORD)):
        found ^= int.from_bytes(content[start : start + _WORD], "little")
        found = (found * _FACTOR) & _WIDE
        found ^= found >> _SHIFT
    return found


def _with_room(array: np.ndarray[tuple[int], Any], used: int, wanted: int) -> np.ndarray[tuple[int], Any]:
    if wanted <= len(array):
        return array
    larger = np.empty(max(wanted, len(array) + len(array) // 2), array.dtype)
    larger[:used] = array[:used]
    return larger


def joined(texts: Iterable[str]) -> tuple[Bytes, Ids, Ids]:
    """Return texts as stretches of a buffer."""
    encoded = [one.encode() for one in texts]
    lengths = np.fromiter(map(len, encoded), np.int64, len(encoded))
    return padded(b"".join(encoded)), np.cumsum(lengths) - lengths, lengths
