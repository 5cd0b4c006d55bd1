"""A store in a folder: readers of one finished generation, and one writer that makes the next."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Self

import pyoxigraph

from ssrgraph import __version__
from ssrgraph.errors import StoreError
from ssrgraph.store import generations, merge
from ssrgraph.store.holding import hold_generation
from ssrgraph.store.interface import MERGED, StoreInfo
from ssrgraph.store.locking import FileLock
from ssrgraph.store.memory import DatasetReader, MemoryStore

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from types import TracebackType
    from typing import BinaryIO

    from pyoxigraph import NamedNode, Triple


_LARGEST_QUAD = 1000
"""Bytes that quads take on the disk at most, on average; about 150 are usual."""


class LocalStore(DatasetReader):
    """A finished store in a folder, open for reading; a writer does not disturb it, nor it a writer.

    Use `LocalStore.open`, as a context manager or with `close`.
    """

    def __init__(
        self,
        data: pyoxigraph.Store,
        *,
        info: StoreInfo,
        address: str,
        generation: Path,
        lock: FileLock,
        prepared: Path | None = None,
    ) -> None:
        super().__init__(data, info=info, address=address, prepared=prepared)
        self._generation = generation
        self._lock = lock

    @classmethod
    def open(cls, folder: Path | str, *, generation: str | None = None) -> LocalStore:
        """Open the store in this folder as it is now; later changes are seen by opening it again.

        Args:
            folder: The store.
            generation: The name of the generation to open, if it is not the one that counts.

        Raises:
            StoreError: It is missing, of another version, damaged or not readable.
        """
        held = hold_generation(folder, name=generation)
        try:
            data = pyoxigraph.Store.read_only(str(held.path / generations.QUADS))
        except PermissionError as error:
            held.release()
            raise StoreError(folder, f"cannot be read: {generations.reason(error)}") from error
        except (OSError, RuntimeError, ValueError) as error:
            held.release()
            raise StoreError(folder, "damaged; make it again with `ssrgraph build --force`") from error
        return cls(
            data,
            info=held.info,
            address=str(folder),
            generation=held.path,
            lock=held.lock,
            prepared=generations.prepared(held.path, held.version),
        )

    def files(self) -> tuple[str, ...]:
        """Return the names of the files that a writer kept beside the graph, sorted."""
        return file_names(self._generation)

    def read_file(self, name: str) -> bytes:
        """Return one of them."""
        return (self._generation / generations.FILES / name).read_bytes()

    def copied(self, *, most: int, rests: float = 0.0) -> MemoryStore | None:
        """Return a copy of the store in memory, which answers queries faster; None if it has more quads than that.

        Args:
            most: That many.
            rests: How long to rest after some work, as a multiple of the time it took.
        """
        files = (self._generation / generations.QUADS).iterdir()
        # The files tell of a large store what to count its quads would take long to tell.
        if sum(each.stat().st_size for each in files) > most * _LARGEST_QUAD or len(self._data) > most:
            return None
        data = merge.copied(self._data, rests=rests)
        return MemoryStore(data=data, info=self._info, address=self._address, prepared=self._prepared)

    def for_others(self) -> AbstractContextManager[Path | None]:
        """Give the folder of the database, which nobody changes; see `Store.for_others`."""
        return nullcontext(self._generation / generations.QUADS)

    def close(self) -> None:
        """Let the generation go; the store must not be used afterwards."""
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


_MOST_PENDING = 50_000
"""Triples that the database may hold in memory before they are brought to its files; it would take a gigabyte."""


class Draft(MemoryStore):
    """The next generation of a store, open for writing; nobody sees it before it is published."""

    def __init__(self, data: pyoxigraph.Store, *, info: StoreInfo, address: str, generation: Path) -> None:
        super().__init__(data=data, info=info, address=address)
        self._generation = generation
        self._pending = 0

    def describe(self, state: Mapping[str, object], *, base_iri: str | None = None) -> None:
        """Set what the store will say of itself."""
        self._info = StoreInfo(
            base_iri=base_iri or self._info.base_iri,
            version=__version__,
            state=dict(state),
            dataset=self._info.dataset,
        )

    def replace_graph(self, graph: NamedNode, triples: Iterable[Triple]) -> None:
        """Make a named graph hold exactly these triples."""
        new = set(triples)
        with explained(self._address):
            super().replace_graph(graph, new)
            self._flush_after(len(new))

    def add_graphs(self, quads: bytes) -> None:
        """Add named graphs that are new, as N-Quads: much quicker than one after another, from megabytes on."""
        self._grow(None)
        with explained(self._address):
            merge.load_graphs(self._data, quads)

    def fill_graph(self, graph: NamedNode, parts: Iterable[bytes]) -> None:
        """Add a named graph that is new from N-Triples, whole lines, of which few are held in memory."""
        with explained(self._address):
            super().fill_graph(graph, parts)

    def change_graph(self, graph: NamedNode, added: Collection[Triple], removed: Collection[Triple]) -> None:
        """Add triples to a named graph and take others out of it."""
        with explained(self._address):
            super().change_graph(graph, added, removed)
            self._flush_after(len(added))

    def drop_graph(self, graph: NamedNode) -> None:
        """Take a named graph away, and from the merge what only it supported."""
        with explained(self._address):
            super().drop_graph(graph)

    def _flush_after(self, triples: int) -> None:
        """Bring what was written to the files, once it is so much that the database would hold too much in memory."""
        self._pending += triples
        if self._pending >= _MOST_PENDING:
            self._data.flush()
            self._pending = 0

    def files(self) -> tuple[str, ...]:
        """Return the names of the files kept beside the graph, sorted."""
        return file_names(self._generation)

    def has_file(self, name: str) -> bool:
        """Say whether there is one of this name; there may be very many."""
        return (self._generation / generations.FILES / name).exists()

    def read_file(self, name: str) -> bytes:
        """Return one of them."""
        return (self._generation / generations.FILES / name).read_bytes()

    def write_file(self, name: str, content: bytes) -> None:
        """Keep a file beside the graph under this name, which must be a plain file name."""
        path = self._generation / generations.FILES / name
        with explained(self._address):
            path.unlink(missing_ok=True)  # It may be a hard link to the former generation's.
            path.write_bytes(content)

    def workplace(self) -> Path:
        """Return a folder, made when it is first written to, for what the next writer takes up if this one is stopped.

        It is gone when a draft is published.
        """
        return self._generation.parent / generations.WORK

    def compact(self) -> None:
        """Let the database merge at once what was loaded, which it would do by and by; to ask it takes less then.

        After 10,000 documents of 2 kB it has some 10 seconds left to do, and a check takes half as long.
        """
        with explained(self._address):
            self._data.optimize()

    @contextmanager
    def for_others(self) -> Iterator[Path | None]:
        """Give a copy of the database that shares its files; see `Store.for_others`."""
        copy = self._generation / "for-others"
        with explained(self._address):
            self._data.backup(copy)
        try:
            yield copy
        finally:
            shutil.rmtree(copy, ignore_errors=True)

    def scratch(self) -> BinaryIO:
        """Return a file on the store's disk for what is brought into the draft later; it is gone once it is closed."""
        return tempfile.TemporaryFile(dir=self._generation)

    def remove_file(self, name: str) -> None:
        """Take such a file away; harmless if it is not there."""
        (self._generation / generations.FILES / name).unlink(missing_ok=True)

    @property
    def data(self) -> pyoxigraph.Store:
        """The database itself, for changes that keep the merge true by other means."""
        return self._data

    def check(self) -> None:
        """See that the database still takes what is written.

        Raises:
            StoreError: It does not, after a write that failed.
        """
        with explained(self._address):
            self._data.flush()

    def copy_to(self, generation: Path) -> None:
        """Make a generation of what is there now, by hard links; nobody sees it before it is published."""
        generation.mkdir()
        (generation / generations.FILES).mkdir()
        self._data.backup(generation / generations.QUADS)
        _share_all(self._generation / generations.FILES, generation / generations.FILES)
        generations.write_info(generation, self._info)

    def finish(self) -> None:
        """Bring all to the files and close them."""
        with explained(self._address):
            generations.write_info(self._generation, self._info)
            self._data.flush()
            self.close()

    def close(self) -> None:
        """Close the database; the draft must not be used afterwards. Harmless if it is closed already."""
        self._data = pyoxigraph.Store()


