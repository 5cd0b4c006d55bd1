from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
# The tests are imported as loose files; what they share lies beside them.
sys.path.insert(0, str(HERE))

REQUIRED = "SSRGRAPH_REQUIRE_ENGINES"
"""Where this is set, what an engine is missing for is a failure."""


def missing(what):
    if os.environ.get(REQUIRED):
        pytest.fail(f"{what} is missing, and {REQUIRED} is set")
    pytest.skip(f"{what} is missing")


@pytest.fixture(scope="session")
def program():
    """Return what says where a program is, and skips the test where there is none."""

    def find(name):
        return shutil.which(name) or missing(name)

    return find


@pytest.fixture(scope="session")
def npm(program):
    """Return what installs the packages of a folder beside this file, once, by its lock file."""

    def install(name):
        program("node")
        command, folder = program("npm"), HERE / name
        mark = folder / "node_modules" / ".installed"
        lock = (folder / "package-lock.json").read_bytes()
        with (folder / "package.json").open() as file:
            fcntl.flock(file, fcntl.LOCK_EX)  # Tests run in several processes.
            if not mark.exists() or mark.read_bytes() != lock:
                options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
                done = subprocess.run(
                    [command, "ci", *options], cwd=folder, capture_output=True, text=True, check=False
                )
                if done.returncode:
                    missing(f"what npm installs in {name} ({(done.stderr.strip() or 'npm failed').splitlines()[0]})")
                mark.write_bytes(lock)
        return folder

    return install


@pytest.fixture(scope="session")
def published(five, tmp_path_factory):
    """Return the folder that is published of the five documents."""
    folder = tmp_path_factory.mktemp("published") / "set"
    command = [str(Path(sys.executable).with_name("ssrgraph")), "export", "--store", str(five)]
    subprocess.run([*command, "--format", "dataset", "--out", str(folder)], check=True, capture_output=True)
    for name in ("turtle", "jsonld"):
        out = folder.parent / f"graph.{name}"
        subprocess.run([*command, "--format", name, "--out", str(out)], check=True, capture_output=True)
    return folder
