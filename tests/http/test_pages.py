"""The pages as a browser without JavaScript gets them."""

from __future__ import annotations

import json
import os
import re
from collections import Counter, deque
from itertools import pairwise
from urllib.parse import parse_qs, urldefrag, urlencode, urljoin, urlsplit

import html5lib
import pytest

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
PREFIXES = """PREFIX ssr: <https://w3id.org/ssrgraph/ontology#> PREFIX org: <http://www.w3.org/ns/org#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX schema: <https://schema.org/>"""
SPACE = "{http://www.w3.org/1999/xhtml}"
KINDS = [
    "/",
    "/queries",
    "/queries/largest-sums",
    "/sparql",
    "/search?q=iraq",
    "/id/organization/nato",
    "/document/003_726c8a866d656542",
    "/explain?s=organization:nato&p=a&o=ssr:TrainingProvider",
    "/id/organization/nobody",
]
"""One page of each kind; the last is a problem."""


def page(server, path, accept=BROWSER):
    """Get a page as a browser does: what answers 303 leads to another address."""
    response = server.get(path, accept=accept)
    return page(server, response.headers["location"], accept) if response.status == 303 else response


def tree(response):
    return html5lib.parse(response.text, namespaceHTMLElements=True)


def text_of(node):
    return " ".join("".join(node.itertext()).split())


def find(node, name):
    return list(node.iter(f"{SPACE}{name}"))


def with_class(node, name):
    return [each for each in node.iter() if name in (each.get("class") or "").split()]


@pytest.fixture
def bundles(root):
    """Skip, or fail, where the package was built without the scripts from npm."""
    if not (root / "src/ssrgraph/serve/pages/static/built/graph.js").is_file():
        if os.environ.get("SSRGRAPH_REQUIRE_BROWSER"):
            pytest.fail("the package was built without npm, so there is no map")
        pytest.skip("the package was built without npm, so there is no map")


@pytest.fixture(scope="module")
def claim(server):
    """Return the path of a claim that is not made up of statements alone."""
    found = server.query(
        "PREFIX ssr: <https://w3id.org/ssrgraph/ontology#> SELECT ?c { ?c ssr:attributedFunder ?o } LIMIT 1"
    )
    return "/claim/" + found.rows[0]["c"].rpartition("/")[2]


def test_a_browser_gets_pages_and_a_program_gets_data_at_the_same_address(server):
    address = f"/sparql?{urlencode({'query': 'SELECT (1 AS ?one) {}'})}"
    assert page(server, address).content_type == "text/html; charset=utf-8"
    assert page(server, address, accept="*/*").content_type == "application/sparql-results+json"
    assert page(server, f"{address}&format=csv").text.split() == ["one", "1"]


@pytest.mark.parametrize("path", KINDS)
def test_every_kind_of_page_is_html_without_inline_script_or_style(server, path):
    response = page(server, path)
    assert response.status == (404 if path.endswith("nobody") else 200)
    assert response.headers["content-security-policy"].startswith("default-src 'none'")
    found = tree(response)
    assert not find(found, "style")
    assert all(node.get("src") for node in find(found, "script"))
    assert not [
        node for node in found.iter() if node.get("style") or any(name.startswith("on") for name in node.attrib)
    ]
    assert [text_of(node) for node in find(found, "h1")]
    assert len(find(found, "main")) == len(find(found, "h1")) == 1
    levels = [int(node.tag[-1]) for node in found.iter() if re.fullmatch(r"\{.*\}h[1-6]", str(node.tag))]
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels


def test_no_link_of_the_whole_site_is_dead_and_every_page_is_well_formed(server):
    """All pages are visited, and of the proofs one for each kind of subject and property."""
    waiting, seen, proofs, ids, wanted, wrong = deque(["/"]), {"/"}, set(), {}, [], []
    while waiting:
        path = waiting.popleft()
        response = page(server, path)
        # A query that asks elsewhere is shown, with the reason why this server does not run it.
        if response.status != (403 if "SERVICE" in path else 200):
            wrong.append(f"{response.status} {path}")
        if not response.content_type.startswith("text/html"):
            continue
        parser = html5lib.HTMLParser()
        found = parser.parse(response.text)
        wrong += [f"{code} {place} {path}" for place, code, _ in parser.errors]
        names = [node.get("id") for node in found.iter() if node.get("id")]
        wrong += [f"twice {name} {path}" for name, times in Counter(names).items() if times > 1]
        ids[path] = set(names)
        for node in found.iter():
            for target in filter(None, (node.get("href"), node.get("src"), node.get("action"))):
                address, fragment = urldefrag(urljoin(f"{server.address.rstrip('/')}{path}", target))
                if not address.startswith(server.address):
                    continue
                there = address[len(server.address) - 1 :]
                if fragment:
                    wanted.append((path, there, fragment))
                if there not in seen and is_wanted(there, proofs):
                    waiting.append(there)
                seen.add(there)
    wrong += [
        f"no #{name} at {there}, linked from {path}"
        for path, there, name in wanted
        if there in ids and name not in ids[there]
    ]
    assert wrong == []
    assert len(ids) > 200


