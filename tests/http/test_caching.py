from __future__ import annotations

import gzip
import json

import pytest

JSON = "application/sparql-results+json"
ONE = "SELECT ?x { VALUES ?x { 1 } }"
MANY = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 200"


def test_an_answer_has_a_tag_and_is_not_sent_again_to_who_has_it(server):
    first = server.query(ONE)
    tag = first.headers["etag"]
    again = server.get(f"/sparql?query={ONE.replace(' ', '+')}", if_none_match=f'"other", W/{tag}', accept=JSON)
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    assert first.headers["cache-control"] == "no-cache"
    assert first.headers["vary"] == "Accept, Accept-Encoding"


def test_other_formats_and_other_codings_have_other_tags(server):
    tags = {
        server.query(MANY).headers["etag"],
        server.query(MANY, accept="text/csv").headers["etag"],
        server.get("/sparql?query=" + MANY.replace(" ", "+"), accept_encoding="gzip").headers["etag"],
    }
    assert len(tags) == 3


def test_what_differs_each_time_is_never_kept(server):
    query = "SELECT (STRUUID() AS ?x) {}"
    first, second = server.query(query), server.query(query)
    assert first.body != second.body
    assert "etag" not in first.headers
    assert first.headers["cache-control"] == "no-store"


def test_an_answer_is_compressed_for_who_can_read_that(server):
    path = "/sparql?query=" + MANY.replace(" ", "+")
    plain, packed = server.get(path), server.get(path, accept_encoding="br, gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert server.get(path, accept_encoding="gzip;q=0").body == plain.body


def test_a_large_answer_is_compressed_as_it_comes(server):
    query = "SELECT * { ?a a ?b . ?c a ?d } LIMIT 60000".replace(" ", "+")
    answer = server.get(f"/sparql?query={query}", accept="text/tab-separated-values", accept_encoding="gzip")
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(answer.body).count(b"\n") == 60001


@pytest.mark.parametrize("coding", [None, "gzip"])
def test_a_large_answer_that_was_sent_whole_is_kept(server, coding):
    query = "SELECT * { ?a a ?b . ?c a ?d } LIMIT 25000".replace(" ", "+")
    headers = {"accept": "text/tab-separated-values"} | ({"accept_encoding": coding} if coding else {})
    first, second = (server.get(f"/sparql?query={query}", **headers) for _ in range(2))
    assert "etag" not in first.headers
    assert (second.status, second.body, second.headers.get("content-encoding")) == (200, first.body, coding)
    assert server.get(f"/sparql?query={query}", **headers, if_none_match=second.headers["etag"]).status == 304


def test_head_says_what_get_would_without_the_body(server):
    got = server.query(ONE)
    head = server.request("HEAD", "/sparql?query=" + ONE.replace(" ", "+"), accept="application/sparql-results+json")
    assert (head.status, head.body) == (200, b"")
    assert {**head.headers, "date": ""} == {**got.headers, "date": ""}


def test_options_tells_what_a_path_allows_and_that_other_origins_may_ask(server):
    answer = server.request("OPTIONS", "/sparql", origin="http://a.example", access_control_request_method="POST")
    assert (answer.status, answer.body) == (204, b"")
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS, POST"
    assert answer.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS, POST"
    assert answer.headers["access-control-allow-origin"] == "*"


def test_every_answer_tells_browsers_what_to_refuse(server):
    for answer in (server.query(ONE), server.get("/nowhere"), server.get("/health")):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["access-control-allow-origin"] == "*"


def test_the_access_log_has_a_line_for_each_request_and_no_query(five, serving, tmp_path):
    log = tmp_path / "access.log"
    with serving(five, "--access-log", log) as running:
        running.query(f"{ONE} # secret words")
        running.query(f"{ONE} # secret words")
        running.query("SELECT")
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert [(line["path"], line["status"], line["outcome"], line["cached"]) for line in lines] == [
        ("/sparql", 200, "ok", False),
        ("/sparql", 200, "ok", True),
        ("/sparql", 400, "query-syntax", False),
    ]
    assert [line["rows"] for line in lines] == [1, 1, None]
    assert lines[0]["query"] == lines[1]["query"] != lines[2]["query"]
    assert "secret" not in log.read_text(encoding="utf-8")


def test_metrics_count_requests_by_path_and_outcome(server):
    server.query("SELECT")
    answer = server.get("/metrics")
    assert answer.content_type == "text/plain; version=0.0.4; charset=utf-8"
    assert 'ssrgraph_requests_total{path="/sparql",method="GET",status="400",outcome="query-syntax"}' in answer.text
