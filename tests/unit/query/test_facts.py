from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from ssrgraph.errors import DataError, QueryError
from ssrgraph.extraction.model import CLAIMS
from ssrgraph.query import catalogue, facts
from ssrgraph.store import MemoryStore

EX = "http://example.org/"


@pytest.fixture
def store():
    graph = MemoryStore(EX)
    amount = Literal("1250000000.00", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#decimal"))
    graph.replace_graph(
        NamedNode(f"{EX}graph/1"),
        [
            Triple(NamedNode(f"{EX}a"), NamedNode(f"{EX}organization"), Literal('the "Force", new')),
            Triple(NamedNode(f"{EX}a"), NamedNode(f"{EX}member"), amount),
        ],
    )
    return graph


def saved(select: str) -> dict[str, catalogue.SavedQuery]:
    text = f"SELECT {select} {{ ?s <{EX}organization> ?organization ; <{EX}member> ?member }}"
    return {"memberships": catalogue.parse(text, name="memberships", group="tables")}


MEMBERSHIPS = saved('?member ("doc" AS ?document) ?organization ("a\\nquote" AS ?quote)')


def test_rows_have_the_columns_of_the_table_in_their_order(store):
    assert facts.rows(store, "memberships", MEMBERSHIPS) == [("doc", 'the "Force", new', "1250000000", "a\nquote")]


def test_csv_quotes_what_must_be_quoted(store):
    rows = facts.rows(store, "memberships", MEMBERSHIPS)
    assert facts.as_csv("memberships", rows) == (
        'document,organization,member,quote\ndoc,"the ""Force"", new",1250000000,"a\nquote"\n'
    )


def test_records_have_numbers_for_values_and_null_for_open_slots():
    row = ("d", "", "Iraqi officers", "", "", "12", "", "7.5", "exact", "", "actual", "2017", "", "", "12 officers")
    (record,) = facts.as_records("personnel", [row])
    assert (record["value"], record["value_min"], record["value_max"], record["from"]) == (12, None, 7.5, "2017")


def test_an_unknown_table_is_told(store):
    with pytest.raises(QueryError, match="weather: no such table; there are funding, personnel"):
        facts.rows(store, "weather", MEMBERSHIPS)


def test_a_query_without_a_column_is_a_fault_of_the_catalogue(store):
    with pytest.raises(DataError, match="gives no column member, quote"):
        facts.rows(store, "memberships", saved('("doc" AS ?document) ?organization'))


def test_there_is_a_table_for_each_class_of_claims():
    assert list(facts.COLUMNS) == [claim.table for claim in CLAIMS]
