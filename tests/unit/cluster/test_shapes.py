"""The tables that Spark joins, joined here by loops: they must give the closure of the native engine."""

from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat, parse

from ssrgraph.cluster.shapes import FIXED, Specialiser, schema_classes, schema_predicates
from ssrgraph.cluster.statements import Statement, statements, value_text
from ssrgraph.reasoning import Reasoner, closure
from ssrgraph.reasoning.terms import OWL, RDFS, TYPE

PREFIXES = f"""
@prefix : <http://example.org/> . @prefix owl: <{OWL}> . @prefix rdfs: <{RDFS}> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
GRAPHS = {
    "hierarchies": ":A rdfs:subClassOf :B . :p rdfs:subPropertyOf :q ; rdfs:domain :A ; rdfs:range :C . :x :p :y .",
    "inverse and symmetric": ":p owl:inverseOf :q . :s a owl:SymmetricProperty . :x :p :y ; :s :z . :z :q :x .",
    "transitive": ":t a owl:TransitiveProperty . :a :t :b . :b :t :c . :c :t :d .",
    "chain": ":c owl:propertyChainAxiom ( :p :q :r ) . :a :p :b . :b :q :c1 . :c1 :r :d , :e .",
    "some values": ":R owl:onProperty :p ; owl:someValuesFrom :C . :a :p :b . :b a :C . :c :p :d .",
    "all values": ":R owl:onProperty :p ; owl:allValuesFrom :C . :a a :R ; :p :b . :c :p :d .",
    "a value": ":H owl:onProperty :p ; owl:hasValue 5 . :a a :H . :b :p 5.0 . :c :p 6 .",
    "intersection and union": ":I owl:intersectionOf ( :A :B ) . :U owl:unionOf ( :A :C ) . :x a :A , :B . :y a :C .",
    "functional": ":f a owl:FunctionalProperty . :x :f :a , :b .",
    "inverse functional": ':k a owl:InverseFunctionalProperty . :x :k 1 . :y :k 1.0 . :z :k "1" .',
    "key": ':K owl:hasKey ( :k :l ) . :x a :K ; :k "a" ; :l "b" . :y a :K ; :k "a" ; :l "b" . :z a :K ; :k "a" .',
    "at most one": ":M owl:onProperty :p ; owl:maxCardinality 1 . :x a :M ; :p :a , :b . :y :p :c , :d .",
}


def graph_of(text):
    return [quad.triple for quad in parse(PREFIXES + text, format=RdfFormat.TURTLE)]


def is_schema(one: Statement) -> bool:
    predicates, classes = schema_predicates(), schema_classes()
    return one.p[1:-1] in predicates or (one.p == f"<{TYPE}>" and one.o[1:-1] in classes)


def matches(condition, bound, facts):
    """Yield what the variables of a shape stand for."""
    if not condition:
        yield bound
        return
    for fact in facts:
        more = dict(bound)
        if all(more.setdefault(name, value) == value for name, value in zip(condition[0], fact, strict=True)):
            yield from matches(condition[1:], more, facts)


def closed(facts, tables):
    while True:
        found = {
            tuple(bound[name] for name in atom)
            for shape, rows in tables.items()
            for row in rows
            for bound in matches(shape.condition, dict(zip(shape.columns(), row, strict=True)), facts)
            if all(bound[one] != bound[other] for one, other in shape.apart)
            for atom in shape.conclusion
        }
        if found <= facts:
            return facts
        facts |= found


@pytest.mark.parametrize("name", GRAPHS)
def test_the_tables_of_the_rules_give_what_the_native_engine_derives(name):
    triples = graph_of(GRAPHS[name])
    texts = list(statements(triples))
    schema = Reasoner([one for one, text in zip(triples, texts, strict=True) if is_schema(text)])
    data = {(one.s, one.p, one.v) for one in texts if not is_schema(one)}
    found = closed(set(data), Specialiser(schema.graph).rules())
    native = {(str(one.subject), str(one.predicate), value_text(str(one.object))) for one in closure(triples).inferred}
    of_schema = {(one.s, one.p, one.v) for one in statements(schema.inferred())}
    real = {one for one in found - data if not one[0].startswith('"') and one[0] != one[2]}
    assert real, "the graph must show something"
    assert real <= native
    # What follows from sameness is not a matter of these tables.
    if not any(one[1] == f"<{OWL}sameAs>" for one in native):
        assert real | of_schema == native


def test_rules_of_one_form_are_one_shape():
    text = ":s a owl:SymmetricProperty . :p owl:inverseOf :q ."
    tables = Specialiser(Reasoner(graph_of(text)).graph).rules()
    (rows,) = tables.values()
    s, p, q = (f"<http://example.org/{name}>" for name in "spq")
    assert rows == {(s, s), (p, q), (q, p)}


def test_names_of_columns_of_tables_are_told_from_variables():
    (shape,) = Specialiser(Reasoner(graph_of(GRAPHS["chain"])).graph).rules()
    assert shape.columns() == tuple(f"{FIXED}{number}" for number in range(4))
    assert [atom.predicate for atom in (*shape.condition, *shape.conclusion)] == list(shape.columns())


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ('"05"^^<http://www.w3.org/2001/XMLSchema#integer>', '"5"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ('"5.0"^^<http://www.w3.org/2001/XMLSchema#decimal>', '"5"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ('"x"^^<http://www.w3.org/2001/XMLSchema#integer>', '"x"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ('"a"', '"a"'),
        ("<http://example.org/a>", "<http://example.org/a>"),
    ],
)
def test_a_literal_is_known_by_the_plainest_text_of_its_value(text, plain):
    assert value_text(text) == plain
