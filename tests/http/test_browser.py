"""The pages in a real browser: with and without JavaScript, light and dark, by keyboard, on a phone, with axe-core."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

import browsing

PAGES = {
    "start": "/",
    "queries": "/queries",
    "saved": "/queries/largest-sums",
    "query": "/sparql",
    "answer": f"/sparql?{urlencode({'query': 'SELECT * { ?s ?p ?o } LIMIT 5'})}",
    "wrong": f"/sparql?{urlencode({'query': 'SELECT * { ?s ?p'})}",
    "search": "/search?q=nato",
    "entity": "/id/organization/nato",
    "document": "/document/003_726c8a866d656542",
    "proof": "/explain?s=organization:nato&p=a&o=ssr:TrainingProvider",
    "ontology": "/ontology",
    "codes": "/codelist/purpose",
    "problem": "/id/organization/nobody",
}


@pytest.fixture(scope="module")
def bundles(root):
    """Skip, or fail, where the package was built without the scripts from npm."""
    if not (root / "src/ssrgraph/serve/pages/static/built/editor.js").is_file():
        browsing.missing("the package was built without npm, so there is no editor and no graph")


@pytest.fixture
def visit(browser, server):
    """Return what opens a page; at the end, no page may have told of an error or of a refused script or style."""
    with browsing.Visits(browser, server.address) as opens:
        yield opens


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", PAGES)
def test_axe_finds_nothing_against_any_kind_of_page(visit, axe, kind, scheme):
    page = visit(PAGES[kind], color_scheme=scheme, reduced_motion="reduce")
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    assert browsing.violations(page, axe) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_against_a_claim_or_an_opened_document(visit, axe, scheme):
    page = visit(PAGES["document"], color_scheme=scheme, reduced_motion="reduce")
    page.locator(".mark.t-funding").first.click()
    page.locator("#panel a.in-text").first.click()
    assert browsing.violations(page, axe) == []
    page.locator("#panel").get_by_role("link", name=re.compile("^its page")).first.click()
    expect(page.locator("h1")).to_contain_text("provided")
    assert browsing.violations(page, axe) == []


@pytest.mark.parametrize("kind", PAGES)
def test_on_a_phone_nothing_is_wider_than_the_screen(visit, axe, kind):
    page = visit(PAGES[kind], viewport={"width": 360, "height": 740}, has_touch=True)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 360
    assert browsing.violations(page, axe) == []


def test_a_click_on_words_shows_the_claim_and_a_click_on_a_slot_its_words(visit):
    page = visit(PAGES["document"])
    panel = page.locator("#panel")
    expect(panel).to_be_hidden()
    page.get_by_role("link", name="$1.25 billion", exact=True).first.click()
    expect(panel).to_be_visible()
    expect(panel).to_contain_text("provided USD 1,250,000,000 to Iraq under Foreign Military Financing")
    panel.get_by_role("link", name="“Since 2015”").click()
    expect(page.locator(".text .lit")).to_have_text("Since 2015")
    expect(page.locator(".text .lit")).to_be_in_viewport()
    assert page.url.endswith(PAGES["document"])


def test_an_address_with_words_lights_them_up(visit):
    page = visit(PAGES["document"])
    place = page.locator(".card .quote a").first.get_attribute("href")
    words = page.locator(".card .quote a").first.inner_text()
    page = visit(place)
    lit = " ".join("".join(page.locator(".text .lit").all_inner_texts()).split())
    assert lit == words


def test_what_a_search_finds_in_a_text_is_lit_up_there(visit):
    page = visit("/search?q=training+mission")
    snippet = page.locator(".snippet a").first
    words = snippet.locator("mark").first.inner_text()
    snippet.click()
    expect(page.locator(".text .lit").first).to_be_in_viewport()
    lit = " ".join("".join(page.locator(".text .lit").all_inner_texts()).split())
    assert lit.casefold().startswith(words.casefold())


def test_by_keyboard_one_skips_to_the_content_and_opens_and_closes_a_claim(visit):
    page = visit(PAGES["document"])
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the content")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    mark = page.locator(".text .mark").first
    for _ in range(40):
        page.keyboard.press("Tab")
        if mark.evaluate("node => node === document.activeElement"):
            break
    expect(mark).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    expect(mark).to_be_focused()


@pytest.mark.parametrize("kind", PAGES)
def test_what_has_the_focus_can_be_seen(visit, kind):
    page = visit(PAGES[kind])
    for _ in range(12):
        page.keyboard.press("Tab")
        style = page.evaluate(
            "() => { const one = document.activeElement; const at = getComputedStyle(one);"
            " return [one.tagName, at.outlineStyle, parseFloat(at.outlineWidth)]; }"
        )
        # The editor stands in a shadow tree and marks its focus there.
        assert style[0] in {"BODY", "DIV"} or (style[1] != "none" and style[2] >= 2), style


def test_the_theme_follows_the_system_until_one_is_chosen_and_stays_then(visit):
    page = visit("/", color_scheme="dark")
    paper = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(paper)
    button = page.get_by_role("button", name="Theme")
    expect(button).to_have_text(re.compile("auto"))
    button.click()
    expect(button).to_have_text(re.compile("light"))
    assert page.evaluate(paper) != dark
    page.goto("/queries")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    page.get_by_role("button", name="Theme").click()
    assert page.evaluate(paper) == dark


@pytest.mark.usefixtures("bundles")
def test_a_query_is_written_in_the_editor_and_run_by_key(visit):
    page = visit("/sparql")
    editor = page.get_by_role("textbox", name="SPARQL 1.1 query")
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.type("SELECT ?answer { VALUES ?answer { 41 42 } }")
    page.keyboard.press("Control+Enter")
    expect(page.locator("table.results tbody tr")).to_have_count(2)
    expect(page.get_by_role("textbox", name="SPARQL 1.1 query")).to_contain_text("41 42")


@pytest.mark.usefixtures("bundles")
def test_the_editor_marks_the_line_that_is_wrong_and_leaves_tab_to_the_page(visit):
    page = visit("/sparql?" + urlencode({"query": "SELECT * {\n ?s ?p\n}"}))
    expect(page.locator(".cm-line.wrong")).to_have_text("}")
    page.get_by_role("textbox", name="SPARQL 1.1 query").click()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Run")).to_be_focused()


@pytest.mark.usefixtures("bundles")
def test_one_walks_the_graph_of_neighbours_by_its_list(visit):
    page = visit("/id/mission/nato-mission-iraq")
    chosen = page.locator(".walk .chosen")
    expect(chosen.locator("h3")).to_have_text("NATO Mission Iraq")
    chosen.get_by_role("button", name="NATO", exact=True).click()
    expect(chosen.locator("h3")).to_have_text("NATO")
    expect(chosen.get_by_role("link", name="NATO")).to_be_focused()
    expect(page.locator(".walk canvas").first).to_be_visible()
    expect(page.locator(".walk .canvas")).to_have_attribute("aria-label", re.compile("Graph around NATO"))


MISSIONS = """PREFIX ssr: <https://w3id.org/ssrgraph/ontology#>
SELECT ?mission ?lead { ?mission ssr:lead ?lead }"""
BODIES = """PREFIX org: <http://www.w3.org/ns/org#>
SELECT ?body { ?body a org:Organization } ORDER BY ?body LIMIT 5"""


@pytest.mark.usefixtures("bundles")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_map_of_an_answer_opens_and_one_walks_on_from_it(visit, axe, scheme):
    page = visit(f"/sparql?{urlencode({'query': MISSIONS})}", color_scheme=scheme)
    page.get_by_text(re.compile("^Map of")).click()
    chosen = page.locator(".walk .chosen")
    expect(chosen.locator("h3")).to_have_text("In this answer")
    expect(page.locator(".walk canvas").first).to_be_visible()
    expect(page.locator(".walk .canvas")).to_have_attribute("aria-label", re.compile("Map of the answer"))
    assert browsing.violations(page, axe) == []
    chosen.get_by_role("button", name="NATO Mission Iraq", exact=True).click()
    expect(chosen.locator("h3")).to_have_text("NATO Mission Iraq")
    expect(chosen.locator("li").first).to_contain_text("in the answer: mission – lead")


@pytest.mark.usefixtures("bundles")
def test_where_an_answer_connects_nothing_its_map_shows_what_the_graph_connects(visit):
    page = visit(f"/sparql?{urlencode({'query': BODIES})}", viewport={"width": 360, "height": 740})
    page.get_by_text(re.compile("^Map of 5 entities")).click()
    expect(page.locator(".walk .chosen li")).to_have_count(5)
    expect(page.locator(".walk .canvas")).to_have_attribute("aria-label", re.compile("Map of the answer: [0-9]{2}"))
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 360


def test_without_javascript_all_is_there(visit):
    page = visit(PAGES["document"], java_script_enabled=False)
    mark = page.get_by_role("link", name="$1.25 billion", exact=True).first
    mark.click()
    assert re.search(r"#funding-[0-9a-f]+$", page.url)
    expect(page.locator(":target")).to_contain_text("provided USD 1,250,000,000 to Iraq")
    expect(page.get_by_role("button", name="Theme")).to_be_hidden()
    page.goto("/sparql")
    page.get_by_label("SPARQL 1.1 query").fill("SELECT ?answer { VALUES ?answer { 41 42 } }")
    page.get_by_role("button", name="Run").click()
    expect(page.locator("table.results tbody tr")).to_have_count(2)
    page.goto("/id/mission/nato-mission-iraq")
    expect(page.locator("ul.neighbours")).to_contain_text("NATO")
