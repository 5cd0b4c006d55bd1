from __future__ import annotations

from pathlib import Path

import pytest

from ssrgraph.documents.formats import markdown
from ssrgraph.errors import DocumentError

TEXT = """# Support for *Suland*

Norland has delivered **three** patrol
boats to [Suland](https://example.org) in co-operation
with Eastland.

- three patrol boats;
- 20 rifles, and
  1. spare parts

| Year | Amount     |
| ---- | ---------- |
| 2019 | $2 million |

> “We stand with Suland.”

<!-- a comment -->

    preformatted
"""


def read(text: str):
    return markdown.read(text.encode(), name=Path("a.md"))


def test_marks_are_taken_away_and_blocks_stay():
    assert read(TEXT).text == (
        "Support for Suland\n\n"
        "Norland has delivered three patrol boats to Suland in co-operation with Eastland.\n\n"
        "• three patrol boats;\n• 20 rifles, and\n• spare parts\n\n"
        "Year\tAmount\n\n2019\t$2 million\n\n“We stand with Suland.”\n\npreformatted\n"
    )


def test_lines_of_metadata_in_front_are_read_as_such():
    front = '---\ntitle: "Boats: a history"\ndate: 2021-05-04\nauthor: Press office\ntags:\n  - boats\n---\n'
    content = read(front + "Norland gave boats.\n")
    assert content.text == "Boats: a history\n\nNorland gave boats.\n"
    assert (content.origin.date, content.origin.publisher) == ("2021-05-04", "Press office")


def test_a_line_that_is_only_a_rule_is_no_metadata():
    assert read("---\n\nNorland gave boats.\n").text == "Norland gave boats.\n"


@pytest.mark.parametrize(("data", "words"), [(b"", "is empty"), (b"a\0b", "is binary"), (b"caf\xe9", "is not UTF-8")])
def test_what_is_no_text_is_told_as_for_plain_text(data, words):
    with pytest.raises(DocumentError, match=rf"a\.md: {words}"):
        markdown.read(data, name=Path("a.md"))
