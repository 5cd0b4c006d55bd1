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
pytestmark = [pytest.mark.nightly, pytest.mark.folder]


@pytest.mark.parametrize("name", sparql_servers.SERVERS)
def test_the_suite_of_the_commands(name, root):
    if shutil.which(sparql_servers.SERVERS[name].program) is None:
        pytest.skip(f"{sparql_servers.SERVERS[name].program} is missing")
    modules = [f"tests/commands/test_{module}.py" for module in MODULES]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *modules],
        cwd=root,
        env={**os.environ, "SSRGRAPH_TEST_SERVER": name},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-5000:]
