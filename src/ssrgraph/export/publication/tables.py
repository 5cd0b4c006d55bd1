"""The tables of a publication: the fact tables, and documents, entities and names to join them with."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, parse

from ssrgraph.graph import Iris
from ssrgraph.graph.terms import scheme_of
from ssrgraph.query import facts
from ssrgraph.resources import shipped
from ssrgraph.vocabulary import SCHEME, SLOTS, Dct, Schema, Skos, Ssr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ssrgraph.export.publication.gathering import DocumentRecord
    from ssrgraph.query.catalogue import SavedQuery
    from ssrgraph.store import Store

DATE = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
"""A year, a month or a day, as precise as the document says it."""
_DATES = frozenset({Ssr.FROM, Ssr.TO, Ssr.START, Ssr.END, Ssr.DATE})
_NUMBERS = frozenset({Ssr.AMOUNT, Ssr.VALUE, Ssr.VALUE_MIN, Ssr.VALUE_MAX})
_JOINED = frozenset({Ssr.MANDATE, Ssr.PARTY, Ssr.PARTICIPANT})
_WIKIDATA = "http://www.wikidata.org/entity/"
_LINKS = (f"{Skos.PREF_LABEL.value.rpartition('#')[0]}#exactMatch", "http://www.w3.org/2002/07/owl#sameAs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column.

    Attributes:
        name: Its name.
        about: What it holds.
        type: Its type in the terms of Table Schema.
        constraints: What its values keep to, in the terms of Table Schema.
        property: The property of the ontology that it prints; empty where there is none.
    """

    name: str
    about: str
    type: str = "string"
    constraints: Mapping[str, object] = field(default_factory=dict)
    property: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table.

    Attributes:
        name: Its name.
        path: Where its file lies.
        title: A few words.
        about: What it holds.
        columns: Its columns in order.
        rows: Its rows as plain cells.
        key: The columns that tell its rows apart; none where rows may be equal.
        references: For columns that name a row of another table, that table and its column.
    """

    name: str
    path: str
    title: str
    about: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    key: tuple[str, ...] = ()
    references: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def as_csv(self) -> bytes:
        """Write it as CSV with one header line, its lines ended by a line feed."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([column.name for column in self.columns])
        writer.writerows(self.rows)
        return out.getvalue().encode()


def read_tables(
    store: Store, documents: Iterable[DocumentRecord], saved: Mapping[str, SavedQuery]
) -> tuple[Table, ...]:
    """Return the tables of a store: documents, entities, names, then the ten fact tables."""
    notations = {name: _notations(name) for name in ("bound", "kind", "measure", "modality", "per", "status")}
    return (
        _documents(documents),
        _entities(store, notations["kind"]),
        _names(store),
        *(_facts(store, name, saved, notations) for name in facts.COLUMNS),
    )


def _notations(scheme: str) -> list[str]:
    quads = parse(path=shipped("ontology") / "schemes" / f"{scheme}.ttl")
    return sorted(quad.object.value for quad in quads if quad.predicate.value == Skos.NOTATION)


def _facts(store: Store, name: str, saved: Mapping[str, SavedQuery], notations: Mapping[str, list[str]]) -> Table:
    query = saved[name]
    columns = tuple(_fact(name, column, query.columns.get(column, ""), notations) for column in facts.COLUMNS[name])
    return Table(
        name=name,
        path=f"facts/{name}.csv",
        title=query.title,
        about=query.question,
        columns=columns,
        rows=tuple(facts.rows(store, name, saved)),
        references={"document": ("documents", "document")},
    )


def _fact(table: str, name: str, about: str, notations: Mapping[str, list[str]]) -> Column:
    term = SLOTS[table].get(name, "")
    if name in ("document", "quote"):
        return Column(name=name, about=about, constraints={"required": True})
    if term in _NUMBERS:
        return Column(name=name, about=about, type="number", property=term)
    if term in _DATES:
        return Column(name=name, about=about, constraints={"pattern": DATE}, property=term)
    if term == Ssr.CURRENCY:
        return Column(name=name, about=about, constraints={"pattern": "[A-Z]{3}"}, property=term)
    if term in _JOINED:
        return Column(name=name, about=f"{about}; several are joined by a semicolon", property=term)
    scheme = scheme_of(table, name)
    constraints = {"enum": notations[scheme]} if scheme is not None and scheme in notations else {}
    return Column(name=name, about=about, constraints=constraints, property=term)


