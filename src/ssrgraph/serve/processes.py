"""A process behind the front: started, spoken to, and killed when it must be."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, cast

from ssrgraph.serve import framing

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssrgraph.serve.framing import Message, Values

_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
_IN, _OUT = 0, 1


class Child(asyncio.SubprocessProtocol):
    """A process of this package that does jobs. Its messages are told to `sink`, or else kept until they are received.

    Make one by `start`.

    Attributes:
        pid: Its process id.
        is_slow: Whether it was put behind the others and must not be used again.
        shared: Bytes of its memory that are the copy of the store and belong to no job.
        state: The state of the store of which it has a copy.
        sink: What takes its messages as they come; None: they are kept.
        vanished: Called once when nothing more can come of it.
    """

    def __init__(self) -> None:
        self.pid = 0
        self.is_slow = False
        self.shared = 0
        self.state = ""
        self.sink: Callable[[bytes, bytes], None] | None = None
        self.vanished: Callable[[Child], None] | None = None
        self._transport: asyncio.SubprocessTransport | None = None
        self._in: asyncio.WriteTransport | None = None
        self._unframed = framing.Unframed()
        self._kept: deque[Message] = deque()
        self._gone = False
        self._doomed = False
        self._changed: asyncio.Future[None] | None = None
        self._writable: asyncio.Future[None] | None = None
        self._status: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    @classmethod
    async def start(cls, module: str, settings: Values) -> Child:
        """Start a module of this package as a process and wait until it is ready.

        Raises:
            ConnectionError: It ended at once.
        """
        loop = asyncio.get_running_loop()
        _, child = await loop.subprocess_exec(cls, sys.executable, "-P", "-m", module, stderr=None)
        try:
            await child.send(framing.packed_json(framing.JOB, settings))
            await child.receive()
        except BaseException:
            child.kill()
            raise
        return child

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the process in."""
        self._transport = cast("asyncio.SubprocessTransport", transport)
        self._in = cast("asyncio.WriteTransport", self._transport.get_pipe_transport(_IN))
        self.pid = self._transport.get_pid()

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        """Take what it has written."""
        del fd
        for kind, content in self._unframed.messages(data):
            if self.sink is not None:
                self.sink(kind, content)
            else:
                self._kept.append((kind, content))
                self._wake()

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:
        """Note that nothing more comes of it, or that it takes nothing more."""
        del exc
        self._resume()
        if fd == _OUT and not self._gone:
            self._gone = True
            self._wake()
            self._let_go()
            if self.vanished is not None:
                self.vanished(self)

    def process_exited(self) -> None:
        """Note that it has ended."""
        if self._transport is not None and not self._status.done():
            self._status.set_result(self._transport.get_returncode() or 0)
            self._let_go()

    def _let_go(self) -> None:
        if self._transport is not None and self._gone and self._status.done():
            self._transport.close()

    def pause_writing(self) -> None:
        """Note that it does not keep up with what it is sent."""
        if self._writable is None:
            self._writable = asyncio.get_running_loop().create_future()

    def resume_writing(self) -> None:
        """Note that it keeps up again."""
        self._resume()

    def _resume(self) -> None:
        if self._writable is not None:
            self._writable.set_result(None)
            self._writable = None

    def _wake(self) -> None:
        if self._changed is not None and not self._changed.done():
            self._changed.set_result(None)

    @property
    def is_alive(self) -> bool:
        """Whether it still runs, as far as is known."""
        return not self._doomed and not self._gone and not self._status.done()

    def write(self, message: bytes) -> None:
        """Send it a message, if it is not gone; `vanished` tells that."""
        if self._in is not None and not self._in.is_closing():
            self._in.write(message)

    async def send(self, message: bytes) -> None:
        """Send it a message; return when it has taken so much that another one may be sent.

        Raises:
            ConnectionError: It is gone.
        """
        self.write(message)
        if self._writable is not None:
            await asyncio.shield(self._writable)
        if not self.is_alive:
            raise ConnectionResetError

    async def receive(self) -> Message:
        """Read a message of it.

        Raises:
            ConnectionError: It is gone.
        """
        while not self._kept:
            if self._gone:
                raise ConnectionResetError
            self._changed = asyncio.get_running_loop().create_future()
            await self._changed
        return self._kept.popleft()

    def resident(self) -> int:
        """Return how many bytes of memory its job takes; 0 where that cannot be told."""
        return resident(self.pid) - self.shared

    def slow_down(self) -> None:
        """Put it behind the others: they get the processor first."""
        self.is_slow = True
        if hasattr(os, "setpriority"):
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self.pid, 15)

    def kill(self) -> None:
        """End it at once."""
        self._doomed = True  # Its last messages may still come; it must get no further job.
        if self._transport is not None:
            with contextlib.suppress(ProcessLookupError):
                self._transport.kill()

    async def close(self) -> None:
        """Let it end by itself: it does so when nothing more can come."""
        if self._in is not None:
            self._in.close()
        await self.ended()

    async def ended(self) -> int:
        """Wait until it has ended; return its status, negative for a signal."""
        return await asyncio.shield(self._status)


def resident(pid: int) -> int:
    """Return how many bytes of memory of its own a process takes; 0 where that cannot be told."""
    try:
        fields = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()
    except OSError:
        return 0
    return (int(fields[1]) - int(fields[2])) * _PAGE
