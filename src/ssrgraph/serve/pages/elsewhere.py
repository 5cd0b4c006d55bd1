"""What an entity is in other data sets, with what is known of each link."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from ssrgraph.graph import Iris, links_in
from ssrgraph.serve.pages.parts import Elsewhere, Link
from ssrgraph.vocabulary import PREFIXES, WIKIDATA, Owl

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.entities.links import Link as Mapping
    from ssrgraph.serve.pages.reading import Reader

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def elsewhere(reader: Reader, node: NamedNode) -> tuple[Elsewhere, ...]:
    """Return what an entity is in other data sets, those that are nearest first."""
    base, store = reader.names.base, reader.store
    graph = Iris(base).graph("links")
    found = store.match(None, NamedNode(Owl.ANNOTATED_SOURCE), node, graph)
    triples = [triple for one in found for triple in store.match(one.subject, None, None, graph)]
    links = sorted(
        links_in(triples, base=base), key=lambda link: (not link.predicate.endswith("exactMatch"), link.object)
    )
    return tuple(
        Elsewhere(relation=_words(link.predicate), link=_link(link), note=", ".join(_note(link))) for link in links
    )


def _link(mapping: Mapping) -> Link:
    name = mapping.object.removeprefix(WIKIDATA)
    in_wikidata = name != mapping.object
    text = f"{mapping.object_label} ({name})" if mapping.object_label else name
    return Link(
        text=f"Wikidata: {text}" if in_wikidata else text,
        href=mapping.object if mapping.object.startswith(("http://", "https://")) else "",
        about=f"wd:{name}" if in_wikidata else mapping.object,
        is_outside=True,
    )


def _note(mapping: Mapping) -> Iterator[str]:
    yield _words(mapping.justification)
    if mapping.author or mapping.reviewer:
        yield f"by {mapping.author or mapping.reviewer}"
    if mapping.date:
        yield mapping.date
    if mapping.confidence is not None:
        yield f"confidence {mapping.confidence}"
    if mapping.comment:
        yield mapping.comment


def _words(iri: str) -> str:
    """Return the last part of an IRI in small letters, as words."""
    local = iri.removeprefix(PREFIXES["semapv"]).removeprefix(PREFIXES["skos"])
    return _CAMEL.sub(" ", local).lower()
