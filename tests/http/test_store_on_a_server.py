"""Serving a store that is on a SPARQL server: the same answers, none from two editions, whatever the server does."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from http.client import HTTPException

import pytest

import faulty_proxy
import served
import sparql_servers
from places import (
    COUNT,
    DOCUMENTS,
    HALF,
    PATHS,
    RECORD,
    WHOLE,
    Place,
    comes_true,
    insert,
    rows,
    told,
    update,
)


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A place whose server must not be changed."""
    folder = tmp_path_factory.mktemp("published")
    with sparql_servers.Oxigraph(folder / "server") as server:
        place = Place(folder / "place", server)
        done = place.run("build", "documents")
        assert done.returncode == 0, done.stderr
        yield place


@pytest.fixture
def place(published, tmp_path):
    """A place with a server of its own that holds the same."""
    server = sparql_servers.Oxigraph(tmp_path / "server")
    server.take(published.server)
    with server:
        yield Place(tmp_path / "place", server)


def test_every_path_answers_as_over_a_folder(published):
    assert published.run("build", "documents", store="build/store").returncode == 0
    with (
        published.serving(store="build/store") as here,
        published.serving() as copied,
        published.serving("--no-copy") as passed,
    ):
        for path in PATHS:
            seen = set()
            for accept in ("text/html", "application/json", "text/turtle"):
                answer = here.get(path, accept=accept)
                seen.add(answer.status)
                for there in (copied, passed):
                    other = there.get(path, accept=accept)
                    assert (other.status, told(other, there)) == (answer.status, told(answer, here)), path
            assert seen & {200, 303}, path
        for there in (copied, passed):
            answer = there.request("POST", "/update", "CLEAR ALL", content_type="application/sparql-update")
            assert answer.status == 403


def test_up_builds_on_the_server_and_serves_it(place):
    with place.serving("documents", "--no-browser", command="up") as running:
        assert running.lines[0].startswith("Nothing changed: 2 documents")
        assert running.query(DOCUMENTS).rows == [{"n": "2"}]
        assert running.stop() == 0


def test_a_change_is_taken_up_whole(place):
    """It is published in many steps; a query sees all of it or nothing. Without a copy, it may have to wait."""
    with place.serving() as running, place.serving("--no-copy") as passed:
        before = running.query(COUNT).rows
        version = running.get("/health").json["store"]
        place.server.update(HALF)
        assert comes_true(lambda: "is being changed by nobody" in running.get("/health").json["source"]["problem"])
        assert running.query(f"{COUNT} # anew").rows == before
        assert passed.query(f"{COUNT} # anew").json["code"] == "store"
        place.server.update(WHOLE)
        command = [served.PROGRAM, "add", "gamma.txt", "--store", place.server.address]
        environment = {**os.environ, "SSRGRAPH_LARGEST_UPDATE": "3000"}
        seen = []
        with subprocess.Popen(command, cwd=place.folder, env=environment, stderr=subprocess.DEVNULL) as adding:
            while adding.poll() is None:
                seen += [(each is passed, each.query(f"{COUNT} # {len(seen)}")) for each in (running, passed)]
        assert adding.returncode == 0
        for each in (running, passed):
            assert comes_true(lambda each=each: b'"3"' in each.query(DOCUMENTS).body)
        after = running.query(COUNT).rows
        assert after == passed.query(COUNT).rows == rows(place.run("query", COUNT)) != before
        assert {answer.status for is_passed, answer in seen if not is_passed} == {200}
        assert {answer.status for _, answer in seen} <= {200, 503}
        assert all(answer.rows in (before, after) for _, answer in seen if answer.status == 200)
        health = running.get("/health").json
        assert health["source"] == {"followed": True, "problem": ""}
        assert health["store"] != version
        assert "ssrgraph_source_followed 1" in running.get("/metrics").text


