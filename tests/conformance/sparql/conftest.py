from __future__ import annotations

import sys
from pathlib import Path

import pytest

# The tests are imported as loose files; what they share lies beside them.
sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

from dataset import Endpoint  # noqa: E402

import served  # noqa: E402


@pytest.fixture(scope="session")
def endpoint(tmp_path_factory):
    """Return a writable server over a plain dataset, and what loads it."""
    folder = tmp_path_factory.mktemp("sparql")
    token = "a-token-for-the-w3c-tests"  # noqa: S105 -- guards nothing
    (folder / "token").write_text(token, encoding="utf-8")
    options = ("--dataset", "separate", "--writable", "--token-file", folder / "token")
    with served.Server(folder / "store", *options) as running:
        running.token = token
        yield Endpoint(running)
