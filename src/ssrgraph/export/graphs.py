"""The graph, or some of its named graphs, as a file in a standard format, the same to the byte every time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    serialize,
)

from ssrgraph import vocabulary
from ssrgraph.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ssrgraph.store import Store

_DATASETS = {"trig": RdfFormat.TRIG, "nquads": RdfFormat.N_QUADS}
_GRAPHS = {"turtle": RdfFormat.TURTLE, "ntriples": RdfFormat.N_TRIPLES, "rdfxml": RdfFormat.RDF_XML}

# The serializers write the prefixes in an order that differs from run to run.
_PREFIX = re.compile(r"@prefix (?P<name>[^:]*): <[^>]*> \.\n")
_XML_ROOT = re.compile(r"<rdf:RDF[^>]*>")
_XML_NAMESPACE = re.compile(r' xmlns:(?P<name>[^=]+)="[^"]*"')

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
            found = [graph for graph in there if graph.value == wanted]
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

        return jsonld.export(store, chosen, whole=not graphs)
    if name in _DATASETS:
        return _serialized(sorted(_quads(store, chosen), key=_quad_order), _DATASETS[name])
    if name in _GRAPHS:
        merged = set(store.triples()) if not graphs else {triple for graph in chosen for triple in store.triples(graph)}
        return _serialized(sorted(merged, key=reading_order), _GRAPHS[name])
    raise QueryError(name, f"no such format; there are {', '.join(FORMATS)}")


def canonical(store: Store, *, graphs: Sequence[str] = ()) -> bytes:
    """Write the canonical N-Quads of RDF Dataset Canonicalization (RDFC-1.0): equal datasets give equal bytes."""
    dataset = Dataset(_quads(store, resolve_graphs(store, graphs)))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    lines = (serialize(dataset, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
    # The specification sorts by code point, which is the order of the bytes of UTF-8.
    return b"".join(sorted(lines))


def write_triples(triples: Iterable[Triple], kind: RdfFormat) -> bytes:
    """Write triples, sorted, in a format that need not know of named graphs."""
    statements = sorted(set(triples), key=reading_order)
    if kind.supports_datasets:
        return _serialized([Quad(t.subject, t.predicate, t.object) for t in statements], kind)
    return _serialized(statements, kind)


def reading_order(triple: Triple | Quad) -> tuple[str, bool, str, str]:
    """Return the key that sorts triples by subject, its type first, then predicate and object."""
    predicate = triple.predicate.value
    return (str(triple.subject), predicate != vocabulary.Rdf.TYPE, predicate, str(triple.object))


def _quad_order(quad: Quad) -> tuple[str, str, bool, str, str]:
    graph = quad.graph_name
    return ("" if isinstance(graph, DefaultGraph) else str(graph), *reading_order(quad))


def _quads(store: Store, graphs: Sequence[NamedNode]) -> Iterable[Quad]:
    for graph in graphs:
        for triple in store.triples(graph):
            yield Quad(triple.subject, triple.predicate, triple.object, graph)


def _serialized(statements: list[Triple] | list[Quad], kind: RdfFormat) -> bytes:
    text = (serialize(statements, format=kind, prefixes=dict(vocabulary.PREFIXES)) or b"").decode()
    if kind == RdfFormat.RDF_XML:
        return _XML_ROOT.sub(lambda match: _tidy_xml(match, text), text, count=1).encode()
    head, prefixes, body = "", [], text
    while match := _PREFIX.match(body):
        prefixes.append(match)
        body = body[match.end() :]
    for match in sorted(prefixes, key=lambda match: match["name"]):
        if f"{match['name']}:" in body:
            head += match[0]
    return f"{head}\n{body}".encode() if head else body.encode()


def _tidy_xml(root: re.Match[str], text: str) -> str:
    used = sorted(match[0] for match in _XML_NAMESPACE.finditer(root[0]) if f"<{match['name']}:" in text)
    return f"<rdf:RDF{''.join(used)}>"
