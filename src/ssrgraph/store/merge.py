"""Named graphs and, in the default graph, their merge: kept true on every change.

pyoxigraph can show the union of all graphs as the default graph, but repeats a triple once for each graph that has
it, so that sums and counts come out wrong. Here the merge is stored, and changes by the difference.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, parse

from ssrgraph.store.clauses import dataset_of
from ssrgraph.store.repairs import repaired

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples

_WORK = 100
"""How many quads are copied between two rests: less than a millisecond of work."""
_BULK = 50_000
"""From this many quads on, writing files is quicker than a transaction."""
_PART = 24_000_000
"""Bytes that are loaded at a time: more at a time are fewer files, which the database need not merge so often."""


def named_graphs(data: Store) -> tuple[NamedNode, ...]:
    """Return the names of all graphs that hold a triple, sorted."""
    return tuple(
        sorted(
            (
                name
                for name in data.named_graphs()
                if isinstance(name, NamedNode)
                and next(iter(data.quads_for_pattern(None, None, None, name)), None) is not None
            ),
            key=lambda name: name.value,
        )
    )


def graph_triples(data: Store, graph: NamedNode | None) -> Iterator[Triple]:
    """Yield the triples of one named graph, or of the merge."""
    return (quad.triple for quad in data.quads_for_pattern(None, None, None, graph or DefaultGraph()))


def replace_graph(data: Store, graph: NamedNode, triples: Iterable[Triple]) -> int | None:
    """Make a named graph hold exactly these triples, and the default graph the merge again; see `change_graph`."""
    new = set(triples)
    old = set(graph_triples(data, graph))
    added, removed = new - old, old - new
    grown = change_graph(data, graph, added, removed)
    if not new and old:
        data.remove_graph(graph)
    return grown


def load_graphs(data: Store, quads: bytes) -> None:
    """Add named graphs, which must be new, from N-Quads, and what they hold to the default graph."""
    # A line of N-Quads, as the database's library writes them, ends with the name of the graph and a full stop.
    triples = b"".join(line[: line.rindex(b" <")] + b" .\n" for line in quads.split(b"\n") if line)
    data.bulk_load(quads + triples, format=RdfFormat.N_QUADS, lenient=True)


def fill_graph(data: Store, graph: NamedNode, parts: Iterable[bytes]) -> None:
    """Add a named graph, which must be new, from N-Triples, many lines at a time, and to the default graph the same.

    Only a few parts are held in memory.
    """
    ending = f" {graph} .\n".encode()
    waiting: list[bytes] = []
    blank: list[bytes] = []
    size = 0
    for part in parts:
        for line in part.split(b"\n"):
            # What loads in bulk gives blank nodes other names.
            if b"_:" in line:
                blank.append(line)
            elif line:
                waiting.append(line.removesuffix(b" .") + ending)
        size += len(part)
        if size >= _PART:
            load_graphs(data, b"".join(waiting))
            waiting, size = [], 0
    load_graphs(data, b"".join(waiting))
    added = {quad.triple for quad in parse(b"\n".join(blank), format=RdfFormat.N_TRIPLES)}
    change_graph(data, graph, added, ())


def change_graph(data: Store, graph: NamedNode, added: Collection[Triple], removed: Collection[Triple]) -> int | None:
    """Add triples to a named graph and take others out, and make the default graph the merge again.

    Returns:
        By how many triples the merge has grown; None where they are so many that counting all takes no longer.
    """
    grown: int | None = 0
    if added:
        _add(data, (Quad(t.subject, t.predicate, t.object, graph) for t in added), size=len(added))
        few = len(added) < _BULK
        grown = sum(Quad(t.subject, t.predicate, t.object) not in data for t in added) if few else None
        _add(data, (Quad(t.subject, t.predicate, t.object) for t in added), size=len(added))
    for triple in removed:
        data.remove(Quad(triple.subject, triple.predicate, triple.object, graph))
        if not _supported(data, triple):
            data.remove(Quad(triple.subject, triple.predicate, triple.object))
            grown = None if grown is None else grown - 1
    return grown


def _add(data: Store, quads: Iterable[Quad], *, size: int) -> None:
    (data.bulk_extend if size >= _BULK else data.extend)(quads)


def _supported(data: Store, triple: Triple) -> bool:
    """Say whether a named graph still holds the triple."""
    default = DefaultGraph()
    return any(
        quad.graph_name != default
        for quad in data.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
    )


def copied(data: Store, *, rests: float = 0.0) -> Store:
    """Return a copy in memory of all that a store holds, graphs that are empty included.

    Args:
        data: The store.
        rests: How long to rest after some work, as a multiple of the time it took, so that others get the processor.
    """
    copy = Store()
    copy.bulk_extend(_with_rests(data, rests) if rests else data)
    for graph in data.named_graphs():
        copy.add_graph(graph)
    return copy


def _with_rests(quads: Iterable[Quad], rests: float) -> Iterator[Quad]:
    begun = time.monotonic()
    for number, quad in enumerate(quads, 1):
        yield quad
        if not number % _WORK:
            time.sleep((time.monotonic() - begun) * rests)
            begun = time.monotonic()


def query_merged(
    data: Store,
    text: str,
    *,
    default_graphs: Sequence[NamedNode] = (),
    named_graphs: Sequence[NamedNode] | None = None,
    base_iri: str | None = None,
    prefixes: Mapping[str, str] | None = None,
) -> QuerySolutions | QueryTriples | QueryBoolean:
    """Run a query whose default graph is the merge of all graphs, or of those given.

    Graphs that are given count before those that the query names by `FROM`, as the SPARQL protocol has it.
    """
    given, text = text, repaired(text)
    if text != given:
        try:
            return _run(data, text, default_graphs, named_graphs, base_iri=base_iri, prefixes=prefixes)
        except SyntaxError:
            text = given  # Whose lines and columns a message names.
    return _run(data, text, default_graphs, named_graphs, base_iri=base_iri, prefixes=prefixes)


def _run(
    data: Store,
    text: str,
    default_graphs: Sequence[NamedNode],
    named_graphs: Sequence[NamedNode] | None,
    *,
    base_iri: str | None,
    prefixes: Mapping[str, str] | None,
) -> QuerySolutions | QueryTriples | QueryBoolean:
    asked = not default_graphs and named_graphs is None and "FROM" in text.upper()
    if asked and (clauses := dataset_of(text, prefixes)):
        text, default_graphs, named_graphs = clauses.query, clauses.default, clauses.named
    if len(default_graphs) <= 1:
        return data.query(
            text,
            base_iri=base_iri,
            prefixes=None if prefixes is None else dict(prefixes),
            default_graph=list(default_graphs) or None,
            named_graphs=None if named_graphs is None else list(named_graphs),
        )
    # Several default graphs: pyoxigraph would repeat a triple once a graph, so they are merged beforehand.
    part = Store()  # In memory; a merge of large graphs takes the room that they take.
    for graph in default_graphs:
        part.extend(Quad(t.subject, t.predicate, t.object) for t in graph_triples(data, graph))
    for name in named_graphs if named_graphs is not None else data.named_graphs():
        part.extend(data.quads_for_pattern(None, None, None, name))
    return part.query(text, base_iri=base_iri, prefixes=None if prefixes is None else dict(prefixes))