@contextmanager
def change(folder: Path | str, *, base_iri: str, fresh: bool = False) -> Iterator[Draft]:
    """Change a store, or make it: all that is done within the block, or nothing.

    The store is as it was until the block ends without an exception, and for ever if it does not.

    Args:
        folder: The store's folder; made if it is missing.
        base_iri: The IRI that a new store's resources begin with.
        fresh: Begin with an empty graph whatever is there, even a store of another version.

    Raises:
        StoreError: The folder is no store, is locked by another writer, is full or must not be written.
    """
    folder = Path(folder)
    lock = take_lock(folder)
    try:
        former = None if fresh or not (folder / generations.POINTER).exists() else generations.current(folder)
        shown = _shown(folder)
        generations.sweep(folder, keep=shown)
        generations.discard(folder / generations.LIVE)  # Of a writer that was killed: another would hold the lock.
        generation = generations.following(folder)
        draft = None
        try:
            with explained(folder):
                draft = _begin(folder, generation, former, base_iri)
            yield draft
            draft.finish()
            with explained(folder):
                generations.publish(folder, generation)
        except BaseException:
            if draft is not None:
                draft.close()
            generations.discard(generation)
            raise
        generations.sweep(folder, keep=generation)
        generations.discard(folder / generations.WORK)
    finally:
        lock.release()


