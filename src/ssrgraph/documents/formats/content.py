"""What every format is turned into: plain text, and what the file says of its origin."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from ssrgraph.documents.sources import Source
from ssrgraph.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MOST_CHARACTERS: Final = 1_000_000
"""Longer texts are refused: more than some four hundred pages make a file of several documents, or no document."""

BULLET: Final = "• "
"""What a list item of the stored text begins with."""

_DROPPED: Final = {"\u00ad", "\u200b", "\u2060", "\ufeff", "\ufffe", "\uffff"}
"""Soft hyphens, marks of no width and what is no character: they stand within words and would hide them."""

_DATE: Final = re.compile(r"\s*((?:19|20)\d\d)(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?![\d/-])")
_NO_TITLE: Final = re.compile(
    r"microsoft (?:word|powerpoint)\b.*|.*\.(?:docx?|pdf|rtf|odt|indd|qxd|xlsx?|pptx?|html?|tmp)"
    r"|(?:word |new )?document\s*\d*|untitled.*|(?:power ?point )?presentation\s*\d*|slide \d+|title|template|draft",
    re.IGNORECASE,
)
"""What programs put for the title of a file that nobody gave one."""

_SPACES: Final = re.compile(r"[^\S\n\t]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a reader of a format found in a file.

    Attributes:
        text: The text. Paragraphs, headings and table rows stand apart by blank lines or line ends, list items begin
            with `BULLET`, the cells of a table row are set apart by tabs.
        origin: What the file itself says of its origin, apart from its text.
        made: When the file was made, YYYY-MM-DD; that is the date of publication only for want of a better one.
    """

    text: str
    origin: Source = field(default_factory=lambda: Source(id=""))
    made: str | None = None


def checked(text: str, name: Path, *, empty: str = "is empty") -> str:
    """Return a text that is there and not too long.

    Raises:
        DocumentError: It is empty, which `empty` puts into words, or too long.
    """
    if not text.strip():
        raise DocumentError(name, empty)
    if len(text) > MOST_CHARACTERS:
        raise too_long(name, f"{len(text):,}")
    return text


def too_long(name: Path, characters: str) -> DocumentError:
    """Return the error for a text of more characters than are read."""
    return DocumentError(
        name, f"holds {characters} characters, more than the {MOST_CHARACTERS:,} of one document; split it"
    )


def plain(text: str) -> str:
    r"""Return a text without the characters that a converted file has no use for; line ends become `\n`.

    >>> plain("a\r\nb\x02 co\xadoperation")
    'a\nb cooperation'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    return "".join(
        character
        for character in lines
        if character in "\n\t" or (character not in _DROPPED and unicodedata.category(character) not in {"Cc", "Cs"})
    )


def folded(text: str) -> str:
    r"""Return one line: all white space folded to single spaces.

    >>> folded(" three\n  patrol\u00a0boats ")
    'three patrol boats'
    """
    return " ".join(plain(text).split())


def joined(blocks: Iterable[str]) -> str:
    """Return the text of blocks: blank lines between them, none between the items of a list."""
    text = ""
    former = ""
    for block in blocks:
        lines = (_SPACES.sub(" ", line).strip() for line in plain(block).split("\n"))
        words = "\n".join(line for line in lines if line)
        if not words:
            continue
        if text:
            text += "\n" if words.startswith(BULLET) and former.startswith(BULLET) else "\n\n"
        text += words
        former = words
    return text and f"{text}\n"


def titled(title: str | None, text: str) -> str:
    """Return a text that begins with its title: one that stands among its first lines already is not repeated."""
    if not title:
        return text
    first = (folded(line).casefold() for line in text.split("\n", 12)[:12])
    return text if folded(title).casefold() in set(first) else f"{folded(title)}\n\n{text}"


def given_title(text: str | None) -> str | None:
    """Return the title that a file's properties hold, None if a program put it there or it is a file's name.

    >>> given_title(" Annual  report "), given_title("Microsoft Word - draft3.docx"), given_title("Document1")
    ('Annual report', None, None)
    """
    title = folded(text or "")
    return title if title and not _NO_TITLE.fullmatch(title) else None


def iso_date(text: str | None) -> str | None:
    """Return the date that a text begins with as YYYY, YYYY-MM or YYYY-MM-DD, None if it begins with none.

    >>> iso_date("2021-05-04T10:00:00Z"), iso_date("2021/5"), iso_date("4 May 2021")
    ('2021-05-04', '2021-05', None)
    """
    match = _DATE.match(text or "")
    if match is None:
        return None
    year, month, day = match.groups()
    try:
        dt.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return "-".join([year, *(f"{int(part):02d}" for part in (month, day) if part)])
