"""The graph, or some of its named graphs, as a file in a standard format, the same to the byte every time."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    NamedNode,
    Quad,
    RdfFormat,
    serialize,
)

from ssrgraph.errors import QueryError
from ssrgraph.query.syntax import prefixes_with, write_quads, write_triples

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ssrgraph.store import Store

_DATASETS = {"trig": RdfFormat.TRIG, "nquads": RdfFormat.N_QUADS}
_GRAPHS = {"turtle": RdfFormat.TURTLE, "ntriples": RdfFormat.N_TRIPLES, "rdfxml": RdfFormat.RDF_XML}

FORMATS = (*_GRAPHS, *_DATASETS, "jsonld")
"""Names of the formats; `trig`, `nquads` and `jsonld` keep the named graphs apart, the others write their merge."""


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
    """Write the store's named graphs, or those given, in the format of this name.

    Raises:
        QueryError: The store has no such graph, or there is no such format.
    """
    chosen = resolve_graphs(store, graphs)
    if name == "jsonld":
        from ssrgraph.export import jsonld  # noqa: PLC0415 -- loads PyLD, only when it is asked for

        return jsonld.export(store, chosen)
    prefixes = prefixes_with(store.info.base_iri)
    if name in _DATASETS:
        return write_quads(_quads(store, chosen), _DATASETS[name], prefixes=prefixes)
    if name in _GRAPHS:
        merged = set(store.triples()) if not graphs else {triple for graph in chosen for triple in store.triples(graph)}
        return write_triples(merged, _GRAPHS[name], prefixes=prefixes)
    raise QueryError(name, f"no such format; there are {', '.join(FORMATS)}")


def canonical(store: Store, *, graphs: Sequence[str] = ()) -> bytes:
    """Write the canonical N-Quads of RDF Dataset Canonicalization (RDFC-1.0): equal datasets give equal bytes."""
    dataset = Dataset(_quads(store, resolve_graphs(store, graphs)))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    lines = (serialize(dataset, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
    # The specification sorts by code point, which is the order of the bytes of UTF-8.
    return b"".join(sorted(lines))


def _quads(store: Store, graphs: Sequence[NamedNode]) -> Iterable[Quad]:
    for graph in graphs:
        for triple in store.triples(graph):
            yield Quad(triple.subject, triple.predicate, triple.object, graph)
