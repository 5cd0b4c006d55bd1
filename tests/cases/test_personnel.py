"""Texts with the counts of people that they claim: one case a construction, in `personnel/*.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from ssrgraph.extraction.claims.personnel import read_personnel
from ssrgraph.extraction.model import Personnel

COLUMNS = {"from": "from_"}
DEFAULTS = {"status": "actual", "bound": "exact"}
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['reason']}")
    for path in sorted((Path(__file__).parent / "personnel").glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]


@pytest.mark.parametrize("case", CASES)
def test_reads_what_the_text_claims_of_people(case, analysed, named):
    analysis = analysed(case["text"])
    claims = [read for read in read_personnel(analysis) if isinstance(read, Personnel)]
    found = {(claim.value, claim.value_min, claim.value_max): claim for claim in claims}
    assert len(found) == len(claims) == len(case["rows"])
    for row in case["rows"]:
        claim = found[row.get("value"), row.get("value_min"), row.get("value_max")]
        for slot, expected in ({**DEFAULTS, **row}).items():
            value = getattr(claim, COLUMNS.get(slot, slot))
            if isinstance(expected, list):
                assert set(expected) & named(analysis, value), slot
            else:
                assert value == expected, slot


@pytest.mark.parametrize("case", CASES)
def test_quotes_stand_in_their_passages_and_carry_the_number(case, analysed):
    analysis = analysed(case["text"])
    for read in read_personnel(analysis):
        assert any(read.quote.covers(quantity.number_span) for quantity in analysis.quantities)
        if isinstance(read, Personnel):
            assert read.passage.covers(read.quote)
            sentence = analysis.sentence_at(read.quote.start)
            above = [b.span for b in analysis.document.blocks if b.span.end <= read.quote.start]
            ruled = {"line of figures", "label", "row of a table", "total of a table"}
            meant = read.confidence < 0.6  # told by the text above
            heads = above if meant or read.rule in ruled else []
            speaker = [analysis.document.title] if analysis.document.title else []
            places = [read.passage, *(lead.span for lead in analysis.lead_of(sentence)), *heads, *speaker]
            assert all(any(place.covers(span) for place in places) for span in read.words.values())
            assert read.group
            assert 0 < read.confidence < 1
