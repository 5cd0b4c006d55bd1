"""Locks on files that end with the process that holds them, so that no lock is ever stale."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class FileLock:
    """A lock on a file, held until `release` or until the process ends, however it ends.

    Args:
        path: The file; it is made if it is missing, and stays.
        shared: Whether others may hold it shared at the same time.
        signed: Whether the holder writes its process id into the file.
    """

    def __init__(self, path: Path, *, shared: bool = False, signed: bool = False) -> None:
        self._path = path
        self._signed = signed
        self._shared = shared
        self._descriptor: int | None = None

    def acquire(self) -> bool:
        """Take the lock if it is free now; say whether it was."""
        mode = os.O_RDONLY if self._shared else os.O_RDWR | os.O_CREAT
        descriptor = os.open(self._path, mode, 0o644)
        if not _lock(descriptor, shared=self._shared):
            os.close(descriptor)
            return False
        if self._signed:
            os.truncate(descriptor, 0)
            os.write(descriptor, f"{os.getpid()}\n".encode())
        self._descriptor = descriptor
        return True

    def holder(self) -> str:
        """Return the process id that the last signing holder left, or ""."""
        try:
            return self._path.read_text(encoding="ascii").strip()
        except (OSError, ValueError):
            return ""

    def release(self) -> None:
        """Give the lock back; harmless if it is not held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int, *, shared: bool) -> bool:
        if shared:
            return True  # An open file cannot be removed there anyway.
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(descriptor: int, *, shared: bool) -> bool:
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
