"""SPARQL servers that tests start, stop, kill and start anew, each with its data in a folder of its own."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from abc import ABC, abstractmethod
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlencode

_PATIENCE = 60
_RECORD = "https://w3id.org/ssrgraph/store#record"
_EDITION = f"SELECT ?e {{ GRAPH <{_RECORD}> {{ <{_RECORD}> <https://w3id.org/ssrgraph/store#edition> ?e }} }}"


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


class Server(ABC):
    """A server as a process; a context manager."""

    program = ""
    path = ""
    queries = ""
    """The path of its query service."""
    merge = "%s"
    """A pattern that holds in the merge of all graphs."""
    environment: ClassVar[dict[str, str]] = {}
    atomic = True
    """Whether it does an update whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        folder.mkdir(parents=True, exist_ok=True)

    @property
    def address(self) -> str:
        """What `--store` is given."""
        return f"http://127.0.0.1:{self.port}{self.path}"

    @abstractmethod
    def command(self) -> list[str]:
        """Return the command that starts it."""

    def start(self) -> None:
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(self.command(), cwd=self.folder, stdout=log, stderr=log)
        for _ in range(_PATIENCE * 20):
            assert self.process.poll() is None, (self.folder / "log").read_text(errors="replace")[-2000:]
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.05)
        raise AssertionError((self.folder / "log").read_text(errors="replace")[-2000:])

    def kill(self) -> None:
        """End it at once, as a power cut does."""
        self.process.kill()
        self.process.wait()

    def update(self, text: str) -> None:
        """Change its data behind the back of the command."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/update", text.encode(), {"Content-Type": "application/sparql-update"}
        )
        with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310
            assert answer.status < 300

    def edition(self) -> str:
        """Return the edition that its record tells."""
        url = f"http://127.0.0.1:{self.port}{self.queries}?{urlencode({'query': _EDITION})}"
        request = urllib.request.Request(url, headers={"Accept": "text/csv"})
        with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310
            return answer.read().decode()

    @abstractmethod
    def take(self, other: Server) -> None:
        """Take over the data of another, which goes on; both must be still."""

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(20)
        if self.process.poll() is None:
            self.kill()


class Oxigraph(Server):
    """The server of Oxigraph, from its package."""

    queries = "/query"
    program = str(Path(sys.executable).with_name("oxigraph"))

    def command(self) -> list[str]:
        return [self.program, "serve", "--location", "data", "--bind", f"127.0.0.1:{self.port}"]

    def take(self, other: Server) -> None:
        with urllib.request.urlopen(f"{other.address}/store", timeout=_PATIENCE) as answer:  # noqa: S310
            (self.folder / "all.nq").write_bytes(answer.read())
        load = [self.program, "load", "--location", "data", "--file", "all.nq"]
        subprocess.run(load, cwd=self.folder, check=True, capture_output=True)


class Virtuoso(Server):
    """Virtuoso, as Debian packages it."""

    program = "virtuoso-t"
    path = queries = "/sparql"
    atomic = False
    merge = "GRAPH <https://w3id.org/ssrgraph/store#merge> { %s }"
    environment: ClassVar[dict[str, str]] = {"SSRGRAPH_USER": "dba", "SSRGRAPH_PASSWORD": "dba"}
    settings = Path(__file__).parent / "interoperability" / "virtuoso.ini"

    def __init__(self, folder: Path, *, most_rows: int = 1_000_000) -> None:
        super().__init__(folder)
        text = self.settings.read_text(encoding="utf-8").replace(
            "ResultSetMaxRows = 1000000", "ResultSetMaxRows = ROWS"
        )
        for name, value in (("SQL-PORT", free_port()), ("HTTP-PORT", self.port), ("ROWS", most_rows)):
            text = text.replace(name, str(value))
        (folder / "virtuoso.ini").write_text(text, encoding="utf-8")

    def command(self) -> list[str]:
        return [self.program, "+foreground", "+configfile", "virtuoso.ini"]

    def update(self, text: str) -> None:
        url = f"http://127.0.0.1:{self.port}/sparql-auth"
        who = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        who.add_password(None, url, "dba", "dba")
        opener = urllib.request.build_opener(urllib.request.HTTPDigestAuthHandler(who))
        opener.open(urllib.request.Request(url, urlencode({"update": text}).encode()), timeout=_PATIENCE).close()

    def take(self, other: Server) -> None:
        # Once it has ended, all is in its files.
        other.__exit__()
        for path in other.folder.glob("virtuoso.*"):
            if path.suffix not in {".ini", ".lck"}:
                shutil.copyfile(path, self.folder / path.name)
        other.start()


SERVERS = {"oxigraph": Oxigraph, "virtuoso": Virtuoso}
CHOSEN = os.environ.get("SSRGRAPH_TEST_SERVER", "")
"""The server on which the tests of the commands run; "" for stores in folders."""
