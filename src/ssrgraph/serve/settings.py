"""What a server is told when it starts."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pathlib import Path

MEGABYTE = 1 << 20
BYTES_A_QUAD = 600
"""What a quad takes in the memory of a process: measured over graphs of claims (421 bytes), with something to spare."""
_PART = 4
"""The part of all memory that copies may take."""


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def copied() -> int:
    """Return how many quads are copied into the memory of each process: as many as a quarter of all memory holds.

    There is a process for each core and one more. Where the system does not tell its memory, it is taken for 4 GB.
    """
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        memory = 4096 * MEGABYTE
    return memory // _PART // ((cores() + 1) * BYTES_A_QUAD)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkReview:
    """What the review of links works with.

    Attributes:
        file: Where decisions are kept, as SSSOM.
        links: The files of links that are decided elsewhere.
        answers: Where `ssrgraph link --live` has kept what a reconciliation service answered.
        service: The address of that service.
    """

    file: Path
    links: tuple[Path, ...]
    answers: Path
    service: str

    def values(self) -> dict[str, object]:
        """Return the same as another process is told it."""
        links = [str(path) for path in self.links]
        return {"file": str(self.file), "links": links, "answers": str(self.answers), "service": self.service}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a server is told when it starts.

    Attributes:
        store: The folder of the store, or of the copy of what a server holds.
        server: The address of that server; "" if there is none.
        passed: Whether questions are put to that server, and nothing of it is copied.
        look: Seconds between two looks at whether the server holds something else.
        host: Where it listens; only this machine reaches the default.
        port: Where it listens; 0: any free port.
        workers: How many queries run at the same time.
        timeout: Seconds that a query may take.
        memory: Bytes that a query's process may take.
        result: Bytes that an answer may have.
        query: Bytes that a query may have.
        upload: Bytes that an update or a graph that is written may have.
        nesting: How deep the brackets of a query may stand within each other.
        waiting: How many queries may wait for a worker.
        connections: How many connections may be open; one that idles gives way to a new one.
        patience: Seconds that a client has for sending a request whole, and between two requests.
        dataset: `merged`: the default graph of a query is the merge of all graphs; `separate`: a plain SPARQL store.
        token: What a writer must show; None: nobody may write.
        hosts: The hosts that SERVICE and LOAD may reach.
        cache: Bytes of answers that are kept.
        copied: How many quads a store may have for each process to hold a copy of it in memory.
        prepared: Bytes on the disk that answers to saved queries may take which are made ahead; 0: none are.
        review: What the review of links works with; None: links are not reviewed here.
        nanopubs: The file of nanopublications that were published, or the folder that it was loaded into; None: none.
        access_log: Where a line is written for each request; `-`: standard output; None: nowhere.
    """

    store: Path
    server: str = ""
    passed: bool = False
    look: float = 2.0
    host: str = "127.0.0.1"
    port: int = 7878
    workers: int = field(default_factory=cores)
    timeout: float = 30.0
    memory: int = 2048 * MEGABYTE
    result: int = 1024 * MEGABYTE
    query: int = MEGABYTE
    upload: int = 256 * MEGABYTE
    nesting: int = 100
    waiting: int = 256
    connections: int = 4096
    patience: float = 30.0
    dataset: Literal["merged", "separate"] = "merged"
    token: bytes | None = field(default=None, repr=False)
    hosts: frozenset[str] = frozenset()
    cache: int = 64 * MEGABYTE
    copied: int = field(default_factory=copied)
    prepared: int = 1024 * MEGABYTE
    review: LinkReview | None = None
    nanopubs: Path | None = None
    access_log: Path | None = None

    @property
    def is_writable(self) -> bool:
        """Whether anybody may write."""
        return self.token is not None
