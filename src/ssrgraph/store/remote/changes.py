"""The difference between a server and what it shall hold, as updates whose order leaves nothing unsupported.

What is added is added first to the graph and then to the merge; what is taken away, only when all is added, first from
the merge and then from its graph. So the merge never holds what no graph holds, wherever it is broken off; what it
lacks belongs to graphs that are still pending. All statements are about single triples and none contradicts another,
so that it does no harm to run one twice.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from ssrgraph.store.remote.blanks import named
from ssrgraph.store.remote.record import DIGEST, PENDING, RECORD

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

YES = Literal("yes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Triples that are put into a graph or taken out of it.

    Attributes:
        added: Whether they are put in.
        graph: The graph; None for the default graph.
        triples: The triples in N-Triples, a line each.
    """

    added: bool
    graph: NamedNode | None
    triples: bytes

    def block(self) -> str:
        """Return the triples as a part of an update, in their graph."""
        text = self.triples.decode()
        return f"GRAPH <{self.graph.value}> {{\n{text}}}" if self.graph else text

    def update(self) -> str:
        """Return an update that does it."""
        return f"{'INSERT' if self.added else 'DELETE'} DATA {{ {self.block()} }}"


def lines(triples: Iterable[Triple]) -> bytes:
    """Return triples as a server is sent them: N-Triples without blank nodes."""
    sent = (Triple(named(s), p, named(o)) for s, p, o in triples)  # type: ignore[arg-type]
    return serialize(sent, format=RdfFormat.N_TRIPLES) or b""


def digest(triples: Iterable[Triple]) -> str:
    """Return what differs with every other set of triples."""
    return hashlib.sha256(b"".join(sorted(lines(triples).splitlines(keepends=True)))).hexdigest()


def additions(
    graph: NamedNode, merge: NamedNode | None, *, missing: Collection[Triple], merged: Collection[Triple], size: int
) -> Iterator[Statement]:
    """Yield the statements that add triples to a graph and to the merge, none longer than `size` if it can be."""
    for part in _parts(lines(missing), size):
        yield Statement(added=True, graph=graph, triples=part)
    for part in _parts(lines(merged), size):
        yield Statement(added=True, graph=merge, triples=part)


def removals(
    graph: NamedNode,
    merge: NamedNode | None,
    *,
    surplus: Collection[Triple],
    unsupported: Collection[Triple],
    size: int,
) -> Iterator[Statement]:
    """Yield the statements that take triples out of the merge and then out of a graph."""
    for part in _parts(lines(unsupported), size):
        yield Statement(added=False, graph=merge, triples=part)
    for part in _parts(lines(surplus), size):
        yield Statement(added=False, graph=graph, triples=part)


def settled(graph: NamedNode, *, former: str, now: str) -> Iterator[Statement]:
    """Yield the statements that say in the record that a graph is as it shall be; "" for one that is gone."""
    if former and former != now:
        yield from noted([Triple(graph, DIGEST, Literal(former))], added=False)
    if now and former != now:
        yield from noted([Triple(graph, DIGEST, Literal(now))], added=True)
    yield from noted([Triple(graph, PENDING, YES)], added=False)


def noted(triples: Iterable[Triple], *, added: bool, size: int = 1_000_000) -> Iterator[Statement]:
    """Yield the statements that put triples into the record or take them out of it."""
    for part in _parts(lines(triples), size):
        yield Statement(added=added, graph=RECORD, triples=part)


def batches(statements: Iterable[Statement], size: int) -> Iterator[list[Statement]]:
    """Yield statements together, as many as are not longer than `size`."""
    batch: list[Statement] = []
    length = 0
    for one in statements:
        if batch and length + len(one.triples) > size:
            yield batch
            batch, length = [], 0
        batch.append(one)
        length += len(one.triples)
    if batch:
        yield batch


def _parts(text: bytes, size: int) -> Iterator[bytes]:
    part: list[bytes] = []
    length = 0
    for line in text.splitlines(keepends=True):
        if part and length + len(line) > size:
            yield b"".join(part)
            part, length = [], 0
        part.append(line)
        length += len(line)
    if part:
        yield b"".join(part)
