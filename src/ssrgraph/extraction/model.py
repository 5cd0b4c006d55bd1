"""What extraction yields: entities and claims with the slots of the fact tables, each with its words.

One claim class a fact table; a class's fields are the table's columns, `from` being `from_`.
A slot that names an entity holds the entities' ids (`Entity.id`), more than one where the document names several
holders; a phrase is verbatim with white space folded; a date is `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from ssrgraph.documents.model import Span
    from ssrgraph.entities.model import EntityKind


class Bound(StrEnum):
    """How a document hedges a number."""

    EXACT = "exact"
    APPROXIMATE = "approximate"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Somebody or something that a document names.

    Attributes:
        id: `kind/slug`, for instance `organization/nato`. Equal ids mean the same entity in all documents, so a
            generic name ("Ministry of Interior") carries its state or, where none is known, its document in its slug.
        kind: What it is.
        label: Preferred name: that of the reference data, or else the fullest form in the text.
        name: What this document calls it: the fullest name in its text; a state that has only short forms there is
            written out.
        aliases: Other names it has in this document or in the reference data.
        abbreviation: The one that this document defines in brackets.
        type: For organizations the `kind` of the fact table (country, government, military, police, international,
            armed_group, civil), for agreements theirs (agreement, resolution, law, strategy, partnership).
        code: ISO 3166-1 alpha-2 for countries.
        reference: Whether label and id come from the reference data.
        mentions: Where the document names it, in order; never empty. A demonym or a coreferring phrase
            ("the Alliance") counts.
    """

    id: str
    kind: EntityKind
    label: str
    name: str = ""
    aliases: tuple[str, ...] = ()
    abbreviation: str | None = None
    type: str | None = None
    code: str | None = None
    reference: bool = False
    mentions: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one document says once.

    Attributes:
        quote: The shortest span that carries the claim's value.
        words: For each filled slot, by its field's name, the span it was read from, where it is not the quote itself.
        passage: The sentence or sentences within which the claim was read; covers the quote.
        confidence: Between 0 and 1. As a rule gives it, a step that says how plain the reading is; as the extractor
            gives it, the measured share of such claims of which every slot is as the document says.
        rule: Name of the construction that it was read by.
    """

    table: ClassVar[str]

    quote: Span
    passage: Span
    words: Mapping[str, Span] = field(default_factory=dict)
    confidence: float = 0.8
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding(Claim):
    """A sum of money. `amount` is empty only for a range, which has minimum and maximum."""

    table: ClassVar[str] = "funding"

    funder: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    programme: tuple[str, ...] = ()
    amount: Decimal | None
    amount_min: Decimal | None = None
    amount_max: Decimal | None = None
    currency: str
    bound: Bound = Bound.EXACT
    modality: str | None = None
    status: str = "provided"
    from_: str | None = None
    to: str | None = None
    purpose: str | None = None
    per: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Personnel(Claim):
    """A count of people. `value` is empty only for a range."""

    table: ClassVar[str] = "personnel"

    measure: str
    group: str
    agent: tuple[str, ...] = ()
    organization: tuple[str, ...] = ()
    value: Decimal | None
    value_min: Decimal | None = None
    value_max: Decimal | None = None
    bound: Bound = Bound.EXACT
    per: str | None = None
    status: str = "actual"
    from_: str | None = None
    to: str | None = None
    place: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Equipment(Claim):
    """A kind of materiel, counted or not."""

    table: ClassVar[str] = "equipment"

    provider: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    item: str
    value: Decimal | None = None
    bound: Bound | None = None
    programme: tuple[str, ...] = ()
    status: str = "provided"
    from_: str | None = None
    to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result(Claim):
    """A counted outcome that is neither money, people nor materiel."""

    table: ClassVar[str] = "results"

    measure: str
    value: Decimal
    bound: Bound = Bound.EXACT
    agent: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    from_: str | None = None
    to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mission(Claim):
    """A mission, operation, task force or programme office. `mandate` is sorted as in the convention's list."""

    table: ClassVar[str] = "missions"

    mission: str
    abbreviation: str | None = None
    lead: tuple[str, ...] = ()
    host: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None
    commander: tuple[str, ...] = ()
    requested_by: tuple[str, ...] = ()
    mandate: tuple[str, ...] = ()
    predecessor: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(Claim):
    """A treaty, agreement, resolution, law, strategy or formal framework."""

    table: ClassVar[str] = "agreements"

    agreement: str
    kind: str
    parties: tuple[str, ...] = ()
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Role(Claim):
    """A person in a post."""

    table: ClassVar[str] = "roles"

    person: str
    title: str | None = None
    role: str | None = None
    organization: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Claim):
    """A dated meeting, summit, workshop, launch or ceremony."""

    table: ClassVar[str] = "events"

    event: str
    date: str | None = None
    place: tuple[str, ...] = ()
    organizer: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization(Claim):
    """An organization that the document names."""

    table: ClassVar[str] = "organizations"

    organization: str
    abbreviation: str | None = None
    kind: str | None = None
    parent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership(Claim):
    """A member of an alliance or coalition."""

    table: ClassVar[str] = "memberships"

    organization: str
    member: str


CLAIMS: tuple[type[Claim], ...] = (
    Funding,
    Personnel,
    Equipment,
    Result,
    Mission,
    Agreement,
    Role,
    Event,
    Organization,
    Membership,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A candidate that was not believed.

    Attributes:
        table: The fact table it would have stood in.
        reason: Why not: a short fixed phrase, so that it can be counted.
        quote: Its words.
    """

    table: str
    reason: str
    quote: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """All that was read from one document.

    Attributes:
        document_id: The document.
        entities: Every entity that a claim refers to, and those that are claims of their own, ordered by id.
        claims: In order of the text within each table, the tables in the order of `CLAIMS`.
        rejected: In order of the text.
        model: Name and version of the language pipeline that was used.
    """

    document_id: str
    entities: tuple[Entity, ...]
    claims: tuple[Claim, ...]
    rejected: tuple[Rejected, ...] = ()
    model: str = ""
