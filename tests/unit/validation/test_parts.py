"""A store that is validated part by part gives what it gives as a whole."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from ssrgraph.store import LocalStore, MemoryStore
from ssrgraph.validation import check, screening, shapes, shipped_shapes
from ssrgraph.validation.reach import reach
from ssrgraph.vocabulary import BASE, PREFIXES, Rdf

HEADER = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
HEADER += "@prefix sh: <http://www.w3.org/ns/shacl#> .\n@prefix : <https://w3id.org/ssrgraph/id/> .\n"
SHAPES = """
ssr:NearShape a sh:NodeShape ; sh:targetClass ssr:Mission ;
    sh:property [ sh:path ssr:lead ; sh:minCount 1 ;
        sh:node [ sh:property [ sh:path skos:prefLabel ; sh:minCount 1 ] ] ] .
"""
DATA = """
:a a ssr:Mission ; ssr:lead :b . :b a org:Organization ; skos:prefLabel "B"@en .
:c a ssr:Mission ; ssr:lead :d . :d a org:Organization .
:e a ssr:Mission . :f a ssr:Small . ssr:Small rdfs:subClassOf ssr:Mission .
"""


def turtle(text):
    return [quad.triple for quad in parse((HEADER + text).encode(), format=RdfFormat.TURTLE)]


def findings(store, **changes):
    return [(one.subject.value.rpartition("/")[2], one.check) for one in check(store, checks=(), **changes).findings]


@pytest.mark.parametrize("nodes", [1, 2, 100])
def test_parts_of_any_size_give_the_same(monkeypatch, nodes):
    store = MemoryStore(BASE)
    store.replace_graph(NamedNode(f"{BASE}graph/entities"), turtle(DATA))
    monkeypatch.setattr(shapes, "_NODES", nodes)
    assert findings(store, shapes=turtle(SHAPES), inconsistencies=()) == [
        ("c", "NodeConstraintComponent"),
        ("e", "MinCountConstraintComponent"),
        ("f", "MinCountConstraintComponent"),
    ]


def test_what_was_derived_does_not_count(monkeypatch):
    store = MemoryStore(BASE)
    store.replace_graph(NamedNode(f"{BASE}graph/entities"), turtle(DATA))
    d = NamedNode(f"{BASE}id/d")
    label = Triple(d, NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel"), Literal("D", language="en"))
    mission = Triple(d, NamedNode(Rdf.TYPE), NamedNode(f"{PREFIXES['ssr']}Mission"))
    store.replace_graph(NamedNode(f"{BASE}graph/inferred"), [label, mission])
    monkeypatch.setattr(shapes, "_NODES", 1)
    assert ("c", "NodeConstraintComponent") in findings(store, shapes=turtle(SHAPES), inconsistencies=())
    assert [one for one in findings(store, shapes=turtle(SHAPES), inconsistencies=()) if one[0] == "d"] == []


def test_a_whole_build_gives_the_same_in_parts_as_at_once(five, monkeypatch):
    with LocalStore.open(five) as store:
        # Every shape must find something: there are no such labels.
        broken = [
            Triple(one.subject, one.predicate, Literal("7", datatype=one.object.datatype))
            if one.predicate.value.endswith(("minCount", "minLength"))
            else one
            for one in shipped_shapes()
        ]
        monkeypatch.setattr(shapes, "_NODES", 150)
        parts = check(store, shapes=broken, inconsistencies=(), checks=()).findings
        monkeypatch.setattr(shapes, "reach", lambda _shapes: None)
        whole = check(store, shapes=broken, inconsistencies=(), checks=()).findings
    assert len(whole) > 100
    assert parts == whole


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        (SHAPES, 2),
        ("ssr:S sh:targetClass ssr:Mission ; sh:property [ sh:path ssr:lead ] .", 1),
        ("ssr:S sh:targetNode ssr:Mission .", None),
        ("ssr:S sh:targetClass ssr:Mission ; sh:closed true .", None),
        ("ssr:S sh:targetClass ssr:Mission ; sh:property [ sh:path [ sh:inversePath ssr:lead ] ] .", None),
        ("ssr:S sh:targetClass ssr:Mission ; sh:property [ sh:path ssr:lead ; sh:node ssr:S ] .", None),
    ],
)
def test_how_far_shapes_look(text, steps):
    found = reach(turtle(text))
    assert (found.steps if found else None) == steps


def test_the_shipped_shapes_can_be_validated_in_parts():
    found = reach(shipped_shapes())
    assert found is not None
    assert 1 <= found.steps <= 3


def test_a_node_with_very_many_triples_is_seen_as_any_other(monkeypatch):
    monkeypatch.setattr(screening, "_HUB", 3)
    store = MemoryStore(BASE)
    many = "".join(f":{node} ssr:mentions :x{n} . " for node in "bd" for n in range(9))
    store.replace_graph(NamedNode(f"{BASE}graph/entities"), turtle(DATA + many))
    d = NamedNode(f"{BASE}id/d")
    label = Triple(d, NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel"), Literal("D", language="en"))
    store.replace_graph(NamedNode(f"{BASE}graph/inferred"), [label])  # It does not count.
    assert findings(store, shapes=turtle(SHAPES), inconsistencies=()) == [
        ("c", "NodeConstraintComponent"),
        ("e", "MinCountConstraintComponent"),
        ("f", "MinCountConstraintComponent"),
    ]


def test_only_what_a_shape_asks_of_a_value_leads_back_to_who_names_it():
    store = MemoryStore(BASE)
    missions = "".join(f":m{n} a ssr:Mission ; ssr:lead :b . " for n in range(300))
    store.replace_graph(NamedNode(f"{BASE}graph/entities"), turtle(missions))
    seen, b = reach(turtle(SHAPES)), NamedNode(f"{BASE}id/b")
    assert seen.back_from(store, {b: {f"{PREFIXES['ssr']}kind"}}) == {b}
    assert len(seen.back_from(store, {b: {f"{PREFIXES['skos']}prefLabel"}})) == 301


def test_a_comparison_of_two_properties_looks_at_both():
    text = "ssr:S sh:targetClass ssr:Mission ; sh:property [ sh:path ssr:start ; sh:lessThan ssr:end ] ."
    start, end = (f"{PREFIXES['ssr']}{name}" for name in ("start", "end"))
    assert reach(turtle(text)).chains == {(start,), (end,)}
