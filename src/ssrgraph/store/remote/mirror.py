"""A copy of a server's store from which it is served; it is never between two editions.

    build/servers/NAME/served/        the copy: a store as any other, whose generations are editions of the server
    build/servers/NAME/served.json    which edition the generation is that counts, and who publishes from here
    build/servers/NAME/served.lock    held by whoever brings the copy to another edition

It is not the copy in which `build`, `add` and `remove` work: that one is ahead of the server while they publish.
"""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from pyoxigraph import NamedNode

from ssrgraph.errors import StoreError
from ssrgraph.store import generations
from ssrgraph.store.holding import hold_generation
from ssrgraph.store.local import LocalStore, change
from ssrgraph.store.locking import FileLock
from ssrgraph.store.remote import record
from ssrgraph.store.remote.changes import digest
from ssrgraph.store.remote.client import Client
from ssrgraph.store.remote.fetching import Fetched, fetch
from ssrgraph.store.remote.notes import Note, copy_of, read_note, write_note
from ssrgraph.store.remote.publishing import Publisher
from ssrgraph.store.remote.settings import read_settings
from ssrgraph.store.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from ssrgraph.store.local import Draft

    Told = Callable[[str, int, int], None]

_NOTE = "served.json"
_LOCK = "served.lock"
_ATTEMPTS = 3
_PATIENCE = 60.0
"""Seconds that a writer waits for a process that is fetching."""
_PAUSE = 0.1


