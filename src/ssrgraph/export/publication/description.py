"""The description of a dataset in the terms of VoID, DCAT 3 and PROV: terms of use, sources, figures, files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Triple

from ssrgraph.export import statistics
from ssrgraph.export.statistics import integer
from ssrgraph.vocabulary import (
    ONTOLOGY,
    PREFIXES,
    Dc,
    Dcat,
    Dct,
    Foaf,
    Prov,
    Rdf,
    Rdfs,
    Schema,
    Spdx,
    SsrClass,
    Void,
    Xsd,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ssrgraph.export.publication.about import About
    from ssrgraph.export.publication.gathering import Contents, DocumentRecord, ReferenceSource
    from ssrgraph.export.publication.published import PublishedFile

MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_RDF_TYPES = frozenset({"application/n-quads", "application/trig"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A version of a dataset.

    Attributes:
        node: The IRI of the dataset.
        about: What it says of itself, with its version and its day if it has one.
        contents: What it holds.
        is_described: Whether what it says of itself holds of it; else only its contents are described.
    """

    node: NamedNode
    about: About
    contents: Contents
    is_described: bool = True


def dataset_node(base: str) -> NamedNode:
    """Return the IRI of the dataset of all that is under a base."""
    return NamedNode(f"{base}dataset")


def of_dataset(edition: Edition) -> Iterator[Triple]:
    """Yield what holds of a version of a dataset wherever it is had: terms, sources, parts, figures."""
    node, contents = edition.node, edition.contents
    yield Triple(node, NamedNode(Rdf.TYPE), NamedNode(Void.DATASET))
    yield Triple(node, NamedNode(Rdf.TYPE), NamedNode(Dcat.DATASET))
    if edition.is_described:
        yield from _about(node, edition.about)
        yield Triple(node, NamedNode(Dct.CONFORMS_TO), NamedNode(ONTOLOGY))
    if edition.about.version:
        yield Triple(node, NamedNode(Dcat.VERSION), Literal(edition.about.version))
    yield Triple(node, NamedNode(Void.URI_SPACE), Literal(contents.base))
    yield from _software(node, contents)
    yield from _vocabularies(node, contents)
    for source in contents.sources:
        yield from _source(node, source)
    for document in contents.documents:
        yield from _document(node, document)
    yield from _graphs(node, contents)
    yield from _links(node, contents)
    yield from statistics.described(node, contents.figures)


def of_files(edition: Edition, files: Iterable[PublishedFile]) -> Iterator[Triple]:
    """Yield the files in which a version of a dataset is published; addresses only where one is known."""
    for file in files:
        part = _part(edition.node, "file", file.path)
        yield Triple(edition.node, NamedNode(Dcat.DISTRIBUTION), part)
        yield Triple(part, NamedNode(Rdf.TYPE), NamedNode(Dcat.DISTRIBUTION_CLASS))
        yield Triple(part, NamedNode(Dct.TITLE), _english(file.title))
        yield Triple(part, NamedNode(Dct.IDENTIFIER), Literal(file.path))
        yield Triple(part, NamedNode(Dct.LICENSE), NamedNode(edition.about.licence))
        yield Triple(part, NamedNode(Dcat.MEDIA_TYPE), NamedNode(MEDIA_TYPES + file.media_type))
        yield Triple(part, NamedNode(Dcat.BYTE_SIZE), _typed(str(file.size), Xsd.NON_NEGATIVE_INTEGER))
        yield from _checksum(part, file)
        if address := edition.about.address:
            download = NamedNode(address + quote(file.path))
            yield Triple(part, NamedNode(Dcat.DOWNLOAD_URL), download)
            yield Triple(part, NamedNode(Dcat.ACCESS_URL), NamedNode(address))
            if file.media_type in _RDF_TYPES:
                yield Triple(edition.node, NamedNode(Void.DATA_DUMP), download)


def _about(node: NamedNode, about: About) -> Iterator[Triple]:
    yield Triple(node, NamedNode(Dct.TITLE), _english(about.title))
    yield Triple(node, NamedNode(Dct.DESCRIPTION), _english(about.description))
    yield Triple(node, NamedNode(Dct.LICENSE), NamedNode(about.licence))
    yield Triple(NamedNode(about.licence), NamedNode(Rdf.TYPE), NamedNode(Dct.LICENSE_DOCUMENT))
    if about.licence_name:
        yield Triple(NamedNode(about.licence), NamedNode(Dct.TITLE), _english(about.licence_name))
    if about.rights:
        yield Triple(node, NamedNode(Dc.RIGHTS), _english(about.rights))
    if about.issued:
        yield Triple(node, NamedNode(Dct.ISSUED), _typed(about.issued, Xsd.DATE))
    if about.previous:
        yield Triple(node, NamedNode(Dcat.PREVIOUS_VERSION), NamedNode(about.previous))
    for word in about.keywords:
        yield Triple(node, NamedNode(Dcat.KEYWORD), _english(word))
    if about.publisher:
        publisher = NamedNode(about.publisher_url or _part(node, "publisher", about.publisher).value)
        yield Triple(node, NamedNode(Dct.PUBLISHER), publisher)
        yield Triple(publisher, NamedNode(Rdf.TYPE), NamedNode(Foaf.AGENT))
        yield Triple(publisher, NamedNode(Foaf.NAME), Literal(about.publisher))


