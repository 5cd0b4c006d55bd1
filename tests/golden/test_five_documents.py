"""The five documents, from text to graph and tables, compared whole with what a person has read and accepted."""

from __future__ import annotations

import difflib
import subprocess
import sys
from pathlib import Path

import pytest

from ssrgraph.export.graphs import canonical
from ssrgraph.store import LocalStore

HERE = Path(__file__).parent
RENEW = "If this is what it should be, run `python3 tests/golden/renew.py` and read what changed before you commit it."
SHOWN = 30


@pytest.fixture(scope="module")
def written(five, tmp_path_factory):
    """Write the golden files of the store as it is built now."""
    folder = tmp_path_factory.mktemp("golden")
    command = [sys.executable, str(HERE / "renew.py"), "--store", str(five), "--into", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


def difference(golden: bytes, found: bytes) -> str:
    lines = [text.decode().splitlines() for text in (golden, found)]
    changed = [
        line
        for line in difflib.unified_diff(*lines, "golden", "found", n=0, lineterm="")
        if not line.startswith(("@@", "---", "+++"))
    ]
    more = [f"… and {len(changed) - SHOWN} further lines"] if len(changed) > SHOWN else []
    return "\n".join([*changed[:SHOWN], *more, RENEW])


def files(top: Path) -> list[str]:
    return sorted(path.relative_to(top).as_posix() for kind in ("tables", "graphs") for path in (top / kind).glob("*"))


@pytest.mark.parametrize("name", files(HERE))
def test_a_golden_file_is_what_is_built(written, name):
    assert name in files(written), RENEW
    golden, found = ((top / name).read_bytes() for top in (HERE, written))
    # Compared before the difference is worked out, which takes long for large files.
    same = found == golden
    assert same, difference(golden, found)


def test_every_table_and_every_graph_has_its_golden_file(written):
    assert files(HERE) == files(written), RENEW


def test_the_graphs_together_are_the_canonical_dump(written, five):
    lines = [line for path in (written / "graphs").iterdir() for line in path.read_bytes().splitlines(keepends=True)]
    with LocalStore.open(five) as store:
        assert b"".join(sorted(lines)) == canonical(store)
