"""Every document of a store looked at, one after another or by several processes.

Nearly all nodes that shapes are about belong to one document: its claims, the stretches of its text, the document
itself. All that is asserted of those stands in the two graphs of the document, which are read anyway, so the store need
not be asked for each. Whether that is so is not taken for granted: names of such nodes that two documents or another
graph speak of are noticed, and the documents that do are looked at again, by what the store says.
"""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final, TypeVar

import pyoxigraph
from pyoxigraph import NamedNode

from ssrgraph.processes import workers
from ssrgraph.store import MemoryStore
from ssrgraph.validation.content import Content
from ssrgraph.validation.reach import reach
from ssrgraph.validation.screening import Screen, Surroundings
from ssrgraph.vocabulary import Rdf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from pyoxigraph import Triple

    from ssrgraph.processes import Workers
    from ssrgraph.store import StoreInfo
    from ssrgraph.validation.content import OfDocument
    from ssrgraph.validation.evidence import Term

Item = TypeVar("Item")
Answer = TypeVar("Answer")

_AT_A_TIME: Final = 16
"""So many documents a process is given at a time."""
_NODES_AT_A_TIME: Final = 1_000
_WORTH: Final = 200
"""From so many documents on, further processes are worth that they are started."""
_DIGEST: Final = 8
"""Bytes that stand for a name: if two were the same, a document would be looked at twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What there is to see in one document.

    Attributes:
        graph: The document's graph.
        found: What a check takes from it.
        doubtful: The nodes that belong to it and may not conform to shapes.
        shared: The other nodes that it makes instances of what shapes are about.
        names: The digests of the names that only this document should speak of, one after another.
    """

    graph: NamedNode
    found: OfDocument
    doubtful: tuple[Term, ...]
    shared: tuple[Term, ...]
    names: bytes


def look_at_all(
    content: Content, shapes: Sequence[Triple], take: Callable[[NamedNode, OfDocument], None], *, jobs: int | None = 1
) -> list[Term] | None:
    """Look at every document.

    Args:
        content: What the store holds.
        shapes: The SHACL shapes.
        take: Given each document's graph and what a check takes from it, in the order of the graphs.
        jobs: How many processes look at most, where others can open the store; None: as many as there are cores.

    Returns:
        The nodes that may not conform to the shapes; None if that can only be said of the whole graph.
    """
    graphs = content.graphs_of_documents()
    with _looking(content, shapes, jobs if len(graphs) >= _WORTH else 1) as looking:
        seen = _Seen()
        doubtful: dict[NamedNode, tuple[Term, ...]] = {}
        shared: dict[Term, None] = {}
        for look in looking.looks(graphs):
            take(look.graph, look.found)
            seen.put(look.graph, look.names)
            shared.update(dict.fromkeys(look.shared))
            if look.doubtful:
                doubtful[look.graph] = look.doubtful
        own = looking.own
        if not own.knows_shapes:
            return None
        for graph in content.graphs:
            if graph != content.inferred and not content.is_of_document(graph):
                nodes, names = own.elsewhere(graph)
                shared.update(dict.fromkeys(nodes))
                seen.put(graph, names)
        for graph in seen.of_several():
            if content.is_of_document(graph):
                doubtful[graph] = own.doubtful(own.look_again(graph))
        return [*chain.from_iterable(doubtful.values()), *looking.doubtful(shared)]


