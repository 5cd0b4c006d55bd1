from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from ssrgraph.errors import StoreError
from ssrgraph.store import LocalStore, change

if TYPE_CHECKING:
    from pathlib import Path

BASE = "http://example.org/"
GRAPH = NamedNode(f"{BASE}graph/one")


def a_triple(value: str) -> Triple:
    return Triple(NamedNode(f"{BASE}a"), NamedNode(f"{BASE}p"), Literal(value))


@pytest.fixture
def folder(tmp_path) -> Path:
    """Return a store that holds one triple and one file."""
    with change(tmp_path / "store", base_iri=BASE) as draft:
        draft.replace_graph(GRAPH, [a_triple("first")])
        draft.write_file("note.txt", b"first")
        draft.describe({"documents": {"a": "1"}})
    return tmp_path / "store"


def values(folder: Path) -> list[str]:
    with LocalStore.open(folder) as store:
        return sorted(triple.object.value for triple in store.triples())


def generations(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name.startswith("generation"))


def test_what_was_written_is_read_again(folder):
    with LocalStore.open(folder) as store:
        assert list(store.triples(GRAPH)) == [a_triple("first")]
        assert store.info.base_iri == BASE
        assert store.info.state == {"documents": {"a": "1"}}
        assert store.read_file("note.txt") == b"first"


def test_a_change_keeps_the_rest_and_sweeps_the_former_generation(folder):
    with change(folder, base_iri=BASE) as draft:
        draft.replace_graph(NamedNode(f"{BASE}graph/two"), [a_triple("second")])
    assert values(folder) == ["first", "second"]
    assert generations(folder) == ["generation-000002"]


def test_a_fresh_change_starts_empty(folder):
    with change(folder, base_iri=BASE, fresh=True) as draft:
        draft.replace_graph(GRAPH, [a_triple("new")])
    assert values(folder) == ["new"]
    with LocalStore.open(folder) as store:
        assert store.files() == ()


def test_a_change_that_fails_leaves_the_store_as_it_was(folder):
    def fail() -> None:
        with change(folder, base_iri=BASE) as draft:
            draft.replace_graph(GRAPH, [a_triple("second")])
            draft.write_file("note.txt", b"second")
            message = "stop"
            raise KeyError(message)

    with pytest.raises(KeyError):
        fail()
    assert values(folder) == ["first"]
    assert generations(folder) == ["generation-000001"]
    with LocalStore.open(folder) as store:
        assert store.read_file("note.txt") == b"first"


def test_a_reader_keeps_its_generation_while_the_store_changes(folder):
    with LocalStore.open(folder) as reader:
        with change(folder, base_iri=BASE) as draft:
            draft.replace_graph(GRAPH, [a_triple("second")])
        assert [triple.object.value for triple in reader.triples()] == ["first"]
        assert values(folder) == ["second"]
        assert generations(folder) == ["generation-000001", "generation-000002"]
    with change(folder, base_iri=BASE) as draft:
        draft.replace_graph(GRAPH, [a_triple("third")])
    assert generations(folder) == ["generation-000003"]


DYING = """
import os, sys
from pathlib import Path
from pyoxigraph import Literal, NamedNode, Triple
from ssrgraph.store import change, generations

folder, moment, base = sys.argv[1:]
replace = Path.replace
if moment == "before the pointer moves":
    Path.replace = lambda self, target: os._exit(9)
elif moment == "after the pointer moved":
    Path.replace = lambda self, target: (replace(self, target), os._exit(9))
elif moment == "before the files are on the disk":
    generations.publish = lambda *_: os._exit(9)
with change(folder, base_iri=base) as draft:
    triple = Triple(NamedNode(base + "a"), NamedNode(base + "p"), Literal("second"))
    draft.replace_graph(NamedNode(base + "graph/one"), [triple])
    if moment == "amid the writing":
        os._exit(9)
"""
"""A writer that is gone at a moment, without any tidying up."""


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("amid the writing", "first"),
        ("before the files are on the disk", "first"),
        ("before the pointer moves", "first"),
        ("after the pointer moved", "second"),
    ],
)
def test_a_writer_that_dies_leaves_a_whole_store(folder, moment, expected):
    done = subprocess.run([sys.executable, "-c", DYING, str(folder), moment, BASE], check=False)
    assert done.returncode == 9
    assert values(folder) == [expected]
    with change(folder, base_iri=BASE) as draft:
        draft.replace_graph(NamedNode(f"{BASE}graph/two"), [a_triple("later")])
    assert values(folder) == sorted([expected, "later"])
    assert len(generations(folder)) == 1