def is_wanted(path, proofs):
    """Say whether a page is to be visited: any but a proof like one that was."""
    parts = urlsplit(path)
    if parts.path == "/explain" and "format" not in parts.query:
        given = parse_qs(parts.query, keep_blank_values=True)
        kind = (given.get("s", [""])[0].partition(":")[0], given.get("p", [""])[0])
        if kind in proofs:
            return False
        proofs.add(kind)
    # The forms' own addresses need values.
    return path != "/explain"


def test_the_start_page_tells_what_is_inside_as_plots_with_tables_beside_them(server):
    found = tree(page(server, "/"))
    counts = {
        text_of(node).partition(" ")[2]: text_of(node).partition(" ")[0]
        for node in find(with_class(found, "counts")[0], "a")
    }
    assert counts["documents"] == "5"
    figures = {text_of(find(node, "figcaption")[0]): node for node in with_class(found, "panel")}
    assert list(figures) == ["Claims by kind", "Money by year", "Money by programme", "People trained by trainer"]
    for figure in figures.values():
        bars = with_class(figure, "value")
        rows = find(find(figure, "tbody")[0], "tr")
        assert len(bars) == len(rows) > 1
    programmes = text_of(find(figures["Money by programme"], "table")[0])
    assert "Foreign Military Financing4,650,000,000" in programmes


def test_a_claim_is_told_in_words_with_its_quote_in_its_passage(server, claim):
    found = tree(page(server, claim))
    headline = text_of(find(found, "h1")[0])
    assert headline.startswith("Office of Weapons Removal and Abatement provided at least USD 310,000,000 to Iraq")
    assert text_of(find(found, "mark")[0]) == "more than $310 million"
    assert text_of(find(found, "blockquote")[0]).startswith("Since FY 2015, the Department of State")
    follows = with_class(found, "follows")[0]
    assert "United States" in text_of(follows)
    assert all(node.get("href").startswith("/explain?") for node in with_class(follows, "why"))


def test_an_entity_has_its_statements_with_evidence_and_what_follows_apart(server):
    found = tree(page(server, "/id/organization/nato"))
    said, follows = (
        next(node for node in find(found, "section") if node.get("aria-labelledby") == name)
        for name in ("said", "follows")
    )
    assert "Belgium" in text_of(said)
    assert find(with_class(said, "quotes")[0], "a")[0].get("href").startswith("/document/")
    assert "training provider" in text_of(follows)
    assert "training provider" not in text_of(said)
    assert {"Iraq", "Belgium"} <= {text_of(node) for node in find(with_class(found, "neighbours")[0], "a")}


def test_the_text_of_a_document_is_whole_and_its_marks_lead_to_its_claims(server):
    found = tree(page(server, "/document/004_3e154fd430911d03"))
    told = "".join("".join(node.itertext()) for node in with_class(found, "para"))
    end = "FILTER (STRENDS(STR(?d), '004_3e154fd430911d03'))"
    query = f"PREFIX schema: <https://schema.org/> SELECT ?t {{ ?d schema:text ?t {end} }}"
    stored = server.query(query).rows[0]["t"]
    assert "".join(told.split()) == "".join(stored.split())
    anchors = {node.get("id"): node for node in with_class(found, "card")}
    marks = with_class(found, "mark")
    assert marks
    assert all(mark.get("href")[1:] in anchors for mark in marks)
    trained = next(mark for mark in marks if text_of(mark) == "about 1,000 Iraqi soldiers")
    assert text_of(anchors[trained.get("href")[1:]]).startswith("about 1,000 Iraqi soldiers trained")


