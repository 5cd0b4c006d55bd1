"""Answers on their way from a process to a client: in memory while they are small, in a file behind that."""

from __future__ import annotations

import asyncio
import tempfile
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from ssrgraph.serve.framing import Values
    from ssrgraph.serve.problems import Problem
    from ssrgraph.serve.snapshots import Snapshot

IN_MEMORY = 4 << 20
"""Bytes that are waited for before anything is sent, so that most that goes wrong can still be told."""
_PIECE = 1 << 18


def _resolve(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)


class Answer:
    """An answer that is being written by a process and read by clients, each at its own pace.

    Attributes:
        snapshot: The state of the store that it is about.
        head: What the task said of it.
        problem: What went wrong, if something did.
        is_whole: Whether all of it is there.
        size: Bytes of it that are there.
        rows: How many rows it has, where that was counted.
        waiting: How many wait for it to settle.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.head: Values = {}
        self.problem: Problem | None = None
        self.is_whole = False
        self.size = 0
        self.rows: int | None = None
        self.waiting = 0
        self._parts: list[bytes] = []
        self._file: BinaryIO | None = None
        self._told: list[Callable[[], None]] = []
        self._readers = 0
        self._abandoned: Callable[[], None] | None = None

    def when_abandoned(self, told: Callable[[], None]) -> None:
        """Say who is told when nobody reads any more while it is still being written."""
        self._abandoned = told

    @property
    def body(self) -> bytes | None:
        """The whole answer, if it is there and small."""
        if not self.is_whole or self._file is not None:
            return None
        if len(self._parts) != 1:
            self._parts = [b"".join(self._parts)]
        return self._parts[0]

    @property
    def is_settled(self) -> bool:
        """Whether it is whole, has failed, or is so large that sending should begin."""
        return self.is_whole or self.problem is not None or self._file is not None

    def append(self, data: bytes) -> None:
        """Take a part of it from the process."""
        self.size += len(data)
        if self._file is None and self.size > IN_MEMORY:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 -- closed with the answer
            self._file.write(b"".join(self._parts))
            self._parts = []
        if self._file is None:
            self._parts.append(data)
        else:
            self._file.seek(0, 2)
            self._file.write(data)
            self._tell()

    def end(self) -> None:
        """Say that it is whole."""
        self.is_whole = True
        self._tell()

    def fail(self, problem: Problem) -> None:
        """Say that no more will come; harmless if it is whole."""
        if not self.is_whole and self.problem is None:
            self.problem = problem
        self._tell()

    def _tell(self) -> None:
        told, self._told = self._told, []
        for each in told:
            each()

    def when_settled(self, told: Callable[[], None]) -> None:
        """Have somebody told once it is settled: at once if it is."""
        if self.is_settled:
            told()
        else:
            self._told.append(told)

    async def settled(self) -> None:
        """Wait until it is whole, or so large that sending should begin.

        Raises:
            Problem: It went wrong before that.
        """
        while not self.is_settled:
            await self._change()
        if self.problem is not None:
            raise self.problem

    async def _change(self) -> None:
        changed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._told.append(partial(_resolve, changed))
        await changed

    async def chunks(self) -> AsyncIterator[bytes]:
        """Yield the bytes as they come.

        Raises:
            Problem: The answer is cut off; what was yielded must not be taken for an answer.
        """
        self._readers += 1
        try:
            place = 0
            while True:
                while place < self.size:
                    data = self._read(place)
                    place += len(data)
                    yield data
                if self.problem is not None:
                    raise self.problem
                if place < self.size:
                    continue
                if self.is_whole:
                    return
                await self._change()
        finally:
            self._readers -= 1
            if not self._readers:
                self.close()

    def _read(self, place: int) -> bytes:
        if self._file is None:
            return b"".join(self._parts)[place:]
        self._file.seek(place)
        return self._file.read(_PIECE)

    def close(self) -> None:
        """Say that nobody reads it any more; what is not yet written need not be."""
        if not self.is_whole and self.problem is None and self._abandoned is not None:
            self._abandoned()
