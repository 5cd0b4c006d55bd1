"""The IRIs of everything that a build writes: entities, documents, claims, stretches of text, graphs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from pyoxigraph import NamedNode

from ssrgraph.vocabulary import BASE

if TYPE_CHECKING:
    from ssrgraph.documents.model import Span

_DOCUMENT_GRAPH = "graph/document/"
_NO_PREMISES = ("evidence/", "inferred", "links")


@dataclass(frozen=True, slots=True)
class Iris:
    """Makes IRIs under one base.

    Attributes:
        base: Where resources live; ends with a slash.
    """

    base: str = BASE

    def entity(self, entity_id: str) -> NamedNode:
        """Return the IRI of an entity by its id, such as `organization/nato`.

        >>> Iris().entity("organization/nato").value
        'https://w3id.org/ssrgraph/id/organization/nato'
        """
        return NamedNode(f"{self.base}id/{_safe(entity_id, '/')}")

    def document(self, document_id: str) -> NamedNode:
        """Return the IRI of a document."""
        return NamedNode(f"{self.base}document/{_safe(document_id)}")

    def file(self, document_id: str) -> NamedNode:
        """Return the IRI of the file that a document's text was taken from, where it is not the text itself."""
        return NamedNode(f"{self.document(document_id).value}#file")

    def claim(self, claim_hash: str) -> NamedNode:
        """Return the IRI of a claim, or of any row of a fact table, by its hash."""
        return NamedNode(f"{self.base}claim/{claim_hash}")

    def is_claim(self, iri: str) -> bool:
        """Say whether an IRI is that of a claim or of another row that is a node of its own."""
        return iri.startswith(f"{self.base}claim/")

    def words(self, document_id: str, span: Span) -> NamedNode:
        """Return the IRI of a stretch of a document's text, after RFC 5147.

        >>> from ssrgraph.documents.model import Span
        >>> Iris().words("press-release", Span(100, 120)).value
        'https://w3id.org/ssrgraph/document/press-release#char=100,120'
        """
        return self._part(document_id, "char", span)

    def quote_selector(self, document_id: str, span: Span) -> NamedNode:
        """Return the IRI of the selector that repeats the words of a stretch."""
        return self._part(document_id, "quote", span)

    def position_selector(self, document_id: str, span: Span) -> NamedNode:
        """Return the IRI of the selector that gives the offsets of a stretch."""
        return self._part(document_id, "position", span)

    def slot(self, claim: NamedNode, slot: str) -> NamedNode:
        """Return the IRI of the node that says from which words a slot of a claim or row was read."""
        return NamedNode(f"{claim.value}#{slot}")

    def reading(self, document_id: str, rule: str, confidence: str) -> NamedNode:
        """Return the IRI of the node that says by which construction, and how surely, rows of a document were read."""
        return NamedNode(f"{self.evidence_graph(document_id).value}#reading={_safe(rule)},{confidence}")

    def graph(self, name: str) -> NamedNode:
        """Return the IRI of a graph: `ontology`, `entities`, `links`, `same-as`, `inferred` or `added`."""
        return NamedNode(f"{self.base}graph/{name}")

    def document_graph(self, document_id: str) -> NamedNode:
        """Return the graph of what a document asserts."""
        return NamedNode(f"{self.base}{_DOCUMENT_GRAPH}{_safe(document_id)}")

    def evidence_graph(self, document_id: str) -> NamedNode:
        """Return the graph of the words behind a document's assertions."""
        return NamedNode(f"{self.base}graph/evidence/{_safe(document_id)}")

    def is_premise(self, graph: NamedNode) -> bool:
        """Say whether the reasoner is given a graph: not how something is known, what follows, unconfirmed links."""
        return not graph.value.removeprefix(f"{self.base}graph/").startswith(_NO_PREMISES)

    def software(self, version: str) -> NamedNode:
        """Return the IRI of a version of this software."""
        return NamedNode(f"{self.base}software/{_safe(version)}")

    def _part(self, document_id: str, name: str, span: Span) -> NamedNode:
        return NamedNode(f"{self.document(document_id).value}#{name}={span.start},{span.end}")


def _safe(text: str, also: str = "") -> str:
    return quote(text, safe="-._~" + also)
