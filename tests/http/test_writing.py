from __future__ import annotations

from urllib.parse import quote, urlencode

import pytest

TOKEN = "a-token-for-tests-only"  # noqa: S105 -- guards nothing
TURTLE = "text/turtle"
FORM = "application/x-www-form-urlencoded"
UPDATE = "application/sparql-update"
EVERYTHING = (
    "SELECT ?g ?s ?p ?o { { ?s ?p ?o BIND('default' AS ?g) } UNION { GRAPH ?g { ?s ?p ?o } } } ORDER BY ?g ?s ?p ?o"
)


@pytest.fixture(scope="module")
def token_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("token") / "token.txt"
    path.write_text(f"{TOKEN}\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def plain(serving, token_file, tmp_path_factory):
    store = tmp_path_factory.mktemp("plain") / "store"
    with serving(store, "--dataset", "separate", "--writable", "--token-file", token_file) as running:
        running.token = TOKEN
        yield running


@pytest.fixture(autouse=True)
def _empty(request):
    if "plain" in request.fixturenames:
        plain = request.getfixturevalue("plain")
        assert update(plain, "DROP ALL").status == 204


def update(server, text, **headers):
    return server.request("POST", "/update", text, content_type=UPDATE, **headers)


def contents(server):
    return [
        tuple(row[name].removeprefix("http://a.example/") for name in "gspo") for row in server.query(EVERYTHING).rows
    ]


def triple(subject, value="1"):
    return f"<http://a.example/{subject}> <http://a.example/p> {value}"


def graph(name):
    return f"/graphs?graph={quote('http://a.example/' + name, safe='')}"


def test_an_update_is_seen_by_the_next_query(plain):
    assert update(plain, f"INSERT DATA {{ {triple('s')} }}").status == 204
    assert contents(plain) == [("default", "s", "p", "1")]
    form = urlencode({"update": f"DELETE DATA {{ {triple('s')} }}"})
    assert plain.request("POST", "/update", form, content_type=FORM).status == 204
    assert contents(plain) == []


def test_an_update_says_in_the_address_which_graphs_are_matched(plain):
    update(plain, f"INSERT DATA {{ {triple('d')} GRAPH <http://a.example/g> {{ {triple('n')} }} }}")
    using = quote("http://a.example/g", safe="")
    text = "DELETE { GRAPH <http://a.example/g> { ?s ?p ?o } } INSERT { ?s ?p 2 } WHERE { ?s ?p ?o }"
    answer = plain.request("POST", f"/update?using-graph-uri={using}", text, content_type=UPDATE)
    assert answer.status == 204
    assert contents(plain) == [("default", "d", "p", "1"), ("default", "n", "p", "2")]
    answer = plain.request(
        "POST", f"/update?using-graph-uri={using}", f"WITH <http://a.example/g> {text}", content_type=UPDATE
    )
    assert (answer.status, answer.json["code"]) == (400, "two-datasets")


def test_an_update_that_fails_changes_nothing(plain):
    text = f"INSERT DATA {{ {triple('s')} }} ; LOAD <refused:nothing> ; INSERT DATA {{ {triple('t')} }}"
    assert update(plain, text).json["code"] == "forbidden-host"
    text = f"INSERT DATA {{ {triple('s')} }} ; CREATE GRAPH <http://a.example/g> ; CREATE GRAPH <http://a.example/g>"
    assert (update(plain, text).status, update(plain, text).json["code"]) == (400, "update-evaluation")
    problem = update(plain, "INSERT DATA {\n ?s ?p ?o }").json
    assert (problem["code"], problem["line"], problem["column"]) == ("update-syntax", 2, 12)
    assert contents(plain) == []


@pytest.mark.parametrize(
    "authorization", [None, "", "Bearer", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x", f"bearer x{TOKEN}"]
)
def test_nobody_writes_without_the_token(plain, authorization):
    for method, path in [("POST", "/update"), ("PUT", graph("g")), ("DELETE", graph("g")), ("POST", graph("g"))]:
        answer = plain.request(
            method, path, triple("s") + " .", content_type=TURTLE, authorization=authorization or "-"
        )
        assert (answer.status, answer.json["code"]) == (401, "token")
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert TOKEN not in answer.text
    assert contents(plain) == []


def test_nobody_writes_where_nobody_may(server):
    for method, path in [("POST", "/update"), ("PUT", graph("g")), ("DELETE", graph("g")), ("POST", graph("g"))]:
        answer = server.request(method, path, triple("s") + " .", content_type=TURTLE)
        assert (answer.status, answer.json["code"]) == (403, "read-only")


def test_a_graph_is_put_read_added_to_and_dropped(plain):
    assert plain.request("PUT", graph("g"), triple("s") + " .", content_type=TURTLE).status == 201
    assert plain.request("PUT", graph("g"), triple("t") + " .", content_type=TURTLE).status == 204
    assert plain.request("POST", graph("g"), triple("u") + " .", content_type=TURTLE).status == 204
    assert contents(plain) == [
        ("http://a.example/g".removeprefix("http://a.example/"), each, "p", "1") for each in "tu"
    ]
    answer = plain.get(graph("g"), accept="application/n-triples")
    assert (answer.status, answer.content_type) == (200, "application/n-triples")
    assert answer.text.count("\n") == 2
    assert plain.request("HEAD", graph("g")).status == 200
    assert plain.request("DELETE", graph("g")).status == 204
    for method in ("GET", "HEAD", "DELETE"):
        assert plain.request(method, graph("g")).status == 404


def test_an_empty_graph_is_a_graph(plain):
    assert plain.request("PUT", graph("g"), "", content_type=TURTLE).status == 201
    assert (plain.get(graph("g")).status, plain.get(graph("g")).body) == (200, b"")


def test_the_default_graph_is_written_and_read(plain):
    assert plain.request("PUT", "/graphs?default", triple("s") + " .", content_type=TURTLE).status == 204
    assert contents(plain) == [("default", "s", "p", "1")]
    assert triple("s") in plain.get("/graphs?default").text
    assert plain.request("DELETE", "/graphs?default").status == 204
    assert contents(plain) == []


def test_an_address_names_the_graph_of_the_same_name(plain):
    assert plain.request("PUT", "/graphs/a/b", triple("s") + " .", content_type=TURTLE).status == 201
    assert [row[0] for row in contents(plain)] == [f"{plain.address}graphs/a/b"]
    assert triple("s") in plain.get("/graphs/a/b").text


def test_a_graph_without_a_name_gets_one(plain):
    answer = plain.request("POST", "/graphs", triple("s") + " .", content_type=TURTLE)
    assert answer.status == 201
    name = answer.headers["location"]
    assert [row[0] for row in contents(plain)] == [name]
    assert triple("s") in plain.get(name.removeprefix(plain.address.rstrip("/"))).text


def test_a_form_holds_several_graphs(plain):
    parts = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"; filename="{name}"\r\n'
        f"Content-Type: text/turtle\r\n\r\n{triple(name)} .\r\n"
        for name in ("s", "t")
    )
    answer = plain.request("POST", graph("g"), f"{parts}--x--\r\n", content_type="multipart/form-data; boundary=x")
    assert answer.status == 201
    assert [row[1] for row in contents(plain)] == ["s", "t"]


@pytest.mark.parametrize(
    ("path", "body", "content_type", "status", "code"),
    [
        ("/graphs?default&graph=http%3A%2F%2Fa.example%2F", "", TURTLE, 400, "several-graphs"),
        ("/graphs?graph=relative", "", TURTLE, 400, "graph-name"),
        ("/graphs", "", TURTLE, 400, "no-graph"),
        ("/graphs?default", "<a> <b>", TURTLE, 400, "graph-syntax"),
        ("/graphs?default", "", "text/html", 415, "media-type"),
        ("/graphs?default", "<http://a.example/> { }", "application/trig", 415, "media-type"),
    ],
)
def test_a_graph_that_cannot_be_taken_is_told_why(plain, path, body, content_type, status, code):  # noqa: PLR0917
    answer = plain.request("PUT", path, body, content_type=content_type)
    assert (answer.status, answer.json["code"]) == (status, code)


def test_blank_nodes_of_two_graphs_are_not_the_same(plain):
    for _ in range(2):
        plain.request("POST", graph("g"), "_:x <http://a.example/p> 1 .", content_type=TURTLE)
    assert len(contents(plain)) == 2


def test_what_was_written_is_there_after_a_restart(serving, token_file, tmp_path):
    arguments = (tmp_path / "store", "--dataset", "separate", "--writable", "--token-file", token_file)
    with serving(*arguments) as running:
        running.token = TOKEN
        assert update(running, f"INSERT DATA {{ {triple('s')} }}").status == 204
    with serving(tmp_path / "store", "--dataset", "separate") as running:
        assert contents(running) == [("default", "s", "p", "1")]


def test_writing_needs_both_options_and_a_token_that_cannot_be_guessed(run_program, five, tmp_path):
    for arguments in (["--writable"], ["--token-file", tmp_path / "token"]):
        done = run_program("serve", "--store", five, *arguments)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    (tmp_path / "token").write_text("short\n", encoding="utf-8")
    done = run_program("serve", "--store", five, "--writable", "--token-file", tmp_path / "token")
    assert (done.returncode, "16 letters" in done.stderr, "short" in done.stderr.split(": ", 2)[-1]) == (2, True, False)
