"""Folders of gold, tables and texts, good and bad."""

from __future__ import annotations

import json

import pytest

from ssrgraph.evaluation import COLUMNS, GoldError, evaluate, read_facts, read_gold, read_texts

MEMBERSHIP = {"organization": ["NATO"], "member": ["Poland", "PL"], "quote": "Poland", "optional_slots": ["member"]}


@pytest.fixture
def gold(tmp_path):
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "d.json").write_text(json.dumps({"document": "d", "tables": {"memberships": [MEMBERSHIP]}}))
    return folder


def test_gold_rows_keep_accepted_forms_and_open_slots(gold):
    (row,) = read_gold(gold)["d"]["memberships"]
    assert row.forms == {"organization": ("NATO",), "member": ("Poland", "PL")}
    assert (row.first("member"), row.quote, row.optional, row.open) == ("Poland", "Poland", False, {"member"})


def test_an_evaluation_reads_the_folders_it_is_given(gold, tmp_path):
    (tmp_path / "d.txt").write_text("Poland joined.", encoding="utf-8")
    row = {"document": "d", "quote": "Poland", "organization": "NATO", "member": "PL"}
    found = evaluate(gold, {"memberships": [row]}, tmp_path)
    assert (found.total().strict_f1, found.quotes.rows, found.quotes.missing) == (1, 1, {})


@pytest.mark.parametrize("content", ["", "[]", '{"document": "d"}', '{"document": "d", "tables": {"roles": [{}]}}'])
def test_a_broken_gold_file_is_named(gold, content):
    (gold / "e.json").write_text(content)
    with pytest.raises(GoldError, match=r"e\.json: not a file of gold rows"):
        read_gold(gold)


def test_a_folder_without_gold_is_refused(tmp_path):
    with pytest.raises(GoldError, match="holds no gold rows"):
        read_gold(tmp_path)
    with pytest.raises(GoldError, match="no such folder"):
        read_gold(tmp_path / "none")


def test_tables_are_read_with_empty_cells_and_missing_tables_are_empty(tmp_path):
    (tmp_path / "memberships.csv").write_text("document,organization,member,quote\nd,,Poland,q\n", encoding="utf-8")
    facts = read_facts(tmp_path)
    assert facts["memberships"] == [{"document": "d", "organization": "", "member": "Poland", "quote": "q"}]
    assert [table for table in COLUMNS if facts[table]] == ["memberships"]


def test_a_table_without_its_columns_is_refused(tmp_path):
    (tmp_path / "memberships.csv").write_text("document,quote\n", encoding="utf-8")
    with pytest.raises(GoldError, match="lacks the columns member, organization"):
        read_facts(tmp_path)


def test_a_folder_without_tables_or_texts_is_refused(tmp_path):
    with pytest.raises(GoldError, match="holds no fact table"):
        read_facts(tmp_path)
    with pytest.raises(GoldError, match="no such folder"):
        read_texts(tmp_path / "none")


def test_a_text_in_another_encoding_is_named(tmp_path):
    (tmp_path / "d.txt").write_bytes("é".encode("latin-1"))
    with pytest.raises(GoldError, match=r"d\.txt: cannot be read as UTF-8"):
        read_texts(tmp_path)
