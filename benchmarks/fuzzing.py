"""Does a server stand odd requests? Sends many, made at random from parts of real ones, and looks at every answer.

    python3 benchmarks/fuzzing.py http://127.0.0.1:7878/ --requests 100000

No answer may be a 500, every one must be HTTP, the server must live afterwards and its processes must not have grown
without bound. Only a server on this machine is asked. Ends with status 1 when something of this does not hold.
"""

from __future__ import annotations

import argparse
import random
import socket
import sys
from collections import Counter
from http.client import HTTPConnection, HTTPException
from urllib.parse import quote, urlsplit

METHODS = ("GET", "GET", "GET", "POST", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "X")
PATHS = ("/sparql", "/sparql", "/sparql", "/update", "/graphs", "/graphs/a", "/health", "/metrics", "/.well-known/void")
PARAMETERS = ("query", "query", "default-graph-uri", "named-graph-uri", "graph", "default", "update", "format", "x")
WORDS = (
    *("SELECT", "*", "?s", "?p", "?o", "{", "}", "(", ")", ".", ";", ",", "ASK", "WHERE", "FILTER", "OPTIONAL", "a"),
    *("CONSTRUCT", "DESCRIBE", "<http://a.example/a>", "<rel>", '"text"', "'''", '"""', "\\u0041", "\\uD800", "1e999"),
    *(
        "GROUP_CONCAT(?s)",
        "SERVICE",
        "SILENT",
        "LOAD",
        "VALUES",
        "UNDEF",
        "LIMIT 3",
        "#",
        "\n",
        "\x00",
        "é",
        "\U0001f600",
    ),
    *("PREFIX x: <http://a.example/>", "x:y", "_:b", "[]", "<<", ">>", "^", "*", "|", "!", "GRAPH ?g", "BIND(1 AS ?x)"),
)
HEADERS = (
    ("accept", ("*/*", "text/csv", "text/html", "application/ld+json;q=0.3,*/*;q=0.1", ";;,,q=", "a/b;q=9", '"')),
    (
        "content-type",
        ("application/sparql-query", "application/x-www-form-urlencoded", "text/turtle", "x", ";", "a/b;c"),
    ),
    ("accept-encoding", ("gzip", "br", "*;q=0", "gzip;q=x", "identity")),
    ("if-none-match", ("*", '"x"', 'W/"y", "z"', "x")),
    ("authorization", ("Bearer x", "Basic eA==", "Bearer")),
    ("content-encoding", ("gzip",)),
    ("range", ("bytes=0-1", "bytes=9-")),
    ("host", ("", "a b", "x" * 300, "[::1")),
)


def text(rng):
    """Return words in some order, or bytes."""
    if rng.random() < 0.1:
        return rng.randbytes(rng.randrange(60)).decode("latin-1")
    return " ".join(rng.choice(WORDS) for _ in range(rng.randrange(12)))


def path(rng):
    """Return an address."""
    start = rng.choice(PATHS)
    pairs = []
    for _ in range(rng.choice((0, 1, 1, 1, 2, 3))):
        value = text(rng)
        value = value.replace(" ", "+") if rng.random() < 0.05 else quote(value.encode("utf-8", "surrogatepass"))
        pairs.append(f"{rng.choice(PARAMETERS)}={value}")
    if rng.random() < 0.05:
        pairs.append("%FF%&&==%zz")
    whole = start + ("?" + "&".join(pairs) if pairs else "")
    return "".join(character if 0x21 <= ord(character) < 0x7F else "%20" for character in whole)


def ask(connection, rng):
    """Send a request; return its status, or None where the connection was rightly closed."""
    headers = {name: rng.choice(values) for name, values in HEADERS if rng.random() < 0.2}
    method = rng.choice(METHODS)
    body = text(rng).encode("utf-8", "replace") if method in {"POST", "PUT"} or rng.random() < 0.05 else None
    try:
        connection.request(method, path(rng), body=body, headers=headers)
        answer = connection.getresponse()
        answer.read()
    except (HTTPException, ConnectionError, ValueError):
        connection.close()
        return None
    return answer.status


def raw(host, port, rng):
    """Send bytes that are hardly HTTP."""
    with socket.create_connection((host, port), timeout=30) as client:
        client.sendall(
            rng.choice((b"", b"GET ", b"GET / HTTP/9.9\r\n\r\n", b"POST /sparql HTTP/1.1\r\n")) + rng.randbytes(40)
        )


def main():
    """Send the requests and say what came back."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("address")
    arguments.add_argument("--requests", type=int, default=100_000)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    parts = urlsplit(given.address)
    if parts.hostname not in {"127.0.0.1", "localhost", "::1"}:
        sys.exit("Only a server on this machine is asked.")
    rng = random.Random(given.seed)  # noqa: S311 -- the same requests every time
    statuses = Counter()
    connection = HTTPConnection(parts.hostname, parts.port, timeout=60)
    for number in range(given.requests):
        if number % 200 == 0:
            raw(parts.hostname, parts.port, rng)
        statuses[ask(connection, rng)] += 1
    connection.close()
    connection.request("GET", "/health")
    alive = connection.getresponse().status == 200
    print(f"{given.requests} requests:", ", ".join(f"{status}: {n}" for status, n in sorted(statuses.items(), key=str)))
    sys.exit(0 if alive and not statuses[500] else 1)


if __name__ == "__main__":
    main()
