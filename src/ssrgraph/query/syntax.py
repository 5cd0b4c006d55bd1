"""Statements in a syntax of RDF: sorted, with the prefixes that are used, the same to the byte every time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, Quad, RdfFormat, serialize

from ssrgraph.entities.model import EntityKind
from ssrgraph.vocabulary import PREFIXES, Rdf

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Triple

# The serializers write the prefixes in an order that differs from run to run.
_PREFIX = re.compile(r"@prefix (?P<name>[^:]*): <[^>]*> \.\n")
_END = re.compile(r" \.\n(?=\S)")  # The end of a subject's statements; a line break within a literal is escaped.
_XML_ROOT = re.compile(r"<rdf:RDF[^>]*>")
_XML_NAMESPACE = re.compile(r' xmlns:(?P<name>[^=]+)="[^"]*"')


def write_triples(triples: Iterable[Triple], kind: RdfFormat, *, prefixes: Mapping[str, str] = PREFIXES) -> bytes:
    """Write triples in any format; one that knows of named graphs has them in its default graph."""
    statements = sorted(set(triples), key=reading_order)
    if kind.supports_datasets:
        return _serialized([Quad(t.subject, t.predicate, t.object) for t in statements], kind, prefixes)
    return _serialized(statements, kind, prefixes)


def write_quads(quads: Iterable[Quad], kind: RdfFormat, *, prefixes: Mapping[str, str] = PREFIXES) -> bytes:
    """Write quads in a format that knows of named graphs."""
    return _serialized(sorted(set(quads), key=_graph_order), kind, prefixes)


def prefixes_with(base_iri: str) -> dict[str, str]:
    """Return the usual prefixes and those of a store's own resources, such as `organization:nato`."""
    kinds = {kind.value: f"{base_iri}id/{kind.value}/" for kind in EntityKind}
    own = {"claim": f"{base_iri}claim/", "document": f"{base_iri}document/", "graph": f"{base_iri}graph/", **kinds}
    return {**own, **PREFIXES}


def reading_order(statement: Triple | Quad) -> tuple[str, bool, str, str]:
    """Return the key that sorts statements by subject, its type first, then predicate and object."""
    predicate = statement.predicate.value
    return (str(statement.subject), predicate != Rdf.TYPE, predicate, str(statement.object))


def _graph_order(quad: Quad) -> tuple[str, str, bool, str, str]:
    graph = quad.graph_name
    return ("" if isinstance(graph, DefaultGraph) else str(graph), *reading_order(quad))


def _serialized(statements: list[Triple] | list[Quad], kind: RdfFormat, usual: Mapping[str, str]) -> bytes:
    text = (serialize(statements, format=kind, prefixes=dict(usual)) or b"").decode()
    if kind == RdfFormat.RDF_XML:
        return _XML_ROOT.sub(lambda match: _tidy_root(match[0], text), text, count=1).encode()
    prefixes, body = [], text
    while match := _PREFIX.match(body):
        prefixes.append(match)
        body = body[match.end() :]
    used = sorted((match for match in prefixes if f"{match['name']}:" in body), key=lambda match: match["name"])
    head = "".join(match[0] for match in used)
    if kind == RdfFormat.TURTLE:
        body = _END.sub(" .\n\n", body)
    return f"{head}\n{body}".encode() if head else body.encode()


def _tidy_root(root: str, text: str) -> str:
    used = sorted(match[0] for match in _XML_NAMESPACE.finditer(root) if f"<{match['name']}:" in text)
    return f"<rdf:RDF{''.join(used)}>"
