"""Rows of tables that are drawn with spaces, bars or tabs, and the heads that stand over each of their cells.

The heads of columns may take several lines: "Max." above "persons". A head belongs to the cells below it, by the
place in the line where tables are drawn with spaces, by its number where they are drawn with bars.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Block, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_CELLS = re.compile(r"[ \t]*\|[ \t]*|\t+|[ \u00a0]{3,}|[ \t]*\.{4,}[ \t]*")
_LONG = 14  # words of a line that is no part of a table
_WORDS = 7  # words of a head
_FAR = 16  # characters between a cell and a head that is not over it
_NEAR = 4
_MOST_HEADS = 4  # lines of heads
_FIGURE = re.compile(r"\d[\d,.]*\s?%|[$€£¥]\s?\d|(?!FY)[A-Z]{2,3}\$?\s\d|[-–—]$|n/?a$")
_GOES_ON = re.compile(r"(?:\b(?:in|for|of|and|by|to|with|from|on|at|the|per|or)|[,\u2013-])$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of a text as a row of a table; a line of one cell where there is no table.

    Attributes:
        block: The block that it stands in.
        span: The line.
        cells: Its cells in order.
        heads: For each cell the heads over it, the uppermost first.
        opening: The line above in which its label begins, if any.
        section: The line of one cell that heads it and the rows around it, if any.
    """

    block: Block
    span: Span
    cells: tuple[Span, ...]
    heads: tuple[tuple[Span, ...], ...]
    opening: Span | None = None
    section: Span | None = None


@dataclass(slots=True)
class _Table:
    """What has been seen of a table so far."""

    heads: list[list[Span]] = field(default_factory=list)
    begun: bool = False
    single: Span | None = None
    section: Span | None = None


def rows_of(text: str, blocks: Sequence[Block], holds_figure: Callable[[Span], bool]) -> Iterator[Row]:
    """Yield the lines of blocks that hold figures, with what stands over them.

    Args:
        text: The document's text.
        blocks: Its blocks.
        holds_figure: Says whether a cell holds a figure.
    """
    table = _Table()
    for block in blocks:
        for line in _lines(text, block):
            if not any(map(str.isalnum, line.of(text))):
                continue  # the rule under the heads of columns
            cells = cells_of(text, line)
            if any(holds_figure(cell) for cell in cells):
                yield _row(text, table, block, line, cells)
                table.begun, table.single = True, None
            else:
                _head(text, table, line, cells)


def _lines(text: str, block: Block) -> list[Span]:
    """Return the lines of a block that holds rows of cells, or the block itself."""
    found: list[Span] = []
    start = block.span.start
    while start < block.span.end:
        end = text.find("\n", start, block.span.end)
        end = block.span.end if end < 0 else end
        words = text[start:end]
        if words.strip():
            lead = len(words) - len(words.lstrip())
            found.append(Span(start + lead, end - (len(words) - len(words.rstrip()))))
        start = end + 1
    drawn = [line for line in found if len(cells_of(text, line)) > 1]
    return found if len(drawn) > 1 else [block.span]


def cells_of(text: str, span: Span) -> list[Span]:
    """Return the cells of a row, or the line itself."""
    cells: list[Span] = []
    start = span.start
    for gap in (*_CELLS.finditer(text, span.start, span.end), None):
        end = gap.start() if gap else span.end
        words = text[start:end]
        if words.strip(" \t|"):
            lead = len(words) - len(words.lstrip(" \t|"))
            cells.append(Span(start + lead, end - (len(words) - len(words.rstrip(" \t|")))))
        start = gap.end() if gap else end
    return cells


def goes_on(words: str) -> bool:
    """Say whether a line ends in the middle of a phrase: "Officers attending courses in"."""
    return _GOES_ON.search(words) is not None


def indent(text: str, offset: int) -> int:
    """Return how many characters stand in front of an offset in its line."""
    return offset - (text.rfind("\n", 0, offset) + 1)


def _row(text: str, table: _Table, block: Block, line: Span, cells: list[Span]) -> Row:
    single = table.single
    opens = single is not None and (goes_on(single.of(text)) or cells[0].of(text)[:1].islower())
    if single is not None and not opens:
        table.section = single
    barred = "|" in line.of(text) or "\t" in line.of(text)
    by_number = [h for h in table.heads if len(h) == len(cells)] if barred or len(table.heads) == 1 else []
    heads: list[tuple[Span, ...]] = []
    for place, cell in enumerate(cells):
        if by_number:
            heads.append(tuple(h[place] for h in by_number))
        elif barred or len(cells) == 1:
            heads.append(())
        else:
            # A second line of heads goes on with those right above; the first may stand over several columns.
            over = [_over(text, h, cell, far=_NEAR if line else _FAR) for line, h in enumerate(table.heads)]
            heads.append(tuple(head for head in over if head is not None))
    return Row(
        block=block,
        span=line,
        cells=tuple(cells),
        heads=tuple(heads),
        opening=single if opens else None,
        section=table.section,
    )


def _over(text: str, heads: list[Span], cell: Span, *, far: int) -> Span | None:
    """Return the head of one line that stands over a cell, or else the nearest one."""
    start, end = indent(text, cell.start), indent(text, cell.end)
    best: tuple[float, Span] | None = None
    for head in heads:
        left, right = indent(text, head.start), indent(text, head.end)
        if (left == 0) != (start == 0):
            continue  # the head of the labels
        apart = max(0, left - end, start - right)
        distance = apart + abs((left + right) - (start + end)) / 1000
        if best is None or distance < best[0]:
            best = (distance, head)
    return best[1] if best is not None and best[0] <= far else None


def _head(text: str, table: _Table, line: Span, cells: list[Span]) -> None:
    """Take in a line without figures: heads of columns, a section, the beginning of a label, or the end of a table."""
    if len(cells) > 1 and any(_FIGURE.match(text, cell.start, cell.end) for cell in cells[1:]):
        table.begun, table.single = True, None  # a row of shares or sums
        return
    short = all(len(cell.of(text).split()) <= _WORDS for cell in cells)
    if short and (len(cells) > 1 or (table.heads and not table.begun and indent(text, cells[0].start))):
        if table.begun or len(table.heads) == _MOST_HEADS:
            table.heads = []
            table.section = None
        table.heads.append(cells)
        table.begun, table.single = False, None
        return
    if len(line.of(text).split()) > _LONG:
        table.heads, table.begun, table.single, table.section = [], False, None, None
    elif indent(text, line.start) == 0:
        table.single = line
        # A line of one cell between heads and rows is a section; after the rows it may head another table.
