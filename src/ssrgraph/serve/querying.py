"""Tasks on a snapshot: answer a query, write a graph. They run in a process of their own."""

from __future__ import annotations

from itertools import chain, islice
from typing import IO, TYPE_CHECKING, cast

import pyoxigraph
from pyoxigraph import (
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    parse,
    serialize,
)

from ssrgraph.export.documentation import paths
from ssrgraph.query.syntax import write_triples
from ssrgraph.resources import shipped
from ssrgraph.serve import protocol
from ssrgraph.serve.formats import GRAPHS, ROWS, media_types
from ssrgraph.serve.guard import guard
from ssrgraph.serve.problems import Problem, not_acceptable
from ssrgraph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pyoxigraph import QueryTriples, Triple

    from ssrgraph.serve.formats import Format
    from ssrgraph.serve.framing import Values
    from ssrgraph.serve.tasks import Output
    from ssrgraph.store import FinishedStore, Store

ROW_WRITERS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
GRAPH_WRITERS = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
}
_SORTED = 50_000
"""So many triples are sorted before they are written; more are written as they come."""
_NOTHING = NamedNode("tag:w3id.org,2026:ssrgraph/no-graph")
"""A graph that no store has: the default graph of a dataset that names only others."""


def answer_query(store: Store, job: Values, out: Output) -> None:
    """Run a query and write its answer.

    The job has `text`, also as bytes; `rows` and `graph`, the names of the formats for either kind of answer or None
    where the client accepts none; and may have `default` and `named`, the IRIs of graphs, `base` and `prefixes`.
    """
    answer, stable = run_query(store, job)
    if isinstance(answer, QuerySolutions | QueryBoolean):
        name = _chosen(job.get("rows"), ROWS)
        kind = "boolean" if isinstance(answer, QueryBoolean) else "rows"
        out.head(format=name, kind=kind, stable=stable)
        answer.serialize(_file(out), ROW_WRITERS[name])
        return
    name = _chosen(job.get("graph"), GRAPHS)
    out.head(format=name, kind="graph", stable=stable)
    write_statements(answer, name, out)


def run_query(store: Store, job: Values) -> tuple[QuerySolutions | QueryBoolean | QueryTriples, bool]:
    """Run the query of a job; return what it yields, and whether that is so as long as the store is the same.

    The job is as for `answer_query`, without formats.
    """
    text = job["text"] if isinstance(job["text"], str) else protocol.decoded(job["text"])
    default = _names(job.get("default") or ())
    named = None if job.get("named") is None else _names(job["named"])
    if named is not None and not default:
        default = (_NOTHING,)
    guarded = guard(text, hosts=job["hosts"], nesting=job["nesting"])
    if guarded.refusal is not None:
        pyoxigraph.Store().query(guarded.text, base_iri=job.get("base"))  # What is no SPARQL is told so first.
        raise guarded.refusal
    answer = store.query(
        guarded.text,
        default_graphs=default,
        named_graphs=(() if default and named is None else named),
        base_iri=job.get("base"),
        prefixes=PREFIXES if job.get("prefixes") else None,
    )
    return answer, guarded.is_stable


def write_graph(store: FinishedStore, job: Values, out: Output) -> None:
    """Write a graph, `graph`, or the default graph where that is None, in the format `format`."""
    name = None if job.get("graph") is None else NamedNode(job["graph"])
    if name is not None and next(iter(store.triples(name)), None) is None and not store.has_graph(name):
        raise Problem(404, "no-such-graph", f"There is no graph {name.value}.")
    out.head(format=job["format"], kind="graph", stable=True)
    write_statements(store.triples(name), job["format"], out)


def write_codes(_store: FinishedStore, job: Values, out: Output) -> None:
    """Write a code list, which is a file and no part of the store: `path`, such as `codelist/purpose`.

    Raises:
        Problem: There is none.
    """
    if job["path"] not in paths():
        raise Problem(404, "not-found", f"There is no code list at /{job['path']}.")
    out.head(format=job["format"], kind="graph", stable=True)
    file = shipped(f"ontology/codelists/{job['path'].partition('/')[2]}.ttl")
    write_statements((quad.triple for quad in parse(path=file)), job["format"], out)


def write_statements(statements: Iterable[Triple], name: str, out: Output) -> None:
    """Write triples in the format of this name: sorted, the same to the byte every time, if they are not very many."""
    coming = iter(statements)
    first = list(islice(coming, _SORTED))
    if len(first) < _SORTED:
        out.write(write_triples(first, GRAPH_WRITERS[name]))
        return
    every = chain(first, coming)
    if GRAPH_WRITERS[name].supports_datasets:
        quads = (Quad(each.subject, each.predicate, each.object) for each in every)
        serialize(quads, _file(out), GRAPH_WRITERS[name])
    else:
        serialize(every, _file(out), GRAPH_WRITERS[name])


def _file(out: Output) -> IO[bytes]:
    """Return the output as the engine's types want it; it only writes and flushes."""
    return cast("IO[bytes]", out)


def _names(iris: Sequence[str]) -> tuple[NamedNode, ...]:
    try:
        return tuple(NamedNode(iri) for iri in iris)
    except ValueError as error:
        raise Problem(400, "graph-name", f"The name of a graph is no IRI: {error}") from error


def _chosen(name: str | None, formats: Mapping[str, Format]) -> str:
    if name is None:
        raise not_acceptable(media_types(formats))
    return name
