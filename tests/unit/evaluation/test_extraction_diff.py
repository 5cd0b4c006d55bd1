"""The script that shows what a change to the extraction gains and loses."""

from __future__ import annotations

import json
import subprocess
import sys

GOLD = {
    "document": "d",
    "tables": {
        "memberships": [
            {"organization": ["NATO"], "member": [name], "quote": name} for name in ("Poland", "Spain", "Latvia")
        ]
    },
}


def test_gains_and_losses_are_listed_row_by_row(tmp_path, root):
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "d.json").write_text(json.dumps(GOLD))
    for folder, members in (("before", ["Poland", "Spain"]), ("after", ["Poland", "Latvia", "Iraq"])):
        (tmp_path / folder).mkdir()
        rows = "".join(f"d,NATO,{name},{name}\n" for name in members)
        (tmp_path / folder / "memberships.csv").write_text("document,organization,member,quote\n" + rows)
    script = root / "benchmarks" / "extraction_diff.py"
    folders = {f"--{name}": tmp_path / name for name in ("gold", "before", "after")}
    command = [sys.executable, str(script), *(str(part) for option in folders.items() for part in option)]
    lines = subprocess.run(command, capture_output=True, check=True, text=True).stdout.splitlines()
    assert lines[:5] == [
        "gains: 1",
        "  d  no longer missed    memberships: organization=NATO, member=Latvia  «Latvia»",
        "losses: 2",
        "  d  now missed    memberships: organization=NATO, member=Spain  «Spain»",
        "  d  now spurious  memberships: organization=NATO, member=Iraq  «Iraq»",
    ]
    (table,) = (line.split("\t") for line in lines if line.startswith("memberships"))
    assert table[1:6] == ["3", "2 -> 3", "0", "2", "100.0 -> 66.7"]
