"""Candidates for links reviewed on the pages: who may, what is shown, what is kept; by HTTP and in a real browser."""

from __future__ import annotations

import functools
import json
import re
import shutil
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlencode

import html5lib
import pytest
from playwright.sync_api import expect

import browsing
import served
from ssrgraph.entities import sssom
from ssrgraph.vocabulary import BASE, WIKIDATA
from wikidata import PlayedItem, Reconciliation

TOKEN = "a-token-for-tests-only"  # noqa: S105 -- guards nothing
FORM = "application/x-www-form-urlencoded"
PESHMERGA = "/links/organization/peshmerga"
GOVERNMENT, INTERIM = "/links/organization/government-iq", "/links/organization/iraqi-interim-government"
ITEMS = (
    PlayedItem(id="Q101", name="Peshmerga", types=("armed forces",), values={"P17": ("Iraq",)}),
    PlayedItem(id="Q102", name="Peshmerga", types=("film",), description="a film <b>of</b> war"),
    PlayedItem(id="Q104", name="Kurdish Peshmerga Forces", types=("armed forces",), values={"P17": ("Iraq",)}),
    PlayedItem(id="Q105", name="Government of Iraq", types=("government",), values={"P17": ("Iraq",)}),
    PlayedItem(id="Q106", name="Iraqi Interim Government", types=("government",), values={"P17": ("Iraq",)}),
)


@pytest.fixture(scope="module")
def answered(five, tmp_path_factory, run_program):
    """Return the options that say which answers of Wikidata were kept: `link --live` has asked a stand-in."""
    folder = tmp_path_factory.mktemp("answers")
    with Reconciliation(*ITEMS) as played:
        options = ("--service", played.address)
        done = run_program("link", "--store", five, "--live", *options, "--pause", "0", "--cache", folder)
        assert done.returncode == 0, done.stderr
    return ("--answers", folder, *options)


@pytest.fixture(scope="module")
def begin(five, tmp_path_factory, answered):
    """Return what starts a server whose token is known; the service is gone, and nobody is asked."""
    folder = tmp_path_factory.mktemp("review")
    store = shutil.copytree(five, folder / "store")
    (folder / "token").write_text(TOKEN, encoding="utf-8")
    options = ("--writable", "--token-file", folder / "token", "--review-file", folder / "links" / "reviewed.sssom.tsv")
    return functools.partial(served.Server, store, *options, "--workers", 2, *answered)


@pytest.fixture(scope="module")
def server(begin):
    with begin() as running:
        running.reviewed = Path(begin.args[begin.args.index("--review-file") + 1])
        yield running


@pytest.fixture
def kept(server):
    """Return the file of decisions; none was made yet."""
    shutil.rmtree(server.reviewed.parent, ignore_errors=True)
    return server.reviewed


@pytest.fixture
def in_terminal(five, answered, run_program, kept):
    """Return what the command offers in the terminal for the entity that most tests are about."""

    def run():
        command = ("link", "--store", five, "--live", "--entity", "Peshmerga", "--format", "json", "--file", kept)
        return json.loads(run_program(*command, "--cache", *answered[1:]).stdout)

    return run


class Reviewer:
    """Somebody with a browser that has no JavaScript; signs in first."""

    def __init__(self, server, author="Ada Berg"):
        self._server = server
        answer = self.send("/links/sign-in", author=author, token=TOKEN)
        assert (answer.status, answer.headers["location"]) == (303, "/links")
        self.given = answer.headers["set-cookie"]
        self.cookie = self.given.partition(";")[0]
        self.word = re.search('name="word" value="([0-9a-f]{64})"', self.get("/links").text)[1]

    def get(self, path):
        return self._server.get(path, accept="text/html", cookie=self.cookie)

    def send(self, path, headers=None, **form):
        sent = {"accept": "text/html", "cookie": getattr(self, "cookie", None), **(headers or {})}
        return self._server.request("POST", path, urlencode(form), content_type=FORM, **sent)

    def decide(self, path, **choices):
        return self.send(path, word=self.word, **choices)

    def offered(self, path):
        return re.findall('name="(Q[0-9]+)" value="accept"', self.get(path).text)


def decisions(path):
    if not path.exists():
        return {}
    return {
        (one.subject.removeprefix(f"{BASE}id/"), one.object.removeprefix(WIKIDATA)): (
            "open" if not one.is_decided else "reject" if one.is_negative else "accept"
        )
        for one in sssom.read(path).links
    }


