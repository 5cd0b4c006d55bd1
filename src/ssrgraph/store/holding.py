"""A reader's hold on a generation: it stays on the disk as long as it is held."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ssrgraph.errors import StoreError
from ssrgraph.store import generations
from ssrgraph.store.locking import FileLock

if TYPE_CHECKING:
    from ssrgraph.store.interface import StoreInfo

_ATTEMPTS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """A finished generation of a store, held against being swept away until `release` or the end of the process.

    Attributes:
        pointer: The file that shows which generation counts.
        path: The generation.
        info: What it says of itself.
        lock: What holds it.
        mark: What the pointer looked like; it looks different when it shows another generation.
    """

    pointer: str
    path: Path
    info: StoreInfo
    lock: FileLock
    mark: tuple[int, int]

    @property
    def name(self) -> str:
        """Its name among the generations of the store."""
        return self.path.name

    @property
    def version(self) -> str:
        """A text that no other state of a store in this folder has, even of one that was made anew."""
        return f"{self.name.rpartition('-')[2]}-{(self.path / generations.INFO).stat().st_mtime_ns:x}"

    def is_outdated(self) -> bool:
        """Say whether the pointer was moved since; costs one look at a file."""
        try:
            return _mark(self.pointer) != self.mark
        except OSError:
            return True

    def release(self) -> None:
        """Let it go."""
        self.lock.release()


def hold_generation(folder: Path | str, *, name: str | None = None) -> Generation:
    """Hold the generation that counts, or the one of this name.

    Raises:
        StoreError: There is none, or it is of another version or not readable.
    """
    folder = Path(folder)
    pointer = str(folder / generations.POINTER)
    for _ in range(_ATTEMPTS):
        try:
            mark = _mark(pointer)
        except OSError:
            mark = (0, 0)  # The next step says what is wrong.
        path = generations.current(folder) if name is None else folder / name
        lock = FileLock(path / generations.INFO, shared=True)
        try:
            if lock.acquire():
                return Generation(
                    pointer=pointer, path=path, info=generations.read_info(folder, path), lock=lock, mark=mark
                )
        except FileNotFoundError:  # Swept away between the two steps: the pointer shows a newer one.
            continue
        except OSError as error:
            raise StoreError(folder, f"cannot be read: {generations.reason(error)}") from error
    raise StoreError(folder, "is being changed by another process; try again")


def _mark(pointer: str) -> tuple[int, int]:
    status = os.stat(pointer)  # noqa: PTH116 -- called for every request
    return status.st_mtime_ns, status.st_ino
