"""A copy of a server's store in a folder, which is changed as any store is and then published.

    build/servers/NAME/
    ├── lock           held by whoever is changing it
    ├── server.json    who publishes from here, and what was published last
    └── store/         the store

The copy may be taken away at any time: what it is needed for is then fetched from the server again.
"""

from __future__ import annotations

import getpass
import hashlib
import json
import os
import platform
import re
import uuid
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ssrgraph.errors import StoreError
from ssrgraph.store import generations
from ssrgraph.store.holding import hold_generation
from ssrgraph.store.local import LocalStore, change
from ssrgraph.store.locking import FileLock
from ssrgraph.store.remote import record
from ssrgraph.store.remote.changes import digest
from ssrgraph.store.remote.client import Client
from ssrgraph.store.remote.publishing import Publisher
from ssrgraph.store.remote.reading import RemoteStore
from ssrgraph.store.remote.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from pyoxigraph import NamedNode

    Told = Callable[[str, int, int], None]

SERVERS = Path("build/servers")
"""Where the copies are."""
_NOTE = "server.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Note:
    """What a copy remembers.

    Attributes:
        name: Who publishes from it.
        edition: What was published last, or fetched.
        generation: The generation of the copy that it was.
    """

    name: str
    edition: str = ""
    generation: str = ""


def copy_of(address: str) -> Path:
    """Return the folder of the copy of the store at this address."""
    plain = re.sub(r"[^A-Za-z0-9.]+", "-", address.partition("://")[2]).strip("-.")
    return SERVERS / f"{plain[:60]}-{hashlib.sha256(address.encode()).hexdigest()[:8]}"


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
        note = _read_note(folder)
        store = folder / "store"
        state = record.read_state(client)
        # A build puts everything into the store; what the server holds only spares it work.
        spares = state.info is not None and not state.publisher and not force and not (store / "CURRENT").exists()
        if spares if whole else not _is_current(note, state, store):
            note = _fetch(client, folder, note, told)
        _write_note(folder, note)
        yield store
        with LocalStore.open(store) as opened:
            publisher = Publisher(client, opened, name=note.name, without=without)
            publisher.publish(force=force, told=told)
        held = hold_generation(store)
        held.release()
        _write_note(folder, _Note(name=note.name, edition=publisher.edition, generation=held.version))


def fetch(client: Client, store: Path, *, told: Told | None = None) -> str:
    """Make a folder hold what a server holds, and return the edition.

    Raises:
        StoreError: The server holds no store, or something else than was published there.
    """
    there = RemoteStore.open(client)
    digests = record.read_progress(client).digests
    graphs = there.graphs()
    with change(store, base_iri=there.info.base_iri, fresh=True) as draft:
        draft.describe(there.info.state, base_iri=there.info.base_iri)
        for done, graph in enumerate(graphs):
            triples = set(there.triples(graph))
            if digest(triples) != digests.get(graph):
                raise _differs(client, graph)
            draft.replace_graph(graph, triples)
            if told is not None:
                told("fetching", done + 1, len(graphs))
        missing = sorted(digests.keys() - {*graphs}, key=str)
        if missing:
            raise _differs(client, missing[0])
        for name in there.files():
            draft.write_file(name, there.read_file(name))
        there.verify()
    return there.edition


def _differs(client: Client, graph: NamedNode) -> StoreError:
    return StoreError(
        client.address,
        f"holds something else than was published in {graph.value}; publish it anew with `ssrgraph build --force`",
    )


def _fetch(client: Client, folder: Path, note: _Note, told: Told | None) -> _Note:
    edition = fetch(client, folder / "store", told=told)
    held = hold_generation(folder / "store")
    held.release()
    return _Note(name=note.name, edition=edition, generation=held.version)


def _is_current(note: _Note, state: record.State, store: Path) -> bool:
    """Say whether the copy is what the server holds, or shall hold once the publisher goes on that was stopped."""
    try:
        held = hold_generation(store)
    except StoreError:
        return False
    held.release()
    if state.publisher:
        return state.publisher == note.name
    return bool(state.edition) and (state.edition, held.version) == (note.edition, note.generation)


def _read_note(folder: Path) -> _Note:
    try:
        return _Note(**json.loads((folder / _NOTE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return _Note(name=f"{getpass.getuser()} on {platform.node()} ({uuid.uuid4().hex[:8]})")


def _write_note(folder: Path, note: _Note) -> None:
    fresh = folder / f"{_NOTE}.new"
    try:
        fresh.write_text(json.dumps(asdict(note), indent=1), encoding="utf-8")
        fresh.replace(folder / _NOTE)
    except OSError as error:
        raise StoreError(folder, f"cannot be written: {generations.reason(error)}") from error


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
