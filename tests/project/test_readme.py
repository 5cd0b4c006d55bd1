from __future__ import annotations

import re
import subprocess

import pytest

BLOCK = re.compile(r"^<!-- command: (\w+) -->\n```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def commands(root):
    return dict(BLOCK.findall((root / "README.md").read_text(encoding="utf-8")))


def test_the_readme_begins_with_one_sentence_and_a_session(root):
    text = (root / "README.md").read_text(encoding="utf-8")
    title, sentence, session = text.split("\n\n")[:3]
    assert title == "# ssrgraph"
    assert sentence.count(". ") == 0
    assert sentence.endswith(".")
    assert session.startswith("```console\n$ ssrgraph ")


def test_the_readme_has_the_command_that_runs_and_the_command_that_tests(root):
    found = commands(root)
    assert list(found) == ["run", "test"]
    assert found["run"].endswith("ssrgraph build\n")
    assert "-m pytest" in found["test"]


@pytest.mark.parametrize("name", ["run", "test"])
def test_continuous_integration_runs_the_words_of_the_readme(root, name):
    done = subprocess.run(
        ["bash", ".ci/run", "--words", name],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == commands(root)[name]


def test_continuous_integration_refuses_a_command_that_the_readme_has_not(root):
    done = subprocess.run(
        ["bash", ".ci/run", "--words", "deploy"], cwd=root, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == 'README.md has no command "deploy"\n'


def test_every_link_to_a_file_leads_to_one(root):
    pages = [*root.glob("*.md"), *(root / "docs").rglob("*.md"), *(root / "benchmarks").glob("*.md")]
    broken = [
        f"{page.relative_to(root)}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert broken == []
