"""Tables that a text sets in columns by white space, tabs or strokes: heads of columns, rows, cells.

for grid in analysis.once(grids):
    for row in grid.rows:
        row.label, [(cell.span, cell.column.words) for cell in row.numbers]
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.extraction.analysis import Analysis

_LINE = re.compile(r"[^\r\n]+")
_GAP = re.compile(r"[ \u00a0]*\t[ \t]*|[ \u00a0]{2,}|[ \u00a0]*\|[ \u00a0]*|[ \u00a0]*\.{4,}[ \u00a0]*")
_NUMBER = re.compile(
    r"[~\u2248]?(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d[\d,]*(?:\.\d+)?)(?:[-\u2013]\d[\d,.]*)?\*{0,2}"
    r"|[-\u2013\u2014]|n/?a"
)
_SUM = re.compile(
    r"(?:[A-Z]{0,3}[$\u20ac\u00a3\u00a5]|[A-Z]{3})[ \u00a0]?[1-9][\d,. ]*"
    r"(?:[ \u00a0]?(?:k|m|mn|bn|million|billion))?\*{0,2}"
)
_YEAR = re.compile(r"(?:(?:FY|fiscal year)\s?)?(?:19|20)\d\d(?:[/\u2013-]\d{2,4})?|FY\s?\d\d")
_RULE = re.compile(r"[\s=_*\u2013\u2014|+-]+")
_SUBHEADS = 2  # lines between two parts of one table
_HEADS = 4  # lines of heads of columns
_ABOVE = 4  # lines of captions
_LONG = 120  # characters of a caption
_PROSE = 60  # characters of a single cell that is no head
_LISTED = 3  # rows of a table without heads
_PAIR = 2  # cells of its rows: a label and a figure
_WRAPPED = 30  # characters of a label that is too long for its column
_INDENT = 10  # characters in front of a head that stands alone in its line
_SET_BY_MARKS = 1000  # places that a tab or a stroke counts for


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: the words at its head, in order of the lines, and where it stands in them."""

    words: str
    spans: tuple[Span, ...]
    left: int
    right: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell with its column, None where no head stands over it."""

    span: Span
    column: Column | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row: its cells of words, the first one being its label, and its cells of figures."""

    span: Span
    texts: tuple[Cell, ...]
    numbers: tuple[Cell, ...]

    @property
    def label(self) -> Span:
        """The first cell."""
        return self.texts[0].span


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table with the short lines right above it, the nearest first; one without heads has rows of one figure each."""

    captions: tuple[Span, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A cell and its place in the line."""

    span: Span
    left: int
    right: int
    numeric: bool
    year: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    span: Span
    pieces: tuple[_Piece, ...]
    rule: bool

    @property
    def row(self) -> bool:
        """Whether the line is a row: words or a year, and behind them figures that are no years."""
        first, *rest = self.pieces or (None,)
        figures = [piece for piece in rest if piece is not None and piece.numeric]
        labelled = first is not None and (not first.numeric or (first.year and len(figures) == len(rest) > 1))
        return bool(figures) and labelled and not all(p.year for p in figures)


def grids(analysis: Analysis) -> tuple[Grid, ...]:
    """Return the tables of a document in order; to be asked for by `Analysis.once`."""
    return grids_in(analysis.text)


def grids_in(text: str) -> tuple[Grid, ...]:
    """Return the tables of a text in order."""
    lines = [_line(text, Span(m.start(), m.end())) for m in _LINE.finditer(text)]
    lines = _with_wrapped_labels(text, [line for line in lines if line.pieces or line.rule])
    found: list[Grid] = []
    place = last = 0
    while place < len(lines):
        if not lines[place].row:
            place += 1
            continue
        end = place
        while end < len(lines) and _belongs(text, end, lines, first=place):
            end += 1
        body = [line for line in lines[place:end] if line.row]
        grid = _grid(text, lines[:place], body)
        if grid is None and found and place - last <= _SUBHEADS:  # under a heading within the table
            grid = replace(found[-1], rows=tuple(_row(line, found[-1].columns) for line in body))
        if grid is not None:
            found.append(grid)
            last = end
        place = end
    return tuple(found)


def _with_wrapped_labels(text: str, lines: list[_Line]) -> list[_Line]:
    """Return lines, a row whose label has begun in the line above it being one."""
    joined: list[_Line] = []
    for place, line in enumerate(lines):
        former = lines[place - 1] if place else None
        if former is None or not _goes_on(text, former, line, lines[place + 1] if place + 1 < len(lines) else None):
            joined.append(line)
            continue
        joined.pop()
        label = Span(former.pieces[0].span.start, line.pieces[0].span.end)
        first = replace(line.pieces[0], span=label, left=former.pieces[0].left)
        span = Span(former.span.start, line.span.end)
        joined.append(replace(line, span=span, pieces=(first, *line.pieces[1:])))
    return joined


