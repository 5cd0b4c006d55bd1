"""Responses that are ready: the very same request, on the very same state of the store, is answered without a look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssrgraph.serve.cache import Cache, Kept

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import Scope

    from ssrgraph.serve.records import Record

_LOOKED_AT = frozenset({b"host", b"accept", b"accept-encoding"})
"""The headers of a request on which its answer depends."""
_ELSEWHERE = frozenset({b"if-none-match", b"if-match", b"range", b"authorization", b"content-type", b"content-length"})
"""Headers whose requests are not answered from here."""
_LONGEST = 16384
"""Bytes of an address from which on its response is not kept here."""


@dataclass(frozen=True, slots=True)
class ReadyResponse:
    """A whole response.

    Attributes:
        headers: Its headers.
        body: Its body.
        query: The hash of the query that it answers.
        rows: How many rows it has, where that is known.
    """

    headers: list[tuple[bytes, bytes]]
    body: bytes
    query: str | None
    rows: int | None


class Ready:
    """Responses by request.

    Args:
        room: Bytes that they may take.
    """

    def __init__(self, room: int) -> None:
        self._cache = Cache(room)

    def find(self, scope: Scope) -> ReadyResponse | None:
        """Return the response to a request, if it is ready."""
        key = _key(scope)
        if key is None:
            return None
        kept = self._cache.get(key)
        return None if kept is None else kept.head["response"]

    def keep(self, scope: Scope, headers: Iterable[tuple[bytes, bytes]], body: bytes, record: Record) -> None:
        """Keep the response to a request, if it is one that is answered from here."""
        key = _key(scope)
        if key is not None:
            response = ReadyResponse(list(headers), body, record.query, record.rows)
            self._cache.put(key, Kept({"response": response}, body))

    def clear(self) -> None:
        """Forget all: the store has changed."""
        self._cache.clear()


def _key(scope: Scope) -> str | None:
    if scope["method"] != "GET" or scope["path"] != "/sparql" or len(scope["query_string"]) > _LONGEST:
        return None
    parts = [scope["query_string"]]
    for name, value in scope["headers"]:
        if name in _ELSEWHERE:
            return None
        if name in _LOOKED_AT:
            parts += [name, value]
    return b"\0".join(parts).decode("latin-1")
