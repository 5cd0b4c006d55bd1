"""The server under test, brought to the data that a test wants."""

from __future__ import annotations

import gzip
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

from pyoxigraph import RdfFormat, parse, serialize


class Endpoint:
    """A server, and what it holds."""

    def __init__(self, server):
        self.server = server
        self._held = None
        self._names = set()
        self._threads = ThreadPoolExecutor(8)

    def load(self, data):
        """Make it hold exactly this, by the Graph Store HTTP Protocol; what it holds already is not written again."""
        if data == self._held:
            return
        if self._held is None:
            self.empty()
        self._held = None
        graphs = data.quads()
        jobs = [("DELETE", name, None) for name in self._names - set(graphs)]
        jobs += [("PUT", name, serialize(triples, format=RdfFormat.N_TRIPLES)) for name, triples in graphs.items()]
        if None not in graphs:
            jobs.append(("PUT", None, b""))
        for answer in self._threads.map(self._write, jobs):
            assert answer.status in {201, 204}, answer.text
        self._names = {name for name in graphs if name is not None}
        self._held = data

    def _write(self, job):
        method, name, body = job
        path = "/graphs?default" if name is None else f"/graphs?graph={quote(name, safe='')}"
        return self.server.request(method, path, body, content_type="application/n-triples")

    def empty(self):
        """Make it hold nothing."""
        self.touched()
        answer = self.server.request("POST", "/update", "DROP ALL", content_type="application/sparql-update")
        assert answer.status == 204, answer.text
        self._names = set()

    def touched(self):
        """Say that a test changes what it holds."""
        self._held = None

    def holds(self):
        """Return all that it holds, triples by graph."""
        answer = self.server.get("/dump.nq.gz")
        assert answer.status == 200, answer.text
        graphs = {}
        for quad in parse(gzip.decompress(answer.body), RdfFormat.N_QUADS):
            graphs.setdefault(getattr(quad.graph_name, "value", None), set()).add(quad.triple)
        return graphs
