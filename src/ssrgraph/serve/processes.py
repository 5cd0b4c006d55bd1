"""A process behind the front: started, spoken to, and killed when it must be."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ssrgraph.serve import framing

if TYPE_CHECKING:
    from asyncio.subprocess import Process

    from ssrgraph.serve.framing import Message, Values

_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


class Child:
    """A process of this package that does jobs.

    Attributes:
        pid: Its process id.
        is_slow: Whether it was put behind the others and must not be used again.
    """

    def __init__(self, process: Process) -> None:
        assert process.stdin is not None  # noqa: S101 -- it was started with pipes
        assert process.stdout is not None  # noqa: S101
        self._process = process
        self._in = process.stdin
        self._out = process.stdout
        self.pid = process.pid
        self.is_slow = False

    @classmethod
    async def start(cls, module: str, settings: Values) -> Child:
        """Start a module of this package as a process and wait until it is ready.

        Raises:
            ConnectionError: It ended at once.
        """
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-m",
            module,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        child = cls(process)
        try:
            await child.send(framing.packed_json(framing.JOB, settings))
            await child.receive()
        except BaseException:
            child.kill()
            raise
        return child

    @property
    def is_alive(self) -> bool:
        """Whether it still runs, as far as is known."""
        return self._process.returncode is None

    async def send(self, message: bytes) -> None:
        """Send it a message.

        Raises:
            ConnectionError: It is gone.
        """
        self._in.write(message)
        await self._in.drain()

    async def receive(self) -> Message:
        """Read a message of it.

        Raises:
            ConnectionError: It is gone.
        """
        try:
            return await framing.receive(self._out)
        except asyncio.IncompleteReadError as error:
            raise ConnectionResetError from error

    def resident(self) -> int:
        """Return how many bytes of memory of its own it takes; 0 where that cannot be told."""
        try:
            fields = Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii").split()
        except OSError:
            return 0
        return (int(fields[1]) - int(fields[2])) * _PAGE

    def slow_down(self) -> None:
        """Put it behind the others: they get the processor first."""
        self.is_slow = True
        if hasattr(os, "setpriority"):
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self.pid, 15)

    def kill(self) -> None:
        """End it at once."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()

    async def close(self) -> None:
        """Let it end by itself: it does so when nothing more can come."""
        self._in.close()
        await self._process.wait()

    async def ended(self) -> int:
        """Wait until it has ended; return its status, negative for a signal."""
        return await self._process.wait()
