"""Texts with the outcomes that they count: one case a construction, in `results/*.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from ssrgraph.extraction.claims.results import read_results
from ssrgraph.extraction.model import Result

COLUMNS = {"from": "from_"}
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['reason']}")
    for path in sorted((Path(__file__).parent / "results").glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]


@pytest.mark.parametrize("case", CASES)
def test_reads_the_outcomes_that_the_text_counts(case, analysed, named):
    analysis = analysed(case["text"])
    claims = [read for read in read_results(analysis) if isinstance(read, Result)]
    found = {claim.value: claim for claim in claims}
    assert sorted(found) == sorted(row["value"] for row in case["rows"])
    assert len(found) == len(claims)
    for row in case["rows"]:
        claim = found[row["value"]]
        for slot, expected in ({"bound": "exact"} | row).items():
            value = getattr(claim, COLUMNS.get(slot, slot))
            if isinstance(expected, list):
                assert set(expected) & named(analysis, value), slot
            else:
                assert value == expected, slot
        assert claim.passage.covers(claim.quote)
