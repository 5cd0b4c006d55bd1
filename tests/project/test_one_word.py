"""One word through all layers: a table, its claim class, its query's columns and its terms are named alike."""

from __future__ import annotations

import dataclasses
import re

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store

from ssrgraph.extraction.model import CLAIMS, Claim
from ssrgraph.query import catalogue, facts
from ssrgraph.vocabulary import PREFIXES, SLOTS, OrgClass, Schema, SsrClass

TABLES = {
    "funding": "funder recipient programme amount currency bound modality status from to purpose",
    "personnel": "measure group agent organization value value_min value_max bound per status from to place",
    "equipment": "provider recipient item value bound programme status from to",
    "results": "measure value bound agent place from to",
    "missions": "mission abbreviation lead host start end commander requested_by mandate predecessor",
    "agreements": "agreement kind parties date",
    "roles": "person title role organization",
    "events": "event date place organizer participants",
    "organizations": "organization abbreviation kind parent",
    "memberships": "organization member",
}
COLUMNS = [(table, column) for table, columns in TABLES.items() for column in columns.split()]
# What a claim says beyond its table: a range of money and a yearly rate have no column.
BEYOND = {"funding": {"amount_min", "amount_max", "per"}}
# A row about an entity: its first column is the entity itself, of this class. What has members needs no class for it.
ENTITY = {
    ("missions", "mission"): SsrClass.MISSION,
    ("agreements", "agreement"): SsrClass.AGREEMENT,
    ("events", "event"): Schema.EVENT,
    ("organizations", "organization"): OrgClass.ORGANIZATION,
}
HOLDER = ("memberships", "organization")
# Columns whose term has another word: lists in the plural, a minimum in money, and the member of a post.
OTHER_WORD = {
    ("agreements", "parties"): "party",
    ("events", "participants"): "participant",
    ("funding", "amount_min"): "valueMin",
    ("funding", "amount_max"): "valueMax",
    ("results", "measure"): "outcome",
    ("roles", "person"): "member",
}


@pytest.fixture(scope="module")
def ontology(root):
    store = Store()
    for path in sorted((root / "ontology").rglob("*.ttl")):
        store.load(path=str(path), format=RdfFormat.TURTLE)
    return store


def test_the_tables_are_those_of_the_convention(shared):
    text = (shared / "design" / "fact-tables.md").read_text(encoding="utf-8")
    written = re.findall(r"^## (\w+) — .*\n`([^`]+)`$", text, re.MULTILINE)
    assert {table: columns.replace(",", "") for table, columns in written} == TABLES


def test_every_table_has_its_claim_class_in_the_same_order():
    assert [claim.table for claim in CLAIMS] == list(TABLES)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.table)
def test_the_fields_of_a_claim_are_the_columns_of_its_table(claim):
    common = {field.name for field in dataclasses.fields(Claim)}
    own = [field.name.removesuffix("_") for field in dataclasses.fields(claim) if field.name not in common]
    beyond = BEYOND.get(claim.table, set())
    assert set(TABLES[claim.table].split()) == set(own) - beyond
    assert beyond <= set(own)


def test_the_command_prints_the_columns_between_document_and_quote():
    assert {table: " ".join(columns[1:-1]) for table, columns in facts.COLUMNS.items()} == TABLES
    assert {(columns[0], columns[-1]) for columns in facts.COLUMNS.values()} == {("document", "quote")}


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_a_saved_query_that_gives_its_columns(root, table):
    saved = catalogue.load(root / "queries")[table]
    assert saved.group == "tables"
    assert tuple(saved.columns) == facts.COLUMNS[table]
    answer = Store().query(saved.text, prefixes=PREFIXES)
    assert [variable.value for variable in answer.variables] == list(facts.COLUMNS[table])


def test_there_is_no_table_query_without_a_table(root):
    assert {path.stem for path in (root / "queries" / "tables").glob("*.rq")} == set(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_every_column_has_its_term(table):
    entity = {column for of, column in [*ENTITY, HOLDER] if of == table}
    assert set(SLOTS[table]) == set(TABLES[table].split()) - entity | BEYOND.get(table, set())


@pytest.mark.parametrize(
    ("table", "column"), [(table, column) for table, columns in SLOTS.items() for column in columns]
)
def test_a_term_has_the_word_of_its_column(table, column):
    camel = re.sub(r"_(\w)", lambda match: match[1].upper(), column)
    word = re.split("[#/]", SLOTS[table][column])[-1]
    assert word == OTHER_WORD.get((table, column), camel)


@pytest.mark.parametrize(("table", "column"), [slot for slot in COLUMNS if slot != HOLDER])
def test_the_term_of_a_column_is_declared(ontology, table, column):
    iri = NamedNode(ENTITY.get((table, column)) or SLOTS[table][column])
    assert any(ontology.quads_for_pattern(iri, None, None, None))


@pytest.mark.parametrize(("table", "column"), [slot for slot in COLUMNS if slot != HOLDER])
def test_the_query_of_a_table_uses_the_term_of_each_column(root, table, column):
    iri = ENTITY.get((table, column)) or SLOTS[table][column]
    text = (root / "queries" / "tables" / f"{table}.rq").read_text(encoding="utf-8")
    names = [f"{prefix}:{iri.removeprefix(space)}" for prefix, space in PREFIXES.items() if iri.startswith(space)]
    assert any(re.search(rf"(?<![\w:]){re.escape(name)}(?!\w)", text) for name in names), f"{names} in {table}.rq"


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.table)
def test_a_table_has_its_reader_of_the_same_name(root, claim):
    claims = root / "src" / "ssrgraph" / "extraction" / "claims"
    assert (claims / f"{claim.table}.py").is_file()
