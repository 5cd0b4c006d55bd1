"""Texts with the sums that they claim: one case a construction, in `funding/*.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from ssrgraph.extraction.claims.funding import read_funding
from ssrgraph.extraction.model import Claim, Funding, Rejected

DEFAULTS = {"bound": "exact", "status": "provided"}
SLOTS = [field.name for field in fields(Funding) if field.name not in {one.name for one in fields(Claim)}]
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['reason']}")
    for path in sorted((Path(__file__).parent / "funding").glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]


@pytest.mark.parametrize("case", CASES)
def test_reads_who_gives_how_much_to_whom(case, analysed, named):
    analysis = analysed(case["text"])
    claims = [read for read in read_funding(analysis) if isinstance(read, Funding)]
    assert [analysis.words(claim.quote) for claim in claims] == [row["quote"] for row in case["rows"]]
    for claim, row in zip(claims, case["rows"], strict=True):
        for slot in SLOTS:
            expected = row.get(slot.rstrip("_"), DEFAULTS.get(slot))
            value = getattr(claim, slot)
            if isinstance(value, tuple):
                names = [named(analysis, (entity,)) for entity in value]
                assert len(names) == len(expected or ()), slot
                assert all(label in forms for label, forms in zip(expected or (), names, strict=True)), slot
            else:
                assert value == expected, slot


@pytest.mark.parametrize("case", [param for param in CASES if "rejected" in param.values[0]])
def test_rejects_what_is_no_funding_with_its_reason(case, analysed):
    analysis = analysed(case["text"])
    rejected = [read for read in read_funding(analysis) if isinstance(read, Rejected)]
    assert [[analysis.words(read.quote), read.reason] for read in rejected] == case["rejected"]


@pytest.mark.parametrize("case", CASES)
def test_every_slot_of_a_sum_leads_to_words(case, analysed):
    analysis = analysed(case["text"])
    for claim in read_funding(analysis):
        if isinstance(claim, Funding):
            filled = {slot for slot in ("funder", "recipient", "programme", "purpose") if getattr(claim, slot)}
            assert filled <= claim.words.keys()
            assert claim.passage.covers(claim.quote)
            assert claim.purpose is None or analysis.words(claim.words["purpose"]) == claim.purpose
