"""From the graph to claims in words: a claim with its slots, its quote and the text around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ssrgraph.serve.pages import wording
from ssrgraph.serve.pages.names import Names, first_words
from ssrgraph.serve.pages.parts import ClaimCard, Link, Slot
from ssrgraph.vocabulary import SCHEME, SLOTS, Dct, OrgClass, Rdf, Schema, Ssr, SsrClass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.store import Store

CLAIMS = {
    SsrClass.FUNDING_CLAIM.value: "funding",
    SsrClass.PERSONNEL_CLAIM.value: "personnel",
    SsrClass.EQUIPMENT_CLAIM.value: "equipment",
    SsrClass.RESULT_CLAIM.value: "results",
    OrgClass.MEMBERSHIP.value: "roles",
}
"""The fact table of each class of claims that are nodes of their own."""
ENTITIES = {
    SsrClass.MISSION.value: "missions",
    SsrClass.AGREEMENT.value: "agreements",
    Schema.EVENT.value: "events",
    OrgClass.ORGANIZATION.value: "organizations",
}
"""The fact table of each class of entities that have rows; the first one counts, for a mission is an organization."""
TITLES = {
    "funding": "Money",
    "personnel": "People",
    "equipment": "Equipment",
    "results": "Results",
    "missions": "Missions",
    "agreements": "Agreements",
    "roles": "Posts",
    "events": "Events",
    "organizations": "Organizations",
    "memberships": "Memberships",
}
"""What the fact tables are called."""

_RANGE = re.compile(r"#char=(\d+),(\d+)$")
_PERCENT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A document of the store.

    Attributes:
        node: Its IRI.
        graph: What it asserts.
        evidence: Where in it that stands.
        title: Its title, or its first words.
        text: Its text.
    """

    node: NamedNode
    graph: NamedNode
    evidence: NamedNode
    title: str
    text: str


