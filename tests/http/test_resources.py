"""Every IRI of the graph can be opened: what programs get there."""

from __future__ import annotations

import json
import re
import subprocess

import pytest
from pyld import jsonld
from pyoxigraph import NamedNode, RdfFormat, parse
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import FOAF, SKOS

from ssrgraph.vocabulary import Ssr, SsrClass

BASE = "https://w3id.org/ssrgraph/"
NATO = "/id/organization/nato"
SSR = f"{BASE}ontology#"
FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
}


def statements(response, ending):
    """Return what was said, without what the document says of itself."""
    found = parse(response.body, format=FORMATS[ending])
    return {str(quad.triple) for quad in found if "127.0.0.1" not in quad.subject.value}


@pytest.fixture(scope="module")
def claim(server):
    query = f"SELECT ?claim ?document {{ ?claim a <{SSR}FundingClaim> ; <{SSR}evidence>/oa:hasSource ?document }}"
    prefix = "PREFIX oa: <http://www.w3.org/ns/oa#> "
    return server.query(f"{prefix}{query} ORDER BY ?claim LIMIT 1").rows[0]


@pytest.mark.parametrize(
    ("accept", "ending"),
    [
        (None, "ttl"),
        ("*/*", "ttl"),
        ("text/turtle", "ttl"),
        ("application/ld+json", "jsonld"),
        ("application/json", "jsonld"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "rdf"),
        ("application/trig", "trig"),
        ("application/n-quads", "nq"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "html"),
        ("text/html;q=0.5, application/ld+json", "jsonld"),
    ],
)
def test_an_entity_leads_to_the_document_about_it_that_suits(server, accept, ending):
    for method in ("GET", "HEAD"):
        answer = server.request(method, NATO, accept=accept)
        assert (answer.status, answer.headers["location"], answer.body) == (303, f"{NATO}.{ending}", b"")
        assert answer.headers["vary"] == "Accept"


def test_the_address_may_name_the_format(server):
    assert server.get(f"{NATO}?format=ntriples", accept="text/turtle").headers["location"] == f"{NATO}.nt"
    assert server.get(f"{NATO}?format=docx").json["code"] == "format"


def test_the_document_says_what_it_is_about_and_where_that_comes_from(server):
    graph = Graph().parse(data=server.get(f"{NATO}.ttl").body, format="turtle")
    about = URIRef(f"{server.address}id/organization/nato.ttl")
    node = URIRef(f"{BASE}id/organization/nato")
    assert list(graph.objects(about, FOAF.primaryTopic)) == [node]
    assert Literal("NATO", lang="en") in set(graph.objects(node, SKOS.prefLabel))
    claims = set(graph.subjects(URIRef(f"{SSR}agent"), node))
    assert claims
    told = """
        PREFIX ssr: <https://w3id.org/ssrgraph/ontology#> PREFIX oa: <http://www.w3.org/ns/oa#>
        SELECT ?claim ?words ?document {
          ?claim ssr:evidence ?place . ?place oa:hasSource ?document ; oa:hasSelector/oa:exact ?words }"""
    quotes = {row.claim: (str(row.words), str(row.document)) for row in graph.query(told)}
    assert claims <= set(quotes)
    for words, document in quotes.values():
        text = Graph().parse(data=server.get(f"/{document.removeprefix(BASE)}.nt").body, format="nt")
        assert words in str(text.value(URIRef(document), URIRef("https://schema.org/text")))


def test_every_format_says_the_same(server):
    whole = statements(server.get(f"{NATO}.nt"), "nt")
    assert len(whole) > 300
    for ending in FORMATS:
        answer = server.get(f"{NATO}.{ending}")
        assert answer.status == 200
        assert statements(answer, ending) == whole


def test_trig_tells_which_graph_says_what(server):
    quads = {(str(quad.triple), quad.graph_name) for quad in parse(server.get(f"{NATO}.trig").body, RdfFormat.TRIG)}
    label = f'<{BASE}id/organization/nato> <http://www.w3.org/2004/02/skos/core#prefLabel> "NATO"@en'
    graphs = {graph for triple, graph in quads if triple.startswith(label)}
    assert NamedNode(f"{BASE}graph/entities") in graphs
    assert {triple for triple, _ in quads if "127.0.0.1" not in triple} == statements(server.get(f"{NATO}.nt"), "nt")


def test_json_ld_has_the_short_names_of_the_context_that_it_carries(server, root):
    document = server.get(f"{NATO}.jsonld").json
    assert document["@context"] == json.loads((root / "ontology" / "context.jsonld").read_text("utf-8"))["@context"]
    (node,) = [one for one in document["@graph"] if one["id"] == f"{BASE}id/organization/nato"]
    assert "Organization" in node["type"]

    def refuse(address, _options):
        raise AssertionError(address)

    expanded = jsonld.expand(document, {"documentLoader": refuse})
    assert f"{BASE}id/organization/nato" in {one["@id"] for one in expanded}


def test_a_claim_and_a_document_answer_at_their_own_path(server, claim):
    for iri in claim.values():
        path = "/" + iri.removeprefix(BASE)
        answer = server.get(path, accept="application/n-triples")
        assert (answer.status, answer.content_type) == (200, "application/n-triples")
        assert answer.headers["content-location"] == f"{path}.nt"
        assert f'<{iri}>; rel="describes"' in answer.headers["link"]
        assert f"<{iri}> " in answer.text
        assert server.get(path, accept="text/html").content_type == "text/html; charset=utf-8"
        assert server.get(f"{path}.html", accept="text/turtle").content_type == "text/html; charset=utf-8"


