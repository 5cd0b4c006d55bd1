"""A folder with documents and a SPARQL server that holds the store of them, for tests that serve it."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import time
from urllib.parse import quote

import served

TOKEN = "a-token-for-tests-only"  # noqa: S105 -- guards nothing
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
ONE = "CONSTRUCT WHERE { ?alpha <http://purl.org/dc/terms/identifier> 'alpha' }"
DOCUMENTS = "SELECT (COUNT(DISTINCT ?d) AS ?n) { ?d a <https://w3id.org/ssrgraph/ontology#Document> }"
RECORD = "https://w3id.org/ssrgraph/store#record"
HALF = f'INSERT DATA {{ GRAPH <{RECORD}> {{ <{RECORD}> <https://w3id.org/ssrgraph/store#publisher> "nobody" }} }}'
WHOLE = HALF.replace("INSERT", "DELETE")
TEXTS = {
    "alpha": "Support for Iraq\n\nIn 2017, the United States provided $5 million to Iraq for clearance.\n",
    "beta": "Training in Ukraine\n\nCanada has trained over 1,200 Ukrainian soldiers since 2015.\n",
    "gamma": "More for Iraq\n\nNorway gave $2 million to Iraq in 2019.\n",
}


class Place:
    """A folder with documents, commands that run there, and a server that holds the store of alpha and beta."""

    def __init__(self, folder, server):
        self.folder = folder
        self.server = server
        (folder / "documents").mkdir(parents=True, exist_ok=True)
        for name, text in TEXTS.items():
            (folder / ("" if name == "gamma" else "documents") / f"{name}.txt").write_text(text)
        (folder / "token").write_text(TOKEN)

    def run(self, *arguments, store=None, **environment):
        command = [served.PROGRAM, *arguments, "--store", store or self.server.address]
        environment = {**os.environ, **self.server.environment, **environment}
        return subprocess.run(
            command,
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    def serving(self, *arguments, store=None, command="serve", **environment):
        words = ("--look", "0.2", *arguments)
        environment = {**self.server.environment, **environment}
        return served.Server(store or self.server.address, *words, command=command, folder=self.folder, **environment)

    def writing(self, *arguments, **given):
        serving = self.serving("--writable", "--token-file", "token", *arguments, **given)
        serving.token = TOKEN
        return serving


def rows(done):
    """The one number that a command has answered."""
    assert done.returncode == 0, done.stderr
    return [{"n": done.stdout.split()[-1]}]


def update(running, text):
    return running.request("POST", "/update", text, content_type="application/sparql-update")


def insert(running, number):
    return update(running, f"INSERT DATA {{ <http://a.example/{number}> <http://a.example/p> {number} }}")


def comes_true(said, seconds=60):
    """Wait for something that another process does in its own time; return whether it did."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if said():
            return True
        time.sleep(0.05)
    return False


PATHS = [
    f"/sparql?query={quote('SELECT ?p ?o { <https://w3id.org/ssrgraph/document/alpha> ?p ?o } ORDER BY ?p ?o')}",
    f"/sparql?query={quote('SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g')}",
    f"/sparql?query={quote(ONE)}",
    f"/sparql?query={quote(COUNT)}&default-graph-uri=https://w3id.org/ssrgraph/graph/entities",
    "/queries/funding",
    "/id/organization/us",
    "/id/organization/us.trig",
    "/explain?s=organization:us&p=a&o=ssr:Donor",
    "/document/alpha",
    "/search?q=Ukrainian",
    "/graphs?graph=https://w3id.org/ssrgraph/graph/document/alpha",
    "/.well-known/void",
    f"/reconcile?queries={quote(json.dumps({'q0': {'query': 'United States'}}))}",
    "/dump.nq.gz",
    "/",
]


def told(answer, running):
    """What an answer says, whichever server gave it and in whatever order it writes all quads."""
    if answer.content_type == "application/gzip":
        return sorted(gzip.decompress(answer.body).splitlines())
    return re.sub(r"\d{6}-[0-9a-f]{16}|\b[0-9a-f]{64}\b", "VERSION", answer.text.replace(str(running.port), "PORT"))
