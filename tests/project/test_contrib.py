"""The examples of `contrib`: what they install and start is what is tested elsewhere, and what they start works.

No image is built here: its steps are those of README.md, which are run in a new environment for every change.
"""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

HOME = "/usr/local/lib/ssrgraph"
"""Where both examples have the program."""


@pytest.fixture(scope="module")
def instructions(root):
    """Return the instructions of the Dockerfile: name and words."""
    text = (root / "contrib" / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(name, words) for name, _, words in (line.partition(" ") for line in lines)]


def of(instructions, name):
    return [words for each, words in instructions if each == name]


def pip_commands(text):
    """What pip is told in a text, without what only says where it is or how much it keeps."""
    found = re.findall(r"(?:bin/pip|python3 -m pip) (install [^&\n]*)", text)
    return [" ".join(one.replace("--no-cache-dir ", "").split()) for one in found]


def test_the_image_is_made_by_the_steps_of_the_readme(root, instructions):
    readme = re.search(
        r"<!-- command: run -->\n```console\n(.*?)```", (root / "README.md").read_text("utf-8"), re.DOTALL
    )
    assert pip_commands("\n".join(of(instructions, "RUN"))) == pip_commands(readme[1])
    assert of(instructions, "RUN")[0].startswith(f"python3 -m venv {HOME} && {HOME}/bin/pip ")
    for words in of(instructions, "COPY"):
        *sources, _ = words.removeprefix("--from=built ").split()
        assert all(source.startswith(HOME) or (root / source).exists() for source in sources)
    assert f"--from=built {HOME} {HOME}" in of(instructions, "COPY")  # A venv may not be moved.


def test_what_the_image_starts_serves_and_passes_its_own_health_check(five, instructions, tmp_path):
    (entry,), (more,), (check,) = (of(instructions, name) for name in ("ENTRYPOINT", "CMD", "HEALTHCHECK"))
    words = [*json.loads(entry), *json.loads(more)]
    assert words[0] == f"{HOME}/bin/ssrgraph"
    given = {"/store": str(five), "0.0.0.0": "127.0.0.1"}  # noqa: S104 -- what the image has within itself
    program = str(Path(sys.executable).with_name("ssrgraph"))
    command = [program, *(given.get(word, word) for word in words[1:]), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path) as server:
        try:
            address = re.search(r"http://127\.0\.0\.1:\d+/", server.stderr.readline())[0]
            python, *arguments = json.loads(check.removeprefix("CMD "))
            assert python == f"{HOME}/bin/python3"
            asked = [one.replace("http://127.0.0.1:7878/", address) for one in arguments]
            assert asked != arguments
            subprocess.run([sys.executable, *asked], check=True, capture_output=True)
        finally:
            server.terminate()
            told = [json.loads(line) for line in server.stdout]
        assert server.wait() == 0
    assert [(one["path"], one["status"]) for one in told] == [("/health", 200)]
    assert subprocess.run([sys.executable, *asked], check=False, capture_output=True).returncode != 0


def test_the_unit_starts_the_same_program_with_options_that_it_has(root):
    text = (root / "contrib" / "ssrgraph.service").read_text(encoding="utf-8")
    start = re.search(r"^ExecStart=(.*)$", text, re.MULTILINE)[1]
    more = re.search(r"^#\s+(--writable .*)$", text, re.MULTILINE)[1]
    program, command, *options = shlex.split(f"{start} {more}")
    assert (program, command) == (f"{HOME}/bin/ssrgraph", "serve")
    ssrgraph = str(Path(sys.executable).with_name("ssrgraph"))
    shown = subprocess.run([ssrgraph, command, "--help"], check=True, capture_output=True, text=True).stdout
    assert {word for word in options if word.startswith("--")} <= set(re.findall(r"--[a-z-]+", shown))
