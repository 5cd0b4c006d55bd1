"""Which literals denote the same value, and which values a datatype has."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode

from ssrgraph.reasoning.datatypes import DATATYPES, has, value

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"


def literal(text, datatype):
    return Literal(text, datatype=NamedNode((RDF if datatype in {"PlainLiteral", "XMLLiteral"} else XSD) + datatype))


SAME = [
    (literal("1", "integer"), literal("01.0", "decimal")),
    (literal("+5", "byte"), literal("5", "unsignedLong")),
    (literal("-0", "integer"), literal("0", "decimal")),
    (literal("1", "boolean"), literal("true", "boolean")),
    (literal("1e1", "double"), literal("10.0", "double")),
    (literal("0.1", "float"), literal("0.10000000149011612", "float")),
    (literal("NaN", "double"), literal("NaN", "double")),
    (literal("a", "token"), Literal("a")),
    (literal("a@", "PlainLiteral"), Literal("a")),
    (literal("a@EN", "PlainLiteral"), Literal("a", language="en")),
    (literal("0fB7", "hexBinary"), literal("0FB7", "hexBinary")),
    (literal("Zm9v", "base64Binary"), literal("Zm 9v", "base64Binary")),
    (literal("2018-10-31T10:00:00.50Z", "dateTime"), literal("2018-10-31T10:00:00.5+00:00", "dateTime")),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_literals_of_one_value_are_the_same(one, other):
    assert value(one) == value(other)
    assert value(one) is not None


DIFFERENT = [
    (literal("1", "integer"), literal("1", "double")),
    (literal("1", "float"), literal("1", "double")),
    (literal("0", "double"), literal("-0", "double")),
    (literal("0.1", "double"), literal("0.10000000149011612", "double")),
    (literal("1", "integer"), Literal("1")),
    (literal("1", "boolean"), literal("1", "integer")),
    (Literal("a"), Literal("a", language="en")),
    (Literal("a", language="de"), Literal("a", language="en")),
    (Literal("a"), literal("a", "anyURI")),
    (literal("2018-10-31", "date"), literal("2018-10-31Z", "date")),
    (literal("2018", "gYear"), literal("2018", "integer")),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_literals_of_two_values_are_different(one, other):
    assert value(one) != value(other)


@pytest.mark.parametrize(
    ("text", "datatype"),
    [
        ("many", "integer"),
        ("1.0", "integer"),
        ("1e3", "decimal"),
        ("128", "byte"),
        ("-1", "nonNegativeInteger"),
        ("0", "positiveInteger"),
        ("yes", "boolean"),
        ("one", "double"),
        ("F", "hexBinary"),
        ("a b c", "base64Binary"),
        ("2018-02-29", "date"),
        ("1900-02-29", "date"),
        ("2018-10-31", "dateTime"),
        ("2018-10-31T10:00:00", "dateTimeStamp"),
        ("25:00:00", "time"),
        (" a", "token"),
        ("a\nb", "normalizedString"),
        ("a b", "NMTOKEN"),
        ("a:b", "NCName"),
        ("1a", "Name"),
        ("english please", "language"),
        ("a", "PlainLiteral"),
    ],
)
def test_what_a_datatype_cannot_write_denotes_nothing(text, datatype):
    assert value(literal(text, datatype)) is None


@pytest.mark.parametrize(
    ("text", "datatype"),
    [
        ("2016-02-29", "date"),
        ("2000-02-29", "date"),
        ("2018-10-31T24:00:00Z", "dateTimeStamp"),
        ("INF", "float"),
        ("1e400", "double"),
        ("de-AT", "language"),
        ("a:b", "Name"),
        ("", "token"),
        (".5", "decimal"),
        ("anything", "gYear"),
        ("<a/>", "XMLLiteral"),
    ],
)
def test_what_a_datatype_can_write_denotes_a_value(text, datatype):
    assert value(literal(text, datatype)) is not None


def datatypes_of(one):
    return {name.rpartition("#")[2] for name in DATATYPES if has(name, value(one))}


def test_a_small_number_belongs_to_every_datatype_that_reaches_it():
    numbers = "integer decimal nonNegativeInteger positiveInteger long int short byte"
    unsigned = "unsignedLong unsignedInt unsignedShort unsignedByte"
    assert datatypes_of(literal("5", "int")) == {*numbers.split(), *unsigned.split(), "Literal"}
    assert datatypes_of(literal("5.5", "decimal")) == {"decimal", "Literal"}


def test_a_string_belongs_to_the_datatypes_that_it_fits():
    assert datatypes_of(Literal("a b")) == {"string", "normalizedString", "token", "PlainLiteral", "Literal"}
    assert datatypes_of(Literal("a", language="en")) == {"langString", "PlainLiteral", "Literal"}


def test_a_moment_belongs_to_the_stamps_only_with_its_zone():
    assert datatypes_of(literal("2018-10-31T10:00:00", "dateTime")) == {"dateTime", "Literal"}
    assert datatypes_of(literal("2018-10-31T10:00:00Z", "dateTime")) == {"dateTime", "dateTimeStamp", "Literal"}


def test_an_unknown_datatype_may_have_any_value():
    assert has("http://example.org/shade", value(Literal("red")))
