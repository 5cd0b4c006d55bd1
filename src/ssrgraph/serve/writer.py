"""The process that writes: one batch of changes at a time, published as one generation; it ends with the front.

It reads from its standard input the jobs of a batch, each followed by its bodies, and a word that the batch is whole;
it answers with a message for each job that it has done and, once the batch is on the disk, with what came of each. It
may be killed at any moment: what was not published was never acknowledged, and nobody sees it.
"""

from __future__ import annotations

import os
import select
import sys
import threading
from typing import TYPE_CHECKING, BinaryIO

from ssrgraph.errors import StoreError
from ssrgraph.serve import framing
from ssrgraph.serve.applying import Applying, Part
from ssrgraph.serve.problems import Problem
from ssrgraph.serve.worker import end_with, limit_memory, problem_of_error, streams
from ssrgraph.store import Writer

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssrgraph.reasoning import Reasoner
    from ssrgraph.serve.framing import Values

_IDLE = 1.0
"""Seconds without a batch after which others may write to the store."""


class _Batches:
    """Writes batch after batch; between two of them the store stays open for a while."""

    def __init__(self, settings: Values) -> None:
        self._settings = settings
        self._writer: Writer | None = None
        self._reasoner: Reasoner | None = None

    def write(self, batch: list[tuple[Values, list[Part]]], tell: Callable[[bytes], object]) -> list[Values]:
        """Do the jobs of a batch and publish them; return what came of each."""
        try:
            writer = self._opened()
            applying = Applying(
                writer.draft,
                hosts=frozenset(self._settings["hosts"]),
                nesting=self._settings["nesting"],
                reasoner=self._reasoner,
            )
            results = []
            for job, parts in batch:
                results.append(_result(applying, job, parts))
                tell(framing.packed_json(framing.HEAD, {"done": len(results)}))
            if any(result["status"] < 400 for result in results):  # noqa: PLR2004 -- an error of HTTP
                self._reasoner = applying.finish()
                writer.publish()
        except StoreError as error:
            self.close()
            sys.stderr.write(f"{error}\n")
            problem = Problem(503, "store", f"The store cannot be written now: {error.problem}.")
            return [problem.members()] * len(batch)
        return results

    def close(self) -> None:
        """Let others write."""
        if self._writer is not None:
            self._writer.close()
            self._writer = self._reasoner = None

    def _opened(self) -> Writer:
        if self._writer is None:
            self._writer = Writer.open(
                self._settings["store"], base_iri=self._settings["base"], dataset=self._settings["dataset"]
            )
        return self._writer


def _result(applying: Applying, job: Values, parts: list[Part]) -> Values:
    try:
        return {"status": applying.apply(job, parts)}
    except StoreError:
        raise
    except Exception as error:  # noqa: BLE001 -- the edge: whatever it is, the client is told, and the batch goes on
        problem = problem_of_error(error)
        return {**problem.members(), "headers": problem.headers}


def main() -> None:
    """Write batches until the front is gone."""
    jobs, answers = streams()
    first = framing.read(jobs)
    if first is None:
        return
    settings = framing.values_of(first[1])
    limit_memory(settings["memory"])
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    answers.write(framing.packed_json(framing.READY, {}))
    batches = _Batches(settings)
    try:
        while True:
            if not select.select([jobs], [], [], _IDLE)[0]:
                batches.close()
            batch = _batch(jobs)
            if batch is None:
                return
            answers.write(framing.packed_json(framing.END, {"results": batches.write(batch, answers.write)}))
    except BrokenPipeError:
        return  # The front is gone.
    finally:
        batches.close()


def _batch(jobs: BinaryIO) -> list[tuple[Values, list[Part]]] | None:
    """Read a batch; None if none will come."""
    batch: list[tuple[Values, list[Part]]] = []
    while (message := framing.read(jobs)) is not None:
        kind, content = message
        if kind == framing.END:
            return batch
        if kind == framing.JOB:
            batch.append((framing.values_of(content), []))
        else:
            job, parts = batch[-1]
            parts.append(Part(format=job["formats"][len(parts)], content=content))
    return None


if __name__ == "__main__":
    main()