def test_what_has_not_changed_is_not_sent_again(server):
    for path in (f"{NATO}.ttl", f"{NATO}.html"):
        first = server.get(path)
        again = server.get(path, if_none_match=first.headers["etag"])
        assert (again.status, again.body) == (304, b"")
        head = server.request("HEAD", path)
        assert (head.status, head.body, head.headers["etag"]) == (200, b"", first.headers["etag"])
        assert int(head.headers["content-length"]) == len(first.body)


@pytest.mark.parametrize(
    "path", ["/id/organization/nobody", "/claim/0", "/document/none", "/id/organization/nobody.nt"]
)
def test_of_what_is_not_there_a_problem_tells(server, path):
    answer = server.get(path)
    assert (answer.status, answer.content_type) == (404, "application/problem+json")
    assert answer.json["code"] == "not-found"


def test_a_graph_answers_at_its_own_path(server):
    by_accept = server.get("/graph/entities", accept="application/n-triples")
    assert (by_accept.status, by_accept.headers["content-location"]) == (200, "/graph/entities.nt")
    by_store = server.get(f"/graphs?graph={BASE}graph/entities", accept="application/n-triples")
    assert by_accept.body == by_store.body == server.get("/graph/entities.nt", accept="text/html").body
    assert server.get("/graph/nothing").status == 404
    page = server.get("/graph/entities", accept="text/html")
    assert page.status == 303
    assert server.get(page.headers["location"], accept="text/html").status == 200


def test_the_terms_of_the_ontology_can_be_opened(server):
    graph = Graph().parse(f"{server.address}ontology")
    assert (URIRef(f"{SSR}funder"), None, None) in graph
    for path in ("/ontology", "/scheme/bound"):
        for accept in (None, "text/turtle", "*/*"):
            assert server.get(path, accept=accept).headers["location"] == "/graph/ontology"


def test_the_iri_of_a_term_opens_at_its_definition(server):
    vocabularies = {
        "/ontology": [str(term).rpartition("#")[2] for term in (*SsrClass, *Ssr)],
        "/scheme/bound": ["exact", "approximate", "at_least", "at_most"],
        "/codelist/purpose": ["15210", "15250"],
    }
    for path, anchors in vocabularies.items():
        page = server.get(path, accept="text/html")
        assert (page.status, page.content_type) == (200, "text/html; charset=utf-8")
        for anchor in anchors:
            assert f'id="{anchor}"' in page.text, anchor
    assert server.get("/scheme/nothing", accept="text/html").status == 404


def test_a_code_list_is_answered_in_every_format(server):
    for accept in ("text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml"):
        answer = server.get("/codelist/purpose", accept=accept)
        assert answer.status == 200
        assert answer.content_type.startswith(accept)
        assert b"Security system management and reform" in answer.body
    assert server.get("/codelist/purpose?format=nquads").content_type == "application/n-quads"
    assert server.get("/codelist/purpose?format=xls").status == 400
    assert server.get("/codelist/nothing", accept="text/turtle").status == 404
    assert server.get("/codelist/..%2Fssr", accept="text/turtle").status == 404


def test_the_context_is_served(server, root):
    answer = server.get("/context.jsonld")
    assert (answer.status, answer.content_type) == (200, "application/ld+json")
    assert answer.body == (root / "ontology" / "context.jsonld").read_bytes()


def test_what_nobody_can_write_is_not_acceptable(server):
    for path in (NATO, "/claim/0"):
        assert server.get(path, accept="image/png").status == 406


def test_rdflib_opens_an_iri(server):
    graph = Graph().parse(f"{server.address}id/organization/nato")
    assert (URIRef(f"{BASE}id/organization/nato"), None, None) in graph


def test_curl_opens_an_iri(server):
    command = ["curl", "-sSL", "-H", "Accept: application/n-triples", f"{server.address}id/organization/nato"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == server.get(f"{NATO}.nt").text


def test_the_paths_are_the_same_whatever_the_iris_begin_with(run_program, serving, tmp_path):
    memo = tmp_path / "memo.txt"
    memo.write_text("Denmark provided $3 million to the Ministry of Defence of Georgia in 2019.\n", encoding="utf-8")
    base = "https://data.example/sec/"
    built = run_program("build", memo, "--store", tmp_path / "store", "--base-iri", base)
    assert built.returncode == 0, built.stderr
    with serving(tmp_path / "store", "--workers", "1") as server:
        answer = server.get("/id/organization/dk.nt")
        assert f'<{base}id/organization/dk> <http://www.w3.org/2004/02/skos/core#prefLabel> "Denmark"@en' in answer.text
        (claim,) = set(re.findall(rf"<{re.escape(base)}(claim/\w+)> <{re.escape(SSR)}funder> ", answer.text))
        assert server.get(f"/{claim}.ttl").status == 200


def test_the_software_that_read_a_document_can_be_opened(server):
    query = "SELECT ?s { ?s a <http://www.w3.org/ns/prov#SoftwareAgent> FILTER (CONTAINS(STR(?s), '/software/')) }"
    (row,) = server.query(query).rows
    path = "/" + row["s"].removeprefix("https://w3id.org/ssrgraph/")
    led = server.get(path, accept="text/turtle")
    assert (led.status, led.headers["location"]) == (303, f"{path}.ttl")
    told = server.get(led.headers["location"])
    assert (told.status, told.content_type) == (200, "text/turtle; charset=utf-8")
    assert row["s"] in told.text or "softwareVersion" in told.text
    page = server.get(server.get(path, accept="text/html").headers["location"])
    assert (page.status, page.content_type) == (200, "text/html; charset=utf-8")
    assert f"<h1>ssrgraph {path.rpartition('/')[2]}</h1>" in page.text
    assert server.get("/software/0.0.0-never", accept="text/turtle").status == 404
