from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from pathlib import Path

FILES = ["run.txt", "test.txt", "spark.txt"]
PIN = re.compile(
    r"(?P<name>[\w.-]+)==(?P<version>[\w.]+)(?: ; (?P<marker>[^\\]+?))?"
    r"(?P<hashes>(?: \\\n    --hash=sha256:[0-9a-f]{64})+)\n",
)


def pins(root: Path, file: str) -> dict[str, set[str]]:
    text = (root / "requirements" / file).read_text(encoding="utf-8")
    comment, _, body = text.partition("\n")
    assert comment.startswith("# Made by requirements/pin")
    versions: dict[str, set[str]] = {}
    end = 0
    for match in PIN.finditer(body):
        assert match.start() == end, body[end : match.start()]
        versions.setdefault(canonicalize_name(match["name"]), set()).add(match["version"])
        end = match.end()
    assert end == len(body), body[end : end + 200]
    return versions


def project(root: Path) -> dict:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", [*FILES, "sssom.txt"])
def test_every_requirement_is_one_version_with_hashes_and_nothing_else(root, file):
    assert len(pins(root, file)) > len(project(root)["project"]["dependencies"])


@pytest.mark.parametrize("file", ["test.txt", "spark.txt"])
def test_tests_and_clusters_run_with_the_versions_that_users_run_with(root, file):
    run, other = pins(root, "run.txt"), pins(root, file)
    assert {name: other.get(name) for name in run} == run


@pytest.mark.parametrize(
    ("file", "groups"),
    [
        ("run.txt", ["backend"]),
        ("test.txt", ["backend", "editable", "test", "check"]),
        ("spark.txt", ["backend", "spark"]),
    ],
)
def test_what_the_project_asks_for_is_pinned_at_a_version_that_it_allows(root, file, groups):
    declared = project(root)
    listed = declared["dependency-groups"] | declared["project"]["optional-dependencies"]
    asked = declared["project"]["dependencies"] + [text for group in groups for text in listed[group]]
    pinned = pins(root, file)
    for requirement in map(Requirement, asked):
        versions = pinned[canonicalize_name(requirement.name)]
        assert all(requirement.specifier.contains(version) for version in versions), str(requirement)


def test_the_pinned_build_back_end_is_the_one_that_builds(root):
    declared = project(root)
    assert declared["build-system"]["requires"] == declared["dependency-groups"]["backend"]
