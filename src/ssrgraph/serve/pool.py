"""The processes that run queries: as many as there may be, one kept warm to take the place of one that is killed."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections import deque
from typing import TYPE_CHECKING

from ssrgraph.serve import framing
from ssrgraph.serve.answers import Answer
from ssrgraph.serve.problems import Problem
from ssrgraph.serve.processes import Child

if TYPE_CHECKING:
    from ssrgraph.serve.framing import Values
    from ssrgraph.serve.settings import Settings
    from ssrgraph.serve.snapshots import Snapshot

_LOG = logging.getLogger(__name__)
_MODULE = "ssrgraph.serve.worker"
_SLOW_AFTER = 1.0
"""Seconds after which a query gives its place to others and is put behind them."""
_WATCH = 0.2
_RETRY = 0.5


class Pool:
    """Runs jobs on processes, within limits.

    A job that runs for long gives its place to another one and goes on behind the others, as long as not too many do
    so; so a few queries that take long do not hold up the many that do not.

    Args:
        settings: The limits.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._idle: deque[Child] = deque()
        self._all: set[Child] = set()
        self._arrived = asyncio.Condition()
        self._slots = asyncio.Semaphore(settings.workers)
        self._slow = asyncio.Semaphore(settings.workers)
        self._tasks: set[asyncio.Task[None]] = set()
        self._busy: dict[Child, tuple[Answer, asyncio.Task[None]]] = {}
        self._waiting = 0
        self._closing = False
        self.lost = 0

    @property
    def busy(self) -> int:
        """How many jobs run."""
        return len(self._busy)

    @property
    def waiting(self) -> int:
        """How many jobs wait for a process."""
        return self._waiting

    @property
    def processes(self) -> int:
        """How many processes there are."""
        return len(self._all)

    async def start(self) -> None:
        """Start the processes; return when all are ready.

        Raises:
            ConnectionError: A process cannot be started.
        """
        children = await asyncio.gather(*(self._start_child() for _ in range(self._settings.workers + 1)))
        self._idle.extend(children)
        self._spawn(self._watch())

    async def stop(self) -> None:
        """Wait for the jobs that run, then end the processes."""
        self._closing = True
        if self._busy:
            await asyncio.wait([work for _, work in self._busy.values()])
        for task in list(self._tasks):
            task.cancel()
        for child in list(self._all):
            child.kill()
        await asyncio.gather(*(child.ended() for child in self._all))

    async def run(self, job: Values, *, snapshot: Snapshot, seconds: float | None = None) -> Answer:
        """Run a job; return when its answer is there or has grown so large that it should be sent as it comes.

        Raises:
            Problem: There is no answer.
        """
        if self._closing:
            raise Problem(503, "closing", "The server is closing.")
        if self._waiting >= self._settings.waiting:
            raise Problem(503, "busy", "Too many queries wait already; try again soon.", headers={"retry-after": "2"})
        limit = self._settings.timeout if seconds is None else seconds
        answer = Answer(snapshot)
        self._waiting += 1
        try:
            async with asyncio.timeout(self._settings.timeout):
                await self._slots.acquire()
        except TimeoutError:
            raise Problem(
                503, "busy", "No worker became free in time; try again soon.", headers={"retry-after": "2"}
            ) from None
        finally:
            self._waiting -= 1
        self._spawn(self._conduct({**job, "generation": snapshot.name, "version": snapshot.version}, answer, limit))
        answer.when_abandoned(self._give_up)
        try:
            await answer.settled()
        except asyncio.CancelledError:
            self._give_up(answer)
            raise
        return answer

    def _give_up(self, answer: Answer) -> None:
        """Stop a job whose answer nobody wants any more."""
        answer.fail(Problem(503, "given-up", "Nobody waits for the answer any more."))
        for child, (each, _) in self._busy.items():
            if each is answer:
                child.kill()

    def open(self, snapshot: Snapshot) -> None:
        """Have the idle processes open a generation, so that the next job need not wait for it."""
        for _ in range(len(self._idle)):
            self._spawn(self._open(self._idle.popleft(), snapshot))

    async def _open(self, child: Child, snapshot: Snapshot) -> None:
        job = {"task": "open", "generation": snapshot.name, "version": snapshot.version}
        with contextlib.suppress(ConnectionError):
            await child.send(framing.packed_json(framing.JOB, job))
            await child.receive()
        await self._give_back(child)

    async def _conduct(self, job: Values, answer: Answer, limit: float) -> None:
        """Have a process do a job; the place that the caller took is given back."""
        held = [self._slots]
        child = await self._take()
        if answer.problem is not None:  # It was given up before it began.
            self._slots.release()
            await self._give_back(child)
            return
        work = asyncio.current_task()
        assert work is not None  # noqa: S101 -- this runs as a task of its own
        self._busy[child] = answer, work
        slow = asyncio.get_running_loop().call_later(_SLOW_AFTER, self._move_behind, child, held)
        try:
            async with asyncio.timeout(limit):
                await _transfer(child, job, answer)
        except TimeoutError:
            child.kill()
            answer.fail(
                Problem(503, "query-timeout", f"The query takes more than the {limit:g} seconds that a query may take.")
            )
        except ConnectionError:
            status = await child.ended()
            answer.fail(death(status))
        except BaseException:
            child.kill()
            answer.fail(Problem(503, "closing", "The server is closing."))
            raise
        finally:
            slow.cancel()
            del self._busy[child]
            held[0].release()
            self._spawn(self._give_back(child))

    def _move_behind(self, child: Child, held: list[asyncio.Semaphore]) -> None:
        if self._slow.locked():
            return
        # Not locked: the acquisition ends without waiting, which only a coroutine may say.
        self._spawn(self._exchange(child, held))

    async def _exchange(self, child: Child, held: list[asyncio.Semaphore]) -> None:
        await self._slow.acquire()
        if child not in self._busy:
            self._slow.release()
            return
        held[0] = self._slow
        child.slow_down()
        self._slots.release()
        await self._replace()

    async def _take(self) -> Child:
        async with self._arrived:
            while True:
                while self._idle:
                    child = self._idle.popleft()
                    if child.is_alive:
                        return child
                    self._spawn(self._give_back(child))
                await self._arrived.wait()

    async def _give_back(self, child: Child) -> None:
        """Put a process among the idle ones, or another in its place."""
        if self._closing:
            return
        if child.is_alive and not child.is_slow:
            async with self._arrived:
                self._idle.append(child)
                self._arrived.notify()
            return
        was_slow = child.is_slow
        child.kill()
        await child.ended()
        self._forget(child)
        if not was_slow:  # Another was put in the place of a slow one when it became slow.
            self.lost += 1
            await self._replace()

    def _forget(self, child: Child) -> None:
        self._all.discard(child)

    async def _replace(self) -> None:
        while not self._closing:
            try:
                child = await self._start_child()
            except (ConnectionError, OSError) as error:
                _LOG.error("a worker cannot be started: %s", error)
                await asyncio.sleep(_RETRY)
                continue
            async with self._arrived:
                self._idle.append(child)
                self._arrived.notify()
            return

    async def _start_child(self) -> Child:
        settings = self._settings
        child = await Child.start(
            _MODULE,
            {
                "store": str(settings.store),
                "memory": settings.memory,
                "result": settings.result,
                "hosts": sorted(settings.hosts),
                "nesting": settings.nesting,
            },
        )
        self._all.add(child)
        return child

    async def _watch(self) -> None:
        """Kill what takes more memory than it may, and replace idle processes that somebody else has ended."""
        while True:
            await asyncio.sleep(_WATCH)
            for child, (answer, _) in list(self._busy.items()):
                if child.resident() > self._settings.memory:
                    answer.fail(_MEMORY)
                    child.kill()
            for child in [each for each in self._idle if not each.is_alive]:
                self._idle.remove(child)
                self._spawn(self._give_back(child))

    def _spawn(self, work: object) -> None:
        task: asyncio.Task[None] = asyncio.get_running_loop().create_task(work)  # type: ignore[arg-type]
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


_MEMORY = Problem(503, "memory-limit", "The query needs more memory than a query may have.")


def death(status: int) -> Problem:
    """Return what is told of a process that ended by itself: the engine ends it when it gets no memory."""
    if hasattr(signal, "SIGABRT") and status == -signal.SIGABRT:
        return _MEMORY
    return Problem(503, "worker-ended", "The process that ran the query has ended; try again.")


async def _transfer(child: Child, job: Values, answer: Answer) -> None:
    await child.send(framing.packed_json(framing.JOB, job))
    while True:
        kind, content = await child.receive()
        if kind == framing.DATA:
            answer.append(content)
        elif kind == framing.HEAD:
            answer.head = framing.values_of(content)
        elif kind == framing.END:
            answer.rows = framing.values_of(content)["rows"]
            answer.end()
            return
        else:
            answer.fail(problem_of(framing.values_of(content)))
            return


def problem_of(values: Values) -> Problem:
    """Return the problem that a process tells."""
    return Problem(
        values["status"],
        values["code"],
        values["detail"],
        line=values.get("line"),
        column=values.get("column"),
        headers=values.get("headers"),
    )
