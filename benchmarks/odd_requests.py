"""Requests to a server, made at random from parts of real ones; `fuzzing.py` sends them."""

from __future__ import annotations

from urllib.parse import quote

METHODS = ("GET", "GET", "GET", "POST", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "X")
PATHS = (
    *("/sparql",) * 6,
    *("/update",) * 4,
    *("/graphs", "/graphs", "/graphs/a", "/health", "/metrics", "/.well-known/void", "/openapi.json", "/dump.nq.gz"),
    *(
        "/",
        "/search",
        "/explain",
        "/neighbours",
        "/queries",
        "/queries/largest-sums",
        "/reconcile",
        "/reconcile/suggest",
    ),
    *("/id/organization/nato", "/id/organization/nato.ttl", "/id/%00", "/claim/a%2Fb", "/document/x", "/static/../a"),
)
PARAMETERS = (
    *("query", "query", "query", "update", "default-graph-uri", "named-graph-uri", "using-graph-uri", "graph", "graph"),
    *("default", "format", "q", "s", "p", "o", "of", "queries", "extend", "prefix", "currency", "limit", "x"),
)
WORDS = (
    *("SELECT", "*", "?s", "?p", "?o", "{", "}", "(", ")", ".", ";", ",", "ASK", "WHERE", "FILTER", "OPTIONAL", "a"),
    *("CONSTRUCT", "DESCRIBE", "<http://a.example/a>", "<rel>", '"text"', "'''", '"""', "\\u0041", "\\uD800", "1e999"),
    *("GROUP_CONCAT(?s)", "SERVICE", "SILENT", "LOAD", "VALUES", "UNDEF", "LIMIT 3", "#", "\n", "\x00", "é", "😀"),
    *("PREFIX x: <http://a.example/>", "x:y", "_:b", "[]", "<<", ">>", "^", "*", "|", "!", "GRAPH ?g", "BIND(1 AS ?x)"),
    *("INSERT", "DELETE", "DATA", "USING", "WITH", "CLEAR", "DROP", "COPY", "TO", "DEFAULT", "ALL", "NAMED", "CREATE"),
    *(
        "csv",
        "turtle",
        "html",
        "jsonld",
        "{}",
        '{"q0": {"query": "nato"}}',
        "[[",
        "null",
        "-1",
        "2015",
        "org:",
        "ssr:x",
    ),
)
TEXTS = {
    "query": (
        "SELECT ?s ?o WHERE { ?s <http://a.example/p> ?o . FILTER ( ?o > 1 ) } ORDER BY ?o LIMIT 5",
        "SELECT ( COUNT ( DISTINCT ?s ) AS ?n ) ( SUM ( ?o ) AS ?m ) { ?s ?p ?o } GROUP BY ?p HAVING ( ?n > 1 )",
        "SELECT * { { ?s a ?c } UNION { GRAPH ?g { ?s ?p 1 , 2 } } MINUS { ?s ^ <http://a.example/p> + ?x } } LIMIT 7",
        "CONSTRUCT { ?s <http://a.example/q> [ ] } WHERE { VALUES ( ?s ?x ) { ( UNDEF 1 ) ( <a> 'b' @en ) } }",
        "DESCRIBE <http://a.example/a> ?x { OPTIONAL { ?x ?p ?y } } LIMIT 2",
        "ASK FROM <http://a.example/g> { ?s ?p ?o . BIND ( STRDT ( 'x' , ?p ) AS ?z ) }",
    ),
    "update": (
        "INSERT DATA { <http://a.example/a> <http://a.example/p> 1 , 2.50 , 'x' @en , true }",
        "INSERT DATA { GRAPH <http://a.example/g> { _:b <http://a.example/p> 'y' } } ; DELETE DATA { <a> <b> <c> }",
        "DELETE { ?s ?p ?o } INSERT { ?s ?p 3 } WHERE { ?s ?p ?o . FILTER ( ?o < 3 ) }",
        "WITH <http://a.example/g> DELETE { ?s ?p ?o } USING NAMED <http://a.example/h> WHERE { GRAPH ?g { } }",
        "CREATE SILENT GRAPH <http://a.example/h> ; COPY DEFAULT TO <http://a.example/h> ; DROP SILENT ALL",
        "CLEAR SILENT NAMED ; LOAD SILENT <http://127.0.0.1:1/a> INTO GRAPH <http://a.example/g>",
    ),
    "turtle": ("<http://a.example/a> <http://a.example/p> 1 , 'x' @en , _:b .",),
    "json-ld": ('{ "@id" : "http://a.example/a" , "http://a.example/p" : [ 1 , { "@value" : "x" } ] }',),
    "others": (
        "<http://a.example/a> <http://a.example/p> 'y' <http://a.example/g> .",
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' > <a rdf:about='a' /> </rdf:RDF>",
    ),
    "reconciliation": (
        '{ "q0" : { "query" : "nato" , "type" : "org:Organization" , "limit" : 2 , "properties" : [ ] } }',
    ),
}
SHAPES = (
    ("GET", "/sparql", "query", None, "query"),
    ("POST", "/sparql", None, "application/sparql-query", "query"),
    ("POST", "/update", None, "application/sparql-update", "update"),
    ("POST", "/update", None, "application/sparql-update", "update"),
    ("PUT", "/graphs", "graph", "text/turtle", "turtle"),
    ("POST", "/graphs", "graph", "text/turtle", "turtle"),
    ("POST", "/graphs", "graph", "application/ld+json", "json-ld"),
    ("GET", "/graphs", "graph", None, "query"),
    ("HEAD", "/graphs", "graph", None, "query"),
    ("DELETE", "/graphs", "graph", None, "query"),
    ("GET", "/search", "q", None, "query"),
    ("GET", "/reconcile", "queries", None, "reconciliation"),
)
"""What suits a path: method, path, parameter, type of the body, kind of text."""
GRAPHS = ("http://a.example/g", "http://a.example/h", "a", "", "http://a b", "urn:x", "default")
TYPES = (
    *("application/sparql-query", "application/sparql-update", "application/x-www-form-urlencoded", "text/turtle"),
    *("application/n-triples", "application/ld+json", "application/rdf+xml", "application/trig", "application/n-quads"),
    *("multipart/form-data; boundary=b", "x", ";", "a/b;c", "application/json"),
)
HEADERS = (
    ("accept", ("*/*", "text/csv", "text/html", "application/ld+json;q=0.3,*/*;q=0.1", ";;,,q=", "a/b;q=9", '"')),
    ("content-type", TYPES),
    ("accept-encoding", ("gzip", "br", "*;q=0", "gzip;q=x", "identity")),
    ("if-none-match", ("*", '"x"', 'W/"y", "z"', "x")),
    ("authorization", ("Bearer x", "Basic eA==", "Bearer")),
    ("content-encoding", ("gzip",)),
    ("range", ("bytes=0-1", "bytes=9-")),
    ("host", ("", "a b", "x" * 300, "[::1")),
)


