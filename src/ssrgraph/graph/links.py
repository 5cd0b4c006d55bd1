"""The graph of links: which entities are which items of Wikidata, with what is known of each link."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode, Quad, Triple

from ssrgraph.entities.links import Link
from ssrgraph.graph import terms
from ssrgraph.graph.iris import Iris
from ssrgraph.vocabulary import BASE, Dct, Owl, Rdf, Rdfs, Skos, Sssom

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


def link_quads(
    links: Iterable[Link], *, is_there: Callable[[NamedNode], bool], base: str = BASE, same_as: bool = False
) -> list[Quad]:
    """Return the quads of `graph/links`.

    Each link is one triple, and beside it a node that says how it was found, by whom, when and how surely, in the terms
    of SSSOM's form as RDF.

    Args:
        links: Links that count; what they call ours begins with the project's own base.
        is_there: Says whether the store describes a subject; links of others are left out.
        base: Where resources live; ends with a slash.
        same_as: Whether exact matches of entities are stated as `owl:sameAs` too.
    """
    iris = Iris(base)
    graph = iris.graph("links")
    found: dict[Triple, None] = {}
    for link in links:
        subject = NamedNode(_at(link.subject, base))
        if is_there(subject):
            found.update(dict.fromkeys(_triples(link, subject, iris)))
            if same_as and link.predicate == Skos.EXACT_MATCH and subject.value.startswith(f"{base}id/"):
                found[Triple(subject, NamedNode(Owl.SAME_AS), NamedNode(link.object))] = None
    return [Quad(one.subject, one.predicate, one.object, graph) for one in found]


def links_in(triples: Iterable[Triple], *, base: str = BASE, under: str = BASE) -> list[Link]:
    """Return the links that a graph of links holds, sorted.

    Args:
        triples: The graph.
        base: Where the resources of the graph live.
        under: Where those of the links shall live: a file that a build reads has the project's own base.
    """
    parts: dict[object, dict[str, str]] = {}
    for one in triples:
        if isinstance(one.object, NamedNode | Literal):
            parts.setdefault(one.subject, {})[one.predicate.value] = one.object.value
    return sorted(
        (_link(part, base, under) for part in parts.values() if part.get(Rdf.TYPE) == Owl.AXIOM),
        key=lambda link: (link.subject, link.predicate, link.object),
    )


_TEXTS = {
    Sssom.SUBJECT_LABEL: "subject_label",
    Sssom.OBJECT_LABEL: "object_label",
    Sssom.AUTHOR_LABEL: "author",
    Sssom.REVIEWER_LABEL: "reviewer",
    Rdfs.COMMENT: "comment",
}
_NODES = {
    Owl.ANNOTATED_PROPERTY: "predicate",
    Owl.ANNOTATED_TARGET: "object",
    Sssom.MAPPING_JUSTIFICATION: "justification",
    Sssom.AUTHOR_ID: "author_id",
}


def _triples(link: Link, subject: NamedNode, iris: Iris) -> Iterator[Triple]:
    predicate, value = NamedNode(link.predicate), NamedNode(link.object)
    node = NamedNode(f"{iris.graph('links').value}#{_hash(link)}")
    yield Triple(subject, predicate, value)
    yield Triple(node, NamedNode(Rdf.TYPE), NamedNode(Owl.AXIOM))
    yield Triple(node, NamedNode(Owl.ANNOTATED_SOURCE), subject)
    for name, attribute in _NODES.items():
        if iri := getattr(link, attribute):
            yield Triple(node, NamedNode(name), NamedNode(iri))
    for name, attribute in _TEXTS.items():
        if text := getattr(link, attribute):
            yield Triple(node, NamedNode(name), Literal(text))
    if link.confidence is not None:
        yield Triple(node, NamedNode(Sssom.CONFIDENCE), terms.number(link.confidence))
    if link.date:
        yield Triple(node, NamedNode(Dct.CREATED), terms.date(link.date))


def _link(part: dict[str, str], base: str, under: str) -> Link:
    confidence = part.get(Sssom.CONFIDENCE)
    texts: dict[str, Any] = {attribute: part.get(name, "") for name, attribute in (_NODES | _TEXTS).items()}
    return Link(
        subject=_at(part.get(Owl.ANNOTATED_SOURCE, ""), under, base),
        date=part.get(Dct.CREATED, ""),
        confidence=None if confidence is None else Decimal(confidence),
        **texts,
    )


def _hash(link: Link) -> str:
    return hashlib.sha256(f"{link.subject}\x1f{link.predicate}\x1f{link.object}".encode()).hexdigest()[:16]


def _at(iri: str, base: str, former: str = BASE) -> str:
    """Return the IRI of an entity or document under another base; others, such as terms, stay as they are."""
    if iri.startswith((f"{former}id/", f"{former}document/")):
        return f"{base}{iri.removeprefix(former)}"
    return iri
