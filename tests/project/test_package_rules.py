from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from typing import TYPE_CHECKING

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NETWORK = {"urllib.request", "http.client", "http.server", "ftplib", "smtplib", "xmlrpc.client"}
NETWORK_MODULES = {"ssrgraph.linking.wikidata", "ssrgraph.store.remote"}
EVERYTHING = {"Exception", "BaseException"}
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "manager"}


def modules(root: Path) -> Iterator[tuple[str, ast.Module]]:
    source = root / "src"
    for path in sorted((source / "ssrgraph").rglob("*.py")):
        name = ".".join(path.relative_to(source).with_suffix("").parts).removesuffix(".__init__")
        yield name, ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imported(tree: ast.AST) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def contracts(root: Path) -> dict[str, dict]:
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    return {contract["id"]: contract for contract in settings["contracts"]}


def test_every_package_has_its_place_among_the_layers(root):
    layers = contracts(root)["layers"]
    assert layers["exhaustive"] is True
    placed = set(re.findall(r"\w+", " ".join(layers["layers"]))) | set(layers["exhaustive_ignores"])
    found = {name.split(".")[1] for name, _ in modules(root) if "." in name}
    assert found <= placed


def test_every_library_that_is_imported_is_a_declared_dependency(root):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = project["dependencies"] + [each for extra in project["optional-dependencies"].values() for each in extra]
    known = {canonicalize_name(Requirement(each).name) for each in declared} | sys.stdlib_module_names | {"ssrgraph"}
    used = {name.partition(".")[0] for _, tree in modules(root) for name in imported(tree)}
    # A library's modules may have other names than the library: `docx` is of python-docx.
    providers = packages_distributions()
    assert [
        name
        for name in sorted(used - known)
        if not {canonicalize_name(each) for each in providers.get(name, ())} & known
    ] == []


def test_only_the_two_network_modules_open_connections(root):
    assert {name for name, tree in modules(root) if imported(tree) & NETWORK} <= NETWORK_MODULES


def swallows_everything(node: ast.AST) -> bool:
    """Whether it is a handler of every exception that does not pass the exception on after tidying up."""
    if not isinstance(node, ast.ExceptHandler):
        return False
    everything = node.type is None or (isinstance(node.type, ast.Name) and node.type.id in EVERYTHING)
    last = node.body[-1]
    return everything and not (isinstance(last, ast.Raise) and last.exc is None)


def test_only_the_command_line_and_the_server_swallow_every_exception(root):
    swallowing = {name for name, tree in modules(root) if any(map(swallows_everything, ast.walk(tree)))}
    assert {name for name in swallowing if name.split(".")[1] not in {"cli", "serve"}} == set()


def test_only_the_command_line_prints(root):
    printing = {
        name
        for name, tree in modules(root)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    }
    assert {name for name in printing if name.split(".")[1] != "cli"} == set()


def test_modules_are_named_by_what_they_hold(root):
    assert [name for name, _ in modules(root) if name.rpartition(".")[2] in VAGUE] == []


def test_every_module_says_what_it_is_for(root):
    silent = [name for name, tree in modules(root) if not ast.get_docstring(tree)]
    assert silent == []


@pytest.mark.parametrize("folder", ["src", "data/lexicon", "data/reference"])
def test_nothing_is_keyed_to_a_document_that_ships(root, folder):
    ids = {path.stem.partition("_")[2] for path in (root / "data" / "documents").glob("*.txt")}
    assert len(ids) == 5
    keyed = [
        path.name
        for path in (root / folder).rglob("*")
        if path.is_file() and any(each.encode() in path.read_bytes() for each in ids)
    ]
    assert keyed == []
