"""Lines in order, as many as the disk holds: what does not fit into memory waits in temporary files."""

from __future__ import annotations

import heapq
import tempfile
from contextlib import ExitStack
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_RUN = 64_000_000
"""Bytes of lines that are sorted in memory at a time."""


def in_order(lines: Iterable[bytes], *, run: int = _RUN) -> Iterator[bytes]:
    """Yield lines sorted by their bytes, each once. Memory is that of one run, whatever their number.

    Args:
        lines: Lines, each with its line break and no other.
        run: Bytes of lines that are sorted at a time; what is more goes to temporary files.

    Raises:
        OSError: A temporary file cannot be written.
    """
    with ExitStack() as stack:
        files: list[IO[bytes]] = []
        held: list[bytes] = []
        size = 0
        for line in lines:
            held.append(line)
            size += len(line)
            if size >= run:
                files.append(stack.enter_context(_written(held)))
                held, size = [], 0
        held.sort()
        last = None
        for line in heapq.merge(*files, held) if files else held:
            if line != last:
                yield line
                last = line


def _written(lines: list[bytes]) -> IO[bytes]:
    """Return a temporary file of these lines, sorted, that is gone when it is closed."""
    lines.sort()
    file = tempfile.TemporaryFile(prefix="ssrgraph-")  # noqa: SIM115 -- whoever gets it closes it
    try:
        file.writelines(lines)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file
