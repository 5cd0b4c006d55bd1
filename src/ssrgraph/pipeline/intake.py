"""What documents came to, brought into a draft and its ledger: many new documents at a time."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from ssrgraph.errors import DocumentError
from ssrgraph.graph import Iris
from ssrgraph.pipeline.reading import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

    from ssrgraph.materialize import Changes
    from ssrgraph.pipeline.inputs import Input
    from ssrgraph.pipeline.ledger import Ledger
    from ssrgraph.pipeline.reading import Reading
    from ssrgraph.store import Draft

    Progress = Callable[[str, int, int], None]

_PART = 24_000_000
"""Bytes of N-Quads that are loaded at a time. The database merges each load with what it holds: loads of 16 MB, made
while 10,000 documents were read, wrote 59 GB and took 390 seconds of the processor, more for each thousand documents
than for the one before. One after another at the end, when several are merged at once, they write 21 GB and take 170
seconds, in proportion. Larger ones take memory (64 MB: 0.7 GB) and save no time."""


class Intake:
    """Takes in documents one after another.

    Args:
        draft: Where they go.
        changes: What the draft is changed by.
        ledger: Where they are entered.
        base: What IRIs begin with.

    Attributes:
        loads: How many times something was loaded.
    """

    def __init__(self, draft: Draft, changes: Changes, ledger: Ledger, *, base: str) -> None:
        self._draft = draft
        self._changes = changes
        self._ledger = ledger
        self._iris = Iris(base)
        self._waiting = _Waiting(draft)
        self.loads = 0

    def take(self, item: Input, outcome: Reading | Refusal) -> None:
        """Take in what one document came to; its graphs are in the draft after `load` at the latest.

        Raises:
            DocumentError: It was named and cannot be read.
        """
        if isinstance(outcome, Refusal):
            if item.named:
                raise DocumentError(item.path, outcome.problem)
            self._ledger.refuse(outcome)
            return
        without = self._ledger.place(outcome)
        if outcome.id not in without:
            self._put(outcome)
            self._draft.write_file(rejected_file(outcome.id), outcome.rejected)
        for key in set(without) - {outcome.id}:
            self.drop(key)

    def drop(self, key: str) -> None:
        """Take a document out of the draft."""
        if not self._waiting.drop(key):
            self._changes.drop_graph(self._iris.document_graph(key))
            self._changes.drop_graph(self._iris.evidence_graph(key))
        self._draft.remove_file(rejected_file(key))

    def load(self, progress: Progress) -> None:
        """Bring what is waiting into the draft.

        Args:
            progress: Told of the documents that are loaded.
        """
        of = len(self._waiting)
        done = 0
        for count, quads in self._waiting.parts():
            progress("loading", done, of)
            self._draft.add_graphs(quads)
            self.loads += 1
            done += count
        if of:
            progress("loading", done, of)
        self._waiting.clear()

    def _put(self, reading: Reading) -> None:
        graphs = (self._iris.document_graph(reading.id), self._iris.evidence_graph(reading.id))
        if self._changes.are_followed or any(self._draft.has_graph(graph) for graph in graphs):
            found = reading.graphs()
            for graph in graphs:
                self._changes.replace_graph(graph, found.get(graph, ()))
        else:
            self._waiting.put(reading.id, reading.quads)


class _Waiting:
    """The graphs of new documents as N-Quads, whole lines, in a file on the store's disk until they are loaded."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._file: BinaryIO | None = None
        self._places: dict[str, tuple[int, int]] = {}
        self._end = 0

    def __len__(self) -> int:
        return len(self._places)

    def put(self, key: str, quads: bytes) -> None:
        """Let a document wait."""
        if self._file is None:
            self._file = self._draft.scratch()
        self._places[key] = (self._end, len(quads))
        self._end += self._file.write(quads)

    def drop(self, key: str) -> bool:
        """Forget a document, and say whether it was waiting."""
        return self._places.pop(key, None) is not None

    def parts(self) -> Iterator[tuple[int, bytes]]:
        """Yield the N-Quads of some documents at a time, with how many documents these are."""
        part: list[bytes] = []
        taken = 0
        for start, size in self._places.values():
            assert self._file is not None  # noqa: S101 -- something was put
            self._file.seek(start)
            part.append(self._file.read(size))
            taken += size
            if taken >= _PART:
                yield len(part), b"".join(part)
                part, taken = [], 0
        if part:
            yield len(part), b"".join(part)

    def clear(self) -> None:
        """Forget all documents, and give the disk back what they took."""
        if self._file is not None:
            self._file.close()
        self._file, self._places, self._end = None, {}, 0


def rejected_file(document: str) -> str:
    """Return the name of the file in which a store keeps a document's rejected candidates."""
    return f"rejected-{hashlib.sha256(document.encode()).hexdigest()[:24]}.json"
