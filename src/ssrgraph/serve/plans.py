"""What the headers of a query by GET say of its answer, worked out once for each client that sends the same ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssrgraph.serve import framing, heads, negotiation
from ssrgraph.serve.formats import GRAPHS, ROWS, choose
from ssrgraph.serve.pages.routes import DATA, HTML
from ssrgraph.serve.responses import query_mark

if TYPE_CHECKING:
    from ssrgraph.serve.formats import Choice
    from ssrgraph.serve.framing import Values
    from ssrgraph.serve.snapshots import Snapshot

_SIMPLE = frozenset(
    b"host accept accept-encoding accept-language accept-charset user-agent connection origin referer "
    b"cache-control pragma dnt sec-fetch-dest sec-fetch-mode sec-fetch-site".split()
)
"""Headers that a request may have to be simple; the answer depends on the first three."""
_LONGEST = 4096
"""Bytes of headers from which on they are not simple."""


@dataclass(frozen=True, slots=True)
class State:
    """What headers say of an answer from a state of the store.

    Attributes:
        version: That state.
        message: What a process is told before the query.
        mark: What the answer is known by, but for the text of the query.
    """

    version: str
    message: bytes
    mark: bytes


@dataclass(slots=True)
class Plan:
    """What headers say of an answer.

    Attributes:
        about: What a process must know beside the query.
        rows: The format of rows, if any is acceptable.
        graph: The format of a graph, if any is acceptable.
        coding: How the answer is compressed; None: not at all.
    """

    about: Values
    rows: Choice | None
    graph: Choice | None
    coding: str | None
    _state: State | None = None

    def state(self, snapshot: Snapshot) -> State:
        """Return the same for a state of the store."""
        if self._state is None or self._state.version != snapshot.version:
            about = {**self.about, "generation": snapshot.name, "version": snapshot.version}
            message = framing.json_of(about) + b"\0"
            self._state = State(snapshot.version, message, query_mark(snapshot, self.about))
        return self._state

    def content_type(self, kind: str) -> str:
        """Return what the header says of an answer of this kind."""
        choice = self.graph if kind == "graph" else self.rows
        assert choice is not None  # noqa: S101 -- the task told otherwise that nothing is acceptable
        return choice.content_type


def plan_of(block: bytes, path: str) -> Plan | None:
    """Return what the headers of a query to a path say; None if they are not simple.

    Args:
        block: The headers, with the empty line behind them.
        path: The path.
    """
    headers = heads.headers_of(block) if len(block) <= _LONGEST else None
    if headers is None or not headers.get(b"host") or not headers.keys() <= _SIMPLE:
        return None
    if headers.get(b"connection", b"keep-alive").lower() != b"keep-alive":
        return None
    values = {name: value.decode("ascii") for name, value in headers.items()}
    accept = values.get(b"accept")
    if negotiation.best(accept, (*DATA, HTML)) == HTML:
        return None
    rows, graph = choose(accept, ROWS), choose(accept, GRAPHS)
    about = {
        "task": "query",
        "rows": rows and rows.format.name,
        "graph": graph and graph.format.name,
        "base": f"http://{values[b'host']}{path}",
    }
    coding = negotiation.encoding(values.get(b"accept-encoding"))
    return Plan(about=about, rows=rows, graph=graph, coding=coding)
