"""The tests of the commands pass, all of them and unchanged, with the store on a server.

python3 -m pytest -m nightly tests/commands/test_suite_on_servers.py
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

import sparql_servers

ALL = ("tests/commands",)
FEW = ("tests/commands/test_explain.py",)
"""What every run of the tests shows on a server that costs little."""
pytestmark = pytest.mark.skipif(bool(sparql_servers.CHOSEN), reason="runs the others, which are running already")


@pytest.mark.parametrize(
    ("name", "paths"),
    [
        pytest.param("oxigraph", FEW, id="few"),
        *(pytest.param(name, ALL, id=name, marks=pytest.mark.nightly) for name in sparql_servers.SERVERS),
    ],
)
def test_the_suite_of_the_commands(name, paths, root):
    if shutil.which(sparql_servers.SERVERS[name].program) is None:
        pytest.skip(f"{sparql_servers.SERVERS[name].program} is missing")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *paths],
        cwd=root,
        env={**os.environ, "SSRGRAPH_TEST_SERVER": name},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-5000:]
