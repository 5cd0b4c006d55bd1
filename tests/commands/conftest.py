from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

# The tests are imported as loose files; what they share lies above them.
sys.path.insert(0, str(Path(__file__).parents[1]))

import sparql_servers
from sparql_servers import Server

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


def pytest_collection_modifyitems(items):
    if sparql_servers.CHOSEN:
        for item in items:
            if item.get_closest_marker("folder"):
                item.add_marker(pytest.mark.skip(reason="is about a store in a folder"))


@pytest.fixture(scope="session")
def serving(tmp_path_factory):
    """Return what starts the server that the tests run on, with the data of another; nothing for stores in folders."""
    with contextlib.ExitStack() as stack:

        def start(like=None):
            if not sparql_servers.CHOSEN:
                return None
            server = sparql_servers.SERVERS[sparql_servers.CHOSEN](tmp_path_factory.mktemp("server"))
            if like is not None:
                server.take(like)
            return stack.enter_context(server)

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
def run(built, serving):
    """Run commands where a store is built; they must not change it."""
    run = Runner(built, serving())
    if run.server:
        done = run("build", "documents")
        assert done.status == 0, done.err
    return run


@pytest.fixture
def own(built, tmp_path, request, serving):
    """Run commands in a copy of it, which they may change."""
    shutil.copytree(built, tmp_path / "own", ignore=shutil.ignore_patterns("servers"))
    like = request.getfixturevalue("run").server if sparql_servers.CHOSEN else None
    return Runner(tmp_path / "own", serving(like))


@pytest.fixture(scope="session")
def run_five(five, serving, root):
    """Run commands where the store of the five documents is; they must not change it."""
    run = Runner(five.parent.parent, serving())
    if run.server:
        done = run("build", root / "data" / "documents")
        assert done.status == 0, done.err
    return run


@pytest.fixture
def own_five(five, tmp_path, request, serving):
    """Run commands in a copy of it, which they may change."""
    shutil.copytree(five.parent.parent, tmp_path / "own", ignore=shutil.ignore_patterns("servers"))
    like = request.getfixturevalue("run_five").server if sparql_servers.CHOSEN else None
    return Runner(tmp_path / "own", serving(like))
