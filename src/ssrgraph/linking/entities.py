"""Entities of a store that have no link yet, with what is known of them that may tell them from others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from ssrgraph.matching import Graph
from ssrgraph.vocabulary import BASE, WIKIDATA, Schema, Skos, Ssr, SsrClass

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ssrgraph.store import Store

PARENTS = (Ssr.PARENT, Ssr.ACTS_FOR, Schema.PROVIDER)
NEIGHBOURS = (Ssr.LEAD, Ssr.HOST, Ssr.MEMBER, Ssr.PREDECESSOR, Ssr.PARTY)
COUNTRY_KIND = "country"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlinked:
    """An entity without a link.

    Attributes:
        subject: Its IRI under the project's own base, as files of links have it.
        label: What it is called.
        names: All its names, the label first.
        kind: What it is: `country`, or the kind of its IRI, such as `organization`.
        country: Names of the states that it belongs to, acts for or lies in.
        parent: Names of what it is a part of or acts for.
        neighbours: Names of what stands in other relations with it.
        documents: How many documents name it.
    """

    subject: str
    label: str
    names: tuple[str, ...]
    kind: str
    country: tuple[str, ...] = ()
    parent: tuple[str, ...] = ()
    neighbours: tuple[str, ...] = ()
    documents: int = 0


def unlinked(store: Store) -> list[Unlinked]:
    """Return the entities that documents name and no link to Wikidata has, those that most documents name first.

    Persons and events are left out: of their names alone nobody can tell who or what is meant.
    """
    graph = Graph(store)
    named: dict[str, int] = {}
    for triple in store.match(None, NamedNode(Schema.MENTIONS), None):
        if isinstance(triple.object, NamedNode):
            named[triple.object.value] = named.get(triple.object.value, 0) + 1
    found = []
    for iri, documents in named.items():
        known = graph.by_id.get(iri)
        kind = iri.removeprefix(graph.space).partition("/")[0]
        matches = graph.objects(iri, Skos.EXACT_MATCH)
        if known is None or kind in {"person", "event"} or any(one.value.startswith(WIKIDATA) for one in matches):
            continue
        found.append(
            Unlinked(
                subject=f"{BASE}id/{iri.removeprefix(graph.space)}",
                label=known.label,
                names=tuple(dict.fromkeys((known.label, *(name.text for name in known.names)))),
                kind=COUNTRY_KIND if SsrClass.COUNTRY in known.types else kind,
                country=_names(graph, graph.countries(iri)),
                parent=_names(graph, _others(graph, iri, PARENTS)),
                neighbours=_names(graph, _others(graph, iri, NEIGHBOURS)),
                documents=documents,
            )
        )
    return sorted(found, key=lambda one: (-one.documents, one.subject))


def _others(graph: Graph, iri: str, predicates: Iterable[str]) -> list[str]:
    found = (one for predicate in predicates for one in graph.objects(iri, predicate))
    return [one.value for one in found if isinstance(one, NamedNode)]


def _names(graph: Graph, iris: Iterable[str]) -> tuple[str, ...]:
    known = (graph.by_id[iri] for iri in iris if iri in graph.by_id)
    return tuple(dict.fromkeys(name.text for each in known for name in each.names))
