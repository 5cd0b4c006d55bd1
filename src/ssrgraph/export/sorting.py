"""Lines in order, as many as the disk holds: what does not fit into memory waits in temporary files."""

from __future__ import annotations

import heapq
import tempfile
from contextlib import ExitStack, contextmanager
from typing import IO, TYPE_CHECKING

from ssrgraph.export.files import OutputError

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
        OutputError: A temporary file cannot be written.
    """
    with ExitStack() as stack:
        files: list[IO[bytes]] = []
        held: list[bytes] = []
        size = 0
        for line in lines:
            held.append(line)
            size += len(line)
            if size >= run:
                held.sort()
                files.append(stack.enter_context(waiting()))
                files[-1].writelines(held)
                files[-1].seek(0)
                held, size = [], 0
        held.sort()
        last = None
        for line in heapq.merge(*files, held) if files else held:
            if line != last:
                yield line
                last = line


@contextmanager
def waiting() -> Iterator[IO[bytes]]:
    """Give a temporary file that nobody else sees and that is gone afterwards.

    Raises:
        OutputError: It cannot be made or written: the message names its folder, not what is written in the end.
    """
    try:
        with tempfile.TemporaryFile(prefix="ssrgraph-") as file:
            yield file
    except OSError as error:
        raise OutputError(tempfile.gettempdir(), error.strerror or str(error)) from error
