"""JSON-LD that a person can read: short names by the project's context, claims first, what they speak of within them.

Each named graph is a block of its own. In it the claims stand framed: a claim holds the description of what it speaks
of. What no claim speaks of follows, node by node, so that nothing is lost.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NoReturn

from pyld import jsonld
from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, serialize

from ssrgraph.errors import DataError
from ssrgraph.query.syntax import reading_order
from ssrgraph.resources import shipped
from ssrgraph.vocabulary import Rdf, SsrClass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from ssrgraph.store import Store

    Node = dict[str, Any]

_CLAIMS = frozenset(
    {
        SsrClass.CLAIM.value,
        SsrClass.FUNDING_CLAIM.value,
        SsrClass.PERSONNEL_CLAIM.value,
        SsrClass.EQUIPMENT_CLAIM.value,
        SsrClass.RESULT_CLAIM.value,
    }
)


_BLANK = "tag:blank.invalid,2026:"
"""What blank nodes are called while the blocks are made: the library would name them anew in each, and a blank node of
several graphs would be several, or several one."""


def export(store: Store, graphs: Sequence[NamedNode], *, context: Path | None = None) -> bytes:
    """Write named graphs as one JSON-LD document that carries its context within it; nothing is fetched.

    Args:
        store: The store they are in.
        graphs: Which ones.
        context: The file of the context; the project's own if it is not given.

    Raises:
        DataError: The context cannot be read.
    """
    path = context or shipped("ontology/context.jsonld")
    terms = _context(path)
    try:
        blocks = [_block(graph, [_named(one) for one in store.triples(graph)], terms) for graph in graphs]
    except jsonld.JsonLdError as error:
        raise DataError(path, f"cannot be used: {' '.join(str(error).split())}") from error
    document = {"@context": terms, "@graph": blocks}
    text = json.dumps(document, indent=2, ensure_ascii=False).replace(f'"{_BLANK}', '"_:')
    return f"{text}\n".encode()


def compact(triples: Iterable[Triple], *, context: Path | None = None) -> bytes:
    """Write triples as JSON-LD, node by node, with the short names of a context that it carries within it.

    Args:
        triples: The triples.
        context: The file of the context; the project's own if it is not given.

    Raises:
        DataError: The context cannot be read.
    """
    path = context or shipped("ontology/context.jsonld")
    terms = _context(path)
    expanded = json.loads(serialize(sorted(set(triples), key=reading_order), format=RdfFormat.JSON_LD) or b"[]")
    nodes = expanded.get("@graph", [expanded]) if isinstance(expanded, dict) else expanded
    try:
        flat = [_typed(node) for node in jsonld.flatten(nodes, None, _options())]
        whole = jsonld.compact(flat, terms, _options(graph=True))
    except jsonld.JsonLdError as error:
        raise DataError(path, f"cannot be used: {' '.join(str(error).split())}") from error
    names = _names(terms)
    document = {"@context": terms, names["@graph"]: [_tidy(node, names) for node in _nodes(whole)]}
    return f"{json.dumps(document, indent=1, ensure_ascii=False)}\n".encode()


def _context(path: Path) -> Node:
    try:
        terms = json.loads(path.read_text(encoding="utf-8"))["@context"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(path, f"holds no JSON-LD context: {error}") from error
    if not isinstance(terms, dict):
        raise DataError(path, "holds no JSON-LD context of its own")
    return terms


def _named(triple: Triple) -> Triple:
    def term(value: Any) -> Any:  # noqa: ANN401 -- a term of any kind comes and goes
        return NamedNode(f"{_BLANK}{value.value}") if isinstance(value, BlankNode) else value

    return Triple(term(triple.subject), triple.predicate, term(triple.object))


def _block(graph: NamedNode, triples: list[Triple], terms: Node) -> Node:
    expanded = json.loads(serialize(sorted(triples, key=reading_order), format=RdfFormat.JSON_LD) or b"[]")
    nodes = expanded.get("@graph", [expanded]) if isinstance(expanded, dict) else expanded
    flat = [_typed(node) for node in jsonld.flatten(nodes, None, _options())]
    classes = sorted({kind for node in flat for kind in node.get("@type", ()) if kind in _CLAIMS})
    framed: list[Node] = []
    if classes:
        frame = {"@context": terms, "@type": classes, "@embed": "@once"}
        framed = _nodes(jsonld.frame(flat, frame, _options(omitGraph=False)))
    names = _names(terms)
    described = {node[names["@id"]] for node in _described(framed, names["@id"])}
    whole = _nodes(jsonld.compact(flat, terms, _options(graph=True)))
    rest = [node for node in whole if node.get(names["@id"]) not in described]
    shown = jsonld.compact({"@id": graph.value}, terms, _options()).get(names["@id"], graph.value)
    return {names["@id"]: shown, names["@graph"]: [_tidy(node, names) for node in (*framed, *rest)]}


def _typed(node: Node) -> Node:
    """Write the types of a node as JSON-LD does; the serializer leaves them as values of `rdf:type`."""
    types = node.get(Rdf.TYPE, [])
    if not types or any("@id" not in value for value in types):
        return node
    kept = {key: value for key, value in node.items() if key != Rdf.TYPE}
    return {**kept, "@type": [*kept.get("@type", []), *(value["@id"] for value in types)]}


def _nodes(document: Node) -> list[Node]:
    """Return the nodes of a compacted document, sorted by their name."""
    body = {key: value for key, value in document.items() if key != "@context"}
    nodes = body.get("@graph", [body] if body else [])
    nodes = nodes if isinstance(nodes, list) else [nodes]
    return sorted(nodes, key=lambda node: json.dumps(node, sort_keys=True))


def _described(value: object, name: str) -> Iterator[Node]:
    """Yield every node within a value that is more than a reference."""
    if isinstance(value, dict):
        if name in value and len(value) > 1:
            yield value
        for inner in value.values():
            yield from _described(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _described(inner, name)


def _names(terms: Node) -> dict[str, str]:
    """Return how the context calls the keywords, themselves where it has no name for them."""
    names = {"@id": "@id", "@type": "@type", "@graph": "@graph", "@list": "@list"}
    return names | {value: key for key, value in terms.items() if isinstance(value, str) and value in names}


def _tidy(value: object, names: dict[str, str]) -> object:
    """Order a node for reading, always in the same way: name, type, then the rest; values of a set by their text."""
    if isinstance(value, dict):
        first = (names["@id"], names["@type"])
        keys = sorted(value, key=lambda key: (first.index(key) if key in first else len(first), key))
        return {key: value[key] if key in ("@list", names["@list"]) else _tidy(value[key], names) for key in keys}
    if isinstance(value, list):
        return sorted((_tidy(inner, names) for inner in value), key=lambda inner: json.dumps(inner, sort_keys=True))
    return value


def _refuse(address: str, _options: object = None) -> NoReturn:
    """Load nothing: a document that names a context elsewhere is not one of ours."""
    raise DataError(address, "a JSON-LD context elsewhere is not fetched")


def _options(**more: object) -> Any:  # noqa: ANN401 -- each of the library's functions has a type of its own for them
    return {"documentLoader": _refuse, **more}
