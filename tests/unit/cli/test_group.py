from __future__ import annotations

import inspect
import subprocess
import sys

import click
import pytest

from ssrgraph.cli.group import COMMANDS, ssrgraph
from ssrgraph.cli.options import REASONERS
from ssrgraph.reasoning import engines

HEAVY = ("spacy", "rdflib", "pyoxigraph", "owlrl", "pyshacl", "pyld", "rich", "numpy", "multiprocessing")

PROGRAM = """
import sys
from ssrgraph.cli import main
sys.argv = ["ssrgraph", *{arguments!r}]
try:
    main()
except SystemExit as leave:
    assert not leave.code, leave.code
print(*sorted(sys.modules), file=sys.stderr)
"""


def loaded(*arguments: str) -> set[str]:
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(arguments=arguments)], capture_output=True, text=True, check=True
    )
    return set(run.stderr.split())


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_help_and_version_load_nothing_heavy(arguments):
    modules = loaded(*arguments)
    assert "ssrgraph.cli.group" in modules
    assert modules.isdisjoint(HEAVY)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_loads_neither_spacy_nor_rdflib(name):
    assert loaded(name, "--help").isdisjoint({"spacy", "rdflib", "owlrl", "pyshacl", "pyld"})


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_says_what_the_command_says(name):
    command = ssrgraph.get_command(click.Context(ssrgraph), name)
    assert command.name == name
    assert command.short_help == COMMANDS[name]
    assert command.help.startswith(COMMANDS[name].split(":")[0].rstrip("."))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_an_example_and_every_option_help(name):
    command = ssrgraph.get_command(click.Context(ssrgraph), name)
    assert f"Example:\n  ssrgraph {name}" in inspect.cleandoc(command.help)
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert len(parameter.help or "") > 20, parameter.name


def test_an_unknown_command_is_none():
    assert ssrgraph.get_command(click.Context(ssrgraph), "dance") is None


def test_the_engines_of_the_options_are_those_that_there_are():
    assert engines() == REASONERS
