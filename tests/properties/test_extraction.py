"""Texts put together at random: extraction takes each without an exception, and every quote is a stretch of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ssrgraph.documents import parse_document
from ssrgraph.entities import load_reference
from ssrgraph.errors import DocumentError
from ssrgraph.extraction.extractor import Extractor

BODIES = ("Japan", "the Ministry of Defence of Peru", "UNMISS", "The EU", "Ghana's Navy", "Nepal and Chad", "it", "its")
VERBS = ("gave", "will train", "sent", "received", "has", "is led by", "signed", "took part in", "(formerly)", "to")
THINGS = (
    "40 officers",
    "of 40",
    "of them 7",
    "$5 million",
    "EUR 3",
    "20 trucks",
    "Colonel Ana Cruz, commander of",
    "a memorandum of understanding",
    "the second summit",
    "in May 2019",
    "from 2011 to",
    "two of these",
    "1 200",
    "8 % of",
)
ROWS = (
    "Mission | Staff | 2018",
    "UNMISS | 120 | 7",
    "Fiji        30      -",
    "Total\t1,200\t(max)",
    "Start date: May 2015",
)
MARKS = (
    " ",
    " ",
    " ",
    ", ",
    ". ",
    ".\n",
    "\n",
    "\n\n",
    "\n- ",
    ": ",
    " (",
    ") ",
    "; ",
    "   ",
    "\t",
    " | ",
    "\u2019s ",
    "\u00a0",
    " \u2013 ",
)

texts = st.lists(
    st.tuples(st.sampled_from((*BODIES, *VERBS, *THINGS, *ROWS)) | st.text(max_size=6), st.sampled_from(MARKS)),
    min_size=1,
    max_size=40,
).map(lambda pieces: "".join(word + mark for word, mark in pieces))


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(load_reference())


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@example(text="Japan trained 60 officers there. Of 146 it was said that they had benefited.")
@given(text=texts)
def test_any_text_gives_claims_whose_quotes_stand_in_it(extractor: Extractor, text: str) -> None:
    try:
        document = parse_document(text.encode(errors="ignore"), name=Path("odd.txt"))
    except DocumentError:
        return
    for claim in extractor.extract(document).claims:
        quote = claim.quote.of(document.text)
        assert 0 <= claim.quote.start < claim.quote.end <= len(document.text)
        assert quote == quote.strip() != ""
        assert claim.passage.covers(claim.quote)