def _documents(documents: Iterable[DocumentRecord]) -> Table:
    needed = {"required": True}
    columns = (
        Column(name="document", about="id of the document", constraints={"required": True, "unique": True}),
        Column(name="iri", about="its IRI in the graph", constraints=needed),
        Column(name="title", about="its title", property=Dct.TITLE),
        Column(name="publisher", about="who published it"),
        Column(name="issued", about="when, as far as it is known", constraints={"pattern": DATE}, property=Dct.ISSUED),
        Column(name="language", about="its language, as a BCP 47 tag"),
        Column(name="rights", about="its terms of reuse, in words or as an address"),
        Column(name="address", about="where it was published", property=Schema.URL),
        Column(name="sha256", about="checksum of its stored text in UTF-8", property=Schema.SHA256),
    )
    return Table(
        name="documents",
        path="documents.csv",
        title="Documents",
        about="Which documents were read, from whom, under which terms?",
        columns=columns,
        rows=tuple(
            (
                *(each.id, each.iri, each.title, each.publisher, each.issued),
                *(each.language, each.rights, each.address, each.sha256),
            )
            for each in documents
        ),
        key=("document",),
    )


def _entities(store: Store, kinds: list[str]) -> Table:
    columns = (
        Column(name="entity", about="IRI of the entity", constraints={"required": True, "unique": True}),
        Column(name="label", about="its preferred name", constraints={"required": True}, property=Skos.PREF_LABEL),
        Column(name="class", about="organization, person, mission, programme, agreement, event or place"),
        Column(
            name="kind",
            about=f"kind of an organization or agreement ({', '.join(kinds)}); several are joined by a semicolon",
            property=Ssr.KIND,
        ),
        Column(name="abbreviation", about="its abbreviations, joined by a semicolon", property=Ssr.ABBREVIATION),
        Column(name="code", about="ISO 3166-1 code of a state", property=Dct.IDENTIFIER),
        Column(
            name="wikidata",
            about="the same in Wikidata; several are joined by a semicolon",
            constraints={"pattern": "Q[1-9][0-9]*(;Q[1-9][0-9]*)*"},
        ),
    )
    return Table(
        name="entities",
        path="entities.csv",
        title="Entities",
        about="What do the documents speak of, and what is it elsewhere?",
        columns=columns,
        rows=tuple(_entity(store, node) for node in _labelled(store)),
        key=("entity",),
    )


def _labelled(store: Store) -> list[NamedNode]:
    start = f"{store.info.base_iri}id/"
    found = {triple.subject for triple in store.match(None, NamedNode(Skos.PREF_LABEL), None)}
    named = [node for node in found if isinstance(node, NamedNode) and node.value.startswith(start)]
    return sorted(named, key=lambda node: node.value)


def _entity(store: Store, node: NamedNode) -> tuple[str, ...]:
    def values(term: str) -> list[str]:
        return sorted({one.object.value for one in store.match(node, NamedNode(term), None)})  # type: ignore[union-attr]

    links = [link for term in _LINKS for link in values(term) if link.startswith(_WIKIDATA)]
    return (
        node.value,
        values(Skos.PREF_LABEL)[0],
        node.value.removeprefix(f"{store.info.base_iri}id/").partition("/")[0],
        ";".join(kind.removeprefix(f"{SCHEME}kind#") for kind in values(Ssr.KIND)),
        ";".join(values(Ssr.ABBREVIATION)),
        ";".join(values(Dct.IDENTIFIER)),
        ";".join(dict.fromkeys(link.removeprefix(_WIKIDATA) for link in links)),
    )


def _names(store: Store) -> Table:
    needed = {"required": True}
    columns = (
        Column(name="document", about="id of the document", constraints=needed),
        Column(
            name="name",
            about="a name as this document's fact tables print it",
            constraints=needed,
            property=Schema.NAME,
        ),
        Column(name="entity", about="IRI of the entity that it names", constraints=needed),
    )
    return Table(
        name="names",
        path="names.csv",
        title="Names",
        about="Which entity does a document mean by a name? It joins the fact tables with the entities.",
        columns=columns,
        rows=tuple(sorted(_named(store))),
        key=("document", "name", "entity"),
        references={"document": ("documents", "document"), "entity": ("entities", "entity")},
    )


def _named(store: Store) -> Iterator[tuple[str, str, str]]:
    iris = Iris(store.info.base_iri)
    for triple in store.match(None, NamedNode(Dct.IDENTIFIER), None):
        document_id = triple.object.value  # type: ignore[union-attr]
        if triple.subject == iris.document(document_id):
            for one in store.match(None, NamedNode(Schema.NAME), None, iris.document_graph(document_id)):
                yield document_id, one.object.value, one.subject.value  # type: ignore[union-attr]
