"""The formats in which answers and graphs travel: names, media types, endings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssrgraph.serve import negotiation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format.

    Attributes:
        name: How `--format` and `?format=` call it.
        media_type: Its registered media type.
        ending: What file names end in.
        aliases: Other media types that clients ask for and mean it.
        other_names: How else `?format=` of clients calls it.
    """

    name: str
    media_type: str
    ending: str
    aliases: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """What the header says of an answer in it."""
        return _content_type(self.media_type)


def _content_type(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _named(*formats: Format) -> Mapping[str, Format]:
    return {each.name: each for each in formats}


ROWS = _named(
    Format(
        name="json",
        media_type="application/sparql-results+json",
        ending="srj",
        aliases=("application/json", "text/json"),
    ),
    Format(
        name="xml", media_type="application/sparql-results+xml", ending="srx", aliases=("application/xml", "text/xml")
    ),
    Format(name="csv", media_type="text/csv", ending="csv"),
    Format(name="tsv", media_type="text/tab-separated-values", ending="tsv"),
)
"""Formats of the rows of SELECT and the answer of ASK, the preferred one first."""

TRIPLES = _named(
    Format(
        name="turtle",
        media_type="text/turtle",
        ending="ttl",
        aliases=("application/x-turtle",),
        other_names=("n3",),
    ),
    Format(
        name="ntriples",
        media_type="application/n-triples",
        ending="nt",
        aliases=("text/plain",),
        other_names=("n-triples",),
    ),
    Format(
        name="jsonld",
        media_type="application/ld+json",
        ending="jsonld",
        aliases=("application/json",),
        other_names=("json-ld", "json"),
    ),
    Format(
        name="rdfxml",
        media_type="application/rdf+xml",
        ending="rdf",
        aliases=("application/xml", "text/xml"),
        other_names=("rdf+xml", "xml"),
    ),
)
"""Formats of one graph."""

DATASETS = _named(
    Format(name="trig", media_type="application/trig", ending="trig", aliases=("application/x-trig",)),
    Format(name="nquads", media_type="application/n-quads", ending="nq", aliases=("text/x-nquads",)),
)
"""Formats of graphs with their names; JSON-LD is another one."""

GRAPHS = {**TRIPLES, **DATASETS}
"""Formats in which one graph can be written: all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A format that suits a client.

    Attributes:
        format: The format.
        content_type: What the Content-Type header says; one of the format's own media types or aliases.
    """

    format: Format
    content_type: str


def choose(accept: str | None, formats: Mapping[str, Format], *, name: str | None = None) -> Choice | None:
    """Return the format that suits a client; None if none does.

    Args:
        accept: The Accept header.
        formats: What can be written.
        name: The name of a format that the address asks for; it counts before the header.
    """
    if name is not None:
        found = named(name, formats)
        return None if found is None else Choice(format=found, content_type=found.content_type)
    by_type = _by_type(formats.values())
    chosen = negotiation.best(accept, tuple(by_type))
    return None if chosen is None else Choice(format=by_type[chosen], content_type=_content_type(chosen))


def named(name: str, formats: Mapping[str, Format]) -> Format | None:
    """Return the format that an address calls by this name; None if there is none.

    >>> named("json-ld", GRAPHS).name, named("ttl", GRAPHS).name, named("ttl", ROWS)
    ('jsonld', 'turtle', None)
    """
    every = formats.values()
    return formats.get(name) or next((each for each in every if name in {each.ending, *each.other_names}), None)


def by_media_type(content_type: str | None, formats: Mapping[str, Format]) -> Format | None:
    """Return the format of what a client sends; None if it is not known."""
    return _by_type(formats.values()).get(negotiation.media_type(content_type))


def media_types(formats: Mapping[str, Format]) -> tuple[str, ...]:
    """Return the registered media types of formats."""
    return tuple(each.media_type for each in formats.values())


def _by_type(formats: Iterable[Format]) -> dict[str, Format]:
    """Return the formats by media type: all the registered ones first, so that they are preferred."""
    known = list(formats)
    types = {each.media_type: each for each in known}
    for each in known:
        for alias in each.aliases:
            types.setdefault(alias, each)
    return types
