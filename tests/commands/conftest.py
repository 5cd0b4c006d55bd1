from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

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

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *arguments: object, stdin: bytes | None = None, **environment: str) -> Done:
        done = subprocess.run(
            [self.program, *map(str, arguments)],
            cwd=self.folder,
            input=stdin if stdin is not None else b"",
            capture_output=True,
            check=False,
            env={**os.environ, **environment},
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
            env={**os.environ, "PATH": path},
        )
        return Done(status=done.returncode, out=done.stdout.decode(), err=done.stderr.decode())


@pytest.fixture(scope="session")
def runner():
    """Return what runs commands in a folder that it is given."""
    return Runner


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
def run(built):
    """Run commands where a store is built; they must not change it."""
    return Runner(built)


@pytest.fixture
def own(built, tmp_path):
    """Run commands in a copy of it, which they may change."""
    shutil.copytree(built, tmp_path / "own")
    return Runner(tmp_path / "own")


@pytest.fixture(scope="session")
def run_five(five):
    """Run commands where the store of the five documents is; they must not change it."""
    return Runner(five.parent.parent)


@pytest.fixture
def own_five(five, tmp_path):
    """Run commands in a copy of it, which they may change."""
    shutil.copytree(five.parent.parent, tmp_path / "own")
    return Runner(tmp_path / "own")