def test_what_is_passed_on_fails_in_words_when_the_server_does(published):
    with (
        faulty_proxy.Proxy(published.server.address) as proxy,
        published.serving("--no-copy", "--timeout", "4", store=proxy.address) as running,
    ):
        whole = running.query(COUNT).rows
        asked = iter(range(100))

        def patiently(text):
            """Ask; as long as the server says that it is busy, ask again, as a client does.

            Where the machine has much to do, the process in the place of a killed one may take longer to start than a
            query waits for it.
            """
            answers = (running.query(f"{text} # {next(asked)}") for _ in range(10))
            return next(answer for answer in answers if answer.json.get("code") != "busy")

        def failing(fault):
            """Ask anew while what is asked fails; the server's edition can be told all the time."""
            proxy.fault = lambda path, _before: fault if path == "/query" else None
            answer = patiently(COUNT)
            proxy.fault = lambda _path, _before: None
            return answer.status, answer.json["code"]

        assert failing("hang") == (503, "query-timeout")
        assert failing(500) == (503, "store")
        assert failing("short")[0] == 503
        assert comes_true(lambda: running.get("/health").json["source"]["followed"])
        assert patiently(COUNT).rows == whole
        assert running.query("SELECT * { ?s ?p ").json["code"] == "query-syntax"
        assert running.query("SELECT * { SERVICE <http://b.example/> { ?s ?p ?o } }").status == 403
        huge = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
        assert patiently(huge).json["code"] == "query-timeout"
        assert patiently(COUNT).rows == whole
    done = published.run("serve", "--no-copy", "--writable", "--token-file", "token")
    assert (done.returncode, "--writable needs the copy of the store" in done.stderr) == (2, True)


def test_a_server_that_is_gone_is_told_and_its_last_edition_served(place):
    with place.serving() as running:
        before = running.query(COUNT).rows
        place.server.kill()
        assert comes_true(lambda: "cannot be reached" in running.get("/health").json["source"]["problem"])
        assert "ssrgraph_source_followed 0" in running.get("/metrics").text
        assert running.query(f"{COUNT} # anew").rows == before
        place.server.start()
        assert place.run("remove", "alpha").returncode == 0
        assert comes_true(lambda: running.query(DOCUMENTS).rows == [{"n": "1"}])
        assert running.query(COUNT).rows == rows(place.run("query", COUNT))
    assert sum("cannot be reached" in line for line in running.lines) == 1


def test_what_others_changed_is_not_taken_for_an_edition(place):
    """Somebody changes triples behind the back of the record, then something is published."""
    with place.serving() as running:
        before = running.query(COUNT).rows
        inferred = "<https://w3id.org/ssrgraph/graph/inferred>"
        place.server.update(
            f"""DELETE WHERE {{ GRAPH {inferred} {{ ?s a ?o }} }} ;
            DELETE {{ GRAPH <{RECORD}> {{ ?r ?e ?v . {inferred} ?digest ?old }} }}
            INSERT {{ GRAPH <{RECORD}> {{ ?r ?e "another" . {inferred} ?digest "another" }} }}
            WHERE {{ GRAPH <{RECORD}> {{
                ?r ?e ?v FILTER (STRENDS(STR(?e), "edition")) {inferred} ?digest ?old
            }} }}"""
        )
        assert comes_true(
            lambda: "holds something else than was published" in running.get("/health").json["source"]["problem"]
        )
        assert running.query(f"{COUNT} # anew").rows == before


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (401, "does not accept the user and the password (401); set SSRGRAPH_USER and SSRGRAPH_PASSWORD"),
        (500, "refuses this (500): told to fail"),
        ("drop", "has broken off: "),
    ],
)
def test_a_server_that_cannot_be_copied_is_told_in_a_line(published, fault, words):
    with faulty_proxy.Proxy(published.server.address) as proxy:
        proxy.fault = lambda path, before: fault if path == "/query" and before >= 3 else None
        done = published.run(
            "serve",
            "--port",
            "0",
            store=proxy.address,
            SSRGRAPH_USER="ann",
            SSRGRAPH_PASSWORD="wrong",  # noqa: S106
        )
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(rf"ssrgraph: {proxy.address}: [^\n]+\n", done.stderr)
    assert words in done.stderr


def test_a_server_without_a_store_and_a_plain_data_set_are_refused(published, tmp_path):
    with sparql_servers.Oxigraph(tmp_path / "server") as server:
        done = published.run("serve", "--port", "0", store=server.address)
        assert (done.returncode, "holds no store; make it with" in done.stderr) == (2, True)
        server.update("INSERT DATA { <urn:example:a> <urn:example:b> <urn:example:c> }")
        done = published.run("serve", "--writable", "--token-file", "token", store=server.address)
        assert (done.returncode, "holds data that ssrgraph did not put there" in done.stderr) == (2, True)
    done = published.run("serve", "--dataset", "separate")
    assert (done.returncode, "is for a store in a folder" in done.stderr) == (2, True)


