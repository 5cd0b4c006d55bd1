"""Documents are looked at by several processes as by one, even if one of them is ended."""

from __future__ import annotations

import os
import shutil

import pytest

from ssrgraph.materialize import Changed
from ssrgraph.processes import workers
from ssrgraph.store import LocalStore, MemoryStore, change
from ssrgraph.validation import Kind, check, kept_report, looking, shipped_shapes
from ssrgraph.validation.checking import check_after
from ssrgraph.validation.content import Content
from ssrgraph.vocabulary import BASE


@pytest.fixture(autouse=True)
def _few_are_worth_it(monkeypatch):
    monkeypatch.setattr(looking, "_WORTH", 2)
    monkeypatch.setattr(looking, "_AT_A_TIME", 1)
    monkeypatch.setattr(looking, "_NODES_AT_A_TIME", 10)


@pytest.fixture(name="broken")
def fixture_broken(five, tmp_path):
    """A store whose graphs have lost every seventh triple."""
    folder = tmp_path / "store"
    shutil.copytree(five, folder)
    with change(folder, base_iri=BASE) as draft:
        for graph in draft.graphs():
            draft.change_graph(graph, (), sorted(draft.triples(graph), key=str)[::7])
    return folder


def forbid(monkeypatch):
    """Let nobody look in this process; those that are started know nothing of it."""

    def look(*_):
        raise AssertionError

    monkeypatch.setattr(looking.Looker, "look", look)


def test_several_processes_find_what_one_finds(broken, monkeypatch):
    with LocalStore.open(broken) as store:
        alone = check(store, inconsistencies=())
        forbid(monkeypatch)
        assert check(store, inconsistencies=(), jobs=2) == alone
    assert {one.kind for one in alone.findings} >= {Kind.EVIDENCE, Kind.QUOTE, Kind.SHAPE}


def test_a_store_that_is_being_made_is_looked_at_by_several(broken, monkeypatch):
    with change(broken, base_iri=BASE) as draft:
        alone = check(draft, inconsistencies=())
        forbid(monkeypatch)
        _, kept = check_after(draft, Changed(), b"", inconsistencies=(), jobs=2)
        assert kept_report(kept) == alone
    assert len(list(broken.rglob("CURRENT"))) == 2  # The store's, and that of the database: no copy was left.


def test_a_store_in_memory_is_looked_at_by_one(broken):
    with LocalStore.open(broken) as opened:
        store = MemoryStore(BASE)
        for graph in opened.graphs():
            store.replace_graph(graph, opened.triples(graph))
        assert check(store, inconsistencies=(), jobs=2) == check(opened, inconsistencies=())


def ended(graphs):
    if graphs[0].value.endswith("stop"):
        os._exit(1)
    return [looking._worker.look(graph) for graph in graphs]  # noqa: SLF001 - what the process works with


def test_a_process_that_is_ended_leaves_no_document_out(five, monkeypatch):
    monkeypatch.setattr(looking, "_looks", ended)
    with LocalStore.open(five) as store:
        content = Content(store)
        graphs = content.graphs_of_documents()
        own = looking.Looker(content, shipped_shapes())
        expected = [own.look(graph) for graph in graphs]
        last = type(graphs[0])(f"{graphs[0].value}-stop")  # A document that is not there, so nothing is found in it.
        given = [*graphs[:2], last, *graphs[2:]]
        with store.for_others() as folder, workers(2, looking._begin, folder, store.info, shipped_shapes()) as pool:  # noqa: SLF001
            found = list(looking._Looking(own, pool).looks(given))  # noqa: SLF001
    assert [one for one in found if one.graph != last] == expected
    assert len(found) == len(given)
