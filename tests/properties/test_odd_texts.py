"""Texts that are hardly texts: each comes to a result or to a clear error, and cost stays with the text."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssrgraph.documents import BlockKind, Document, parse_document
from ssrgraph.entities import load_reference
from ssrgraph.errors import DocumentError
from ssrgraph.extraction.extractor import Extractor

_SIZE = 20_000
_LONGEST_SENTENCE = 1500

_TEXTS = {
    "one word": "a" * _SIZE,
    "one word of parts": "a/" * (_SIZE // 2),
    "digits": "9" * _SIZE,
    "one word again and again": "aid " * (_SIZE // 4),
    "a word a line": "aid\n" * (_SIZE // 4),
    "a word a paragraph": "aid\n\n" * (_SIZE // 5),
    "figures": "1 " * (_SIZE // 40),
    "brackets": "(" * _SIZE,
    "dots": "." * _SIZE,
    "strokes": "| " * (_SIZE // 2),
    "capitals": "A B C " * (_SIZE // 6),
    "numbers that take up others": "At present, 122 are in the country. " * (_SIZE // 100),
    "one name without end": "Minister of Defence of " * (_SIZE // 23),
    "a list without end": "the Ministry of Interior of Iraq and " * (_SIZE // 37),
}


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(load_reference())


def _read(text: str) -> Document | None:
    """Return the document, or None where it is refused with a reason: that is an answer, too."""
    try:
        return parse_document(text.encode(), name=Path("odd.txt"))
    except DocumentError as error:
        if not error.problem:
            raise
        return None


@pytest.mark.parametrize("text", _TEXTS.values(), ids=_TEXTS)
def test_an_odd_text_is_read_or_refused(extractor: Extractor, text: str) -> None:
    document = _read(text)
    if document is None:
        return
    extraction = extractor.extract(document)
    assert extraction.document_id == "odd"
    assert all(0 <= claim.quote.start < claim.quote.end <= len(text) for claim in extraction.claims)


@pytest.mark.parametrize("text", _TEXTS.values(), ids=_TEXTS)
def test_no_sentence_is_longer_than_a_sentence_can_be(text: str) -> None:
    document = _read(text)
    if document is None:
        return
    for block in document.blocks:
        if block.kind is not BlockKind.FURNITURE:
            assert all(0 < span.end - span.start <= _LONGEST_SENTENCE for span in block.sentences)


def test_what_is_too_long_for_a_word_is_left_out_and_the_words_around_it_stay() -> None:
    text = f"Japan gave Iraq 20 trucks; see {'QUJD' * 200} for the list of all that was handed over in May."
    document = parse_document(text.encode(), name=Path("coded.txt"))
    words = [span.of(text) for block in document.blocks for span in block.sentences]
    assert words == ["Japan gave Iraq 20 trucks; see", "for the list of all that was handed over in May."]


def test_a_sentence_that_is_too_long_is_cut_at_a_semicolon() -> None:
    part = "Japan gave trucks to Iraq and radios to Mali, with what belongs to them"
    text = "; ".join([part] * 40) + "."
    document = parse_document(text.encode(), name=Path("long.txt"))
    spans = [span for block in document.blocks for span in block.sentences]
    assert " ".join(span.of(text) for span in spans) == text
    assert all(span.of(text).endswith((";", ".")) for span in spans)


def test_a_paragraph_longer_than_the_pipeline_takes_is_read_to_its_end(extractor: Extractor) -> None:
    text = "The talks went on for a while. " * 1500 + "Japan gave Iraq $5 million."
    extraction = extractor.extract(parse_document(text.encode(), name=Path("paragraph.txt")))
    assert [claim.quote.of(text) for claim in extraction.claims if claim.table == "funding"] == ["$5 million"]
