"""Local servers that play Wikidata: its SPARQL endpoint, and its reconciliation service with a network's faults."""

from __future__ import annotations

import json
import socket
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox

PREFIXES = """
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""


class Running:
    """A server over loopback that runs within a `with`."""

    PATH = "/"

    def __init__(self, handler: type[BaseHTTPRequestHandler]) -> None:
        self._server = Quiet(("127.0.0.1", 0), handler)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}{self.PATH}"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error):
        self._server.shutdown()
        self._server.server_close()


class Quiet(ThreadingHTTPServer):
    """A server that is silent about clients that no longer wait: some tests are about them."""

    def handle_error(self, *_arguments):
        pass


class Sparql(Running):
    """A SPARQL endpoint that holds what it is given."""

    PATH = "/sparql"

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

        super().__init__(Handler)


@dataclass(frozen=True, kw_only=True)
class PlayedItem:
    id: str
    name: str
    types: tuple[str, ...] = ()
    description: str = ""
    values: dict[str, tuple[str, ...]] = field(default_factory=dict)


DELAY = 1.5
"""Seconds that an answer is late for the fault `delay`."""


class Reconciliation(Running):
    """A reconciliation service (0.2).

    `faults` holds what happens to the requests to come, one after another, before the service answers as it should:
    `delay`, `429`, `500`, `503`, `400`, `broken` (half of the JSON), `odd` (JSON of another shape), `drop` (the
    connection is closed without an answer), `cut` (fewer bytes than promised). `always` happens to every request. With
    a status goes the wish that the next request comes `retry_after` seconds later.
    """

    PATH = "/en/api"

    def __init__(self, *items: PlayedItem) -> None:
        self.items = items
        self.faults: list[str] = []
        self.always = ""
        self.retry_after = 7
        self.requests: list[dict[str, str]] = []
        self.agents: list[str] = []
        played = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                form = {name: values[0] for name, values in parse_qs(body).items()}
                played.requests.append(form)
                played.agents.append(self.headers["user-agent"])
                fault = played.always or (played.faults.pop(0) if played.faults else "")
                content = json.dumps(played.answer(form)).encode()
                if fault == "delay":
                    time.sleep(DELAY)
                elif fault == "drop":
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                elif fault.isdigit():
                    self.send_response(int(fault))
                    self.send_header("retry-after", str(played.retry_after))
                    self.send_header("content-length", "0")
                    self.end_headers()
                    return
                elif fault == "broken":
                    content = content[: len(content) // 2]
                elif fault == "odd":
                    content = json.dumps([form]).encode()
                self.send_response(200)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(content) + (9 if fault == "cut" else 0)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_arguments):
                pass

        super().__init__(Handler)

    def answer(self, form: dict[str, str]) -> object:
        if "extend" in form:
            asked = json.loads(form["extend"])
            names = [each["id"] for each in asked["properties"]]
            rows = {
                item.id: {name: [{"id": "Q9", "name": text} for text in item.values.get(name, ())] for name in names}
                for item in self.items
                if item.id in asked["ids"]
            }
            return {"meta": [{"id": name, "name": name} for name in names], "rows": rows}
        queries = json.loads(form["queries"])
        return {key: {"result": self.results(each["query"])} for key, each in queries.items()}

    def results(self, text: str) -> list[dict[str, object]]:
        words = set(text.lower().split())
        return [
            {
                "id": item.id,
                "name": item.name,
                "description": item.description,
                "type": [{"id": "Q9", "name": name} for name in item.types],
                "score": 50,
                "match": False,
            }
            for item in self.items
            if words & set(item.name.lower().split())
        ]
