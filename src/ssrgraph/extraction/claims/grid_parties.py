"""Who gives and who receives the sums of a table: by a row's label, a column of partners, a head, the caption."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.destinations import HOLDERS
from ssrgraph.extraction.claims.letterheads import letterhead
from ssrgraph.extraction.claims.lines import behind_prepositions, stands_alone, tells
from ssrgraph.extraction.claims.states import is_state
from ssrgraph.extraction.lexicon import load_lexicon
from ssrgraph.extraction.names.budget_lines import lists_programmes

if TYPE_CHECKING:
    from ssrgraph.extraction.analysis import Analysis, Mention
    from ssrgraph.extraction.claims.grids import Cell, Column, Grid, Row

_THROUGH = re.compile(r",?\s+(?:acting\s+)?(?:through|via)\s")  # "Germany, through its agency"
_AID = re.compile(
    r"(?:['\u2019]s?)?\s+(?:[\w-]+\s+){0,3}?(?:aid|assistance|contributions?|donations?|funding|grants?|support)(?!\w)"
)
_ORDER = re.compile(r"(?:[A-Z]|\d{1,2})[.)]\s+")


def without_number(analysis: Analysis, label: Span) -> Span:
    """Return a row's label without its number: "2. Regional Centers"."""
    match = _ORDER.match(analysis.text, label.start, label.end)
    return label if match is None else Span(match.end(), label.end)


def parties_of(analysis: Analysis, grid: Grid, row: Row, cell: Cell) -> tuple[list[Mention], list[Mention]]:
    """Return who gives and who receives by a row's label, by the head of the column, or by the caption."""
    spans = [*grid.captions[:2], *(span for column in grid.columns[:1] for span in column.spans)]
    heads = " ".join(span.of(analysis.text) for span in spans)
    gives = tells(heads, "giving") and not tells(heads, "receiving")
    giving, receiving = _in_columns(analysis, row, "giver"), _in_columns(analysis, row, "receiver")
    label = without_number(analysis, row.label)
    named = [m for m in analysis.mentions_in(label) if m.kind in HOLDERS and m.form == "name"]
    opening = analysis.mention_at(label.start)  # which may run on into the next cell: "KFOR      Kosovo"
    if not named and opening is not None and opening.kind is EntityKind.MISSION:
        return [], [opening]
    alone = [m for m in named if stands_alone(analysis, label, m)] or [m for m in named if m.kind is EntityKind.MISSION]
    alone = alone or [m for m in named[:1] if _THROUGH.match(analysis.text, m.span.end, label.end)]
    if lists_programmes(analysis.text, grid):
        alone = []
    to = [m for caption in grid.captions for m in behind_prepositions(analysis, caption, ("to", "for"))]
    if alone and gives and not giving:
        return alone[:1], receiving or to[:1] or _own_income(analysis, grid)
    if giving or receiving:
        return giving, receiving or [m for m in alone if m not in giving][:1]
    if alone:
        return [], alone[:1]
    by_caption = caption_giver(analysis, grid)
    headed = _states_of(analysis, cell.column)
    if not headed and cell.column is not None and cell.column.words.lower().startswith("total"):
        headed = [m for column in grid.columns for m in _states_of(analysis, column)]
    return by_caption, headed or [m for m in to[:1] if m not in by_caption]


def caption_giver(analysis: Analysis, grid: Grid) -> list[Mention]:
    """Return whose aid a caption says that a table lists: "Norwegian assistance to Kenya", "Japan's grants"."""
    for caption in grid.captions:
        for mention in analysis.mentions_in(caption):
            if mention.kind in HOLDERS and _AID.match(analysis.text, mention.span.end, caption.end):
                return [mention]
    return []


def _states_of(analysis: Analysis, column: Column | None) -> list[Mention]:
    if column is None:
        return []
    return [m for span in column.spans for m in analysis.mentions_in(span) if is_state(analysis, m)]


def _in_columns(analysis: Analysis, row: Row, kind: str) -> list[Mention]:
    """Return who stands in a column of those who give or receive: "Donor", "Implementing partner"."""
    lexicon = load_lexicon("funding")["lines"]
    heads = frozenset([*lexicon[kind], *(lexicon["receiving_columns"] if kind == "receiver" else ())])
    for cell in row.texts[1:]:
        if cell.column is None or not _is_headed(cell.column, heads):
            continue
        named = [m for m in analysis.mentions_in(cell.span) if m.kind in HOLDERS and m.form == "name"]
        if named:
            return named[:1]
    return []


def _is_headed(column: Column, heads: frozenset[str]) -> bool:
    words = re.sub(r"\([^()]*\)", "", column.words).strip().lower()
    return words in heads or words.removesuffix("s") in heads or words.split(" ", 1)[-1] in heads


def _own_income(analysis: Analysis, grid: Grid) -> list[Mention]:
    """Return the body whose report it is, where a table lists what it was given: "Income", "Our donors"."""
    said = " ".join(caption.of(analysis.text) for caption in grid.captions[:2])
    if not tells(said, "income"):
        return []
    own = analysis.once(letterhead)
    return [own] if own is not None else []
