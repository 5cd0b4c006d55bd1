"""Tasks on a snapshot: describe the service and the dataset, write all of it."""

from __future__ import annotations

import gzip
from typing import IO, TYPE_CHECKING, cast

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, RdfFormat, Triple, serialize

from ssrgraph.serve.querying import write_statements
from ssrgraph.store import SEPARATE
from ssrgraph.vocabulary import FORMATS, Dcat, Dct, Rdf, Sd, Void

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.serve.framing import Values
    from ssrgraph.serve.tasks import Output
    from ssrgraph.store import LocalStore

_INTEGER = NamedNode("http://www.w3.org/2001/XMLSchema#integer")
_COUNTS = """
SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?o) AS ?objects)
       (COUNT(DISTINCT ?p) AS ?properties) { ?s ?p ?o }"""
_BY_PROPERTY = "SELECT ?name (COUNT(*) AS ?n) { ?s ?name ?o } GROUP BY ?name"
_BY_CLASS = "SELECT ?name (COUNT(DISTINCT ?s) AS ?n) { ?s a ?name } GROUP BY ?name"


def describe(store: LocalStore, job: Values, out: Output) -> None:
    """Write the description of the service, or with `dataset` that of the dataset; `address` is where it is served."""
    out.head(format=job["format"], kind="graph", stable=True)
    described = _dataset(store, job) if job["dataset"] else _service(store, job)
    write_statements((Triple(*each) for each in described), job["format"], out)


def dump(store: LocalStore, _job: Values, out: Output) -> None:
    """Write all graphs as N-Quads, compressed; the merge is not repeated."""
    out.head(format="nquads", kind="dump", stable=True)
    with gzip.GzipFile(fileobj=cast("IO[bytes]", out), mode="wb", compresslevel=6, mtime=0) as packed:
        serialize(store.quads(), cast("IO[bytes]", packed), RdfFormat.N_QUADS)


_Statement = tuple[NamedNode | BlankNode, NamedNode, NamedNode | BlankNode | Literal]


def _service(store: LocalStore, job: Values) -> Iterator[_Statement]:
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
    yield default, _node(Void.TRIPLES), _number(store.count())
    for place, graph_name in enumerate(store.graphs()):
        named, graph = BlankNode(f"named{place}"), BlankNode(f"graph{place}")
        yield dataset, _node(Sd.NAMED_GRAPH), named
        yield named, _node(Rdf.TYPE), _node(Sd.NAMED_GRAPH_CLASS)
        yield named, _node(Sd.NAME), graph_name
        yield named, _node(Sd.GRAPH), graph
        yield graph, _node(Rdf.TYPE), _node(Sd.GRAPH_CLASS)
        yield graph, _node(Void.TRIPLES), _number(store.count(graph_name))


def _dataset(store: LocalStore, job: Values) -> Iterator[_Statement]:
    root = job["address"]
    dataset = _node(f"{root}.well-known/void#dataset")
    dump_file = _node(f"{root}dump.nq.gz")
    yield dataset, _node(Rdf.TYPE), _node(Void.DATASET)
    yield dataset, _node(Rdf.TYPE), _node(Dcat.DATASET)
    yield dataset, _node(Dct.TITLE), Literal("A knowledge graph of security-sector assistance", language="en")
    yield dataset, _node(Dcat.VERSION), Literal(job["version"])
    yield dataset, _node(Void.URI_SPACE), Literal(store.info.base_iri)
    yield dataset, _node(Void.SPARQL_ENDPOINT), _node(f"{root}sparql")
    yield dataset, _node(Void.DATA_DUMP), dump_file
    yield from _distributions(root, dataset, dump_file)
    counts = store.query(_COUNTS)
    assert isinstance(counts, QuerySolutions)  # noqa: S101 -- a SELECT
    row = next(iter(counts))
    yield dataset, _node(Void.TRIPLES), _literal(row["triples"])
    yield dataset, _node(Void.DISTINCT_SUBJECTS), _literal(row["subjects"])
    yield dataset, _node(Void.DISTINCT_OBJECTS), _literal(row["objects"])
    yield dataset, _node(Void.PROPERTIES), _literal(row["properties"])
    classes = 0
    for kind, part, property_, measure, query in (
        ("class", Void.CLASS_PARTITION, Void.CLASS, Void.ENTITIES, _BY_CLASS),
        ("property", Void.PROPERTY_PARTITION, Void.PROPERTY, Void.TRIPLES, _BY_PROPERTY),
    ):
        found = store.query(query)
        assert isinstance(found, QuerySolutions)  # noqa: S101 -- a SELECT
        for place, each in enumerate(sorted(found, key=lambda row: str(row["name"]))):
            if not isinstance(each["name"], NamedNode):
                continue
            classes += kind == "class"
            partition = BlankNode(f"{kind}{place}")
            yield dataset, _node(part), partition
            yield partition, _node(property_), each["name"]
            yield partition, _node(measure), _literal(each["n"])
    yield dataset, _node(Void.CLASSES), _number(classes)


def _distributions(root: str, dataset: NamedNode, dump_file: NamedNode) -> Iterator[_Statement]:
    whole, endpoint = BlankNode("dump"), BlankNode("endpoint")
    media = "https://www.iana.org/assignments/media-types/application"
    yield dataset, _node(Dcat.DISTRIBUTION), whole
    yield whole, _node(Rdf.TYPE), _node(Dcat.DISTRIBUTION_CLASS)
    yield whole, _node(Dcat.DOWNLOAD_URL), dump_file
    yield whole, _node(Dcat.ACCESS_URL), dump_file
    yield whole, _node(Dcat.MEDIA_TYPE), _node(f"{media}/n-quads")
    yield whole, _node(Dcat.COMPRESS_FORMAT), _node(f"{media}/gzip")
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


def _number(value: int) -> Literal:
    return Literal(str(value), datatype=_INTEGER)


def _literal(term: object) -> Literal:
    assert isinstance(term, Literal)  # noqa: S101 -- a count
    return term
