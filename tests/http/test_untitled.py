"""Documents without a title, which are not headed by their id."""

from __future__ import annotations

import pytest

FIRST = "The ministry said on Monday that 40 officers had been trained by Norway in Oslo."
LONG = "Norway provided the ministry with equipment, " * 4 + "and paid for it."


@pytest.fixture(scope="module")
def untitled(run_program, serving, tmp_path_factory):
    folder = tmp_path_factory.mktemp("untitled")
    (folder / "texts").mkdir()
    (folder / "texts" / "first one.txt").write_text(f"\n\n{FIRST}\n\nMore will follow.\n", encoding="utf-8")
    (folder / "texts" / "long.txt").write_text(f"{LONG}\n\nMore will follow.\n", encoding="utf-8")
    done = run_program("build", folder / "texts", "--store", folder / "store")
    assert done.returncode == 0, done.stderr
    with serving(folder / "store") as running:
        yield running


def test_a_document_without_a_title_is_called_by_its_first_words_on_every_page(untitled):
    query = "SELECT ?d { ?d a <https://w3id.org/ssrgraph/ontology#Document> } ORDER BY ?d"
    paths = ["/" + row["d"].removeprefix("https://w3id.org/ssrgraph/") for row in untitled.query(query).rows]
    for path, title in zip(paths, (f"“{FIRST}”", "“Norway provided the ministry"), strict=True):
        assert f"<h1>{title}" in untitled.get(path, accept="text/html").text
        assert f'<a href="{path}">{title}' in untitled.get("/", accept="text/html").text
        found = untitled.get("/search?q=ministry", accept="text/html").text
        assert f'<a href="{path}">' in found
        assert "first%20one<" not in found
