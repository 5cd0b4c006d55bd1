"""What documents came to, brought into a draft and its ledger: many new documents at a time."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from ssrgraph.errors import DocumentError
from ssrgraph.graph import Iris
from ssrgraph.pipeline.reading import Refusal

if TYPE_CHECKING:
    from ssrgraph.materialize import Changes
    from ssrgraph.pipeline.inputs import Input
    from ssrgraph.pipeline.ledger import Ledger
    from ssrgraph.pipeline.reading import Reading
    from ssrgraph.store import Draft

_MOST = 16_000_000
"""Bytes of N-Quads that are collected before they are loaded. Each load gives the database files that it merges later
with those that it has: of 2,000 documents, loads of 2 MB wrote 6.1 GB, of 16 MB 3.6 GB, and of 64 MB 1.9 GB, but these
took a gigabyte of memory. So the memory does not grow with the number of documents."""


class Intake:
    """Takes in documents one after another.

    Args:
        draft: Where they go.
        changes: What the draft is changed by.
        ledger: Where they are entered.
        base: What IRIs begin with.
    """

    def __init__(self, draft: Draft, changes: Changes, ledger: Ledger, *, base: str) -> None:
        self._draft = draft
        self._changes = changes
        self._ledger = ledger
        self._iris = Iris(base)
        self._waiting: list[bytes] = []
        self._size = 0

    def take(self, item: Input, outcome: Reading | Refusal) -> None:
        """Take in what one document came to; its graphs are in the draft after `finish` at the latest.

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
        self.finish()
        self._changes.drop_graph(self._iris.document_graph(key))
        self._changes.drop_graph(self._iris.evidence_graph(key))
        self._draft.remove_file(rejected_file(key))

    def finish(self) -> None:
        """Bring what is waiting into the draft."""
        if self._waiting:
            self._draft.add_graphs(b"".join(self._waiting))
        self._waiting, self._size = [], 0

    def _put(self, reading: Reading) -> None:
        graphs = (self._iris.document_graph(reading.id), self._iris.evidence_graph(reading.id))
        if self._changes.are_followed or any(self._draft.has_graph(graph) for graph in graphs):
            found = reading.graphs()
            for graph in graphs:
                self._changes.replace_graph(graph, found.get(graph, ()))
            return
        self._waiting.append(reading.quads)
        self._size += len(reading.quads)
        if self._size >= _MOST:
            self.finish()


def rejected_file(document: str) -> str:
    """Return the name of the file in which a store keeps a document's rejected candidates."""
    return f"rejected-{hashlib.sha256(document.encode()).hexdigest()[:24]}.json"
