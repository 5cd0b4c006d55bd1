"""What the conventions of the fact tables say about columns: which are keys, names, dates, phrases, lists."""

from __future__ import annotations

from enum import Enum, auto


class Comparison(Enum):
    """How a slot of a system row is compared with the accepted forms."""

    NAME = auto()
    """Any known name: case, punctuation, possessives, accents, a leading "the" and the order of words do not count."""
    NAMES = auto()
    """A list joined by `;`, of the same length, each a name."""
    NUMBER = auto()
    DATE = auto()
    """One is a beginning of the other."""
    PHRASE = auto()
    """Half of the words are shared."""
    TITLE = auto()
    """The same rank, abbreviated or not."""
    MANDATE = auto()
    """The same set of words joined by `;`."""
    CODE = auto()
    """The same text but for case."""


COLUMNS: dict[str, tuple[str, ...]] = {
    "funding": (
        *("funder", "recipient", "programme", "amount", "currency", "bound"),
        *("modality", "status", "from", "to", "purpose"),
    ),
    "personnel": (
        *("measure", "group", "agent", "organization", "value", "value_min", "value_max"),
        *("bound", "per", "status", "from", "to", "place"),
    ),
    "equipment": ("provider", "recipient", "item", "value", "bound", "programme", "status", "from", "to"),
    "results": ("measure", "value", "bound", "agent", "place", "from", "to"),
    "missions": (
        *("mission", "abbreviation", "lead", "host", "start", "end"),
        *("commander", "requested_by", "mandate", "predecessor"),
    ),
    "agreements": ("agreement", "kind", "parties", "date"),
    "roles": ("person", "title", "role", "organization"),
    "events": ("event", "date", "place", "organizer", "participants"),
    "organizations": ("organization", "abbreviation", "kind", "parent"),
    "memberships": ("organization", "member"),
}
"""The columns of each table, without `document` and `quote`."""

CORE = ("organizations", "missions", "agreements", "funding", "personnel")
"""The tables that most questions need."""

KEYS: dict[str, tuple[str, ...]] = {
    "funding": ("amount", "currency"),
    "personnel": ("value", "value_min", "value_max"),
    "equipment": ("item", "value"),
    "results": ("value",),
    "missions": ("mission",),
    "agreements": ("agreement",),
    "roles": ("person",),
    "events": ("event",),
    "organizations": ("organization",),
    "memberships": ("member",),
}
"""The columns by which a row finds its counterpart; the others are its slots."""

_COMPARISONS: dict[Comparison, tuple[str, ...]] = {
    Comparison.NAMES: ("parties", "participants"),
    Comparison.DATE: ("from", "to", "start", "end", "date"),
    Comparison.NUMBER: ("amount", "value", "value_min", "value_max"),
    Comparison.MANDATE: ("mandate",),
    Comparison.TITLE: ("title",),
    Comparison.PHRASE: ("purpose", "group", "item", "role"),
    Comparison.CODE: ("measure", "currency", "bound", "modality", "status", "per", "kind"),
}
_BY_COLUMN = {column: comparison for comparison, columns in _COMPARISONS.items() for column in columns}


def comparison(table: str, column: str) -> Comparison:
    """Return how a column is compared.

    >>> comparison("results", "measure").name, comparison("personnel", "measure").name
    ('PHRASE', 'CODE')
    """
    if (table, column) == ("results", "measure"):
        return Comparison.PHRASE  # free words there, a closed list in personnel
    return _BY_COLUMN.get(column, Comparison.NAME)