def _software(node: NamedNode, contents: Contents) -> Iterator[Triple]:
    software = NamedNode(f"{contents.base}software/{quote(contents.software, safe='-._~')}")
    yield Triple(node, NamedNode(Dct.CREATOR), software)
    yield Triple(software, NamedNode(Rdf.TYPE), NamedNode(Prov.SOFTWARE_AGENT))
    yield Triple(software, NamedNode(Schema.SOFTWARE_VERSION), Literal(contents.software))


def _vocabularies(node: NamedNode, contents: Contents) -> Iterator[Triple]:
    used = (*contents.figures.classes, *contents.figures.properties)
    for namespace in PREFIXES.values():
        if any(term.startswith(namespace) for term in used):
            yield Triple(node, NamedNode(Void.VOCABULARY), NamedNode(namespace))


def _source(node: NamedNode, source: ReferenceSource) -> Iterator[Triple]:
    part = _part(node, "source", source.key)
    yield Triple(node, NamedNode(Dct.SOURCE), part)
    yield Triple(part, NamedNode(Dct.TITLE), _english(source.title))
    yield Triple(part, NamedNode(Dct.LICENSE), NamedNode(source.licence))
    if source.address:
        yield Triple(part, NamedNode(Rdfs.SEE_ALSO), NamedNode(source.address))
    if source.credit:
        yield Triple(part, NamedNode(Dc.RIGHTS), _english(source.credit))


def _document(node: NamedNode, document: DocumentRecord) -> Iterator[Triple]:
    subject = NamedNode(document.iri)
    yield Triple(node, NamedNode(Prov.WAS_DERIVED_FROM), subject)
    yield Triple(subject, NamedNode(Rdf.TYPE), NamedNode(SsrClass.DOCUMENT))
    for term, value in (
        (Dct.IDENTIFIER, document.id),
        (Dct.TITLE, document.title),
        (Dc.PUBLISHER, document.publisher),
        (Dc.LANGUAGE, document.language),
        (Dc.RIGHTS, document.rights),
        (Schema.URL, document.address),
        (Schema.SHA256, document.sha256),
    ):
        if value:
            yield Triple(subject, NamedNode(term), Literal(value))


def _graphs(node: NamedNode, contents: Contents) -> Iterator[Triple]:
    for name, number in contents.graphs.items():
        graph = NamedNode(name)
        yield Triple(node, NamedNode(Void.SUBSET), graph)
        yield Triple(graph, NamedNode(Rdf.TYPE), NamedNode(Void.DATASET))
        yield Triple(graph, NamedNode(Void.TRIPLES), integer(number))


def _links(node: NamedNode, contents: Contents) -> Iterator[Triple]:
    for predicate, number in contents.links.items():
        part = _part(node, "links", predicate)
        yield Triple(node, NamedNode(Void.SUBSET), part)
        yield Triple(part, NamedNode(Rdf.TYPE), NamedNode(Void.LINKSET))
        yield Triple(part, NamedNode(Void.LINK_PREDICATE), NamedNode(predicate))
        yield Triple(part, NamedNode(Void.SUBJECTS_TARGET), node)
        yield Triple(part, NamedNode(Void.TRIPLES), integer(number))


def _checksum(part: NamedNode, file: PublishedFile) -> Iterator[Triple]:
    checksum = NamedNode(f"{part.value};sha256")
    yield Triple(part, NamedNode(Spdx.CHECKSUM), checksum)
    yield Triple(checksum, NamedNode(Rdf.TYPE), NamedNode(Spdx.CHECKSUM_CLASS))
    yield Triple(checksum, NamedNode(Spdx.ALGORITHM), NamedNode(Spdx.SHA256))
    yield Triple(checksum, NamedNode(Spdx.CHECKSUM_VALUE), _typed(file.sha256, Xsd.HEX_BINARY))


def _part(node: NamedNode, kind: str, name: str) -> NamedNode:
    return NamedNode(f"{node.value.partition('#')[0]}#{kind}={quote(name, safe='')}")


def _english(text: str) -> Literal:
    return Literal(text, language="en")


def _typed(text: str, datatype: str) -> Literal:
    return Literal(text, datatype=NamedNode(datatype))
