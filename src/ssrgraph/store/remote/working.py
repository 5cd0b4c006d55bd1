"""A copy of a server's store in a folder, which is changed as any store is and then published.

    build/servers/NAME/
    ├── lock           held by whoever is changing it
    ├── server.json    who publishes from here, and what was published last
    └── store/         the store

The copy may be taken away at any time: what it is needed for is then fetched from the server again.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ssrgraph.errors import StoreError
from ssrgraph.store import generations
from ssrgraph.store.holding import hold_generation
from ssrgraph.store.local import LocalStore
from ssrgraph.store.locking import FileLock
from ssrgraph.store.remote import record
from ssrgraph.store.remote.client import Client
from ssrgraph.store.remote.fetching import fetch
from ssrgraph.store.remote.notes import Note, copy_of, read_note, write_note
from ssrgraph.store.remote.publishing import Publisher
from ssrgraph.store.remote.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    Told = Callable[[str, int, int], None]

_NOTE = "server.json"


@contextmanager
def working_copy(
    address: str, *, whole: bool, force: bool = False, without: Collection[str] = (), told: Told | None = None
) -> Iterator[Path]:
    """Yield a folder with the store of a server, and publish what it holds when the block ends without an exception.

    Args:
        address: The server.
        whole: Whether all that the store shall hold is put into it anew, so that it matters not what it holds.
        force: Publish everything, whatever the server says that it holds and whoever is changing it.
        without: Names of files that are not published.
        told: Told how much is done.

    Raises:
        StoreError: The server does not answer, holds no store, or is being changed.
    """
    folder = copy_of(address)
    with _locked(folder, address), Client.open(read_settings(address, os.environ)) as client:
        note = read_note(folder / _NOTE)
        store = folder / "store"
        state = record.read_state(client, any_format=force)
        # A build puts everything into the store; what the server holds only spares it work.
        spares = state.info is not None and not state.publisher and not force and not (store / "CURRENT").exists()
        if spares if whole else not _is_current(note, state, store):
            note = _fetch(client, folder, note, told)
        write_note(folder / _NOTE, note)
        yield store
        with LocalStore.open(store) as opened:
            publisher = Publisher(client, opened, name=note.name, without=without)
            publisher.publish(onto=None if whole else note.edition, force=force, told=told)
        held = hold_generation(store)
        held.release()
        write_note(folder / _NOTE, Note(name=note.name, edition=publisher.edition, generation=held.version))


def _fetch(client: Client, folder: Path, note: Note, told: Told | None) -> Note:
    found = fetch(client, folder / "store", told=told)
    return Note(name=note.name, edition=found.edition, generation=found.generation)


def _is_current(note: Note, state: record.State, store: Path) -> bool:
    """Say whether the copy is what the server holds, or shall hold once the publisher goes on that was stopped."""
    try:
        held = hold_generation(store)
    except StoreError:
        return False
    held.release()
    if state.publisher:
        return state.publisher == note.name
    return bool(state.edition) and (state.edition, held.version) == (note.edition, note.generation)


@contextmanager
def _locked(folder: Path, address: str) -> Iterator[None]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "lock", signed=True)
        free = lock.acquire()
    except OSError as error:
        raise StoreError(folder, f"cannot be written: {generations.reason(error)}") from error
    if not free:
        raise StoreError(
            address, f"is being changed by another process ({lock.holder() or 'unknown'}); wait until it is done"
        )
    try:
        yield
    finally:
        lock.release()
