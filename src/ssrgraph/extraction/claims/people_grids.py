"""Strengths in tables set in columns: a mission or a contributor in each row, people in a column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.circumstances import is_body, is_country
from ssrgraph.extraction.claims.grids import Cell, Column, Grid, Row, grids
from ssrgraph.extraction.claims.nouns import people_plurals, word_set
from ssrgraph.extraction.claims.subjects import period_over
from ssrgraph.extraction.claims.understood import speaker_near
from ssrgraph.extraction.model import Bound, Personnel
from ssrgraph.extraction.quantities import find_quantities

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.extraction.analysis import Analysis, Mention
    from ssrgraph.extraction.periods import Period
    from ssrgraph.extraction.quantities import Quantity

GRID = "row of a table"
_MISSIONS = 2  # rows on missions that make a table one of deployments


def people_in_grids(analysis: Analysis) -> Iterator[Personnel]:
    """Yield the strengths of missions in the rows of tables."""
    missions: dict[tuple[Column, ...], set[str]] = {}
    for grid in analysis.once(grids):  # parts of one table have the same columns
        bodies = [m for row in grid.rows for m in _bodies(analysis, row)]
        missions.setdefault(grid.columns, set()).update(m.entity for m in bodies if m.kind is EntityKind.MISSION)
    for grid in analysis.once(grids):
        if len(missions[grid.columns]) < _MISSIONS:
            continue
        for row in grid.rows:
            for cell in row.numbers:
                if cell.column is not None and _counts_people(cell.column.words):
                    yield from _read(analysis, grid, row, cell)


def _counts_people(words: str) -> bool:
    said = set(re.findall(r"[a-z]+", words.lower()))
    people = word_set("personnel", "people", "collective") | word_set("personnel", "employed", "labels")
    return bool(said & (people | people_plurals()))


def _bodies(analysis: Analysis, row: Row) -> list[Mention]:
    found = [m for cell in row.texts for m in analysis.mentions_in(cell.span) if is_body(analysis, m)]
    opening = analysis.mention_at(row.label.start)  # which may run on into the next cell: "KFOR      Kosovo"
    found += [opening] if opening is not None and is_body(analysis, opening) else []
    return sorted(found, key=lambda m: m.kind is not EntityKind.MISSION)


def _read(analysis: Analysis, grid: Grid, row: Row, cell: Cell) -> Iterator[Personnel]:
    numbers = find_quantities(cell.span.of(analysis.text), offset=cell.span.start)
    if cell.column is None or len(numbers) != 1 or numbers[0].unit != "count" or numbers[0].value == 0:
        return
    before = [each.span.start for each in row.texts if each.span.end <= cell.span.start]
    quote = Span(before[-1] if cell is row.numbers[0] and before else cell.span.start, cell.span.end)
    yield _claim(
        analysis,
        row,
        cell,
        numbers[0],
        _Slots(quote=quote, period=_period(analysis, grid, cell), states=_states(analysis, grid)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Slots:
    """The quote and the period of a claim, and the states in which the missions of its table are."""

    quote: Span
    period: Period | None
    states: frozenset[str]


def _states(analysis: Analysis, grid: Grid) -> frozenset[str]:
    cells = [cell.span for row in grid.rows for cell in row.texts]
    return frozenset(m.entity for span in cells for m in analysis.mentions_in(span) if is_country(analysis, m))


def _claim(analysis: Analysis, row: Row, cell: Cell, quantity: Quantity, slots: _Slots) -> Personnel:
    quote, period = slots.quote, slots.period
    column = cell.column.words.lower() if cell.column is not None else ""
    most = word_set("personnel", "planned", "limits") | word_set("personnel", "planned", "allowed")
    capped = bool(most & set(re.findall(r"[a-z]+", column)))
    organization = _bodies(analysis, row)[:1]
    places = [m for each in row.texts for m in analysis.mentions_in(each.span) if _is_place(analysis, m)]
    sender = speaker_near(analysis, quote, but=slots.states)
    group = cell.column.spans[-1] if cell.column is not None else row.label
    words = {"group": group}
    words |= {"agent": sender.span} if sender is not None else {}
    words |= {"organization": organization[0].span} if organization else {}
    words |= {"place": places[-1].span} if places else {}
    words |= {"from_": period.span} if period is not None and period.from_ else {}
    return Personnel(
        quote=quote,
        passage=row.span,
        words=words,
        confidence=0.7,
        rule=GRID,
        measure="deployed",
        group=analysis.words(group),
        agent=(sender.entity,) if sender is not None else (),
        organization=(organization[0].entity,) if organization else (),
        value=quantity.value,
        value_min=quantity.value_min,
        value_max=quantity.value_max,
        bound=Bound.AT_MOST if capped else quantity.bound,
        status="planned" if capped else "actual",
        from_=period.from_ if period is not None else None,
        to=period.to if period is not None else None,
        place=(places[-1].entity,) if places else (),
    )


def _is_place(analysis: Analysis, mention: Mention) -> bool:
    return mention.kind is EntityKind.PLACE or is_country(analysis, mention)


def _period(analysis: Analysis, grid: Grid, cell: Cell) -> Period | None:
    spans = [*(cell.column.spans if cell.column is not None else ()), *grid.captions]
    near = next((p for span in spans for p in analysis.periods_in(span) if p.kind != "unresolved"), None)
    return near or period_over(analysis, ())
