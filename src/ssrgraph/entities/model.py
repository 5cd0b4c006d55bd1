"""Reference entities: states, international bodies, forces, programmes and the like, as data with a source."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class EntityKind(StrEnum):
    """The kinds of entities; a kind is the first part of an entity's id and of its IRI."""

    ORGANIZATION = "organization"
    PERSON = "person"
    MISSION = "mission"
    PROGRAMME = "programme"
    AGREEMENT = "agreement"
    EVENT = "event"
    PLACE = "place"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceEntity:
    """One entity of the reference data.

    Attributes:
        id: `kind/slug`; for a state the slug is its ISO 3166-1 alpha-2 code in lower case (`organization/iq`).
        kind: What it is.
        label: Preferred English name.
        type: For organizations country, government, military, police, international, armed_group or civil; for
            agreements agreement, resolution, law, strategy or partnership; for missions and programmes None.
        abbreviation: Its usual abbreviation.
        aliases: Other names by which texts call it, the abbreviation not among them.
        adjectives: For states: demonyms and adjectives ("Iraqi").
        code: ISO 3166-1 alpha-2 for states.
        parent: Id of the organization that it is a part of (for a mission or programme: that runs it).
        wikidata: Verified Wikidata identifier.
        source: Where the row comes from.
    """

    id: str
    kind: EntityKind
    label: str
    type: str | None = None
    abbreviation: str | None = None
    aliases: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    code: str | None = None
    parent: str | None = None
    wikidata: str | None = None
    source: str = ""
