from __future__ import annotations

import hashlib

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from ssrgraph.errors import QueryError
from ssrgraph.export import graphs
from ssrgraph.store import MemoryStore
from ssrgraph.vocabulary import Rdf, Skos, Ssr, SsrClass

BASE = "https://data.example.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"


def node(name: str) -> NamedNode:
    return NamedNode(BASE + name)


def claim(name: str, amount: str) -> list[Triple]:
    return [
        Triple(node(f"claim/{name}"), NamedNode(Rdf.TYPE), NamedNode(SsrClass.FUNDING_CLAIM)),
        Triple(node(f"claim/{name}"), NamedNode(Ssr.AMOUNT), Literal(amount, datatype=NamedNode(f"{XSD}decimal"))),
        Triple(node(f"claim/{name}"), NamedNode(Ssr.FUNDER), node("id/organization/us")),
        Triple(node("id/organization/us"), NamedNode(Skos.PREF_LABEL), Literal("United States", language="en")),
    ]


@pytest.fixture
def store():
    filled = MemoryStore(BASE)
    filled.replace_graph(node("graph/document/a"), claim("a1", "5000000"))
    filled.replace_graph(node("graph/document/b"), claim("b1", "12.5"))
    filled.replace_graph(
        node("graph/ontology"),
        [Triple(BlankNode("x"), NamedNode(Ssr.AMOUNT), BlankNode("y")), Triple(node("o"), node("p"), BlankNode("x"))],
    )
    return filled


def quads(content: bytes, kind: RdfFormat) -> set[Quad]:
    return set(parse(content, format=kind))


def without_blank(found: set[Quad]) -> set[Quad]:
    return {
        quad for quad in found if not isinstance(quad.subject, BlankNode) and not isinstance(quad.object, BlankNode)
    }


@pytest.mark.parametrize(
    ("name", "kind"),
    [("trig", RdfFormat.TRIG), ("nquads", RdfFormat.N_QUADS), ("jsonld", RdfFormat.JSON_LD)],
)
def test_a_dataset_comes_back_from_its_file(store, name, kind):
    found = quads(graphs.export(store, name), kind)
    expected = set(store.quads())
    assert without_blank(found) == without_blank(expected)
    assert len(found) == len(expected)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("turtle", RdfFormat.TURTLE), ("ntriples", RdfFormat.N_TRIPLES), ("rdfxml", RdfFormat.RDF_XML)],
)
def test_the_merge_comes_back_from_its_file(store, name, kind):
    found = quads(graphs.export(store, name), kind)
    expected = {Quad(t.subject, t.predicate, t.object) for t in store.triples()}
    assert without_blank(found) == without_blank(expected)
    assert len(found) == len(expected)


@pytest.mark.parametrize("name", graphs.FORMATS)
def test_an_export_is_the_same_however_the_store_was_filled(store, name):
    other = MemoryStore(BASE)
    for graph in reversed(store.graphs()):
        other.replace_graph(graph, sorted(store.triples(graph), key=str, reverse=True))
    assert graphs.export(store, name) == graphs.export(other, name)


def test_chosen_graphs_are_merged(store):
    found = quads(graphs.export(store, "ntriples", graphs=["document/*"]), RdfFormat.N_TRIPLES)
    assert len(found) == 7
    found = quads(graphs.export(store, "ntriples", graphs=["graph/document/a"]), RdfFormat.N_TRIPLES)
    assert {quad.triple for quad in found} == set(claim("a1", "5000000"))


def test_a_graph_can_be_chosen_by_its_iri(store):
    assert graphs.resolve_graphs(store, [f"<{BASE}graph/ontology>"]) == (node("graph/ontology"),)


def test_a_graph_that_there_is_not_is_told(store):
    with pytest.raises(QueryError, match="entities: the store has no such graph; it has document/a, document/b, ontol"):
        graphs.export(store, "turtle", graphs=["entities"])


def test_canonical_n_quads_name_blank_nodes_by_the_graph_alone(store):
    other = MemoryStore(BASE)
    for graph in store.graphs():
        other.replace_graph(
            graph,
            [Triple(renamed(t.subject), t.predicate, renamed(t.object)) for t in store.triples(graph)],
        )
    assert graphs.canonical(store) == graphs.canonical(other)
    lines = graphs.canonical(store).decode().splitlines()
    assert lines == sorted(lines)
    assert [line for line in lines if "_:c14n" in line] == [
        f"<{BASE}o> <{BASE}p> _:c14n0 <{BASE}graph/ontology> .",
        f"_:c14n0 <{Ssr.AMOUNT}> _:c14n1 <{BASE}graph/ontology> .",
    ]
    # As the specification has it: the blank node with the lesser hash of its own quads comes first.
    first = sorted(
        [f"_:a <{Ssr.AMOUNT}> _:z <{BASE}graph/ontology> .\n", f"<{BASE}o> <{BASE}p> _:a <{BASE}graph/ontology> .\n"]
    )
    second = [f"_:z <{Ssr.AMOUNT}> _:a <{BASE}graph/ontology> .\n"]
    assert hashlib.sha256("".join(first).encode()).hexdigest() < hashlib.sha256("".join(second).encode()).hexdigest()


def renamed(term):
    return BlankNode(hashlib.sha256(term.value.encode()).hexdigest()) if isinstance(term, BlankNode) else term


# Two blank nodes that only their neighbours tell apart.
DIAMOND = """
_:a <http://example.org/p> _:b .
_:a <http://example.org/p> _:c .
_:b <http://example.org/q> "left" .
_:c <http://example.org/q> "right" .
"""


def test_alike_blank_nodes_are_told_apart_by_their_neighbours():
    filled = MemoryStore(BASE)
    triples = [quad.triple for quad in parse(DIAMOND, format=RdfFormat.N_TRIPLES)]
    filled.replace_graph(node("graph/x"), triples)
    other = MemoryStore(BASE)
    other.replace_graph(node("graph/x"), [Triple(renamed(t.subject), t.predicate, renamed(t.object)) for t in triples])
    assert graphs.canonical(filled) == graphs.canonical(other)
    assert graphs.canonical(filled).count(b"\n") == 4
