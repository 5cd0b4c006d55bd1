from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Store

from ssrgraph.errors import QueryError
from ssrgraph.query.parameters import bind, term, variables

XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("<http://example.org/a>", NamedNode("http://example.org/a")),
        ("2017", Literal("2017", datatype=NamedNode(f"{XSD}integer"))),
        ("-3", Literal("-3", datatype=NamedNode(f"{XSD}integer"))),
        ("0.5", Literal("0.5", datatype=NamedNode(f"{XSD}decimal"))),
        ("NATO", Literal("NATO")),
        ('"2017"', Literal("2017")),
        ("", Literal("")),
        ("2017-05", Literal("2017-05")),
    ],
)
def test_a_value_is_typed_by_its_looks(written, expected):
    assert term(written) == expected


def test_a_number_stays_a_string_where_text_is_asked_for():
    assert term("2017", text=True) == Literal("2017")


def test_what_is_no_iri_is_refused():
    with pytest.raises(ValueError, match="IRI"):
        term("<no iri>")


@given(st.text())
def test_any_string_comes_through_a_query_as_itself(value):
    query = bind("SELECT ($x AS ?y) {}", {"x": Literal(value)})
    (row,) = Store().query(query)
    assert row["y"] == Literal(value)


def test_a_value_cannot_leave_its_place():
    query = bind("SELECT ?s { ?s ?p $o }", {"o": Literal('" } ; DROP ALL #')})
    assert query == r'SELECT ?s { ?s ?p "\" } ; DROP ALL #" }'


def test_strings_comments_and_iris_are_no_variables():
    text = '# $a\nSELECT * { <http://example.org/?a=$a> ?p \'$a\', """$a "$a" """ , $a }'
    bound = bind(text, {"a": Literal("x")})
    assert bound == text.removesuffix("$a }") + '"x" }'
    assert variables(text) == {"p", "a"}


def test_a_less_than_sign_begins_no_iri():
    assert bind("SELECT * { FILTER (?a < $a) }", {"a": term("3")}) == "SELECT * { FILTER (?a < 3) }"


def test_a_dollar_parameter_leaves_the_column_of_its_name_alone():
    bound = bind("SELECT ?name { ?s ?p ?name FILTER (?name = $name) }", {"name": Literal("x")})
    assert bound == 'SELECT ?name { ?s ?p ?name FILTER (?name = "x") }'


def test_a_query_with_question_marks_only_is_bound_throughout():
    assert bind("SELECT ?s { ?s ?p ?o }", {"o": term("<urn:x>")}) == "SELECT ?s { ?s ?p <urn:x> }"


def test_a_whole_number_may_stand_behind_limit():
    assert bind("SELECT * {} LIMIT $n", {"n": term("5")}) == "SELECT * {} LIMIT 5"


def test_a_value_without_a_variable_is_told():
    with pytest.raises(QueryError, match="year: the query has no parameter or variable of this name"):
        bind("SELECT * { ?s ?p ?o }", {"year": Literal("2017")})
