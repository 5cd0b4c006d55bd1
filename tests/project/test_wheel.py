"""What is shipped: the wheel, installed apart from the checkout and run in an empty folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

SHIPPED = ["ontology", "queries", "data/documents", "data/reference", "data/lexicon", "data/links"]
FILES = ["data/dataset.toml"]


@pytest.fixture(scope="module")
def wheel(root, tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*pip, "--wheel-dir", str(folder), str(root)], check=True, capture_output=True)
    (built,) = folder.glob("ssrgraph-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    folder = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-compile"]
    subprocess.run([*pip, "--target", str(folder), str(wheel)], check=True, capture_output=True)
    return folder


def run(installed: Path, folder: Path, *command: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("folder", [*SHIPPED, *FILES])
def test_the_wheel_holds_every_file_of_the_folder_byte_for_byte(root, wheel, folder):
    place = root / folder
    every = [place] if place.is_file() else place.rglob("*")
    paths = [path for path in every if path.is_file() and path.name != ".gitkeep"]
    with zipfile.ZipFile(wheel) as archive:
        for path in paths:
            name = f"ssrgraph/shipped/{path.relative_to(root).as_posix()}"
            assert archive.read(name) == path.read_bytes(), name


def test_the_wheel_holds_no_tests_and_nothing_of_the_project_around_it(wheel):
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.partition("/")[0] for name in archive.namelist()}
        version = wheel.name.split("-")[1]
        assert tops == {"ssrgraph", f"ssrgraph-{version}.dist-info"}
        assert f"ssrgraph-{version}.dist-info/licenses/LICENSE" in archive.namelist()
        assert "ssrgraph/py.typed" in archive.namelist()


def test_the_wheel_holds_all_that_the_pages_are_made_of(root, wheel):
    """What is taken from npm is in it where the build could reach npm; then it is in the checkout, too."""
    folder = root / "src" / "ssrgraph" / "serve" / "pages"
    paths = [path for part in ("templates", "static") for path in (folder / part).rglob("*") if path.is_file()]
    assert {"base.html", "site.css"} <= {path.name for path in paths}
    with zipfile.ZipFile(wheel) as archive:
        for path in paths:
            assert archive.read(path.relative_to(root / "src").as_posix()) == path.read_bytes(), path.name


def test_the_installed_package_is_the_one_that_runs(installed, tmp_path):
    place = run(installed, tmp_path, "-c", "import ssrgraph; print(ssrgraph.__file__)")
    assert Path(place.strip()).is_relative_to(installed)


def test_the_installed_command_lists_its_saved_queries(installed, tmp_path):
    script = shutil.which("ssrgraph", path=str(installed / "bin"))
    assert script
    listed = run(installed, tmp_path, script, "queries")
    assert "funding" in listed
    assert "personnel" in listed


def test_the_installed_command_builds_the_documents_that_it_ships(installed, tmp_path):
    script = str(installed / "bin" / "ssrgraph")
    run(installed, tmp_path, script, "build", "--reasoner", "none")
    table = run(installed, tmp_path, script, "facts", "funding", "--format", "csv")
    header, *rows = table.splitlines()
    assert header.startswith("document,funder,recipient,")
    assert any(row.startswith("003_726c8a866d656542,") for row in rows)
