"""Where a document's assertions stand in its text, as Web Annotation resources, and how they were read.

A stretch of text that accounts for a triple is described in full, once, however many triples lean on it. Other
stretches (the words of a single slot, the passage around a quote) are named by an IRI that holds their offsets and
need no triples of their own.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from ssrgraph.graph import terms
from ssrgraph.vocabulary import Dc, Dct, Oa, Pav, Prov, Rdf, Schema, Ssr, SsrClass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.documents.model import Document, Span
    from ssrgraph.documents.sources import Source
    from ssrgraph.extraction.model import Extraction
    from ssrgraph.graph.assertions import Row
    from ssrgraph.graph.iris import Iris

CONTEXT = 32
"""How many characters before and behind a quote are kept with it."""

_TYPE = NamedNode(Rdf.TYPE)
_EVIDENCE = NamedNode(Ssr.EVIDENCE)
_WORDS = NamedNode(Ssr.WORDS)


def about_document(document: Document, source: Source | None, iris: Iris) -> Iterator[Triple]:
    """Yield the document's own description, its stored text, and the file that the text was taken from."""
    node = iris.document(document.id)
    line = document.headline or document.title
    title = line.of(document.text) if line else None
    described = {
        Dct.IDENTIFIER: document.id,
        Dct.TITLE: (source and source.title) or (title and " ".join(title.split())),
        Dc.PUBLISHER: source and source.publisher,
        Dc.LANGUAGE: source and source.language,
        Dc.RIGHTS: source and source.reuse,
        Schema.URL: source and source.url,
        Schema.SHA256: document.sha256,
        Schema.TEXT: document.text,
    }
    yield Triple(node, _TYPE, NamedNode(SsrClass.DOCUMENT))
    for predicate, value in described.items():
        if value:
            yield Triple(node, NamedNode(predicate), Literal(value))
    if issued := (source and source.date) or document.date:
        yield Triple(node, NamedNode(Dct.ISSUED), terms.date(issued))
    if source and source.retrieved:
        yield Triple(node, NamedNode(Pav.RETRIEVED_ON), terms.date(source.retrieved))
    if document.file_sha256:
        file = iris.file(document.id)
        yield Triple(node, NamedNode(Prov.WAS_DERIVED_FROM), file)
        yield Triple(file, NamedNode(Schema.SHA256), Literal(document.file_sha256))
        yield Triple(file, NamedNode(Schema.ENCODING_FORMAT), Literal(document.media_type or "text/plain"))


def about_extraction(extraction: Extraction, version: str, iris: Iris) -> Iterator[Triple]:
    """Yield which version of the software, with which language pipeline, read the document; no times."""
    graph = iris.evidence_graph(extraction.document_id)
    document, document_graph = iris.document(extraction.document_id), iris.document_graph(extraction.document_id)
    activity, software = NamedNode(f"{graph.value}#extraction"), iris.software(version)
    yield Triple(document_graph, NamedNode(Prov.WAS_DERIVED_FROM), document)
    yield Triple(document_graph, NamedNode(Prov.WAS_GENERATED_BY), activity)
    yield Triple(activity, _TYPE, NamedNode(Prov.ACTIVITY))
    yield Triple(activity, NamedNode(Prov.USED), document)
    yield Triple(activity, NamedNode(Prov.WAS_ASSOCIATED_WITH), software)
    if extraction.model:
        yield Triple(activity, NamedNode(Schema.SOFTWARE_REQUIREMENTS), Literal(extraction.model))
    yield Triple(software, _TYPE, NamedNode(Prov.SOFTWARE_AGENT))
    yield Triple(software, NamedNode(Schema.SOFTWARE_VERSION), Literal(version))


def of_span(document: Document, span: Span, iris: Iris) -> Iterator[Triple]:
    """Yield the full description of a stretch of text: the words, what stands around them, their offsets."""
    words = iris.words(document.id, span)
    quote, position = iris.quote_selector(document.id, span), iris.position_selector(document.id, span)
    before = document.text[max(0, span.start - CONTEXT) : span.start]
    behind = document.text[span.end : span.end + CONTEXT]
    yield Triple(words, _TYPE, NamedNode(Oa.SPECIFIC_RESOURCE))
    yield Triple(words, NamedNode(Oa.HAS_SOURCE), iris.document(document.id))
    yield Triple(words, NamedNode(Oa.HAS_SELECTOR), quote)
    yield Triple(words, NamedNode(Oa.HAS_SELECTOR), position)
    yield Triple(quote, _TYPE, NamedNode(Oa.TEXT_QUOTE_SELECTOR))
    yield Triple(quote, NamedNode(Oa.EXACT), Literal(span.of(document.text)))
    if before:
        yield Triple(quote, NamedNode(Oa.PREFIX), Literal(before))
    if behind:
        yield Triple(quote, NamedNode(Oa.SUFFIX), Literal(behind))
    yield Triple(position, _TYPE, NamedNode(Oa.TEXT_POSITION_SELECTOR))
    yield Triple(position, NamedNode(Oa.START), terms.integer(span.start))
    yield Triple(position, NamedNode(Oa.END), terms.integer(span.end))


def of_row(document_id: str, row: Row, iris: Iris) -> Iterator[Triple]:
    """Yield what ties a row to its words: its evidence, how it was read, the words of each slot that has its own."""
    evidence = iris.words(document_id, row.claim.quote)
    for node in (row.node, *row.posts):
        if node is not None:
            yield Triple(node, _EVIDENCE, evidence)
    if row.node is not None:
        yield from _reading(document_id, row, row.node, iris)
    if row.node == row.iri:
        if row.claim.passage != row.claim.quote:
            yield Triple(row.iri, NamedNode(Ssr.PASSAGE), iris.words(document_id, row.claim.passage))
        for slot, span in sorted(row.claim.words.items()):
            yield Triple(iris.slot(row.iri, slot.rstrip("_")), _WORDS, iris.words(document_id, span))
    yield from _statements(document_id, row, evidence, iris)


def _reading(document_id: str, row: Row, node: NamedNode, iris: Iris) -> Iterator[Triple]:
    """Yield by which construction and how surely a row was read: one node for all rows of a document that share it."""
    confidence = terms.number(Decimal(str(row.claim.confidence)))
    reading = iris.reading(document_id, row.claim.rule, confidence.value)
    yield Triple(node, NamedNode(Ssr.READ_BY), reading)
    yield Triple(reading, NamedNode(Ssr.CONFIDENCE), confidence)
    if row.claim.rule:
        yield Triple(reading, NamedNode(Ssr.RULE), Literal(row.claim.rule))


def _statements(document_id: str, row: Row, evidence: NamedNode, iris: Iris) -> Iterator[Triple]:
    holders: dict[str, int] = {}
    for slot, triple in row.stated:
        holders[slot] = holders.get(slot, 0) + 1
        statement = iris.slot(row.iri, slot if holders[slot] == 1 else f"{slot}-{holders[slot]}")
        yield Triple(statement, _TYPE, NamedNode(Rdf.STATEMENT))
        yield Triple(statement, NamedNode(Rdf.SUBJECT), triple.subject)
        yield Triple(statement, NamedNode(Rdf.PREDICATE), triple.predicate)
        yield Triple(statement, NamedNode(Rdf.OBJECT), triple.object)
        yield Triple(statement, _EVIDENCE, evidence)
        if span := row.claim.words.get(slot):
            yield Triple(statement, _WORDS, iris.words(document_id, span))
        if row.node is None:
            yield from _reading(document_id, row, statement, iris)
