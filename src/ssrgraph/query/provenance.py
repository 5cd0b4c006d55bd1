"""From a triple that nobody derived to where it comes from: words of a document, reference data, the ontology."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from ssrgraph.graph import Evidence, Iris
from ssrgraph.graph.ontology import ontology_files
from ssrgraph.vocabulary import Dct, Oa, Rdf, Ssr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import BlankNode, Triple

    from ssrgraph.store import Store

    Node = NamedNode | BlankNode | Triple


MOST_GRAPHS = 20
"""How many of the graphs that hold a triple are named as its sources."""


class SourceKind(StrEnum):
    """What kind of source a triple has."""

    DOCUMENT = "document"
    REFERENCE = "reference data"
    ONTOLOGY = "ontology"
    GRAPH = "graph"
    """A graph that something else than a build has filled, such as `graph/added`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a triple is said.

    Attributes:
        kind: What kind of source it is.
        graph: The named graph that holds the triple.
        name: The document's id, what the reference data names as its source, or the ontology's file.
        title: The document's title.
        claim: The claim, or the row of a fact table, that says it.
        words: The stretch of text that accounts for it.
        quote: Its words.
        start: Where they begin in the stored text, in Unicode code points.
        end: Where they end.
    """

    kind: SourceKind
    graph: NamedNode
    name: str
    title: str = ""
    claim: NamedNode | None = None
    words: NamedNode | None = None
    quote: str = ""
    start: int | None = None
    end: int | None = None


class Provenance:
    """Finds the sources of the triples of a store; reads the evidence of a document once.

    Args:
        store: The store.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._iris = Iris(store.info.base_iri)
        self._folder = f"{store.info.base_iri}graph/"
        self._evidence: dict[NamedNode, _Document] = {}
        self._files: dict[Triple, str] | None = None

    def of(self, triple: Triple) -> tuple[Source, ...]:
        """Return the sources of a triple, by graph and offset; none if no graph but the inferred one has it."""
        found: dict[Source, None] = {}
        for graph in islice(filter(self._iris.is_premise, self._store.graphs_of(triple)), MOST_GRAPHS):
            found.update(dict.fromkeys(self._in(graph, triple)))
        return tuple(sorted(found, key=lambda one: (one.graph.value, one.start or 0, one.end or 0, str(one.claim))))

    def _in(self, graph: NamedNode, triple: Triple) -> Iterator[Source]:
        kind, _, name = graph.value.removeprefix(self._folder).partition("/")
        if kind == "document":
            yield from self._document(graph, name).of(triple)
        elif kind == "entities":
            names = sorted(_texts(self._store, triple.subject, Dct.SOURCE, graph)) or [""]
            yield from (Source(kind=SourceKind.REFERENCE, graph=graph, name=one) for one in names)
        elif kind == "ontology":
            files = self._ontology()
            yield Source(kind=SourceKind.ONTOLOGY, graph=graph, name=files.get(triple, ""))
        else:
            yield Source(kind=SourceKind.GRAPH, graph=graph, name=graph.value.removeprefix(self._folder))

    def _document(self, graph: NamedNode, name: str) -> _Document:
        if graph not in self._evidence:
            evidence = NamedNode(f"{self._folder}evidence/{name}")
            self._evidence[graph] = _Document(graph, list(self._store.triples(evidence)), self._iris)
        return self._evidence[graph]

    def _ontology(self) -> dict[Triple, str]:
        if self._files is None:
            self._files = ontology_files()
        return self._files


class _Document:
    """The evidence of one document."""

    def __init__(self, graph: NamedNode, triples: list[Triple], iris: Iris) -> None:
        self._graph = graph
        self._iris = iris
        self._objects: dict[tuple[Node, str], list[Node | Literal]] = {}
        self._saying: dict[tuple[object, object], NamedNode] = {}
        for one in triples:
            self._objects.setdefault((one.subject, one.predicate.value), []).append(one.object)
        self._accounting = Evidence((Quad(one.subject, one.predicate, one.object, graph) for one in triples), iris)
        self.name = self.title = ""
        for (node, predicate), (first, *_) in self._objects.items():
            if predicate == Dct.IDENTIFIER:
                self.name = first.value if isinstance(first, Literal) else ""
            elif predicate == Dct.TITLE:
                self.title = first.value if isinstance(first, Literal) else ""
            elif predicate == Rdf.SUBJECT:
                self._note_statement(node)

    def of(self, triple: Triple) -> Iterator[Source]:
        """Yield a source for each stretch of text that accounts for a triple."""
        for words in self._accounting.of(triple):
            quote, start, end = self._described(words)
            yield Source(
                kind=SourceKind.DOCUMENT,
                graph=self._graph,
                name=self.name,
                title=self.title,
                claim=self._claim(triple, words),
                words=words,
                quote=quote,
                start=start,
                end=end,
            )

    def _note_statement(self, node: Node) -> None:
        names = (Rdf.SUBJECT, Rdf.PREDICATE, Rdf.OBJECT)
        subject, predicate, value = (next(iter(self._objects.get((node, name), ())), None) for name in names)
        if isinstance(node, NamedNode):
            row = NamedNode(node.value.partition("#")[0])
            for words in self._objects.get((node, Ssr.EVIDENCE), ()):
                self._saying[(subject, predicate, value), words] = row

    def _claim(self, triple: Triple, words: NamedNode) -> NamedNode | None:
        if isinstance(triple.subject, NamedNode) and self._iris.is_claim(triple.subject.value):
            return triple.subject
        return self._saying.get((tuple(triple), words))

    def _described(self, words: NamedNode) -> tuple[str, int | None, int | None]:
        found: dict[str, str] = {}
        for selector in self._objects.get((words, Oa.HAS_SELECTOR), ()):
            for name in (Oa.EXACT, Oa.START, Oa.END):
                for value in () if isinstance(selector, Literal) else self._objects.get((selector, name), ()):
                    found[name] = value.value if isinstance(value, Literal) else ""
        start, end = found.get(Oa.START), found.get(Oa.END)
        return found.get(Oa.EXACT, ""), int(start) if start else None, int(end) if end else None


def _texts(store: Store, subject: Node, predicate: str, graph: NamedNode) -> set[str]:
    found = store.match(subject, NamedNode(predicate), None, graph)
    return {one.object.value for one in found if isinstance(one.object, Literal)}