def test_a_proof_leads_from_the_statement_by_rules_to_words(server):
    path = "/explain?s=organization:nato&p=a&o=ssr:TrainingProvider"
    found = tree(page(server, path))
    assert text_of(find(found, "h1")[0]) == "NATO is a training provider"
    assert {text_of(node) for node in find(with_class(found, "rules")[0], "dt")} >= {"cls-svf1"}
    assert "about 500" in text_of(find(found, "main")[0])
    record = server.get(path, accept="application/json")
    assert record.content_type == "application/json"
    assert record.json["proofs"][0]["steps"] > 0


@pytest.mark.parametrize(
    ("given", "status", "words"),
    [
        ("s=organization:nato&p=a&o=ssr:Mission", 404, "does not hold"),
        ("s=organization:nato&p=a", 400, "o is missing"),
        ("s=nowhere:nato&p=a&o=ssr:Mission", 400, "prefix"),
    ],
)
def test_what_cannot_be_proved_is_told_as_a_page_or_as_a_problem(server, given, status, words):
    shown = page(server, f"/explain?{given}")
    assert (shown.status, shown.content_type) == (status, "text/html; charset=utf-8")
    assert words in text_of(find(tree(shown), "main")[0])
    told = server.get(f"/explain?{given}", accept="application/json")
    assert (told.status, told.content_type) == (status, "application/problem+json")


def test_a_search_finds_names_aliases_and_words_of_texts_and_marks_them(server):
    found = tree(page(server, "/search?q=isis"))
    heads = [text_of(node).split()[0] for node in find(found, "h2")]
    assert heads == ["Organizations", "Documents"]
    assert {text_of(node).lower() for node in find(found, "mark")} == {"isis"}


def test_what_is_found_in_a_text_leads_to_its_place_there(server):
    found = tree(page(server, "/search?q=mission+iraq"))
    places = [find(node, "a")[0].get("href") for node in with_class(found, "snippet")]
    assert len(places) > 3
    for place in places:
        address, anchor = urldefrag(place)
        document = page(server, address)
        nodes = list(tree(document).iter())
        at = next(number for number, node in enumerate(nodes) if node.get("id") == anchor)
        words = next(node for node in nodes[at:] if node.get("data-start"))
        assert anchor.startswith(f"char={words.get('data-start')},")
        assert re.match("mission|iraq", words.text, re.IGNORECASE), words.text


@pytest.mark.parametrize("at", ["", "1", "2,1", "0,999999999", "a,b", "1,2,3", "-1,2"])
def test_a_place_that_is_none_changes_nothing(server, at):
    path = "/document/003_726c8a866d656542"
    assert page(server, f"{path}?{urlencode({'at': at})}").body == page(server, path).body


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "({[", "\u017f", "a" * 5000]
)
def test_whatever_is_searched_for_is_shown_as_text(server, words):
    response = page(server, f"/search?{urlencode({'q': words})}")
    assert response.status == 200
    found = tree(response)
    assert not [node for node in find(found, "script") if not node.get("src")]
    assert not find(found, "img")
    assert " ".join(words.split())[:200] in find(found, "h1")[0].text


def test_a_saved_query_takes_its_parameters_from_a_form_and_offers_every_format(server):
    found = tree(page(server, "/queries/largest-sums?least=1000000000&only_currency=usd"))
    fields = {node.get("name"): node.get("value") for node in find(found, "input")}
    assert (fields["least"], fields["only_currency"]) == ("1000000000", "usd")
    rows = find(find(with_class(found, "results")[0], "tbody")[0], "tr")
    assert len(rows) == 4
    assert text_of(find(rows[0], "td")[0]) == "16,300,000,000"
    downloads = {text_of(node): node.get("href") for node in find(with_class(found, "downloads")[0], "a")}
    assert set(downloads) == {"JSON", "CSV", "TSV", "XML"}
    assert len(server.get(downloads["CSV"]).text.splitlines()) == 5


def test_a_text_that_is_given_for_a_parameter_stays_a_text(server):
    injected = '") } #'
    found = tree(page(server, f"/queries/largest-sums?{urlencode({'only_currency': injected})}"))
    assert "0 rows." in text_of(find(found, "main")[0])


def test_a_saved_query_that_asks_elsewhere_is_told_of_but_reaches_no_other_host(server, root):
    asking = [path.stem for path in (root / "queries" / "federated").glob("*.rq")]
    assert asking
    for name in asking:
        response = page(server, f"/queries/{name}")
        assert response.status == 200
        assert "may not reach" in text_of(with_class(tree(response), "problem")[0])


