"""The annotated texts are what their README says: every document has gold, every quote stands in its text."""

from __future__ import annotations

import json
import re

import pytest

from ssrgraph.evaluation.conventions import COLUMNS

PARTS = ["tests/corpus", "tests/corpus/unread"]


def fold(text):
    return re.sub(r"\s+", " ", text).strip()


@pytest.mark.parametrize("part", PARTS)
def test_every_document_has_gold(root, part):
    documents = {path.stem for path in (root / part / "documents").glob("*.txt")}

    assert documents
    assert {path.stem for path in (root / part / "gold").glob("*.json")} == documents


def test_the_readme_lists_every_document(root):
    readme = (root / "tests/corpus/README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| ([a-z0-9-]*[a-z][a-z0-9-]*) \| ", readme, flags=re.MULTILINE)
    documents = [path.stem for part in PARTS for path in (root / part / "documents").glob("*.txt")]

    assert sorted(name for name in listed if name != "document") == sorted(documents)


@pytest.mark.parametrize("part", PARTS)
def test_gold_has_every_table_and_column_and_quotes_its_document(root, part):
    wrong = []
    for path in sorted((root / part / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = fold((root / part / "documents" / f"{path.stem}.txt").read_text(encoding="utf-8"))
        if gold["document"] != path.stem or set(gold["tables"]) != set(COLUMNS):
            wrong.append((path.stem, "document or tables"))
        for table, rows in gold["tables"].items():
            for row in rows:
                if not set(COLUMNS[table]) <= set(row):
                    wrong.append((path.stem, table, "columns"))
                if not row["quote"].strip() or fold(row["quote"]) not in text:
                    wrong.append((path.stem, table, row["quote"]))

    assert wrong == []
