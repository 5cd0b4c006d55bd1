"""Answers that are kept: those of a state of the store, by request, within a number of bytes."""

from __future__ import annotations

from collections import OrderedDict
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.serve.framing import Values

_SHARE = 8
"""No answer takes more than this part of the room."""
_BESIDE = 1024
"""Bytes that an answer takes beside its own, about."""

Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that is kept.

    Attributes:
        head: What the task said of it.
        body: Its bytes as they are sent.
        coding: How they are compressed; None: not at all.
        rows: How many rows it has, where that was counted.
    """

    head: Values
    body: bytes
    coding: str | None = None
    rows: int | None = None


class Cache(Generic[Key, Value]):
    """Answers by key; the one that was not asked for longest gives way.

    Args:
        room: Bytes that all of them may take.

    Attributes:
        room: The same.
        size: Bytes that they take.
        gathered: Bytes that are gathered and not yet kept.
        hits: How often an answer was found.
        misses: How often not.
    """

    def __init__(self, room: int) -> None:
        self.room = room
        self._kept: OrderedDict[Key, tuple[Value, int]] = OrderedDict()
        self.size = self.gathered = 0
        self.hits = 0
        self.misses = 0

    @property
    def largest(self) -> int:
        """How many bytes an answer may have to be kept."""
        return self.room // _SHARE - _BESIDE

    def __len__(self) -> int:
        """Return how many answers are kept."""
        return len(self._kept)

    def get(self, key: Key) -> Value | None:
        """Return the answer that is kept under a key."""
        found = self._kept.get(key)
        if found is None:
            self.misses += 1
            return None
        self.hits += 1
        self._kept.move_to_end(key)
        return found[0]

    def put(self, key: Key, value: Value, size: int) -> None:
        """Keep an answer of so many bytes, unless it is too large."""
        if size > self.largest:
            return
        size += _BESIDE
        former = self._kept.pop(key, None)
        if former is not None:
            self.size -= former[1]
        self._kept[key] = value, size
        self.size += size
        while self.size > self.room:
            self.size -= self._kept.popitem(last=False)[1][1]

    def clear(self) -> None:
        """Forget all: the store has changed."""
        self._kept.clear()
        self.size = 0

    @contextmanager
    def gather(self) -> Iterator[Gathering]:
        """Gather an answer that is sent part by part, as long as all that is gathered takes no more than half the room.

        What was gathered is not kept before it is put.
        """
        gathering = Gathering(self)
        try:
            yield gathering
        finally:
            gathering.give_up()


class Gathering:
    """The parts of an answer, until they are too many.

    Args:
        cache: Where it is to be kept.
    """

    def __init__(self, cache: Cache[Any, Any]) -> None:
        self._cache = cache
        self._parts: list[bytes] | None = []
        self._size = 0

    def add(self, part: bytes) -> None:
        """Take the next part, or give up."""
        if self._parts is None:
            return
        cache, size = self._cache, self._size + len(part)
        if size > cache.largest or cache.gathered + len(part) > cache.room // 2:
            self.give_up()
            return
        self._parts.append(part)
        self._size = size
        cache.gathered += len(part)

    def whole(self) -> bytes | None:
        """Return all parts together; None if there were too many."""
        return None if self._parts is None else b"".join(self._parts)

    def give_up(self) -> None:
        """Let the parts go."""
        self._cache.gathered -= self._size
        self._parts, self._size = None, 0
