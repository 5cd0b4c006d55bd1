from __future__ import annotations

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from ssrgraph.errors import StoreError
from ssrgraph.store import MERGED, SEPARATE, LocalStore, Writer, change

BASE = "http://a.example/"
A, P, G = (NamedNode(f"{BASE}{name}") for name in "apg")


def triple(value):
    return Triple(A, P, Literal(value))


def values(folder):
    with LocalStore.open(folder) as store:
        return sorted(int(each.object.value) for each in store.triples(G))


def test_what_was_published_is_there_and_what_was_not_is_gone(tmp_path):
    with Writer.open(tmp_path / "s", base_iri=BASE) as writer:
        writer.draft.replace_graph(G, [triple(1)])
        writer.publish()
        writer.draft.replace_graph(G, [triple(1), triple(2)])
        writer.publish()
        writer.draft.replace_graph(G, [triple(3)])
    assert values(tmp_path / "s") == [1, 2]
    assert sorted(path.name for path in (tmp_path / "s").iterdir()) == ["CURRENT", "generation-000002", "ssrgraph.lock"]


def test_readers_keep_the_generation_that_they_opened(tmp_path):
    with Writer.open(tmp_path / "s", base_iri=BASE) as writer:
        writer.draft.replace_graph(G, [triple(1)])
        writer.publish()
        with LocalStore.open(tmp_path / "s") as store:
            for value in (2, 3, 4):
                writer.draft.replace_graph(G, [triple(value)])
                writer.publish()
            assert [each.object for each in store.triples(G)] == [Literal(1)]
        assert values(tmp_path / "s") == [4]


def test_a_writer_that_is_opened_anew_when_it_is_worn_keeps_the_folder_small(tmp_path, monkeypatch):
    """The database's record of its files, which each generation copies, would grow with every change for good."""
    monkeypatch.setattr("ssrgraph.store.writer._WORN", 20_000)
    records, opened = [], 0
    writer = None
    for value in range(60):
        if writer is None:
            writer = Writer.open(tmp_path / "s", base_iri=BASE)
            opened += 1
        writer.draft.replace_graph(G, [triple(value)])
        writer.publish()
        quads = tmp_path / "s" / "live" / "quads"
        records.append(sum(path.stat().st_size for path in quads.glob("MANIFEST-*")))
        if writer.is_worn:
            writer.close()
            writer = None
    if writer is not None:
        writer.close()
    assert 2 < opened < 20
    assert max(records) < 30_000
    assert values(tmp_path / "s") == [59]


def test_one_may_write_at_a_time(tmp_path):
    with Writer.open(tmp_path / "s", base_iri=BASE) as writer:
        writer.publish()
        with pytest.raises(StoreError, match="is being changed by another process"):
            Writer.open(tmp_path / "s", base_iri=BASE)
        with (
            pytest.raises(StoreError, match="is being changed by another process"),
            change(tmp_path / "s", base_iri=BASE),
        ):
            pass
    with change(tmp_path / "s", base_iri=BASE) as draft:
        draft.replace_graph(G, [triple(5)])
    with Writer.open(tmp_path / "s", base_iri=BASE) as writer:
        assert list(writer.draft.triples(G)) == [triple(5)]


def test_files_beside_the_graph_go_with_it(tmp_path):
    with Writer.open(tmp_path / "s", base_iri=BASE) as writer:
        writer.draft.write_file("a.txt", b"1")
        writer.publish()
        writer.draft.write_file("a.txt", b"2")
        with LocalStore.open(tmp_path / "s") as store:
            assert store.read_file("a.txt") == b"1"
        writer.publish()
    with LocalStore.open(tmp_path / "s") as store:
        assert store.read_file("a.txt") == b"2"


def test_a_separate_dataset_has_a_default_graph_of_its_own(tmp_path):
    with Writer.open(tmp_path / "s", base_iri=BASE, dataset=SEPARATE) as writer:
        writer.draft.data.extend([Quad(A, P, Literal(1)), Quad(A, P, Literal(2), G)])
        writer.publish()
    with LocalStore.open(tmp_path / "s") as store:
        assert store.info.dataset == SEPARATE
        assert {(quad.object.value, quad.graph_name) for quad in store.quads()} == {("1", DefaultGraph()), ("2", G)}


def test_the_kind_of_a_dataset_is_not_mistaken(tmp_path):
    with Writer.open(tmp_path / "s", base_iri=BASE, dataset=SEPARATE) as writer:
        writer.publish()
    with pytest.raises(StoreError, match="has a separate dataset"):
        Writer.open(tmp_path / "s", base_iri=BASE, dataset=MERGED)
    with pytest.raises(StoreError, match="is a plain store"), change(tmp_path / "s", base_iri=BASE):
        pass
    assert sorted(path.name for path in (tmp_path / "s").iterdir()) == ["CURRENT", "generation-000001", "ssrgraph.lock"]