class Reader:
    """Reads claims and documents from a store.

    Args:
        store: The store.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.names = Names(store)
        self._documents: dict[str, Stored | None] = {}

    def objects(self, subject: NamedNode | BlankNode, predicate: str, graph: NamedNode | None = None) -> list[object]:
        """Return the objects of a property, sorted."""
        found = self.store.match(subject, NamedNode(predicate), None, graph)
        return sorted((one.object for one in found), key=str)

    def text(self, subject: NamedNode, predicate: str, graph: NamedNode | None = None) -> str:
        """Return the first literal of a property; "" where there is none."""
        return next((one.value for one in self.objects(subject, predicate, graph) if isinstance(one, Literal)), "")

    def document(self, name: str) -> Stored | None:
        """Return the document whose IRI ends in this name, as it is written there; None if there is none."""
        if name not in self._documents:
            self._documents[name] = self._read(name)
        return self._documents[name]

    def _read(self, name: str) -> Stored | None:
        base = self.names.base
        try:
            node, graph, evidence = (
                NamedNode(f"{base}{part}{name}") for part in ("document/", "graph/document/", "graph/evidence/")
            )
        except ValueError:
            return None
        if Triple(node, NamedNode(Rdf.TYPE), NamedNode(SsrClass.DOCUMENT)) not in set(
            self.store.match(node, NamedNode(Rdf.TYPE), None, evidence)
        ):
            return None
        text = self.text(node, Schema.TEXT, evidence)
        title = self.text(node, Dct.TITLE, evidence) or first_words(text) or name
        return Stored(
            node=node,
            graph=graph,
            evidence=evidence,
            title=" ".join(title.split()),
            text=text,
        )

    def document_of(self, graph: NamedNode) -> Stored | None:
        """Return the document whose graph this is, be it that of its assertions or of its evidence."""
        rest = graph.value.removeprefix(f"{self.names.base}graph/")
        kind, _, name = rest.partition("/")
        return self.document(name) if kind in {"document", "evidence"} else None

    def documents_of(self, triple: Triple) -> Iterator[Stored]:
        """Yield the documents that assert a triple, or whose evidence holds it."""
        for graph in self.store.graphs_of(triple):
            if (found := self.document_of(graph)) is not None:
                yield found

    def table_of(self, node: NamedNode, graph: NamedNode | None) -> str:
        """Return the fact table that a claim or entity has its row in; "" if it has none."""
        types = {getattr(one, "value", "") for one in self.objects(node, Rdf.TYPE, graph)}
        return next((table for iri, table in {**CLAIMS, **ENTITIES}.items() if iri in types), "")

    def link(self, document: Stored) -> Link:
        """Return a document as a link to its page."""
        return Link(text=document.title, href=self.names.href(document.node.value))

    def place(self, document: Stored, start: int, end: int) -> str:
        """Return the address of a stretch of a document's text, within its page."""
        return f"{self.names.href(document.node.value)}#char={start},{end}"

    def cards_of_claim(self, claim: NamedNode) -> list[ClaimCard]:
        """Return a claim in words; none if the store has no such claim.

        A claim is a node of its own, or nothing but a statement about entities: a row of missions, say.
        """
        for triple in self.store.match(claim, NamedNode(Rdf.TYPE), None):
            if getattr(triple.object, "value", "") in CLAIMS:
                return [card for one in self.documents_of(triple) if (card := self.card(claim, one))]
        for statement, triple in self._statements(claim):
            for document in self.documents_of(triple):
                subject = self.objects(statement, Rdf.SUBJECT, document.evidence)
                if subject and isinstance(subject[0], NamedNode):
                    return self._rows_with(claim, subject[0], document)
        return []

    def _rows_with(self, claim: NamedNode, subject: NamedNode, document: Stored) -> list[ClaimCard]:
        """Return the rows about an entity that a claim has statements for."""
        mine = f"{claim.value}#"
        tables = {table for table, _, node, _ in self._stated(subject, document) if node.value.startswith(mine)}
        return [card for card in self.rows(subject, document) if card.table in tables]

    def _statements(self, claim: NamedNode) -> Iterator[tuple[NamedNode, Triple]]:
        """Yield the first statement of each slot of a claim, with the triple that says that it is one."""
        for slot in dict.fromkeys(slot for slots in SLOTS.values() for slot in slots):
            node = _part(claim, slot)
            for triple in self.store.match(node, NamedNode(Rdf.TYPE), NamedNode(Rdf.STATEMENT)):
                yield node, triple

    def card(self, node: NamedNode, document: Stored) -> ClaimCard | None:
        """Return a claim of a document, or an entity's row, in words; None where nothing in the text carries it."""
        table = self.table_of(node, document.graph)
        words = self.stretch(node, Ssr.EVIDENCE, document)
        if not table or words is None:
            return None
        return self._card(node, table, document, words, self._slots(node, table, document))

    def rows(self, subject: NamedNode, document: Stored) -> list[ClaimCard]:
        """Return the rows of a document that are about an entity: its own, and those of statements about it."""
        found = []
        stated = self._stated(subject, document)
        own = self.card(subject, document)
        tables = dict.fromkeys(table for table, *_ in stated)
        if own is not None:
            tables = dict.fromkeys((own.table, *tables))
        for table in tables:
            is_own = own is not None and table == own.table
            card = own if is_own else self._row_of_statements(subject, table, document, stated)
            if card is not None:
                found.append(card)
        return found

    def _row_of_statements(
        self, subject: NamedNode, table: str, document: Stored, stated: list[tuple[str, str, NamedNode, object]]
    ) -> ClaimCard | None:
        mine = [one for one in stated if one[0] == table]
        stretches = [one for each in mine if (one := self.stretch(each[2], Ssr.EVIDENCE, document))]
        if not mine or not stretches:
            return None
        slots = self._arranged(table, [(slot, value, node) for _, slot, node, value in mine], document)
        href = self.names.href(mine[0][2].value.partition("#")[0])
        return replace(self._card(subject, table, document, min(stretches), slots), href=href)

    def _stated(self, subject: NamedNode, document: Stored) -> list[tuple[str, str, NamedNode, object]]:
        """Return the statements of a document about an entity: fact table, slot, node of the statement, value."""
        table = self.table_of(subject, document.graph)
        found = []
        for triple in self.store.match(None, NamedNode(Rdf.SUBJECT), subject, document.evidence):
            node = triple.subject
            if not isinstance(node, NamedNode):
                continue
            predicates = self.objects(node, Rdf.PREDICATE, document.evidence)
            values = self.objects(node, Rdf.OBJECT, document.evidence)
            if not predicates or not values:
                continue
            predicate = getattr(predicates[0], "value", "")
            place = "memberships" if predicate == Ssr.MEMBER else table
            slot = next((slot for slot, iri in SLOTS.get(place, {}).items() if iri == predicate), "")
            if slot:
                found.append((place, slot, node, values[0]))
        return sorted(found, key=lambda one: (one[0], one[1], self.names.label(one[3])))  # type: ignore[arg-type]

    def stretch(self, node: NamedNode, predicate: str, document: Stored) -> tuple[int, int] | None:
        """Return the stretch of a document's text that a node of its evidence points at."""
        found = (_RANGE.search(getattr(one, "value", "")) for one in self.objects(node, predicate, document.evidence))
        stretches = sorted((int(one[1]), int(one[2])) for one in found if one)
        return next((one for one in stretches if one[0] < one[1] <= len(document.text)), None)

    def stretches(self, document: Stored) -> set[tuple[int, int]]:
        """Return every stretch of a document's text that its evidence points at."""
        found = set()
        for predicate in (Ssr.EVIDENCE, Ssr.WORDS, Ssr.MENTION):
            for triple in self.store.match(None, NamedNode(predicate), None, document.evidence):
                match = _RANGE.search(getattr(triple.object, "value", ""))
                if match and int(match[1]) < int(match[2]) <= len(document.text):
                    found.add((int(match[1]), int(match[2])))
        return found

    def _slots(self, node: NamedNode, table: str, document: Stored) -> tuple[Slot, ...]:
        by_property = {iri: slot for slot, iri in SLOTS[table].items()}
        stated = {(slot, str(value)): statement for _, slot, statement, value in self._stated(node, document)}
        found: list[tuple[str, object, NamedNode | None]] = []
        for triple in self.store.match(node, None, None, document.graph):
            slot = by_property.get(triple.predicate.value)
            if slot is not None:
                source = stated.get((slot, str(triple.object))) or _part(node, slot)
                found.append((slot, triple.object, source))
        return self._arranged(table, found, document)

    def _arranged(
        self, table: str, found: list[tuple[str, object, NamedNode | None]], document: Stored
    ) -> tuple[Slot, ...]:
        """Return slots in the order of the fact table's columns."""
        slots = []
        for name in SLOTS[table]:
            mine = sorted((one for one in found if one[0] == name), key=lambda one: self.names.label(one[1]))  # type: ignore[arg-type]
            if not mine:
                continue
            words = next((each for one in mine if one[2] and (each := self.stretch(one[2], Ssr.WORDS, document))), None)
            slots.append(
                Slot(
                    name=name.replace("_", " "),
                    values=tuple(self.names.link(one[1]) for one in mine),  # type: ignore[arg-type]
                    words=" ".join(document.text[words[0] : words[1]].split()) if words else "",
                    start=words[0] if words else None,
                    end=words[1] if words else None,
                    href=self.place(document, *words) if words else "",
                )
            )
        return tuple(slots)

    def _card(
        self, node: NamedNode, table: str, document: Stored, words: tuple[int, int], slots: tuple[Slot, ...]
    ) -> ClaimCard:
        start, end = words
        passage = self.stretch(node, Ssr.PASSAGE, document)
        is_own = table in CLAIMS.values()
        codes = self._codes(node, document)
        given = {slot.name.replace(" ", "_"): slot.values for slot in slots}
        subject = None if is_own else self.names.link(node)
        return ClaimCard(
            anchor=f"{table}-{node.value.rstrip('/').rpartition('/')[2]}",
            table=table,
            href=self.names.href(node.value),
            sentence=wording.sentence(table, subject, given, codes),
            is_planned=codes.get("status") == "planned",
            slots=slots,
            quote=" ".join(document.text[start:end].split()),
            passage=" ".join(document.text[passage[0] : passage[1]].split()) if passage else "",
            start=start,
            end=end,
            place=self.place(document, start, end),
            document=self.link(document),
            **self._reading(node, document),
        )

    def _codes(self, node: NamedNode, document: Stored) -> dict[str, str]:
        """Return the codes of a claim's slots, by the scheme that they are from."""
        found = {}
        for triple in self.store.match(node, None, None, document.graph):
            value = getattr(triple.object, "value", "")
            if isinstance(triple.object, NamedNode) and value.startswith(SCHEME):
                scheme, _, code = value.removeprefix(SCHEME).partition("#")
                found[scheme] = code
        return found

    def _reading(self, node: NamedNode, document: Stored) -> dict[str, str]:
        for one in self.objects(node, Ssr.READ_BY, document.evidence):
            if isinstance(one, NamedNode):
                confidence = self.text(one, Ssr.CONFIDENCE, document.evidence)
                return {"confidence": _percent(confidence), "rule": self.text(one, Ssr.RULE, document.evidence)}
        return {"confidence": "", "rule": ""}


def _part(node: NamedNode, slot: str) -> NamedNode:
    return NamedNode(f"{node.value}#{slot}")


def _percent(share: str) -> str:
    try:
        return f"{Decimal(share) * _PERCENT:.0f}"
    except InvalidOperation:
        return ""
