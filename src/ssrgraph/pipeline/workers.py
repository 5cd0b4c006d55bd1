"""The processes that read documents; what they finish is on the disk before anybody waits for it."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import TYPE_CHECKING

from ssrgraph.pipeline.reading import Reader, Refusal, WorkerError, sensible_jobs
from ssrgraph.processes import workers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Future

    from ssrgraph.pipeline.inputs import Input, Options
    from ssrgraph.pipeline.reading import Reading
    from ssrgraph.pipeline.records import Records
    from ssrgraph.processes import Workers

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
    try:
        with workers(count, _begin, options, records) as pool:
            yield from _done(pool, inputs, records, count * _AHEAD)
    except BrokenProcessPool as error:
        raise WorkerError from error


def _done(
    pool: Workers, inputs: Sequence[Input], records: Records, ahead: int
) -> Iterator[tuple[Input, Reading | Refusal]]:
    left = iter(inputs)
    working: dict[Future[str | Refusal], Input] = {}
    while True:
        working |= {pool.submit(_read, item): item for item in islice(left, ahead - len(working))}
        if not working:
            return
        for future in wait(working, return_when=FIRST_COMPLETED).done:
            item, found = working.pop(future), future.result()
            yield item, records.load(found) if isinstance(found, str) else found


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


def _read(item: Input) -> str | Refusal:
    if _worker is None:
        raise WorkerError
    reader, records = _worker
    outcome = reader.read(item)
    return outcome if isinstance(outcome, Refusal) and not _lasts(item, outcome) else records.keep(outcome)
