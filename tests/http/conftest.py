from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

# The tests are imported as loose files; what they share lies above them.
sys.path.insert(0, str(Path(__file__).parents[1]))

import served


@pytest.fixture(scope="session")
def serving():
    """Return what starts a server."""
    return served.Server


@pytest.fixture(scope="session")
def server(five):
    """Return a server over the store of the five documents, read-only."""
    with served.Server(five) as running:
        yield running


@pytest.fixture(scope="session")
def run_program():
    """Return what runs the installed command to its end."""

    def run(*arguments):
        command = [served.PROGRAM, *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    return run