def test_on_a_server_that_is_read_only_nobody_reviews_and_no_page_leads_there(five, serving):
    with serving(five) as running:
        for path in ("/links", PESHMERGA):
            answer = running.get(path)
            assert (answer.status, answer.json["code"]) == (403, "read-only")
        answer = running.request("POST", "/links/sign-in", urlencode({"author": "Ada", "token": ""}), content_type=FORM)
        assert (answer.status, answer.json["code"]) == (403, "read-only")
        assert 'href="/links"' not in running.get("/", accept="text/html").text


def test_without_the_token_nothing_is_shown_and_nothing_kept(server, kept):
    answer = server.get("/links", accept="text/html")
    assert (answer.status, answer.headers["cache-control"]) == (200, "no-store")
    assert "Token" in answer.text
    assert "peshmerga" not in answer.text.lower()
    answer = server.get(PESHMERGA, accept="text/html")
    assert (answer.status, answer.headers["location"]) == (303, "/links")
    for token in ("", "a-token-for-tests-onl", TOKEN + "y"):
        answer = server.request(
            "POST", "/links/sign-in", urlencode({"author": "Ada", "token": token}), content_type=FORM
        )
        assert answer.status == 403
        assert "This is not the token of this server." in answer.text
        assert "set-cookie" not in answer.headers
    for cookie in (None, "ssrgraph-review=", "ssrgraph-review=WyJBZGEiLCA5OTk5OTk5OTk5LCAiIl0=.00"):
        form = urlencode({"word": "", "Q101": "accept"})
        answer = server.request("POST", PESHMERGA, form, content_type=FORM, cookie=cookie)
        assert (answer.status, answer.json["code"]) == (403, "signed-out")
    assert not kept.exists()


def test_a_name_is_needed_and_is_never_markup(server):
    answer = server.request("POST", "/links/sign-in", urlencode({"author": " ", "token": TOKEN}), content_type=FORM)
    assert answer.status == 403
    assert "a link says who decided it" in answer.text
    page = Reviewer(server, author='<script>"&').get("/links").text
    assert "You decide as &lt;script&gt;&#34;&amp;." in page
    assert '<script>"' not in page


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(server):
    given = {part.strip().lower() for part in Reviewer(server).given.split(";")[1:]}
    assert {"httponly", "samesite=strict", "path=/links"} <= given
    assert TOKEN not in Reviewer(server).given


@pytest.mark.parametrize(
    ("word", "headers", "refusal"),
    [
        (None, {}, (403, "other-form")),
        ("0" * 64, {}, (403, "other-form")),
        ("of another session", {}, (403, "other-form")),
        ("own", {"sec_fetch_site": "cross-site"}, (403, "other-site")),
        ("own", {"sec_fetch_site": "same-site"}, (403, "other-site")),
        ("own", {"content_type": "text/plain"}, (415, "media-type")),
    ],
)
def test_a_form_that_comes_from_elsewhere_decides_nothing(server, kept, word, headers, refusal):
    reviewer = Reviewer(server)
    words = {"own": reviewer.word, "of another session": Reviewer(server).word}
    form = {"Q101": "accept", **({} if word is None else {"word": words.get(word, word)})}
    sent = {"content_type": FORM, "cookie": reviewer.cookie, **headers}
    answer = server.request("POST", PESHMERGA, urlencode(form), **sent)
    assert (answer.status, answer.json["code"]) == refusal
    assert not kept.exists()


def test_candidates_are_shown_with_the_score_and_the_features_of_the_terminal(server, in_terminal):
    found = in_terminal()
    response = Reviewer(server).get(PESHMERGA)
    page = html5lib.parse(response.text, namespaceHTMLElements=False)
    cards = page.findall(".//fieldset")
    assert len(cards) == len(found) >= 3
    for card, one in zip(cards, found, strict=True):
        pairs = [(each.find("dt").text, each.find("dd").text) for each in card.findall("dl/div")]
        features = [(name, f"{value:.2f}") for name, value in one["features"].items()]
        assert pairs == [("score", f"{one['score']:.0f}"), *features]
        assert card.find("legend/a").text == f"{one['item_label']} ({one['item']})"
        assert card.find("legend/a").get("href") == WIKIDATA + one["item"]
        assert " ".join("".join(card.find("p").itertext()).split()) == one["about"]


