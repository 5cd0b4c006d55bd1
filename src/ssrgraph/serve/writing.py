"""Changes to the store: gathered into batches, done by one process, acknowledged when they are on the disk."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ssrgraph.serve import framing
from ssrgraph.serve.problems import Problem
from ssrgraph.serve.processes import Child
from ssrgraph.serve.work import death, problem_of
from ssrgraph.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssrgraph.serve.framing import Values
    from ssrgraph.serve.settings import Settings

_LOG = logging.getLogger(__name__)
_MODULE = "ssrgraph.serve.writer"
_MOST = 256
"""Changes in a batch."""
_PUBLISHING = 600.0
"""Seconds that publishing a batch, with what follows from it, may take."""


@dataclass(slots=True, kw_only=True)
class _Change:
    """A change that somebody waits for.

    Attributes:
        job: What is to be done.
        bodies: The graphs that belong to it.
        result: Where what came of it is told.
    """

    job: Values
    bodies: tuple[bytes, ...]
    result: asyncio.Future[int] = field(default_factory=lambda: asyncio.get_running_loop().create_future())

    def tell(self, values: Values) -> None:
        """Tell what came of it, unless nobody waits any more."""
        if self.result.done():
            return
        if values["status"] < 400:  # noqa: PLR2004 -- an error of HTTP
            self.result.set_result(values["status"])
        else:
            self.result.set_exception(problem_of(values))

    def fail(self, problem: Problem) -> None:
        """Tell that nothing came of it."""
        if not self.result.done():
            self.result.set_exception(problem)


class Writing:
    """Takes changes and does them.

    Args:
        settings: The limits.
        published: Called when a batch is on the disk, before anybody is told.
    """

    def __init__(self, settings: Settings, *, published: Callable[[], None]) -> None:
        self._settings = settings
        self._published = published
        self._queue: deque[_Change] = deque()
        self._wake = asyncio.Event()
        self._child: Child | None = None
        self._loop: asyncio.Task[None] | None = None
        self._starting = asyncio.Lock()
        self._mending: asyncio.Task[None] | None = None
        self._closing = False
        self.batches = 0

    def start(self) -> None:
        """Begin to take changes."""
        self._loop = asyncio.get_running_loop().create_task(self._run())

    async def stop(self) -> None:
        """Do what waits, then end the process."""
        self._closing = True
        self._wake.set()
        if self._loop is not None:
            await self._loop
        if self._child is not None:
            await self._child.close()

    async def change(self, job: Values, bodies: tuple[bytes, ...] = ()) -> int:
        """Do a change; return its HTTP status once it is on the disk and queries see it.

        Raises:
            Problem: It is not done, or nobody knows whether it is.
        """
        if self._closing:
            raise Problem(503, "closing", "The server is closing.")
        if len(self._queue) >= self._settings.waiting * 8:
            raise Problem(503, "busy", "Too many changes wait already; try again soon.", headers={"retry-after": "2"})
        change = _Change(job=job, bodies=bodies)
        self._queue.append(change)
        self._wake.set()
        return await change.result

    async def _run(self) -> None:
        while self._queue or not self._closing:
            if not self._queue:
                self._wake.clear()
                await self._wake.wait()
                continue
            batch = self._next()
            try:
                await self._write(batch)
            except (ConnectionError, OSError) as error:
                _LOG.error("the writer cannot be started: %s", error)
                for change in batch:
                    change.fail(Problem(503, "store", "The store cannot be written now."))

    def _next(self) -> list[_Change]:
        batch: list[_Change] = []
        size = 0
        while self._queue and len(batch) < _MOST and size < self._settings.upload:
            change = self._queue.popleft()
            size += sum(map(len, change.bodies)) + len(change.job.get("text", ""))
            batch.append(change)
        return batch

    async def _write(self, batch: list[_Change]) -> None:
        """Have the process do a batch. One that it does not survive is told so; the others are done again."""
        child = await self._started()
        done = 0
        try:
            for change in batch:
                await child.send(framing.packed_json(framing.JOB, change.job))
                for body in change.bodies:
                    await child.send(framing.packed(framing.DATA, body))
            await child.send(framing.packed_json(framing.END, {}))
            while True:
                seconds = self._settings.timeout if done < len(batch) else _PUBLISHING
                async with asyncio.timeout(seconds):
                    kind, content = await child.receive()
                values = framing.values_of(content)
                if kind == framing.END:
                    break
                done = values["done"]
        except TimeoutError:
            child.kill()
            await child.ended()
            limit = f"{self._settings.timeout:g}"
            self._lost(
                batch, done, Problem(503, "update-timeout", f"The update takes more than the {limit} seconds it may.")
            )
            return
        except ConnectionError:
            self._lost(batch, done, death(await child.ended()))
            return
        self.batches += 1
        self._published()
        for change, result in zip(batch, values["results"], strict=True):
            change.tell(result)

    def _lost(self, batch: list[_Change], done: int, problem: Problem) -> None:
        """Tell of a batch whose process has ended: the job that it was at has failed; what it had not reached waits.

        If it had done all of them, it may have published them; then nobody knows.
        """
        self._child = None
        if (
            self._settings.server and not self._closing
        ):  # It may have broken something off there; a new one undoes that.
            self._mending = asyncio.get_running_loop().create_task(self._mend())
        if done == len(batch):
            for change in batch:
                change.fail(Problem(503, "unknown", "The writer has ended; look whether the change was made."))
            return
        batch[done].fail(problem)
        self._queue.extendleft(reversed([*batch[:done], *batch[done + 1 :]]))

    async def _mend(self) -> None:
        with contextlib.suppress(ConnectionError, OSError):  # The next change tries again.
            await self._started()

    async def _started(self) -> Child:
        async with self._starting:
            return await self._start()

    async def _start(self) -> Child:
        if self._child is None or not self._child.is_alive:
            settings = self._settings
            self._child = await Child.start(
                _MODULE,
                {
                    "store": str(settings.store),
                    "server": settings.server,
                    "dataset": settings.dataset,
                    "base": BASE,
                    "memory": settings.memory,
                    "hosts": sorted(settings.hosts),
                    "nesting": settings.nesting,
                },
            )
        return self._child