def test_a_number_that_is_none_is_told_beside_the_form(server):
    found = page(server, "/queries/largest-sums?least=many")
    assert found.status == 400
    assert "takes a number" in text_of(with_class(tree(found), "problem")[0])


def test_a_query_that_is_wrong_is_shown_with_line_and_column(server):
    query = "SELECT * WHERE {\n ?s ?p\n}"
    response = page(server, f"/sparql?{urlencode({'query': query})}")
    assert response.status == 400
    found = tree(response)
    area = find(found, "textarea")[0]
    assert area.text == query
    assert (area.get("data-line"), area.get("data-column")) == ("3", "2")
    assert "Line 3, column 2" in text_of(with_class(found, "problem")[0])


def test_the_query_page_reaches_no_other_host(server):
    query = "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"
    response = page(server, f"/sparql?{urlencode({'query': query})}")
    assert response.status == 403
    assert "may not reach" in text_of(with_class(tree(response), "problem")[0])


def test_an_answer_on_the_query_page_links_what_has_a_page(server):
    query = "PREFIX ssr: <https://w3id.org/ssrgraph/ontology#> SELECT ?m { ?m a ssr:Mission } ORDER BY ?m"
    found = tree(page(server, f"/sparql?{urlencode({'query': query})}"))
    links = [node.get("href") for node in find(with_class(found, "results")[0], "a")]
    assert "/id/mission/nato-mission-iraq" in links


def map_of(server, query):
    found = tree(page(server, f"/sparql?{urlencode({'query': f'{PREFIXES} {query}'})}"))
    places = [node for node in found.iter() if node.get("data-map")]
    return json.loads(places[0].get("data-map")) if places else None


@pytest.mark.usefixtures("bundles")
def test_an_answer_has_a_map_of_its_entities_in_which_those_of_a_row_are_connected(server):
    found = map_of(server, "SELECT ?mission ?lead ?name { ?mission ssr:lead ?lead ; skos:prefLabel ?name }")
    labels = {one["id"]: one["label"] for one in found["nodes"]}
    assert labels["/id/mission/nato-mission-iraq"] == "NATO Mission Iraq"
    assert {one["kind"] for one in found["nodes"]} == {"mission", "organization"}
    together = {(one["source"], one["target"]): one["relations"] for one in found["edges"]}
    assert together["/id/mission/nato-mission-iraq", "/id/organization/nato"] == ["mission – lead"]
    assert {one for pair in together for one in pair} <= set(labels)


@pytest.mark.usefixtures("bundles")
def test_a_graph_that_was_asked_for_has_a_map_of_its_statements(server):
    found = map_of(server, "CONSTRUCT WHERE { ?mission ssr:lead ?lead }")
    assert {"source": "/id/mission/nato-mission-iraq", "target": "/id/organization/nato", "relations": ["lead"]} in (
        found["edges"]
    )
    assert map_of(server, "CONSTRUCT WHERE { ?mission ssr:start ?date }")["edges"] == []


@pytest.mark.usefixtures("bundles")
def test_a_map_has_a_bound_and_an_answer_without_entities_has_none(server):
    found = map_of(server, "SELECT ?a ?b { ?a a org:Organization . ?b a org:Organization } LIMIT 900")
    assert len(found["nodes"]) == 60
    assert map_of(server, "SELECT ?text { ?document schema:text ?text }") is None
    assert map_of(server, "ASK {}") is None


def test_the_neighbours_that_the_page_lists_are_there_as_json_too(server):
    found = server.get("/neighbours?of=/id/organization/nato")
    assert found.content_type == "application/json"
    listed = {
        text_of(node) for node in find(with_class(tree(page(server, "/id/organization/nato")), "neighbours")[0], "a")
    }
    assert {one["label"] for one in found.json["neighbours"]} == listed
    assert server.get("/neighbours?of=/id/organization/nobody").status == 404


def test_a_page_that_has_not_changed_is_not_sent_again(server):
    first = page(server, "/id/organization/nato")
    again = server.get("/id/organization/nato.html", accept=BROWSER, if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")


def test_static_files_are_named_by_their_content_and_kept(server):
    style = next(node.get("href") for node in find(tree(page(server, "/")), "link") if node.get("rel") == "stylesheet")
    response = server.get(style)
    assert response.content_type.startswith("text/css")
    assert "immutable" in response.headers["cache-control"]
    assert server.get("/static/../routes.py").status == 404
