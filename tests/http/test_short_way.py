"""Requests that go past the application, and those that look as if they could."""

from __future__ import annotations

import socket
from contextlib import closing
from urllib.parse import quote

import pytest

JSON = "application/sparql-results+json"
FINE = "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/ssrgraph/ontology#Document> }"
LARGE = "SELECT ?a ?b ?d { ?a a ?b . ?c a ?d } LIMIT 60000"


def head(query, *lines, path="/sparql", version="1.1"):
    sent = [f"GET {path}?query={quote(query)} HTTP/{version}", "Host: x", f"Accept: {JSON}", *lines]
    return "".join(f"{line}\r\n" for line in [*sent, ""]).encode()


def received(client, number):
    """Status lines and bodies of so many answers, by their Content-Length."""
    found, stream = [], client.makefile("rb")
    for _ in range(number):
        status = stream.readline().split()[1]
        length = 0
        while line := stream.readline().strip().lower():
            if line.startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        found.append((int(status), stream.read(length)))
    return found


@pytest.fixture
def client(server):
    with closing(socket.create_connection((server.host, server.port), timeout=60)) as connection:
        yield connection


def count(body):
    return body.count(b'"5"')


def test_requests_that_come_in_one_piece_are_answered_in_their_order(client):
    queries = [f"{FINE} # in one piece {number}" for number in range(5)]
    client.sendall(b"".join(map(head, queries)))
    assert [(status, count(body)) for status, body in received(client, 5)] == [(200, 1)] * 5


def test_what_comes_while_a_query_runs_is_answered_after_it(client):
    client.sendall(head(f"{FINE} # first"))
    client.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n" + head(f"{FINE} # third")[:30])
    client.sendall(head(f"{FINE} # third")[30:])
    first, second, third = received(client, 3)
    assert (count(first[1]), second[1].startswith(b'{"status":"ok"'), count(third[1])) == (1, True, 1)


def test_a_head_in_two_pieces_is_one_request_wherever_it_is_cut(client):
    whole = b"GET /health HTTP/1.1\r\nHost: x\r\nX-Cut: " + head(f"{FINE} # cut").replace(b"\r\n", b" ") + b"\r\n\r\n"
    place = whole.index(b"GET /sparql")
    client.sendall(whole[:place])
    client.sendall(whole[place:])
    client.sendall(head(f"{FINE} # after"))
    health, after = received(client, 2)
    assert health[1].startswith(b'{"status":"ok"')
    assert count(after[1]) == 1


@pytest.mark.parametrize("lines", [(), ("Connection: close",), ("X-Other: 1",), ("Accept-Encoding: gzip",)])
def test_the_same_query_has_the_same_answer_by_every_way(server, lines):
    query = f"{FINE} # by every way"
    expected = server.query(query).body
    for version in ("1.1", "1.0"):
        with closing(socket.create_connection((server.host, server.port), timeout=60)) as client:
            client.sendall(head(query, *lines, version=version))
            assert received(client, 1) == [(200, expected)]


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (head(FINE, "Host: y"), 200),
        (head("SELECT"), 400),
        (b"GET /sparql?query=%ff HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        (b"GET /sparql?query=ASK{} HTTP/1.1\r\nHost: x\r\n\r\n", 200),
        (b"GET /sparql?query= HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        (head(FINE, "Content-Length: 3") + b"abc", 200),
        (head(FINE, "Bad Header: 3"), 400),
        (head(FINE).replace(b"Accept: " + JSON.encode(), b"Accept: image/png"), 406),
        (head(FINE).replace(b"Accept: " + JSON.encode(), b"Accept: text/html"), 200),
    ],
)
def test_requests_that_are_not_as_simple_are_answered_as_they_should_be(client, request_, status):
    client.sendall(request_)
    assert received(client, 1)[0][0] == status


def test_an_answer_that_is_too_large_to_be_held_is_streamed(server):
    with closing(socket.create_connection((server.host, server.port), timeout=60)) as client:
        client.sendall(head(LARGE))
        stream = client.makefile("rb")
        lines = []
        while line := stream.readline().strip().lower():
            lines.append(line)
        assert b"transfer-encoding: chunked" in lines
        body = bytearray()
        while size := int(stream.readline(), 16):
            body += stream.read(size)
            stream.readline()
    assert body.endswith(b"]}}")
    assert body.count(b'{"a":') == 60_000


def test_a_page_is_kept_by_the_bytes_of_its_request_and_its_tag_is_looked_at(server):
    first = server.get("/queries", accept="text/html")
    assert first.status == 200, first.text
    tag = first.headers["etag"]
    assert server.get("/queries", accept="text/html").body == first.body
    for _ in range(2):
        assert server.get("/queries", accept="text/html", if_none_match=tag).status == 304
