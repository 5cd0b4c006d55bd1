"""The graph, or some of its named graphs, as a file in a standard format, the same to the byte every time."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING
from urllib.parse import quote

from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    parse,
    serialize,
)

from ssrgraph.errors import QueryError
from ssrgraph.export.sorting import in_order, waiting
from ssrgraph.query.syntax import prefixes_with, tidied
from ssrgraph.vocabulary import Rdf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pyoxigraph import Triple

    from ssrgraph.store import Store

_DATASETS = {"trig": RdfFormat.TRIG, "nquads": RdfFormat.N_QUADS}
_GRAPHS = {"turtle": RdfFormat.TURTLE, "ntriples": RdfFormat.N_TRIPLES, "rdfxml": RdfFormat.RDF_XML}

FORMATS = (*_GRAPHS, *_DATASETS, "jsonld")
"""Names of the formats; `trig`, `nquads` and `jsonld` keep the named graphs apart, the others write their merge."""
_NUL = "\0"  # In no term, and before all that is in one.
_BETWEEN = _NUL.encode()
_PART = 5_000
"""Lines that are handed on at a time."""


def resolve_graphs(store: Store, names: Sequence[str]) -> tuple[NamedNode, ...]:
    """Return the named graphs that a person means; no name at all means every graph.

    Args:
        store: The store they are in.
        names: IRIs, or the ends of IRIs: `inferred`, `document/ID`, `graph/entities`. `document/*` means all of them.

    Raises:
        QueryError: The store has no such graph.
    """
    there = store.graphs()
    chosen: list[NamedNode] = []
    base = f"{store.info.base_iri}graph/"
    for name in names:
        wanted = name.strip("<>")
        if not wanted.startswith(base):
            wanted = base + wanted.removeprefix("graph/")
        if wanted.endswith("/*"):
            found = [graph for graph in there if graph.value.startswith(wanted[:-1])]
        else:
            # A document's id may stand as it is, with the spaces of its file's name.
            quoted = base + quote(wanted.removeprefix(base), safe="/-._~")
            found = [graph for graph in there if graph.value in (wanted, quoted)]
        if not found:
            known = ", ".join(graph.value.removeprefix(base) for graph in there[:12])
            more = ", …" if len(there) > 12 else ""  # noqa: PLR2004 -- as many as fit on a line or two
            raise QueryError(name, f"the store has no such graph; it has {known}{more}")
        chosen += found
    return tuple(dict.fromkeys(chosen)) if names else there


def export(store: Store, name: str, *, graphs: Sequence[str] = ()) -> bytes:
    """Write the store's named graphs, or those given, in the format of this name; see `export_in_parts`."""
    return b"".join(export_in_parts(store, name, graphs=graphs))


def export_in_parts(store: Store, name: str, *, graphs: Sequence[str] = ()) -> Iterator[bytes]:
    """Return the text of the store's named graphs, or of those given, in the format of this name, part by part.

    However large they are, little memory is needed: they are sorted with the help of temporary files. JSON-LD is made
    in memory.

    Args:
        store: The store; it must stay open until the last part.
        name: One of `FORMATS`.
        graphs: The graphs, as for `resolve_graphs`.

    Raises:
        QueryError: The store has no such graph, or there is no such format.
        OutputError: A temporary file cannot be written; when a part is asked for.
    """
    chosen = resolve_graphs(store, graphs)
    if name == "jsonld":
        from ssrgraph.export import jsonld  # noqa: PLC0415 -- loads PyLD, only when it is asked for

        return iter((jsonld.export(store, chosen),))
    if name in _DATASETS:
        return _written(_by_graph(store, chosen), _DATASETS[name], prefixes_with(store.info.base_iri))
    if name in _GRAPHS:
        triples = chain.from_iterable(map(store.triples, chosen)) if graphs else store.triples()
        return _written(_lines(triples), _GRAPHS[name], prefixes_with(store.info.base_iri))
    raise QueryError(name, f"no such format; there are {', '.join(FORMATS)}")


def canonical(store: Store, *, graphs: Sequence[str] = ()) -> bytes:
    """Write the canonical N-Quads of RDF Dataset Canonicalization (RDFC-1.0): equal datasets give equal bytes."""
    return b"".join(canonical_in_parts(store, graphs=graphs))


def canonical_in_parts(store: Store, *, graphs: Sequence[str] = ()) -> Iterator[bytes]:
    """Return the canonical N-Quads of RDF Dataset Canonicalization (RDFC-1.0), part by part, in little memory.

    Args:
        store: The store; it must stay open until the last part.
        graphs: The graphs, as for `resolve_graphs`; none: all.

    Raises:
        QueryError: The store has no such graph.
        OutputError: A temporary file cannot be written; when a part is asked for.
    """
    return _in_parts(in_order(_canonical_lines(store, resolve_graphs(store, graphs))))


def _canonical_lines(store: Store, graphs: Iterable[NamedNode]) -> Iterator[bytes]:
    """Yield the lines of canonical N-Quads. Their order is by code point, which is that of the bytes of UTF-8."""
    nameless = Dataset()
    for graph in graphs:
        for triple in store.triples(graph):
            if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | Literal):
                yield f"{triple} {graph} .\n".encode()
            else:
                # How blank nodes are named hangs on the statements that mention them, and on no others (section 4.4).
                nameless.add(Quad(triple.subject, triple.predicate, triple.object, graph))
    nameless.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    yield from (serialize(nameless, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True)


def _by_graph(store: Store, graphs: Iterable[NamedNode]) -> Iterator[bytes]:
    """Yield the lines of some named graphs, one graph after the other, each in reading order."""
    for graph in sorted(graphs, key=str):
        name = str(graph).encode()
        for line in _lines(store.triples(graph)):
            yield b"%b %b .\n" % (line[:-3], name)


def _lines(triples: Iterable[Triple]) -> Iterator[bytes]:
    """Yield the lines of triples as N-Triples, each once, in the reading order of `query.syntax`."""
    for key in in_order(map(_key, triples)):
        subject, predicate, object_ = key.split(_BETWEEN, 2)
        yield b"%b <%b> %b .\n" % (subject, predicate[1:], object_[:-1])


def _key(triple: Triple) -> bytes:
    """Return a line whose bytes are in order as the triple is in reading order: by subject, its type first."""
    predicate = triple.predicate.value
    first = f"{predicate != Rdf.TYPE:d}{predicate}"
    return f"{triple.subject}{_NUL}{first}{_NUL}{triple.object}\n".encode()


def _written(lines: Iterator[bytes], kind: RdfFormat, prefixes: Mapping[str, str]) -> Iterator[bytes]:
    """Yield statements, given as lines of N-Triples or N-Quads, in another format."""
    if kind in (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS):
        yield from _in_parts(lines)
        return
    quads = _read(lines)
    with waiting() as file:
        statements = quads if kind.supports_datasets else (quad.triple for quad in quads)
        serialize(statements, file, format=kind, prefixes=dict(prefixes))
        file.seek(0)
        yield from tidied(file, kind)


def _read(lines: Iterable[bytes]) -> Iterator[Quad]:
    for part in _in_parts(lines):
        yield from parse(part, format=RdfFormat.N_QUADS, lenient=True)  # A store has checked them.


def _in_parts(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield lines together, some thousand at a time."""
    lines = iter(lines)
    while part := b"".join(islice(lines, _PART)):
        yield part
