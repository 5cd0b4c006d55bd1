"""Texts with the occasions that they report: one case a construction, in `events/*.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from ssrgraph.extraction.claims.events import read_events
from ssrgraph.extraction.model import Event

CASES = [
    pytest.param(case, id=f"{path.stem}: {case['reason']}")
    for path in sorted((Path(__file__).parent / "events").glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]


@pytest.mark.parametrize("case", CASES)
def test_reads_what_was_held_when_where_and_with_whom(case, analysed, named):
    analysis = analysed(case["text"])
    found = {
        (analysis.entities[claim.event].label, claim.date): claim
        for claim in read_events(analysis)
        if isinstance(claim, Event)
    }
    assert sorted(found, key=str) == sorted(((row["event"], row.get("date")) for row in case["rows"]), key=str)
    for row in case["rows"]:
        claim = found[row["event"], row.get("date")]
        for slot in ("place", "organizer"):
            if slot in row:
                assert set(row[slot]) & named(analysis, getattr(claim, slot)), slot
            else:
                assert getattr(claim, slot) == (), slot
        expected = row.get("participants", [])
        assert len(claim.participants) == len(expected)
        for name in expected:
            assert any(name in named(analysis, (one,)) for one in claim.participants)


@pytest.mark.parametrize("case", CASES)
def test_what_is_not_believed_is_said_with_its_reason(case, analysed):
    analysis = analysed(case["text"])
    rejected = [one for one in read_events(analysis) if not isinstance(one, Event)]
    assert {one.reason for one in rejected} <= {"no day"}
    assert all(one.quote.of(analysis.text) for one in rejected)
