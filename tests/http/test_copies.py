from __future__ import annotations

import time

import pytest

TOKEN = "a-token-for-tests-only"  # noqa: S105 -- guards nothing
UPDATE = "application/sparql-update"
DATA = """
CREATE GRAPH <http://a.example/empty> ;
INSERT DATA {
  <http://a.example/s> <http://a.example/p> _:b, "a"@en, 1.50, "01"^^<http://www.w3.org/2001/XMLSchema#integer> .
  _:b <http://a.example/p> "x" .
  GRAPH <http://a.example/g> { <http://a.example/s> <http://a.example/p> <http://a.example/o> }
}
"""
QUERIES = (
    "SELECT * { ?s ?p ?o }",
    "SELECT * { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * { GRAPH ?g {} }",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "SELECT * FROM <http://a.example/g> { ?s ?p ?o }",
)


def figure(server, name):
    lines = server.get("/metrics").text.splitlines()
    return float(next(line for line in lines if line.startswith(f"{name} ")).split()[1])


def wait_for_copies(server):
    ends = time.monotonic() + 120
    while figure(server, "ssrgraph_copies") < figure(server, "ssrgraph_processes"):
        assert time.monotonic() < ends, "not all processes make their copies"
        time.sleep(0.1)


def answers(server, mark):
    """Sorted rows of the queries, each asked anew."""
    return [sorted(map(str, server.query(f"{query} # {mark}").json["results"]["bindings"])) for query in QUERIES]


@pytest.fixture
def writable(tmp_path, serving):
    token = tmp_path / "token"
    token.write_text(TOKEN, encoding="utf-8")
    arguments = ("--dataset", "separate", "--writable", "--token-file", token, "--workers", 1)
    with serving(tmp_path / "store", *arguments) as running:
        running.token = TOKEN
        yield running


def test_copies_in_memory_give_the_same_answers_and_changes_are_seen_at_once(writable):
    assert writable.request("POST", "/update", DATA, content_type=UPDATE).status == 204
    from_disk = answers(writable, "disk")
    assert [len(rows) for rows in from_disk] == [5, 1, 2, 1, 1]
    wait_for_copies(writable)
    assert answers(writable, "memory") == from_disk
    more = "INSERT DATA { <http://a.example/t> <http://a.example/p> 2 }"
    assert writable.request("POST", "/update", more, content_type=UPDATE).status == 204
    assert figure(writable, "ssrgraph_copies") == 0
    assert len(answers(writable, "changed")[0]) == 6
    wait_for_copies(writable)
    assert len(answers(writable, "copied again")[0]) == 6
