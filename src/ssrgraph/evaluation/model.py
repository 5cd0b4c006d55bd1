"""What is compared, and what comes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

Row = Mapping[str, str]
"""A row of a fact table by column; what is missing is empty."""

Facts = Mapping[str, Sequence[Row]]
"""Rows by table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldRow:
    """A row that a person read from a document.

    Attributes:
        table: Its table.
        quote: The words that carry it.
        forms: For each filled column the accepted forms; for a list of names the forms of each.
        lists: For each filled column that lists names, the accepted forms of each member.
        optional: Whether a system may give this row or not, without gain or loss.
        open: Columns that are not scored.
    """

    table: str
    quote: str
    forms: Mapping[str, tuple[str, ...]]
    lists: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    optional: bool = False
    open: frozenset[str] = frozenset()

    def first(self, column: str) -> str:
        """Return the preferred form of a column, the empty text where it is empty."""
        if column in self.lists:
            return ";".join(forms[0] for forms in self.lists[column])
        return next(iter(self.forms.get(column, ())), "")


Gold = Mapping[str, Mapping[str, Sequence[GoldRow]]]
"""Gold rows by document and table."""


class DifferenceKind(StrEnum):
    """How a system and a person differ."""

    MISSED = "missed"
    SPURIOUS = "spurious"
    WRONG = "wrong"
    """The row is there, some of its slots are not as they should be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One row on which a system and a person differ.

    Attributes:
        kind: How they differ.
        document: The document's id.
        table: The table.
        gold: The person's row; None for a spurious row.
        row: The system's row; None for a missed row.
        slots: The columns that differ, for a wrong row.
    """

    kind: DifferenceKind
    document: str
    table: str
    gold: GoldRow | None = None
    row: Row | None = None
    slots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Counts over some rows, and the figures that follow from them.

    Attributes:
        gold: Required gold rows.
        system: System rows less the neutral ones.
        neutral: System rows that match an optional gold row: neither right nor wrong.
        matched: Rows that found their counterpart.
        strict: Matched rows of which every scored slot agrees.
        agreement: Sum over the matched rows of the share of scored slots that agree.
    """

    gold: int = 0
    system: int = 0
    neutral: int = 0
    matched: int = 0
    strict: int = 0
    agreement: float = 0.0

    def __add__(self, other: Score) -> Score:
        return Score(
            gold=self.gold + other.gold,
            system=self.system + other.system,
            neutral=self.neutral + other.neutral,
            matched=self.matched + other.matched,
            strict=self.strict + other.strict,
            agreement=self.agreement + other.agreement,
        )

    @property
    def precision(self) -> float | None:
        """Share of the system's rows that match; None where there are none."""
        return self.matched / self.system if self.system else None

    @property
    def recall(self) -> float | None:
        """Share of the gold rows that are matched; None where there are none."""
        return self.matched / self.gold if self.gold else None

    @property
    def row_f1(self) -> float | None:
        """Harmonic mean of precision and recall; None where there are no rows at all."""
        return self._f1(self.matched)

    @property
    def slot_accuracy(self) -> float | None:
        """Mean share of scored slots that agree, over the matched rows."""
        return self.agreement / self.matched if self.matched else None

    @property
    def strict_f1(self) -> float | None:
        """The same as `row_f1`, counting only rows of which every scored slot agrees."""
        return self._f1(self.strict)

    def _f1(self, hits: int) -> float | None:
        return 2 * hits / (self.gold + self.system) if self.gold + self.system else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotes:
    """Whether the system's quotes stand in the documents.

    Attributes:
        rows: System rows of documents whose text is at hand.
        missing: How many of them, by table, quote nothing or what does not stand in their document.
        foreign: Rows of documents whose text is not at hand.
    """

    rows: int
    missing: Mapping[str, int]
    foreign: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """How well a system's fact tables agree with a person's.

    Attributes:
        cells: The score of each document and table.
        differences: Every missed, spurious or wrong row, by document and kind.
        quotes: What the quotes are worth; None without texts.
    """

    cells: Mapping[tuple[str, str], Score]
    differences: tuple[Difference, ...]
    quotes: Quotes | None = None

    @property
    def documents(self) -> tuple[str, ...]:
        """The scored documents."""
        return tuple(dict.fromkeys(document for document, _ in self.cells))

    def total(self, *, tables: Sequence[str] | None = None, documents: Sequence[str] | None = None) -> Score:
        """Return the micro score over these tables and documents; None means all."""
        return sum(
            (
                score
                for (document, table), score in self.cells.items()
                if (tables is None or table in tables) and (documents is None or document in documents)
            ),
            Score(),
        )
