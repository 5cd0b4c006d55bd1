"""The formats that documents come in, one module each; all become plain text."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Final

from ssrgraph.documents.formats.content import Content

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["FORMATS", "LIBRARIES", "SUFFIXES", "Content", "Format", "convert", "format_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format of files.

    Attributes:
        module: Name of the module that reads it; it has `read(data, *, name, encoding)`.
        media_type: Its media type.
        suffixes: How names of such files end, lower case.
    """

    module: str
    media_type: str
    suffixes: tuple[str, ...]


FORMATS: Final = (
    Format(module="text", media_type="text/plain", suffixes=(".txt",)),
    Format(
        module="word",
        media_type=("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        suffixes=(".docx",),
    ),
    Format(module="mail", media_type="message/rfc822", suffixes=(".eml",)),
    Format(module="html", media_type="text/html", suffixes=(".htm", ".html")),
    Format(module="markdown", media_type="text/markdown", suffixes=(".md",)),
    Format(module="pdf", media_type="application/pdf", suffixes=(".pdf",)),
)
"""The formats, plain text first: it is also what a file of any other name is taken for."""

SUFFIXES: Final = tuple(suffix for each in FORMATS for suffix in each.suffixes)
"""The endings of names that a folder's documents have."""

LIBRARIES: Final = (
    "charset-normalizer", "lxml", "markdown-it-py", "py3langid", "pypdfium2", "python-docx", "trafilatura",
)  # fmt: skip
"""The libraries that decide what text a file is turned into."""


def format_of(path: Path) -> Format:
    """Return the format that a file's name tells; plain text if it tells none.

    >>> from pathlib import Path
    >>> format_of(Path("a.PDF")).module, format_of(Path("b.text")).module
    ('pdf', 'text')
    """
    suffix = path.suffix.lower()
    return next((each for each in FORMATS if suffix in each.suffixes), FORMATS[0])


def convert(data: bytes, *, name: Path, encoding: str | None = None) -> Content:
    """Return the text of a file and what it says of its origin.

    Args:
        data: The file's bytes.
        name: The file as the caller named it; its ending tells the format.
        encoding: What text is in that is neither UTF-8 nor says what it is in.

    Raises:
        DocumentError: The file has no text, too much of it, or none that can be read.
    """
    # Each format's library is loaded only when a file needs it.
    reader = import_module(f"{__name__}.{format_of(name).module}")
    content = reader.read(data, name=name, encoding=encoding)
    if not isinstance(content, Content):
        raise TypeError(reader)
    return content