def test_decisions_are_kept_as_sssom_with_who_and_when(server, kept):
    answer = Reviewer(server).decide(PESHMERGA, Q101="accept", Q102="reject", Q104="open")
    assert answer.status == 303
    assert decisions(kept) == {
        ("organization/peshmerga", "Q101"): "accept",
        ("organization/peshmerga", "Q102"): "reject",
        ("organization/peshmerga", "Q104"): "open",
    }
    assert {one.author for one in sssom.read(kept).links if one.is_decided} == {"Ada Berg"}
    reviewer = Reviewer(server)
    page = reviewer.get("/links?from=25").text
    assert 'href="/links/organization/' in page
    assert f'href="{PESHMERGA}"' not in page  # It has its link.
    assert page.count("Ada Berg, 20") == 2
    assert reviewer.get(PESHMERGA).status == 404


def test_a_rejected_candidate_is_never_offered_again_here_or_in_the_terminal(server, begin, kept, in_terminal):
    reviewer = Reviewer(server)
    assert reviewer.offered(PESHMERGA) == ["Q101", "Q104", "Q102"]
    reviewer.decide(PESHMERGA, Q101="reject", Q102="open", Q104="open")
    assert reviewer.offered(PESHMERGA) == ["Q104", "Q102"]
    assert "left open before" in reviewer.get(PESHMERGA).text
    assert [one["item"] for one in in_terminal()] == ["Q104", "Q102"]
    answer = reviewer.decide(PESHMERGA, Q101="accept")
    assert answer.status == 409
    assert "not offered any more" in answer.text
    with begin() as other:  # After a restart as well.
        assert Reviewer(other).offered(PESHMERGA) == ["Q104", "Q102"]
    assert decisions(kept)["organization/peshmerga", "Q101"] == "reject"


def test_an_entity_is_one_item_and_an_item_one_entity(server, kept):
    reviewer = Reviewer(server)
    answer = reviewer.decide(PESHMERGA, Q101="accept", Q104="accept", Q102="reject")
    assert answer.status == 409
    assert "An entity can be one item only" in answer.text
    assert decisions(kept) == {}
    assert reviewer.offered(GOVERNMENT) == ["Q105", "Q106"]
    assert "Q105" in reviewer.offered(INTERIM)
    assert reviewer.decide(GOVERNMENT, Q105="accept").status == 303
    assert "Q105" not in reviewer.offered(INTERIM)
    assert reviewer.decide(INTERIM, Q105="accept").status == 409
    assert decisions(kept) == {("organization/government-iq", "Q105"): "accept"}


def test_what_is_no_decision_or_no_entity_is_refused(server, kept):
    reviewer = Reviewer(server)
    assert reviewer.decide(PESHMERGA, Q101="perhaps").status == 400
    assert reviewer.decide("/links/organization/nobody", Q101="accept").status == 404
    assert reviewer.decide("/links/organization/nato", Q101="accept").status == 404  # It is linked.
    assert reviewer.get("/links/organization/nobody").status == 404
    assert reviewer.send(PESHMERGA, word=reviewer.word, padding="x" * 70_000).status == 413
    assert not kept.exists()


def test_a_file_that_cannot_be_read_or_written_is_told_and_left_alone(server, kept):
    reviewer = Reviewer(server)
    kept.parent.mkdir()
    kept.write_text("no SSSOM", encoding="utf-8")
    answer = reviewer.decide(PESHMERGA, Q101="accept")
    assert answer.status == 503
    assert "The links cannot be read" in answer.text
    assert kept.read_text(encoding="utf-8") == "no SSSOM"
    kept.unlink()
    kept.mkdir()
    assert reviewer.get("/links").status == 503
    kept.rmdir()
    assert reviewer.decide(PESHMERGA, Q101="accept").status == 303


def test_many_who_decide_at_once_lose_nothing(server, kept):
    reviewer = Reviewer(server)
    jobs = [(path, item) for path in (PESHMERGA, GOVERNMENT, INTERIM) for item in reviewer.offered(path)]
    threads = [threading.Thread(target=reviewer.decide, args=(path,), kwargs={item: "reject"}) for path, item in jobs]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert set(decisions(kept).values()) == {"reject"}
    assert len(decisions(kept)) == len(jobs) >= 5


def test_who_signs_out_gives_the_cookie_back(server):
    reviewer = Reviewer(server)
    answer = reviewer.send("/links/sign-out", word="another")
    assert answer.status == 403
    answer = reviewer.send("/links/sign-out", word=reviewer.word)
    assert answer.status == 303
    assert 'ssrgraph-review=""' in answer.headers["set-cookie"]


