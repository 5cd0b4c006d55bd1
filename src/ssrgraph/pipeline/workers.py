"""The processes that read documents; what they finish is on the disk before anybody waits for it."""

from __future__ import annotations

import os
import signal
import threading
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing import active_children, get_context, parent_process
from typing import TYPE_CHECKING

from ssrgraph.pipeline.reading import Reader, Refusal, WorkerError, sensible_jobs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Future

    from ssrgraph.pipeline.inputs import Input, Options
    from ssrgraph.pipeline.reading import Reading
    from ssrgraph.pipeline.records import Records

_AHEAD = 32
"""How many documents a process are handed out ahead, so that none waits while those that are done are stored."""


def read_and_keep(
    inputs: Sequence[Input], options: Options, records: Records, *, jobs: int | None = None
) -> Iterator[tuple[Input, Reading | Refusal]]:
    """Read documents, keep what each came to, and yield it with its input, in the order in which they are done.

    Only what is yielded is held in memory: processes pass on the names of their records.

    Raises:
        WorkerError: A process was ended from outside.
        OSError: A record cannot be written.
    """
    count = sensible_jobs(len(inputs), jobs)
    if count <= 1:
        reader = Reader(options)
        for item in inputs:
            outcome = reader.read(item)
            if _lasts(item, outcome):
                records.keep(outcome)
            yield item, outcome
        return
    others = set(active_children())
    # Spawned, not forked: a fork of a process with threads (numpy, pyoxigraph) may hang.
    pool = ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_begin, initargs=(options, records))
    try:
        yield from _done(pool, inputs, records, count * _AHEAD)
    except BaseException as error:
        # Whatever they still read is not waited for.
        for process in set(active_children()) - others:
            process.terminate()
        if isinstance(error, BrokenProcessPool):
            raise WorkerError from error
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _done(
    pool: ProcessPoolExecutor, inputs: Sequence[Input], records: Records, ahead: int
) -> Iterator[tuple[Input, Reading | Refusal]]:
    left = iter(inputs)
    working: dict[Future[str | Refusal], Input] = {}
    while True:
        with _uninterrupted():
            working |= {pool.submit(_read, item): item for item in islice(left, ahead - len(working))}
        if not working:
            return
        for future in wait(working, return_when=FIRST_COMPLETED).done:
            item, found = working.pop(future), future.result()
            yield item, records.load(found) if isinstance(found, str) else found


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C back within the block; processes started there never get it, and are ended by their parent.

    It reaches all processes of a terminal, and each would say that it was interrupted.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    former = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, former)


def _lasts(item: Input, outcome: Reading | Refusal) -> bool:
    """Say whether an outcome is worth keeping.

    A file that cannot be opened now perhaps can be another time, and one that was named and is refused ends the build.
    """
    return bool(outcome.fingerprint) and not item.problem and not (item.named and isinstance(outcome, Refusal))


_worker: tuple[Reader, Records] | None = None
"""What a worker process works with; the parent has none."""


def _begin(options: Options, records: Records) -> None:
    global _worker  # noqa: PLW0603 -- a pool gives its initializer no other place
    _worker = (Reader(options), records)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when its parent has ended, however that ended; nobody would ever give it work again."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _read(item: Input) -> str | Refusal:
    if _worker is None:
        raise WorkerError
    reader, records = _worker
    outcome = reader.read(item)
    return outcome if isinstance(outcome, Refusal) and not _lasts(item, outcome) else records.keep(outcome)
