"""Nanopublications: every claim on its own, with the words behind it and who published it, under a trusty URI.

One nanopublication holds one claim: the slots of a funding, personnel, equipment or result claim or of a person's post,
or one relation that a document states. Its four graphs follow the guidelines of https://nanopub.net.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple

from ssrgraph.errors import DataError
from ssrgraph.export.graphs import resolve_graphs
from ssrgraph.export.trusty import PLACE, trusty_code, with_code
from ssrgraph.graph import Iris
from ssrgraph.query.syntax import prefixes_with, write_quads
from ssrgraph.vocabulary import Dc, Dct, Foaf, Np, Oa, Prov, Rdf, Rdfs, Schema, Skos, Ssr, Xsd

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ssrgraph.export.publication.about import About
    from ssrgraph.store import Store

_TOLD_OF_DOCUMENT = (
    *(Dct.IDENTIFIER, Dct.TITLE, Dct.ISSUED),
    *(Dc.PUBLISHER, Dc.LANGUAGE, Dc.RIGHTS, Schema.URL, Schema.SHA256),
)


def export(store: Store, about: About, *, today: str, graphs: Sequence[str] = ()) -> bytes:
    """Write a nanopublication for every claim of the documents, as TriG; each stands on its own.

    The same claims with the same words about them and the same day give the same nanopublications.

    Args:
        store: The store.
        about: Under which licence they are published, by whom and when.
        today: The day that counts where `about` has none, YYYY-MM-DD.
        graphs: Only claims of these documents' graphs; by default of all.

    Raises:
        QueryError: The store has no such graph.
    """
    iris = Iris(store.info.base_iri)
    chosen = set(resolve_graphs(store, graphs))
    prefixes = prefixes_with(store.info.base_iri)
    written = []
    for document in _documents(store, iris):
        if iris.document_graph(document) in chosen:
            written += [
                write_quads(quads, RdfFormat.TRIG, prefixes=prefixes)
                for quads in _Document(store, iris, document, about, about.issued or today).nanopublications()
            ]
    return b"\n".join(written)


def _documents(store: Store, iris: Iris) -> list[str]:
    found = store.match(None, NamedNode(Dct.IDENTIFIER), None)
    ids = ((one.subject, getattr(one.object, "value", "")) for one in found)
    return sorted(value for subject, value in ids if subject == iris.document(value))


class _Document:
    """The claims of one document."""

    def __init__(self, store: Store, iris: Iris, document: str, about: About, day: str) -> None:
        self._store = store
        self._iris = iris
        self._about = about
        self._day = day
        self._node = iris.document(document)
        self._asserted = iris.document_graph(document)
        self._evidence = iris.evidence_graph(document)

    def nanopublications(self) -> Iterator[list[Quad]]:
        """Yield the quads of each, in the order of the claims' IRIs."""
        nodes = {one.subject for one in self._store.match(None, NamedNode(Ssr.EVIDENCE), None, self._evidence)}
        claims = [node for node in nodes if isinstance(node, NamedNode) and self._iris.is_claim(node.value)]
        for claim in sorted(claims, key=lambda node: node.value):
            yield self._nanopublication(claim)

    def _nanopublication(self, claim: NamedNode) -> list[Quad]:
        this = NamedNode(f"{self._iris.base}np/{PLACE}")
        asserted = self._assertion(claim)
        parts = {
            "Head": _head(this),
            "assertion": asserted,
            "provenance": [*self._provenance(claim, _part(this, "assertion")), *self._source()],
            "pubinfo": [*self._publication(claim, this), *self._labels(asserted)],
        }
        quads = [
            Quad(one.subject, one.predicate, one.object, _part(this, name))
            for name, triples in parts.items()
            for one in triples
        ]
        return with_code(quads, trusty_code(quads))

    def _assertion(self, claim: NamedNode) -> list[Triple]:
        """Return the slots of a claim, or the one triple that a statement is about."""
        own = list(self._store.match(claim, None, None, self._asserted))
        if own:
            return own
        parts = {one.predicate.value: one.object for one in self._told(claim)}
        try:
            return [Triple(parts[Rdf.SUBJECT], parts[Rdf.PREDICATE], parts[Rdf.OBJECT])]  # type: ignore[arg-type]
        except KeyError as error:
            raise DataError(claim.value, "has evidence, but nothing that it is evidence of") from error

    def _provenance(self, claim: NamedNode, assertion: NamedNode) -> Iterator[Triple]:
        """Yield where a claim comes from: document, extraction, construction, and the words with their place."""
        yield Triple(assertion, NamedNode(Prov.HAD_PRIMARY_SOURCE), self._node)
        for one in self._store.match(self._asserted, NamedNode(Prov.WAS_GENERATED_BY), None, self._evidence):
            yield Triple(assertion, one.predicate, one.object)
            yield from self._told(one.object)
        for one in self._told(claim):
            if one.predicate.value == Ssr.READ_BY:
                yield Triple(assertion, one.predicate, one.object)
                yield from self._told(one.object)
            elif one.predicate.value == Ssr.EVIDENCE:
                yield Triple(assertion, NamedNode(Prov.WAS_DERIVED_FROM), one.object)
                yield from self._words(one.object)

    def _words(self, node: object) -> Iterator[Triple]:
        for one in self._told(node):
            yield one
            if one.predicate.value == Oa.HAS_SELECTOR:
                yield from self._told(one.object)

    def _source(self) -> Iterator[Triple]:
        return (one for one in self._told(self._node) if one.predicate.value in _TOLD_OF_DOCUMENT)

    def _told(self, node: object) -> Iterator[Triple]:
        return self._store.match(node, None, None, self._evidence)  # type: ignore[arg-type]  # A subject, or nothing.

    def _publication(self, claim: NamedNode, this: NamedNode) -> Iterator[Triple]:
        about, software = self._about, self._iris.software(self._store.info.version)
        yield Triple(this, NamedNode(Dct.CREATED), Literal(f"{self._day}T00:00:00Z", datatype=NamedNode(Xsd.DATE_TIME)))
        yield Triple(this, NamedNode(Dct.LICENSE), NamedNode(about.licence))
        yield Triple(this, NamedNode(Np.INTRODUCES), claim)
        yield Triple(this, NamedNode(Prov.WAS_ATTRIBUTED_TO), software)
        yield Triple(software, NamedNode(Rdf.TYPE), NamedNode(Prov.SOFTWARE_AGENT))
        if about.publisher_url:
            publisher = NamedNode(about.publisher_url)
            yield Triple(this, NamedNode(Dct.CREATOR), publisher)
            yield Triple(publisher, NamedNode(Foaf.NAME), Literal(about.publisher or about.publisher_url))

    def _labels(self, asserted: Iterable[Triple]) -> Iterator[Triple]:
        """Yield what the entities that a claim names are called, for those who have nothing but the nanopublication."""
        for term in {term for one in asserted for term in (one.subject, one.object)}:
            if isinstance(term, NamedNode):
                for label in self._store.match(term, NamedNode(Skos.PREF_LABEL), None, self._asserted):
                    yield Triple(term, NamedNode(Rdfs.LABEL), label.object)


def _head(this: NamedNode) -> list[Triple]:
    return [
        Triple(this, NamedNode(Rdf.TYPE), NamedNode(Np.NANOPUBLICATION)),
        Triple(this, NamedNode(Np.HAS_ASSERTION), _part(this, "assertion")),
        Triple(this, NamedNode(Np.HAS_PROVENANCE), _part(this, "provenance")),
        Triple(this, NamedNode(Np.HAS_PUBLICATION_INFO), _part(this, "pubinfo")),
    ]


def _part(this: NamedNode, name: str) -> NamedNode:
    return NamedNode(f"{this.value}#{name}")
