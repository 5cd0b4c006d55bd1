"""Tests of the commands pass with the store on a server, those apart that are about a store in a folder.

python3 -m pytest -m nightly tests/commands/test_suite_on_servers.py
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

import sparql_servers

MODULES = (
    *("acceptance", "asking", "building", "explain", "formats", "link", "odd_files", "publishing", "questions"),
    *("resuming", "wrong_input"),
)
"""All but those of files and clusters, which have no store, and those that start servers themselves."""
FEW = ("explain",)
"""What every run of the tests shows on a server that costs little."""
pytestmark = pytest.mark.folder


@pytest.mark.parametrize(
    ("name", "modules"),
    [
        pytest.param("oxigraph", FEW, id="few"),
        *(pytest.param(name, MODULES, id=name, marks=pytest.mark.nightly) for name in sparql_servers.SERVERS),
    ],
)
def test_the_suite_of_the_commands(name, modules, root):
    if shutil.which(sparql_servers.SERVERS[name].program) is None:
        pytest.skip(f"{sparql_servers.SERVERS[name].program} is missing")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
            *(f"tests/commands/test_{module}.py" for module in modules),
        ],
        cwd=root,
        env={**os.environ, "SSRGRAPH_TEST_SERVER": name},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-5000:]
