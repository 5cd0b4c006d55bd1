"""A real server in a process of its own, and requests to it over loopback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

PROGRAM = str(Path(sys.executable).with_name("ssrgraph"))


@dataclass(frozen=True, kw_only=True)
class Response:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self):
        return self.body.decode("utf-8")

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def content_type(self):
        return self.headers.get("content-type")

    @property
    def rows(self):
        """The rows of an answer in JSON: for each the values of its variables."""
        return [{name: cell["value"] for name, cell in row.items()} for row in self.json["results"]["bindings"]]


class Server:
    """`ssrgraph serve` on a free port, in a folder or where the tests are; a context manager."""

    def __init__(self, store, *arguments, command="serve", folder=None, **environment):
        self._folder = folder
        self._arguments = [PROGRAM, command, "--store", str(store), "--port", "0", *map(str, arguments)]
        self._environment = {**os.environ, **environment}
        self.process = None
        self.token = None

    def __enter__(self):
        self.process = subprocess.Popen(
            self._arguments,
            cwd=self._folder,
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            env=self._environment,
            text=True,
        )
        self.lines = []
        while line := self.process.stderr.readline():
            self.lines.append(line)
            if line.startswith("Serving "):
                self.address = line.partition(" at ")[2].split()[0]
                parts = urlsplit(self.address)
                self.host, self.port = parts.hostname, parts.port
                return self
        self.process.wait()
        raise AssertionError("".join(self.lines))

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        """End it in order; return its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        if not self.process.stderr.closed:
            self.lines.extend(self.process.stderr.readlines())
            self.process.stderr.close()
        return self.process.wait()

    def request(self, method, path, body=None, **headers):
        """Send a request; headers have underscores for hyphens."""
        sent = {name.replace("_", "-"): value for name, value in headers.items() if value is not None}
        if self.token and method not in {"GET", "HEAD", "OPTIONS"}:
            sent.setdefault("authorization", f"Bearer {self.token}")
        if isinstance(body, str):
            body = body.encode()
        with closing(HTTPConnection(self.host, self.port, timeout=60)) as connection:
            connection.request(method, path, body=body, headers=sent)
            answer = connection.getresponse()
            return Response(
                status=answer.status,
                headers={name.lower(): value for name, value in answer.getheaders()},
                body=answer.read(),
            )

    def get(self, path, **headers):
        return self.request("GET", path, **headers)

    def query(self, text, accept="application/sparql-results+json", **parameters):
        """Send a query by GET; parameters have underscores for hyphens, and may be lists."""
        given = {name.replace("_", "-"): value for name, value in parameters.items()}
        return self.get(f"/sparql?{urlencode({'query': text, **given}, doseq=True, quote_via=quote)}", accept=accept)


def children(running, module):
    """The processes of a server that run a module."""
    for path in Path("/proc").iterdir():
        try:
            parent = (path / "stat").read_text(errors="replace").rpartition(")")[2].split()[1]
            words = (path / "cmdline").read_bytes().split(b"\0")
        except (OSError, IndexError):
            continue
        if parent == str(running.process.pid) and module.encode() in words:
            yield int(path.name)
