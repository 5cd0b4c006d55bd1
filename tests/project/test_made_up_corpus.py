"""The corpus of the benchmarks: the same for whoever makes it, and its gold is of its texts."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ssrgraph.evaluation import read_gold


def made(root, folder, documents):
    script = root / "benchmarks" / "made_up_corpus.py"
    subprocess.run([sys.executable, script, "--documents", documents, "--out", folder], check=True, capture_output=True)
    return {path.relative_to(folder): path.read_bytes() for path in folder.glob("*/*")}


@pytest.fixture(scope="module")
def corpus(root, tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    return folder, made(root, folder, "40")


def test_a_document_is_the_same_in_a_corpus_of_any_size(root, corpus, tmp_path):
    _, files = corpus
    part = made(root, tmp_path, "7-19")
    assert len(part) == 26
    assert part.items() <= files.items()


def test_each_row_quotes_its_document(corpus):
    folder, _ = corpus
    gold = read_gold(folder / "gold")
    texts = {path.stem: " ".join(path.read_text("utf-8").split()) for path in (folder / "documents").iterdir()}
    assert gold.keys() == texts.keys()
    rows = [(key, row) for key, tables in gold.items() for rows in tables.values() for row in rows]
    assert len(rows) > 1000
    assert [(key, row.quote) for key, row in rows if row.quote.casefold() not in texts[key].casefold()] == []


def test_each_table_has_rows(corpus):
    folder, _ = corpus
    gold = read_gold(folder / "gold")
    first = next(iter(gold.values()))
    assert [table for table in first if not any(tables[table] for tables in gold.values())] == []
