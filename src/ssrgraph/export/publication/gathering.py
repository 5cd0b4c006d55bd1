"""What a store knows of itself that those who build on it need: its documents, its sources, its figures."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from ssrgraph.errors import DataError
from ssrgraph.export import statistics
from ssrgraph.resources import shipped
from ssrgraph.vocabulary import PREFIXES, Dc, Dct, Rdf, Schema, SsrClass

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ssrgraph.export.statistics import Statistics
    from ssrgraph.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecord:
    """What is known of the origin of a document; what is not known is empty.

    Attributes:
        iri: Its IRI.
        id: Its id.
        title: Its title.
        publisher: Who published it.
        issued: When.
        language: Its language.
        rights: Terms of reuse.
        address: Where it was published.
        sha256: Checksum of its stored text.
    """

    iri: str
    id: str
    title: str
    publisher: str
    issued: str
    language: str
    rights: str
    address: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceSource:
    """A source of names and codes of entities.

    Attributes:
        key: How the reference data calls it.
        title: Its name.
        licence: IRI of its licence.
        address: Where it is.
        credit: What its licence wants to be said.
    """

    key: str
    title: str
    licence: str
    address: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a store holds.

    Attributes:
        base: What its IRIs begin with.
        software: The version of ssrgraph that wrote it.
        figures: How much there is.
        graphs: How many triples each named graph holds.
        links: How many links to other datasets there are, by predicate.
        documents: The documents, by id.
        sources: The sources of names and codes that entities come from.
    """

    base: str
    software: str
    figures: Statistics
    graphs: Mapping[str, int]
    links: Mapping[str, int]
    documents: tuple[DocumentRecord, ...]
    sources: tuple[ReferenceSource, ...]


_FIELDS = {
    "id": Dct.IDENTIFIER,
    "title": Dct.TITLE,
    "publisher": Dc.PUBLISHER,
    "issued": Dct.ISSUED,
    "language": Dc.LANGUAGE,
    "rights": Dc.RIGHTS,
    "address": Schema.URL,
    "sha256": Schema.SHA256,
}


_MATCHES = (
    f"{PREFIXES['owl']}sameAs",
    *(f"{PREFIXES['skos']}{name}Match" for name in ("broad", "close", "exact", "narrow", "related")),
)


def gather(store: Store) -> Contents:
    """Return what a store holds, for its description.

    Raises:
        DataError: The shipped list of sources cannot be read.
    """
    base = store.info.base_iri
    return Contents(
        base=base,
        software=store.info.version,
        figures=statistics.count(store),
        graphs={graph.value: store.count(graph) for graph in store.graphs()},
        links=_links(store, base),
        documents=_documents(store),
        sources=_used(store),
    )


def load_sources(path: Path | None = None) -> dict[str, ReferenceSource]:
    """Read the sources of the reference data by key; by default the shipped `data/reference/sources.toml`.

    Raises:
        DataError: The file cannot be read.
    """
    path = path or shipped("data/reference/sources.toml")
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        return {key: ReferenceSource(key=key, **entry) for key, entry in found.items()}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, TypeError) as error:
        raise DataError(path, str(error)) from error


def _documents(store: Store) -> tuple[DocumentRecord, ...]:
    nodes = store.match(None, NamedNode(Rdf.TYPE), NamedNode(SsrClass.DOCUMENT))
    records = [_document(store, triple.subject) for triple in nodes if isinstance(triple.subject, NamedNode)]
    return tuple(sorted(records, key=lambda record: record.id))


def _document(store: Store, node: NamedNode) -> DocumentRecord:
    values = {
        name: min((getattr(one.object, "value", "") for one in store.match(node, NamedNode(term), None)), default="")
        for name, term in _FIELDS.items()
    }
    return DocumentRecord(iri=node.value, **values)


def _used(store: Store) -> tuple[ReferenceSource, ...]:
    """Return those sources that entities of the store name, in the order of the list."""
    graph = NamedNode(f"{store.info.base_iri}graph/entities")
    named = {
        part.partition(":")[0].strip()
        for triple in store.match(None, NamedNode(Dct.SOURCE), None, graph)
        for part in str(getattr(triple.object, "value", "")).split("|")
    }
    return tuple(source for key, source in load_sources().items() if key in named)


def _links(store: Store, base: str) -> dict[str, int]:
    """Count the links that lead from resources of the store elsewhere, by predicate."""
    graph = NamedNode(f"{base}graph/links")
    numbers = {name: sum(1 for _ in store.match(None, NamedNode(name), None, graph)) for name in _MATCHES}
    return {name: number for name, number in numbers.items() if number}
