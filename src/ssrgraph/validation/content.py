"""The documents' graphs of a store with their evidence, read one document at a time."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, QuerySolutions, Triple

from ssrgraph.graph import Iris
from ssrgraph.validation.counted import WHAT, read_counted
from ssrgraph.validation.evidence import CheckedEvidence, read_evidence, unaccounted
from ssrgraph.vocabulary import PREFIXES, Rdf, Ssr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.store import Store
    from ssrgraph.validation.counted import Counted
    from ssrgraph.validation.evidence import Term
    from ssrgraph.validation.model import Finding

_HELD = 8
"""The evidence of so many documents is held, for findings that come one after another are often about one document."""


class Content:
    """What a check asks of the documents of a store; only a few of them are held in memory at any time."""

    def __init__(self, store: Store) -> None:
        base = store.info.base_iri
        self._iris = Iris(base)
        self._folder = f"{base}graph/document/"
        self._evidence_folder = f"{base}graph/evidence/"
        self.store = store
        self.inferred = self._iris.graph("inferred")
        self.graphs = store.graphs()
        self.documents = tuple(graph for graph in self.graphs if graph.value.startswith(self._folder))
        self._accounts = {
            self._document_of(graph): graph for graph in self.graphs if graph.value.startswith(self._evidence_folder)
        }
        self._quotes: dict[NamedNode, dict[Term, str]] = {}
        self.evidence = lru_cache(_HELD)(self._read_evidence)

    def evidence_findings(self) -> Iterator[Finding]:
        """Yield what is wrong with stored texts, quotes and evidence."""
        for graph in sorted({*self.documents, *self._accounts}, key=lambda graph: graph.value):
            yield from self.evidence_findings_of(graph)

    def evidence_findings_of(self, graph: NamedNode) -> Iterator[Finding]:
        """Yield what is wrong with the text, the quotes and the evidence of one document."""
        evidence = self.evidence(graph)
        if evidence is not None:
            yield from evidence.findings
        yield from unaccounted(graph, sorted(self.store.triples(graph), key=str), evidence)

    def stating(self, triple: Triple) -> tuple[NamedNode, ...]:
        """Return the graphs of the documents that state a triple."""
        found = (graph for graph in self.store.graphs_of(triple) if graph.value.startswith(self._folder))
        return tuple(sorted(found, key=lambda graph: graph.value))

    def words(self, graph: NamedNode, triple: Triple) -> tuple[str, ...]:
        """Return the words of a document that account for a triple."""
        evidence = self.evidence(graph)
        return evidence.behind(triple) if evidence else ()

    def counted(self) -> Iterator[Counted]:
        """Yield what the documents count."""
        issued = dict(_dates(self.store))
        claims: dict[NamedNode, list[NamedNode]] = {}
        for class_ in WHAT:
            for typed in self.store.match(None, NamedNode(Rdf.TYPE), NamedNode(class_)):
                if isinstance(typed.subject, NamedNode):
                    for graph in self.stating(typed):
                        claims.setdefault(graph, []).append(typed.subject)
        for graph in sorted(claims, key=lambda graph: graph.value):
            triples = (one for claim in claims[graph] for one in self.store.match(claim, None, None, graph))
            yield from read_counted(graph, triples, issued.get(graph.value, ""))

    def quote(self, one: Counted) -> str:
        """Return the words of a claim; those of a document are looked up together, and held."""
        if one.graph not in self._quotes:
            evidence = self.evidence(one.graph)
            subjects = evidence.subjects.items() if evidence else ()
            self._quotes[one.graph] = {
                node: words for node, words in subjects if self._iris.is_claim(getattr(node, "value", ""))
            }
        return self._quotes[one.graph].get(one.claim, "")

    def home(self, subject: Term) -> tuple[NamedNode | None, str]:
        """Return the graph of the first document that speaks of a subject, and its words."""
        if not isinstance(subject, NamedNode):
            return None, ""
        for graph in self._having(subject, self._evidence_folder, Ssr.EVIDENCE, Ssr.MENTION):
            evidence = self.evidence(self._document_of(graph))
            if evidence is not None and subject in evidence.subjects:
                return self._document_of(graph), evidence.subjects[subject]
        return next(iter(self._having(subject, self._folder)), None), ""

    def _having(self, subject: NamedNode, folder: str, *predicates: str) -> list[NamedNode]:
        """Return the graphs of a kind that hold triples of a subject, with one of the predicates if there are any."""
        found = {
            graph
            for predicate in predicates or (None,)
            for triple in self.store.match(subject, None if predicate is None else NamedNode(predicate), None)
            for graph in self.store.graphs_of(triple)
            if graph.value.startswith(folder)
        }
        return sorted(found, key=lambda graph: graph.value)

    def _document_of(self, evidence: NamedNode) -> NamedNode:
        return NamedNode(self._folder + evidence.value.removeprefix(self._evidence_folder))

    def _read_evidence(self, document: NamedNode) -> CheckedEvidence | None:
        graph = self._accounts.get(document)
        return None if graph is None else read_evidence(graph, self.store.triples(graph), self._iris)


def _dates(store: Store) -> Iterator[tuple[str, str]]:
    """Yield the graph of each document with the document's date."""
    rows = store.query(
        "SELECT ?graph ?date { GRAPH ?evidence { ?graph prov:wasDerivedFrom ?document . ?document dct:issued ?date } }",
        prefixes=PREFIXES,
    )
    for graph, date in rows if isinstance(rows, QuerySolutions) else ():
        if isinstance(graph, NamedNode) and isinstance(date, Literal):
            yield graph.value, date.value
