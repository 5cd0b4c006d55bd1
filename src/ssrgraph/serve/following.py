"""A server of SPARQL behind this one: a process of its own copies its store edition after edition, or just looks."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from ssrgraph.materialize import FINDINGS, REASONER
from ssrgraph.serve import framing
from ssrgraph.serve.processes import Child

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssrgraph.serve.framing import Values
    from ssrgraph.serve.settings import Settings
    from ssrgraph.store.remote import Mirror

_LOG = logging.getLogger(__name__)
_MODULE = "ssrgraph.serve.follower"
_RETRY = 1.0


def follow(address: str) -> Mirror:
    """Return the copy of a server's store that is served from here.

    Raises:
        StoreError: The server does not answer, or there is no place for the copy.
    """
    from ssrgraph.store.remote import Mirror  # noqa: PLC0415 -- a folder needs no HTTP

    return Mirror.open(address, without=(REASONER, FINDINGS))


class Following:
    """Has the server followed, and knows whether it is.

    Args:
        settings: Which server, and how often it is looked at.
        told: Told what came of each look; of another edition that is not copied, `edition` and `info`.

    Attributes:
        problem: Why the server is not followed now; "" if it is.
    """

    def __init__(self, settings: Settings, *, told: Callable[[Values], None]) -> None:
        self._settings = settings
        self._told = told
        self._child: Child | None = None
        self._task: asyncio.Task[None] | None = None
        self.problem = ""

    def start(self) -> None:
        """Begin to follow it."""
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def stop(self) -> None:
        """Follow it no longer. What is being fetched is fetched anew the next time."""
        if self._task is not None:
            self._task.cancel()
        if self._child is not None:
            self._child.kill()
            await self._child.ended()

    def look(self) -> None:
        """Have the server looked at now."""
        if self._child is not None:
            self._child.write(framing.packed_json(framing.JOB, {}))

    async def _run(self) -> None:
        while True:
            try:
                await self._watch()
            except (ConnectionError, OSError) as error:
                _LOG.error("the process that follows %s has ended: %s", self._settings.server, error)
            await asyncio.sleep(_RETRY)

    async def _watch(self) -> None:
        """Run the process until it ends."""
        given = self._settings
        settings = {"server": given.server, "look": given.look, "passed": given.passed}
        self._child = child = await Child.start(_MODULE, settings)
        while True:
            _, content = await child.receive()
            values = framing.values_of(content)
            problem = values["problem"]
            if problem and problem != self.problem:
                _LOG.warning("%s %s", given.server, problem)
            elif self.problem and not problem:
                _LOG.warning("%s is followed again", self._settings.server)
            self.problem = problem
            self._told(values)
