"""Web pages: their main text without menus, and what they say of their origin."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ssrgraph.documents.formats.content import BULLET, Content, checked, folded, joined, titled, too_long
from ssrgraph.documents.formats.encodings import text_of_page
from ssrgraph.documents.formats.failures import understood
from ssrgraph.documents.formats.page_metadata import read_metadata
from ssrgraph.documents.formats.tree import blocks_of
from ssrgraph.errors import DocumentError

if TYPE_CHECKING:
    from pathlib import Path

    from lxml.etree import _Element

MOST_BYTES: Final = 20_000_000
"""Larger pages are refused: the library that finds the main text takes minutes for them."""

_ONLY_MENU: Final = "has no running text, only menus and links"
_SENTENCE: Final = re.compile(r"\w[\"\u201d\u2019)]*[.!?;:]|\d")
_RUN_OF_WORDS: Final = 6
_FEW: Final = 250


def read(data: bytes, *, name: Path, encoding: str | None = None) -> Content:
    """Return the main text of a page.

    Raises:
        DocumentError: The page is empty, too large, in no encoding that can be told, or only a menu.
    """
    if not data.strip():
        raise DocumentError(name, "is empty")
    if len(data) > MOST_BYTES:
        raise too_long(name, f"up to {len(data):,}")
    page = text_of_page(data, name=name, encoding=encoding)
    return of_page(page, name=name)


def of_page(page: str, *, name: Path) -> Content:
    """Return the main text of a page and what it says of its origin.

    Raises:
        DocumentError: The page is only a menu, or too long.
    """
    with understood(name, "HTML page"):
        root = parsed(page)
        if root is None:
            raise DocumentError(name, _ONLY_MENU)
        origin = read_metadata(root)
        links = _links(root)
        body = _main_text(root)
        blocks = list(blocks_of(body, page=False)) if body is not None else []
        if len(blocks) <= 1 or sum(map(len, blocks)) < _FEW:
            # Of a page of a few words the library finds nothing, or gives all words with the menu in one piece.
            blocks = [block for block in blocks_of(root, page=True) if not _is_links(block, links)]
    if not any(_is_text(line, links) for block in blocks for line in block.split("\n")):
        raise DocumentError(name, _ONLY_MENU)
    return Content(text=checked(titled(origin.title, joined(blocks)), name), origin=origin)


def parsed(page: str) -> _Element | None:
    """Return the root element of a page, None if it has none."""
    from lxml.etree import ParserError  # noqa: PLC0415 -- only HTML and what is made into it need it
    from lxml.html import document_fromstring  # noqa: PLC0415

    # An XML declaration, and characters that XML does not know, make lxml refuse a text.
    shown = re.sub(r"^\s*<\?xml[^>]*\?>", "", page.lstrip("\ufeff"))
    try:
        root: _Element = document_fromstring(
            re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", shown)
        )
    except ParserError:
        return None
    return root


def _main_text(root: _Element) -> _Element | None:
    """Return the tree of the main text; it keeps headings, paragraphs, lists, tables and quotations apart."""
    from trafilatura import bare_extraction  # noqa: PLC0415 -- takes a fifth of a second

    found = bare_extraction(root, include_comments=False, include_tables=True, include_links=False, with_metadata=False)
    body: _Element | None = getattr(found, "body", None)
    return body


def _links(root: _Element) -> frozenset[str]:
    """Return the words of all links, each also without the white space at its ends."""
    return frozenset(folded("".join(link.itertext())) for link in root.iter("a")) - {""}


def _is_text(line: str, links: frozenset[str]) -> bool:
    """Say whether a line is more than links: a sentence, a figure or a run of words."""
    words = _apart_from(links, line)
    return len(words.split()) >= _RUN_OF_WORDS or bool(_SENTENCE.search(words))


def _is_links(block: str, links: frozenset[str]) -> bool:
    """Say whether a block is nothing but links."""
    return not re.search(r"\w", _apart_from(links, block))


def _apart_from(links: frozenset[str], block: str) -> str:
    """Return the words of a block without those of links, long ones first."""
    words = folded(block)
    if words.removeprefix(BULLET) in links:
        return ""
    for link in sorted((link for link in links if link in words), key=lambda link: (-len(link), link)):
        words = words.replace(link, " ")
    return words
