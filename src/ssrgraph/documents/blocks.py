"""From a text to its blocks: title, headings, date lines, paragraphs, list items, and what is only page furniture."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from ssrgraph.documents.dateline import find_date, is_dateline
from ssrgraph.documents.layout import layout
from ssrgraph.documents.model import Block, BlockKind, Span
from ssrgraph.documents.sentences import find_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_LINE = re.compile(r"[^\r\n]+")
_BULLET = re.compile(
    r"(?:[•‣▪●◦·∙➢►✓]|[-–—*](?=\s)|o(?=\s{2,}|\t)|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)](?=\s))\s*(?:\|\s*)?"
)
_NUMBERED_HEADING = re.compile(r"\d{1,2}(\.\d{1,2})*[.)]?\s")
_COLUMNS = re.compile(r"[^\s.](?:[ \u00a0]{3,}|\t+|[ \u00a0]?\.{4,}[ \u00a0]*)\S")
_BYTE_ORDER_MARK = "\ufeff"
_TITLE_LENGTH = 250
_HEADING_LENGTH = 120
_CELL_LENGTH = 40
_WRAP_WIDTH = range(40, 121)


@dataclass(frozen=True, slots=True)
class _Line:
    span: Span
    bullet: bool
    blank_before: bool


def find_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a text in order; lines that a text wrapped at a fixed width has broken are joined."""
    pieces = _pieces(text, tuple(_lines(text)))
    blocks = _with_heads_of_columns(text, [_block(text, span, bullet=bullet) for span, bullet in pieces])
    return tuple(_with_leads(text, _with_footer(_with_title(text, blocks))))


def _lines(text: str) -> Iterator[_Line]:
    former_end = 0
    for match in _LINE.finditer(text):
        stripped = match.group().lstrip(_BYTE_ORDER_MARK).strip()
        if not stripped:
            continue
        start = match.start() + match.group().index(stripped[0])
        span = Span(start, start + len(stripped))
        blank = len(re.findall(r"\r\n|\r|\n", text[former_end:start])) > 1
        bullet = _BULLET.match(text, span.start, span.end)
        if bullet and bullet.end() < span.end:
            yield _Line(Span(bullet.end(), span.end), bullet=True, blank_before=blank)
        else:
            yield _Line(span, bullet=False, blank_before=blank)
        former_end = span.end


def _pieces(text: str, lines: Sequence[_Line]) -> list[tuple[Span, bool]]:
    wrapped = _is_wrapped(text, lines)
    pieces: list[tuple[Span, bool]] = []
    for before, line in zip((None, *lines), lines, strict=False):
        row = _is_row(text, line) or (before is not None and _is_row(text, before))
        if wrapped and pieces and not line.blank_before and not line.bullet and not row:
            former, bullet = pieces[-1]
            pieces[-1] = (Span(former.start, line.span.end), bullet)
        else:
            pieces.append((line.span, line.bullet))
    return pieces


def _is_row(text: str, line: _Line) -> bool:
    """Say whether a line is set in columns, so that it goes on nothing: a row of a table, a dotted line."""
    return _COLUMNS.search(line.span.of(text)) is not None


def _is_wrapped(text: str, lines: Sequence[_Line]) -> bool:
    """Say whether lines are broken at a fixed width: many neighbours go on in lower case and none is long."""
    neighbours = [(a, b) for a, b in pairwise(lines) if not b.blank_before and not b.bullet and not _is_row(text, b)]
    if len(neighbours) < 3 or max(line.span.end - line.span.start for line in lines) >= _WRAP_WIDTH.stop:  # noqa: PLR2004 - a third of too few lines says nothing
        return False
    goes_on = sum(text[b.span.start].islower() for _, b in neighbours)
    return goes_on * 3 >= len(neighbours)


def _block(text: str, span: Span, *, bullet: bool) -> Block:
    kind = _kind(text, span, bullet=bullet)
    if kind is not BlockKind.FURNITURE and text[span.start] == "*" and span.end - span.start > 1:
        words = span.of(text)[1:]
        span = Span(span.end - len(words.lstrip()), span.end)
    return Block(kind=kind, span=span, sentences=find_sentences(text, span))


