from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path

import pytest

import served

TOKEN = "a-token-for-tests-only"  # noqa: S105 -- guards nothing
UPDATE = "application/sparql-update"
HELD = "SELECT ?s (COUNT(?o) AS ?n) { ?s <http://a.example/p> ?o } GROUP BY ?s"
FINE = "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/ssrgraph/ontology#Document> }"


@pytest.fixture
def token_file(tmp_path):
    path = tmp_path / "token"
    path.write_text(TOKEN, encoding="utf-8")
    return path


@pytest.fixture
def arguments(tmp_path, token_file):
    return (tmp_path / "store", "--dataset", "separate", "--writable", "--token-file", token_file)


def insert(server, number):
    """Two triples in one update, so that half of it would be seen."""
    text = f"INSERT DATA {{ <http://a.example/{number}> <http://a.example/p> 1, 2 }}"
    try:
        return server.request("POST", "/update", text, content_type=UPDATE).status
    except (OSError, HTTPException):
        return 0


def held(server):
    return {row["s"].rpartition("/")[2]: row["n"] for row in server.query(HELD).rows}


def test_no_acknowledged_update_is_lost_and_none_is_half_there_when_the_writer_is_killed(serving, arguments):
    with serving(*arguments) as running:
        running.token = TOKEN
        statuses = {}
        with ThreadPoolExecutor(16) as threads:
            for number, status in zip(
                range(1000), threads.map(lambda number: insert(running, number), range(1000)), strict=True
            ):
                statuses[str(number)] = status
                if number % 100 == 50:
                    for pid in served.children(running, "ssrgraph.serve.writer"):
                        with suppress(ProcessLookupError):  # It may have ended by itself meanwhile.
                            os.kill(pid, signal.SIGKILL)
        found = held(running)
        assert set(statuses.values()) <= {204, 503}
        assert {number for number, status in statuses.items() if status == 204} <= set(found)
        assert set(found.values()) == {"2"}
        assert list(statuses.values()).count(204) > 900
        assert insert(running, "afterwards") == 204


def test_no_acknowledged_update_is_lost_when_the_server_is_killed(serving, arguments):
    done = []
    with serving(*arguments) as running:
        running.token = TOKEN
        killed = threading.Timer(2, running.process.kill)
        killed.start()
        with ThreadPoolExecutor(8) as threads:
            done = [
                str(number)
                for number, status in zip(
                    range(400), threads.map(lambda number: insert(running, number), range(400)), strict=True
                )
                if status == 204
            ]
        killed.join()
        assert running.stop() == -signal.SIGKILL
    with serving(*arguments) as running:
        running.token = TOKEN
        found = held(running)
        assert set(done) <= set(found)
        assert set(found.values()) <= {"2"}
        assert insert(running, "afterwards") == 204


def test_many_updates_at_a_time_share_the_way_to_the_disk(serving, arguments):
    with serving(*arguments) as running:
        running.token = TOKEN
        with ThreadPoolExecutor(16) as threads:
            assert set(threads.map(lambda number: insert(running, number), range(100))) == {204}
        generation = int(running.get("/health").json["store"].partition("-")[0])
        assert generation < 60
        assert len(held(running)) == 100


def test_an_update_that_would_run_for_ever_ends_with_503_and_the_others_are_done(serving, arguments):
    with serving(*arguments, "--timeout", 2) as running:
        running.token = TOKEN
        values = " ".join(map(str, range(300)))
        forever = (
            "INSERT { <http://a.example/x> <http://a.example/p> 1, 2, 3 } WHERE { "
            + "".join(f"VALUES ?v{place} {{ {values} }} " for place in range(5))
            + "FILTER(?v0 + ?v1 + ?v2 + ?v3 + ?v4 < 0) }"
        )
        with ThreadPoolExecutor(8) as threads:
            slow = threads.submit(running.request, "POST", "/update", forever, content_type=UPDATE)
            assert set(threads.map(lambda number: insert(running, number), range(20))) == {204}
            answer = slow.result()
        assert (answer.status, answer.json["code"]) == (503, "update-timeout")
        assert set(held(running).values()) == {"2"}
        assert len(held(running)) == 20


