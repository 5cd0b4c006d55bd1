"""Tasks on a snapshot: describe the service and the dataset, write all of it."""

from __future__ import annotations

import gzip
from dataclasses import replace
from typing import IO, TYPE_CHECKING, cast

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from ssrgraph.export.publication.about import load_about
from ssrgraph.export.publication.description import MEDIA_TYPES, Edition, of_dataset
from ssrgraph.export.publication.gathering import gather
from ssrgraph.export.statistics import integer
from ssrgraph.serve.querying import write_statements
from ssrgraph.store import SEPARATE
from ssrgraph.vocabulary import FORMATS, Dcat, Rdf, Sd, Void

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.serve.framing import Values
    from ssrgraph.serve.tasks import Output
    from ssrgraph.store import FinishedStore


def describe(store: FinishedStore, job: Values, out: Output) -> None:
    """Write the description of the service, or with `dataset` that of the dataset; `address` is where it is served."""
    out.head(format=job["format"], kind="graph", stable=True)
    described = _dataset(store, job) if job["dataset"] else _service(store, job)
    write_statements((Triple(*each) for each in described), job["format"], out)


def dump(store: FinishedStore, _job: Values, out: Output) -> None:
    """Write all graphs as N-Quads, compressed; the merge is not repeated."""
    out.head(format="nquads", kind="dump", stable=True)
    with gzip.GzipFile(fileobj=cast("IO[bytes]", out), mode="wb", compresslevel=6, mtime=0) as packed:
        serialize(store.quads(), cast("IO[bytes]", packed), RdfFormat.N_QUADS)


_Statement = tuple[NamedNode | BlankNode, NamedNode, NamedNode | BlankNode | Literal]


def _service(store: FinishedStore, job: Values) -> Iterator[_Statement]:
    root = job["address"]
    service, dataset, default = BlankNode("service"), BlankNode("dataset"), BlankNode("default")
    yield service, _node(Rdf.TYPE), _node(Sd.SERVICE)
    yield service, _node(Rdf.TYPE), _node(Dcat.DATA_SERVICE)
    yield service, _node(Sd.ENDPOINT), _node(f"{root}sparql")
    yield service, _node(Dcat.ENDPOINT_URL), _node(f"{root}sparql")
    yield service, _node(Dcat.SERVES_DATASET), _node(f"{root}.well-known/void#dataset")
    yield service, _node(Sd.SUPPORTED_LANGUAGE), _node(Sd.SPARQL_11_QUERY)
    if job["writable"]:
        yield service, _node(Sd.SUPPORTED_LANGUAGE), _node(Sd.SPARQL_11_UPDATE)
        for name in ("turtle", "ntriples", "jsonld", "rdfxml"):
            yield service, _node(Sd.INPUT_FORMAT), _node(FORMATS[name])
    for iri in FORMATS.values():
        yield service, _node(Sd.RESULT_FORMAT), _node(iri)
    if store.info.dataset != SEPARATE:
        yield service, _node(Sd.FEATURE), _node(Sd.UNION_DEFAULT_GRAPH)
    if job["hosts"]:
        yield service, _node(Sd.FEATURE), _node(Sd.BASIC_FEDERATED_QUERY)
    yield service, _node(Sd.DEFAULT_DATASET), dataset
    yield dataset, _node(Rdf.TYPE), _node(Sd.DATASET)
    yield dataset, _node(Sd.DEFAULT_GRAPH), default
    yield default, _node(Rdf.TYPE), _node(Sd.GRAPH_CLASS)
    yield default, _node(Void.TRIPLES), integer(store.count())
    for place, graph_name in enumerate(store.graphs()):
        named, graph = BlankNode(f"named{place}"), BlankNode(f"graph{place}")
        yield dataset, _node(Sd.NAMED_GRAPH), named
        yield named, _node(Rdf.TYPE), _node(Sd.NAMED_GRAPH_CLASS)
        yield named, _node(Sd.NAME), graph_name
        yield named, _node(Sd.GRAPH), graph
        yield graph, _node(Rdf.TYPE), _node(Sd.GRAPH_CLASS)
        yield graph, _node(Void.TRIPLES), integer(store.count(graph_name))


def _dataset(store: FinishedStore, job: Values) -> Iterator[_Statement]:
    root = job["address"]
    dataset = _node(f"{root}.well-known/void#dataset")
    dump_file = _node(f"{root}dump.nq.gz")
    about = replace(load_about(), version=job["version"])
    is_own = store.info.dataset != SEPARATE  # What a plain store holds is not known to be what the project describes.
    edition = Edition(node=dataset, about=about, contents=gather(store), is_described=is_own)
    for triple in of_dataset(edition):
        yield triple.subject, triple.predicate, triple.object  # type: ignore[misc]  # No triple terms are among them.
    yield dataset, _node(Void.SPARQL_ENDPOINT), _node(f"{root}sparql")
    yield dataset, _node(Void.DATA_DUMP), dump_file
    yield from _distributions(root, dataset, dump_file)


def _distributions(root: str, dataset: NamedNode, dump_file: NamedNode) -> Iterator[_Statement]:
    whole, endpoint = BlankNode("dump"), BlankNode("endpoint")
    yield dataset, _node(Dcat.DISTRIBUTION), whole
    yield whole, _node(Rdf.TYPE), _node(Dcat.DISTRIBUTION_CLASS)
    yield whole, _node(Dcat.DOWNLOAD_URL), dump_file
    yield whole, _node(Dcat.ACCESS_URL), dump_file
    yield whole, _node(Dcat.MEDIA_TYPE), _node(f"{MEDIA_TYPES}application/n-quads")
    yield whole, _node(Dcat.COMPRESS_FORMAT), _node(f"{MEDIA_TYPES}application/gzip")
    yield dataset, _node(Dcat.DISTRIBUTION), endpoint
    yield endpoint, _node(Rdf.TYPE), _node(Dcat.DISTRIBUTION_CLASS)
    yield endpoint, _node(Dcat.ACCESS_URL), _node(f"{root}sparql")
    service = BlankNode("service")
    yield endpoint, _node(Dcat.ACCESS_SERVICE), service
    yield service, _node(Rdf.TYPE), _node(Dcat.DATA_SERVICE)
    yield service, _node(Dcat.ENDPOINT_URL), _node(f"{root}sparql")
    yield service, _node(Dcat.ENDPOINT_DESCRIPTION), _node(f"{root}sparql")
    yield service, _node(Dcat.SERVES_DATASET), dataset


def _node(iri: str) -> NamedNode:
    return NamedNode(str(iri))
