"""What a document asserts: each claim as the triples of one row, each entity as its description.

Claims of money, people, materiel and results are nodes of their own, and so is a person's membership. The rows of the
other tables are triples about the entity itself; each such triple is *stated* and gets an `rdf:Statement` of its own.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction import model
from ssrgraph.graph import terms
from ssrgraph.graph.materiel import materiel_in
from ssrgraph.vocabulary import SLOTS, Foaf, Org, OrgClass, Rdf, Rdfs, Schema, Skos, Ssr, SsrClass

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ssrgraph.graph.iris import Iris

_TYPE = NamedNode(Rdf.TYPE)
_NO_SLOTS = frozenset({"quote", "passage", "words", "confidence", "rule"})
_DATES = frozenset({"from", "to", "start", "end", "date"})
_SPEAKS_OF_MATERIEL = ("item", "purpose", "measure")
"""Slots that hold a phrase which may name a kind of materiel."""
_DESCRIPTIVE = frozenset({"abbreviation", "kind", "mandate"})
_CLAIM_CLASS = {
    "funding": SsrClass.FUNDING_CLAIM,
    "personnel": SsrClass.PERSONNEL_CLAIM,
    "equipment": SsrClass.EQUIPMENT_CLAIM,
    "results": SsrClass.RESULT_CLAIM,
    "roles": OrgClass.MEMBERSHIP,
}
_ENTITY_CLASS_OF_TABLE = {
    "missions": SsrClass.MISSION,
    "agreements": SsrClass.AGREEMENT,
    "events": Schema.EVENT,
    "organizations": OrgClass.ORGANIZATION,
}
_SUBJECT = {
    "missions": "mission",
    "agreements": "agreement",
    "events": "event",
    "organizations": "organization",
    "memberships": "organization",
}
ENTITY_CLASS: Mapping[EntityKind, str] = {
    EntityKind.ORGANIZATION: OrgClass.ORGANIZATION,
    EntityKind.PERSON: Foaf.PERSON,
    EntityKind.MISSION: SsrClass.MISSION,
    EntityKind.PROGRAMME: SsrClass.PROGRAMME,
    EntityKind.AGREEMENT: SsrClass.AGREEMENT,
    EntityKind.EVENT: Schema.EVENT,
    EntityKind.PLACE: Schema.PLACE,
}
KINDS_WITH_CONCEPT = frozenset({EntityKind.ORGANIZATION, EntityKind.AGREEMENT})
"""The kinds of entities whose `type` is a concept of the scheme of kinds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One claim as triples.

    Attributes:
        claim: What was extracted.
        iri: The claim's IRI.
        node: What bears the row's evidence: the claim, or the entity that the row is about. None for a membership of
            an alliance, which is only one stated triple.
        described: Triples that the node's evidence accounts for.
        stated: Triples with a statement of their own, each with its slot.
        posts: Nodes of posts, whose triples the row's evidence accounts for as well.
    """

    claim: model.Claim
    iri: NamedNode
    node: NamedNode | None
    described: tuple[Triple, ...] = ()
    stated: tuple[tuple[str, Triple], ...] = ()
    posts: tuple[NamedNode, ...] = ()


def claim_hash(document_id: str, claim: model.Claim) -> str:
    """Return 16 hex digits that are the same for the same words, read in the same way, in every build."""
    slots = {each.name: getattr(claim, each.name) for each in fields(claim) if each.name not in _NO_SLOTS}
    parts = [document_id, claim.table, f"{claim.quote.start},{claim.quote.end}"]
    parts += [f"{name}={_plain(value)}" for name, value in sorted(slots.items())]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def row(document_id: str, claim: model.Claim, iris: Iris) -> Row:
    """Return a claim's triples."""
    iri = iris.claim(claim_hash(document_id, claim))
    if claim.table in _CLAIM_CLASS:
        return _node_row(claim, iri, iris)
    subject = iris.entity(getattr(claim, _SUBJECT[claim.table]))
    described: list[Triple] = []
    stated: list[tuple[str, Triple]] = []
    if entity_class := _ENTITY_CLASS_OF_TABLE.get(claim.table):
        # The same as the entity's own class, unless a mission is a row of the organizations or the like.
        described.append(Triple(subject, _TYPE, NamedNode(entity_class)))
    for slot, predicate, value in _filled(claim, iris):
        triple = Triple(subject, predicate, value)
        if slot in _DESCRIPTIVE:
            described.append(triple)
        else:
            stated.append((slot, triple))
    node = None if claim.table == "memberships" else subject
    return Row(claim=claim, iri=iri, node=node, described=tuple(described), stated=tuple(stated))