class _Seen:
    """Which graphs speak of which names."""

    def __init__(self) -> None:
        self._graphs: list[NamedNode] = []
        self._names: list[bytes] = []

    def put(self, graph: NamedNode, names: bytes) -> None:
        """Remember that a graph speaks of these names, each once."""
        self._graphs.append(graph)
        self._names.append(names)

    def of_several(self) -> list[NamedNode]:
        """Return the graphs that speak of a name of which another speaks too."""
        import numpy as np  # noqa: PLC0415 -- a change of a few documents needs none of it

        names = np.frombuffer(b"".join(self._names), dtype=np.uint64)
        which = np.repeat(np.arange(len(self._graphs)), [len(one) // _DIGEST for one in self._names])
        _, place, times = np.unique(names, return_inverse=True, return_counts=True)
        return [self._graphs[number] for number in np.unique(which[times[place] > 1]).tolist()]


class Looker:
    """Looks at documents in this process.

    Args:
        content: What the store holds.
        shapes: The SHACL shapes.
    """

    def __init__(self, content: Content, shapes: Sequence[Triple]) -> None:
        self._content = content
        seen = reach(shapes) if shapes else None
        self._around = Surroundings(content.store, content.inferred)
        self._screen = None if seen is None else Screen(shapes, self._around)
        self._classes = frozenset() if self._screen is None else self._screen.classes
        self._nothing_asked = not shapes
        base = content.store.info.base_iri
        self._own = tuple(f"{base}{part}/" for part in ("claim", "document", "graph"))
        self._evidence = f"{base}graph/evidence/"
        self._of_document = f"{base}document/"

    @property
    def knows_shapes(self) -> bool:
        """Whether it can be said of each node by itself whether it conforms."""
        return self._screen is not None or self._nothing_asked

    def look(self, graph: NamedNode) -> Look:
        """Look at a document."""
        content = self._content
        found = content.look_at(graph)
        near = self._near(chain(content.said(graph), content.said(content.evidence_graph(graph))))
        self._around.hold(near)
        own, shared = self._instances(graph)
        doubtful = self.doubtful(own)
        self._around.hold({})
        names = {self._name(one.value) for one in near if isinstance(one, NamedNode)}
        return Look(graph=graph, found=found, doubtful=doubtful, shared=shared, names=_digests(names))

    def look_again(self, graph: NamedNode) -> tuple[Term, ...]:
        """Return the nodes that belong to a document and that shapes are about."""
        return self._instances(graph)[0]

    def elsewhere(self, graph: NamedNode) -> tuple[tuple[Term, ...], bytes]:
        """Return the nodes of a graph of no document that shapes are about, and the names that are a document's."""
        nodes: dict[Term, None] = {}
        names: set[str] = set()
        for one in self._content.store.triples(graph):
            if isinstance(one.subject, NamedNode) and one.subject.value.startswith(self._own):
                names.add(self._name(one.subject.value))
            if one.predicate.value == Rdf.TYPE and one.object in self._classes:
                nodes[one.subject] = None
        return tuple(nodes), _digests(names)

    def doubtful(self, nodes: Iterable[Term]) -> tuple[Term, ...]:
        """Return those nodes that may not conform to the shapes."""
        screen = self._screen
        return () if screen is None else tuple(node for node in nodes if not screen.is_sound(node))

    def _near(self, triples: Iterable[Triple]) -> dict[Term, Mapping[str, Sequence[Term]]]:
        found: defaultdict[Term, defaultdict[str, dict[Term, None]]] = defaultdict(lambda: defaultdict(dict))
        for one in triples:
            subject = one.subject
            if isinstance(subject, NamedNode) and subject.value.startswith(self._own):
                found[subject][one.predicate.value][one.object] = None
        return {node: {name: tuple(values) for name, values in of.items()} for node, of in found.items()}

    def _instances(self, graph: NamedNode) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
        """Return the nodes of a document that shapes are about: those that belong to it, and others."""
        own: dict[Term, None] = {}
        shared: dict[Term, None] = {}
        for one in chain(self._content.said(graph), self._content.said(self._content.evidence_graph(graph))):
            if one.predicate.value == Rdf.TYPE and one.object in self._classes:
                node = one.subject
                mine = isinstance(node, NamedNode) and node.value.startswith(self._own)
                (own if mine else shared)[node] = None
        return tuple(own), tuple(shared)

    def _name(self, iri: str) -> str:
        """Return the name of what a node is a part of: a claim or a document."""
        name = iri.partition("#")[0]
        for start in (self._evidence, self._content.folder):
            if name.startswith(start):
                return self._of_document + name.removeprefix(start)
        return name


def _digests(names: Iterable[str]) -> bytes:
    return b"".join(hashlib.blake2b(name.encode(), digest_size=_DIGEST).digest() for name in sorted(names))


class _Looking:
    """Looks at documents with the help of processes, if there are any."""

    def __init__(self, own: Looker, pool: Workers | None) -> None:
        self.own = own
        self._pool = pool

    def looks(self, graphs: Sequence[NamedNode]) -> Iterator[Look]:
        """Yield what there is to see in each document."""
        return self._made(_looks, lambda some: [self.own.look(one) for one in some], graphs, _AT_A_TIME)

    def doubtful(self, nodes: Iterable[Term]) -> Iterator[Term]:
        """Yield those nodes that may not conform to the shapes."""
        return self._made(_doubtful, lambda some: list(self.own.doubtful(some)), list(nodes), _NODES_AT_A_TIME)

    def _made(
        self,
        there: Callable[[Sequence[Item]], list[Answer]],
        here: Callable[[Sequence[Item]], list[Answer]],
        items: Sequence[Item],
        size: int,
    ) -> Iterator[Answer]:
        """Yield what a function makes of some items at a time, there or, if nobody is there any longer, here."""
        parts = [items[start : start + size] for start in range(0, len(items), size)]
        done = 0
        if self._pool is not None:
            try:
                for found in self._pool.in_order(there, parts):
                    done += 1
                    yield from found
            except BrokenProcessPool:
                # A process was ended, most likely for want of memory; one alone needs less.
                self._pool = None
        for part in parts[done:]:
            yield from here(part)


@contextmanager
def _looking(content: Content, shapes: Sequence[Triple], jobs: int | None) -> Iterator[_Looking]:
    count = (os.cpu_count() or 1) if jobs is None else jobs
    own = Looker(content, shapes)
    if count <= 1:
        yield _Looking(own, None)
        return
    with content.store.for_others() as folder:
        if folder is None:
            yield _Looking(own, None)
        else:
            with workers(count, _begin, folder, content.store.info, list(shapes)) as pool:
                yield _Looking(own, pool)


_worker: Looker | None = None
"""What a further process looks with; the first has none."""


def _begin(folder: Path, info: StoreInfo, shapes: Sequence[Triple]) -> None:
    global _worker  # noqa: PLW0603 -- a pool gives its initializer no other place
    store = MemoryStore(data=pyoxigraph.Store.read_only(str(folder)), info=info)
    _worker = Looker(Content(store), shapes)


def _looks(graphs: Sequence[NamedNode]) -> list[Look]:
    assert _worker is not None  # noqa: S101 -- the process began with it
    return [_worker.look(graph) for graph in graphs]


def _doubtful(nodes: Sequence[Term]) -> list[Term]:
    assert _worker is not None  # noqa: S101 -- the process began with it
    return list(_worker.doubtful(nodes))
