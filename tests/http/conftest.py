from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

# The tests are imported as loose files, so that what they share is registered by name here.
_SPEC = importlib.util.spec_from_file_location("http_server_under_test", Path(__file__).with_name("server.py"))
server_module = importlib.util.module_from_spec(_SPEC)
sys.modules[_SPEC.name] = server_module
_SPEC.loader.exec_module(server_module)


@pytest.fixture(scope="session")
def serving():
    """Return what starts a server."""
    return server_module.Server


@pytest.fixture(scope="session")
def server(five):
    """Return a server over the store of the five documents, read-only."""
    with server_module.Server(five) as running:
        yield running


@pytest.fixture(scope="session")
def run_program():
    """Return what runs the installed command to its end."""

    def run(*arguments):
        command = [server_module.PROGRAM, *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    return run
