"""What is said of a resource, and what follows: by property, with its sources, given and inferred apart."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode, Triple

from ssrgraph.graph import STATED, Iris
from ssrgraph.query.provenance import SourceKind
from ssrgraph.serve.pages.parts import Link, Quotation, Statement, StatementGroup
from ssrgraph.vocabulary import Dct, Oa, Owl, Prov, Rdf, Rdfs, Schema, Skos, Ssr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ssrgraph.query.provenance import Source
    from ssrgraph.serve.pages.reading import Reader, Stored

MOST = 2_000
"""How many statements of a resource are looked at."""
_SHOWN = 60
"""How many of a property are shown."""
_SOURCES = 5
"""How many sources of one are shown."""

NAMES = (Skos.PREF_LABEL, Skos.ALT_LABEL, Ssr.ABBREVIATION, Schema.NAME, Rdfs.LABEL, f"{Schema.NAME[:-4]}alternateName")
"""Properties whose values are names."""
_HIDDEN = frozenset(
    {
        *map(str, NAMES),
        Dct.SOURCE,
        Dct.IDENTIFIER,
        Ssr.EVIDENCE,
        Ssr.MENTION,
        Ssr.READ_BY,
        Ssr.PASSAGE,
        Ssr.WORDS,
        Schema.TEXT,
    }
)
_OWN = Ssr.FUNDER.rpartition("#")[0] + "#"
_FORMAL = frozenset(
    map(str, (Schema.MENTIONS, Oa.HAS_SOURCE, Rdf.SUBJECT, Rdf.OBJECT, Prov.USED, Prov.WAS_ASSOCIATED_WITH))
)
"""Properties that say how the graph came about, not what is told."""
_OF_LINKS = frozenset(str(each) for each in (*Owl, *(one for one in Skos if one.value.endswith("Match"))))
"""Properties of links, which have a place of their own on a page."""


class Statements:
    """The statements in which a resource stands.

    Args:
        reader: Where they are read.
        node: The resource.
    """

    def __init__(self, reader: Reader, node: NamedNode) -> None:
        self._reader = reader
        self._node = node
        self._iris = Iris(reader.names.base)
        store = reader.store
        self._inferred = self._iris.graph("inferred")
        self.outgoing = list(islice(store.match(node, None, None), MOST))
        self.incoming = list(islice(store.match(None, None, node), MOST))

    def texts(self, predicates: Iterable[str]) -> list[str]:
        """Return the values of properties, each once, in their order."""
        wanted = [str(each) for each in predicates]
        found: dict[str, None] = {}
        for predicate in wanted:
            values = sorted(
                getattr(one.object, "value", "") for one in self.outgoing if one.predicate == predicate_of(predicate)
            )
            found.update(dict.fromkeys(values))
        return list(found)

    def is_given(self, triple: Triple) -> bool:
        """Say whether a graph other than that of what was inferred holds a triple."""
        return any(graph != self._inferred for graph in self._reader.store.graphs_of(triple))

    def _why(self, triple: Triple) -> str:
        """Return the address of the proof of a statement; "" for one that the reasoner is not given."""
        graphs = self._reader.store.graphs_of(triple)
        is_known = any(graph == self._inferred or self._iris.is_premise(graph) for graph in graphs)
        return self._reader.names.why(triple) if is_known else ""

    def about(self, *, given: bool, own: bool | None = None, claims: bool = False) -> tuple[StatementGroup, ...]:
        """Return statements by property.

        Args:
            given: Those that somebody says, or those that were inferred.
            own: Only those in the project's own terms, or only the others; None: all.
            claims: The resource is a claim: its own statements, also those about other claims, and no others.
        """
        groups: dict[tuple[bool, str], list[Triple]] = {}
        for is_turned, triple in self._relevant(claims=claims):
            if own is not None and own != self._is_own(triple):
                continue
            if self.is_given(triple) == given and (given or not self._repeats(is_turned, triple)):
                groups.setdefault((is_turned, triple.predicate.value), []).append(triple)
        return tuple(self._group(is_turned, triples) for (is_turned, _), triples in sorted(groups.items()))

    def _repeats(self, is_turned: bool, triple: Triple) -> bool:  # noqa: FBT001
        """Say whether an inferred statement only turns round what is given: "A leads B" where B has the lead A."""
        if is_turned:
            return False
        name = self._reader.names.property(triple.predicate)
        return any(
            one.subject == triple.object and turned(self._reader.names.property(one.predicate)) == name
            for one in self.incoming
            if one.predicate != triple.predicate and self.is_given(one)
        )

    def _relevant(self, *, claims: bool) -> Iterator[tuple[bool, Triple]]:
        """Yield the statements that tell something, each with whether the resource is its object."""
        for triple in self.outgoing:
            if self._is_shown(triple, triple.object, claims=claims):
                yield False, triple
        for triple in () if claims else self.incoming:
            if self._is_shown(triple, triple.subject, claims=claims) and isinstance(triple.subject, NamedNode):
                yield True, triple

    def _is_shown(self, triple: Triple, other: object, *, claims: bool) -> bool:
        if triple.predicate.value in _HIDDEN | _FORMAL | _OF_LINKS:
            return False
        if isinstance(other, BlankNode | Triple):
            return False
        value = getattr(other, "value", "")
        return claims or not self._iris.is_claim(value)

    def _is_own(self, triple: Triple) -> bool:
        """Say whether a statement is in the project's own terms: its property, or the class it names."""
        value = getattr(triple.object, "value", "") if triple.predicate.value == Rdf.TYPE else triple.predicate.value
        return value.startswith(_OWN)

    def _group(self, is_turned: bool, triples: list[Triple]) -> StatementGroup:  # noqa: FBT001
        names = self._reader.names
        name = names.property(triples[0].predicate)
        others = sorted(triples, key=lambda one: names.label(one.subject if is_turned else one.object))
        return StatementGroup(
            property=Link(text=turned(name) if is_turned else name, about=triples[0].predicate.value),
            statements=tuple(
                Statement(
                    value=names.link(one.subject if is_turned else one.object),
                    quotations=tuple(islice(self._quotations(one), _SOURCES)),
                    why=self._why(one),
                )
                for one in others[:_SHOWN]
            ),
        )

    def _quotations(self, triple: Triple) -> Iterator[Quotation]:
        """Yield where a triple is said: the words of a few documents, or what else has it.

        The rule is that of `ssrgraph.graph.accounting`. Only what is asked for is looked up, for an entity may stand in
        very many documents.
        """
        reader = self._reader
        graphs = filter(self._iris.is_premise, reader.store.graphs_of(triple))
        for graph in islice(graphs, _SOURCES):
            document = reader.document_of(graph)
            if document is not None:
                for start, end in sorted(self._stretches(triple, document)):
                    words = " ".join(document.text[start:end].split())
                    yield Quotation(source=reader.link(document), words=words, href=reader.place(document, start, end))
            elif graph == self._iris.graph("entities") and isinstance(triple.subject, NamedNode):
                name = reader.text(triple.subject, Dct.SOURCE, graph)
                yield Quotation(source=Link(text=f"{SourceKind.REFERENCE}: {name}" if name else SourceKind.REFERENCE))
            else:
                yield Quotation(source=Link(text=graph.value.removeprefix(self._reader.names.base)))

    def _stretches(self, triple: Triple, document: Stored) -> set[tuple[int, int]]:
        """Return the stretches of a document's text that account for a triple."""
        reader, subject = self._reader, triple.subject
        if not isinstance(subject, NamedNode):
            return set()
        if triple.predicate.value in STATED and not self._iris.is_claim(subject.value):
            nodes = [one.subject for one in self._matching(Rdf.OBJECT, triple.object, document)]
            nodes = [one for one in nodes if self._says(one, Rdf.SUBJECT, subject, document)]
            nodes = [one for one in nodes if self._says(one, Rdf.PREDICATE, triple.predicate, document)]
        else:
            nodes = [subject]
        found = (
            reader.stretch(one, Ssr.EVIDENCE, document) or reader.stretch(one, Ssr.MENTION, document)
            for one in nodes
            if isinstance(one, NamedNode)
        )
        return {one for one in found if one is not None}

    def _matching(self, predicate: str, value: object, document: Stored) -> Iterator[Triple]:
        return self._reader.store.match(None, NamedNode(predicate), value, document.evidence)  # type: ignore[arg-type]

    def _says(self, node: object, predicate: str, value: NamedNode, document: Stored) -> bool:
        found = self._reader.store.match(node, NamedNode(predicate), value, document.evidence)  # type: ignore[arg-type]
        return next(iter(found), None) is not None


