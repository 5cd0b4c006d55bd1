"""A store on a SPARQL server, open for reading."""

from __future__ import annotations

from contextlib import nullcontext
from functools import lru_cache
from typing import TYPE_CHECKING, Self

import pyoxigraph
from pyoxigraph import NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples, Triple

from ssrgraph.errors import StoreError
from ssrgraph.store import merge
from ssrgraph.store.clauses import dataset_of
from ssrgraph.store.remote import record
from ssrgraph.store.remote.asking import ask, checked, graph_names, prepared, read_graph, rows
from ssrgraph.store.remote.blanks import named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path
    from types import TracebackType

    from ssrgraph.store.interface import Object, StoreInfo, Subject
    from ssrgraph.store.remote.client import Client
    from ssrgraph.store.remote.record import State

_REMEMBERED = 20_000
"""Answers to `match` and `graphs_of` that are kept, for proofs and checks ask the same again and again."""


class RemoteStore:
    """A finished store on a server, as it was when it was opened; use `open`, as a context manager or with `close`.

    An answer is given only if the server was at that edition before and after it, and was not changed in between.
    """

    def __init__(self, client: Client, state: State, info: StoreInfo) -> None:
        self._client = client
        self._state = state
        self._info = info
        self._copy: pyoxigraph.Store | None = None
        self._matching = lru_cache(_REMEMBERED)(self._read_matching)
        self._holding = lru_cache(_REMEMBERED)(self._read_holding)

    @classmethod
    def open(cls, client: Client) -> Self:
        """Open the store that a server holds.

        Raises:
            StoreError: It holds none, or is being changed, or does not answer.
        """
        state = record.read_state(client)
        if state.publisher:
            raise StoreError(
                client.address,
                f"is being changed by {state.publisher}; wait, or if that was stopped, run the command again there",
            )
        if state.info is None:
            raise StoreError(client.address, "holds no store; make it with `ssrgraph build --store ADDRESS`")
        return cls(client, state, state.info)

    @property
    def address(self) -> str:
        """The address of the server, as the caller named it."""
        return self._client.address

    @property
    def info(self) -> StoreInfo:
        """What the store says of itself."""
        return self._info

    @property
    def prepared(self) -> Path | None:
        """None: answers are not made ahead of a store on a server."""
        return None

    @property
    def edition(self) -> str:
        """A text that differs with everything that the store holds."""
        return self._state.edition

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
        known = dict(prefixes or {})
        kind = checked(text, base_iri=base_iri, prefixes=known)
        given = bool(default_graphs) or named_graphs is not None or dataset_of(text, known) is not None
        if not given and self._client.kind.is_trusted(text):
            sent = prepared(text, base_iri=base_iri, prefixes=known, own=self._own())
            found = ask(self._client, sent, kind, dataset=self._client.kind.dataset(text))
            self.verify()
            return found
        # Servers differ in what the dataset of a request is, and repeat what several of its graphs hold.
        part = self._part(text, default_graphs, named_graphs, known) if given else self._whole()
        self.verify()
        return merge.query_merged(
            part,
            text,
            default_graphs=default_graphs,
            named_graphs=named_graphs,
            base_iri=base_iri,
            prefixes=prefixes,
        )

    def graphs(self) -> tuple[NamedNode, ...]:
        """Return the names of all graphs that hold a triple, sorted."""
        names = graph_names(self._client) if self._client.kind.names else record.read_progress(self._client).digests
        return tuple(sorted(filter(self._is_own, names), key=lambda name: name.value))

    def has_graph(self, graph: NamedNode) -> bool:
        """Say whether there is a named graph of this name; a server may not know of one that is empty."""
        is_held = ask(self._client, f"ASK {{ {self._within('?s ?p ?o', graph)} }}", QueryBoolean)
        return self._is_own(graph) and bool(is_held)

    def triples(self, graph: NamedNode | None = None) -> Iterator[Triple]:
        """Yield the triples of a named graph, or of the merge of all, in no certain order."""
        return read_graph(self._client, self._client.kind.merge if graph is None else graph)

    def match(
        self,
        subject: Subject | None,
        predicate: NamedNode | None,
        object_: Object | None,
        graph: NamedNode | None = None,
    ) -> Iterator[Triple]:
        """Yield the triples of a named graph, or of the merge of all, that have these terms; see `Store.match`."""
        return iter(self._matching(subject, predicate, object_, graph))

    def graphs_of(self, triple: Triple) -> Iterator[NamedNode]:
        """Yield the names of the graphs that hold a triple."""
        return iter(self._holding(triple))

    def quads(self) -> Iterator[Quad]:
        """Yield what the graphs hold, in no certain order; the merge is not repeated."""
        for graph in self.graphs():
            for triple in self.triples(graph):
                yield Quad(triple.subject, triple.predicate, triple.object, graph)

    def count(self, graph: NamedNode | None = None) -> int:
        """Return how many triples a named graph, or the merge of all, holds."""
        found = ask(self._client, f"SELECT (COUNT(*) AS ?n) {{ {self._within('?s ?p ?o', graph)} }}", QuerySolutions)
        return int(next(iter(found))[0].value)  # type: ignore[arg-type]

    def for_others(self) -> AbstractContextManager[Path | None]:
        """Give no folder: the store is elsewhere."""
        return nullcontext()

    def files(self) -> tuple[str, ...]:
        """Return the names of the files kept beside the graphs, sorted."""
        return record.file_names(self._client)

    def read_file(self, name: str) -> bytes:
        """Return one of them."""
        return record.read_file(self._client, name)

    def verify(self) -> None:
        """See that the server still holds what it held when the store was opened.

        Raises:
            StoreError: It was changed.
        """
        if record.read_mark(self._client) != (self._state.edition, "", self._state.publications):
            raise StoreError(self.address, "was changed while it was read; ask again")

    def close(self) -> None:
        """End the connections."""
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.verify()
        finally:
            self.close()

    def _within(self, pattern: str, graph: NamedNode | None) -> str:
        where = graph or self._client.kind.merge
        return pattern if where is None else f"GRAPH <{where.value}> {{ {pattern} }}"

    def _is_own(self, graph: NamedNode) -> bool:
        """Say whether a graph of the server is one of the store's."""
        if self._client.kind.merge is None:  # Then the server is the store's alone.
            return graph != record.RECORD
        return graph.value.startswith(f"{self._info.base_iri}graph/")

    def _own(self) -> str:
        """Return the condition under which `?g` is one of the store's graphs."""
        if self._client.kind.merge is None:
            return f"?g != <{record.RECORD.value}>"
        return f'STRSTARTS(STR(?g), "{self._info.base_iri}graph/")'

    def _read_matching(
        self, subject: Subject | None, predicate: NamedNode | None, object_: Object | None, graph: NamedNode | None
    ) -> tuple[Triple, ...]:
        given = (("?s", subject), ("?p", predicate), ("?o", object_))
        names = [variable if term is None else str(named(term)) for variable, term in given]
        pattern = self._within(" ".join(names), graph)
        free = [variable for variable, term in given if term is None]
        if not free:
            there = ask(self._client, f"ASK {{ {pattern} }}", QueryBoolean)
            return (Triple(subject, predicate, object_),) if there else ()  # type: ignore[arg-type]
        found = []
        for row in rows(self._client, " ".join(free), pattern):
            terms = [row[variable[1:]] if term is None else term for variable, term in given]
            found.append(Triple(*terms))  # type: ignore[arg-type]
        return tuple(sorted(found, key=str))

    def _read_holding(self, triple: Triple) -> tuple[NamedNode, ...]:
        words = " ".join(str(named(term)) for term in triple)
        found = {row[0] for row in rows(self._client, "?g", f"GRAPH ?g {{ {words} }}")}
        return tuple(sorted(filter(self._is_own, found), key=lambda name: name.value))

    def _whole(self) -> pyoxigraph.Store:
        """Return a copy of all graphs and their merge, in memory."""
        if self._copy is None:
            self._copy = pyoxigraph.Store()
            self._copy.bulk_extend(Quad(*triple) for triple in self.triples())
            self._copy.bulk_extend(self.quads())
        return self._copy

    def _part(
        self,
        text: str,
        default_graphs: Sequence[NamedNode],
        named_graphs: Sequence[NamedNode] | None,
        prefixes: Mapping[str, str],
    ) -> pyoxigraph.Store:
        """Return a copy of the graphs that make the dataset of a query."""
        clauses = None if default_graphs or named_graphs is not None else dataset_of(text, prefixes)
        if clauses:
            default_graphs, named_graphs = clauses.default, clauses.named
        part = pyoxigraph.Store()
        if not default_graphs:
            part.bulk_extend(Quad(*triple) for triple in self.triples())
        wanted = (*default_graphs, *(self.graphs() if named_graphs is None else named_graphs))
        for graph in dict.fromkeys(wanted):
            part.bulk_extend(Quad(s, p, o, graph) for s, p, o in self.triples(graph))
        return part
