"""DOCX: paragraphs, headings, lists and tables of a word processor's document."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final

from ssrgraph.documents.formats.content import (
    BULLET,
    MOST_CHARACTERS,
    Content,
    checked,
    folded,
    given_title,
    joined,
    too_long,
)
from ssrgraph.documents.formats.failures import understood
from ssrgraph.documents.sources import Source
from ssrgraph.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from docx.document import Document
    from lxml.etree import _Element

MOST_BYTES: Final = 200_000_000
"""What all parts may come to when they are unpacked."""

MOST_OF_A_PART: Final = 60 * MOST_CHARACTERS
"""What one part of XML may come to: much of it is formatting."""

_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Beginning of the older kind of file that a document protected by a password is kept in, as are `.doc` files."""

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_NOT_SHOWN: Final = {f"{_W}del", f"{_W}moveFrom", f"{_W}rPr", f"{_W}pPr", f"{_MC}Fallback", f"{_W}sdtPr"}
_MARKS: Final = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_LONGEST_CELL: Final = 300


def read(data: bytes, *, name: Path, encoding: str | None = None) -> Content:  # noqa: ARG001 -- all readers have it
    """Return the text of a document's body.

    Raises:
        DocumentError: The file is damaged, protected, too large when it is unpacked, or has no text.
    """
    if not data:
        raise DocumentError(name, "is empty")
    if data.startswith(_COMPOUND):
        raise DocumentError(
            name, "is protected by a password or an older .doc file; save it as DOCX without a password"
        )
    with understood(name, "DOCX file"):
        _check_size(data, name)
        import docx  # noqa: PLC0415 -- only DOCX needs it

        document = docx.Document(io.BytesIO(data))
        blocks = list(_blocks(document.element.body, _list_styles(document)))
        origin, made = _origin(document)
    return Content(text=checked(joined(blocks), name, empty="has no text"), origin=origin, made=made)


def _check_size(data: bytes, name: Path) -> None:
    """Raise `DocumentError` if a file unpacks to more than a document does; unpacking stops at the sizes it states."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = packed.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise DocumentError(name, "is protected by a password; save it without one")
    xml = max((part.file_size for part in parts if part.filename.lower().endswith((".xml", ".rels"))), default=0)
    if sum(part.file_size for part in parts) > MOST_BYTES or xml > MOST_OF_A_PART:
        raise too_long(name, f"more than {MOST_BYTES // 1_000_000} MB when it is unpacked, perhaps with")


def _list_styles(document: Document) -> frozenset[str]:
    """Return the ids of the paragraph styles that make list items."""
    return frozenset(
        style.style_id
        for style in document.styles
        if style.name and style.name.lower().startswith("list ") and "continue" not in style.name.lower()
    )


def _blocks(parent: _Element, list_styles: frozenset[str]) -> Iterator[str]:
    for child in parent:
        if child.tag == f"{_W}p":
            yield _paragraph(child, list_styles)
        elif child.tag == f"{_W}tbl":
            yield from _table(child, list_styles)
        elif child.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}moveTo", f"{_W}customXml", f"{_W}smartTag"}:
            yield from _blocks(child, list_styles)


def _paragraph(paragraph: _Element, list_styles: frozenset[str]) -> str:
    words = "".join(_shown(paragraph)).strip()
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    numbered = paragraph.find(f"{_W}pPr/{_W}numPr/{_W}numId")
    in_list = style is not None and style.get(f"{_W}val") in list_styles
    if numbered is not None:
        in_list = numbered.get(f"{_W}val") != "0" and not _is_heading(style)
    return f"{BULLET}{folded(words)}" if in_list and words else words


def _is_heading(style: _Element | None) -> bool:
    value = style.get(f"{_W}val") if style is not None else None
    return (value or "").lower().startswith(("heading", "title"))


def _table(table: _Element, list_styles: frozenset[str]) -> Iterator[str]:
    """Yield the rows of a table, cells set apart by tabs, or the paragraphs of one that only sets a page."""
    rows = [[cell for cell in row.iter(f"{_W}tc") if _owner(cell) is row] for row in table.iterchildren(f"{_W}tr")]
    texts = [[folded("\n".join("".join(_shown(p)) for p in cell.iter(f"{_W}p"))) for cell in row] for row in rows]
    nested = any(True for _ in table.iterdescendants(f"{_W}tbl"))
    if nested or all(len(row) <= 1 for row in rows) or any(len(text) > _LONGEST_CELL for row in texts for text in row):
        for row in rows:
            for cell in row:
                yield from _blocks(cell, list_styles)
    else:
        for words in texts:
            yield "\t".join(words).rstrip()


def _owner(cell: _Element) -> _Element | None:
    """Return the row that a cell is of; content controls may stand between them."""
    return next(cell.iterancestors(f"{_W}tr"), None)


def _shown(element: _Element) -> Iterator[str]:
    """Yield the words below an element that are shown: what was inserted, not what was deleted."""
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _MARKS:
            yield _MARKS[child.tag]
        elif child.tag not in _NOT_SHOWN:
            yield from _shown(child)
        if child.tag == f"{_W}p":
            yield "\n"  # a paragraph of a text box


def _origin(document: Document) -> tuple[Source, str | None]:
    core = document.core_properties
    made = core.created or core.modified
    publisher, language = (folded(value or "") or None for value in (core.author, core.language))
    origin = Source(id="", title=given_title(core.title), publisher=publisher, language=language)
    return origin, made.date().isoformat() if made else None
