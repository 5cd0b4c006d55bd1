"""Texts with the persons and posts that they name: one case a construction, in `roles/*.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from ssrgraph.extraction.claims.roles import read_roles

CASES = [
    pytest.param(case, id=f"{path.stem}: {case['reason']}")
    for path in sorted((Path(__file__).parent / "roles").glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]


@pytest.mark.parametrize("case", CASES)
def test_reads_who_holds_which_post_where(case, analysed, named):
    analysis = analysed(case["text"])
    claims = list(read_roles(analysis))
    found = {(analysis.entities[claim.person].label, claim.role): claim for claim in claims}
    assert sorted(found, key=str) == sorted(((row["person"], row.get("role")) for row in case["rows"]), key=str)
    assert len(found) == len(claims)
    for row in case["rows"]:
        claim = found[row["person"], row.get("role")]
        assert claim.title == row.get("title")
        if "organization" in row:
            assert set(row["organization"]) & named(analysis, claim.organization)
        else:
            assert claim.organization == ()


@pytest.mark.parametrize("case", CASES)
def test_quotes_hold_the_name_and_stand_in_their_passages(case, analysed):
    analysis = analysed(case["text"])
    for claim in read_roles(analysis):
        assert claim.quote.covers(claim.words["person"])
        assert claim.passage.covers(claim.quote)
        for span in claim.words.values():
            assert span.of(analysis.text).strip() == span.of(analysis.text) != ""
