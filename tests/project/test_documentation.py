from __future__ import annotations

import re
import subprocess
import sys

import pytest
from click import Context, Option

from ssrgraph.cli.group import ssrgraph

PROMISED = [
    "build",
    "add",
    "remove",
    "facts",
    "query",
    "queries",
    "explain",
    "export",
    "check",
    "stats",
    "evaluate",
    "reason",
    "up",
    "serve",
    "link",
]


def command(name):
    found = ssrgraph.get_command(Context(ssrgraph), name)
    assert found is not None
    return found


def test_the_commands_that_others_rely_on_are_there():
    assert set(PROMISED) <= set(ssrgraph.list_commands(Context(ssrgraph)))


@pytest.mark.parametrize("name", PROMISED)
def test_the_help_of_a_command_has_an_example_and_says_what_each_option_does(name):
    parameters = command(name).params
    assert [option.name for option in parameters if isinstance(option, Option) and not option.help] == []
    text = command(name).get_help(Context(command(name), info_name=f"ssrgraph {name}"))
    assert re.search(rf"^ +\$? *ssrgraph {name}\b", text, re.MULTILINE), text


@pytest.mark.parametrize("name", PROMISED)
def test_the_guide_has_a_command_with_all_its_options(root, name):
    page = (root / "docs" / "guide" / "commands.md").read_text(encoding="utf-8")
    section = page.partition(f"\n## ssrgraph {name}\n")[2].partition("\n## ")[0]
    options = [option for each in command(name).params if isinstance(each, Option) for option in each.opts]
    assert section
    assert [option for option in options if option not in section] == []


def test_the_guide_and_the_readme_say_what_the_commands_print(root):
    done = subprocess.run(
        [sys.executable, "docs/renew.py", "--check"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
