"""Clients that people have ask for every format in their own way."""

from __future__ import annotations

import csv
import io

import pytest
import SPARQLWrapper
from rdflib import Graph, URIRef
from rdflib.namespace import SKOS
from rdflib.plugins.stores.sparqlstore import SPARQLStore

SSR = "https://w3id.org/ssrgraph/ontology#"
NATO = URIRef("https://w3id.org/ssrgraph/id/organization/nato")
PARSED = {
    SPARQLWrapper.TURTLE: "turtle",
    SPARQLWrapper.N3: "turtle",
    SPARQLWrapper.RDFXML: "xml",
    SPARQLWrapper.XML: "xml",
    SPARQLWrapper.JSONLD: "json-ld",
}
NAMES = f"""PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?name {{ ?mission a <{SSR}Mission> ; skos:prefLabel ?name }} ORDER BY ?name"""


@pytest.fixture(scope="module")
def names(server):
    return [row["name"] for row in server.query(NAMES).rows]


@pytest.mark.parametrize("method", [SPARQLWrapper.GET, SPARQLWrapper.POST, SPARQLWrapper.POSTDIRECTLY])
def test_sparqlwrapper_asks(server, names, method):
    client = SPARQLWrapper.SPARQLWrapper(f"{server.address}sparql")
    client.setQuery(NAMES)
    client.setMethod(SPARQLWrapper.POST if method == SPARQLWrapper.POSTDIRECTLY else method)
    if method == SPARQLWrapper.POSTDIRECTLY:
        client.setRequestMethod(SPARQLWrapper.POSTDIRECTLY)
    for format_ in (SPARQLWrapper.JSON, SPARQLWrapper.XML, SPARQLWrapper.CSV, SPARQLWrapper.TSV):
        client.setReturnFormat(format_)
        found = client.query().convert()
        if format_ == SPARQLWrapper.JSON:
            assert [row["name"]["value"] for row in found["results"]["bindings"]] == names
        elif format_ == SPARQLWrapper.CSV:
            assert [row["name"] for row in csv.DictReader(io.StringIO(found.decode()))] == names
        else:
            text = found.decode() if isinstance(found, bytes) else found.toxml()
            assert all(name.replace("&", "&amp;") in text or name in text for name in names)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # The client makes one.
@pytest.mark.parametrize("format_", PARSED)
def test_sparqlwrapper_gets_a_graph(server, format_):
    client = SPARQLWrapper.SPARQLWrapper(f"{server.address}sparql")
    client.setQuery(f"CONSTRUCT WHERE {{ {NATO.n3()} {SKOS.prefLabel.n3()} ?label }}")
    client.setReturnFormat(format_)
    found = client.query().convert()
    graph = found if isinstance(found, Graph) else Graph().parse(data=found, format=PARSED[format_])
    assert [str(label) for label in graph.objects(NATO, SKOS.prefLabel)] == ["NATO"]


def test_sparqlwrapper_is_told_of_a_wrong_query(server):
    client = SPARQLWrapper.SPARQLWrapper(f"{server.address}sparql")
    client.setQuery("SELECT nothing")
    with pytest.raises(SPARQLWrapper.SPARQLExceptions.QueryBadFormed, match="Line 1, column 15"):
        client.query()


@pytest.mark.parametrize("format_", ["json", "xml", "csv", "tsv"])
def test_rdflib_takes_the_endpoint_for_a_store(server, names, format_):
    graph = Graph(SPARQLStore(f"{server.address}sparql", returnFormat=format_))
    assert [str(row.name) for row in graph.query(NAMES)] == names
    assert {str(label) for label in graph.objects(NATO, SKOS.prefLabel)} == {"NATO"}
    assert (NATO, SKOS.prefLabel, None) in graph
    assert len(graph) == int(server.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows[0]["n"])
