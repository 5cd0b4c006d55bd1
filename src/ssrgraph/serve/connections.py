"""Connections of clients: how many there may be, and how long one may keep the server waiting."""

from __future__ import annotations

import math
import sys
from typing import TYPE_CHECKING, Any, ClassVar

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from ssrgraph.serve import heads
from ssrgraph.serve.edge import REQUEST
from ssrgraph.serve.ready import LONGEST
from ssrgraph.serve.responses import HANDED

if TYPE_CHECKING:
    import asyncio

    from ssrgraph.serve.answers import Answer
    from ssrgraph.serve.shortcuts import Flight, Shortcuts


_TCP, _USER_TIMEOUT = 6, 18
"""How Linux calls the option that limits how long what was sent may wait to be taken."""
_SOON = 0.01
"""Seconds that a timer may ring too early."""
_TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


class Connection(HttpToolsProtocol):
    """A connection that is closed when the head of a request does not come, or when it idles while others need room.

    The simplest requests go past the application; see `Shortcuts`. Make a sub-class with the limits by `limited`.

    Attributes:
        flight: The request that waits for its answer past the application.
    """

    patience: ClassVar[float]
    most: ClassVar[int]
    longest: ClassVar[int]
    shortcuts: ClassVar[Shortcuts]
    flight: Flight | None = None
    _size: int = 0
    _left: int = 0
    _head: asyncio.TimerHandle | None = None
    _deadline: float = math.inf
    _amid: bool = False
    _held: bytes = b""
    _leaving: bool = False

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
        if self._head is not None:
            self._head.cancel()
            self._head = None
        if self.flight is not None:
            self.shortcuts.leave(self.flight)
            self.flight = None
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take bytes; from the first byte of a head on, each gives it no more time."""
        if self.flight is not None:
            self._hold(data)
            return
        idle = _is_idle(self)
        is_head = idle and not self._amid and len(data) <= LONGEST and data.startswith(b"GET ")
        is_head = is_head and data.find(heads.END) == len(data) - len(heads.END)
        if is_head and not self.flow.write_paused and not self.transport.is_closing():
            self._unset_keepalive_if_required()
            self._deadline = math.inf
            if self.shortcuts.take(self, data):
                return
        if idle:
            self._size += len(data)
            if self._size > self.longest:
                self.transport.write(_TOO_LARGE)
                self.transport.close()
                return
        super().data_received(data)
        if is_head and not self._amid and self.cycle is not None and self.cycle.keep_alive:
            self.scope[REQUEST] = data  # type: ignore[literal-required]
        if _is_idle(self) and self._deadline == math.inf and not self.transport.is_closing():
            self._await_head()

    def _hold(self, data: bytes) -> None:
        """Keep what comes while a request waits for its answer."""
        self._held += data
        self.flow.pause_reading()

    def on_message_begin(self) -> None:
        """Take the first byte of a request."""
        self._amid = True
        super().on_message_begin()

    def on_message_complete(self) -> None:
        """Take the last byte of a request."""
        self._amid = False
        super().on_message_complete()

    def on_headers_complete(self) -> None:
        """Take the head of a request."""
        self._deadline = math.inf
        self._size = self._left = 0
        super().on_headers_complete()

    @property
    def added(self) -> heads.Headers:
        """The headers that the server itself adds to every response."""
        return self.server_state.default_headers

    def respond(self, response: bytes) -> None:
        """Send a whole response, past the application."""
        self.transport.write(response)
        self.server_state.total_requests += 1
        if self._leaving:
            self.transport.close()
        elif self._held:
            self.loop.call_soon(self._go_on)
        elif self.flight is None:
            self._await_head()

    def pass_on(self, request: bytes, answer: Answer) -> None:
        """Have the application send an answer."""
        super().data_received(request)
        self.scope[HANDED] = answer  # type: ignore[literal-required]
        self.scope[REQUEST] = request  # type: ignore[literal-required]
        if self._leaving:
            self.cycle.keep_alive = False
        if self._held:
            self.loop.call_soon(self._go_on)

    def _go_on(self) -> None:
        """Take what came while a request waited."""
        held, self._held = self._held, b""
        if held and not self.transport.is_closing():
            self.flow.resume_reading()
            self.data_received(held)

    def shutdown(self) -> None:
        """Close the connection, once the request that waits has its answer."""
        if self.flight is None:
            super().shutdown()
        else:
            self._leaving = True

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
        """Give the head of the next request its time; one timer serves many requests, for it looks at the clock."""
        self._deadline = self.loop.time() + self.patience
        if self._head is None:
            self._head = self.loop.call_later(self.patience, self._look)

    def _look(self) -> None:
        self._head = None
        left = self._deadline - self.loop.time()
        if left <= _SOON:
            self._deadline = math.inf
            self.timeout_keep_alive_handler()
        elif left < math.inf:
            self._head = self.loop.call_later(left, self._look)


def _is_idle(connection: Any) -> bool:  # noqa: ANN401 -- the library's own union of protocols
    cycle = connection.cycle
    return connection.flight is None and (cycle is None or bool(cycle.response_complete))


def limited(*, patience: float, most: int, longest: int, shortcuts: Shortcuts) -> type[Connection]:
    """Return the class of connections with these limits: seconds of patience, connections, bytes of a head."""
    limits = {"patience": patience, "most": most, "longest": longest, "shortcuts": shortcuts}
    return type("LimitedConnection", (Connection,), limits)
