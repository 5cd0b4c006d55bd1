"""Markdown (CommonMark with tables), and the lines of metadata that may stand in front of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ssrgraph.documents.formats.content import Content, checked, folded, iso_date, joined, titled
from ssrgraph.documents.formats.failures import understood
from ssrgraph.documents.formats.html import parsed
from ssrgraph.documents.formats.text import characters
from ssrgraph.documents.formats.tree import blocks_of
from ssrgraph.documents.sources import Source

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_FRONT: Final = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELD: Final = re.compile(r"([A-Za-z][\w -]*?)\s*:\s+(.+?)\s*")
_MOST_FRONT: Final = 20_000


def read(data: bytes, *, name: Path, encoding: str | None = None) -> Content:
    """Return the text of a Markdown file without its marks.

    Raises:
        DocumentError: The file is no text, or empty, or too long.
    """
    text = checked(characters(data, name=name, encoding=encoding), name)
    front = _FRONT.match(text[:_MOST_FRONT])
    with understood(name, "Markdown file"):
        fields = _fields(front[1]) if front else {}
        root = parsed(_page(text[front.end() :] if front else text.lstrip("\ufeff")))
        blocks = list(blocks_of(root, page=True)) if root is not None else []
    origin = Source(
        id="",
        title=fields.get("title"),
        publisher=fields.get("publisher") or fields.get("author"),
        date=iso_date(fields.get("date")),
        language=fields.get("language") or fields.get("lang"),
        url=fields.get("url") or fields.get("canonical"),
    )
    return Content(text=checked(titled(origin.title, joined(blocks)), name), origin=origin)


def _page(text: str) -> str:
    from markdown_it import MarkdownIt  # noqa: PLC0415 -- only Markdown needs it

    return f"<html><body>{MarkdownIt('commonmark').enable('table').render(text)}</body></html>"


def _fields(front: str) -> Mapping[str, str]:
    """Return the simple fields of the lines of metadata; lists and nested ones are not for us."""
    matches = (_FIELD.fullmatch(line) for line in front.splitlines())
    return {match[1].lower(): folded(match[2].strip("\"'")) for match in matches if match}