def description(entity: model.Entity, mentioned: frozenset[str], *, has_row: bool, iris: Iris) -> Iterator[Triple]:
    """Yield an entity's type and labels as its document gives them.

    `skos:prefLabel` is the same in all documents; `schema:name` is what this document calls it.

    Args:
        entity: The entity.
        mentioned: The forms in which the document names it. Of the names that the reference data knows, only those
            are the document's own.
        has_row: Whether a row of a fact table says its kind and abbreviation already.
        iris: The IRIs of the build.
    """
    node = iris.entity(entity.id)
    yield Triple(node, _TYPE, NamedNode(ENTITY_CLASS[entity.kind]))
    yield Triple(node, NamedNode(Skos.PREF_LABEL), terms.english(entity.label))
    yield Triple(node, NamedNode(Schema.NAME), terms.english(entity.name or entity.label))
    for alias in entity.aliases:
        if alias != entity.label and (not entity.reference or alias in mentioned):
            yield Triple(node, NamedNode(Skos.ALT_LABEL), terms.english(alias))
    if has_row:
        return
    if entity.abbreviation:
        yield Triple(node, NamedNode(Ssr.ABBREVIATION), terms.english(entity.abbreviation))
    if entity.type and not entity.reference and entity.kind in KINDS_WITH_CONCEPT:
        yield Triple(node, NamedNode(Ssr.KIND), terms.concept_node("kind", entity.type))


def _node_row(claim: model.Claim, iri: NamedNode, iris: Iris) -> Row:
    described = [Triple(iri, _TYPE, NamedNode(_CLAIM_CLASS[claim.table]))]
    described += [Triple(iri, predicate, value) for _, predicate, value in _filled(claim, iris)]
    described += [Triple(iri, NamedNode(Schema.ABOUT), kind) for kind in _materiel(claim)]
    posts: dict[NamedNode, None] = {}
    if isinstance(claim, model.Role) and claim.role:
        for organization in claim.organization:
            post = iris.entity(f"post/{_post_slug(claim.role, organization)}")
            described += _post(post, claim.role, iris.entity(organization), iris.entity(claim.person))
            posts[post] = None
    return Row(claim=claim, iri=iri, node=iri, described=tuple(described), posts=tuple(posts))


def _materiel(claim: model.Claim) -> Iterator[NamedNode]:
    """Yield the kinds of materiel that the words of a claim's slots name."""
    for slot in _SPEAKS_OF_MATERIEL:
        phrase = getattr(claim, slot, None)
        if isinstance(phrase, str):
            yield from materiel_in(phrase)


def _post(post: NamedNode, role: str, organization: NamedNode, person: NamedNode) -> Iterator[Triple]:
    yield Triple(post, _TYPE, NamedNode(OrgClass.POST))
    yield Triple(post, NamedNode(Rdfs.LABEL), terms.english(role))
    yield Triple(post, NamedNode(Org.POST_IN), organization)
    yield Triple(post, NamedNode(Org.HELD_BY), person)


def _post_slug(role: str, organization: str) -> str:
    words = "".join(c if c.isalnum() else " " for c in role.casefold()).split()
    return "-".join((*words, *organization.split("/", 1)[1:]))


def _filled(claim: model.Claim, iris: Iris) -> Iterator[tuple[str, NamedNode, NamedNode | Literal]]:
    """Yield slot, property and value of every filled slot, a slot with several holders once for each."""
    for slot, predicate in SLOTS[claim.table].items():
        value = getattr(claim, "from_" if slot == "from" else slot)
        for one in value if isinstance(value, tuple) else (value,):
            if one is not None and one != "":
                yield slot, NamedNode(predicate), _term(claim, slot, one, iris)


def _term(claim: model.Claim, slot: str, value: str | Decimal, iris: Iris) -> NamedNode | Literal:
    if isinstance(value, Decimal):
        return terms.number(value)
    if slot in _DATES:
        return terms.date(value)
    if scheme := terms.scheme_of(claim.table, slot):
        return terms.concept_node(scheme, value)
    if slot == "abbreviation":
        return terms.english(value)
    holds_entities = isinstance(getattr(claim, slot), tuple) or slot in {"person", "member"}
    return iris.entity(value) if holds_entities else Literal(value)


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return terms.number(value).value
    return "\x1e".join(value) if isinstance(value, tuple) else str(value)
