"""Answers that a server makes ahead: the same as those it makes when it is asked, and never of another state."""

from __future__ import annotations

import os
import shutil
import signal
import time

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from served import children
from ssrgraph.store import change
from ssrgraph.store.generations import PREPARED, current
from ssrgraph.vocabulary import BASE, PREFIXES, Dct, Oa, Prov, Rdf, Schema, Ssr

BODIES = 6_000
"""So many bodies that their table takes long enough to be worth making ahead."""
ORGANIZATION = f"{PREFIXES['org']}Organization"
PATH = "/queries/organizations"
DOCUMENT = NamedNode(f"{BASE}graph/document/made")
EVIDENCE = NamedNode(f"{BASE}graph/evidence/made")


def named(*triples):
    for subject, predicate, value in triples:
        yield Triple(
            NamedNode(subject), NamedNode(predicate), value if isinstance(value, Literal) else NamedNode(value)
        )


def name(number):
    return f"Body {number} of the joint staff of the coalition that supports the reform of all forces of a state"


def body(number):
    """What a document says of one body, and with which words."""
    one, words = f"{BASE}id/organization/body-{number}", f"{BASE}document/made#char={number},{number + 4}"
    said = named((one, Rdf.TYPE, ORGANIZATION), (one, Schema.NAME, Literal(name(number))))
    place, exact = f"{words}position", f"{words}quote"
    integer = NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    behind = named(
        (one, Ssr.EVIDENCE, words),
        (words, Oa.HAS_SELECTOR, exact),
        (words, Oa.HAS_SELECTOR, place),
        (exact, Oa.EXACT, Literal(name(number))),
        (place, Oa.START, Literal(str(number), datatype=integer)),
    )
    return list(said), list(behind)


def fill(folder, numbers):
    parts = [body(number) for number in numbers]
    document = f"{BASE}document/made"
    source = named((DOCUMENT.value, Prov.WAS_DERIVED_FROM, document), (document, Dct.IDENTIFIER, Literal("made")))
    with change(folder, base_iri=BASE) as draft:
        draft.replace_graph(DOCUMENT, [each for said, _ in parts for each in said])
        draft.replace_graph(EVIDENCE, [*source, *(each for _, behind in parts for each in behind)])


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    folder = tmp_path_factory.mktemp("large") / "store"
    fill(folder, range(BODIES))
    return folder


@pytest.fixture
def store(large, tmp_path):
    """A store of many bodies; its own for each test."""
    return shutil.copytree(large, tmp_path / "store")


def files(store):
    return sorted((store / PREPARED).glob("*/organizations-*.tsv"))


def wait_for(condition):
    # Answers are made at the lowest priority, so that on a machine with much to do they take their time.
    ends = time.monotonic() + 600
    while not (found := condition()):
        assert time.monotonic() < ends, "it does not come about"
        time.sleep(0.2)
    return found


def names(server):
    return [row["organization"] for row in server.get(f"{PATH}?format=json").rows]


def test_what_is_made_ahead_is_the_same_in_every_format_and_there_after_a_restart(store, serving):
    with serving(store, "--ahead", 0) as plain:
        asked = {name: plain.get(f"{PATH}?format={name}").body for name in ("json", "xml", "csv", "tsv")}
        page = plain.get(f"{PATH}.html").text
    assert not (store / PREPARED).exists()
    with serving(store) as running:
        (kept,) = wait_for(lambda: files(store))
        assert {name: running.get(f"{PATH}?format={name}").body for name in asked} == asked
        assert running.get(f"{PATH}.html").text == page
    made = kept.stat()
    with serving(store) as again:
        wait_for(lambda: "\nssrgraph_prepared 1\n" in again.get("/metrics").text)
        assert again.get(f"{PATH}?format=csv").body == asked["csv"]
        wait_for(lambda: "\nssrgraph_preparing 0\n" in again.get("/metrics").text)
    assert kept.stat() == made


def test_the_command_gives_the_same_rows(store, serving, run_program):
    before = run_program("facts", "organizations", "--store", store, "--format", "csv").stdout
    with serving(store):
        wait_for(lambda: files(store))
    assert run_program("facts", "organizations", "--store", store, "--format", "csv").stdout == before


def test_no_answer_is_of_another_state_of_the_store(store, serving):
    with serving(store) as running:
        former = wait_for(lambda: files(store))
        assert len(names(running)) == BODIES
        fill(store, range(1, BODIES + 2))
        found = names(running)
        assert (len(found), name(0) in found, name(BODIES + 1) in found) == (BODIES + 1, False, True)
        latest = wait_for(lambda: [each for each in files(store) if each not in former])
        assert latest[0].parent.name.partition("-")[0] == current(store).name.rpartition("-")[2]
        assert names(running) == found
    fill(store, range(3))
    assert not files(store)  # What was made of states that are gone goes with them.


def test_a_process_that_is_killed_while_it_makes_an_answer_harms_nothing(store, serving):
    with serving(store) as running:
        (making,) = wait_for(lambda: list(children(running, "ssrgraph.serve.preparer")))
        os.kill(making, signal.SIGKILL)
        assert len(names(running)) == BODIES
        wait_for(lambda: not list(children(running, "ssrgraph.serve.preparer")))
        found = names(running)
    assert len(found) == BODIES
    with serving(store) as again:
        wait_for(lambda: files(store))
        assert names(again) == found


def test_where_nothing_can_be_kept_the_queries_are_run(store, serving):
    (store / PREPARED).write_text("in the way", encoding="utf-8")
    with serving(store) as running:
        wait_for(lambda: list(children(running, "ssrgraph.serve.preparer")))
        wait_for(lambda: not list(children(running, "ssrgraph.serve.preparer")))
        assert len(names(running)) == BODIES
    assert [line for line in running.lines if "answers are not made ahead" in line]


def test_what_has_no_room_is_not_kept(store, serving):
    with serving(store, "--ahead", 1) as running:  # A megabyte; the table has one and a half.
        wait_for(lambda: list(children(running, "ssrgraph.serve.preparer")))
        wait_for(lambda: not list(children(running, "ssrgraph.serve.preparer")))
        assert len(names(running)) == BODIES
    assert not files(store)
    assert not list((store / PREPARED).glob("*/*.new"))
