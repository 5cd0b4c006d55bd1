"""Query engines of others, each loaded with the dump as it is published, and asked over what it offers itself.

An engine is a context manager with `count()`, the quads of its named graphs, and `ask(query)`, the rows of an answer as
the SPARQL results in JSON have them. The dump is loaded unchanged. As in every SPARQL store the default graph is then
empty; one update of the standard, `MERGE`, fills it with the merge that the saved queries are written for.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlencode

MERGE = "INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
JSON = "application/sparql-results+json"
HERE = Path(__file__).parent
_PATIENCE = 120


class EngineError(Exception):
    """An engine refuses what it was asked."""


class StartError(EngineError):
    """An engine does not start."""

    def __init__(self, program, log):
        super().__init__(f"{program} does not start: {log.read_text(errors='replace')[-2000:]}")


def free_port():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


class Rdflib:
    """rdflib, in this process."""

    def __init__(self, dump, _folder):
        from rdflib import Dataset  # noqa: PLC0415 -- only where it is used

        self._dump = dump
        self._data = Dataset(default_union=False)

    def __enter__(self):
        self._data.parse(self._dump, format="nquads")
        self._quads = sum(1 for _ in self._data.quads())
        self._data.update(MERGE)
        return self

    def __exit__(self, *_):
        self._data.close()

    def count(self):
        return self._quads

    def ask(self, query):
        return json.loads(self._data.query(query).serialize(format="json"))["results"]["bindings"]


class _Server:
    """An engine that is a process with a SPARQL endpoint."""

    def __init__(self, dump, folder):
        self._dump = dump
        self._folder = folder
        self._port = free_port()
        self._process = None

    def __exit__(self, *_):
        self._process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(20)
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def count(self):
        return int(self.ask(COUNT)[0]["n"]["value"])

    def _start(self, *command):
        with (self._folder / "log").open("wb") as log:
            self._process = subprocess.Popen(command, cwd=self._folder, stdout=log, stderr=log)
        for _ in range(_PATIENCE * 5):
            if self._process.poll() is not None:
                break
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self._port), 1):
                return
            time.sleep(0.2)
        raise StartError(command[0], self._folder / "log")

    def _send(self, path, fields, accept=JSON):
        request = urllib.request.Request(
            f"http://127.0.0.1:{self._port}/{path}", urlencode(fields).encode(), {"Accept": accept}
        )
        try:
            with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310
                return answer.read()
        except urllib.error.HTTPError as error:
            raise EngineError(error.read().decode(errors="replace")[:2000]) from error


class Oxigraph(_Server):
    """The server of Oxigraph, from its package."""

    program = str(Path(sys.executable).with_name("oxigraph"))

    def __enter__(self):
        place = self._folder / "data"
        load = [self.program, "load", "--location", str(place), "--file", str(self._dump)]
        done = subprocess.run(load, capture_output=True, text=True, check=False)
        if done.returncode:
            raise EngineError(done.stderr)
        self._start(self.program, "serve", "--location", str(place), "--bind", f"127.0.0.1:{self._port}")
        self._send("update", {"update": MERGE})
        return self

    def ask(self, query):
        return json.loads(self._send("query", {"query": query}))["results"]["bindings"]


class Virtuoso(_Server):
    """Virtuoso, as Debian packages it.

    It has no default graph of its own: the merge is a graph that the protocol names as the default graph.
    """

    program = "virtuoso-t"
    merge = "urn:example:merge"

    def __enter__(self):
        shutil.copyfile(self._dump, self._folder / "graph.nq")
        self._sql_port = free_port()
        settings = (HERE / "virtuoso.ini").read_text(encoding="utf-8")
        settings = settings.replace("SQL-PORT", str(self._sql_port)).replace("HTTP-PORT", str(self._port))
        (self._folder / "virtuoso.ini").write_text(settings, encoding="utf-8")
        self._start(self.program, "+foreground", "+configfile", "virtuoso.ini")
        self._isql("DB.DBA.TTLP (file_to_string_output ('graph.nq'), '', 'urn:example:none', 512);")
        lines = self._dump.read_text(encoding="utf-8").splitlines()
        self._names = sorted({line.rsplit(" ", 2)[1].strip("<>") for line in lines})
        for name in self._names:
            merged = f"INSERT {{ GRAPH <{self.merge}> {{ ?s ?p ?o }} }} WHERE {{ GRAPH <{name}> {{ ?s ?p ?o }} }}"
            self._isql(f"SPARQL {merged};")
        return self

    def _isql(self, statement):
        command = ["isql-vt", f"127.0.0.1:{self._sql_port}", "dba", "dba", "ERRORS=STDOUT", f"EXEC={statement}"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if "Error" in done.stdout + done.stderr or done.returncode:
            raise EngineError((done.stdout + done.stderr)[:2000])

    def ask(self, query):
        fields = [("query", query), ("default-graph-uri", self.merge), *(("named-graph-uri", g) for g in self._names)]
        return json.loads(self._send("sparql", fields))["results"]["bindings"]


class Comunica:
    """Comunica over the store of N3.js, in one process of Node that reads queries line by line."""

    program = "node"

    def __init__(self, dump, _folder):
        self._dump = dump

    def __enter__(self):
        self._process = subprocess.Popen(
            [self.program, str(HERE / "comunica" / "engine.mjs"), str(self._dump)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "NODE_OPTIONS": "--max-old-space-size=2048"},
        )
        return self

    def __exit__(self, *_):
        with self._process.stdout:
            self._process.stdin.close()
            self._process.wait()

    def count(self):
        return int(self.ask(COUNT)[0]["n"]["value"])

    def ask(self, query):
        self._process.stdin.write(json.dumps({"query": query}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline() or '{"error": "it has ended"}')
        if "error" in answer:
            raise EngineError(answer["error"])
        return answer["bindings"]
