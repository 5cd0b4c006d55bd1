"""Sums in tables set in columns: who receives stands in the row or at the head of the column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.currencies import dollar_of, in_its_currency
from ssrgraph.extraction.claims.genre import is_notice_of_sale
from ssrgraph.extraction.claims.grid_parties import caption_giver, parties_of, without_number
from ssrgraph.extraction.claims.grids import Cell, Column, Grid, Row, grids
from ssrgraph.extraction.claims.table_heads import counts_things, is_change, planning, unit_of
from ssrgraph.extraction.lexicon import load_lexicon
from ssrgraph.extraction.model import Bound, Funding
from ssrgraph.extraction.money import code_within
from ssrgraph.extraction.numerals import plain_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.extraction.analysis import Analysis, Mention
    from ssrgraph.extraction.periods import Period

_LIKELY = 0.7
_LEAST = 4  # digits of a sum in a column without a scale
_AMOUNT = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sums:
    """A column of sums.

    Attributes:
        currency: ISO 4217.
        scale: What its figures are multiplied by.
        unit: Where that stands.
    """

    currency: str
    scale: int
    unit: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sum:
    """A sum in a cell, and where its unit stands."""

    amount: Decimal
    currency: str
    unit: Span


def sums_in_grids(analysis: Analysis) -> Iterator[Funding]:
    """Yield the sums of money of tables that are set in columns."""
    for grid in analysis.once(grids):
        if _is_other(analysis, grid):
            continue
        for row in grid.rows:
            if is_change(row.label.of(analysis.text)):
                continue
            for cell in row.numbers:
                found = None if _repeats(analysis, row, cell) else _sum_of(analysis, grid, row, cell)
                if found is not None and found.amount > 0:  # "0" says that nothing was given
                    yield _claim(analysis, grid, row, cell, found)


def _sum_of(analysis: Analysis, grid: Grid, row: Row, cell: Cell) -> _Sum | None:
    """Return the sum in a cell: with its own currency, or with that of its row, column or caption."""
    inside = [q for q in analysis.quantities_in(cell.span) if q.unit == "money" and q.value is not None]
    if len(inside) == 1 and inside[0].currency and not cell.span.of(analysis.text)[0].isdigit():
        own = in_its_currency(analysis, analysis.sentence_at(cell.span.start), inside[0])
        value = own.value
        return _Sum(amount=value, currency=own.currency or "", unit=cell.span) if value is not None else None
    figure = re.sub(r"[,\s]", "", cell.span.of(analysis.text).strip("~*"))
    sums = _of_row(analysis, row)
    if sums is None and not counts_things(row.label.of(analysis.text)):
        sums = _sums(analysis, grid, cell.column) if cell.column is not None else _of_captions(analysis, grid)
    if sums is None or _AMOUNT.fullmatch(figure) is None or (sums.scale == 1 and len(figure) < _LEAST):
        return None
    return _Sum(amount=plain_number(Decimal(figure) * sums.scale), currency=sums.currency, unit=sums.unit)


def _repeats(analysis: Analysis, row: Row, cell: Cell) -> bool:
    """Say whether a total says again the only other figure of its row."""
    figures = [
        each.span.of(analysis.text) for each in row.numbers if any(c.isdigit() for c in each.span.of(analysis.text))
    ]
    total = cell.column is not None and cell.column.words.lower().startswith("total")
    return total and len(row.numbers) > len(figures) and figures == [cell.span.of(analysis.text)] * 2


def _is_other(analysis: Analysis, grid: Grid) -> bool:
    """Say whether a table is of figures that are no funding: revenue, trade, prices."""
    nouns = load_lexicon("funding")["nouns"]
    spans = [*grid.captions[:2], *(span for column in grid.columns for span in column.spans)]
    said = {word for span in spans for word in re.findall(r"[a-z]+", span.of(analysis.text).lower())}
    helps = {word for name in ("grant", "loan", "licence", "sale", "contribution", "open") for word in nouns[name]}
    return bool(said & frozenset(nouns["other"])) and not said & helps


def _of_row(analysis: Analysis, row: Row) -> _Sums | None:
    """Return the unit that a row's label says, or its currency in a cell of its own: "Grants (EUR million)", "SEK"."""
    own = unit_of(row.label.of(analysis.text), dollar=analysis.once(dollar_of))
    if own is not None:
        return _Sums(currency=own[0], scale=own[1], unit=row.label)
    for cell in row.texts[1:]:
        words = cell.span.of(analysis.text).strip()
        if code_within(f"({words})") == words:
            return _Sums(currency=words, scale=1, unit=cell.span)
    return None


def _sums(analysis: Analysis, grid: Grid, column: Column) -> _Sums | None:
    dollar = analysis.once(dollar_of)
    own = unit_of(column.words, dollar=dollar)
    if own is not None:
        return _Sums(currency=own[0], scale=own[1], unit=column.spans[-1])
    lexicon = load_lexicon("funding")["lines"]
    if set(re.findall(r"[^\W\d_]+", column.words.lower())) & set(lexicon["no_sums"]) or "%" in column.words:
        return None
    if any(unit_of(each.words, dollar=dollar) for each in grid.columns):
        return None  # the sums of this table are in columns that say so
    code = code_within(column.words)
    if code is not None:
        return _Sums(currency=code, scale=1, unit=column.spans[-1])
    return _of_captions(analysis, grid)


