"""A store on a SPARQL server: the commands as on a folder, whatever the server does meanwhile."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess

import pytest

import faulty_proxy
import sparql_servers

DOCUMENT = "More for Iraq\n\nNorway gave $2 million to Iraq in 2019.\n"
RECORD = "https://w3id.org/ssrgraph/store#record"
HALF = f'INSERT DATA {{ GRAPH <{RECORD}> {{ <{RECORD}> <https://w3id.org/ssrgraph/store#publisher> "nobody" }} }}'
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture(scope="module")
def published(built, tmp_path_factory, runner):
    """Run commands on a server that holds what the store in the folder holds; they must not change it."""
    place = tmp_path_factory.mktemp("published")
    shutil.copytree(built / "documents", place / "documents")
    with sparql_servers.Oxigraph(tmp_path_factory.mktemp("server")) as server:
        run = runner(place, server)
        done = run("build", "documents")
        assert done.status == 0, done.err
        yield run


@pytest.fixture
def changing(published, tmp_path, runner):
    """Run commands on a copy of that server, from a folder with a copy of what was published; they may change it."""
    shutil.copytree(published.folder, tmp_path / "place", ignore=shutil.ignore_patterns("servers"))
    server = sparql_servers.Oxigraph(tmp_path / "server")
    server.take(published.server)
    with server:
        (tmp_path / "place" / "gamma.txt").write_text(DOCUMENT)
        yield runner(tmp_path / "place", server)


@pytest.fixture
def proxied(changing, runner):
    """Return the same by way of a proxy that fails as it is told to, and the proxy."""
    with faulty_proxy.Proxy(changing.server.address) as proxy:
        yield runner(changing.folder, proxy), proxy


@pytest.mark.parametrize(
    "arguments",
    [
        ["export", "--canonical"],
        ["export", "--format", "jsonld"],
        ["export", "--format", "turtle", "--graph", "document/*"],
        ["facts", "--all", "--format", "json"],
        ["query", COUNT],
        ["query", "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"],
        ["query", "SELECT (COUNT(*) AS ?n) { { GRAPH ?g { ?s ?p ?o } } UNION { OPTIONAL { GRAPH $g { ?s a ?o } } } }"],
        ["query", "CONSTRUCT { ?s a ?o } { ?s a ?o }", "--format", "ntriples"],
        ["query", "ASK { ?s a ssr:Claim }"],
        ["check", "--format", "json"],
        ["explain", "organization:us", "a", "ssr:Donor", "--format", "json"],
        ["stats", "--rejected", "--format", "json"],
    ],
    ids=" ".join,
)
def test_a_command_answers_on_a_server_as_on_a_folder(published, run, arguments):
    if "ntriples" in arguments:
        on_server, in_folder = (sorted(each(*arguments).out.splitlines()) for each in (published, run))
    else:
        on_server, in_folder = published(*arguments), run(*arguments)
    assert on_server == in_folder


def test_several_graphs_are_asked_as_their_merge(published, run):
    graphs = "FROM <https://w3id.org/ssrgraph/graph/entities> FROM <https://w3id.org/ssrgraph/graph/inferred>"
    query = f"SELECT (COUNT(*) AS ?n) {graphs} {{ ?s ?p ?o }}"
    assert published("query", query) == run("query", query)


def test_a_document_is_added_and_removed_from_a_machine_that_has_no_copy(changing, own):
    (own.folder / "gamma.txt").write_text(DOCUMENT)
    done = changing("add", "gamma.txt")
    assert (done.status, done.out) == (0, "")
    assert done.err.startswith("1 document read, 2 unchanged; ")
    assert own("add", "gamma.txt").status == 0
    assert changing("export", "--canonical").out == own("export", "--canonical").out
    assert changing("query", COUNT).out == own("query", COUNT).out
    done = changing("remove", "gamma", "alpha")
    assert done.err.startswith("0 documents read, 1 unchanged, 2 removed; ")
    assert own("remove", "gamma", "alpha").status == 0
    assert changing("export", "--canonical").out == own("export", "--canonical").out
    assert changing("query", COUNT).out == own("query", COUNT).out
    assert changing("check").status == 0


def test_a_small_change_is_one_request(proxied):
    run, proxy = proxied
    assert run("remove", "alpha").status == 0
    assert proxy.seen.count("/update") == 1


def test_the_same_build_again_changes_nothing(proxied):
    run, proxy = proxied
    assert run("build", "documents").err.startswith("Nothing changed: 2 documents")
    assert "/update" not in proxy.seen


def test_a_server_that_holds_other_data_is_left_alone(tmp_path, built, runner):
    shutil.copytree(built / "documents", tmp_path / "documents")
    with sparql_servers.Oxigraph(tmp_path / "server") as server:
        server.update("INSERT DATA { <urn:example:a> <urn:example:b> <urn:example:c> }")
        run = runner(tmp_path, server)
        done = run("facts", "funding")
        assert (done.status, done.out) == (2, "")
        assert (
            done.err == f"ssrgraph: {server.address}: holds no store; make it with `ssrgraph build --store ADDRESS`\n"
        )
        done = run("build", "documents")
        assert (done.status, done.out) == (2, "")
        assert "holds data that ssrgraph did not put there" in done.err
        assert run("build", "documents", "--force").status == 0
        assert run("query", "ASK { <urn:example:a> ?p ?o }").out == "false\n"


@pytest.mark.parametrize(
    ("killed", "moment"), [("server", 3), ("server", 5), ("server", 8), ("command", 4), ("both", 6)]
)
def test_a_load_that_was_broken_off_gives_no_answer_and_is_taken_up(changing, runner, run, killed, moment):
    """The server or the command is killed while a large change goes on, and started anew."""
    with faulty_proxy.Proxy(changing.server.address) as proxy:
        changing_by_proxy = runner(changing.folder, proxy)
        started = []

        def kill(path, before):
            if path != "/update" or before != moment:
                return None
            if killed != "server":
                started[0].kill()
            if killed != "command":
                changing.server.kill()
            return "drop"

        proxy.fault = kill
        build = ("build", "documents", "--force")
        started.append(changing_by_proxy.starting(*build, stderr=subprocess.PIPE, SSRGRAPH_LARGEST_UPDATE="20000"))
        err = started[0].communicate()[1].decode()
        if killed == "server":
            assert started[0].returncode == 2
            assert re.fullmatch(rf"ssrgraph: {proxy.address}: (has broken off|cannot be reached): [^\n]+\n", err)
        else:
            assert (started[0].returncode, err) == (-signal.SIGKILL, "")
        proxy.fault = lambda _path, _before: None
        if killed != "command":
            changing.server.start()
        for command in (["facts", "funding"], ["query", COUNT], ["export"], ["check"], ["stats"]):
            told = changing_by_proxy(*command)
            assert (told.status, told.out) == (2, "")
            assert "is being changed by" in told.err
        before = proxy.seen.count("/update")
        done = changing_by_proxy("build", "documents", SSRGRAPH_LARGEST_UPDATE="20000")
        assert done.status == 0, done.err
        assert proxy.seen.count("/update") > before
        for arguments in (["export", "--canonical"], ["query", COUNT], ["facts", "--all", "--format", "json"]):
            assert changing_by_proxy(*arguments) == run(*arguments)


def test_another_publisher_is_told_to_wait(changing):
    changing.server.update(HALF)
    for command in (["build", "documents"], ["remove", "alpha"]):
        done = changing(*command)
        assert done.status == 2
        assert "is being changed by nobody; wait" in done.err
    assert changing("build", "documents", "--force").status == 0
    assert changing("check").status == 0


def test_a_store_of_another_format_is_replaced_by_force(changing):
    changing.make_foreign()
    for command in (["facts", "funding"], ["build", "documents"], ["remove", "alpha"]):
        done = changing(*command)
        assert (done.status, done.out) == (2, "")
        assert f"{changing.server.address}: a store of format 0, but this version of ssrgraph reads" in done.err
    assert changing("build", "documents", "--force").status == 0
    assert changing("check").status == 0


def test_what_somebody_else_published_meanwhile_is_not_undone(proxied, changing):
    run, proxy = proxied
    assert run("remove", "alpha").status == 0
    proxy.seen.clear()

    def published(path, before):
        if path == "/query" and before == 1:  # The server's edition is known, and the change not yet published.
            assert changing("add", "gamma.txt").status == 0

    proxy.fault = published
    done = run("remove", "beta")
    assert (done.status, done.out) == (2, "")
    assert "was changed by somebody else at the same time; run it again" in done.err
    documents = changing("query", "SELECT ?d { ?d a ssr:Document } ORDER BY ?d", "--format", "csv").out.split()
    assert [each.rpartition("/")[2] for each in documents] == ["d", "beta", "gamma"]
    proxy.fault = lambda _path, _before: None
    assert run("remove", "beta").err.startswith("0 documents read, 1 unchanged, 1 removed; ")
    assert changing("check").status == 0


def test_what_others_changed_is_found_before_it_is_built_upon(changing):
    changing.server.update(
        "DELETE WHERE { GRAPH <https://w3id.org/ssrgraph/graph/evidence/alpha> { ?s <https://schema.org/text> ?o } }"
    )
    done = changing("check")
    assert done.status == 1
    done = changing("remove", "beta")
    assert done.status == 2
    assert "holds something else than was published in https://w3id.org/ssrgraph/graph/evidence/alpha" in done.err
    assert changing("build", "documents", "--force").status == 0
    assert changing("check").status == 0


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (401, "asks who you are (401); set SSRGRAPH_USER and SSRGRAPH_PASSWORD, or ~/.netrc"),
        (403, "does not allow this (403)"),
        (404, "has no such service at"),
        (503, "is not available (503); try again later"),
        (500, "refuses this (500): told to fail"),
        ("drop", "has broken off: "),
        ("hang", "has not answered within 1 seconds; SSRGRAPH_TIMEOUT sets how long to wait"),
    ],
)
@pytest.mark.parametrize("service", ["/query", "/update"])
def test_a_service_that_fails_is_told_in_a_line(proxied, service, fault, words):
    run, proxy = proxied
    before = run("export", "--canonical").out
    proxy.fault = lambda path, _before: fault if path == service else None
    done = run("remove", "alpha", SSRGRAPH_TIMEOUT="1")
    assert (done.status, done.out) == (2, "")
    assert re.fullmatch(rf"ssrgraph: {proxy.address}: [^\n]+\n", done.err)
    assert words in done.err
    proxy.fault = lambda _path, _before: None
    assert run("export", "--canonical").out == before
    assert run("remove", "beta").err.startswith("0 documents read, 1 unchanged, 1 removed; ")


def test_a_failure_that_passes_is_not_noticed(proxied, run):
    through, proxy = proxied
    proxy.fault = lambda path, before: (503, "drop", 502)[before % 4] if path == "/query" and before % 4 < 3 else None
    assert through("facts", "funding") == run("facts", "funding")


def test_an_update_is_sent_again_only_if_it_was_not_begun(proxied):
    run, proxy = proxied
    proxy.fault = lambda path, before: (503, 503, None, "late")[before] if path == "/update" else None
    assert run("remove", "alpha").status == 0
    assert proxy.seen.count("/update") == 3
    done = run("build", "documents")
    assert (done.status, "has broken off" in done.err) == (2, True)
    assert proxy.seen.count("/update") == 4
    assert run("build", "documents").err.startswith("Nothing changed: 2 documents")
    assert proxy.seen.count("/update") == 4


@pytest.mark.parametrize("moment", [1, 2])
def test_an_answer_is_not_given_if_the_store_was_changed_meanwhile(proxied, changing, moment):
    run, proxy = proxied

    def changed(path, before):
        if path == "/query" and before == moment:
            changing.server.update(HALF)

    proxy.fault = changed
    done = run("query", COUNT)
    assert (done.status, done.out) == (2, "")
    assert "was changed while it was read; ask again" in done.err


def test_an_answer_is_not_given_if_the_store_was_changed_to_and_fro_meanwhile(proxied, changing):
    run, proxy = proxied

    def changed(path, before):
        if path == "/query" and before == 1:
            assert (changing("add", "gamma.txt").status, changing("remove", "gamma").status) == (0, 0)

    proxy.fault = changed
    done = run("query", COUNT)
    assert (done.status, done.out) == (2, "")
    assert "was changed while it was read; ask again" in done.err


def test_user_and_password_come_from_the_environment_and_from_netrc(proxied):
    run, proxy = proxied
    run("query", COUNT, SSRGRAPH_USER="ann", SSRGRAPH_PASSWORD="secret")  # noqa: S106 -- nobody's
    assert proxy.headers["Authorization"] == "Basic YW5uOnNlY3JldA=="
    (run.folder / "netrc").write_text("machine 127.0.0.1 login bob password hidden\n")
    (run.folder / "netrc").chmod(0o600)
    run("query", COUNT, NETRC=str(run.folder / "netrc"))
    assert proxy.headers["Authorization"] == "Basic Ym9iOmhpZGRlbg=="
    run("query", COUNT, SSRGRAPH_TOKEN="token")  # noqa: S106 -- nobody's
    assert proxy.headers["Authorization"] == "Bearer token"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://127.0.0.1:9", "http://127.0.0.1:9: cannot be reached: Connection refused"),
        ("http://ann:secret@127.0.0.1:9/x", "http://127.0.0.1:9/x: a password does not belong in an address"),
        ("http://127.0.0.1:port", "http://127.0.0.1:port: is no address of a server"),
        ("https://", "https://: is no address of a server"),
        ("http://127.0.0.1:9/?query=x", "is no address of a server"),
    ],
)
def test_an_address_that_cannot_be_used_is_told_in_a_line(run, address, words):
    done = run("stats", "--store", address)
    assert (done.status, done.out) == (2, "")
    assert words in done.err
    assert "secret" not in done.err