class Mirror:
    """Follows one server; use `open`, as a context manager or with `close`.

    Attributes:
        address: The server, as the caller named it.
        folder: The copy. It is only a store once `refresh` has been there.
    """

    def __init__(self, client: Client, without: Collection[str]) -> None:
        self._client = client
        self._without = without
        self._place = copy_of(client.address)
        self.address = client.address
        self.folder: Path = self._place / "served"

    @classmethod
    def open(cls, address: str, *, without: Collection[str] = ()) -> Self:
        """Follow the server at this address.

        Args:
            address: The server.
            without: Names of files beside the graph that are not published.

        Raises:
            StoreError: It does not answer, or the place for the copy cannot be written.
        """
        mirror = cls(Client.open(read_settings(address, os.environ)), without)
        try:
            mirror._place.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            mirror.close()
            raise StoreError(mirror._place, f"cannot be written: {generations.reason(error)}") from error
        return mirror

    def refresh(self, *, patience: float = 0.0, told: Told | None = None) -> bool:
        """Bring the copy to what the server holds; say whether it held something else.

        Only graphs that differ are fetched. The copy is as it was if this raises.

        Args:
            patience: Seconds to wait for another process that brings the copy to another edition.
            told: Told how much is done.

        Raises:
            StoreError: The server is being changed, holds no store, or does not answer; or another process is at it.
        """
        with self._alone(patience):
            return self._refresh(told)

    def _refresh(self, told: Told | None = None) -> bool:
        note, generation = read_note(self._place / _NOTE), self._generation()
        is_known = bool(note.edition) and note.generation == generation
        if is_known and record.read_edition(self._client) == (note.edition, ""):
            return False
        digests = {NamedNode(graph): value for graph, value in note.digests.items()}
        former = Fetched(edition=note.edition, generation=generation, digests=digests) if is_known else None
        self._keep(note, fetch(self._client, self.folder, former=former, told=told))
        return True

    def begin(self, *, base_iri: str) -> None:
        """Have a server that holds nothing hold an empty store, and undo what was broken off when it was written here.

        Raises:
            StoreError: That cannot be done, or the server holds other data.
        """
        if record.read_edition(self._client) == ("", ""):
            with self._alone(_PATIENCE):
                note = Note(name=read_note(self._place / _NOTE).name)
                write_note(self._place / _NOTE, note)
                with change(self.folder, base_iri=base_iri, fresh=True):
                    pass
                self._publish_copy(note)
        self.undo(base_iri=base_iri)

    def undo(self, *, base_iri: str) -> None:
        """Undo on the server what was broken off when it was written here; harmless if nothing was.

        Raises:
            StoreError: That cannot be done.
        """
        if record.read_edition(self._client)[1] == read_note(self._place / _NOTE).name:
            self.writer(base_iri=base_iri).close()

    def writer(self, *, base_iri: str) -> Writer:
        """Return a writer of the copy, which is then what the server holds; nobody else here has one meanwhile.

        Raises:
            StoreError: The copy cannot be brought to what the server holds, or another process is at it.
        """
        with self._alone(_PATIENCE):
            return self._writer(base_iri)

    def _writer(self, base_iri: str) -> Writer:
        for _ in range(_ATTEMPTS):
            writer = Writer.open(self.folder, base_iri=base_iri)
            try:
                note = read_note(self._place / _NOTE)
                if record.read_edition(self._client)[1] == note.name:
                    self._publish_copy(note)  # What was broken off is undone: nobody was told that it is done.
                if self.is_current():
                    return writer
            except BaseException:
                writer.close()
                raise
            writer.close()
            self._refresh()
        raise StoreError(self.address, "is changed by somebody else all the time; try again")

    def is_current(self) -> bool:
        """Say whether the copy is what the server holds now.

        Raises:
            StoreError: The server does not answer.
        """
        note = read_note(self._place / _NOTE)
        is_known = bool(note.edition) and note.generation == self._generation()
        return is_known and record.read_edition(self._client) == (note.edition, "")

    def publish(self, writer: Writer, changed: Collection[NamedNode]) -> None:
        """Have the server hold what a writer has made of the copy, and then the copy too.

        Args:
            writer: What `writer` has returned.
            changed: The graphs that may hold something else than in the copy.

        Raises:
            StoreError: The server does not hold it, or nobody knows; the writer must be closed.
        """
        note, draft = read_note(self._place / _NOTE), writer.draft
        digests = {NamedNode(graph): value for graph, value in note.digests.items()}
        for graph in changed:
            if self._client.kind.merge and not graph.value.startswith(f"{draft.info.base_iri}graph/"):
                problem = f"holds other graphs too, so that those of the store begin with {draft.info.base_iri}graph/"
                raise StoreError(self.address, problem)
            digests.pop(graph, None)
            if draft.count(graph):
                digests[graph] = digest(draft.triples(graph))
        publisher = self._publisher(note, draft, digests)
        try:
            publisher.publish(onto=note.edition)
        except StoreError as error:
            if not self._holds(publisher.edition):
                raise StoreError(error.store, f"{error.problem}; look whether the change was made") from error
        writer.publish()
        self._keep_published(note, publisher)

    def close(self) -> None:
        """Follow it no longer."""
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _publish_copy(self, note: Note) -> None:
        """Have the server hold what the copy holds."""
        with LocalStore.open(self.folder) as store:
            publisher = self._publisher(note, store, None)
            publisher.publish()
        self._keep_published(note, publisher)

    def _publisher(self, note: Note, store: LocalStore | Draft, digests: dict[NamedNode, str] | None) -> Publisher:
        return Publisher(self._client, store, name=note.name, without=self._without, digests=digests)

    def _keep_published(self, note: Note, done: Publisher) -> None:
        self._keep(note, Fetched(edition=done.edition, generation=self._generation(), digests=done.digests))

    def _keep(self, note: Note, now: Fetched) -> None:
        digests = {graph.value: value for graph, value in now.digests.items()}
        write_note(
            self._place / _NOTE,
            Note(name=note.name, edition=now.edition, generation=now.generation, digests=digests),
        )

    def _holds(self, edition: str) -> bool:
        """Say whether the server holds an edition, as far as it can be asked."""
        try:
            return record.read_edition(self._client) == (edition, "")
        except StoreError:
            return False

    @contextmanager
    def _alone(self, patience: float) -> Iterator[None]:
        """Let no other process bring the copy to another edition meanwhile."""
        lock = FileLock(self._place / _LOCK)
        end = time.monotonic() + patience
        try:
            while not lock.acquire():
                if time.monotonic() >= end:
                    raise StoreError(self.folder, "is being changed by another process; try again")
                time.sleep(_PAUSE)
        except OSError as error:
            raise StoreError(self._place, f"cannot be written: {generations.reason(error)}") from error
        try:
            yield
        finally:
            lock.release()

    def _generation(self) -> str:
        """Return the version of the generation that counts, "" if there is none."""
        try:
            held = hold_generation(self.folder)
        except StoreError:
            return ""
        held.release()
        return held.version
