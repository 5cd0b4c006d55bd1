"""The figures of a dataset in the terms of VoID: how much it holds, by class, by property, by graph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, QuerySolutions, Triple

from ssrgraph.vocabulary import Rdf, Void, Xsd

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ssrgraph.store import Store

_COUNTS = """
SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?o) AS ?objects) { ?s ?p ?o }"""
_BY_PROPERTY = "SELECT ?name (COUNT(*) AS ?n) { ?s ?name ?o } GROUP BY ?name"
_BY_CLASS = "SELECT ?name (COUNT(DISTINCT ?s) AS ?n) { ?s a ?name } GROUP BY ?name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """The figures of the merge of all graphs.

    Attributes:
        triples: How many triples it holds.
        subjects: How many different subjects.
        objects: How many different objects.
        classes: How many instances each class has.
        properties: How many triples each property has.
    """

    triples: int
    subjects: int
    objects: int
    classes: Mapping[str, int]
    properties: Mapping[str, int]


def count(store: Store) -> Statistics:
    """Count what the merge of a store's graphs holds; a class without a name is not counted."""
    row = next(iter(_solutions(store, _COUNTS)))
    return Statistics(
        triples=int(row["triples"].value),
        subjects=int(row["subjects"].value),
        objects=int(row["objects"].value),
        classes=_by_name(store, _BY_CLASS),
        properties=_by_name(store, _BY_PROPERTY),
    )


def described(dataset: NamedNode, figures: Statistics) -> Iterator[Triple]:
    """Yield the figures of a dataset; each partition has an IRI of its own behind that of the dataset."""
    for term, number in (
        (Void.TRIPLES, figures.triples),
        (Void.DISTINCT_SUBJECTS, figures.subjects),
        (Void.DISTINCT_OBJECTS, figures.objects),
        (Void.CLASSES, len(figures.classes)),
        (Void.PROPERTIES, len(figures.properties)),
    ):
        yield Triple(dataset, NamedNode(term), integer(number))
    for kind, part, term, measure, numbers in (
        ("class", Void.CLASS_PARTITION, Void.CLASS, Void.ENTITIES, figures.classes),
        ("property", Void.PROPERTY_PARTITION, Void.PROPERTY, Void.TRIPLES, figures.properties),
    ):
        for name, number in sorted(numbers.items()):
            partition = NamedNode(f"{dataset.value.partition('#')[0]}#{kind}={quote(name, safe='')}")
            yield Triple(dataset, NamedNode(part), partition)
            yield Triple(partition, NamedNode(Rdf.TYPE), NamedNode(Void.DATASET))
            yield Triple(partition, NamedNode(term), NamedNode(name))
            yield Triple(partition, NamedNode(measure), integer(number))


def integer(value: int) -> Literal:
    """Return a figure as a literal."""
    return Literal(str(value), datatype=NamedNode(Xsd.INTEGER))


def _by_name(store: Store, query: str) -> dict[str, int]:
    return {
        row["name"].value: int(row["n"].value) for row in _solutions(store, query) if isinstance(row["name"], NamedNode)
    }


def _solutions(store: Store, query: str) -> QuerySolutions:
    found = store.query(query)
    assert isinstance(found, QuerySolutions)  # noqa: S101 -- a SELECT
    return found
