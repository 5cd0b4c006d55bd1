"""A name as it was found in the text, before it is tied to an entity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ssrgraph.documents.model import Span
    from ssrgraph.entities.model import EntityKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A name in the text.

    Attributes:
        span: Where it stands, abbreviations in brackets included.
        label: The name without what stands in brackets; for a reference entity its preferred name.
        surface: The name as the text writes it, without what stands in brackets, where that is not the label.
        kind: What it names.
        type: Its type within the kind.
        head: Its head noun in lower case, singular; empty for names without one.
        reference: Id of the reference entity, if it is a name of one.
        abbreviation: What the text gives in brackets as its short form.
        inner: The short form that stands in brackets within the name ("X (ABC) Task Force"), with what follows.
        form: `name`, or `adjective` for a national adjective.
        nested: Whether it is only a part of a longer name.
        owner: Words before a possessive that holds it, or the adjective within it: id of the reference entity.
        holder: The name before it that it is a part of: span of that name.
    """

    span: Span
    label: str
    surface: str = ""
    kind: EntityKind
    type: str | None = None
    head: str = ""
    reference: str | None = None
    abbreviation: str | None = None
    inner: str | None = None
    form: str = "name"
    nested: bool = False
    owner: str | None = None
    holder: Span | None = None
