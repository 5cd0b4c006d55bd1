"""Whatever the text: blocks and sentences are in order, apart, within it, and leave out nothing that says something."""

from __future__ import annotations

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from ssrgraph.documents.blocks import find_blocks

_BULLET = re.compile(r"[•‣▪●◦·∙➢►✓\-–—*|o]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]")

_words = st.sampled_from(
    ["The", "mission", "began", "in", "2014.", "U.S.", "Gen.", "KABUL", "–", "NATO", "•", "|", "€20", "1.", "(a)", "*"]
)
_lines = st.lists(_words, max_size=12).map(" ".join)
_pages = st.lists(_lines, max_size=12).flatmap(
    lambda lines: st.sampled_from(["\n", "\n\n", "\r\n", "\r", "\n \t\n"]).map(lambda end: end.join(lines))
)
_texts = st.one_of(_pages, st.text(max_size=300))


@settings(max_examples=300, deadline=None)
@given(_texts)
@example("*")
@example("\ufeffA title\n\nA text.")
@example("• \n•\t|")
def test_blocks_are_in_order_and_within_the_text(text):
    end = 0
    for block in find_blocks(text):
        assert end <= block.span.start < block.span.end <= len(text)
        assert not text[block.span.start].isspace()
        assert not text[block.span.end - 1].isspace()
        end = block.span.end


@settings(max_examples=300, deadline=None)
@given(_texts)
def test_blocks_leave_out_only_white_space_and_bullets(text):
    end = 0
    left = ""
    for block in find_blocks(text):
        left += f" {text[end : block.span.start]}"
        end = block.span.end
    left += f" {text[end:]}"
    assert all(
        _BULLET.fullmatch(chunk) for chunk in re.sub(r"(?<=[•‣▪●◦·∙➢►✓*|])", " ", left).replace("\ufeff", " ").split()
    )


@settings(max_examples=300, deadline=None)
@given(_texts)
def test_sentences_fill_their_block_up_to_white_space(text):
    for block in find_blocks(text):
        assert block.sentences
        assert block.sentences[0].start == block.span.start
        assert block.sentences[-1].end == block.span.end
        for first, second in zip(block.sentences, block.sentences[1:], strict=False):
            assert first.end < second.start
            assert text[first.end : second.start].isspace()


@settings(max_examples=100, deadline=None)
@given(_texts)
def test_an_items_lead_is_a_block_before_it(text):
    before = set()
    for block in find_blocks(text):
        assert block.lead is None or block.lead in before
        before.add(block.span)


@settings(max_examples=100, deadline=None)
@given(_texts)
def test_the_same_text_gives_the_same_blocks(text):
    assert find_blocks(text) == find_blocks(text)
