"""Answers that are kept: those of a state of the store, by request, within a number of bytes."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
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
    """

    def __init__(self, room: int) -> None:
        self._room = room
        self._kept: OrderedDict[Key, tuple[Value, int]] = OrderedDict()
        self.size = 0
        self.hits = 0
        self.misses = 0

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
        size += _BESIDE
        if size > self._room // _SHARE:
            return
        former = self._kept.pop(key, None)
        if former is not None:
            self.size -= former[1]
        self._kept[key] = value, size
        self.size += size
        while self.size > self._room:
            self.size -= self._kept.popitem(last=False)[1][1]

    def clear(self) -> None:
        """Forget all: the store has changed."""
        self._kept.clear()
        self.size = 0