def test_a_second_writer_is_told_who_is_first(folder):
    with change(folder, base_iri=BASE), pytest.raises(StoreError) as caught, change(folder, base_iri=BASE):
        pass
    assert str(caught.value) == (
        f"{folder}: is being changed by another process ({os.getpid()}); wait until it is done"
    )


def test_a_missing_store_says_how_to_make_one(tmp_path):
    with pytest.raises(StoreError, match="no such store; make it with `ssrgraph build`"):
        LocalStore.open(tmp_path / "nothing")


def test_a_folder_that_is_no_store_is_not_read(tmp_path):
    (tmp_path / "letter.txt").write_text("Dear reader")
    with pytest.raises(StoreError, match="not a finished store"):
        LocalStore.open(tmp_path)


def test_a_folder_of_other_files_is_not_written_into(tmp_path):
    (tmp_path / "letter.txt").write_text("Dear reader")
    with pytest.raises(StoreError, match="holds other files"), change(tmp_path, base_iri=BASE):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_file_is_no_folder_for_a_store(tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("Dear reader")
    with pytest.raises(StoreError, match="is a file"), change(path, base_iri=BASE):
        pass
    assert path.read_text() == "Dear reader"


def info_file(folder: Path) -> Path:
    return folder / generations(folder)[0] / "store.json"


def test_a_store_of_another_format_is_not_read_and_not_changed(folder):
    content = json.loads(info_file(folder).read_text())
    info_file(folder).write_text(json.dumps({**content, "format": 99}))
    with pytest.raises(StoreError, match="a store of format 99, but this version of ssrgraph reads format 1"):
        LocalStore.open(folder)
    with pytest.raises(StoreError, match="format 99"), change(folder, base_iri=BASE):
        pass
    assert json.loads(info_file(folder).read_text())["format"] == 99


def test_a_store_of_another_format_can_be_made_anew(folder):
    content = json.loads(info_file(folder).read_text())
    info_file(folder).write_text(json.dumps({**content, "format": 99}))
    with change(folder, base_iri=BASE, fresh=True) as draft:
        draft.replace_graph(GRAPH, [a_triple("new")])
    assert values(folder) == ["new"]


@pytest.mark.parametrize("content", ["", "[]", '{"format": "new"}', '{"format": 1}'])
def test_a_damaged_description_is_told(folder, content):
    info_file(folder).write_text(content)
    with pytest.raises(StoreError, match="damaged; make it again with `ssrgraph build --force`"):
        LocalStore.open(folder)


def test_a_damaged_database_is_told(folder):
    for path in (folder / generations(folder)[0] / "quads").iterdir():
        path.write_bytes(b"\x00" * 10)
    with pytest.raises(StoreError, match="damaged"):
        LocalStore.open(folder)


def test_a_pointer_to_nothing_is_told(folder):
    (folder / "CURRENT").write_text("generation-000077\n")
    with pytest.raises(StoreError, match="damaged"):
        LocalStore.open(folder)


def test_a_query_from_the_store_sees_the_merge(folder):
    with change(folder, base_iri=BASE) as draft:
        draft.replace_graph(NamedNode(f"{BASE}graph/two"), [a_triple("first")])
    with LocalStore.open(folder) as store:
        (row,) = store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
        assert row["n"].value == "1"


def test_only_what_is_new_is_brought_to_the_disk(tmp_path, monkeypatch):
    with change(tmp_path / "store", base_iri=BASE) as draft:
        for name in ("old", "other"):
            draft.write_file(name, b"words")
    synced = []
    monkeypatch.setattr("ssrgraph.store.generations._sync", lambda path: synced.append(str(path)))
    with change(tmp_path / "store", base_iri=BASE) as draft:
        draft.write_file("other", b"other words")
        draft.write_file("new", b"new words")
    files = {path.rpartition("/")[2] for path in synced if "/files/" in path}
    assert files == {"other", "new"}
