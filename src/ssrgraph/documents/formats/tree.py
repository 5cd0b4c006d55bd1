"""From a tree of elements, as HTML or the reader of web pages has it, to blocks of plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ssrgraph.documents.formats.content import BULLET, folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_SKIPPED: Final = {
    "script", "style", "noscript", "template", "head", "title", "meta", "link", "svg", "math", "iframe", "object",
    "embed", "select", "button", "textarea", "audio", "video", "canvas", "del", "s", "nav", "graphic",
}  # fmt: skip
_FRAME: Final = {"aside", "footer", "form", "header"}
"""Parts of a page that are not its text."""

_ROOT_ONLY: Final = "head"
"""In a page the part that is not shown; in a tree of the reader of web pages a heading."""

_INLINE: Final = {
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font", "hi", "i", "ins",
    "kbd", "label", "mark", "q", "ref", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var",
    "wbr",
}  # fmt: skip
_BREAKS: Final = {"br", "lb"}
_ITEMS: Final = {"li", "item"}
_ROWS: Final = {"tr", "row"}
_CELLS: Final = {"td", "th", "cell"}
_TABLES: Final = {"table"}
_PARTED: Final = {"p", "div", "ul", "ol", "list", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article"}
_LONGEST_CELL: Final = 300
_BREAK: Final = "\x1e"
"""Stands for a line break among gathered words."""


def blocks_of(root: _Element, *, page: bool) -> Iterator[str]:
    """Yield the blocks of text below an element in the order of reading.

    Args:
        root: The element.
        page: Whether it is HTML, whose `head` is not shown; else `head` is a heading.
    """
    return _Walk(page=page).blocks(root)


class _Walk:
    """One pass over a tree; holds the words of the block that is being gathered."""

    def __init__(self, *, page: bool) -> None:
        self._skipped = _SKIPPED | _FRAME if page else _SKIPPED - {_ROOT_ONLY}
        self._words: list[str] = []
        self._mark = ""

    def blocks(self, root: _Element) -> Iterator[str]:
        yield from self._inside(root)
        yield from self._finished()

    def _inside(self, element: _Element) -> Iterator[str]:
        self._words.append(element.text or "")
        for child in element:
            yield from self._child(child)
            self._words.append(child.tail or "")

    def _child(self, child: _Element) -> Iterator[str]:
        tag = child.tag.lower() if isinstance(child.tag, str) else "script"  # comments and instructions have no name
        if tag in self._skipped:
            return
        if tag in _BREAKS:
            self._words.append(_BREAK)
        elif tag in _INLINE and not any(True for _ in child.iter(*_PARTED)):
            yield from self._inside(child)
        else:
            yield from self._finished()
            if tag in _TABLES and not _is_layout(child):
                yield from _rows(child)
            else:
                yield from self._block(child, tag)

    def _block(self, child: _Element, tag: str) -> Iterator[str]:
        if tag in _ITEMS:
            self._mark = BULLET
        yield from self._inside(child)
        yield from self._finished()
        self._mark = ""

    def _finished(self) -> Iterator[str]:
        """Yield the block that was gathered, if there is one."""
        lines = [folded(line) for line in "".join(self._unwrapped()).split(_BREAK)]
        self._words = []
        text = "\n".join(filter(None, lines))
        if text:
            yield self._mark + text
            self._mark = ""

    def _unwrapped(self) -> Iterator[str]:
        """Yield the words; a break within a sentence, which goes on in lower case, is a space."""
        for i, words in enumerate(self._words):
            if words != _BREAK:
                yield words
                continue
            behind = next((one.strip() for one in self._words[i + 1 :] if one.strip()), "")
            yield " " if behind[:1].islower() else _BREAK


def _is_layout(table: _Element) -> bool:
    """Say whether a table only sets parts of a page beside each other."""
    cells = list(table.iter(*_CELLS))
    rows = list(table.iter(*_ROWS))
    one_column = all(sum(child.tag in _CELLS for child in row) <= 1 for row in rows)
    return (
        one_column
        or any(True for cell in cells for _ in cell.iter("table", "ul", "ol", "list", "h1", "h2", "h3"))
        or any(len(folded("".join(_shown(cell)))) > _LONGEST_CELL for cell in cells)
    )


def _rows(table: _Element) -> Iterator[str]:
    """Yield the caption and the rows of a table, the cells of a row set apart by tabs."""
    for caption in table.iter("caption"):
        yield folded("".join(_shown(caption)))
    for row in table.iter(*_ROWS):
        cells = [folded("".join(_shown(cell))) for cell in row if cell.tag in _CELLS]
        yield "\t".join(cells).rstrip()


def _shown(element: _Element) -> Iterator[str]:
    """Yield the words of an element that are shown; elements that break lines are spaces."""
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _SKIPPED:
            gap = "" if child.tag in _INLINE else " "
            yield gap
            yield from _shown(child)
            yield gap
        yield child.tail or ""
