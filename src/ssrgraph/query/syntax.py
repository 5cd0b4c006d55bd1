"""Statements in a syntax of RDF: sorted, with the prefixes that are used, the same to the byte every time."""

from __future__ import annotations

import re
from io import BytesIO
from typing import IO, TYPE_CHECKING

from pyoxigraph import DefaultGraph, Quad, RdfFormat, serialize

from ssrgraph.entities.model import EntityKind
from ssrgraph.vocabulary import PREFIXES, Rdf

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from pyoxigraph import Triple

# The serializers write the prefixes in an order that differs from run to run.
_PREFIX = re.compile(rb"@prefix (?P<name>[^:]*): <[^>]*> \.\n")
_END = b" .\n"  # The end of a subject's statements; a line break within a literal is escaped.
_XML_ROOT = re.compile(rb"<rdf:RDF[^>]*>")
_XML_NAMESPACE = re.compile(rb' xmlns:(?P<name>[^=]+)="[^"]*"')
_PART = 1_000_000
"""Bytes of text that are looked at at a time."""


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
    return b"".join(tidied(BytesIO(serialize(statements, format=kind, prefixes=dict(usual)) or b""), kind))


def tidied(file: IO[bytes], kind: RdfFormat) -> Iterator[bytes]:
    """Yield what a serializer has written with the prefixes that are used, in order, and room between subjects.

    Args:
        file: A file that begins with the text and can be read again.
        kind: Its format.
    """
    if kind == RdfFormat.RDF_XML:
        start = b"".join(file.readlines(_PART))
        root = _XML_ROOT.search(start)
        names = [match["name"] for match in _XML_NAMESPACE.finditer(root[0])] if root else []
        file.seek(0)
        used = _used(file, {name: b"<%b:" % name for name in names})
        file.seek(len(start))
        yield _XML_ROOT.sub(lambda match: _tidy_root(match[0], used), start, count=1)
        while part := file.read(_PART):
            yield part
        return
    prefixes, begin = {}, 0
    while match := _PREFIX.fullmatch(line := file.readline()):
        prefixes[match["name"]] = line
        begin = file.tell()
    file.seek(begin)
    used = _used(file, {name: b"%b:" % name for name in prefixes})
    if used:
        yield b"".join(prefixes[name] for name in sorted(used)) + b"\n"
    file.seek(begin)
    ended = False
    while lines := file.readlines(_PART):
        if kind == RdfFormat.TURTLE:
            lines, ended = _apart(lines, ended=ended)
        yield b"".join(lines)


def _used(file: IO[bytes], marks: dict[bytes, bytes]) -> set[bytes]:
    """Return the names whose marks occur in the rest of a file."""
    used: set[bytes] = set()
    while marks.keys() - used and (lines := file.readlines(_PART)):
        part = b"".join(lines)
        used |= {name for name in marks.keys() - used if marks[name] in part}
    return used


def _apart(lines: list[bytes], *, ended: bool) -> tuple[list[bytes], bool]:
    """Put an empty line before each subject but the first; return the lines, and whether the last ends a subject."""
    found = []
    for line in lines:
        if ended and not line[:1].isspace():
            found.append(b"\n")
        found.append(line)
        ended = line.endswith(_END)
    return found, ended


def _tidy_root(root: bytes, used: Collection[bytes]) -> bytes:
    found = sorted(match[0] for match in _XML_NAMESPACE.finditer(root) if match["name"] in used)
    return b"<rdf:RDF%b>" % b"".join(found)
