"""The commands of CONTRIBUTING.md work, as far as that is quick to see."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PREFIX = Path(sys.executable).parent


def commands(root: Path) -> list[list[str]]:
    blocks = BLOCK.findall((root / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    lines = [part.strip() for block in blocks for line in block.splitlines() for part in line.split("&&")]
    return [shlex.split(line) for line in lines]


def environment() -> dict[str, str]:
    return {**os.environ, "PATH": f"{PREFIX}{os.pathsep}{os.environ['PATH']}"}


def test_every_command_and_every_file_that_is_named_is_there(root):
    found = commands(root)
    assert len(found) > 5
    for words in found:
        program = words[0]
        assert program in {".", "python3"} or shutil.which(program, path=environment()["PATH"]), program
        for word in words[1:]:
            if "/" in word and not word.startswith(".venv"):
                assert (root / word).exists(), word


def test_what_an_editable_installation_asks_for_is_pinned(root):
    asked = subprocess.run(
        [sys.executable, "-c", "from hatchling.build import *; print(*get_requires_for_build_editable(), sep='\\n')"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\n")
    pins = (root / "requirements" / "test.txt").read_text(encoding="utf-8")
    for requirement in map(Requirement, filter(None, asked)):
        version = re.search(rf"^{re.escape(canonicalize_name(requirement.name))}==([\w.]+)", pins, re.MULTILINE)
        assert version, f"{requirement} is not in requirements/test.txt"
        assert requirement.specifier.contains(version[1])


def test_the_checkout_can_be_installed_editable_as_it_says(root):
    (words,) = [words for words in commands(root) if "--editable" in words]
    assert words[:4] == ["python3", "-m", "pip", "install"]
    if subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True, check=False).returncode:
        pytest.skip("no pip in this environment")
    done = subprocess.run(
        [sys.executable, *words[1:], "--dry-run", "--disable-pip-version-check"],
        cwd=root,
        env={name: value for name, value in os.environ.items() if name != "PIP_QUIET"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Would install ssrgraph" in done.stdout


@pytest.mark.parametrize("program", ["ruff", "mypy", "lint-imports"])
def test_the_checks_that_it_names_are_installed(root, program):
    assert program in {words[0] for words in commands(root)}
    assert shutil.which(program, path=environment()["PATH"])
