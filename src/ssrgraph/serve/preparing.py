"""Answers to saved queries that take long are made ahead, by a process of its own, while no client waits."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from ssrgraph.serve import framing
from ssrgraph.serve.processes import Child
from ssrgraph.serve.saved_tasks import saved_queries

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssrgraph.serve.settings import Settings
    from ssrgraph.serve.snapshots import Snapshot

_LOG = logging.getLogger(__name__)
_MODULE = "ssrgraph.serve.preparer"
_CALM = 5.0
"""Seconds without a change of the store after which answers are made."""
_WATCH = 0.5
_PATIENCE = 60
"""How often it is looked, at most, whether no client waits; then an answer is made all the same, behind the clients."""
_LONGEST = 20
"""How long one answer may take to be made, as a multiple of what a query may take."""
_WORTHWHILE = 0.1
"""Processor seconds from which on it pays to keep an answer."""
_PASSED_OVER = frozenset({"federated"})
"""Groups of queries whose answers do not hang on the store alone."""


class Preparing:
    """Has answers made, for the state of the store that counts.

    Only one is made at a time, at the lowest priority; it is begun when no client waits, or after half a minute.

    Args:
        settings: What the server was told.
        is_busy: Says whether queries of clients run.

    Attributes:
        number: How many answers are there for this state.
    """

    def __init__(self, settings: Settings, *, is_busy: Callable[[], bool]) -> None:
        self._settings = settings
        self._is_busy = is_busy
        self._child: Child | None = None
        self._task: asyncio.Task[None] | None = None
        self.number = 0

    @property
    def is_at_work(self) -> bool:
        """Whether answers for this state are still to be made."""
        return self._task is not None and not self._task.done()

    def turn(self, snapshot: Snapshot) -> None:
        """Make answers for this state of the store from now on, and for no other."""
        self._halt()
        self.number = 0
        if self._settings.prepared:
            self._task = asyncio.get_running_loop().create_task(self._run(snapshot))

    async def stop(self) -> None:
        """Make no more."""
        task, child = self._task, self._child
        self._halt()
        if task is not None:
            await asyncio.wait([task])  # A process that was just being started is ended by it.
        if child is not None:
            await child.ended()

    def _halt(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._end()

    def _end(self) -> None:
        """End the process that makes them."""
        if self._child is not None:
            self._child.kill()
            self._child = None

    async def _run(self, snapshot: Snapshot) -> None:
        await asyncio.sleep(_CALM)
        for name, query in saved_queries().items():
            if query.group in _PASSED_OVER:
                continue
            await self._quiet()
            try:
                # Not wait_for, which can pass over that it was told to end, and would then go on beside its successor.
                async with asyncio.timeout(_LONGEST * self._settings.timeout):
                    problem = await self._make(name, snapshot)
            except (ConnectionError, OSError, TimeoutError) as error:
                # It took too much time or memory: whoever asks for it is told so. The others may do better.
                _LOG.info("the answer to %s is not made ahead: %s", name, error or type(error).__name__)
                self._end()
                continue
            if problem:
                _LOG.warning("answers are not made ahead: %s", problem)
                break
        self._end()

    async def _quiet(self) -> None:
        """Wait until no client waits for a query, but not for ever: a server may never be without one."""
        for _ in range(_PATIENCE):
            if not self._is_busy():
                return
            await asyncio.sleep(_WATCH)

    async def _make(self, name: str, snapshot: Snapshot) -> str:
        """Have one answer made; return why no more can be, or ""."""
        if self._child is None:
            self._child = await self._start(snapshot)
        await self._child.send(framing.packed_json(framing.JOB, {"name": name}))
        _, content = await self._child.receive()
        values = framing.values_of(content)
        self.number += bool(values["made"])
        return str(values.get("problem", ""))

    async def _start(self, snapshot: Snapshot) -> Child:
        settings = self._settings
        return await Child.start(
            _MODULE,
            {
                "store": str(settings.store),
                "generation": snapshot.name,
                "memory": settings.memory,
                "result": settings.result,
                "nesting": settings.nesting,
                "prepared": settings.prepared,
                "worthwhile": _WORTHWHILE,
            },
        )
