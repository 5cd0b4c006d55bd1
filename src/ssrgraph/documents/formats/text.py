"""Plain text, kept character for character."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssrgraph.documents.formats.content import Content, checked
from ssrgraph.documents.formats.encodings import decoded, guessed, known_encoding, marked, wide
from ssrgraph.errors import DocumentError

if TYPE_CHECKING:
    from pathlib import Path

_WIDE = ("utf-16", "utf-32")
_COMMON = {"cp1252": "windows-1252", "cp1250": "windows-1250", "cp1251": "windows-1251", "mac_roman": "mac-roman"}


def read(data: bytes, *, name: Path, encoding: str | None = None) -> Content:
    """Return the text of a file in UTF-8, UTF-16, UTF-32 with a byte order mark, or the encoding named.

    Raises:
        DocumentError: The bytes are empty, binary, too many, or not in UTF-8 and no other encoding that fits is named.
    """
    return Content(text=checked(characters(data, name=name, encoding=encoding), name))


def characters(data: bytes, *, name: Path, encoding: str | None = None) -> str:
    """Return the characters of a text file, all of them.

    Raises:
        DocumentError: The bytes are binary, or not in UTF-8 and no other encoding that fits is named.
    """
    mark = marked(data)
    found = mark if mark in _WIDE else wide(data)
    if found and (text := decoded(data, found)) is not None and "\x00" not in text:
        return text
    if b"\x00" in data:
        raise DocumentError(name, "is binary; convert it to plain text in UTF-8 first")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if encoding is None:
            raise DocumentError(name, _remedy(data, error.start)) from error
    if (text := decoded(data, known_encoding(encoding) or "utf-8")) is not None:
        return text
    raise DocumentError(name, f"is neither UTF-8 nor {encoding}; name the encoding that it is in by --encoding")


def _remedy(data: bytes, byte: int) -> str:
    found = guessed(data)
    if found is None:
        return f"is not UTF-8 (byte {byte}) and looks binary; convert it to plain text in UTF-8 first"
    label = _COMMON.get(found, found)
    return f"is not UTF-8 (byte {byte}) but perhaps {label}; convert it to UTF-8, or read it with --encoding {label}"
