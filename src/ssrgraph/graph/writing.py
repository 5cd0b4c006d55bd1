"""From what was extracted from a document to its two graphs."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad, Triple

from ssrgraph.graph import assertions, evidence
from ssrgraph.graph.iris import Iris
from ssrgraph.vocabulary import BASE, Schema, Ssr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ssrgraph.documents.model import Document, Span
    from ssrgraph.documents.sources import Source
    from ssrgraph.extraction.model import Entity, Extraction


def document_quads(
    extraction: Extraction, document: Document, *, source: Source | None, version: str, base: str = BASE
) -> list[Quad]:
    """Return the quads of `graph/document/{id}` and `graph/evidence/{id}`, each once and in a fixed order.

    The same extraction, source, version and base give the same quads; there are no blank nodes among them.

    Args:
        extraction: What was read from the document.
        document: The document; its text goes with the evidence, so that quotes can be checked against it.
        source: What is known of its origin, if anything is.
        version: The version of this software.
        base: Where resources live; ends with a slash.
    """
    iris = Iris(base)
    rows = _rows(extraction, iris)
    quotes = sorted({row.claim.quote for row in rows})
    of_rows: dict[NamedNode, set[Span]] = {}
    for row in rows:
        if row.node is not None:
            of_rows.setdefault(row.node, set()).add(row.claim.quote)
    asserted: list[Triple] = []
    behind: list[Triple] = [*evidence.about_document(document, source, iris)]
    behind += evidence.about_extraction(extraction, version, iris)
    spans: set[Span] = set(quotes)
    for entity in extraction.entities:
        own = of_rows.get(iris.entity(entity.id), set())
        asserted += _entity(entity, document, has_row=bool(own), iris=iris)
        if not own:
            naming = _naming(entity, quotes)
            spans.add(naming)
            behind.append(Triple(iris.entity(entity.id), NamedNode(Ssr.MENTION), iris.words(document.id, naming)))
    for row in rows:
        asserted += chain(row.described, (triple for _, triple in row.stated))
        behind += evidence.of_row(document.id, row, iris)
    for span in sorted(spans):
        behind += evidence.of_span(document, span, iris)
    return [
        *_in(iris.document_graph(document.id), asserted),
        *_in(iris.evidence_graph(document.id), behind),
    ]


def _rows(extraction: Extraction, iris: Iris) -> list[assertions.Row]:
    """Return each claim's row. Of claims with the same words and slots, the first stands."""
    rows: dict[NamedNode, assertions.Row] = {}
    for claim in extraction.claims:
        row = assertions.row(extraction.document_id, claim, iris)
        rows.setdefault(row.iri, row)
    return list(rows.values())


def _entity(entity: Entity, document: Document, *, has_row: bool, iris: Iris) -> Iterator[Triple]:
    mentioned = frozenset(" ".join(span.of(document.text).split()) for span in entity.mentions)
    yield Triple(iris.document(document.id), NamedNode(Schema.MENTIONS), iris.entity(entity.id))
    yield from assertions.description(entity, mentioned, has_row=has_row, iris=iris)


def _naming(entity: Entity, quotes: Sequence[Span]) -> Span:
    """Choose the stretch that accounts for an entity without a row: a quote that names it, or its first mention."""
    naming = [quote for quote in quotes if any(quote.covers(span) for span in entity.mentions)]
    return min(naming, key=lambda span: (span.end - span.start, span), default=entity.mentions[0])


def _in(graph: NamedNode, triples: Iterable[Triple]) -> Iterator[Quad]:
    for triple in dict.fromkeys(triples):
        yield Quad(triple.subject, triple.predicate, triple.object, graph)
