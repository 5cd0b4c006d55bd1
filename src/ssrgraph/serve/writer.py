"""The process that writes: one batch of changes at a time, published as one generation; it ends with the front.

It reads from its standard input the jobs of a batch, each followed by its bodies, and a word that the batch is whole;
it answers with a message for each job that it has done and, once the batch is on the disk, with what came of each. It
may be killed at any moment: what was not published was never acknowledged, and nobody sees it.
"""

from __future__ import annotations

import select
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO

from ssrgraph.errors import StoreError
from ssrgraph.serve import framing
from ssrgraph.serve.applying import Applying, Part
from ssrgraph.serve.following import follow
from ssrgraph.serve.problems import Problem
from ssrgraph.serve.worker import begin, limit_memory, problem_of_error
from ssrgraph.store import Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from pyoxigraph import NamedNode

    from ssrgraph.reasoning import Reasoner
    from ssrgraph.serve.framing import Values
    from ssrgraph.store.remote import Mirror

_IDLE = 1.0
"""Seconds without a batch after which others may write to the store."""


class _Batches:
    """Writes batch after batch; between two of them the store stays open for a while."""

    def __init__(self, settings: Values) -> None:
        self._settings = settings
        self._writer: Writer | None = None
        self._reasoner: Reasoner | None = None
        self._mirror: Mirror | None = None
        self._is_broken = bool(settings["server"])  # Until it is known that no process before broke something off.

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
                self._publish(writer, applying.graphs)
                if writer.is_worn:
                    self.close()
        except StoreError as error:
            self.close()
            self._is_broken = bool(self._settings["server"])
            sys.stderr.write(f"{error}\n")
            problem = Problem(503, "store", f"The store cannot be written now: {error.problem}.")
            return [problem.members()] * len(batch)
        return results

    def close(self) -> None:
        """Let others write."""
        if self._writer is not None:
            self._writer.close()
            self._writer = self._reasoner = None

    def mend(self) -> None:
        """Undo on the server what was broken off there: while it stands, whoever reads it is told to wait."""
        if self._is_broken:
            with suppress(StoreError):
                self._followed().undo(base_iri=self._settings["base"])
                self._is_broken = False

    def _publish(self, writer: Writer, changed: Collection[NamedNode]) -> None:
        if self._settings["server"]:
            self._followed().publish(writer, changed)
        else:
            writer.publish()

    def _opened(self) -> Writer:
        if not self._settings["server"]:
            if self._writer is None:
                self._writer = Writer.open(
                    self._settings["store"], base_iri=self._settings["base"], dataset=self._settings["dataset"]
                )
            return self._writer
        mirror = self._followed()
        if self._writer is not None and not mirror.is_current():
            self.close()  # Somebody else has changed the server.
        if self._writer is None:
            self._writer = mirror.writer(base_iri=self._settings["base"])
        return self._writer

    def _followed(self) -> Mirror:
        if self._mirror is None:
            self._mirror = follow(self._settings["server"])
        return self._mirror


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
    if (begun := begin()) is None:
        return
    jobs, answers, settings = begun
    limit_memory(settings["memory"])
    answers.write(framing.packed_json(framing.READY, {}))
    batches = _Batches(settings)
    try:
        while True:
            while not select.select([jobs], [], [], _IDLE)[0]:
                batches.close()
                batches.mend()
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
