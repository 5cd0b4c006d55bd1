"""What a text is made of: title, headings, date lines, paragraphs, items, rows of tables, furniture."""

from __future__ import annotations

import pytest

from ssrgraph.documents.blocks import find_blocks
from ssrgraph.documents.model import BlockKind


def kinds(text):
    return [(block.kind.value, block.span.of(text)) for block in find_blocks(text)]


def test_lines_become_title_date_line_paragraphs_and_items():
    text = (
        "EU steps up support\n\nBrussels, 3 May 2021\n\nThe mission began in 2020. It trains police.\n\n"
        "It includes:\n• 20 vehicles\n• 5 boats\n"
    )
    assert kinds(text) == [
        ("title", "EU steps up support"),
        ("dateline", "Brussels, 3 May 2021"),
        ("paragraph", "The mission began in 2020. It trains police."),
        ("heading", "It includes:"),
        ("item", "20 vehicles"),
        ("item", "5 boats"),
    ]


def test_items_know_the_line_that_introduces_them_and_other_blocks_do_not():
    text = "Title of it\n\nThe package includes:\n- 20 vehicles\n- 5 boats\n\nIt arrived in May.\n"
    blocks = find_blocks(text)
    leads = [block.lead.of(text) if block.lead else None for block in blocks]
    assert leads == [None, None, "The package includes:", "The package includes:", None]


@pytest.mark.parametrize("mark", ["•", "▪", "-", "–", "*", "1.", "(a)", "iv)", "o\t"])
def test_a_bullet_or_number_makes_an_item_and_is_no_part_of_it(mark):
    text = f"Heading of it\n\nThe list is this:\n{mark} Ten boats were given.\n"
    assert kinds(text)[-1] == ("item", "Ten boats were given.")


def test_lines_wrapped_at_a_fixed_width_are_one_paragraph():
    text = (
        "The mission was deployed on 21 March 2014 after a request by the\ngovernment, and a decision of all "
        "states. Its monitors\nobserved the ceasefire and\nreported each day on what they saw.\n\nA second paragraph "
        "follows here.\n"
    )
    assert [block.span.of(text)[:11] for block in find_blocks(text)] == ["The mission", "A second pa"]


def test_short_lines_of_a_list_are_not_joined():
    text = "Members\n\nAustria\nBelgium\nCroatia\nDenmark\n"
    assert [words for _, words in kinds(text)] == ["Members", "Austria", "Belgium", "Croatia", "Denmark"]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_are_told_apart_from_text(ending):
    text = ending.join(["A title here", "", "The first one ended.", "", "The second one began."])
    assert [words for _, words in kinds(text)] == ["A title here", "The first one ended.", "The second one began."]


def test_a_row_of_links_is_furniture():
    assert kinds("Home | About us | News | Contact\n\nThe mission began in 2020.\n")[0][0] == "furniture"


@pytest.mark.parametrize("row", ["European Peace Facility | 420.0 | 540.5", "Training\t1,200\t2021"])
def test_a_row_of_a_table_with_figures_is_read(row):
    assert kinds(f"Table of it\n\nThe amounts are these.\n\n{row}\n")[-1] == ("paragraph", row)


def test_heads_of_columns_over_rows_of_figures_are_no_links():
    text = "Report\n\nCourse | Place | People\nFirst aid | Lima | 12\n\nHome | News | Contact\n"
    assert [kind for kind, _ in kinds(text)] == ["title", "heading", "paragraph", "furniture"]


def test_headings_in_capitals_are_headings():
    text = "A title\n\nSECURITY FORCES\nThe army has 20,000 soldiers.\n"
    assert kinds(text)[1] == ("heading", "SECURITY FORCES")


def test_the_star_of_a_footnote_is_no_part_of_it():
    text = "A title\n\nThe text ends here.\n\n*This designation is without prejudice to positions on status.\n"
    assert kinds(text)[-1][1].startswith("This designation")


@pytest.mark.parametrize(
    "line", ["Follow us on social media", "© European Union, 2021", "Share this page", "Skip to main content", "###"]
)
def test_frames_of_pages_are_furniture(line):
    assert kinds(f"A title\n\nThe mission began in 2020.\n\n{line}\n")[-1] == ("furniture", line)


def test_whom_to_ask_is_contact():
    text = "A title\n\nThe mission began.\n\nMedia contact: press@example.org, +32 2 123 4567\n"
    assert find_blocks(text)[-1].kind is BlockKind.CONTACT


def test_a_byte_order_mark_is_no_part_of_the_title():
    assert kinds("\ufeffA title\n\nThe text ends here.\n")[0] == ("title", "A title")
