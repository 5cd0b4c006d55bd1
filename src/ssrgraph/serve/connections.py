"""Connections of clients: how many there may be, and how long one may keep the server waiting."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, ClassVar

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

if TYPE_CHECKING:
    import asyncio


_TCP, _USER_TIMEOUT = 6, 18
"""How Linux calls the option that limits how long what was sent may wait to be taken."""
_TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


class Connection(HttpToolsProtocol):
    """A connection that is closed when the head of a request does not come, or when it idles while others need room.

    Make a sub-class with the limits by `limited`.
    """

    patience: ClassVar[float]
    most: ClassVar[int]
    longest: ClassVar[int]
    _size: int = 0
    _left: int = 0
    _head: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in the library
        """Take a connection in; one that idles makes room for it."""
        if len(self.connections) >= self.most:
            idle = next((each for each in self.connections if _is_idle(each)), None)
            if idle is not None:
                self.connections.discard(idle)
                idle.transport.close()
        super().connection_made(transport)
        if sys.platform == "linux":
            # What was sent and is not taken: the system breaks the connection, also one that we have closed since.
            transport.get_extra_info("socket").setsockopt(_TCP, _USER_TIMEOUT, round(self.patience * 1000))
        if len(self.connections) > self.most:
            transport.abort()
        else:
            self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Let a connection go."""
        self._head_came()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take bytes; from the first byte of a head on, each gives it no more time."""
        if _is_idle(self):
            self._size += len(data)
            if self._size > self.longest:
                self.transport.write(_TOO_LARGE)
                self.transport.close()
                return
        super().data_received(data)
        if _is_idle(self) and self._head is None and not self.transport.is_closing():
            self._await_head()

    def on_headers_complete(self) -> None:
        """Take the head of a request."""
        self._head_came()
        self._size = self._left = 0
        super().on_headers_complete()

    def timeout_keep_alive_handler(self) -> None:
        """Close a connection that idles; at once if its client does not take what was sent any more."""
        left = self.transport.get_write_buffer_size()
        if left and (self._left == 0 or left < self._left):
            self._left = left
            self._await_head()
            return
        if left:
            self.transport.abort()
        super().timeout_keep_alive_handler()

    def _await_head(self) -> None:
        self._head = self.loop.call_later(self.patience, self.timeout_keep_alive_handler)

    def _head_came(self) -> None:
        if self._head is not None:
            self._head.cancel()
            self._head = None


def _is_idle(connection: Any) -> bool:  # noqa: ANN401 -- the library's own union of protocols
    cycle = connection.cycle
    return cycle is None or bool(cycle.response_complete)


def limited(*, patience: float, most: int, longest: int) -> type[Connection]:
    """Return the class of connections with these limits: seconds of patience, connections, bytes of a head."""
    return type("LimitedConnection", (Connection,), {"patience": patience, "most": most, "longest": longest})
