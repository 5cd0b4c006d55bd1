from __future__ import annotations

import os
import signal
import socket
import threading
from contextlib import ExitStack, closing, suppress
from http.client import HTTPConnection, IncompleteRead
from pathlib import Path
from urllib.parse import quote

import pytest

FOREVER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a != ?l) }"
HUNGRY = "SELECT (CONCAT(STR(?a), STR(?f), STR(?i)) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?x"
ENDLESS = "SELECT ?a ?c ?f { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
FINE = "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/ssrgraph/ontology#Document> }"


@pytest.fixture(scope="module")
def strict(five, serving):
    # Long enough for a query that is none of the endless ones, whatever else the machine does.
    arguments = ("--timeout", 5, "--memory", 192, "--result", 20, "--patience", 1, "--workers", 2)
    with serving(five, *arguments) as running:
        yield running


def children(server):
    found = (path for path in Path("/proc").iterdir() if path.name.isdigit())
    return {int(path.name) for path in found if parent_of(path) == server.process.pid}


def parent_of(path):
    try:
        return int((path / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[1])
    except OSError:
        return 0


def sockets(server):
    links = []
    for path in Path(f"/proc/{server.process.pid}/fd").iterdir():
        with suppress(OSError):
            links.append(str(path.readlink()))
    return sum(link.startswith("socket:") for link in links)


def figure(server, name):
    lines = server.get("/metrics").text.splitlines()
    return float(next(line for line in lines if line.startswith(f"{name} ")).split()[1])


def test_a_query_that_would_run_for_ever_ends_with_503_and_the_next_ones_are_answered(strict):
    answer = strict.query(FOREVER)
    assert (answer.status, answer.json["code"]) == (503, "query-timeout")
    assert strict.query(FINE).rows == [{"n": "5"}]


def test_a_query_that_eats_all_memory_ends_with_503_and_the_next_ones_are_answered(five, serving):
    with serving(five, "--timeout", 120, "--memory", 192) as running:
        answer = running.query(HUNGRY)
        assert (answer.status, answer.json["code"]) == (503, "memory-limit")
        assert running.query(FINE).rows == [{"n": "5"}]


def test_an_answer_that_is_cut_off_is_no_success(five, serving):
    with serving(five, "--result", 8) as running:
        with closing(HTTPConnection(running.host, running.port)) as connection:
            connection.request("GET", f"/sparql?query={quote(ENDLESS)}", headers={"accept": "text/csv"})
            answer = connection.getresponse()
            assert answer.status == 200
            with pytest.raises(IncompleteRead):
                answer.read()
        assert running.query(FINE).rows == [{"n": "5"}]


def test_many_that_run_for_ever_do_not_keep_others_from_being_answered(strict):
    statuses = []
    threads = [
        threading.Thread(target=lambda place=place: statuses.append(strict.query(f"{FOREVER} #{place}").status))
        for place in range(2)
    ]
    for thread in threads:
        thread.start()
    assert [strict.query(f"{FINE} #{place}").status for place in range(20)] == [200] * 20
    for thread in threads:
        thread.join()
    assert statuses == [503, 503]


def test_a_worker_that_is_killed_is_replaced(strict):
    assert strict.query(FINE).status == 200
    before = children(strict)
    for pid in before:
        with suppress(ProcessLookupError):  # It may have ended by itself meanwhile.
            os.kill(pid, signal.SIGKILL)
    answers = [strict.query(f"{FINE} # again {place}") for place in range(8)]
    assert {answer.status for answer in answers} <= {200, 503}
    assert answers[-1].rows == [{"n": "5"}]
    assert children(strict) & before == set()


def test_a_client_that_goes_away_takes_its_query_with_it(five, serving):
    with serving(five, "--timeout", 600, "--workers", 1) as running:
        with closing(socket.create_connection((running.host, running.port))) as client:
            client.sendall(f"GET /sparql?query={quote(FOREVER)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            while figure(running, "ssrgraph_queries_running") != 1:
                pass
        while figure(running, "ssrgraph_queries_running") != 0:
            pass
        assert running.query(FINE).rows == [{"n": "5"}]


def test_a_request_that_is_half_sent_is_given_up(strict):
    with closing(socket.create_connection((strict.host, strict.port))) as client:
        client.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n")
        assert client.recv(100) == b""
    head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 100\r\n\r\n"
    with closing(socket.create_connection((strict.host, strict.port))) as client:
        client.sendall(head + b"SELECT")
        assert client.recv(1000).startswith(b"HTTP/1.1 408 ")


def test_a_thousand_idle_connections_keep_nobody_out(five, serving):
    with serving(five) as running, ExitStack() as stack:
        for _ in range(1000):
            stack.enter_context(closing(socket.create_connection((running.host, running.port))))
        assert running.query(FINE).rows == [{"n": "5"}]


def test_a_request_that_is_too_large_is_refused(strict):
    answer = strict.request("POST", "/sparql", b"#" * (1 << 20) + b"\nASK {}", content_type="application/sparql-query")
    assert (answer.status, answer.json["code"]) == (413, "too-large")
    with closing(HTTPConnection(strict.host, strict.port)) as connection:
        connection.request(
            "POST", "/sparql", (b"#" * 65536 for _ in range(17)), {"content-type": "application/sparql-query"}
        )
        assert connection.getresponse().status == 413


@pytest.mark.parametrize("rows", [60_000, 600_000])
def test_a_client_that_takes_nothing_is_given_up(five, serving, rows):
    query = quote(f"SELECT ?a ?c ?f {{ ?a ?b ?c . ?d ?e ?f }} LIMIT {rows}")
    with serving(five, "--patience", 1) as running:
        before = sockets(running)
        with closing(socket.create_connection((running.host, running.port))) as client:
            client.sendall(f"GET /sparql?query={query} HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\n\r\n".encode())
            while 'path="/sparql"' not in running.get("/metrics").text:
                pass
            while sockets(running) > before:
                pass
        assert running.query(FINE).rows == [{"n": "5"}]
        assert running.stop() == 0


def test_a_body_that_is_compressed_is_refused(strict):
    answer = strict.request(
        "POST", "/sparql", b"x", content_type="application/sparql-query", content_encoding="gzip", connection="close"
    )
    assert (answer.status, answer.json["code"]) == (415, "encoding")


def test_a_head_that_does_not_end_is_refused(strict):
    with closing(socket.create_connection((strict.host, strict.port))) as client:
        answer = b""
        try:
            client.sendall(b"GET /health HTTP/1.1\r\n")
            for number in range(80):
                client.sendall(b"x-%d: " % number + b"x" * 65536 + b"\r\n")
            answer = client.recv(1000)
        except ConnectionError:
            return  # The server has closed it before all was sent.
        assert answer.startswith(b"HTTP/1.1 431 ")


def test_brackets_that_stand_too_deep_within_each_other_are_refused(strict):
    answer = strict.query(f"ASK {{ FILTER({'(' * 3000}1{')' * 3000}) }}")
    assert (answer.status, answer.json["code"]) == (400, "nesting")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        r"SELECT * { \u0053ERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "PREFIX x: <http://127.0.0.1:1/> SELECT * { service x:y { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o SERVICE ?o { ?s ?p ?x } }",
    ],
)
def test_other_hosts_are_not_reached(strict, query):
    answer = strict.query(query)
    assert (answer.status, answer.json["code"]) == (403, "forbidden-host")


def test_a_service_that_may_fail_silently_is_not_reached_and_gives_nothing(strict):
    answer = strict.query("SELECT * { VALUES ?x { 1 } SERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }")
    assert answer.rows == [{"x": "1"}]


def test_a_service_on_an_allowed_host_is_reached(five, serving, server):
    query = f"SELECT * {{ SERVICE <{server.address}sparql> {{ {FINE} }} }}"
    with serving(five, "--allow-host", "127.0.0.1") as running:
        assert running.query(query).rows == [{"n": "5"}]
