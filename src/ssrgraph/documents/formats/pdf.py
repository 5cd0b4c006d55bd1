"""PDF: the printed text in the order of reading, without page numbers, headers and footers that repeat."""

from __future__ import annotations

import ctypes
import re
from typing import TYPE_CHECKING, Final

from ssrgraph.documents.formats.content import (
    MOST_CHARACTERS,
    Content,
    checked,
    folded,
    given_title,
    iso_date,
    joined,
    plain,
    too_long,
)
from ssrgraph.documents.formats.failures import understood
from ssrgraph.documents.formats.pdf_lines import Line, paragraphs
from ssrgraph.documents.sources import Source
from ssrgraph.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pypdfium2 import PdfDocument, PdfPage

_PASSWORD_ERROR: Final = 4
_WIDE_GAP: Final = 1.5
"""A gap of so many times the size of the type sets columns apart; no justified line has one."""

_MADE: Final = re.compile(r"D?:?(\d{4})(\d\d)?(\d\d)?")
_BROKEN_WORD: Final = "\x02"
"""What PDFium puts for a hyphen that only breaks a word."""


def read(data: bytes, *, name: Path, encoding: str | None = None) -> Content:  # noqa: ARG001 -- all readers have it
    """Return the text of a PDF.

    Raises:
        DocumentError: The file is damaged or protected by a password, or has no text or too much.
    """
    if not data:
        raise DocumentError(name, "is empty")
    with understood(name, "PDF"):
        document = _opened(data, name)
        try:
            origin, made = _origin(document)
            lines = list(_lines(document, name))
        finally:
            document.close()
    text = joined(paragraphs(lines))
    if not text.strip():
        raise DocumentError(name, "has no text, only images; run text recognition (OCR) over it first")
    return Content(text=checked(text, name), origin=origin, made=made)


def _opened(data: bytes, name: Path) -> PdfDocument:
    from pypdfium2 import PdfDocument, PdfiumError  # noqa: PLC0415 -- only PDF needs it

    try:
        return PdfDocument(data)
    except PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_ERROR:
            raise DocumentError(name, "is protected by a password; save it without one") from error
        raise


def _lines(document: PdfDocument, name: Path) -> Iterator[Line]:
    characters = 0
    for number in range(len(document)):
        page = document[number]
        for line in _lines_of(page, number):
            characters += len(line.text)
            if characters > MOST_CHARACTERS:
                raise too_long(name, f"more than {MOST_CHARACTERS:,}")
            yield line
        page.close()


def _lines_of(page: PdfPage, number: int) -> Iterator[Line]:
    """Yield the printed lines of a page as PDFium finds them."""
    from pypdfium2 import raw  # noqa: PLC0415

    text = page.get_textpage()
    left, right, bottom, top, across, base = (ctypes.c_double() for _ in range(6))
    words: list[str] = []
    start = end = size = 0.0
    sized = False
    for i in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text.raw, i)
        character = chr(code) if 0 < code <= 0x10FFFF else ""  # noqa: PLR2004 -- the last character of Unicode
        if character in {"\r", "\n", _BROKEN_WORD}:
            # For a word that is broken at the end of a line, PDFium gives no line end.
            words += ["-"] if character == _BROKEN_WORD else []
            if words:
                yield _line(words, number, start=start, end=end, base=base.value, size=size)
            words = []
        elif character.isspace():
            words.append(" ")
        elif character:
            raw.FPDFText_GetCharBox(text.raw, i, left, right, bottom, top)
            if not "".join(words).strip():
                size, sized = 0.0, False
                raw.FPDFText_GetCharOrigin(text.raw, i, across, base)
                start = left.value
            elif left.value - end > _WIDE_GAP * size and words[-1] == " ":
                words[-1] = "\t"
            if not size or (not sized and character.isalnum()):
                # The bullet of a list item may be of another size than its words.
                size, sized = raw.FPDFText_GetFontSize(text.raw, i) or 1.0, character.isalnum()
            words.append(character)
            end = right.value
    if words:
        yield _line(words, number, start=start, end=end, base=base.value, size=size)
    text.close()


def _line(words: list[str], page: int, *, start: float, end: float, base: float, size: float) -> Line:
    cells = (folded(cell) for cell in "".join(words).split("\t"))
    return Line(text="\t".join(cells).strip(), left=start, right=end, base=base, size=max(size, 1.0), page=page)


def _origin(document: PdfDocument) -> tuple[Source, str | None]:
    fields = {key: folded(plain(str(value))) for key, value in document.get_metadata_dict().items()}
    made = _MADE.match(fields.get("CreationDate") or fields.get("ModDate") or "")
    return (
        Source(id="", title=given_title(fields.get("Title")), publisher=fields.get("Author") or None),
        iso_date("-".join(part for part in made.groups() if part)) if made else None,
    )