@pytest.fixture
def visit(browser, server):
    """Return what opens a page; at the end, no page may have told of an error or of a refused script or style."""
    with browsing.Visits(browser, server.address) as opens:
        yield opens


def sign_in(page):
    page.goto("/links")
    page.get_by_label("Your name").fill("Ada Berg")
    page.get_by_label("Token").fill(TOKEN)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Review of links")
    expect(page.get_by_text("You decide as Ada Berg.")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_in_a_browser_one_signs_in_decides_and_signs_out(visit, kept, scripts):
    page = visit("/", java_script_enabled=scripts)
    page.get_by_role("link", name="Links", exact=True).click()
    sign_in(page)
    page.get_by_role("link", name="Those behind").click()
    page.get_by_role("link", name="Peshmerga").click()
    card = page.get_by_role("group", name="Peshmerga (Q101)")
    expect(card).to_contain_text(re.compile(r"score\s*82\s+label\s*1\.00\s+type\s*1\.00\s+country\s*1\.00"))
    expect(card.get_by_label("Undecided")).to_be_checked()
    card.get_by_label("Accept").check()
    page.get_by_role("group", name="Peshmerga (Q102)").get_by_label("Reject").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Peshmerga")
    assert decisions(kept) == {
        ("organization/peshmerga", "Q101"): "accept",
        ("organization/peshmerga", "Q102"): "reject",
        ("organization/peshmerga", "Q104"): "open",
    }
    page.goto("/links?from=25")
    expect(page.get_by_role("link", name="Peshmerga", exact=True)).to_have_count(0)
    expect(page.get_by_role("listitem").filter(has_text="Ada Berg")).to_have_count(2)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Token")).to_be_visible()


def test_by_keyboard_alone_a_candidate_is_rejected(visit, kept):
    page = visit("/")
    sign_in(page)
    page.goto(PESHMERGA)
    chosen = page.get_by_role("group", name="Peshmerga (Q101)").get_by_label("Undecided")
    chosen.focus()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("group", name="Peshmerga (Q101)").get_by_label("Reject")).to_be_checked()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: not address.endswith(PESHMERGA))
    assert decisions(kept)["organization/peshmerga", "Q101"] == "reject"


@pytest.mark.parametrize(
    "options",
    [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"viewport": {"width": 360, "height": 740}}],
    ids=["light", "dark", "phone"],
)
def test_axe_finds_nothing_against_the_pages_of_the_review_and_nothing_is_too_wide(visit, axe, kept, options):
    assert not kept.exists()
    page = visit("/links", **options)
    assert browsing.violations(page, axe) == []
    page.get_by_label("Your name").fill("Ada")
    page.get_by_label("Token").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("not the token")
    assert browsing.violations(page, axe) == []
    sign_in(page)
    for path in ("/links", PESHMERGA, "/links?from=25"):
        page.goto(path)
        assert browsing.violations(page, axe) == []
        assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    page.goto(PESHMERGA)
    for item in ("Peshmerga (Q101)", "Kurdish Peshmerga Forces (Q104)"):
        page.get_by_role("group", name=item).get_by_label("Accept").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("one item only")
    assert browsing.violations(page, axe) == []


class Lure(BaseHTTPRequestHandler):
    """A page of somebody else that sends a form to the server as soon as it is opened."""

    target = ""

    def do_GET(self):
        body = (
            f'<form method="post" action="{self.target}"><input name="Q101" value="accept"><input name="word"></form>'
            "<script>document.forms[0].submit()</script>"
        ).encode()
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments):
        pass


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_page_of_another_site_decides_nothing_in_the_name_of_who_is_signed_in(visit, server, kept, host):
    page = visit("/")
    sign_in(page)
    lure = type("Lure", (Lure,), {"target": f"{server.address.rstrip('/')}{PESHMERGA}"})
    with ThreadingHTTPServer(("127.0.0.1", 0), lure) as elsewhere:
        threading.Thread(target=elsewhere.serve_forever, daemon=True).start()
        page.goto(f"http://{host}:{elsewhere.server_port}/")
        page.wait_for_url(f"**{PESHMERGA}")
        expect(page.locator("body")).to_contain_text("403")
        elsewhere.shutdown()
    assert not kept.exists()
