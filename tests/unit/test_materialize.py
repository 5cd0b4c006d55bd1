from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from ssrgraph.materialize import Changes, inferred_graph, materialize, premises
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


def resources(store, text, name):
    return {quad.triple for quad in parse(PREFIXES_OF_CHANGES + text, format=RdfFormat.TURTLE)}, NamedNode(
        f"{store.info.base_iri}graph/{name}"
    )


PREFIXES_OF_CHANGES = "@prefix : <http://example.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "
DOCUMENTS = {
    "ontology": ":p rdfs:range :C . :C rdfs:subClassOf :D . :q rdfs:subPropertyOf :p .",
    "document/one": ":a :p :b . :a :p :c .",
    "document/two": ":a :p :b . :d :q :e .",
    "document/three": ":e :q :f . :f a :D .",
}
STEPS = [
    {"document/three": DOCUMENTS["document/three"]},
    {"document/one": ""},
    {"document/two": ":a :p :b . :f :q :a ."},
    {"document/two": "", "document/one": DOCUMENTS["document/two"]},
    {"ontology": ":p rdfs:range :C . :q rdfs:subPropertyOf :p ."},
]


def test_going_on_from_the_former_run_comes_to_the_same_as_from_scratch():
    store = MemoryStore()
    for name in ("ontology", "document/one", "document/two"):
        triples, graph = resources(store, DOCUMENTS[name], name)
        store.replace_graph(graph, triples)
    result = materialize(store)
    for step in STEPS:
        changes = Changes(store)
        for name, text in step.items():
            triples, graph = resources(store, text, name)
            changes.replace_graph(graph, triples)
        result = materialize(store, changes=changes, kept=result.kept)
        found = set(store.triples(inferred_graph(store)))
        merged = set(store.triples())
        again = materialize(store)
        assert found == set(store.triples(inferred_graph(store)))
        assert merged == set(store.triples())
        assert (result.read, result.inferred, result.inconsistencies) == (
            again.read,
            again.inferred,
            again.inconsistencies,
        )


@pytest.mark.parametrize("kept", [b"", b"damaged", b"PK\x05\x06" + bytes(18)])
def test_what_was_kept_and_cannot_be_read_is_derived_again(kept):
    store = MemoryStore()
    triples, graph = resources(store, DOCUMENTS["ontology"] + DOCUMENTS["document/one"], "document/one")
    changes = Changes(store)
    changes.replace_graph(graph, triples)
    result = materialize(store, changes=changes, kept=kept)
    assert result.inferred == len(set(store.triples(inferred_graph(store)))) == 7
