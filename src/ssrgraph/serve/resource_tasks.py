"""The task behind the paths of resources: write what a store knows of one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from pyoxigraph import Literal, NamedNode, Quad, Triple

from ssrgraph.export.jsonld import compact
from ssrgraph.query.descriptions import MOST_CLAIMS, describe
from ssrgraph.query.syntax import prefixes_with, write_quads, write_triples
from ssrgraph.serve.formats import DATASETS
from ssrgraph.serve.problems import Problem
from ssrgraph.serve.querying import GRAPH_WRITERS
from ssrgraph.vocabulary import Foaf, Rdf, Rdfs, Void

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.query.descriptions import Description
    from ssrgraph.serve.framing import Values
    from ssrgraph.serve.tasks import Output
    from ssrgraph.store import FinishedStore

_SAFE = "/-._~"
_EVERYTHING = "CONSTRUCT { $node ?p ?o . ?s ?q $node } WHERE { { $node ?p ?o } UNION { ?s ?q $node } }"


def write_resource(store: FinishedStore, job: Values, out: Output) -> None:
    """Write what is known of the resource at `path` in the format `format`; without a format, only look for it.

    `document` is the address of what is written, `address` that of the server.

    Raises:
        Problem: Nothing is known of it.
    """
    if "format" not in job:
        _found(store, job["path"], most=0)
        out.head(format="", kind="found", stable=True)
        return
    node, description = _found(store, job["path"], most=MOST_CLAIMS)
    own = list(_about_document(node, description, job))
    name = job["format"]
    prefixes = prefixes_with(store.info.base_iri)
    if name == "jsonld":
        written = compact((*own, *description.triples))
    elif name in DATASETS:
        told = (
            Quad(one.subject, one.predicate, one.object, graph)
            for one in description.triples
            for graph in store.graphs_of(one)
        )
        quads = [*(Quad(one.subject, one.predicate, one.object) for one in own), *told]
        written = write_quads(quads, GRAPH_WRITERS[name], prefixes=prefixes)
    else:
        written = write_triples((*own, *description.triples), GRAPH_WRITERS[name], prefixes=prefixes)
    out.head(format=name, kind="graph", stable=True)
    out.write(written)


def _found(store: FinishedStore, path: str, *, most: int) -> tuple[NamedNode, Description]:
    for each in _spellings(path):
        try:
            node = NamedNode(f"{store.info.base_iri}{each}")
        except ValueError:
            continue
        found = describe(store, node, most_claims=most)
        if found is not None:
            return node, found
    raise Problem(404, "not-found", f"Nothing is known of /{path}.")


def _spellings(path: str) -> tuple[str, ...]:
    """Return a path as it was sent, as the project writes IRIs, and without any percent signs."""
    plain = unquote(path)
    return tuple(dict.fromkeys((path, quote(plain, safe=_SAFE), plain)))


def _about_document(node: NamedNode, description: Description, job: Values) -> Iterator[Triple]:
    """Yield what the written document says of itself: what it is about, and whether that is all."""
    document = NamedNode(job["document"])
    yield Triple(document, NamedNode(Rdf.TYPE), NamedNode(Foaf.DOCUMENT))
    yield Triple(document, NamedNode(Foaf.PRIMARY_TOPIC), node)
    yield Triple(document, NamedNode(Void.IN_DATASET), NamedNode(f"{job['address']}.well-known/void#dataset"))
    if not description.is_whole:
        shown = min(description.claims, MOST_CLAIMS)
        note = f"Not all is here: {shown} of {description.claims} or more claims. The query gives all statements."
        query = quote(_EVERYTHING.replace("$node", str(node)), safe="")
        yield Triple(document, NamedNode(Rdfs.COMMENT), Literal(note, language="en"))
        yield Triple(document, NamedNode(Rdfs.SEE_ALSO), NamedNode(f"{job['address']}sparql?query={query}"))
