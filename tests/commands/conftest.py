from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Triple

# The tests are imported as loose files; what they share lies above them.
sys.path.insert(0, str(Path(__file__).parents[1]))

from typing import TYPE_CHECKING

import pyoxigraph

import sparql_servers
from sparql_servers import Server
from ssrgraph.store.remote import record
from ssrgraph.store.remote.client import Client
from ssrgraph.store.remote.notes import copy_of
from ssrgraph.store.remote.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterable

TEXTS = {
    "alpha": "Support for Iraq\n\nIn 2017, the United States provided $5 million to Iraq for clearance.\n",
    "beta": "Training in Ukraine\n\nCanada has trained over 1,200 Ukrainian soldiers since 2015.\n",
}


@dataclass(frozen=True, kw_only=True)
class Done:
    """What a command came to."""

    status: int
    out: str
    err: str


class Runner:
    """Runs the installed command in a folder."""

    program = str(Path(sys.executable).with_name("ssrgraph"))

    def __init__(self, folder: Path, server: Server | None = None) -> None:
        self.folder = folder
        self.server = server

    @property
    def environment(self) -> dict[str, str]:
        """What commands are given besides: the store, if it is on a server."""
        return {"SSRGRAPH_STORE": self.server.address, **self.server.environment} if self.server else {}

    @property
    def store(self) -> Path:
        """The folder in which the store is changed: its own, or the copy from which it is published."""
        return self.folder / (copy_of(self.server.address) / "store" if self.server else Path("build/store"))

    @property
    def named(self) -> str:
        """What messages call the store."""
        return self.server.address if self.server else "build/store"

    @property
    def generations(self) -> list[str]:
        """The names of the generations that lie in the folder in which the store is changed, finished or not."""
        return sorted(path.name for path in self.store.glob("generation-*"))

    @property
    def state(self) -> str:
        """What differs with every change of the store."""
        return self.server.edition() if self.server else (self.store / "CURRENT").read_text()

    def change_behind(self, graph: NamedNode, removed: Iterable[Triple] = (), added: Iterable[Triple] = ()) -> None:
        """Change a graph, and the merge, behind the back of the command."""
        data = None if self.server else pyoxigraph.Store(str(self.store / self.state.strip() / "quads"))
        update = self.server.update if data is None else data.update
        for where in (f"GRAPH {graph} {{ %s }}", self.server.merge if self.server else "%s"):
            for word, triples in (("DELETE", removed), ("INSERT", added)):
                text = " ".join(f"{triple} ." for triple in triples)
                if text:
                    update(f"{word} DATA {{ {where.replace('%s', text)} }}")
        if data is not None:
            data.flush()

    def make_foreign(self) -> None:
        """Have the store say, behind the back of the command, that it is of another format."""
        if self.server is None:
            info = self.store / self.state.strip() / "store.json"
            info.write_text(info.read_text().replace('"format": 1', '"format": 0'))
            return
        with Client.open(read_settings(self.server.address, self.environment)) as client:
            info = record.read_state(client).info
        for word, one in (("DELETE", info), ("INSERT", replace(info, format=0))):
            text = " ".join(f"{triple} ." for triple in record.described(one, ()))
            self.server.update(f"{word} DATA {{ GRAPH {record.RECORD} {{ {text} }} }}")

    def starting(
        self, *arguments: object, stderr: int, start_new_session: bool = False, **environment: str
    ) -> subprocess.Popen[bytes]:
        """Start a command and do not wait for its end."""
        return subprocess.Popen(
            [self.program, *map(str, arguments)],
            cwd=self.folder,
            stderr=stderr,
            start_new_session=start_new_session,
            env={**os.environ, **self.environment, **environment},
        )

    def __call__(self, *arguments: object, stdin: bytes | None = None, **environment: str) -> Done:
        done = subprocess.run(
            [self.program, *map(str, arguments)],
            cwd=self.folder,
            input=stdin if stdin is not None else b"",
            capture_output=True,
            check=False,
            env={**os.environ, **self.environment, **environment},
        )
        return Done(status=done.returncode, out=done.stdout.decode(), err=done.stderr.decode())

    def starting_with(self, code: str, *arguments: object, **environment: str) -> Done:
        """Run a command in a Python that runs some code when it starts."""
        (self.folder / "sitecustomize.py").write_text(code)
        path = os.pathsep.join([str(self.folder), *filter(None, [os.environ.get("PYTHONPATH")])])
        return self(*arguments, PYTHONPATH=path, **environment)

    def shell(self, line: str) -> Done:
        """Run a line of the shell in which `ssrgraph` is the installed command."""
        path = f"{Path(self.program).parent}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            ["bash", "-c", line],
            cwd=self.folder,
            capture_output=True,
            check=False,
            env={**os.environ, **self.environment, "PATH": path},
        )
        return Done(status=done.returncode, out=done.stdout.decode(), err=done.stderr.decode())


@pytest.fixture(scope="session")
def runner():
    """Return what runs commands in a folder that it is given."""
    return Runner


@contextlib.contextmanager
def server_of_tests(folder, like=None):
    """Yield the server that the tests run on, with the data of another; None for stores in folders."""
    if not sparql_servers.CHOSEN:
        yield None
        return
    server = sparql_servers.SERVERS[sparql_servers.CHOSEN](folder)
    if like is not None:
        server.take(like)
    with server:
        yield server


@pytest.fixture(scope="module")
def anew(tmp_path_factory):
    """Return what runs commands in a folder that it is given, whose store is yet to be made."""
    with contextlib.ExitStack() as stack:

        def start(folder):
            return Runner(folder, stack.enter_context(server_of_tests(tmp_path_factory.mktemp("server"))))

        yield start


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """Return a folder with `documents` and the store `build/store` of them, reasoned; not to be changed."""
    place = tmp_path_factory.mktemp("built")
    (place / "documents").mkdir()
    for name, text in TEXTS.items():
        (place / "documents" / f"{name}.txt").write_text(text, encoding="utf-8")
    done = Runner(place)("build", "documents")
    assert done.status == 0, done.err
    return place


@pytest.fixture(scope="session")
def run(built, tmp_path_factory):
    """Run commands where a store is built; they must not change it."""
    with server_of_tests(tmp_path_factory.mktemp("server")) as server:
        run = Runner(built, server)
        if server:
            done = run("build", "documents")
            assert done.status == 0, done.err
        yield run


@pytest.fixture
def own(built, tmp_path, request):
    """Run commands in a copy of it, which they may change."""
    shutil.copytree(built, tmp_path / "own", ignore=shutil.ignore_patterns("servers"))
    like = request.getfixturevalue("run").server if sparql_servers.CHOSEN else None
    with server_of_tests(tmp_path / "server-of-own", like) as server:
        yield Runner(tmp_path / "own", server)


@pytest.fixture(scope="session")
def run_five(five, tmp_path_factory, root):
    """Run commands where the store of the five documents is; they must not change it."""
    with server_of_tests(tmp_path_factory.mktemp("server")) as server:
        run = Runner(five.parent.parent, server)
        if server:
            done = run("build", root / "data" / "documents")
            assert done.status == 0, done.err
        yield run


@pytest.fixture
def own_five(five, tmp_path, request):
    """Run commands in a copy of it, which they may change."""
    shutil.copytree(five.parent.parent, tmp_path / "own", ignore=shutil.ignore_patterns("servers"))
    like = request.getfixturevalue("run_five").server if sparql_servers.CHOSEN else None
    with server_of_tests(tmp_path / "server-of-own", like) as server:
        yield Runner(tmp_path / "own", server)
