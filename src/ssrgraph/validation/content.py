"""The documents' graphs of a store with their evidence, read one document at a time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Protocol

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ssrgraph.graph import Iris
from ssrgraph.validation.counted import read_counted
from ssrgraph.validation.evidence import CheckedEvidence, read_evidence, unaccounted
from ssrgraph.vocabulary import Dct, Oa, Prov, Rdf, Ssr

if TYPE_CHECKING:
    from collections.abc import Collection

    from ssrgraph.store import Store
    from ssrgraph.validation.counted import Counted
    from ssrgraph.validation.evidence import Term
    from ssrgraph.validation.model import Finding

_LEADING = frozenset({Ssr.EVIDENCE, Ssr.MENTION, Oa.HAS_SELECTOR, Oa.HAS_SOURCE})
_STEPS = 3
"""From what is spoken of to its words, and to their place in the text, lead these properties, one after another."""
_HELD = 8
"""The evidence of so many documents is held, for findings that come one after another are often about one document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfDocument:
    """What a check takes from one document, and from nothing else.

    Attributes:
        findings: What is wrong with its text, its quotes and its evidence.
        counted: What it counts.
        quotes: The words of each of these claims.
    """

    findings: tuple[Finding, ...]
    counted: tuple[Counted, ...]
    quotes: tuple[str, ...]


class KnownWords(Protocol):
    """The words that are known to account for triples of documents, such as a dictionary."""

    def get(self, key: tuple[NamedNode, Triple], /) -> tuple[str, ...] | None:
        """Return the words for a document's graph and a triple, None if they are not known."""
        ...

    def __setitem__(self, key: tuple[NamedNode, Triple], words: tuple[str, ...], /) -> None:
        """Remember them."""
        ...


