"""Which line of a document's top is its headline."""

from __future__ import annotations

import pytest

from ssrgraph.documents.blocks import find_blocks
from ssrgraph.documents.headline import headline_of

BODY = "\n\nThe first class of thirty coxswains finished its course on Friday and received two boats.\n"


def headline(*lines):
    text = "\n\n".join(lines) + BODY
    found = headline_of(text, find_blocks(text))
    return found and found.of(text)


@pytest.mark.parametrize(
    "masthead",
    [
        ["MINISTRY OF DEFENCE OF ICELAND", "PRESS RELEASE No. 14/2022", "Reykjavik, 3 May 2022"],
        ["News story"],
        ["Home > Partners > Fiji"],
        ["A/77/1021"],
        ["Republic of Palau", "Embassy of Palau in Tokyo", "12, Harbour Street, Tokyo"],
        ["PACIFIC DAILY", "“Every morning, every island”", "Tuesday, 4 May 2021"],
        ["Issuer: Saeima", "Type: law", "In force from: 1 July 2021"],
        ["For immediate release", "By Ana Duarte"],
        ["Begin: June 2020      Head of mission: Commodore Ana Duarte of Portugal      Staff: 40 (of whom 9 women)"],
    ],
)
def test_the_masthead_is_no_headline(masthead):
    title = "Iceland hands over two patrol boats to Palau and ends its first course"
    assert headline(*masthead, title) == title


@pytest.mark.parametrize(
    "title",
    [
        "Fact sheet: security assistance to Palau",
        "Operation SEA WALL",
        "Who pays for the patrols?",
        "AGREEMENT BETWEEN ICELAND AND PALAU ON THE TRAINING OF COXSWAINS",
        "22 boats for Palau: what the first year has brought",
    ],
)
def test_a_headline_stands_alone(title):
    assert headline(title) == title
    assert headline("Press release", title) == title


def test_labelled_lines_below_each_other_are_particulars():
    found = headline(
        "Training mission in Palau", "Personnel: 40 instructors from three states", "Budget: 2 million euros"
    )
    assert found == "Training mission in Palau"


def test_the_first_of_equals_is_taken_and_what_stands_in_the_text_is_not():
    assert headline("Boats for the islands at last", "Crews for the islands at last") == "Boats for the islands at last"
    text = f"Press release{BODY}\n\nA longer and much more telling heading of a later part\n\nMore text follows here.\n"
    assert headline_of(text, find_blocks(text)) is None


def test_a_document_without_lines_at_its_top_has_none():
    assert headline_of(BODY, find_blocks(BODY)) is None