def text(rng, kind=None):
    """Return a real text with some of its words changed, words in some order, or bytes."""
    draw = rng.random()
    if draw < 0.05:
        return rng.randbytes(rng.randrange(60)).decode("latin-1")
    if draw < 0.25:
        return " ".join(rng.choice(WORDS) for _ in range(rng.randrange(12)))
    words = rng.choice(TEXTS[kind or rng.choice(list(TEXTS))]).split(" ")
    for _ in range(rng.choice((0, 0, 1, 1, 2, 5))):
        place = rng.randrange(len(words))
        words[place : place + rng.choice((0, 1, 1, 3))] = rng.choice(((), (rng.choice(WORDS),), words[-2:]))
        words = words or ["a"]
    return " ".join(words)


def path(rng, start, names, kind):
    """Return an address."""
    pairs = []
    for name in names:
        value = rng.choice(GRAPHS) if "graph" in name and rng.random() < 0.8 else text(rng, kind)
        value = value.replace(" ", "+") if rng.random() < 0.05 else quote(value.encode("utf-8", "surrogatepass"))
        pairs.append(f"{name}={value}")
    if rng.random() < 0.05:
        pairs.append("%FF%&&==%zz")
    whole = start + ("?" + "&".join(pairs) if pairs else "")
    return "".join(character if 0x21 <= ord(character) < 0x7F else "%20" for character in whole)


def request(rng):
    """Return method, address, headers and body of a request: half of the time such as go together."""
    if rng.random() < 0.5:
        method, start, name, media, kind = rng.choice(SHAPES)
        names = [name] if name else []
        headers = {"content-type": media} if media else {}
        share = 0.03
    else:
        method, start = rng.choice(METHODS), rng.choice(PATHS)
        names = [rng.choice(PARAMETERS) for _ in range(rng.choice((0, 1, 1, 1, 2, 3)))]
        headers = {"content-type": rng.choice(TYPES)} if rng.random() < 0.5 else {}
        share, kind = 0.2, None
    headers |= {name: rng.choice(values) for name, values in HEADERS if rng.random() < share}
    body = text(rng, kind).encode("utf-8", "replace") if method in {"POST", "PUT"} or rng.random() < 0.05 else None
    return method, path(rng, start, names, kind), headers, body
