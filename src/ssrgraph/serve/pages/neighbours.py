"""The entities beside an entity: by a statement between the two, or by a claim in which both have a part."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, QuerySolutions

from ssrgraph.serve.pages.parts import Neighbour
from ssrgraph.serve.pages.reading import Reader
from ssrgraph.serve.pages.statements import turned
from ssrgraph.serve.problems import Problem
from ssrgraph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from ssrgraph.serve.framing import Values
    from ssrgraph.store import FinishedStore

MOST = 60
"""How many neighbours are shown."""

_STATED = """
SELECT DISTINCT ?other ?property ?turned WHERE {
  { $node ?property ?other . BIND (false AS ?turned) } UNION { ?other ?property $node . BIND (true AS ?turned) }
  FILTER (STRSTARTS(STR(?property), STR(ssr:)) && isIRI(?other) && STRSTARTS(STR(?other), "$base"))
} ORDER BY ?other ?property LIMIT 400
"""
_CLAIMED = """
SELECT ?other ?mine ?property (COUNT(DISTINCT ?claim) AS ?claims) WHERE {
  ?claim ?mine $node ; ?property ?other .
  FILTER (STRSTARTS(STR(?claim), "$claims") && STRSTARTS(STR(?other), "$base") && ?other != $node)
  FILTER (STRSTARTS(STR(?property), STR(ssr:)) || STRSTARTS(STR(?property), STR(org:)))
  FILTER (STRSTARTS(STR(?mine), STR(ssr:)) || STRSTARTS(STR(?mine), STR(org:)))
} GROUP BY ?other ?mine ?property ORDER BY ?other ?mine ?property LIMIT 400
"""


def neighbours_of(reader: Reader, node: NamedNode) -> tuple[Neighbour, ...]:
    """Return the entities beside an entity, those with the most relations first."""
    found: dict[NamedNode, dict[str, None]] = {}
    names = reader.names
    for other, predicate, is_turned in _rows(reader, _STATED, node):
        name = names.property(predicate)
        found.setdefault(other, {})[turned(name) if is_turned.value == "true" else name] = None
    for other, mine, theirs, claims in _rows(reader, _CLAIMED, node):
        count = f"{claims.value} claim{'' if claims.value == '1' else 's'}"
        text = f"{names.property(theirs)} where {names.label(node)} is {names.property(mine)} ({count})"
        found.setdefault(other, {})[text] = None
    ranked = sorted(found.items(), key=lambda one: (-len(one[1]), names.label(one[0])))
    return tuple(
        Neighbour(link=names.link(other), kind=kind_of(other, names.base), relations=tuple(relations))
        for other, relations in ranked[:MOST]
    )


def kind_of(node: NamedNode, base: str) -> str:
    """Return what kind of entity an IRI names: the first part of its path behind the store's base."""
    return node.value.removeprefix(f"{base}id/").partition("/")[0]


def write_neighbours(store: FinishedStore, job: Values) -> bytes:
    """Return the neighbours of an entity as JSON, for the graph that one walks.

    Raises:
        Problem: The store knows nothing of it.
    """
    reader = Reader(store)
    try:
        node = NamedNode(f"{reader.names.base}{job['path']}")
    except ValueError:
        raise Problem(400, "iri", "The path makes no IRI.") from None
    if next(iter(store.match(node, None, None)), None) is None:
        raise Problem(404, "not-found", f"Nothing is known of /{job['path']}.")
    own = reader.names.link(node)
    values = {
        "node": {"id": own.href, "label": own.text, "kind": kind_of(node, reader.names.base)},
        "neighbours": [
            {"id": one.link.href, "label": one.link.text, "kind": one.kind, "relations": list(one.relations)}
            for one in neighbours_of(reader, node)
        ],
    }
    return f"{json.dumps(values, ensure_ascii=False)}\n".encode()


def _rows(reader: Reader, text: str, node: NamedNode) -> list[tuple]:  # type: ignore[type-arg]
    base = reader.names.base
    filled = text.replace("$node", str(node)).replace("$base", f"{base}id/").replace("$claims", f"{base}claim/")
    answer = reader.store.query(filled, prefixes=PREFIXES)
    assert isinstance(answer, QuerySolutions)  # noqa: S101 -- the texts above are SELECT
    return [tuple(solution) for solution in answer]