def test_a_change_is_on_the_server_before_it_is_acknowledged(place):
    with place.writing() as running:
        for number in range(2):
            answer = insert(running, number)
            assert answer.status == 204, answer.text
            text = f"ASK {{ <http://a.example/{number}> <http://a.example/p> {number} }}"
            assert running.query(text).json["boolean"] is True
            assert place.run("query", text).stdout == "true\n"
        assert running.query(COUNT).rows == rows(place.run("query", COUNT))
        done = place.run("add", "gamma.txt")
        assert done.returncode == 0, done.stderr
        assert insert(running, 3).status == 204
        assert running.query(DOCUMENTS).rows == [{"n": "3"}]
        assert running.query(COUNT).rows == rows(place.run("query", COUNT))


def test_a_writer_on_an_empty_server_begins_with_an_empty_store(tmp_path):
    with sparql_servers.Oxigraph(tmp_path / "server") as server:
        place = Place(tmp_path / "place", server)
        with place.writing() as running:
            assert running.query(COUNT).rows == [{"n": "0"}]
            assert insert(running, 1).status == 204
        assert place.run("query", "SELECT ?o { ?s <http://a.example/p> ?o }").stdout.split() == ["o", "-", "1"]


@pytest.mark.parametrize("fault", [*(pytest.param(each, marks=pytest.mark.nightly) for each in (401, 500)), "drop"])
def test_a_change_that_the_server_does_not_take_is_not_made(place, fault):
    with faulty_proxy.Proxy(place.server.address) as proxy, place.writing(store=proxy.address) as running:
        before = running.query(COUNT).rows
        proxy.fault = lambda path, _before: fault if path == "/update" else None
        answer = insert(running, 1)
        assert (answer.status, answer.json["code"]) == (503, "store")
        assert "look whether the change was made" in answer.json["detail"]
        assert running.query(f"{COUNT} # anew").rows == before == rows(place.run("query", COUNT))
        proxy.fault = lambda _path, _before: None
        assert insert(running, 1).status == 204
        assert running.query(COUNT).rows == rows(place.run("query", COUNT)) != before


def test_a_change_that_was_made_though_the_answer_was_lost_is_acknowledged(place):
    with faulty_proxy.Proxy(place.server.address) as proxy, place.writing(store=proxy.address) as running:
        proxy.fault = lambda path, _before: "late" if path == "/update" else None
        assert insert(running, 1).status == 204
        assert proxy.seen.count("/update") == 1
        assert running.query(COUNT).rows == rows(place.run("query", COUNT))


@pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.nightly)], ids=["writer", "server"])
def test_a_change_whose_process_is_killed_in_the_middle_is_undone(place, whole):
    """It goes to the server in several steps; between two of them the writer is killed, or all of it."""
    with faulty_proxy.Proxy(place.server.address) as proxy:
        settings = {"store": proxy.address, "SSRGRAPH_LARGEST_UPDATE": "2000"}
        running = place.writing(**settings)

        def killed(path, before):
            if path == "/update" and before == 2:
                pids = [running.process.pid] if whole else served.children(running, "ssrgraph.serve.writer")
                for pid in pids:
                    os.kill(pid, signal.SIGKILL)
                return "drop"
            return None

        with running:
            before = running.query(COUNT).rows
            proxy.fault = killed
            many = " ".join(f"<http://a.example/{number}> <http://a.example/p> {number} ." for number in range(200))
            if whole:
                with pytest.raises((OSError, HTTPException)):
                    update(running, f"INSERT DATA {{ {many} }}")
                running.process.wait()
                assert "is being changed by" in place.run("query", COUNT).stderr
            else:
                assert update(running, f"INSERT DATA {{ {many} }}").status == 503
                assert running.query(f"{COUNT} # anew").rows == before
                assert comes_true(lambda: place.run("query", COUNT).returncode == 0)
        with place.writing(**settings) as again:
            assert again.query(COUNT).rows == before == rows(place.run("query", COUNT))
            assert insert(again, 1).status == 204
            assert again.query(COUNT).rows == rows(place.run("query", COUNT)) != before
