"""Where sentences end."""

from __future__ import annotations

import pytest

from ssrgraph.documents.model import Span
from ssrgraph.documents.sentences import find_sentences


def sentences(text):
    return [span.of(text) for span in find_sentences(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It began. It ended.", ["It began.", "It ended."]),
        ("Lt. Gen. Ito met H. E. Diop. They agreed.", ["Lt. Gen. Ito met H. E. Diop.", "They agreed."]),
        ("It was in the U.S. The talks lasted.", ["It was in the U.S.", "The talks lasted."]),
        ("The U.S. Army came. It left.", ["The U.S. Army came.", "It left."]),
        ("Presidential Decree No. 571 followed.", ["Presidential Decree No. 571 followed."]),
        ("It cost $1.5 million. It was paid.", ["It cost $1.5 million.", "It was paid."]),
        ("“It works.” She left.", ["“It works.”", "She left."]),
        ("Did it work? Yes! It did.", ["Did it work?", "Yes!", "It did."]),
        ("Mr. C.S. Kim spoke. He left.", ["Mr. C.S. Kim spoke.", "He left."]),
    ],
)
def test_a_sentence_ends_at_a_stop_that_is_no_abbreviation(text, expected):
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("KABUL, Afghanistan – The mission began.", "KABUL, Afghanistan –"),
        ("PARIS — Task Force Takuba left.", "PARIS —"),
        ("ADDIS ABABA, 12 March 2024 – The Council met.", "ADDIS ABABA, 12 March 2024 –"),
        ("PORT-AU-PRINCE, Haiti (AP) — The gang left.", "PORT-AU-PRINCE, Haiti (AP) —"),
    ],
)
def test_the_place_in_front_of_a_news_text_stands_apart(text, opening):
    assert sentences(text) == [opening, text[len(opening) + 1 :]]


@pytest.mark.parametrize("text", ["NATO - the Alliance - met.", "UNSMIL led the talks – and left."])
def test_a_dash_in_a_sentence_is_no_place_in_front(text):
    assert sentences(text) == [text]
