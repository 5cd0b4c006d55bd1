"""What a check found, document by document and node by node, as a file: the next check redoes what a change touches."""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    parse,
)

from ssrgraph.validation.content import Content, OfDocument
from ssrgraph.validation.counted import Counted, Period
from ssrgraph.validation.model import Finding, Kind, Severity, ShapeViolation
from ssrgraph.validation.shapes import shape_violations, shape_violations_after

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ssrgraph.materialize import Changed
    from ssrgraph.validation.evidence import Term

    Words = Mapping[tuple[NamedNode, Triple], tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a check finds in parts of a store, each by itself.

    Attributes:
        documents: What is found in each document, by its graph.
        shapes: Where shapes are violated, whatever graphs state what they see; in no certain order.
        words: The words of a document that account for a triple, for those that a finding is about.
    """

    documents: Mapping[NamedNode, OfDocument]
    shapes: tuple[ShapeViolation, ...]
    words: Words = field(default_factory=dict)


def find(content: Content, shapes: Sequence[Triple]) -> Found:
    """Look at all documents and all nodes of a store."""
    return Found(
        documents={graph: content.look_at(graph) for graph in content.graphs_of_documents()},
        shapes=tuple(shape_violations(content, shapes)),
    )


def find_after(content: Content, shapes: Sequence[Triple], former: Found, changed: Changed) -> Found:
    """Return the same as `find` from what was found before a change, looking only at what it touches."""

    def of(graph: NamedNode) -> OfDocument:
        known = former.documents.get(graph)
        touched = changed.graphs & {graph, content.evidence_graph(graph)}
        return content.look_at(graph) if known is None or touched else known

    content.former_words = {
        key: words for key, words in former.words.items() if content.evidence_graph(key[0]) not in changed.graphs
    }
    return Found(
        documents={graph: of(graph) for graph in content.graphs_of_documents()},
        shapes=tuple(shape_violations_after(content, shapes, former.shapes, changed)),
    )


def write_found(found: Found, shapes: Sequence[Triple], words: Words) -> bytes:
    """Return what was found as a file, with the words that were asked for on the way."""
    values = {
        "version": _version(tuple(shapes)),
        "documents": {graph.value: _of_document(one) for graph, one in found.documents.items()},
        "shapes": [
            [str(one.focus), one.path, one.value and str(one.value), one.constraint, one.severity, one.message]
            for one in found.shapes
        ],
        "words": [[graph.value, str(triple), quotes] for (graph, triple), quotes in words.items()],
    }
    return zlib.compress(json.dumps(values, ensure_ascii=False).encode(), 1)


def read_found(content: bytes, shapes: Sequence[Triple]) -> Found | None:
    """Return what such a file holds; None if other code or other shapes found it."""
    values = json.loads(zlib.decompress(content))
    if values["version"] != _version(tuple(shapes)):
        return None
    return Found(
        documents={NamedNode(graph): _document(one) for graph, one in values["documents"].items()},
        shapes=tuple(
            ShapeViolation(
                focus=_resource(focus),
                path=path,
                value=None if value is None else _resource(value),
                constraint=constraint,
                severity=severity,
                message=message,
            )
            for focus, path, value, constraint, severity, message in values["shapes"]
        ),
        words={(NamedNode(graph), _triple(text)): tuple(quotes) for graph, text, quotes in values["words"]},
    )


def _of_document(one: OfDocument) -> dict[str, Any]:
    return {
        "findings": [_of_finding(each) for each in one.findings],
        "counted": [_of_counted(each) for each in one.counted],
        "quotes": one.quotes,
    }


def _of_finding(one: Finding) -> list[Any]:
    graph = None if one.graph is None else one.graph.value
    return [one.kind, one.severity, str(one.subject), one.message, graph, one.quote, one.check]


def _document(values: Mapping[str, Any]) -> OfDocument:
    return OfDocument(
        findings=tuple(
            Finding(
                kind=Kind(kind),
                severity=Severity(severity),
                subject=_resource(subject),
                message=message,
                graph=None if graph is None else NamedNode(graph),
                quote=quote,
                check=check,
            )
            for kind, severity, subject, message, graph, quote, check in values["findings"]
        ),
        counted=tuple(_counted(one) for one in values["counted"]),
        quotes=tuple(values["quotes"]),
    )


def _of_counted(one: Counted) -> list[Any]:
    slots = {name: sorted(map(str, terms)) for name, terms in sorted(one.slots.items())}
    numbers = [None if number is None else str(number) for number in (one.low, one.high)]
    period = [one.period.first, one.period.last, one.period.stated]
    names = [one.claim.value, one.graph.value, one.class_]
    return [*names, one.unit, sorted(one.what), slots, *numbers, one.approximate, period, one.purpose]


def _counted(values: Sequence[Any]) -> Counted:
    claim, graph, class_, unit, what, slots, low, high, approximate, (first, last, stated), purpose = values
    return Counted(
        claim=NamedNode(claim),
        graph=NamedNode(graph),
        class_=class_,
        unit=tuple(unit),
        what=frozenset(what),
        slots={name: frozenset(map(_term, terms)) for name, terms in slots.items()},
        low=None if low is None else Decimal(low),
        high=None if high is None else Decimal(high),
        approximate=approximate,
        period=Period(first=first, last=last, stated=stated),
        purpose=purpose,
    )


def _resource(text: str) -> NamedNode | BlankNode | Literal:
    term = _term(text)
    assert not isinstance(term, Triple)  # noqa: S101 -- tells the type checker
    return term


def _term(text: str) -> Term:
    if text.startswith("<") and not text.startswith("<<"):
        return NamedNode(text[1:-1])
    if text.startswith("_:"):
        return BlankNode(text[2:])
    found: Term = _triple(f"<urn:a> <urn:b> {text}").object
    return found


def _triple(text: str) -> Triple:
    (quad,) = parse(f"{text} .", format=RdfFormat.N_TRIPLES)
    found: Triple = quad.triple
    return found


@cache
def _version(shapes: tuple[Triple, ...]) -> str:
    """Return what changes with the shapes and with the code that finds things."""
    # Blank nodes have other names each time that the shapes are read.
    named = Dataset(Quad(*one) for one in shapes)
    named.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    found = hashlib.sha256("\n".join(sorted(map(str, named))).encode())
    for package in ("ssrgraph.validation", "ssrgraph.graph"):
        for file in sorted(resources.files(package).iterdir(), key=lambda one: one.name):
            if file.name.endswith(".py"):
                found.update(file.read_bytes())
    return found.hexdigest()
