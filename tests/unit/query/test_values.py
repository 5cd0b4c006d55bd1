from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Store

from ssrgraph.query.catalogue import Parameter, load, parse
from ssrgraph.query.values import ParameterError, bound, typed, value_type
from ssrgraph.resources import shipped

XSD = "http://www.w3.org/2001/XMLSchema#"
QUERY = """# title: All kinds
# parameter: word = "" : a text
# parameter: least = 0 : a number
# parameter: about = <urn:a> : an IRI
# parameter: any : a term
SELECT ($word AS ?w) ($least AS ?l) ($about AS ?a) ($any AS ?x) {}
"""
ALL = parse(QUERY, name="all-kinds")


def answer(**values):
    (row,) = Store().query(bound(ALL, {"any": "1", **values}))
    return tuple(row)


@given(st.text())
def test_a_text_is_that_text_whatever_signs_it_has(value):
    assert answer(word=value)[0] == Literal(value)


@pytest.mark.parametrize("value", ['"quoted"', "<urn:b>", "7", '" } DROP ALL #', "\\u0022", "a\nb", "?word", "$least"])
def test_no_text_is_taken_for_anything_else(value):
    assert answer(word=value)[0] == Literal(value)


@pytest.mark.parametrize(
    ("value", "datatype"),
    [
        ("7", "integer"),
        ("-7", "integer"),
        ("1.5", "decimal"),
        ("0.5", "decimal"),
        ("1e9", "double"),
        ("12345678901234567890", "double"),
    ],
)
def test_a_number_has_the_datatype_in_which_the_engine_computes_with_it(value, datatype):
    (found,) = Store().query(bound(parse("# parameter: n = 0\nSELECT ($n AS ?l) {}", name="n"), {"n": value}))
    assert found["l"].datatype == NamedNode(f"{XSD}{datatype}")
    assert float(found["l"].value) == float(value)
    (compared,) = Store().query(bound(parse("# parameter: n = 0\nSELECT ($n > -8 AS ?l) {}", name="n"), {"n": value}))
    assert compared["l"].value == "true"


def test_an_iri_may_stand_in_brackets():
    assert answer(about="urn:b")[2] == answer(about="<urn:b>")[2] == NamedNode("urn:b")


@pytest.mark.parametrize(
    ("values", "code", "words"),
    [
        ({"wrod": "x", "any": "1"}, "unknown-parameter", "did you mean `word`?"),
        ({"zzz": "x", "any": "1"}, "unknown-parameter", "it has word, least, about, any"),
        ({}, "missing-parameter", "`any` needs a value"),
        ({"any": "1", "least": "many"}, "parameter-value", "takes a number, not `many`"),
        ({"any": "1", "least": ""}, "parameter-value", "takes a number"),
        ({"any": "1", "least": "٣"}, "parameter-value", "takes a number"),
        ({"any": "1", "least": "1 } #"}, "parameter-value", "takes a number"),
        ({"any": "1", "about": "no iri"}, "parameter-value", "takes an IRI"),
        ({"any": "<no iri>"}, "parameter-value", "takes a term"),
    ],
)
def test_what_a_parameter_cannot_take_is_told(values, code, words):
    with pytest.raises(ParameterError) as caught:
        bound(ALL, values)
    assert caught.value.code == code
    assert words in str(caught.value)


def test_the_default_counts_as_it_is_written():
    assert typed(Parameter(name="n", default="0.5", about=""), "0.5") == answer(least="0.5")[1]
    assert answer()[:3] == (Literal(""), Literal("0", datatype=NamedNode(f"{XSD}integer")), NamedNode("urn:a"))


def test_every_shipped_query_can_be_bound_with_its_defaults():
    for query in load(shipped("queries")).values():
        assert bound(query, {})
        for each in query.parameters:
            assert value_type(each).value in {"text", "number", "iri"}
            assert each.name != "format"
