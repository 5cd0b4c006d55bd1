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
            agreements agreement, resolution, law, strategy or partnership; for places city or region; for missions
            and programmes None.
        abbreviation: Its usual abbreviation.
        aliases: Other names by which texts call it, the abbreviation not among them.
        adjectives: For states: demonyms and adjectives ("Iraqi").
        code: ISO 3166-1 alpha-2 for states.
        parent: Id of the organization that it is a part of (for a mission or programme: that runs it).
        state: ISO 3166-1 alpha-2 of the state that a place lies in, a mission works in or a body belongs to.
        local_names: Names that mean this entity only where `state` is prominent in the document ("Department of
            Defense"); never among the aliases.
        shared_names: Those of its names that are the usual name of something else ("Georgia" the region of one state).
        start: For missions, the year or date in which it began. A fact of the reference data, no claim of a document.
        end: For missions, the year or date in which it ended.
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
    state: str | None = None
    local_names: tuple[str, ...] = ()
    shared_names: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None
    wikidata: str | None = None
    source: str = ""


class NameRole(StrEnum):
    """What a name is for its entity."""

    LABEL = "label"
    ABBREVIATION = "abbreviation"
    ALIAS = "alias"
    ADJECTIVE = "adjective"


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One surface form of one entity, for a matcher.

    Attributes:
        text: The form as texts write it.
        entity: Id of the entity.
        role: What it is for the entity.
        exact: Whether only this capitalization counts: an abbreviation such as "WHO", an adjective, or a
            place of one word.
        key: What texts are compared by: `exact_name(text)` if `exact`, else `fold_name(text)`.
        needs_state: ISO 3166-1 alpha-2 of the state that must be prominent in the document for the name to count.
        shared: Whether the form is first of all the name of another entity.
    """

    text: str
    entity: str
    role: NameRole
    exact: bool
    key: str
    needs_state: str | None = None
    shared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Currency:
    """A currency of ISO 4217.

    Attributes:
        code: ISO 4217 code ("NOK").
        name: Usual English name ("Norwegian krone").
        names: Words that mean it, singular and plural ("Norwegian kroner").
        symbols: Signs and prefixes that mean it ("US$", "$").
        shared_names: Words that may mean it, where the text says whose they are ("kroner").
        shared_symbols: Signs that may mean it ("kr").
        states: ISO 3166-1 alpha-2 of the states that use it.
        source: Where the row comes from.
    """

    code: str
    name: str
    names: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    shared_names: tuple[str, ...] = ()
    shared_symbols: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    source: str = ""