def _with_heads_of_columns(text: str, blocks: list[Block]) -> list[Block]:
    """Return blocks with the heads of a table's columns as a heading: no links, for rows of figures follow."""
    for place, (block, following) in enumerate(pairwise(blocks)):
        words, row = block.span.of(text), following.span.of(text)
        strokes = words.count("|")
        heads = block.kind is BlockKind.FURNITURE and strokes == row.count("|") and _is_navigation(words)
        if heads and re.search(r"\d", row.partition("|")[2]) and following.kind is not BlockKind.FURNITURE:
            blocks[place] = replace(block, kind=BlockKind.HEADING)
    return blocks


def _kind(text: str, span: Span, *, bullet: bool) -> BlockKind:
    words = span.of(text).replace("\xa0", " ")
    if is_dateline(words):
        return BlockKind.DATELINE
    if not re.search(r"\w", words) or _is_navigation(words) or _pattern("furniture").match(words):
        return BlockKind.FURNITURE
    if len(words) < 2 * _TITLE_LENGTH and _pattern("contact").match(words):
        return BlockKind.CONTACT
    if bullet:
        return BlockKind.ITEM
    return BlockKind.HEADING if _is_heading(words) else BlockKind.PARAGRAPH


def _is_heading(words: str) -> bool:
    """Say whether a line is short and no sentence, numbered point or row of a table."""
    row = len(_cells(words)) > 1 and re.search(r"\d", words) is not None
    closed = words.rstrip("\"”’')").endswith((".", "!", ";", ","))
    numbered = _NUMBERED_HEADING.match(words) is not None and not words.endswith(":")
    return not (row or closed or numbered) and len(words) <= _HEADING_LENGTH


def _cells(words: str) -> list[str]:
    """Return the cells of a line that is set as a row of a table, by tabs, upright strokes or wide gaps."""
    return [cell.strip() for cell in re.split(r"\t+|\||[ \u00a0]{3,}", words) if cell.strip()]


def _is_navigation(words: str) -> bool:
    """Say whether a line is a row of links: three or more short parts between upright strokes, and no figure."""
    cells = _cells(words)
    return words.count("|") > 1 and not re.search(r"\d", words) and all(len(cell) <= _CELL_LENGTH for cell in cells)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in layout()[name]), re.IGNORECASE)


def _with_title(text: str, blocks: list[Block]) -> list[Block]:
    """Mark the first block that is text as the title, if it is short and no sentence."""
    for i, block in enumerate(blocks):
        if block.kind in {BlockKind.FURNITURE, BlockKind.DATELINE}:
            continue
        words = block.span.of(text)
        if (
            block.kind is not BlockKind.CONTACT
            and len(words) <= _TITLE_LENGTH
            and not words.endswith((".", ":", ";", ","))
        ):
            return [*blocks[:i], replace(block, kind=BlockKind.TITLE), *blocks[i + 1 :]]
        break
    return blocks


def _with_footer(blocks: list[Block]) -> list[Block]:
    """Mark lines behind the last paragraph as furniture from the first line on that is furniture for sure."""
    body = {BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.CONTACT}
    last = max((i for i, block in enumerate(blocks) if block.kind in body), default=len(blocks))
    first = next((i for i in range(last + 1, len(blocks)) if blocks[i].kind is BlockKind.FURNITURE), len(blocks))
    return [*blocks[:first], *(replace(block, kind=BlockKind.FURNITURE) for block in blocks[first:])]


def _with_leads(text: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """Give each list item the block that introduces its list: the last one before it that is no item."""
    lead: Span | None = None
    for block in blocks:
        if block.kind is BlockKind.ITEM:
            yield replace(block, lead=lead)
            continue
        if block.kind is not BlockKind.FURNITURE:
            lead = (
                block.span
                if block.span.of(text).rstrip().endswith((":", "—", "–")) or block.kind is BlockKind.HEADING
                else None
            )
        yield block


def first_date(text: str, blocks: Iterable[Block]) -> str | None:
    """Return the date of the first date line, or of the place and date that open the first paragraph."""
    for block in blocks:
        words = block.span.of(text)
        if block.kind is BlockKind.DATELINE:
            found = find_date(words)
            if found:
                return found
        if block.kind is BlockKind.PARAGRAPH:
            opening = re.match(r"[^.]{0,80}?\d{4}\s*\)?\s*[-–—:]", words)
            return find_date(opening.group()) if opening else None
    return None
