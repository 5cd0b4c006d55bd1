"""Stores over an open pyoxigraph dataset: the reading half, and a store in memory."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

import pyoxigraph

from ssrgraph import __version__
from ssrgraph.store import merge
from ssrgraph.store.interface import SEPARATE, StoreInfo

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from pyoxigraph import NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples, Triple

    from ssrgraph.store.interface import Object, Subject


class DatasetReader:
    """The reading half of a `Store`, over a pyoxigraph dataset that is open.

    Args:
        data: What it holds; its default graph must be the merge of its named graphs.
        info: What it says of itself.
        address: How messages call it.
        prepared: See `Store.prepared`.
    """

    def __init__(self, data: pyoxigraph.Store, *, info: StoreInfo, address: str, prepared: Path | None = None) -> None:
        self._data = data
        self._info = info
        self._address = address
        self._prepared = prepared

    @property
    def address(self) -> str:
        """How messages call it."""
        return self._address

    @property
    def info(self) -> StoreInfo:
        """What the store says of itself."""
        return self._info

    @property
    def prepared(self) -> Path | None:
        """The folder for answers that are made ahead of this state of the store; see `Store.prepared`."""
        return self._prepared

    def query(
        self,
        text: str,
        *,
        default_graphs: Sequence[NamedNode] = (),
        named_graphs: Sequence[NamedNode] | None = None,
        base_iri: str | None = None,
        prefixes: Mapping[str, str] | None = None,
    ) -> QuerySolutions | QueryTriples | QueryBoolean:
        """Run a SPARQL 1.1 query; see `Store.query`."""
        return merge.query_merged(
            self._data,
            text,
            default_graphs=default_graphs,
            named_graphs=named_graphs,
            base_iri=base_iri,
            prefixes=prefixes,
        )

    def graphs(self) -> tuple[NamedNode, ...]:
        """Return the names of all graphs that hold a triple, sorted."""
        return merge.named_graphs(self._data)

    def has_graph(self, graph: NamedNode) -> bool:
        """Say whether there is a named graph of this name, be it empty."""
        return self._data.contains_named_graph(graph)

    def triples(self, graph: NamedNode | None = None) -> Iterator[Triple]:
        """Yield the triples of a named graph, or of the merge of all."""
        return merge.graph_triples(self._data, graph)

    def match(
        self,
        subject: Subject | None,
        predicate: NamedNode | None,
        object_: Object | None,
        graph: NamedNode | None = None,
    ) -> Iterator[Triple]:
        """Yield the triples of a named graph, or of the merge of all, that have these terms; see `Store.match`."""
        where = pyoxigraph.DefaultGraph() if graph is None else graph
        return (quad.triple for quad in self._data.quads_for_pattern(subject, predicate, object_, where))

    def graphs_of(self, triple: Triple) -> Iterator[NamedNode]:
        """Yield the names of the graphs that hold a triple."""
        for quad in self._data.quads_for_pattern(triple.subject, triple.predicate, triple.object, None):
            if isinstance(quad.graph_name, pyoxigraph.NamedNode):
                yield quad.graph_name

    def quads(self) -> Iterator[Quad]:
        """Yield what the named graphs hold, and the default graph where it is one of its own."""
        if self._info.dataset == SEPARATE:
            yield from self._data.quads_for_pattern(None, None, None, pyoxigraph.DefaultGraph())
        for graph in self.graphs():
            yield from self._data.quads_for_pattern(None, None, None, graph)

    def count(self, graph: NamedNode | None = None) -> int:
        """Return how many triples a named graph, or the merge of all, holds."""
        # The database counts; to turn every triple into one of Python's takes ten times as long.
        found = self.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", default_graphs=() if graph is None else (graph,))
        return int(next(iter(found))[0].value) if isinstance(found, pyoxigraph.QuerySolutions) else 0

    def for_others(self) -> AbstractContextManager[Path | None]:
        """Give a folder from which other processes can read the database; see `Store.for_others`."""
        return nullcontext()


class MemoryStore(DatasetReader):
    """A `MutableStore` that lives as long as the process: for parts of a graph, for tests.

    Args:
        base_iri: The IRI that its resources begin with.
        data: What it holds already; its default graph must be the merge of its named graphs.
        info: What it says of itself; made from `base_iri` if it is not given.
        address: How messages call it.
        prepared: See `Store.prepared`; only for a copy that is not changed.

    Attributes:
        growth: By how many triples the merge has grown since then; None if so many came that nobody counted.
    """

    def __init__(
        self,
        base_iri: str = "https://w3id.org/ssrgraph/",
        *,
        data: pyoxigraph.Store | None = None,
        info: StoreInfo | None = None,
        address: str = "memory",
        prepared: Path | None = None,
    ) -> None:
        super().__init__(
            pyoxigraph.Store() if data is None else data,
            info=info or StoreInfo(base_iri=base_iri, version=__version__),
            address=address,
            prepared=prepared,
        )
        self.growth: int | None = 0

    def replace_graph(self, graph: NamedNode, triples: Iterable[Triple]) -> None:
        """Make a named graph hold exactly these triples."""
        self._grow(merge.replace_graph(self._data, graph, triples))

    def fill_graph(self, graph: NamedNode, parts: Iterable[bytes]) -> None:
        """Add a named graph that is new from N-Triples, whole lines, of which few are held in memory."""
        self._grow(None)
        merge.fill_graph(self._data, graph, parts)

    def change_graph(self, graph: NamedNode, added: Collection[Triple], removed: Collection[Triple]) -> None:
        """Add triples to a named graph and take others out of it."""
        self._grow(merge.change_graph(self._data, graph, added, removed))

    def drop_graph(self, graph: NamedNode) -> None:
        """Take a named graph away, and from the merge what only it supported."""
        self._grow(merge.replace_graph(self._data, graph, ()))

    def _grow(self, triples: int | None) -> None:
        self.growth = None if self.growth is None or triples is None else self.growth + triples
