"""Every nanopublication that was published is answered for by its name, and is what the name says."""

from __future__ import annotations

import os
import subprocess
from urllib.parse import urlsplit

import pyoxigraph as ox
import pytest

import browsing
import served
from ssrgraph.export.trusty import trusty_code
from ssrgraph.vocabulary import BASE, Np, Rdf

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture(scope="module")
def published(five, tmp_path_factory):
    """Return a file of nanopublications, as the command writes it."""
    path = tmp_path_factory.mktemp("published") / "claims.trig"
    command = [served.PROGRAM, "export", "--store", str(five), "--format", "nanopub", "--out", str(path)]
    subprocess.run(command, check=True, env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"})
    return path


@pytest.fixture(scope="module")
def server(five, published):
    with served.Server(five, "--nanopubs", published) as running:
        yield running


@pytest.fixture(scope="module")
def every(published):
    """Return the quads of each nanopublication, by its name."""
    store = ox.Store()
    store.bulk_load(path=str(published), format=ox.RdfFormat.TRIG)
    names = [
        quad.subject.value
        for quad in store.quads_for_pattern(None, ox.NamedNode(Rdf.TYPE), ox.NamedNode(Np.NANOPUBLICATION))
    ]
    assert len(names) > 100
    return {name: {quad for quad in store if quad.graph_name.value.startswith(f"{name}#")} for name in names}


def path_of(name):
    return f"/{name.removeprefix(BASE)}"


def test_every_name_opens_and_what_comes_has_the_digest_that_the_name_says(server, every):
    for name, quads in every.items():
        answer = server.get(path_of(name))
        assert (answer.status, answer.content_type) == (200, "application/trig"), name
        found = list(ox.parse(answer.body, format=ox.RdfFormat.TRIG))
        assert set(found) == quads
        code = name.rpartition("/")[2]
        assert trusty_code(found, place=code) == code


@pytest.mark.parametrize(
    ("ending", "accept", "content_type"),
    [
        ("", "application/n-quads", "application/n-quads"),
        ("", "application/trig;q=0.5, application/n-quads", "application/n-quads"),
        ("", "*/*", "application/trig"),
        ("", BROWSER, "text/html; charset=utf-8"),
        (".trig", BROWSER, "application/trig"),
        (".nq", None, "application/n-quads"),
        (".html", None, "text/html; charset=utf-8"),
    ],
)
def test_who_asks_gets_the_format_that_suits(server, every, ending, accept, content_type):
    name = min(every)
    answer = server.get(f"{path_of(name)}{ending}", accept=accept)
    assert (answer.status, answer.content_type) == (200, content_type)
    if "html" not in content_type:
        assert answer.headers["content-location"].startswith(path_of(name))
        assert '>; rel="alternate"; type="application/n-quads"' in answer.headers["link"]
        parsed = ox.parse(answer.body, format=ox.RdfFormat.from_media_type(content_type))
        assert set(parsed) == every[name]
        assert server.get(f"{path_of(name)}{ending}", accept=accept, if_none_match=answer.headers["etag"]).status == 304


def test_the_page_leads_to_claim_document_and_data_and_shows_the_words(server, every):
    for name in sorted(every)[:5]:
        page = server.get(path_of(name), accept=BROWSER).text
        [claim] = {one.object.value for one in every[name] if one.predicate.value == Np.INTRODUCES}
        for target in (path_of(claim), f"{path_of(name)}.nq", f"{path_of(name)}.trig"):
            assert f'href="{target}"' in page
            assert server.get(target, accept=BROWSER).status == 200
        assert name in page


def test_names_under_which_nothing_was_published_are_unknown(server, every):
    name = min(every)
    changed = name[:-1] + ("A" if name[-1] != "A" else "B")
    for path in (path_of(changed), "/np/", "/np/RA", "/np/%3Cx%3E", f"{path_of(name)}.ttl"):
        assert server.get(path).status == 404, path
    assert server.get(path_of(name), accept="text/csv").status == 406
    assert server.get(f"{path_of(name)}?format=csv").status == 400
    assert server.request("POST", path_of(name), b"x").status == 405


def test_a_server_without_them_says_so(five, serving):
    with serving(five) as running:
        answer = running.get("/np/RA")
        assert (answer.status, answer.json["code"]) == (404, "not-found")
        assert "--nanopubs" in answer.json["detail"]


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        (("claims.trig", "<a"), "claims.trig: "),
        (("claims.trig", ""), "holds no nanopublication"),
        (("claims.csv", ""), "end in .trig or .nq"),
        (None, "No such file"),
    ],
)
def test_a_file_that_holds_none_ends_the_command_with_one_line(five, tmp_path, run_program, written, problem):
    path = tmp_path / "missing.trig"
    if written is not None:
        path = tmp_path / written[0]
        path.write_text(written[1], encoding="utf-8")
    done = run_program("serve", "--store", five, "--port", "0", "--nanopubs", path)
    assert done.returncode == 2
    [line] = done.stderr.splitlines()
    assert problem in line


def test_the_names_are_below_the_base_of_the_store(every):
    assert {urlsplit(name).path.rpartition("/")[0] for name in every} == {f"{urlsplit(BASE).path}np"}


def test_axe_finds_nothing_against_its_page(browser, axe, server, every):
    with browsing.Visits(browser, server.address) as opens:
        for options in ({"color_scheme": "dark"}, {"viewport": {"width": 360, "height": 740}}):
            page = opens(path_of(min(every)), **options)
            assert browsing.violations(page, axe) == []
            assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
