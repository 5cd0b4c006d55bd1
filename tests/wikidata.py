"""A local server that plays Wikidata: its SPARQL endpoint."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox

PREFIXES = """
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""


class Sparql:
    """A SPARQL endpoint over loopback that holds what it is given; a context manager."""

    def __init__(self, turtle: str) -> None:
        self.store = ox.Store()
        self.store.load(f"{PREFIXES}{turtle}".encode(), format=ox.RdfFormat.TURTLE)
        self.asked: list[str] = []
        played = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self.answer(parse_qs(urlsplit(self.path).query)["query"][0])

            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                is_form = "form" in self.headers["content-type"]
                self.answer(parse_qs(body)["query"][0] if is_form else body)

            def answer(self, query):
                played.asked.append(query)
                body = played.store.query(query).serialize(format=ox.QueryResultsFormat.JSON)
                self.send_response(200)
                self.send_header("content-type", "application/sparql-results+json")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_arguments):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/sparql"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error):
        self._server.shutdown()
        self._server.server_close()
