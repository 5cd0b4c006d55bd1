"""From a query to what a server is sent, and from its answer to pyoxigraph's."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
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
    Triple,
    parse,
    parse_query_results,
)

from ssrgraph.errors import StoreError
from ssrgraph.store.remote.blanks import GENID, blank_text
from ssrgraph.store.repairs import repaired
from ssrgraph.store.rewriting import edited
from ssrgraph.store.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pyoxigraph import QuerySolution

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


def prepared(text: str, *, base_iri: str | None, prefixes: Mapping[str, str], own: str) -> str:
    """Return a query that means to a server what the given one means to the store.

    Args:
        text: The query.
        base_iri: What relative IRIs are resolved against.
        prefixes: Prefixes that it may use without declaring them.
        own: The condition under which the graph `?g` is one of the store's.
    """
    used = {match[1] or "" for match in _NAME.finditer(text)}
    head = f"BASE <{base_iri}> " if base_iri else ""
    head += "".join(f"PREFIX {name}: <{iri}> " for name, iri in prefixes.items() if name in used)
    return head + _with_own_graphs(repaired(text), own)


def ask(
    client: Client, query: str, kind: type[object], *, dataset: Mapping[str, Sequence[str]] | None = None
) -> QuerySolutions | QueryTriples | QueryBoolean:
    """Ask a server a query of this kind.

    Args:
        client: The server.
        query: The query.
        kind: The type of its answer.
        dataset: What the protocol says of its dataset.

    Raises:
        StoreError: There is no answer, or no such one.
    """
    content = client.ask(query, TRIPLES if kind is QueryTriples else RESULTS, dataset=dataset)
    with _understood(client):
        if kind is not QueryTriples:
            return _results(client, content)
        graph = pyoxigraph.Store()
        graph.bulk_extend(Quad(*quad.triple) for quad in parse(blank_text(content), format=RdfFormat.N_TRIPLES))
        found = graph.query("CONSTRUCT WHERE { ?s ?p ?o }")
        assert isinstance(found, QueryTriples)  # noqa: S101 -- tells the type checker
        return found


def rows(client: Client, head: str, pattern: str) -> list[QuerySolution]:
    """Return all rows of variables in a pattern, which are all different, however many the server gives at a time.

    Raises:
        StoreError: It does not give all of them.
    """
    if client.kind.page is None:
        return list(_solutions(client, client.ask(f"SELECT {head} {{ {pattern} }}", RESULTS)))
    found: dict[tuple[object, ...], QuerySolution] = {}
    # Nothing but an order says that pages neither overlap nor leave something out; to sort takes time.
    for part in (pattern, pattern, f"{{ SELECT {head} {{ {pattern} }} ORDER BY {head} }}"):
        all_at_once = _turn_pages(client, f"SELECT {head} {{ {part} }}", found)
        if all_at_once or len(found) == _counted(client, pattern):
            return list(found.values())
    raise StoreError(client.address, "does not give all rows of an answer, page by page")


def _turn_pages(client: Client, query: str, found: dict[tuple[object, ...], QuerySolution]) -> bool:
    """Put the rows of a query among those that were found; say whether one page held them all."""
    start, more, step = 0, True, client.kind.page or 0
    while more:
        content, cut_short = client.ask_for_page(f"{query} LIMIT {step} OFFSET {start}", RESULTS)
        page = list(_solutions(client, content))
        found.update((tuple(row), row) for row in page)
        more = bool(page) and (cut_short or len(page) == step)
        if not more and not start:
            return True
        start += len(page)
    return False


def _counted(client: Client, pattern: str) -> int:
    (row,) = _solutions(client, client.ask(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}", RESULTS))
    return int(row[0].value)


def read_graph(client: Client, graph: NamedNode | None) -> Iterator[Triple]:
    """Yield what a server holds of a graph; None for the default graph."""
    pattern = "?s ?p ?o" if graph is None else f"GRAPH <{graph.value}> {{ ?s ?p ?o }}"
    if client.kind.page:
        yield from (Triple(row[0], row[1], row[2]) for row in rows(client, "?s ?p ?o", pattern))
        return
    content = client.ask(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}", TRIPLES)
    with _understood(client):
        yield from (quad.triple for quad in parse(blank_text(content), format=RdfFormat.N_TRIPLES))


def graph_names(client: Client) -> set[NamedNode]:
    """Return the names of all graphs of a server that hold a triple, whosever they are; none if it cannot tell."""
    if not client.kind.names:
        return set()
    found = ask(client, client.kind.names, QuerySolutions)
    return {row[0] for row in found}  # type: ignore[union-attr]


@contextmanager
def _understood(client: Client) -> Iterator[None]:
    """Turn what is no answer into a `StoreError`."""
    try:
        yield
    except (SyntaxError, ValueError, KeyError) as error:
        problem = " ".join(str(error).split())
        raise StoreError(client.address, f"does not answer as a SPARQL server does: {problem}") from error


def _results(client: Client, content: bytes) -> QuerySolutions | QueryBoolean:
    return parse_query_results(_with_blanks(client.kind.mended(content)), format=QueryResultsFormat.JSON)


def _solutions(client: Client, content: bytes) -> Iterator[QuerySolution]:
    with _understood(client):
        found = _results(client, content)
        if not isinstance(found, QuerySolutions):
            problem = "a word instead of rows"
            raise ValueError(problem)  # noqa: TRY004 -- what the server sent is no argument
        yield from found


def _with_own_graphs(text: str, condition: str) -> str:
    """Keep `GRAPH ?g` from matching what is none of the store's graphs."""
    if "GRAPH" not in text.upper():
        return text
    found = list(tokens(text))
    edits = [
        (token.start, token.start, f"FILTER ({condition.replace('?g', after.text)}) ")
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
