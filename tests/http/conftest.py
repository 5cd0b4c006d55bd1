from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

# The tests are imported as loose files; what they share lies above them.
sys.path.insert(0, str(Path(__file__).parents[1]))

import browsing
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


@pytest.fixture(scope="module")
def browser():
    """Return a headless Chromium."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        browsing.missing("no Chromium on the PATH")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=browsing.OPTIONS)
        yield running
        running.close()


@pytest.fixture(scope="module")
def axe(root):
    """Return the source of axe-core."""
    path = root / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
    if not path.is_file():
        browsing.missing("the package was built without npm, so there is no axe-core")
    return path.read_text(encoding="utf-8")
