"""Figures that no sentence carries: labels with numbers, names with numbers in brackets, rows of drawn tables.

for line in labelled_lines(analysis):
    for figure in line.figures:
        figure.label, figure.quantity, figure.noun

What a line leaves open stands above it: the row of column heads, the heading or sentence that introduces the lines.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Block, BlockKind, Span
from ssrgraph.extraction.claims.drawn_rows import Row, cells_of, indent, rows_of
from ssrgraph.extraction.periods import Period, find_periods
from ssrgraph.extraction.quantities import Quantity, find_quantities, number_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ssrgraph.extraction.analysis import Analysis

_SILENT = frozenset({BlockKind.CONTACT, BlockKind.FURNITURE})
_LONGEST_LABEL = 9  # words
_LONGEST_NOUN = 6  # words behind a number
_SHORT = 14  # words of a line that can head others
_INDENTED = 20  # characters in front of a line that goes on with the cell above it
_OPENING_REACH = 80  # characters in front of a number that words begin with: no more hedges are read
_LONGEST_CELL = 500  # characters: a number with hedges, a noun and a remark are shorter
_HEADS = 3  # blocks that head a line
_PAIRS = re.compile(
    r";[ \t]*|,[ \t]+(?=(?:and[ \t]+)?[^\W\d_][^,;:()]{1,50}(?:\(|:[ \t])~?\d)"
    r"|[ \t]+and[ \t]+(?=[^\W\d_][^,;:()]{1,50}\(~?\d)"
)
_PAIR = re.compile(
    r"(?P<label>[^\W_][^:()]{0,80}?)(?P<bracket>[ \t]*\((?P<inner>[^()]{1,60})\)(?P<tail>[,.]?)"
    r"|[ \t]*(?::|=|[ \t][\u2013\u2014-](?=[ \t]))[ \t]*(?P<figure>[^:]{1,120}))"
)
_INTRODUCES = re.compile(r":$|\b(?i:below|as follows|following|table|breakdown)\b")
_REMARK = re.compile(r"\((?P<words>[^()]{1,60})\)[.,]?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number with its label.

    Attributes:
        label: The words that say whose or which number it is.
        quantity: The number.
        noun: What is counted, behind the number or at the head of its column, where it is said there.
        remark: The words in brackets behind it, if any ("expected", "of whom 61 women").
        period: The period that the label, the column's head or the remark names, if any.
        quote: Label and number.
        heads: All heads of its column that are no dates, the uppermost first.
        beside: The other cells of its row that hold words.
        row_head: The head of the column of labels, if any ("Course").
    """

    label: Span
    quantity: Quantity
    noun: Span | None
    remark: Span | None
    period: Period | None
    quote: Span
    heads: tuple[Span, ...] = ()
    beside: tuple[Span, ...] = ()
    row_head: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of figures.

    Attributes:
        block: The block that it stands in.
        span: The line itself; a block may be a whole table.
        section: The line of one cell that heads its part of a table, if any.
        figures: Its numbers in order.
        heads: The blocks that introduce it, the nearest first.
    """

    block: Block
    span: Span
    figures: tuple[Figure, ...]
    heads: tuple[Block, ...]
    section: Span | None = None


def labelled_lines(analysis: Analysis) -> tuple[Line, ...]:
    """Return the lines of a document that hold nothing but labels and numbers, in order."""
    text = analysis.text
    blocks = [b for b in analysis.document.blocks if b.kind not in _SILENT]
    heads: dict[Span, tuple[Block, ...]] = {}
    lines: list[Line] = []
    for row in rows_of(text, blocks, lambda cell: _holds_figure(text, cell)):
        figures = tuple(_row(text, row) if len(row.cells) > 1 else _in_line(text, row.span))
        if figures:
            heads = heads or dict(zip((b.span for b in blocks), _heads_over(analysis, blocks), strict=True))
            over = heads[row.block.span]
            lines.append(Line(block=row.block, span=row.span, section=row.section, figures=figures, heads=over))
    return tuple(lines)


def holds_any(block: Span, lines: Sequence[Span]) -> bool:
    """Say whether one of some lines, given in order, begins within a block."""
    place = bisect_left(lines, block.start, key=lambda line: line.start)
    return place < len(lines) and lines[place].start < block.end


def _holds_figure(text: str, cell: Span) -> bool:
    return (_number(text, cell) is not None and _year(text, cell) is None) or bool(_in_line(text, cell))


def _heads_over(analysis: Analysis, blocks: Sequence[Block]) -> Iterator[tuple[Block, ...]]:
    """Yield for each block what introduces its lines: headings and what announces it, the nearest first.

    Rows are passed over. All blocks are looked at once, for a table may have thousands of rows, a block each.
    """
    heads: list[Block] = []
    announced = False  # whether the nearest block that is no row is a head
    for block in blocks:
        yield tuple(reversed(heads[-_HEADS:])) if announced else ()
        heading = _introduces(analysis, block)
        if heading is not None:
            announced = heading
            heads += [block] if heading else []


def heads_of(analysis: Analysis, back: Iterable[Block]) -> tuple[Block, ...]:
    """Return what introduces a line: headings and what announces it, the nearest first.

    Args:
        analysis: The document.
        back: The blocks in front of the line, the nearest first.
    """
    heads: list[Block] = []
    for block in back:
        heading = _introduces(analysis, block)
        if heading:
            heads.append(block)
            if len(heads) == _HEADS:
                break
        elif heading is False and not heads:
            return ()
    return tuple(heads)


def _introduces(analysis: Analysis, block: Block) -> bool | None:
    """Say whether a block introduces what stands below; None for rows and items, which do not part it from that."""
    known = analysis.once(_introducing)
    if block.span not in known:
        known[block.span] = _announces(analysis, block)
    return known[block.span]


def _introducing(_analysis: Analysis) -> dict[Span, bool | None]:
    return {}


def _announces(analysis: Analysis, block: Block) -> bool | None:
    words = analysis.words(block.span)
    figures = bool(_in_line(analysis.text, block.span)) or len(cells_of(analysis.text, block.span)) > 1
    item = (block.kind is BlockKind.ITEM or _COUNTS.match(words) is not None) and not words.endswith(":")
    titled = block.kind is BlockKind.TITLE or _TABLE.match(words) is not None
    if (
        figures
        or item
        or indent(analysis.text, block.span.start) > _INDENTED
        or (_KEY_AND_VALUE.fullmatch(words) and not titled)
    ):
        return None
    heading = len(words.split()) <= _SHORT and not words.endswith((".", ";", "?", "!"))
    return heading or _INTRODUCES.search(words[-_TAIL:]) is not None


_COUNTS = re.compile(r"\W*(?!(?:19|20)\d\d\b)\d[\d,.]*\s+[^\W\d_]")
_PLAIN = re.compile(r"(?:[^\W\d_][\w'\u2019-]*(?:[ \t]+|$))*")
_FINITE = re.compile(r"\b(?i:is|are|was|were|has|have|had|includes?|follow(?:s|ed)?)\b")  # a sentence, no label
_SAYS_MORE = re.compile(r"(?i:\b(?:in|from|by|were|was|have|has|are|is|at|to|with|who|since|on)\b)|\w{4,}ed$")
_TABLE = re.compile(r"(?i:table|figure|annex|chart|box|list)\b")
_KEY_AND_VALUE = re.compile(r"[^:.]{2,50}: [^:]{1,100}")
_TAIL = 60  # characters at the end of a block in which "below" announces the next


def _row(text: str, row: Row) -> Iterator[Figure]:
    """Read a row: its label is the first cell of words, its numbers are named by the heads of their columns."""
    cells = row.cells
    label = next((cell for cell in cells if cell.of(text)[0].isalpha() or _year(text, cell)), None)
    beside = tuple(cell for cell in cells if cell != label and cell.of(text)[0].isalpha())
    for cell, heads in zip(cells, row.heads, strict=True):
        number = _number(text, cell)
        if number is None or label is None:
            yield from _in_line(text, cell)
            continue
        if cell.start < label.start and number[1] is None:
            continue  # the number of the row
        quantity, noun, remark = number
        dated = [(head, period) for head in heads if (period := _year(text, head)) is not None]
        named = [head for head in heads if head not in [each for each, _ in dated]]
        first = not any(_number(text, each) for each in cells if label.end <= each.start < cell.start)
        yield Figure(
            label=Span(row.opening.start, label.end) if row.opening is not None else label,
            quantity=quantity,
            noun=noun or (named[-1] if named else None),
            remark=remark,
            period=_year(text, label) or (dated[0][1] if dated else None),
            quote=Span(min(label.start, cell.start), max(label.end, cell.end)) if first else cell,
            heads=tuple(named),
            beside=beside,
            row_head=next(
                (head for cell, over in zip(cells, row.heads, strict=True) if cell == label for head in over), None
            ),
        )


def _in_line(text: str, span: Span) -> list[Figure]:
    """Read "Personnel: 812", "Chad (1,426)", "Troops: India (899), Nepal (640)"; nothing of a line that says more."""
    figures: list[Figure] = []
    start = span.start
    opening = _OPENING.match(text, span.start, span.end)
    if opening is not None:
        start = opening.end()
    for gap in (*_PAIRS.finditer(text, start, span.end), None):
        end = gap.start() if gap else span.end
        match = _PAIR.fullmatch(text, start, end)
        start = gap.end() if gap else end
        figure = _pair(text, match) if match else None
        if figure is None and (match is None or match["figure"] is None):
            return []
        figures += [figure] if figure is not None else []
    return figures


_OPENING = re.compile(r"[^:()\d]{2,50}:[ \t]+(?=[^\W\d_][^,;:()]{1,50}(?:\([~\d]|:[ \t]\d))")


def bracket_behind(text: str, name: Span) -> Figure | None:
    """Return the number in brackets right behind a name: "Chad (1,420)"."""
    match = re.compile(r"\s?\((?P<inner>[^()]{1,40})\)").match(text, name.end)
    number = _number(text, Span(match.start("inner"), match.end("inner"))) if match else None
    if match is None or number is None or _year(text, Span(match.start("inner"), match.end("inner"))):
        return None
    quantity, noun, remark = number
    quote = Span(name.start, match.end())
    return Figure(label=name, quantity=quantity, noun=noun, remark=remark, period=None, quote=quote)


def _pair(text: str, match: re.Match[str]) -> Figure | None:
    start = match.start("label") + (len("and ") if match["label"].startswith("and ") else 0)
    label = Span(start, match.end("label"))
    words = label.of(text).split()
    if not 0 < len(words) <= _LONGEST_LABEL or _FINITE.search(label.of(text)):
        return None
    name = "inner" if match["inner"] else "figure"
    number = _number(text, Span(match.start(name), match.end(name)))
    if number is None or (name == "inner" and _year(text, Span(match.start(name), match.end(name)))):
        return None
    quantity, noun, remark = number
    period = _year(text, label) or (_trailing(text, remark) if remark else None)
    end = (
        match.end("bracket") - len(match["tail"] or "")
        if match["inner"]
        else max(quantity.span.end, noun.end if noun else 0)
    )
    return Figure(label=label, quantity=quantity, noun=noun, remark=remark, period=period, quote=Span(label.start, end))


def _number(text: str, span: Span) -> tuple[Quantity, Span | None, Span | None] | None:
    """Return the number that words begin with, the noun and the remark behind it; None where they say more."""
    words = span.of(text)
    if len(words) > _LONGEST_CELL:
        return None
    first = number_place(words)
    if first is None or first > _OPENING_REACH:
        return None  # most cells are prose
    found = find_quantities(words, offset=span.start)
    if not found or found[0].unit not in {"count", "measure"} or found[0].span.start != span.start:
        return None
    quantity = found[0]
    remark = _REMARK.search(text, quantity.span.end, span.end)
    end = remark.start() if remark else span.end
    noun = text[quantity.span.end : end].strip(" \t.,")
    if _SAYS_MORE.search(noun) or not _PLAIN.fullmatch(noun) or len(noun.split()) > _LONGEST_NOUN:
        return None
    at = text.index(noun, quantity.span.end) if noun else 0
    return (
        quantity,
        Span(at, at + len(noun)) if noun else None,
        Span(remark.start("words"), remark.end("words")) if remark else None,
    )


def _year(text: str, span: Span) -> Period | None:
    """Return the period that words are, and nothing else."""
    found = find_periods(span.of(text), offset=span.start)
    return found[0] if found and found[0].span == span and found[0].from_ is not None else None


def _trailing(text: str, span: Span) -> Period | None:
    found = find_periods(span.of(text), offset=span.start)
    return found[0] if found and found[0].from_ is not None else None
