"""Responses that are ready: the very same request, on the very same state of the store, is answered without a look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssrgraph.serve.cache import Cache

if TYPE_CHECKING:
    from ssrgraph.serve.records import Record

LONGEST = 16384
"""Bytes of a request from which on its response is not kept here."""


@dataclass(frozen=True, slots=True)
class ReadyResponse:
    """A whole response.

    Attributes:
        status: Its status.
        head: The lines of its head, without status and date.
        body: Its body.
        route: The path by which it is counted.
        path: The path that was asked for.
        query: The hash of the query that it answers.
        rows: How many rows it has, where that is known.
        outcome: What came of the request, in a word.
    """

    status: int
    head: bytes
    body: bytes
    route: str
    path: str
    query: str | None
    rows: int | None
    outcome: str


class Ready:
    """Responses by the bytes of the request.

    Args:
        room: Bytes that they may take.
    """

    def __init__(self, room: int) -> None:
        self._cache: Cache[bytes, ReadyResponse] = Cache(room)

    def find(self, request: bytes) -> ReadyResponse | None:
        """Return the response to a request, if it is ready."""
        return self._cache.get(request)

    def keep(self, request: bytes, head: bytes, body: bytes, *, route: str, path: str, record: Record) -> None:
        """Keep the response to a request; it must be the same as long as the store is."""
        response = ReadyResponse(record.status, head, body, route, path, record.query, record.rows, record.outcome)
        self._cache.put(request, response, len(request) + len(head) + len(body))

    @property
    def hits(self) -> int:
        """How many requests were answered from here."""
        return self._cache.hits

    def clear(self) -> None:
        """Forget all: the store has changed."""
        self._cache.clear()
