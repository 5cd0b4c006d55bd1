"""The W3C tests of SPARQL 1.1's entailment regimes, as far as they concern RDF, RDFS or the RL profile of OWL 2.

A query runs over what is given and what the native engine infers. The tests lie beside the checkout; without them
every test here is skipped. A test whose data is no RDF or whose regime has nothing to do with the rules does not count.
"""

from __future__ import annotations

from functools import cache
from itertools import permutations
from pathlib import Path

import pytest
from pyoxigraph import (
    BlankNode,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
)

from ssrgraph.reasoning import closure

FOLDER = Path(__file__).parents[4] / "shared" / "w3c" / "sparql11" / "entailment"
BASE = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/entailment/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
SD = "http://www.w3.org/ns/sparql-service-description#"
ENT = "http://www.w3.org/ns/entailment/"
RL = "http://www.w3.org/ns/owl-profile/RL"

MANIFEST = BASE + "manifest#"
BEYOND_THE_RULES = {
    MANIFEST
    + "rdf01": "that what stands as a predicate is an rdf:Property is concluded by RDF, by no rule of OWL 2 RL",
    MANIFEST + "rdfs11": "that every property, declared or not, is below itself is concluded by RDFS (rdfs6) only",
    MANIFEST + "simple1": "the query asks for a class that the data does not have, as only the direct semantics can",
}


@cache
def manifest():
    store = Store()
    store.load((FOLDER / "manifest.ttl").read_bytes(), format=RdfFormat.TURTLE, base_iri=BASE + "manifest")
    return store


def values(node, iri):
    found = [quad.object for quad in manifest().quads_for_pattern(node, NamedNode(iri), None)]
    return [member for one in found for member in members(one)]


def members(node):
    first = [quad.object for quad in manifest().quads_for_pattern(node, NamedNode(RDF + "first"), None)]
    if not first:
        return [] if node == NamedNode(RDF + "nil") else [node]
    (rest,) = [quad.object for quad in manifest().quads_for_pattern(node, NamedNode(RDF + "rest"), None)]
    return [*first, *members(rest)]


def cases():
    if not FOLDER.is_dir():
        return
    kind = NamedNode(MF + "QueryEvaluationTest")
    for quad in manifest().quads_for_pattern(None, NamedNode(RDF + "type"), kind):
        (action,) = values(quad.subject, MF + "action")
        regimes = {one.value.removeprefix(ENT) for one in values(action, SD + "entailmentRegime")}
        in_profile = NamedNode(RL) in values(action, SD + "EntailmentProfile")
        if regimes & {"RDF", "RDFS"} or in_profile:
            yield quad.subject.value.rpartition("#")[2], quad.subject, action


def file_of(iri):
    return FOLDER / iri.value.rpartition("/")[2]


def answers(action):
    data = [file_of(one) for one in values(action, QT + "data")]
    kinds = {".ttl": RdfFormat.TURTLE, ".rdf": RdfFormat.RDF_XML}
    given = {
        quad.triple
        for path in data
        for quad in parse(path.read_bytes(), format=kinds[path.suffix], base_iri=BASE + path.name)
    }
    store = Store()
    store.extend(Quad(*triple) for triple in {*given, *closure(given, complete=True).inferred})
    (query,) = [file_of(one) for one in values(action, QT + "query")]
    return store.query(query.read_text(encoding="utf-8"), base_iri=BASE), {term for one in given for term in one}


def rows(solutions, known=None):
    """Return the rows, without those that name an IRI which the data does not: such are no answers of a regime."""
    names = sorted(variable.value for variable in solutions.variables)
    found = [tuple(solution[name] for name in names) for solution in solutions]
    if known is not None:
        found = [row for row in found if not any(isinstance(t, NamedNode) and t not in known for t in row)]
    return names, found


def same(found, expected):
    """Say whether two tables have the same rows, blank nodes renamed."""
    if found[0] != expected[0] or len(found[1]) != len(expected[1]):
        return False
    ours, theirs = (
        sorted({t for row in table for t in row if isinstance(t, BlankNode)}, key=str)
        for table in (found[1], expected[1])
    )
    if len(ours) != len(theirs):
        return False
    wanted = sorted(map(str, expected[1]))
    return any(
        sorted(str(tuple(dict(zip(ours, order, strict=True)).get(t, t) for t in row)) for row in found[1]) == wanted
        for order in permutations(theirs)
    )


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the W3C tests do not lie beside the checkout")
@pytest.mark.parametrize(
    ("test", "action"),
    [
        pytest.param(
            test,
            action,
            id=name,
            marks=[pytest.mark.xfail(strict=True, reason=BEYOND_THE_RULES[test.value])]
            if test.value in BEYOND_THE_RULES
            else [],
        )
        for name, test, action in sorted(cases(), key=lambda case: case[0])
    ],
)
def test_the_query_has_the_answers_of_the_regime(test, action):
    (result,) = values(test, MF + "result")
    path = file_of(result)
    found, known = answers(action)
    expected = parse_query_results(path.read_bytes(), format=QueryResultsFormat.XML)
    if isinstance(expected, QueryBoolean):
        assert bool(found) == bool(expected)
        return
    found_rows, expected_rows = rows(found, known), rows(expected)
    assert same(found_rows, expected_rows), (found_rows, expected_rows)
