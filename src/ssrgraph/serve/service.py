"""What all paths of a server share: its settings, the snapshot that counts, and the way to an answer."""

from __future__ import annotations

import contextlib
import logging
import secrets
import time
from functools import partial
from typing import TYPE_CHECKING

from ssrgraph.errors import StoreError
from ssrgraph.serve.cache import Cache, Kept
from ssrgraph.serve.following import Following
from ssrgraph.serve.metrics import Metrics
from ssrgraph.serve.pool import Pool
from ssrgraph.serve.preparing import Preparing
from ssrgraph.serve.ready import Ready
from ssrgraph.serve.sessions import Sessions
from ssrgraph.serve.snapshots import Editions, Snapshots
from ssrgraph.serve.writing import Writing

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from ssrgraph.serve.answers import Answer
    from ssrgraph.serve.framing import Values
    from ssrgraph.serve.records import Record
    from ssrgraph.serve.settings import Settings
    from ssrgraph.serve.snapshots import Snapshot

_LOG = logging.getLogger(__name__)


class Service:
    """What all paths of a server share.

    Args:
        settings: What the server was told.

    Raises:
        StoreError: There is no usable store.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._snapshots = Editions(settings.server) if settings.passed else Snapshots(settings.store)
        self.pool = Pool(settings)
        self.preparing = Preparing(settings, is_busy=lambda: bool(self.pool.busy or self.pool.waiting))
        info = self._snapshots.current.info
        if info.dataset != settings.dataset:
            raise StoreError(settings.store, f"has a {info.dataset} dataset; serve it with `--dataset {info.dataset}`")
        self.metrics = Metrics()
        self.writing = Writing(settings, published=self._published) if settings.is_writable else None
        self.following = Following(settings, told=self._looked) if settings.server else None
        self.cache: Cache[str, Kept] = Cache(settings.cache)
        self.ready = Ready(settings.cache // 4)
        self.sessions = Sessions(secrets.token_bytes(32), clock=time.time)
        self._together: dict[str, Answer] = {}

    async def start(self) -> None:
        """Start the processes."""
        await self.pool.start()
        if self.writing is not None:
            self.writing.start()
        if self.following is not None:
            self.following.start()
        self._turn()

    async def stop(self) -> None:
        """Wait for what runs, then end the processes."""
        await self.preparing.stop()
        if self.following is not None:
            await self.following.stop()
        if self.writing is not None:
            await self.writing.stop()
        await self.pool.stop()

    @property
    def snapshot(self) -> Snapshot:
        """The state of the store that counts now; a build that was published since is taken up."""
        try:
            if self._snapshots.refresh():
                self.cache.clear()
                self.ready.clear()
                self._turn()
        except StoreError as error:
            _LOG.warning("the former snapshot goes on being served: %s", error)
        return self._snapshots.current

    def _turn(self) -> None:
        """Have all processes work on the state of the store that counts."""
        self.pool.open(self._snapshots.current)
        self.preparing.turn(self._snapshots.current)

    def _looked(self, values: Values) -> None:
        """Take in what came of a look at the server behind this one."""
        if isinstance(self._snapshots, Editions) and "edition" in values:
            self._snapshots.tell(values["edition"], values["info"])
        _ = self.snapshot  # So that the next request need not wait for it.

    def _published(self) -> None:
        _ = self.snapshot

    async def change(self, job: Values, bodies: tuple[bytes, ...] = ()) -> int:
        """Have a change done to the store; return its HTTP status once it is on the disk and queries see it.

        Raises:
            Problem: It is not done.
        """
        assert self.writing is not None  # noqa: S101 -- whoever may not write is refused before
        return await self.writing.change(job, bodies)

    async def ask(self, job: Values, *, seconds: float | None = None) -> Answer:
        """Have a job done on the snapshot that counts now; see `tasks.TASKS` for what there is.

        Raises:
            Problem: There is no answer.
        """
        return await self.pool.run(job, snapshot=self.snapshot, seconds=seconds)

    async def ask_together(self, key: str, job: Values, snapshot: Snapshot, seconds: float | None = None) -> Answer:
        """Have a job done on a snapshot; whoever asks for the same meanwhile gets the same answer.

        Raises:
            Problem: There is no answer.
        """
        answer = self.answer_to(key, partial(self.pool.message, job, snapshot), snapshot, seconds)
        answer.waiting += 1
        try:
            await answer.settled()
        finally:
            answer.waiting -= 1
            if not answer.waiting and not answer.is_settled:
                answer.close()  # Nobody waits for it any more.
        return answer

    def answer_to(
        self, key: str, message: Callable[[], bytes], snapshot: Snapshot, seconds: float | None = None
    ) -> Answer:
        """Return the answer that is known by a key and still to come: one that others wait for, or of a new job.

        Raises:
            Problem: There will be none.
        """
        answer = self._together.get(key)
        if answer is None:
            answer = self._together[key] = self.pool.submit(message(), snapshot, seconds)
            answer.when_settled(partial(self._settle, key))
        return answer

    def _settle(self, key: str) -> None:
        del self._together[key]

    def keep_ready(
        self, snapshot: Snapshot, request: bytes, head: bytes, body: bytes, *, route: str, path: str, record: Record
    ) -> None:
        """Keep the response to a request for as long as the store is in this state."""
        if snapshot.version == self._snapshots.current.version:
            self.ready.keep(request, head, body, route=route, path=path, record=record)

    async def ask_whole(self, job: Values, *, seconds: float | None = None) -> bytes:
        """Have a job done and return all of its answer.

        Raises:
            Problem: There is no answer, or it was cut off.
        """
        answer = await self.ask(job, seconds=seconds)
        with contextlib.closing(answer):
            return b"".join([chunk async for chunk in answer.chunks()])


def service_of(request: Request) -> Service:
    """Return the service behind a request."""
    service: Service = request.app.state.service
    return service
