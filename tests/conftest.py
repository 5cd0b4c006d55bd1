"""What every test may use: the checkout, the material beside it, and Hypothesis without a clock."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

# Timing never decides a test; in CI the examples are the same in every run.
settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")

# A shell that starts the tests in the background may have them ignore Ctrl-C, and the commands they start inherit that:
# the tests of interruption would then see commands that are not interrupted.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the top folder of the checkout."""
    return Path(__file__).parent.parent


@pytest.fixture(scope="session")
def shared(root: Path) -> Path:
    """Return the folder of material that lies beside the checkout; skip the test where it is absent."""
    folder = root.parent / "shared"
    if not folder.is_dir():
        pytest.skip("no ../shared beside the checkout")
    return folder


@pytest.fixture(scope="session")
def five(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of the five documents, built by the real command; not to be changed.

    It is the `build/store` of a folder of its own, where commands find it by default.
    """
    store = tmp_path_factory.mktemp("five") / "build" / "store"
    program = str(Path(sys.executable).with_name("ssrgraph"))
    command = [program, "build", str(root / "data" / "documents"), "--store", str(store)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return store