def _of_captions(analysis: Analysis, grid: Grid) -> _Sums | None:
    for caption in grid.captions:
        found = unit_of(caption.of(analysis.text), dollar=analysis.once(dollar_of))
        if found is not None:
            return _Sums(currency=found[0], scale=found[1], unit=caption)
    return None


def _claim(analysis: Analysis, grid: Grid, row: Row, cell: Cell, found: _Sum) -> Funding:
    words: dict[str, Span] = {}
    label = _label(analysis, row, cell)
    purpose = None
    funder, recipients = parties_of(analysis, grid, row, cell)
    programme = next((m for m in analysis.mentions_in(label) if m.kind is EntityKind.PROGRAMME), None)
    period = _period(analysis, grid, row, cell)
    total = label.of(analysis.text).lower().startswith(("total", "sub-total", "subtotal"))
    named = programme is not None or total or any(label.covers(m.span) for m in (*recipients, *funder))
    if funder:
        words["funder"] = funder[0].span
    if recipients:
        words["recipient"] = recipients[0].span
    if programme is not None:
        words["programme"] = programme.span
    if period is not None and period.from_:
        words["from_"] = period.span
    if not named:
        words["purpose"] = purpose = _without_unit(analysis, label)
    said = f"{cell.column.words if cell.column else ''} {' '.join(c.of(analysis.text) for c in grid.captions[:1])}"
    return Funding(
        quote=cell.span,
        passage=Span(min([found.unit.start, row.span.start]), row.span.end),
        words=words,
        confidence=_LIKELY,
        rule="funding-table",
        funder=tuple(dict.fromkeys(m.entity for m in funder)),
        recipient=tuple(dict.fromkeys(m.entity for m in recipients)),
        programme=(programme.entity,) if programme is not None else (),
        amount=found.amount,
        currency=found.currency,
        bound=Bound.APPROXIMATE if "estimated" in said.lower().split() else Bound.EXACT,
        modality=_modality(analysis, grid, funder, recipients, programme),
        status="planned" if analysis.once(is_notice_of_sale) or _is_planned(analysis, grid, cell) else "provided",
        from_=period.from_ if period is not None else None,
        to=period.to if period is not None else None,
        purpose=analysis.words(purpose) if purpose is not None else None,
    )


def _modality(
    analysis: Analysis, grid: Grid, funder: list[Mention], recipients: list[Mention], programme: Mention | None
) -> str | None:
    """Return what kind of sums a table has: a notice's are sales, those of givers in its rows contributions."""
    if analysis.once(is_notice_of_sale):
        return "sale"
    if funder:
        return "grant" if funder == caption_giver(analysis, grid) else "contribution"
    known = programme is not None and programme.entity in analysis.reference
    return "grant" if known or _in_table(grid, recipients) else None


def _label(analysis: Analysis, row: Row, cell: Cell) -> Span:
    """Return what says what a sum is for: the row's label, or the column's head where the rows are years."""
    label = without_number(analysis, row.label)
    by_year = any(label.of(analysis.text) == p.span.of(analysis.text) for p in analysis.periods_in(label))
    return cell.column.spans[0] if by_year and cell.column is not None else label


def _without_unit(analysis: Analysis, label: Span) -> Span:
    """Return a row's label without the unit of its figures: "Project expenditure (EUR million)"."""
    match = re.fullmatch(r"(.+?)(?:\s*\(([^()]+)\)|,\s*([^,]+))", label.of(analysis.text))
    if match is None or unit_of(match[2] or match[3]) is None:
        return label
    return Span(label.start, label.start + match.end(1))


def _in_table(grid: Grid, named: list[Mention]) -> bool:
    """Say whether those who receive stand in the table itself, not in its caption."""
    return any(not caption.covers(m.span) for m in named for caption in grid.captions or (grid.columns[0].spans[0],))


def _period(analysis: Analysis, grid: Grid, row: Row, cell: Cell) -> Period | None:
    own = [p for span in (cell.column.spans if cell.column else ()) for p in analysis.periods_in(span)]
    own += analysis.periods_in(row.label)
    beside = [p for each in (*row.numbers, *row.texts[1:]) if each is not cell for p in analysis.periods_in(each.span)]
    above = [p for caption in grid.captions for p in analysis.periods_in(caption)]
    return next((p for p in (*own, *beside, *above) if p.kind != "unresolved"), None)


def _is_planned(analysis: Analysis, grid: Grid, cell: Cell) -> bool:
    own = set(re.findall(r"[a-z]+", cell.column.words.lower())) if cell.column is not None else set()
    if own & planning():
        return True
    if own & set(load_lexicon("funding")["lines"]["columns"]):
        return False
    caption = grid.captions[0].of(analysis.text).lower() if grid.captions else ""
    return bool(set(re.findall(r"[a-z]+", caption)) & planning())
