"""What a web page says of itself: title, publisher, date and address, from its head and its structured data."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from ssrgraph.documents.formats.content import folded, iso_date
from ssrgraph.documents.sources import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

_TITLES: Final = ("og:title", "dc.title", "dcterms.title", "citation_title", "twitter:title")
_PUBLISHERS: Final = ("dc.publisher", "dcterms.publisher", "citation_publisher", "og:site_name", "application-name")
_DATES: Final = (
    "article:published_time", "og:published_time", "dc.date.issued", "dcterms.issued", "dcterms.date",
    "dcterms.created", "dc.date", "citation_publication_date", "citation_date", "datepublished", "publish_date",
    "publication_date", "pubdate", "date",
)  # fmt: skip
_PAGES: Final = ("Article", "NewsArticle", "Report", "WebPage", "BlogPosting", "GovernmentService", "PressRelease")
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]+")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*")
_DEEPEST: Final = 6


def read_metadata(root: _Element) -> Source:
    """Return what a page says of its origin; its id is empty."""
    named = _named(root)
    data = list(_structured(root))
    return Source(
        id="",
        title=_first(named, _TITLES) or _of_data(data, "headline", "name") or _heading(root) or _title(root),
        publisher=_first(named, _PUBLISHERS) or _of_data(data, "publisher"),
        date=iso_date(_first(named, _DATES)) or iso_date(_of_data(data, "datePublished", "dateCreated")) or _time(root),
        language=_language(root),
        url=_address(root, named, data),
    )


def _named(root: _Element) -> dict[str, str]:
    """Return the contents of the `meta` elements by name or property, lower case; the first of a name counts."""
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        content = folded(meta.get("content") or "")
        for attribute in ("property", "name", "itemprop"):
            if content and (name := meta.get(attribute)):
                found.setdefault(name.strip().lower(), content)
    return found


def _first(named: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((named[name] for name in names if name in named), None)


def _structured(root: _Element) -> Iterator[Mapping[str, Any]]:
    """Yield the objects of the page's JSON-LD that describe a page or an article."""
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json":
            try:
                value = json.loads("".join(script.itertext()))
            except (ValueError, RecursionError):
                continue
            yield from _articles(value, _DEEPEST)


def _articles(value: object, depth: int) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list) and depth:
        for one in value:
            yield from _articles(one, depth - 1)
    elif isinstance(value, dict) and depth:
        kinds = value.get("@type")
        if any(kind in _PAGES for kind in (kinds if isinstance(kinds, list) else [kinds])):
            yield value
        yield from _articles(value.get("@graph"), depth - 1)


def _of_data(data: list[Mapping[str, Any]], *keys: str) -> str | None:
    for key in keys:
        for each in data:
            value = each.get(key)
            value = value[0] if isinstance(value, list) and value else value
            value = value.get("name") if isinstance(value, dict) else value
            if isinstance(value, str) and folded(value):
                return folded(value)
    return None


def _heading(root: _Element) -> str | None:
    """Return the only heading of the first rank."""
    headings = [words for element in root.iter("h1") if (words := folded("".join(element.itertext())))]
    return headings[0] if len(headings) == 1 else None


def _title(root: _Element) -> str | None:
    return next((words for element in root.iter("title") if (words := folded("".join(element.itertext())))), None)


def _time(root: _Element) -> str | None:
    """Return the date of an element that is marked as the date of publication."""
    for element in root.iter("time", "span", "meta"):
        if (element.get("itemprop") or "").lower() == "datepublished" or element.get("pubdate") is not None:
            return iso_date(element.get("datetime") or element.get("content") or "".join(element.itertext()))
    return None


def _language(root: _Element) -> str | None:
    page = root if root.tag == "html" else next(iter(root.iter("html")), root)
    value = (page.get("lang") or "").strip()
    return value.replace("_", "-") if _LANGUAGE.fullmatch(value) else None


def _address(root: _Element, named: Mapping[str, str], data: list[Mapping[str, Any]]) -> str | None:
    links = [link.get("href") or "" for link in root.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    for address in (*links, named.get("og:url"), _of_data(data, "url")):
        if address and _ADDRESS.fullmatch(address.strip()):
            return address.strip()
    return None
