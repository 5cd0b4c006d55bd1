"""The graph of reference entities: what the reference data knows of those that documents name."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad, Triple

from ssrgraph.entities.model import EntityKind
from ssrgraph.graph import terms
from ssrgraph.graph.assertions import ENTITY_CLASS, KINDS_WITH_CONCEPT
from ssrgraph.graph.iris import Iris
from ssrgraph.vocabulary import BASE, Dct, Rdf, Schema, Skos, Ssr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ssrgraph.entities import Currency, Reference, ReferenceEntity

_OF_A_STATE = frozenset({"government", "military", "police"})


def reference_quads(
    reference: Reference, ids: Iterable[str], *, currencies: Iterable[str] = (), base: str = BASE
) -> list[Quad]:
    """Return the quads of `graph/entities`.

    Args:
        reference: The reference data.
        ids: Ids of entities that documents name; those that the reference data does not know are passed over.
        currencies: Codes of currencies that claims name.
        base: Where resources live; ends with a slash.

    Returns:
        Type, labels, aliases, codes and source of these entities and of all that they are a part of or act for,
        ordered by id, then the currencies as concepts with their code.
    """
    iris = Iris(base)
    graph = iris.graph("entities")
    entities = _with_relatives(reference, ids)
    wanted = frozenset(currencies)
    named = (currency for currency in reference.currencies() if currency.code in wanted)
    triples = chain(
        *(dict.fromkeys(_triples(entity, reference, iris)) for _, entity in sorted(entities.items())),
        *(_of_currency(currency, iris) for currency in named),
    )
    return [Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples]


def _of_currency(currency: Currency, iris: Iris) -> Iterator[Triple]:
    node = iris.entity(f"currency/{currency.code.lower()}")
    yield Triple(node, NamedNode(Rdf.TYPE), NamedNode(Skos.CONCEPT))
    yield Triple(node, NamedNode(Skos.PREF_LABEL), terms.english(currency.name))
    yield Triple(node, NamedNode(Skos.NOTATION), Literal(currency.code))
    yield Triple(node, NamedNode(Dct.SOURCE), Literal(currency.source))


def _with_relatives(reference: Reference, ids: Iterable[str]) -> dict[str, ReferenceEntity]:
    found: dict[str, ReferenceEntity] = {}
    waiting = [entity for each in ids if (entity := reference.get(each))]
    while waiting:
        entity = waiting.pop()
        if entity.id not in found:
            found[entity.id] = entity
            waiting += [relative for relative in _relatives(entity, reference) if relative]
    return found


def _relatives(entity: ReferenceEntity, reference: Reference) -> tuple[ReferenceEntity | None, ...]:
    parent = reference.get(entity.parent) if entity.parent else None
    return (parent, reference.state(entity.state) if entity.state else None)


def _triples(entity: ReferenceEntity, reference: Reference, iris: Iris) -> Iterator[Triple]:
    node = iris.entity(entity.id)
    yield Triple(node, NamedNode(Rdf.TYPE), NamedNode(ENTITY_CLASS[entity.kind]))
    yield Triple(node, NamedNode(Skos.PREF_LABEL), terms.english(entity.label))
    for alias in entity.aliases:
        if alias != entity.label:
            yield Triple(node, NamedNode(Skos.ALT_LABEL), terms.english(alias))
    if entity.abbreviation:
        yield Triple(node, NamedNode(Ssr.ABBREVIATION), terms.english(entity.abbreviation))
    if entity.type and entity.kind in KINDS_WITH_CONCEPT:
        yield Triple(node, NamedNode(Ssr.KIND), terms.concept_node("kind", entity.type))
    if entity.code:
        yield Triple(node, NamedNode(Dct.IDENTIFIER), Literal(entity.code))
    if entity.source:
        yield Triple(node, NamedNode(Dct.SOURCE), Literal(entity.source))
    yield from _relations(entity, reference, iris)


def _relations(entity: ReferenceEntity, reference: Reference, iris: Iris) -> Iterator[Triple]:
    node = iris.entity(entity.id)
    parent, state = _relatives(entity, reference)
    if parent:
        yield Triple(node, NamedNode(_to_parent(entity, parent)), iris.entity(parent.id))
    if state and entity.kind is EntityKind.PLACE:
        yield Triple(node, NamedNode(Schema.CONTAINED_IN_PLACE), iris.entity(state.id))
    elif state and entity.type in _OF_A_STATE:
        yield Triple(node, NamedNode(Ssr.ACTS_FOR), iris.entity(state.id))


def _to_parent(entity: ReferenceEntity, parent: ReferenceEntity) -> str:
    """Choose the property: who runs a programme, whose part an organization is, for which state a body acts."""
    if entity.kind is EntityKind.PROGRAMME:
        return Schema.PROVIDER
    if parent.type == "country":
        return Ssr.ACTS_FOR
    return Ssr.PARENT
