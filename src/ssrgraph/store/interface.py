"""What every store offers, local or remote: queries over a merge of named graphs, and its triples."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path
    from types import TracebackType

    from pyoxigraph import (
        BlankNode,
        Literal,
        NamedNode,
        Quad,
        QueryBoolean,
        QuerySolutions,
        QueryTriples,
        Triple,
    )

    Subject = NamedNode | BlankNode | Triple
    Object = Subject | Literal

FORMAT = 1
"""Version of the layout on disk; a store of another one is not read."""


MERGED = "merged"
"""A dataset whose default graph is the merge of its named graphs."""
SEPARATE = "separate"
"""A dataset whose default graph is a graph of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreInfo:
    """What a store says of itself.

    Attributes:
        base_iri: The IRI that all its resources begin with.
        version: Version of ssrgraph that wrote it.
        state: What the writer wants to find again (the inputs of a build and their hashes); plain JSON values.
        format: Version of the layout on disk.
        dataset: `MERGED` or `SEPARATE`.
    """

    base_iri: str
    version: str
    state: Mapping[str, object] = field(default_factory=dict)
    format: int = FORMAT
    dataset: str = MERGED


class Store(Protocol):
    """A dataset of named graphs whose default graph is their RDF merge: a triple counts once.

    Every method that fails for want of a usable store raises `StoreError`.
    """

    @property
    def address(self) -> str:
        """The folder or address, as the caller named it."""
        ...

    @property
    def info(self) -> StoreInfo:
        """What the store says of itself."""
        ...

    @property
    def prepared(self) -> Path | None:
        """The folder for answers that are made ahead of this state of the store, be it there or not; None: none are."""
        ...

    def query(
        self,
        text: str,
        *,
        default_graphs: Sequence[NamedNode] = (),
        named_graphs: Sequence[NamedNode] | None = None,
        base_iri: str | None = None,
        prefixes: Mapping[str, str] | None = None,
    ) -> QuerySolutions | QueryTriples | QueryBoolean:
        """Run a SPARQL 1.1 query.

        Args:
            text: The query.
            default_graphs: The graphs whose merge is the default graph of the query; empty: all named graphs.
            named_graphs: The graphs that `GRAPH` sees; None: all.
            base_iri: What relative IRIs in the query are resolved against.
            prefixes: Prefixes that the query may use without declaring them.

        Raises:
            SyntaxError: The text is no SPARQL 1.1 query; the message has line and column.
        """
        ...

    def graphs(self) -> tuple[NamedNode, ...]:
        """Return the names of all graphs that hold a triple, sorted."""
        ...

    def has_graph(self, graph: NamedNode) -> bool:
        """Say whether there is a named graph of this name, be it empty where that can be known."""
        ...

    def triples(self, graph: NamedNode | None = None) -> Iterator[Triple]:
        """Yield the triples of a named graph, or of the merge of all, in no certain order."""
        ...

    def match(
        self,
        subject: Subject | None,
        predicate: NamedNode | None,
        object_: Object | None,
        graph: NamedNode | None = None,
    ) -> Iterator[Triple]:
        """Yield the triples of a named graph, or of the merge of all, that have these terms; None stands for any.

        The order is the same every time.
        """
        ...

    def graphs_of(self, triple: Triple) -> Iterator[NamedNode]:
        """Yield the names of the graphs that hold a triple, in the same order every time."""
        ...

    def quads(self) -> Iterator[Quad]:
        """Yield what the graphs hold, in no certain order; the merge is not repeated."""
        ...

    def count(self, graph: NamedNode | None = None) -> int:
        """Return how many triples a named graph, or the merge of all, holds."""
        ...

    def for_others(self) -> AbstractContextManager[Path | None]:
        """Give a folder that holds for the block the database as it is now, for other processes to open for reading.

        None: there is no such folder, because the store is in memory or elsewhere.
        """
        ...


class FinishedStore(Store, Protocol):
    """A store that is open for reading, with the files that its writer kept beside the graph; a context manager."""

    def files(self) -> tuple[str, ...]:
        """Return the names of the files, sorted."""
        ...

    def read_file(self, name: str) -> bytes:
        """Return one of them."""
        ...

    def close(self) -> None:
        """Let the store go; it must not be used afterwards."""
        ...

    def __enter__(self) -> Self:
        """Return the store."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the store go."""
        ...


class MutableStore(Store, Protocol):
    """A store that can be changed; the merge is true after every call."""

    def replace_graph(self, graph: NamedNode, triples: Iterable[Triple]) -> None:
        """Make a named graph hold exactly these triples."""
        ...

    def fill_graph(self, graph: NamedNode, parts: Iterable[bytes]) -> None:
        """Add a named graph that is new from N-Triples, whole lines, of which few are held in memory."""
        ...

    def change_graph(self, graph: NamedNode, added: Collection[Triple], removed: Collection[Triple]) -> None:
        """Add triples to a named graph and take others, which it holds, out of it; the cost is that of the change."""
        ...

    def drop_graph(self, graph: NamedNode) -> None:
        """Take a named graph away, and from the merge what only it supported."""
        ...
