from __future__ import annotations

import re
import subprocess
import tomllib
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

# The documents are kept as they were given, whatever they hold.
GIVEN = "data/documents/"
MACHINE_PATH = re.compile(r"(?<![\w.~-])/(?:root|work|farm|home|Users|tmp|opt)/\w")
REGISTRY = re.compile(
    r"(?:files\.python[h]osted|py[p]i\.(?:org|python)|registry\.np[m]js|deb[.]debian)"
    r"|index[-_]url|find-links\s*[=:]|https?://\S*/simple/",
)


def tracked_texts(root: Path) -> list[tuple[str, str]]:
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=True)
    except (FileNotFoundError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    texts = []
    for name in filter(None, listed.stdout.split("\0")):
        path = root / name
        if path.is_file():
            texts.append((name, path.read_bytes().decode("utf-8", errors="replace")))
    return texts


def lines_with(pattern: re.Pattern[str], root: Path) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()}"
        for name, text in tracked_texts(root)
        if not name.startswith(GIVEN)
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_tracked_file_has_a_path_of_a_machine(root):
    assert lines_with(MACHINE_PATH, root) == []


def test_no_tracked_file_names_a_registry(root):
    assert lines_with(REGISTRY, root) == []


def test_outputs_are_not_tracked(root):
    tops = {name.partition("/")[0] for name, _ in tracked_texts(root)}
    assert tops.isdisjoint({"build", "dist", ".venv"})


def test_no_folder_of_tests_is_called_build(root):
    found = [path for path in (root / "tests").rglob("build") if path.is_dir() and "node_modules" not in path.parts]
    assert found == []


def test_every_toml_file_parses(root):
    for name, text in tracked_texts(root):
        if name.endswith(".toml"):
            assert tomllib.loads(text), name


def test_every_tracked_text_is_utf8(root):
    assert [name for name, text in tracked_texts(root) if not name.startswith(GIVEN) and "\ufffd" in text] == []
