"""From bytes to characters: UTF-8 first, then what the file declares, then what it looks like."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Final

from ssrgraph.errors import DocumentError

if TYPE_CHECKING:
    from pathlib import Path

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED: Final = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9][\w.:-]*)", re.IGNORECASE)
_HEAD: Final = 4096
_SAMPLE: Final = 65_536
_MOST_DISORDER: Final = 0.1
"""How disordered a text may look in an encoding that is believed, on the scale of charset-normalizer."""

_LEAST_NOUGHTS: Final = 0.35
"""At least this share of a text in UTF-16 that is mostly Latin is bytes that are nought: nearly half."""

_BROWSERS: Final = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030"}
"""Encodings that browsers read as a larger one, after the WHATWG Encoding Standard."""

_LIKELY: Final = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "mac_roman", "iso8859_15",
    "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr",
)  # fmt: skip


def known_encoding(encoding: str | None) -> str | None:
    """Return Python's name of an encoding of text, None if there is no such encoding.

    >>> known_encoding("Windows-1252"), known_encoding("hex"), known_encoding("nonsense")
    ('cp1252', None, None)
    """
    try:
        found = codecs.lookup(encoding or "")
    except (LookupError, ValueError):
        return None
    # Codecs such as hex and zip turn bytes into bytes.
    return found.name if getattr(found, "_is_text_encoding", True) else None


def marked(data: bytes) -> str | None:
    """Return the encoding that the first bytes of a file give for sure, by a byte order mark."""
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def wide(data: bytes) -> str | None:
    """Return the encoding of a text in UTF-16 that has no byte order mark, None if it is none.

    Every other byte of Latin letters is nought in it, and in no other text.

    >>> wide("Boats".encode("utf-16-be")), wide(b"Boats"), wide(bytes(range(8)) * 4)
    ('utf-16-be', None, None)
    """
    sample = data[:_SAMPLE]
    for encoding, high in (("utf-16-le", 1), ("utf-16-be", 0)):
        noughts = sample[high::2].count(0)
        if len(data) % 2 == 0 and noughts > len(sample) * _LEAST_NOUGHTS and not sample[1 - high :: 2].count(0):
            text = decoded(data, encoding)
            if text is not None and "\x00" not in text:
                return encoding
    return None


def is_utf8(data: bytes) -> bool:
    """Say whether bytes are valid UTF-8."""
    return decoded(data, "utf-8") is not None


def decoded(data: bytes, encoding: str) -> str | None:
    """Return the text of bytes in an encoding, None if they are not in it."""
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError, ValueError):
        return None


def declared(data: bytes) -> str | None:
    """Return the encoding that a page or an XML file declares near its beginning, as browsers understand it."""
    match = _DECLARED.search(data, 0, _HEAD)
    name = known_encoding(match[1].decode("ascii")) if match else None
    return _BROWSERS.get(name, name) if name else None


def guessed(data: bytes) -> str | None:
    """Return the encoding that bytes look like, None unless they make an orderly text in it."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 -- only files that are not UTF-8 need it

    best = from_bytes(
        data[:_SAMPLE], cp_isolation=list(_LIKELY), threshold=_MOST_DISORDER, enable_fallback=False
    ).best()
    if best is None or best.chaos > _MOST_DISORDER:
        return None
    name = known_encoding(best.encoding)
    return name if name and decoded(data, name) is not None else None


def text_of_page(data: bytes, *, name: Path, encoding: str | None = None, label: str | None = None) -> str:
    """Return the text of a file that may declare its encoding.

    In this order: a byte order mark; UTF-16 by its look; UTF-8 if the bytes are valid; what the sender declared; what
    the file declares; what the caller names; what the bytes look like.

    Args:
        data: The bytes.
        name: The file as the caller named it.
        encoding: What the caller says files are in that are not UTF-8.
        label: What came with the file says it is in.

    Raises:
        DocumentError: None of them fits.
    """
    candidates = (
        marked(data),
        wide(data),
        "utf-8",
        _BROWSERS.get(known_encoding(label) or "", known_encoding(label)),
        declared(data),
        known_encoding(encoding),
    )
    for candidate in candidates:
        if candidate and (text := decoded(data, candidate)) is not None:
            return text
    if found := guessed(data):
        return data.decode(found)
    raise DocumentError(name, "is in an encoding that cannot be told; convert it to UTF-8, or name it by --encoding")
