"""From a query to what a server is sent, and from its answer to pyoxigraph's."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import (
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    parse,
    parse_query_results,
)

from ssrgraph.errors import StoreError
from ssrgraph.store.remote.blanks import GENID, blank_text
from ssrgraph.store.repairs import repaired
from ssrgraph.store.rewriting import edited
from ssrgraph.store.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyoxigraph import Triple

    from ssrgraph.store.remote.client import Client

RESULTS = "application/sparql-results+json"
TRIPLES = "application/n-triples"
_NAME = re.compile(r"(?<![\w:<])([A-Za-z][\w-]*)?:")


def checked(text: str, *, base_iri: str | None, prefixes: Mapping[str, str]) -> type[object]:
    """Return what kind of answer a query has; nothing is asked of anybody.

    Raises:
        SyntaxError: The text is no SPARQL 1.1 query; the message has line and column.
    """
    empty = pyoxigraph.Store()
    kind: type[object] = type(empty.query(text, base_iri=base_iri, prefixes=dict(prefixes)))
    return kind


def prepared(text: str, *, base_iri: str | None, prefixes: Mapping[str, str], hidden: Iterable[NamedNode]) -> str:
    """Return a query that means to a server what the given one means to the store.

    Args:
        text: The query.
        base_iri: What relative IRIs are resolved against.
        prefixes: Prefixes that it may use without declaring them.
        hidden: Graphs of the server that are none of the store.
    """
    used = {match[1] or "" for match in _NAME.finditer(text)}
    head = f"BASE <{base_iri}> " if base_iri else ""
    head += "".join(f"PREFIX {name}: <{iri}> " for name, iri in prefixes.items() if name in used)
    return head + _without_hidden(repaired(text), [f"<{graph.value}>" for graph in hidden])


def answer_of(content: bytes, kind: type[object]) -> QuerySolutions | QueryTriples | QueryBoolean:
    """Return what a server has answered to a query of this kind.

    Raises:
        SyntaxError, ValueError: It is no such answer.
    """
    if kind is not QueryTriples:
        return parse_query_results(_with_blanks(content), format=QueryResultsFormat.JSON)
    graph = pyoxigraph.Store()
    graph.bulk_extend(Quad(*quad.triple) for quad in parse(blank_text(content), format=RdfFormat.N_TRIPLES))
    found = graph.query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert isinstance(found, QueryTriples)  # noqa: S101 -- tells the type checker
    return found


def ask(client: Client, query: str, kind: type[object]) -> QuerySolutions | QueryTriples | QueryBoolean:
    """Ask a server a query of this kind.

    Raises:
        StoreError: There is no answer, or no such one.
    """
    content = client.ask(query, TRIPLES if kind is QueryTriples else RESULTS)
    try:
        return answer_of(content, kind)
    except (SyntaxError, ValueError) as error:
        problem = " ".join(str(error).split())
        raise StoreError(client.address, f"does not answer as a SPARQL server does: {problem}") from error


def read_graph(client: Client, graph: NamedNode | None) -> Iterator[Triple]:
    """Yield what a server holds of a graph; None for the default graph."""
    pattern = "?s ?p ?o" if graph is None else f"GRAPH <{graph.value}> {{ ?s ?p ?o }}"
    content = client.ask(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}", TRIPLES)
    try:
        yield from (quad.triple for quad in parse(blank_text(content), format=RdfFormat.N_TRIPLES))
    except SyntaxError as error:
        raise StoreError(client.address, f"does not answer as a SPARQL server does: {error}") from error


def _without_hidden(text: str, hidden: list[str]) -> str:
    """Keep `GRAPH ?g` from matching what is none of the store's graphs."""
    if "GRAPH" not in text.upper():
        return text
    found = list(tokens(text))
    edits = [
        (token.start, token.start, f"FILTER ({after.text} NOT IN ({', '.join(hidden)})) ")
        for token, after in pairwise(found)
        if token.is_word("GRAPH") and after.kind == "variable"
    ]
    return edited(text, edits)


def _with_blanks(content: bytes) -> bytes:
    """Return results in JSON with blank nodes for what stands for them."""
    if GENID.encode() not in content:
        return content
    values = json.loads(content)
    for row in values.get("results", {}).get("bindings", ()):
        for cell in row.values():
            if cell.get("type") == "uri" and cell["value"].startswith(GENID):
                cell["type"], cell["value"] = "bnode", cell["value"].removeprefix(GENID)
    return json.dumps(values).encode()
