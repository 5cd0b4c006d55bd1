from __future__ import annotations

from pyoxigraph import NamedNode, Triple

from ssrgraph.materialize import inferred_graph, materialize, premises
from ssrgraph.store import MemoryStore
from ssrgraph.vocabulary import Rdf

BASE = "https://data.example.org/"
SUBCLASS = NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")


def node(name: str) -> NamedNode:
    return NamedNode(BASE + name)


def typed(name: str, kind: str) -> Triple:
    return Triple(node(name), NamedNode(Rdf.TYPE), node(kind))


def store_of(**graphs: list[Triple]) -> MemoryStore:
    store = MemoryStore(BASE)
    for name, triples in graphs.items():
        store.replace_graph(node(f"graph/{name.replace('_', '/')}"), triples)
    return store


ONTOLOGY = [Triple(node("Army"), SUBCLASS, node("Force"))]


def test_what_follows_stands_in_a_graph_of_its_own():
    store = store_of(ontology=ONTOLOGY, document_a=[typed("x", "Army")])
    result = materialize(store)
    assert set(store.triples(inferred_graph(store))) == {typed("x", "Force")}
    assert (result.read, result.inferred, result.inconsistencies) == (2, 1, ())


def test_what_is_asserted_later_is_no_longer_inferred():
    store = store_of(ontology=ONTOLOGY, document_a=[typed("x", "Army")])
    materialize(store)
    store.replace_graph(node("graph/document/b"), [typed("x", "Force")])
    materialize(store)
    assert list(store.triples(inferred_graph(store))) == []
    assert typed("x", "Force") in set(store.triples())


def test_what_no_longer_follows_goes():
    store = store_of(ontology=ONTOLOGY, document_a=[typed("x", "Army")])
    materialize(store)
    store.drop_graph(node("graph/document/a"))
    materialize(store)
    assert set(store.triples()) == set(ONTOLOGY)


def test_evidence_links_and_former_inferences_are_no_premises():
    given = [typed("x", "Army")]
    store = store_of(
        ontology=ONTOLOGY,
        document_a=given,
        evidence_a=[typed("e", "Evidence")],
        links=[typed("l", "Link")],
        inferred=[typed("i", "Old")],
        added=[typed("y", "Army")],
    )
    assert set(premises(store)) == {*ONTOLOGY, *given, typed("y", "Army")}


def test_no_reasoner_means_no_inferred_graph():
    store = store_of(ontology=ONTOLOGY, document_a=[typed("x", "Army")])
    materialize(store)
    materialize(store, engine="none")
    assert inferred_graph(store) not in store.graphs()
