"""Budget lines: what stands in a table of sums under "Activity", "Project" or "Account" is a programme's name."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.grids import grids_in
from ssrgraph.extraction.claims.table_heads import is_change, unit_of
from ssrgraph.extraction.lexicon import load_lexicon
from ssrgraph.extraction.names.found import Found
from ssrgraph.extraction.overlaps import Overlaps

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ssrgraph.extraction.claims.grids import Grid

_LONG = 60  # characters of a label that is a sentence, not a name
_ORDER = re.compile(r"(?:[A-Z]|\d{1,2}|[a-z])[.)]\s+")
_CODE = re.compile(r"\s*\([^()]*\)$")
_MONEY = re.compile(r"[$\u20ac\u00a3\u00a5]")


def with_budget_lines(text: str, names: Sequence[Found]) -> list[Found]:
    """Return the names of a document with those of its budget lines, names within them being nested."""
    lines = [span for grid in grids_in(text) if lists_programmes(text, grid) for span in _labels(text, grid)]
    if not lines:
        return list(names)
    known = Overlaps(names)
    new = [span for span in lines if _is_free(span, known.meeting(span))]
    inside = Overlaps(names)
    held = {id(found) for span in new for found in inside.within(span)}
    kept = [replace(found, nested=True) if id(found) in held else found for found in names]
    return [*kept, *(Found(span=span, label=_label(text, span), kind=EntityKind.PROGRAMME) for span in new)]


def _label(text: str, span: Span) -> str:
    return _CODE.sub("", " ".join(span.of(text).split()))


def lists_programmes(text: str, grid: Grid) -> bool:
    """Say whether a table's rows are programmes with sums, by the head over their labels."""
    first = grid.rows[0].texts[0].column if grid.rows else None
    if first is None or first.left > grid.columns[0].left:
        return False
    words = re.findall(r"[a-z]+", re.sub(r"\([^()]*\)", "", first.words).lower())
    if not words or words[-1].removesuffix("s") not in _heads():
        return False
    heads = [*(caption.of(text) for caption in grid.captions), *(column.words for column in grid.columns)]
    sums = any(_MONEY.search(cell.span.of(text)) for row in grid.rows for cell in (*row.numbers, *row.texts))
    return sums or any(unit_of(words) is not None for words in heads)


def _labels(text: str, grid: Grid) -> Iterator[Span]:
    for row in grid.rows:
        label = row.label
        order = _ORDER.match(text, label.start, label.end)
        label = Span(order.end(), label.end) if order is not None else label
        words = label.of(text)
        total = words.lower().startswith(("total", "sub-total", "subtotal", "grand total"))
        if not total and len(words) <= _LONG and words[:1].isupper() and not is_change(words):
            yield label


def _is_free(span: Span, others: Sequence[Found]) -> bool:
    """Say whether a label is no name already, and none runs over its ends."""
    return all(span.covers(other.span) and span != other.span for other in others if not other.nested)


@cache
def _heads() -> frozenset[str]:
    return frozenset(load_lexicon("funding")["lines"]["programme_heads"])