def _goes_on(text: str, former: _Line, line: _Line, behind: _Line | None) -> bool:
    """Say whether a row goes on with the label that a long line without figures has begun, and is alone in that."""
    if (
        not line.row
        or len(former.pieces) != 1
        or former.pieces[0].numeric
        or text[former.span.end : line.span.start] != "\n"
    ):
        return False
    begun, rest = former.pieces[0], line.pieces[0]
    alone = behind is None or not behind.row or behind.pieces[0].left < rest.left
    return alone and rest.left > begun.left and begun.right - begun.left >= _WRAPPED


def _line(text: str, span: Span) -> _Line:
    pieces: list[_Piece] = []
    start, shift = span.start, 0
    for gap in (*_GAP.finditer(text, span.start, span.end), None):
        end = gap.start() if gap is not None else span.end
        words = text[start:end].strip()
        if words:
            at = text.index(words, start)
            left = at - span.start + shift
            numeric = _NUMBER.fullmatch(words) is not None or _SUM.fullmatch(words) is not None
            year = _YEAR.fullmatch(words) is not None
            place = Span(at, at + len(words))
            pieces.append(_Piece(span=place, left=left, right=left + len(words), numeric=numeric or year, year=year))
        if gap is not None:
            shift += _SET_BY_MARKS * len(re.findall(r"[\t|]", gap[0]))
            start = gap.end()
    return _Line(span=span, pieces=tuple(pieces), rule=_RULE.fullmatch(span.of(text)) is not None)


def _belongs(text: str, place: int, lines: list[_Line], *, first: int) -> bool:
    """Say whether a line is of the table whose first row is given: a row, a rule, what goes on with a row's words."""
    line = lines[place]
    if line.row or (line.rule and place > first):
        return True
    former = lines[place - 1]
    if place == first or not former.row or len(line.pieces) != 1 or line.pieces[0].numeric:
        return False
    next_line = text[former.span.end : line.span.start].count("\n") == 1
    return next_line and line.pieces[0].left >= _INDENT


def _grid(text: str, above: list[_Line], body: list[_Line]) -> Grid | None:
    heads: list[_Line] = []
    for place, line in enumerate(reversed(above[-_HEADS - 1 :])):
        if line.rule:
            continue
        alone = len(line.pieces) == 1 and line.pieces[0].left < _INDENT
        if alone and place == 0 and line.span.end - line.span.start <= _PROSE:
            continue  # a heading between the heads of the columns and the first row
        if line.row or alone or any(p.span.end - p.span.start > _PROSE for p in line.pieces):
            break
        heads.insert(0, line)
    columns = _columns(text, heads)
    if not columns and (heads or not _is_list(body)):
        return None
    first = heads[0].span.start if heads else body[0].span.start
    captions = tuple(_captions(text, [line for line in above if line.span.end <= first]))
    return Grid(captions=captions, columns=columns, rows=tuple(_row(line, columns) for line in body))


def _is_list(body: list[_Line]) -> bool:
    """Say whether rows have one figure each, so that they need no heads over them."""
    return len(body) >= _LISTED and all(len(line.pieces) == _PAIR and not line.pieces[0].numeric for line in body)


def _captions(text: str, above: list[_Line]) -> Iterator[Span]:
    for line in reversed(above[-_ABOVE:]):
        words = line.span.of(text).strip()
        if line.rule:
            continue
        if line.row or len(words) > _LONG or (words.endswith(".") and not words.endswith("etc.")):
            return
        at = text.index(words, line.span.start)
        yield Span(at, at + len(words))


def _columns(text: str, heads: list[_Line]) -> tuple[Column, ...]:
    """Return the columns that lines of heads make together: heads that stand one below the other are one."""
    columns: list[Column] = []
    for line in heads:
        for piece in line.pieces:
            over = next((c for c in columns if piece.left < c.right and c.left < piece.right), None)
            words = piece.span.of(text)
            if over is None:
                columns.append(Column(words=words, spans=(piece.span,), left=piece.left, right=piece.right))
                continue
            columns[columns.index(over)] = replace(
                over,
                words=f"{over.words} {words}",
                spans=(*over.spans, piece.span),
                left=min(over.left, piece.left),
                right=max(over.right, piece.right),
            )
    return tuple(sorted(columns, key=lambda column: column.left))


def _row(line: _Line, columns: tuple[Column, ...]) -> Row:
    figures = [piece for piece in line.pieces[1:] if piece.numeric]
    # Figures are as many as the columns behind the label: they are theirs in order, however they are set.
    inner = [piece for piece in line.pieces[1:] if not piece.numeric]
    in_order = len(figures) in {len(columns), len(columns) - 1} and not inner
    ordered = columns[-len(figures) :] if figures else ()
    cells = [
        Cell(span=piece.span, column=ordered[place] if in_order else _column(piece, columns))
        for place, piece in enumerate(figures)
    ]
    texts = [line.pieces[0], *inner]
    return Row(
        span=line.span,
        texts=tuple(Cell(span=piece.span, column=_column(piece, columns)) for piece in texts),
        numbers=tuple(cells),
    )


def _column(piece: _Piece, columns: tuple[Column, ...]) -> Column | None:
    def apart(column: Column) -> int:
        gap = max(column.left - piece.right, piece.left - column.right, 0)
        return 2 * gap if gap else abs(column.left + column.right - piece.left - piece.right) // 4

    return min(columns, key=apart) if columns else None
