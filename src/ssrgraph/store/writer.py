"""A writer of many changes in a row: the database stays open between them, and each is published when it is told so.

`change` opens a database for each change; this one opens it once, and each generation is made from it by hard links.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Self

import pyoxigraph

from ssrgraph import __version__
from ssrgraph.errors import StoreError
from ssrgraph.store import generations
from ssrgraph.store.interface import MERGED, StoreInfo
from ssrgraph.store.local import Draft, explained, file_names, share, take_lock

if TYPE_CHECKING:
    from types import TracebackType

    from ssrgraph.store.locking import FileLock


_WORN = 1 << 20
"""By how many bytes the database's record of its files may grow before it should be begun anew."""


class Writer:
    """The one writer of a store, as long as it is open; use `open`, as a context manager or with `close`.

    Attributes:
        draft: What is changed. Nobody sees it before `publish`.
    """

    def __init__(self, folder: Path, lock: FileLock, draft: Draft) -> None:
        self._folder = folder
        self._lock = lock
        self.draft = draft
        self._record = self._length_of_record()

    @classmethod
    def open(cls, folder: Path | str, *, base_iri: str, dataset: str = MERGED) -> Self:
        """Open a store for changes, or make an empty one.

        Args:
            folder: The store.
            base_iri: What the resources of a new store begin with.
            dataset: What the default graph of a new store is, and must be of one that is there.

        Raises:
            StoreError: It is no store, has another kind of dataset, is locked by another writer, or cannot be written.
        """
        folder = Path(folder)
        lock = take_lock(folder)
        live = folder / generations.LIVE
        try:
            former = generations.current(folder) if (folder / generations.POINTER).exists() else None
            generations.sweep(folder, keep=former)
            generations.discard(live)
            with explained(folder):
                return cls(folder, lock, _opened(folder, live, former, base_iri, dataset))
        except BaseException:
            generations.discard(live)
            lock.release()
            raise

    def publish(self) -> None:
        """Make all that was changed so far the generation that counts, in one step and for good.

        Raises:
            StoreError: It cannot be written; the store is as it was, and this writer must be closed.
        """
        generation = generations.following(self._folder)
        try:
            with explained(self._folder):
                self.draft.copy_to(generation)
                generations.publish(self._folder, generation)
        except StoreError:
            generations.discard(generation)
            raise
        generations.sweep(self._folder, keep=generation)

    @property
    def is_worn(self) -> bool:
        """Whether it is time to close this writer and to open another.

        The database notes in one file which files came and went; each change adds some kilobytes to it, every
        generation has a copy of it, and only a database that is opened begins it anew.
        """
        return self._length_of_record() > self._record + _WORN

    def _length_of_record(self) -> int:
        quads = self._folder / generations.LIVE / generations.QUADS
        return sum(path.stat().st_size for path in quads.glob("MANIFEST-*"))

    def close(self) -> None:
        """Let the store go; what was not published is gone."""
        self.draft.close()
        generations.discard(self._folder / generations.LIVE)
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _opened(folder: Path, live: Path, former: Path | None, base_iri: str, dataset: str) -> Draft:
    files = live / generations.FILES
    files.mkdir(parents=True)
    quads = live / generations.QUADS
    info = StoreInfo(base_iri=base_iri, version=__version__, dataset=dataset)
    if former is not None:
        info = generations.read_info(folder, former)
        if info.dataset != dataset:
            raise StoreError(folder, f"has a {info.dataset} dataset; serve it with `--dataset {info.dataset}`")
        pyoxigraph.Store.read_only(str(former / generations.QUADS)).backup(quads)
        for name in file_names(former):
            share(former / generations.FILES / name, files / name)
    return Draft(pyoxigraph.Store(quads), info=info, address=str(folder), generation=live)
