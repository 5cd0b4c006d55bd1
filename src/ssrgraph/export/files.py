"""Writing a file so that it is there whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ssrgraph.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable


class OutputError(InputError):
    """A file or folder cannot be written.

    Args:
        path: The file as the caller named it.
        problem: What the system says.
    """

    def __init__(self, path: object, problem: str) -> None:
        super().__init__(f"{path}: cannot be written: {problem}")
        self.path = path
        self.problem = problem


def write_file(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Write a file by way of a temporary one beside it, so that nobody ever sees a part of it.

    What is no regular file (a device, a named pipe) is written directly. Missing folders are not made.

    Args:
        path: The file.
        content: What it shall hold, whole or in parts.

    Raises:
        OutputError: The folder is missing, or the file cannot be written; what was there is as it was.
    """
    parts = (content,) if isinstance(content, bytes) else content
    try:
        if path.exists() and not stat.S_ISREG(path.stat().st_mode):
            if path.is_dir():
                raise OutputError(path, "it is a folder")
            with path.open("wb") as file:
                file.writelines(parts)
            return
        _replace(path.resolve(), parts)
    except FileNotFoundError as error:
        raise OutputError(path, f"there is no folder {path.parent}") from error
    except OSError as error:
        raise OutputError(path, error.strerror or str(error)) from error


def make_folder(path: Path) -> None:
    """Make a folder to write into, and those above it.

    Raises:
        OutputError: It cannot be made, or a file of that name is there.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise OutputError(path, "it is a file, not a folder") from error
    except OSError as error:
        raise OutputError(path, error.strerror or str(error)) from error


def _replace(path: Path, parts: Iterable[bytes]) -> None:
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        # A temporary file is private; the finished one has the rights that a new file, or the former one, has.
        part.chmod(stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o666 & ~_umask())
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
