"""sssom-py, the standard's own software, finds nothing wrong with any file of links that ships or is written.

It lies in an environment of its own, made from `requirements/sssom.txt`; `.ci/run` does so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ssrgraph.linking import Item, Proposal, Review, Unlinked
from ssrgraph.resources import shipped
from ssrgraph.vocabulary import BASE

PROGRAM = "SSRGRAPH_SSSOM"
"""The program `sssom`, where it is not on the PATH; if this is set, nothing here is skipped."""
SHIPPED = ("wikidata.sssom.tsv", "terms.sssom.tsv")


@pytest.fixture(scope="module")
def complaints():
    """Return a function that says what sssom-py complains of: what it calls an error, and which rows it leaves out."""
    program = os.environ.get(PROGRAM) or shutil.which("sssom")
    if program is None:
        pytest.skip("sssom-py is not installed")

    def validate(path):
        done = subprocess.run([program, "validate", str(path)], capture_output=True, text=True, check=False)
        said = done.stdout + done.stderr
        assert (done.returncode == 0) or said
        return said

    return validate


@pytest.mark.parametrize("name", SHIPPED)
def test_it_finds_nothing_wrong_with_what_ships(complaints, name):
    assert complaints(shipped("data/links") / name) == ""


def test_it_would_find_a_wrong_value(complaints, tmp_path):
    text = (shipped("data/links") / SHIPPED[0]).read_text(encoding="utf-8")
    path = tmp_path / "wrong.sssom.tsv"
    path.write_text(text.replace("\t0.99\n", "\t7\n", 1), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != text
    assert "1 validation errors" in complaints(path)


def test_it_finds_nothing_wrong_with_what_is_exported(complaints, five, tmp_path):
    path = tmp_path / "exported.sssom.tsv"
    program = str(Path(sys.executable).with_name("ssrgraph"))
    command = [program, "export", "--store", str(five), "--format", "sssom", "--out", str(path)]
    subprocess.run(command, check=True)
    assert len(path.read_text(encoding="utf-8").splitlines()) > 30
    assert complaints(path) == ""


def test_it_finds_nothing_wrong_with_decisions(complaints, tmp_path):
    path = tmp_path / "reviewed.sssom.tsv"
    review = Review(path, write=Path.write_bytes, others=(), author="Ada: Berg", date="2026-01-02")
    entity = Unlinked(subject=f"{BASE}id/organization/guard", label="Guard", names=("Guard",), kind="organization")
    for number, decide in enumerate((review.accept, review.reject, review.leave_open), start=1):
        item = Item(id=f"Q{number}", label=f"Item {number}, 'quoted'")
        decide(Proposal(entity=entity, item=item, score=81.25, features={"label": 1.0}))
    assert complaints(path) == ""
