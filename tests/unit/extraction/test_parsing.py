"""The language pipeline: the same parse as spaCy's own, with less work."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from ssrgraph.documents import parse_document
from ssrgraph.extraction.known_texts import KnownTexts, PlainText
from ssrgraph.extraction.parsing import DEFAULT_MODEL, LanguageModel, load_model, parse

TEXTS = [
    "Norway trained 30 officers in Malawi, and there were 12 more who didn't want to go.",
    "Let's go, they're gonna help; he's got ta pay, for y'all can't. It ain't over.",
    "That is what I've been doing; having had it, she has given me hers. Do they have it?",
    "\tOdd  spaces\u00a0stand here.",
    "Norway trained 30 officers in Malawi, and there were 12 more who didn't want to go.",
]
ATTRIBUTES = ["ORTH", "LEMMA", "POS", "TAG", "MORPH", "DEP", "HEAD", "SENT_START", "ENT_TYPE", "ENT_IOB"]


@pytest.fixture(scope="module")
def model():
    return load_model()


def plain(text: str) -> PlainText:
    return PlainText(text, (0,))


def test_words_have_the_parts_of_speech_and_lemmas_that_spacy_gives_them(model, root):
    own = spacy.load(DEFAULT_MODEL)
    texts = [*TEXTS, *(path.read_text() for path in sorted((root / "tests/corpus/documents").glob("*.txt"))[:6])]
    for text, doc in zip(texts, model.read([plain(text) for text in texts]), strict=True):
        expected = own.make_doc(text)
        for token in expected:
            token.is_sent_start = token.i == 0
        for _, component in own.pipeline:
            expected = component(expected)
        assert doc.to_array(ATTRIBUTES).tolist() == expected.to_array(ATTRIBUTES).tolist()


def test_a_text_reads_the_same_known_and_unknown_alone_and_among_others(model):
    alone = [load_model().read([plain(text)])[0].to_array(ATTRIBUTES).tolist() for text in TEXTS[:2]]
    together = [doc.to_array(ATTRIBUTES).tolist() for doc in model.read([plain(text) for text in TEXTS])]
    again = [doc.to_array(ATTRIBUTES).tolist() for doc in model.read([plain(text) for text in TEXTS[:2]])]
    assert together[:2] == again == alone


def test_a_pipeline_that_has_read_many_words_is_loaded_anew_and_reads_the_same(model):
    loaded = []

    def load():
        loaded.append(spacy.load(DEFAULT_MODEL))
        return loaded[-1]

    bounded = LanguageModel(load, most=40)
    former = bounded.read([plain(TEXTS[0])])[0]
    for number in range(6):
        bounded.read([plain(" ".join(f"word{number}x{place}" for place in range(30)))])
    assert len(loaded) > 1
    assert bounded.language is loaded[-1]
    assert len(bounded.language.vocab.strings) < len(loaded[0].vocab.strings) + 6 * 30
    assert [token.lemma_ for token in former][:4] == ["Norway", "train", "30", "officer"]
    again, expected = bounded.read([plain(TEXTS[0])])[0], model.read([plain(TEXTS[0])])[0]
    assert again.to_array(ATTRIBUTES).tolist() == expected.to_array(ATTRIBUTES).tolist()


def test_two_blocks_with_the_same_words_have_tokens_of_their_own(model):
    document = parse_document(f"{TEXTS[0]}\n\nMore.\n\n{TEXTS[0]}\n".encode(), name=Path("case.txt"))
    first, _, last = parse(document, model)
    assert first.span != last.span
    assert not set(first.tokens) & set(last.tokens)
    assert [t.lemma_ for t in first.tokens] == [t.lemma_ for t in last.tokens]


def test_known_texts_are_parsed_once_and_the_oldest_are_forgotten(model):
    parsed: list[str] = []

    def work(texts):
        parsed.extend(text.words for text in texts)
        return [model.language.make_doc(text.words) for text in texts]

    known = KnownTexts(most=30)
    for text in ["a" * 20, "a" * 20, "b" * 20, "a" * 20]:
        known.parsed([plain(text)], work)
    assert parsed == ["a" * 20, "b" * 20, "a" * 20]