def test_a_store_that_cannot_be_written_is_told_and_stays_as_it_was(serving, arguments):
    """Files may not grow, as on a full disk."""
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))"
    folder = arguments[0].parent
    with serving(*arguments) as running:
        running.token = TOKEN
        assert insert(running, 0) == 204
    (folder / "sitecustomize.py").write_text(
        f"import sys\nif 'ssrgraph.serve.writer' in getattr(sys, 'orig_argv', ()):\n    {limit}\n"
        "    import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n",
        encoding="utf-8",
    )
    with serving(*arguments, PYTHONPATH=str(folder)) as running:
        running.token = TOKEN
        many = "".join(f"<http://a.example/{number}> <http://a.example/q> '{'x' * 1000}' . " for number in range(2000))
        answer = running.request("POST", "/update", f"INSERT DATA {{ {many} }}", content_type=UPDATE)
        assert (answer.status, answer.json["code"]) == (503, "store")
        assert held(running) == {"0": "2"}
        assert running.query(HELD).status == 200
    with serving(*arguments) as running:
        running.token = TOKEN
        assert insert(running, 1) == 204
        assert held(running) == {"0": "2", "1": "2"}


def test_a_store_that_is_replaced_under_load_drops_no_request(five, serving, run_program, tmp_path):
    store = tmp_path / "store"
    shutil.copytree(five, store)
    with serving(store) as running:
        going, answers = True, []

        def ask(place):
            number = 0
            while going:
                number += 1
                answers.append(running.query(f"{FINE} # {place} {number}"))

        threads = [threading.Thread(target=ask, args=(place,)) for place in range(4)]
        for thread in threads:
            thread.start()
        for document in running.query("SELECT ?d { ?d a <https://w3id.org/ssrgraph/ontology#Document> }").rows[:3]:
            done = run_program("remove", document["d"].rpartition("/")[2], "--store", store)
            assert done.returncode == 0, done.stderr
            running.process.send_signal(signal.SIGHUP)
        going = False
        for thread in threads:
            thread.join()
        assert {answer.status for answer in answers} == {200}
        assert {answer.rows[0]["n"] for answer in answers} <= {"5", "4", "3", "2"}
        assert running.query(FINE).rows == [{"n": "2"}]


def test_what_runs_is_finished_when_the_server_is_told_to_stop(five, serving):
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d a ?f }"
    with serving(five) as running:
        with ThreadPoolExecutor(1) as threads:
            answer = threads.submit(running.query, slow)
            while "ssrgraph_queries_running 1" not in running.get("/metrics").text:
                if answer.done():
                    break
            status = running.stop()
            assert answer.result().status == 200
        assert status == 0


def test_no_process_is_left_when_the_server_is_killed(five, serving):
    with serving(five) as running:
        pids = set(served.children(running, "ssrgraph.serve.worker"))
        assert len(pids) >= 2
        running.process.kill()
        running.process.wait()
        while any(Path(f"/proc/{pid}/stat").exists() and not is_zombie(pid) for pid in pids):
            pass


def is_zombie(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def test_a_store_may_be_changed_by_others_when_the_server_is_not_writing(
    five, serving, token_file, run_program, tmp_path
):
    store = tmp_path / "store"
    shutil.copytree(five, store)
    with serving(store, "--writable", "--token-file", token_file) as running:
        running.token = TOKEN
        assert insert(running, 1) == 204
        document = running.query("SELECT ?d { ?d a <https://w3id.org/ssrgraph/ontology#Document> }").rows[0]["d"]
        remove = ("remove", document.rpartition("/")[2], "--store", store)
        while (done := run_program(*remove)).returncode:
            assert "is being changed by another process" in done.stderr
        assert running.query(FINE).rows == [{"n": "4"}]
        assert held(running) == {"1": "2"}
        assert insert(running, 2) == 204
        assert (running.query(FINE).rows, held(running)) == ([{"n": "4"}], {"1": "2", "2": "2"})


def test_odd_requests_get_an_answer_and_never_a_500(server):
    program = Path(__file__).parents[2] / "benchmarks" / "fuzzing.py"
    done = subprocess.run(
        [sys.executable, str(program), "--address", server.address, "--requests", "1500", "--seed", "7"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1500 requests" in done.stdout
