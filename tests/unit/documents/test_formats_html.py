from __future__ import annotations

from pathlib import Path

import pytest

from ssrgraph.documents.formats import html
from ssrgraph.errors import DocumentError

HEAD = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">
<title>Norland gives boats to Suland | Ministry of Defence</title>"""
DATA = '<script type="application/ld+json">'
MENU = '<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News and press releases</a></li></ul></nav>'
ASIDE = '<aside><h3>Related articles</h3><ul><li><a href="/x">Norland trains 400 soldiers</a></li></ul></aside>'
FOOT = '<footer><p>© 2021 Ministry of Defence</p><p><a href="/privacy">Privacy</a></p></footer></body></html>'
ARTICLE = """<main><article><h1>Norland gives boats to Suland</h1>
<p>Norland has delivered <b>three</b>
patrol boats<sup>1</sup> to Suland.<br>The boats cost <a href="/b">about €5 million</a>,<br>as was planned.</p>
<h2>What the package includes</h2>
<ul><li>three patrol boats;</li><li>20 rifles, and <ul><li>spare parts</li></ul></li></ul>
<table><tr><th>Year</th><th>Amount</th></tr><tr><td>2019</td><td>$2 million</td></tr></table>
<blockquote><p>“We stand with Suland,” said the Minister.</p></blockquote>
<script>var trained = 500;</script>
<p>Norland trained 40 sailors in co&shy;operation with Eastland in 2020.</p></article></main>"""


def read(head: str = "", body: str = ARTICLE):
    page = f"{HEAD}{head}</head><body>{MENU}{body}{ASIDE}{FOOT}"
    return html.read(page.encode(), name=Path("boats.html"))


def test_the_main_text_is_kept_in_blocks_and_the_frame_is_not():
    assert read().text == (
        "Norland gives boats to Suland\n\n"
        "Norland has delivered three patrol boats1 to Suland.\nThe boats cost about €5 million, as was planned.\n\n"
        "What the package includes\n\n"
        "• three patrol boats;\n• 20 rifles, and\n• spare parts\n\n"
        "Year\tAmount\n\n2019\t$2 million\n\n"
        "“We stand with Suland,” said the Minister.\n\n"
        "Norland trained 40 sailors in cooperation with Eastland in 2020.\n"
    )


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        ("", "title", "Norland gives boats to Suland"),
        ('<meta property="og:title" content="Boats for Suland">', "title", "Boats for Suland"),
        ('<meta property="og:site_name" content="Ministry of Defence">', "publisher", "Ministry of Defence"),
        ('<meta name="DC.publisher" content="MoD"><meta property="og:site_name" content="Site">', "publisher", "MoD"),
        ('<meta property="article:published_time" content="2021-05-04T10:00:00Z">', "date", "2021-05-04"),
        ('<meta name="date" content="2021/05">', "date", "2021-05"),
        ('<meta name="date" content="2021-13-45">', "date", None),
        ('<meta name="date" content="yesterday">', "date", None),
        ('<link rel="canonical" href="https://mod.example.org/boats">', "url", "https://mod.example.org/boats"),
        (
            '<link rel="canonical" href="/boats"><meta property="og:url" content="http://a.example/b">',
            "url",
            "http://a.example/b",
        ),
        ("", "url", None),
        ("", "language", "en-GB"),
        (f'{DATA}{{"@type": "NewsArticle", "datePublished": "2020-01-02"}}</script>', "date", "2020-01-02"),
        (
            f'{DATA}{{"@graph": [{{"@type": ["Article"], "publisher": {{"name": "Press office"}}}}]}}</script>',
            "publisher",
            "Press office",
        ),
        (DATA + "{broken</script>", "publisher", None),
    ],
)  # fmt: skip
def test_what_a_page_says_of_itself_is_kept(head, field, value):
    assert getattr(read(head).origin, field) == value


def test_a_title_that_the_text_lacks_stands_in_front_of_it():
    body = "<main><article><p>Norland has delivered three patrol boats to Suland.</p></article></main>"
    text = read('<meta property="og:title" content="Boats for Suland">', body).text
    assert text == "Boats for Suland\n\nNorland has delivered three patrol boats to Suland.\n"


def test_a_page_that_is_only_a_menu_is_refused():
    body = f"<div>{MENU}<a href=1>Login</a> | <a href=2>Site map</a></div>"
    for page in (f"{HEAD}</head><body>{body}{FOOT}", "<html></html>", "<!-- nothing -->"):
        with pytest.raises(DocumentError, match=r"a\.html: has no running text, only menus and links"):
            html.read(page.encode(), name=Path("a.html"))


def test_an_empty_page_is_refused():
    with pytest.raises(DocumentError, match=r"a\.html: is empty"):
        html.read(b" \n", name=Path("a.html"))


def test_a_table_that_only_sets_the_page_is_read_as_paragraphs():
    cells = "<td><h2>Support</h2><p>Norland gave $2 million to Suland.</p></td><td><p>It trained 40 sailors.</p></td>"
    text = read(body=f"<main><article><h1>Aid</h1><table><tr>{cells}</tr></table></article></main>").text
    assert "\t" not in text
    assert "Norland gave $2 million to Suland.\n\nIt trained 40 sailors.\n" in text


def test_a_page_in_xhtml_with_its_declaration_is_read():
    page = f'<?xml version="1.0" encoding="ISO-8859-1"?>\n{HEAD}</head><body>{ARTICLE}</body></html>'
    text = html.read(page.replace("©", "").encode("cp1252"), name=Path("a.html")).text
    assert "The boats cost about €5 million, as was planned." in text


def test_deep_and_broken_marks_are_read_as_far_as_they_go():
    words = "<p>Norland has delivered three <i>patrol boats</p> to</i> Suland."
    page = f"{'<div>' * 100}{words}"
    assert "three patrol boats" in html.read(page.encode(), name=Path("a.html")).text
    with pytest.raises(DocumentError, match="has no running text"):
        html.read(f"{'<div>' * 100_000}{words}".encode(), name=Path("a.html"))
