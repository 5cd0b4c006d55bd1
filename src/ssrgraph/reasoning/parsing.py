"""RDF files as blocks of N-Triples lines, read by a process of their own: what is read is reasoned with meanwhile.

`python -m ssrgraph.reasoning.parsing FORMAT BASE FILE` writes messages to its standard output: a byte that says what
it is, eight bytes of length, and the content.
"""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from queue import Empty, Queue
from typing import TYPE_CHECKING, BinaryIO

from pyoxigraph import RdfFormat, Triple, parse, serialize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad

_CHUNK = 1 << 14
"""Statements of a block."""
_AHEAD = 8
"""How many blocks are read ahead."""
_BLOCK, _WRONG, _UNREADABLE, _END = b"B", b"W", b"U", b"E"


@dataclass(frozen=True, slots=True)
class Lines:
    """Statements as blocks of N-Triples lines, each line as pyoxigraph writes it."""

    blocks: Iterable[bytes]


def lines_of(statements: Iterable[Triple | Quad]) -> Iterator[bytes]:
    """Yield statements as blocks of N-Triples lines; graph names are left out."""
    left = iter(statements)
    while chunk := list(islice(left, _CHUNK)):
        try:
            found = serialize(chunk, format=RdfFormat.N_TRIPLES)  # type: ignore[arg-type]  # takes both
        except ValueError:  # some are in named graphs
            triples = [one if isinstance(one, Triple) else one.triple for one in chunk]
            found = serialize(triples, format=RdfFormat.N_TRIPLES)
        yield found or b""


def read_beside(path: Path, kind: RdfFormat, base_iri: str) -> Lines:
    """Return the statements of a file, read by another process, which begins when the first block is asked for.

    Args:
        path: The file.
        kind: Its format.
        base_iri: What relative IRIs are resolved against.

    Raises:
        ValueError: From the blocks: it is not of this format; says where.
        OSError: From the blocks: it cannot be read, or its process has ended.
    """
    return Lines(_blocks(path, kind, base_iri))


def _blocks(path: Path, kind: RdfFormat, base_iri: str) -> Iterator[bytes]:
    command = [sys.executable, "-P", "-m", __name__, kind.file_extension, base_iri, str(path)]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as process:  # noqa: S603 -- ours
        coming: Queue[tuple[bytes, bytes]] = Queue(_AHEAD)
        assert process.stdout is not None  # noqa: S101 -- it is a pipe
        receiving = threading.Thread(target=_receive, args=(process.stdout, coming), daemon=True)
        receiving.start()
        try:
            while (message := coming.get())[0] == _BLOCK:
                yield message[1]
        finally:
            process.kill()
            while receiving.is_alive():  # It may wait for room.
                with suppress(Empty):
                    coming.get(timeout=0.05)
    what, content = message
    if what == _WRONG:
        raise ValueError(content.decode())
    if what == _UNREADABLE:
        raise OSError(content.decode())


def _receive(pipe: BinaryIO, coming: Queue[tuple[bytes, bytes]]) -> None:
    """Put messages into the queue, and at last one that is no block."""
    while True:
        head = pipe.read(9)
        size = int.from_bytes(head[1:], "big")
        content = pipe.read(size)
        if len(head) < len(_END) + 8 or len(content) < size:
            coming.put((_UNREADABLE, b"the process that reads it has ended"))
            return
        coming.put((head[:1], content))
        if head[:1] != _BLOCK:
            return


def main() -> None:
    """Read a file and write its messages."""
    extension, base_iri, name = sys.argv[1:]
    gc.disable()  # Very many terms are made, none in a cycle.
    out = sys.stdout.buffer

    def send(what: bytes, content: bytes) -> None:
        out.write(what + len(content).to_bytes(8, "big"))
        out.write(content)
        out.flush()

    try:
        with Path(name).open("rb") as file:
            for block in lines_of(parse(file, format=RdfFormat.from_extension(extension), base_iri=base_iri)):
                send(_BLOCK, block)
        send(_END, b"")
    except BrokenPipeError:
        sys.exit(1)  # Nobody reads any more.
    except (SyntaxError, ValueError) as error:
        send(_WRONG, str(error).encode())
    except OSError as error:
        send(_UNREADABLE, (error.strerror or str(error)).encode())


if __name__ == "__main__":
    main()