class Content:
    """What a check asks of the documents of a store; only a few of them are held in memory at any time.

    Args:
        store: The store.
        known_words: What `words` returned before, where it still holds, and where it remembers what it returns: to find
            them anew, all the evidence of a document is read.

    Attributes:
        store: The store.
        folder: What the names of documents' graphs begin with.
        inferred: The graph of what was derived.
        evidence: From a document's graph to its evidence, None if it has none.
        said: From the name of a graph to its triples; those of the last two are held.
    """

    def __init__(self, store: Store, known_words: KnownWords | None = None) -> None:
        base = store.info.base_iri
        self._iris = Iris(base)
        self.folder = f"{base}graph/document/"
        self._evidence_folder = f"{base}graph/evidence/"
        self.store = store
        self.inferred = self._iris.graph("inferred")
        self.evidence = lru_cache(_HELD)(self._read_evidence)
        self.said = lru_cache(2)(self._read_triples)
        self._known_words: KnownWords = {} if known_words is None else known_words

    @cached_property
    def graphs(self) -> tuple[NamedNode, ...]:
        """The names of all graphs that hold a triple, sorted; to find them takes as long as there are many."""
        return self.store.graphs()

    def graphs_of_documents(self) -> list[NamedNode]:
        """Return the graphs of the documents that assert something or have evidence, sorted."""
        return self.documents_among(self.graphs)

    def documents_among(self, graphs: Collection[NamedNode]) -> list[NamedNode]:
        """Return the graphs of the documents whose graph or evidence graph is one of these, sorted."""
        found = {graph for graph in graphs if graph.value.startswith(self.folder)}
        found |= {self._document_of(graph) for graph in graphs if graph.value.startswith(self._evidence_folder)}
        return sorted(found, key=lambda graph: graph.value)

    def is_of_document(self, graph: NamedNode) -> bool:
        """Say whether a graph is a document's, or that of its evidence."""
        return graph.value.startswith((self.folder, self._evidence_folder))

    def evidence_graph(self, graph: NamedNode) -> NamedNode:
        """Return the evidence graph of a document's graph."""
        return NamedNode(self._evidence_folder + graph.value.removeprefix(self.folder))

    def holds(self, graph: NamedNode) -> bool:
        """Say whether a document asserts something or has evidence."""
        each = (graph, self.evidence_graph(graph))
        return any(next(iter(self.store.triples(one)), None) is not None for one in each)

    def subjects(self, graph: NamedNode) -> set[NamedNode | BlankNode | Triple]:
        """Return what a document and its evidence speak of; nothing if the store does not hold it."""
        return {one.subject for each in (graph, self.evidence_graph(graph)) for one in self.store.triples(each)}

    def look_at(self, graph: NamedNode) -> OfDocument:
        """Return what is wrong with the text, the quotes and the evidence of one document, and what it counts."""
        evidence = self.evidence(graph)
        triples = sorted(self.said(graph), key=str)
        counted = tuple(read_counted(graph, triples, self._issued(graph)))
        quotes = evidence.subjects if evidence else {}
        return OfDocument(
            findings=(*(evidence.findings if evidence else ()), *unaccounted(graph, triples, evidence)),
            counted=counted,
            quotes=tuple(quotes.get(one.claim, "") for one in counted),
        )

    def stating(self, triple: Triple) -> tuple[NamedNode, ...]:
        """Return the graphs of the documents that state a triple."""
        found = (graph for graph in self.store.graphs_of(triple) if graph.value.startswith(self.folder))
        return tuple(sorted(found, key=lambda graph: graph.value))

    def words(self, graph: NamedNode, triple: Triple) -> tuple[str, ...]:
        """Return the words of a document that account for a triple."""
        found = self._known_words.get((graph, triple))
        if found is None:
            part = self._evidence_near(graph, triple)
            found = read_evidence(self.evidence_graph(graph), part, self._iris).behind(triple)
            self._known_words[graph, triple] = found
        return found

    def _evidence_near(self, graph: NamedNode, triple: Triple) -> list[Triple]:
        """Return what a document's evidence has that may account for a triple: a small part of it as a rule."""
        evidence = self.evidence_graph(graph)
        about = (triple.subject, triple.object)
        said = self.store.match(None, NamedNode(Rdf.SUBJECT), triple.subject, evidence)
        edge: list[object] = [*about, *(one.subject for one in said)]
        found: dict[object, list[Triple]] = {}
        for _ in range(_STEPS):
            for node in edge:
                if isinstance(node, NamedNode | BlankNode) and node not in found:
                    found[node] = list(self.store.match(node, None, None, evidence))
            edge = [one.object for some in found.values() for one in some if one.predicate.value in _LEADING]
        return [one for some in found.values() for one in some]

    def home(self, subject: Term) -> tuple[NamedNode | None, str]:
        """Return the graph of the first document that speaks of a subject, and its words."""
        if not isinstance(subject, NamedNode):
            return None, ""
        for graph in self._having(subject, self._evidence_folder, Ssr.EVIDENCE, Ssr.MENTION):
            evidence = self.evidence(self._document_of(graph))
            if evidence is not None and subject in evidence.subjects:
                return self._document_of(graph), evidence.subjects[subject]
        return next(iter(self._having(subject, self.folder)), None), ""

    def _issued(self, graph: NamedNode) -> str:
        """Return the date of a document, "" if it is not known."""
        evidence, none = self.evidence_graph(graph), None
        dates = (
            dated.object.value
            for derived in self.store.match(graph, NamedNode(Prov.WAS_DERIVED_FROM), none, evidence)
            if isinstance(derived.object, NamedNode)
            for dated in self.store.match(derived.object, NamedNode(Dct.ISSUED), none, evidence)
            if isinstance(dated.object, Literal)
        )
        return min(dates, default="")

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
        return NamedNode(self.folder + evidence.value.removeprefix(self._evidence_folder))

    def _read_evidence(self, document: NamedNode) -> CheckedEvidence | None:
        graph = self.evidence_graph(document)
        triples = self.said(graph)
        return read_evidence(graph, triples, self._iris) if triples else None

    def _read_triples(self, graph: NamedNode) -> tuple[Triple, ...]:
        return tuple(self.store.triples(graph))
