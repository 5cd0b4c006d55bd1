from __future__ import annotations

from pathlib import Path

import pytest
from fpdf import FPDF

from ssrgraph.documents.formats import pdf
from ssrgraph.documents.formats.pdf_lines import Line, paragraphs
from ssrgraph.errors import DocumentError

TRAINED = "In 2020, Norland trained 40 sailors of the Suland Navy in counter-terrorism and in man-portable air defence."


def problem(data: bytes) -> str:
    with pytest.raises(DocumentError) as caught:
        pdf.read(data, name=Path("a.pdf"))
    return caught.value.problem


def test_lines_become_paragraphs_and_the_frames_of_pages_are_left_out(make_pdf):
    content = pdf.read(make_pdf(3, title="Annual report", author="Ministry of Defence"), name=Path("a.pdf"))
    assert content.text.split("\n\n") == [
        block
        for number, chapter in enumerate("ABC")
        for block in (
            f"Chapter {chapter}",
            f"Norland has delivered {number + 3} patrol boats to Suland. {TRAINED} {TRAINED}",
            f"{TRAINED} {TRAINED} {TRAINED}",
            f"• {number + 3} patrol boats;\n• 20 rifles, and",
            "Year\tAmount",
            f"{2019 + number}\t${number + 2} million" + ("\n" if chapter == "C" else ""),
        )
    ]
    assert (content.origin.title, content.origin.publisher) == ("Annual report", "Ministry of Defence")
    assert content.made
    assert content.origin.date is None


def test_a_title_that_a_program_gave_is_none(make_pdf):
    assert pdf.read(make_pdf(1, title="Microsoft Word - final3.docx"), name=Path("a.pdf")).origin.title is None


WORD = "open sesame"


def test_a_pdf_with_a_password_is_told(make_pdf):
    assert problem(make_pdf(1, password=WORD)) == "is protected by a password; save it without one"


def test_a_pdf_that_only_restricts_what_may_be_done_is_read(make_pdf):
    assert "Norland" in pdf.read(make_pdf(1, password=""), name=Path("a.pdf")).text


def test_a_pdf_without_text_is_told():
    empty = FPDF()
    empty.add_page()
    empty.rect(10, 10, 50, 50, style="F")
    assert problem(bytes(empty.output())) == "has no text, only images; run text recognition (OCR) over it first"


@pytest.mark.parametrize("length", [1, 100, 1000])
def test_a_damaged_pdf_is_told(make_pdf, length):
    assert problem(make_pdf(1)[:length]).startswith("is no readable PDF (")
    assert problem(b"") == "is empty"


def line(
    text: str, *, row: float, left: float = 72, right: float | None = None, size: float = 10, page: int = 0
) -> Line:
    width = 5 * len(text) if right is None else right - left
    return Line(text=text, left=left, right=left + width, base=700 - 12 * row, size=size, page=page)


def test_a_larger_gap_or_size_begins_a_block():
    lines = [
        line("Support for Suland", row=0, size=14),
        line("Norland gave three boats to", row=1),
        line("Suland and trained sailors.", row=2),
        line("Eastland gave two trucks to it.", row=4),
    ]
    assert list(paragraphs(lines)) == [
        "Support for Suland",
        "Norland gave three boats to Suland and trained sailors.",
        "Eastland gave two trucks to it.",
    ]


def test_a_line_that_ends_early_ends_its_paragraph():
    lines = [
        line("Norland gave three patrol boats and spare parts to", row=0),
        line("Suland in May.", row=1),
        line("Eastland gave two trucks and forty rifles to Suland", row=2),
    ]
    assert [len(text.split()) for text in paragraphs(lines)] == [12, 9]


def test_a_sentence_goes_on_over_pages_and_columns():
    lines = [
        line("Norland gave three patrol boats to", row=40),
        line("the navy of Suland. It trained 40 sailors", row=0, page=1),
        line("in May.", row=1, page=1),
        line("A new column begins here.", row=-1, left=300, page=1),
    ]
    assert list(paragraphs(lines)) == [
        "Norland gave three patrol boats to the navy of Suland. It trained 40 sailors in May.",
        "A new column begins here.",
    ]


def test_a_word_broken_at_the_end_of_a_line_is_joined_only_if_it_is_known_whole():
    lines = [
        line("Training and coun-", row=0),
        line("selling of man-", row=1),
        line("portable units; counselling.", row=2),
    ]
    assert list(paragraphs(lines)) == ["Training and counselling of man-portable units; counselling."]


def test_tables_of_contents_and_page_numbers_are_left_out():
    lines = [line("Introduction . . . . . . . . 4", row=0), line("Norland gave boats.", row=1), line("iv 12", row=50)]
    assert list(paragraphs([*lines[:2], line("- 12 -", row=50)])) == ["Norland gave boats."]
