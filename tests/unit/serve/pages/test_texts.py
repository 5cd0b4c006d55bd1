from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ssrgraph.serve.pages.parts import ClaimCard, Link
from ssrgraph.serve.pages.texts import paragraphs

TEXT = "NATO trained about 1,000 soldiers.\n\nIt did so in Kirkuk\nand Basra."


def card(start, end, anchor="personnel-1", table="personnel"):
    return ClaimCard(
        anchor=anchor,
        table=table,
        href="/claim/1",
        sentence=(Link(text="NATO trained soldiers"),),
        is_planned=False,
        slots=(),
        quote="",
        passage="",
        start=start,
        end=end,
        place="",
        document=Link(text="d"),
        confidence="",
        rule="",
    )


def shown(found):
    """Return what is marked: text and the claims in it."""
    return [
        ("".join(piece.text for piece in stretch.pieces), stretch.claims)
        for paragraph in found
        for stretch in paragraph
        if stretch.claims
    ]


def test_the_words_of_a_claim_are_one_stretch_even_if_a_slot_is_within_them():
    found = paragraphs(TEXT, [card(13, 33)], [(19, 24)])
    assert shown(found) == [("about 1,000 soldiers", ("personnel-1",))]
    (stretch,) = [one for one in found[0] if one.claims]
    assert [piece.text for piece in stretch.pieces] == ["about ", "1,000", " soldiers"]
    assert [piece.ids for piece in stretch.pieces] == [("char=13,33",), ("char=19,24",), ()]


def test_where_claims_overlap_the_one_with_the_fewest_words_comes_first():
    found = paragraphs(TEXT, [card(0, 33, "a"), card(19, 24, "b", "funding")], [])
    assert shown(found) == [("NATO trained about ", ("a",)), ("1,000", ("b", "a")), (" soldiers", ("a",))]


def test_a_claim_over_two_paragraphs_is_marked_in_both():
    assert [text for text, _ in shown(paragraphs(TEXT, [card(25, 38)], []))] == ["soldiers.", "It"]


spans = st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.text(alphabet="ab \n\t", max_size=60), st.lists(spans, max_size=5), st.lists(spans, max_size=5))
def test_the_pieces_joined_are_the_text_but_for_white_space(text, quotes, others):
    cards = [card(start, end, f"claim-{place}") for place, (start, end) in enumerate(quotes) if end <= len(text)]
    found = paragraphs(text, cards, [span for span in others if span[1] <= len(text)])
    pieces = [piece for paragraph in found for stretch in paragraph for piece in stretch.pieces]
    assert "".join("".join(piece.text for piece in pieces).split()) == "".join(text.split())
    assert all(piece.text == text[piece.start : piece.end] for piece in pieces)
    ids = [each for piece in pieces for each in piece.ids]
    assert len(ids) == len(set(ids))