def quotations(reader: Reader, sources: Iterable[Source]) -> Iterator[Quotation]:
    """Yield sources as a page shows them, those with the same words once."""
    seen: set[tuple[str, str]] = set()
    for source in sources:
        if source.kind is not SourceKind.DOCUMENT:
            name = f"{source.kind}: {source.name}" if source.name else str(source.kind)
            yield Quotation(source=Link(text=name))
            continue
        document = reader.document_of(source.graph)
        if document is None:
            continue
        place = reader.names.href(source.words.value) if source.words else ""
        if (document.node.value, place) in seen:
            continue
        seen.add((document.node.value, place))
        yield Quotation(
            source=reader.link(document),
            words=" ".join(source.quote.split()),
            href=place,
        )


def predicate_of(iri: str) -> NamedNode:
    """Return a property by its IRI."""
    return NamedNode(iri)


_TURNED: Mapping[str, str] = {
    "parent": "has the part",
    "member": "is a member of",
    "lead": "leads",
    "host": "hosts",
    "party": "is a party to",
    "place": "is the place of",
    "organizer": "held",
    "participant": "took part in",
    "acts for": "has the body",
    "provider": "provides",
    "commander": "commands",
    "requested by": "requested",
    "predecessor": "was followed by",
    "assists": "is assisted by",
    "attributed funder": "is an attributed funder of",
    "post in": "has the post",
    "held by": "holds",
    "organization": "is the organization of",
}
"""Properties read from their object: the ontology names only some of them this way."""


def turned(name: str) -> str:
    """Return what a property is called when it is read from its object."""
    return _TURNED.get(name, f"is the {name} of")
