from __future__ import annotations

import json

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ssrgraph.errors import QueryError
from ssrgraph.query import results
from ssrgraph.store import MemoryStore

XSD = "http://www.w3.org/2001/XMLSchema#"
EX = "http://example.org/"


def number(lexical: str, kind: str = "decimal") -> Literal:
    return Literal(lexical, datatype=NamedNode(XSD + kind))


@pytest.mark.parametrize(
    ("term", "cell"),
    [
        (number("1250000000.0"), "1250000000"),
        (number("1.25E9", "double"), "1250000000"),
        (number("0.50"), "0.5"),
        (number("7", "integer"), "7"),
        (number("-0.0"), "0"),
        (number("1E-7", "double"), "0.0000001"),
        (number("NaN", "double"), "NaN"),
        (number("many"), "many"),
        (Literal("2017-05", datatype=NamedNode(f"{XSD}gYearMonth")), "2017-05"),
        (Literal("Irak", language="de"), "Irak"),
        (NamedNode(f"{EX}a"), f"{EX}a"),
        (BlankNode("b"), "b"),
        (None, ""),
    ],
)
def test_a_cell_is_plain(term, cell):
    assert results.plain(term) == cell


@pytest.fixture
def store():
    graph = MemoryStore(EX)
    graph.replace_graph(
        NamedNode(f"{EX}graph/1"), [Triple(NamedNode(f"{EX}a"), NamedNode(f"{EX}p"), Literal("ä", language="de"))]
    )
    return graph


SELECT = "SELECT ?s ?o { ?s ?p ?o }"


def test_rows_keep_language_tags_in_json(store):
    document = json.loads(results.write(store.query(SELECT), "json"))
    assert document["results"]["bindings"] == [
        {"s": {"type": "uri", "value": f"{EX}a"}, "o": {"type": "literal", "value": "ä", "xml:lang": "de"}}
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("csv", "s,o\r\nhttp://example.org/a,ä\r\n"),
        ("tsv", '?s\t?o\n<http://example.org/a>\t"ä"@de\n'),
    ],
)
def test_rows_in_the_formats_of_the_w3c(store, name, expected):
    assert results.write(store.query(SELECT), name).decode() == expected


def test_ask_is_answered_in_json(store):
    assert json.loads(results.write(store.query("ASK { ?s ?p ?o }"), "json")) == {"head": {}, "boolean": True}


def test_a_graph_is_written_as_triples(store):
    answer = store.query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert results.write(answer, "ntriples").decode() == f'<{EX}a> <{EX}p> "ä"@de .\n'


def test_rows_are_no_graph(store):
    with pytest.raises(QueryError, match="turtle: this query yields rows; choose table, json, xml, csv, tsv"):
        results.write(store.query(SELECT), "turtle")


def test_a_graph_is_no_rows(store):
    with pytest.raises(QueryError, match="csv: this query yields a graph; choose turtle"):
        results.write(store.query("CONSTRUCT WHERE { ?s ?p ?o }"), "csv")