def _shown(folder: Path) -> Path | None:
    try:
        return generations.current(folder)
    except StoreError:
        return None


def take_lock(folder: Path) -> FileLock:
    """Make the folder if need be and lock it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not generations.is_ours(folder):
            raise StoreError(folder, "holds other files; choose a new or an empty folder for the store")
        lock = FileLock(folder / generations.LOCK, signed=True)
        if not lock.acquire():
            raise StoreError(
                folder, f"is being changed by another process ({lock.holder() or 'unknown'}); wait until it is done"
            )
    except FileExistsError as error:
        raise StoreError(folder, "is a file; choose a folder for the store") from error
    except OSError as error:
        raise StoreError(folder, f"cannot be written: {generations.reason(error)}") from error
    return lock


def _begin(folder: Path, generation: Path, former: Path | None, base_iri: str) -> Draft:
    """Open the next generation: empty, or a copy of the former one that shares its files."""
    generation.mkdir()
    quads = generation / generations.QUADS
    files = generation / generations.FILES
    files.mkdir()
    if former is None:
        info = StoreInfo(base_iri=base_iri, version=__version__)
    else:
        info = generations.read_info(folder, former)
        if info.dataset != MERGED:
            raise StoreError(folder, "is a plain store of `ssrgraph serve --dataset separate`; choose another folder")
        pyoxigraph.Store.read_only(str(former / generations.QUADS)).backup(quads)
        _share_all(former / generations.FILES, files)
    return Draft(pyoxigraph.Store(quads), info=info, address=str(folder), generation=generation)


def share(path: Path | str, copy: Path | str) -> None:
    """Make a file appear at a second place, by a hard link where that can be."""
    try:
        os.link(path, copy)
    except OSError:  # Some file systems have no hard links.
        shutil.copyfile(path, copy)


def _share_all(folder: Path, copy: Path) -> None:
    """Make all files of a folder appear in another; there may be one for each document, so no path is made of each."""
    for name in os.listdir(folder):  # noqa: PTH208 -- strings
        share(f"{folder}/{name}", f"{copy}/{name}")


def file_names(generation: Path) -> tuple[str, ...]:
    """Return the names of the files kept beside the graph of a generation, sorted."""
    return tuple(sorted(os.listdir(generation / generations.FILES)))  # noqa: PTH208 -- strings


@contextmanager
def explained(store: Path | str) -> Iterator[None]:
    """Turn what the system says of a failed write into a `StoreError`."""
    try:
        yield
    except StoreError:
        raise
    except (OSError, RuntimeError) as error:
        # pyoxigraph raises RuntimeError where its database refuses to go on after a failed write.
        raise StoreError(
            store, f"cannot be written: {generations.reason(error)}; the store is as it was before"
        ) from error
