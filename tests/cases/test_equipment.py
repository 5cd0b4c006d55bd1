"""Texts with the materiel that they claim: one case a construction, in `equipment/*.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from ssrgraph.extraction.claims.equipment import read_equipment
from ssrgraph.extraction.model import Claim, Equipment, Rejected

DEFAULTS = {"status": "provided"}
SLOTS = [field.name for field in fields(Equipment) if field.name not in {one.name for one in fields(Claim)}]
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['reason']}")
    for path in sorted((Path(__file__).parent / "equipment").glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]


@pytest.mark.parametrize("case", CASES)
def test_reads_which_materiel_goes_from_whom_to_whom(case, analysed, named):
    analysis = analysed(case["text"])
    claims = [read for read in read_equipment(analysis) if isinstance(read, Equipment)]
    assert [analysis.words(claim.quote) for claim in claims] == [row["quote"] for row in case["rows"]]
    for claim, row in zip(claims, case["rows"], strict=True):
        for slot in SLOTS:
            hedge = "exact" if slot == "bound" and "value" in row else DEFAULTS.get(slot)
            expected = row.get(slot.rstrip("_"), hedge)
            value = getattr(claim, slot)
            if isinstance(value, tuple):
                names = [named(analysis, (entity,)) for entity in value]
                assert len(names) == len(expected or ()), slot
                assert all(label in forms for label, forms in zip(expected or (), names, strict=True)), slot
            else:
                assert value == expected, slot


@pytest.mark.parametrize("case", [param for param in CASES if "rejected" in param.values[0]])
def test_rejects_materiel_that_is_not_given_with_the_reason(case, analysed):
    analysis = analysed(case["text"])
    rejected = [read for read in read_equipment(analysis) if isinstance(read, Rejected)]
    assert [[analysis.words(read.quote), read.reason] for read in rejected] == case["rejected"]


@pytest.mark.parametrize("case", CASES)
def test_every_slot_of_materiel_leads_to_words(case, analysed):
    analysis = analysed(case["text"])
    for claim in read_equipment(analysis):
        if isinstance(claim, Equipment):
            filled = {slot for slot in ("provider", "recipient", "programme", "item") if getattr(claim, slot)}
            assert filled <= claim.words.keys()
            assert claim.passage.covers(claim.quote)
            assert analysis.words(claim.words["item"]) == claim.item
