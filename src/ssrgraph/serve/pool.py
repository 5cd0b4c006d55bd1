"""The processes that run queries: as many as there may be, one kept warm to take the place of one that is killed."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import deque
from functools import partial
from typing import TYPE_CHECKING

from ssrgraph.serve import framing
from ssrgraph.serve.answers import Answer
from ssrgraph.serve.problems import Problem
from ssrgraph.serve.processes import Child
from ssrgraph.serve.work import MEMORY, Work, death, problem_of

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from ssrgraph.serve.framing import Values
    from ssrgraph.serve.settings import Settings
    from ssrgraph.serve.snapshots import Snapshot

_LOG = logging.getLogger(__name__)
_MODULE = "ssrgraph.serve.worker"
_SLOW_AFTER = 1.0
"""Seconds after which a query gives its place to others and is put behind them."""
_SHORT = 0.1
"""Seconds up to which a query is taken for one of those that are soon done."""
_WATCH = 0.2
_RETRY = 0.5
_CALM = 2.0
"""Seconds without a change of the store or of the processes after which copies in memory are made."""
_RESTS = 3.0
"""How long a process that makes its copy while others work rests, as a multiple of the time it works."""
_BUSY = {"retry-after": "2"}


class Pool:
    """Runs jobs on processes, within limits.

    A job that runs for long gives its place to another one and goes on behind the others, as long as not too many do
    so; so a few queries that take long do not hold up the many that do not. Where none of the jobs that run is soon
    done, the process that is kept warm takes one more.

    Args:
        settings: The limits.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._idle: list[Child] = []
        self._all: set[Child] = set()
        self._queue: deque[Work] = deque()
        self._running: dict[Child, Work] = {}
        self._quick = self._slow = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._quiet = asyncio.Event()
        self._closing = False
        self._snapshot: Snapshot | None = None
        self._copying: asyncio.Task[None] | None = None
        self._looking: asyncio.TimerHandle | None = None
        self.lost = 0

    @property
    def busy(self) -> int:
        """How many jobs run."""
        return len(self._running)

    @property
    def waiting(self) -> int:
        """How many jobs wait for a process."""
        return len(self._queue)

    @property
    def processes(self) -> int:
        """How many processes there are."""
        return len(self._all)

    @property
    def copies(self) -> int:
        """How many processes have a copy of the store as it is now."""
        return sum(child.shared > 0 and child.state == self._version for child in self._all)

    @property
    def _version(self) -> str:
        return "" if self._snapshot is None else self._snapshot.version

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
        if self._looking is not None:
            self._looking.cancel()
        while self._running:
            self._quiet.clear()
            await self._quiet.wait()
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
        answer = self.submit(self.message(job, snapshot), snapshot, seconds)
        try:
            await answer.settled()
        except asyncio.CancelledError:
            answer.close()
            raise
        return answer

    @staticmethod
    def message(job: Values, snapshot: Snapshot) -> bytes:
        """Return the message that has a process do a job on a snapshot."""
        return framing.packed_json(framing.JOB, {**job, "generation": snapshot.name, "version": snapshot.version})

    def submit(self, message: bytes, snapshot: Snapshot, seconds: float | None = None) -> Answer:
        """Have a job run as soon as a process is free; return its answer, which is still to come.

        Raises:
            Problem: It is not taken.
        """
        if self._closing:
            raise Problem(503, "closing", "The server is closing.")
        answer = Answer(snapshot)
        work = Work(message, answer, self._settings.timeout if seconds is None else seconds)
        child = self._free()
        if child is not None:
            self._begin(child, work)
        elif len(self._queue) >= self._settings.waiting:
            raise Problem(503, "busy", "Too many queries wait already; try again soon.", headers=_BUSY)
        else:
            self._queue.append(work)
            self._look_soon()
            work.timer = asyncio.get_running_loop().call_later(self._settings.timeout, self._refuse, work)
        answer.when_abandoned(partial(self._give_up, work))
        return answer

    def _refuse(self, work: Work) -> None:
        self._queue.remove(work)
        work.answer.fail(Problem(503, "busy", "No worker became free in time; try again soon.", headers=_BUSY))

    def _give_up(self, work: Work) -> None:
        """Stop a job whose answer nobody wants any more."""
        if work.child is not None:
            work.child.kill()
        elif work in self._queue:
            self._queue.remove(work)
            if work.timer is not None:
                work.timer.cancel()
        work.answer.fail(Problem(503, "given-up", "Nobody waits for the answer any more."))

    def open(self, snapshot: Snapshot) -> None:
        """Have the idle processes open a generation, so that the next job need not wait for it."""
        self._snapshot = snapshot
        self._copy_soon()
        idle, self._idle = self._idle, []
        for child in idle:
            self._spawn(self._open(child, snapshot))

    async def _open(self, child: Child, snapshot: Snapshot) -> None:
        with contextlib.suppress(ConnectionError):
            await child.send(self.message({"task": "open"}, snapshot))
            await child.receive()
        self._give_back(child)

    def _copy_soon(self) -> None:
        """Have all processes make copies of the store in memory, once it has been the same for a while."""
        if self._copying is not None:
            self._copying.cancel()
        if self._settings.copied and not self._closing:
            self._copying = self._spawn(self._copy())

    async def _copy(self) -> None:
        """Have one process after another make its copy, while the others work."""
        await asyncio.sleep(_CALM)
        while snapshot := self._snapshot:
            without = [child for child in self._all if child.state != snapshot.version and not child.is_slow]
            if not without:
                return
            child = next((child for child in without if child in self._idle), None)
            if child is None or not self._can_spare_one():
                await asyncio.sleep(_WATCH)
            else:
                self._idle.remove(child)
                # A copy that has begun is not broken off with this task: its process would be given work while the
                # word that the copy is made is still to come, and that word be taken for the answer.
                await asyncio.shield(self._spawn(self._copy_in(child, snapshot)))

    def _can_spare_one(self) -> bool:
        """Say whether an idle process may do something else: there is another, or the others will soon be free."""
        now = asyncio.get_running_loop().time()
        return len(self._idle) > 1 or all(now - work.begun < _SHORT for work in self._running.values())

    async def _copy_in(self, child: Child, snapshot: Snapshot) -> None:
        try:
            with contextlib.suppress(ConnectionError):
                rests = _RESTS if self._running else 0.0
                await child.send(self.message({"task": "copy", "rests": rests}, snapshot))
                kind, content = await child.receive()
                if kind == framing.ANSWER:
                    child.shared = framing.answer_of(content)[0]["taken"]
                # One that could not make it is not asked again for this state of the store.
                child.state = snapshot.version
        finally:
            self._give_back(child)

    def _look_soon(self) -> None:
        """Look after a while whether what waits may begin, for what runs may turn out to take long."""
        if self._looking is None:
            self._looking = asyncio.get_running_loop().call_later(_SHORT, self._look)

    def _look(self) -> None:
        self._looking = None
        self._next()
        if self._queue:
            self._look_soon()

    def _may_begin(self) -> bool:
        """Say whether one more job may run: one beyond the number where none of those that run is soon done."""
        if self._quick < self._settings.workers:
            return True
        now = asyncio.get_running_loop().time()
        quick = [work for work in self._running.values() if not work.is_slow]
        return self._quick == self._settings.workers and all(now - work.begun >= _SHORT for work in quick)

    def _free(self) -> Child | None:
        """Return a process that may begin a job: one that has a copy, and of these the one that had the last."""
        while self._idle and self._may_begin():
            child = self._idle.pop()
            if child.is_alive:
                return child
            self._spawn(self._bury(child))
        return None

    def _begin(self, child: Child, work: Work) -> None:
        self._quick += 1
        self._running[child] = work
        work.child = child
        child.sink = partial(self._take, work)
        child.write(work.message)
        wait = min(work.limit, _SLOW_AFTER)
        loop = asyncio.get_running_loop()
        work.begun = loop.time()
        work.timer = loop.call_later(wait, self._be_late, work, work.limit - wait)

    def _take(self, work: Work, kind: bytes, content: bytes) -> None:
        """Take a message of a process that does a job."""
        answer = work.answer
        if kind == framing.ANSWER:
            answer.head, answer.rows, body = framing.answer_of(content)
            answer.append(body)
            self._finish(work)
            answer.end()
        elif kind == framing.DATA:
            answer.append(content)
        elif kind == framing.HEAD:
            answer.head = framing.values_of(content)
        elif kind == framing.END:
            answer.rows = framing.values_of(content)["rows"]
            self._finish(work)
            answer.end()
        else:
            self._finish(work)
            answer.fail(problem_of(framing.values_of(content)))

    def _finish(self, work: Work) -> None:
        """Take a job from its process; whatever waits gets it."""
        child = work.child
        assert child is not None  # noqa: S101 -- it has begun
        work.child = None
        if work.timer is not None:
            work.timer.cancel()
        del self._running[child]
        child.sink = None
        if work.is_slow:
            self._slow -= 1
        else:
            self._quick -= 1
        self._give_back(child)
        if not self._running:
            self._quiet.set()

    def _give_back(self, child: Child) -> None:
        """Put a process among the idle ones, or another in its place."""
        if not child.is_alive or child.is_slow:
            self._spawn(self._bury(child))
        elif child.state == self._version:
            self._idle.append(child)
        else:
            self._idle.insert(0, child)  # Those that have a copy come first; this one gets time to make its own.
        self._next()

    def _next(self) -> None:
        """Begin what waits, as far as there are processes."""
        while self._queue and (child := self._free()) is not None:
            work = self._queue.popleft()
            if work.timer is not None:
                work.timer.cancel()
            self._begin(child, work)

    def _be_late(self, work: Work, left: float) -> None:
        """Put a job that takes long behind the others, or end it if it has no time left."""
        child = work.child
        assert child is not None  # noqa: S101 -- the timer ends with the job
        if left <= 0:
            child.kill()
            limit = f"{work.limit:g}"
            work.answer.fail(
                Problem(503, "query-timeout", f"The query takes more than the {limit} seconds that a query may take.")
            )
            return
        work.timer = asyncio.get_running_loop().call_later(left, self._be_late, work, 0.0)
        if self._slow < self._settings.workers:
            self._quick -= 1
            self._slow += 1
            work.is_slow = True
            child.slow_down()
            self._spawn(self._replace())
            self._next()

    def _vanish(self, child: Child) -> None:
        """Take note of a process that is gone, whoever has ended it."""
        if child in self._running:
            self._spawn(self._mourn(child))
        elif child in self._idle:
            self._idle.remove(child)
            self._spawn(self._bury(child))

    async def _mourn(self, child: Child) -> None:
        """Tell what became of the job of a process that is gone."""
        status = await child.ended()
        work = self._running[child]
        self._finish(work)
        work.answer.fail(death(status))

    async def _bury(self, child: Child) -> None:
        """End a process and start another in its place, unless that was done when it became slow."""
        child.kill()
        await child.ended()
        self._all.discard(child)
        if not child.is_slow and not self._closing:
            self.lost += 1
            await self._replace()

    async def _replace(self) -> None:
        while not self._closing:
            try:
                child = await self._start_child()
            except (ConnectionError, OSError) as error:
                _LOG.error("a worker cannot be started: %s", error)
                await asyncio.sleep(_RETRY)
                continue
            if self._snapshot is None:
                self._give_back(child)
            else:
                await self._open(child, self._snapshot)
            return

    async def _start_child(self) -> Child:
        settings = self._settings
        child = await Child.start(
            _MODULE,
            {
                "store": str(settings.store),
                "server": settings.server if settings.passed else "",
                "memory": settings.memory,
                "result": settings.result,
                "hosts": sorted(settings.hosts),
                "nesting": settings.nesting,
                "copied": settings.copied,
            },
        )
        child.vanished = self._vanish
        self._all.add(child)
        self._copy_soon()
        return child

    async def _watch(self) -> None:
        """Kill what takes more memory than it may."""
        while True:
            await asyncio.sleep(_WATCH)
            for child, work in list(self._running.items()):
                if child.resident() > self._settings.memory:
                    work.answer.fail(MEMORY)
                    child.kill()

    def _spawn(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task: asyncio.Task[None] = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
