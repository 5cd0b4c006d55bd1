"""Documents, their blocks and sentences, all as spans of the text exactly as it was stored."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ssrgraph.documents.sources import Source


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a document's text.

    Attributes:
        start: Offset of the first character, in Unicode code points of the stored text.
        end: Offset behind the last character; greater than `start`.
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters that the span covers.

        >>> Span(4, 8).of("The EUTM Mali")
        'EUTM'
        """
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Say whether the other span lies within this one."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Say whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


class BlockKind(StrEnum):
    """What a block of text is, by its form."""

    TITLE = "title"
    HEADING = "heading"
    DATELINE = "dateline"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CONTACT = "contact"
    """Whom to ask, with or without a telephone number: names bodies and posts, yields no figures."""
    FURNITURE = "furniture"
    """Navigation, footers, cookie notes: yields nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, list item, heading or other block of lines.

    Attributes:
        kind: What it is.
        span: Its text without the white space around it and without a list item's bullet.
        sentences: Its sentences in order, each within `span`; they leave out only white space.
        lead: For a list item, the span of the block that introduces the list ("The package includes:"), else None.
    """

    kind: BlockKind
    span: Span
    sentences: tuple[Span, ...]
    lead: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document as it was given, or as plain text if it was given in another format.

    Attributes:
        id: The file name without its extension.
        text: The stored text, to which all offsets refer. Of a text file: character for character, line ends as in the
            file.
        sha256: Hex digest of the stored text in UTF-8. Of a text file in UTF-8 that is the digest of the file.
        blocks: All blocks in order; they do not overlap.
        title: The span of its first line, if that is short and no sentence.
        headline: The span of the line that a reader would quote as its title, if its form tells one; often not the
            first line.
        date: The date of publication as YYYY-MM-DD, YYYY-MM or YYYY: what the file says of it, or else its date line,
            or else when the file says that it was made.
        file_sha256: Hex digest of the file's bytes, where they are not the stored text.
        media_type: What the file was, where it is not plain text: `application/pdf`.
        origin: What the file says of its origin apart from its text.
    """

    id: str
    text: str
    sha256: str
    blocks: tuple[Block, ...]
    title: Span | None = None
    headline: Span | None = None
    date: str | None = None
    file_sha256: str | None = None
    media_type: str | None = None
    origin: Source | None = None
