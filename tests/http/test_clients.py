"""Clients that people use, against the real server."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore

COUNT = "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/ssrgraph/ontology#Document> }"


def test_rdflib_asks_and_reads_the_answers(server):
    graph = Graph(SPARQLStore(f"{server.address}sparql"))
    assert [int(row.n) for row in graph.query(COUNT)] == [5]
    assert graph.query("ASK { ?s ?p ?o }").askAnswer is True
    described = graph.query("CONSTRUCT { ?s a ?c } WHERE { ?s a ?c } LIMIT 7").graph
    assert len(described) == 7


def test_rdflib_writes(serving, tmp_path):
    (tmp_path / "token").write_text("a-token-for-tests-only", encoding="utf-8")
    options = ("--dataset", "separate", "--writable", "--token-file", tmp_path / "token")
    with serving(tmp_path / "store", *options) as running:
        store = SPARQLUpdateStore(
            f"{running.address}sparql",
            f"{running.address}update",
            headers={"Authorization": "Bearer a-token-for-tests-only"},
        )
        graph = Graph(store, identifier=URIRef("http://a.example/g"))
        statement = tuple(URIRef(f"http://a.example/{name}") for name in "spo")
        graph.add(statement)
        assert list(graph) == [statement]
        graph.remove(statement)
        assert list(graph) == []


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl on this machine")
def test_curl_asks_with_a_large_form_and_reads_compressed_answers(server):
    query = f"{COUNT} # {'x' * 50_000}"
    done = subprocess.run(
        ["curl", "-sS", "--fail", "--compressed", f"{server.address}sparql", "--data-urlencode", "query@-"],
        input=query,
        capture_output=True,
        text=True,
        check=True,
    )
    assert '"value":"5"' in done.stdout
