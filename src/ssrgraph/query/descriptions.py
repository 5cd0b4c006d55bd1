"""What a store knows of one resource: what is said of it, the claims about it, and the words that they come from."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count, islice
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode

from ssrgraph.graph import Iris
from ssrgraph.query.terms import label
from ssrgraph.vocabulary import SLOTS, Dct, Oa, Owl, Prov, Rdf, Rdfs, Schema, Skos, Ssr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Triple

    from ssrgraph.store import Store

MOST_CLAIMS = 200
"""How many of the claims about a resource are described."""
MOST_STATEMENTS = 2_000
"""How many statements with a resource as their subject, or as their object, are taken up."""

_WORDS = frozenset({Ssr.EVIDENCE.value, Ssr.WORDS.value})
_HOW = frozenset({Ssr.READ_BY.value, Prov.WAS_GENERATED_BY.value, Prov.WAS_ASSOCIATED_WITH.value})
_NAMES = (Skos.PREF_LABEL, Dct.TITLE, Rdfs.LABEL)
_SLOTS = tuple(dict.fromkeys(slot.rstrip("_") for slots in SLOTS.values() for slot in slots))


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What is known of a resource.

    Attributes:
        triples: The statements; each holds in the store. Those about nodes without a name are left out.
        claims: How many claims are about it.
        is_whole: Whether all of them, and all other statements, are among the triples.
    """

    triples: tuple[Triple, ...]
    claims: int
    is_whole: bool


def describe(
    store: Store, node: NamedNode, *, most_claims: int = MOST_CLAIMS, most_statements: int = MOST_STATEMENTS
) -> Description | None:
    """Describe a resource: an entity, a claim or a document; None if nothing is known of it.

    Args:
        store: The store.
        node: The resource.
        most_claims: How many claims about it are described.
        most_statements: How many statements from it, and how many to it, are taken up.
    """
    gathering = _Gathering(store, most_statements)
    own = gathering.of(node)
    claims = [each for each in gathering.claims_of(node) if each != node]
    statements = list(gathering.parts(node)) if gathering.iris.is_claim(node.value) else []
    if not own and not claims and not statements:
        return None
    for each in (*claims[:most_claims], *statements):
        gathering.add(gathering.of(each))
        if each in claims:
            gathering.add(triple for part in gathering.parts(each) for triple in gathering.of(part))
    gathering.add(own)
    gathering.add_sources()
    gathering.add_names(node)
    return Description(
        triples=tuple(gathering.triples),
        claims=len(claims),
        is_whole=gathering.is_whole and len(claims) <= most_claims,
    )


class _Gathering:
    """Triples that are being put together."""

    def __init__(self, store: Store, most: int) -> None:
        self.iris = Iris(store.info.base_iri)
        self.triples: dict[Triple, None] = {}
        self.is_whole = True
        self._store = store
        self._most = most

    def add(self, triples: Iterable[Triple]) -> None:
        """Take triples up."""
        self.triples.update(dict.fromkeys(triples))

    def of(self, node: NamedNode) -> list[Triple]:
        """Return the statements that have a node as their subject."""
        return self._first(self._store.match(node, None, None))

    def parts(self, claim: NamedNode) -> Iterator[NamedNode]:
        """Yield the nodes that say from which words the slots of a claim were read."""
        for slot in _SLOTS:
            for number in count(1):
                part = self.iris.slot(claim, slot if number == 1 else f"{slot}-{number}")
                if next(iter(self._store.match(part, None, None)), None) is None:
                    break
                yield part

    def claims_of(self, node: NamedNode) -> list[NamedNode]:
        """Return the claims that a node has a part in, or that a document makes; take up what else points to it."""
        found: dict[NamedNode, None] = {}
        for triple in self._first(self._store.match(None, None, node)):
            subject = triple.subject
            if not isinstance(subject, NamedNode) or triple.predicate.value == Oa.HAS_SOURCE:
                continue
            if self.iris.is_claim(subject.value):
                found[NamedNode(subject.value.partition("#")[0])] = None
                continue
            self.triples[triple] = None
            if triple.predicate.value == Owl.ANNOTATED_SOURCE:  # How a link was found, by whom, and how surely.
                self.add(self.of(subject))
            if triple.predicate.value == Prov.WAS_DERIVED_FROM:  # What the document says, as a graph.
                self.add(self.of(subject))
                found.update(dict.fromkeys(self._made_in(subject)))
        return sorted(found, key=str)

    def _made_in(self, graph: NamedNode) -> Iterator[NamedNode]:
        """Yield the claims of a document by its graph; some are nothing but statements, and stand in its evidence."""
        evidence = graph.value.replace(f"{self.iris.base}graph/document/", f"{self.iris.base}graph/evidence/", 1)
        for each in (graph, NamedNode(evidence)):
            for triple in self._store.triples(each):
                if isinstance(triple.subject, NamedNode) and self.iris.is_claim(triple.subject.value):
                    yield NamedNode(triple.subject.value.partition("#")[0])

    def add_sources(self) -> None:
        """Take up the words behind what is there, the documents that they stand in, and how they were read."""
        for wanted in (_WORDS, {Oa.HAS_SELECTOR.value}, _HOW, _HOW):
            nodes = dict.fromkeys(one.object for one in self.triples if one.predicate.value in wanted)
            self.add(triple for node in nodes if isinstance(node, NamedNode) for triple in self.of(node))
        documents = dict.fromkeys(one.object for one in self.triples if one.predicate.value == Oa.HAS_SOURCE)
        for document in documents:
            for name in (Rdf.TYPE, Dct.IDENTIFIER, Dct.TITLE, Schema.URL):
                self.add(self._store.match(document, NamedNode(name), None))  # type: ignore[arg-type]

    def add_names(self, node: NamedNode) -> None:
        """Take up what the resources in the triples are called."""
        known = {one.subject for one in self.triples if one.predicate.value in _NAMES}
        own = (term for one in self.triples for term in (one.subject, one.object) if isinstance(term, NamedNode))
        for term in dict.fromkeys(own):
            if term in known or term == node or not term.value.startswith(f"{self.iris.base}id/"):
                continue
            wanted = label(self._store, term)
            for name in _NAMES:
                found = self._store.match(term, NamedNode(name), None)
                self.add(one for one in found if isinstance(one.object, Literal) and one.object.value == wanted)

    def _first(self, triples: Iterator[Triple]) -> list[Triple]:
        found = list(islice(triples, self._most + 1))
        if len(found) > self._most:
            self.is_whole = False
        # A class without a name, of which a resource is inferred to be a member, tells nothing by itself.
        return [one for one in found[: self._most] if not isinstance(one.object, BlankNode)]
