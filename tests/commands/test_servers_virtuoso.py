"""A store on Virtuoso: never a short or wrong answer, whatever its limits."""

from __future__ import annotations

import json
import shutil

import pytest

import faulty_proxy
import sparql_servers

pytestmark = pytest.mark.nightly
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
MOST_ROWS = 400


@pytest.fixture(scope="module")
def virtuoso(built, tmp_path_factory, runner):
    """Run commands on a Virtuoso that gives few rows at a time and holds what the store in the folder holds."""
    if shutil.which(sparql_servers.Virtuoso.program) is None:
        pytest.skip("virtuoso-t is missing")
    place = tmp_path_factory.mktemp("virtuoso")
    shutil.copytree(built / "documents", place / "documents")
    with sparql_servers.Virtuoso(tmp_path_factory.mktemp("server"), most_rows=MOST_ROWS) as server:
        run = runner(place, server)
        done = run("build", "documents")
        assert done.status == 0, done.err
        yield run


@pytest.mark.parametrize(
    "arguments",
    [
        ["export", "--canonical"],
        ["export", "--format", "trig"],
        ["facts", "--all", "--format", "json"],
        ["query", COUNT],
        ["query", "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"],
        ["query", "SELECT (COUNT(*) AS ?n) { GRAPH <https://w3id.org/ssrgraph/graph/links> { ?s ?p ?o } ?s a ?c }"],
        ["query", "SELECT ?c { ?c org:subOrganizationOf+ ?d } ORDER BY ?c ?d"],
        ["query", "ASK { ?s a ssr:Claim }"],
        ["query", "ASK { ?s a <urn:example:nothing> }"],
        ["query", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "--format", "ntriples"],
        ["check", "--format", "json"],
        ["explain", "organization:us", "a", "ssr:Donor", "--format", "json"],
        ["stats", "--rejected", "--format", "json"],
    ],
    ids=" ".join,
)
def test_a_command_answers_on_virtuoso_as_on_a_folder(virtuoso, run, arguments):
    there, here = virtuoso(*arguments), run(*arguments)
    assert (there.status, there.err) == (here.status, here.err)
    if "ntriples" in arguments:
        assert sorted(there.out.splitlines()) == sorted(here.out.splitlines())
    else:
        assert there.out == here.out


def test_an_answer_that_was_cut_short_is_refused(virtuoso):
    done = virtuoso("query", "SELECT * { ?s ?p ?o }")
    assert (done.status, done.out) == (2, "")
    assert done.err.endswith(
        f": gives at most {MOST_ROWS} rows of an answer; ask for fewer, or raise ResultSetMaxRows in its settings\n"
    )
    done = virtuoso("query", "SELECT * { ?s ?p ?o } LIMIT 300", "--format", "json")
    assert len(json.loads(done.out)["results"]["bindings"]) == 300


def test_documents_are_added_and_removed(virtuoso, own):
    for each in (virtuoso, own):
        (each.folder / "gamma.txt").write_text("More for Iraq\n\nNorway gave $2 million to Iraq in 2019.\n")
        assert each("add", "gamma.txt").err.startswith("1 document read, 2 unchanged; ")
    assert virtuoso("export", "--canonical").out == own("export", "--canonical").out
    assert virtuoso("query", COUNT).out == own("query", COUNT).out
    for each in (virtuoso, own):
        assert each("remove", "gamma").err.startswith("0 documents read, 2 unchanged, 1 removed; ")
    assert virtuoso("export", "--canonical").out == own("export", "--canonical").out
    assert virtuoso("query", COUNT).out == own("query", COUNT).out


def test_a_load_that_was_broken_off_is_taken_up(virtuoso, run):
    def killed(path, before):
        if path == "/sparql-graph-crud-auth" and before == 12:
            virtuoso.server.kill()
            return "drop"
        return None

    with faulty_proxy.Proxy(f"http://127.0.0.1:{virtuoso.server.port}") as proxy:
        proxy.fault = killed
        by_proxy = {
            "SSRGRAPH_UPDATE_URL": f"{proxy.address}/sparql-auth",
            "SSRGRAPH_GRAPHS_URL": f"{proxy.address}/sparql-graph-crud-auth",
        }
        assert virtuoso("build", "documents", "--force", **by_proxy).status == 2
    virtuoso.server.start()
    done = virtuoso("facts", "funding")
    assert (done.status, done.out) == (2, "")
    assert virtuoso("build", "documents").status == 0
    assert virtuoso("export", "--canonical").out == run("export", "--canonical").out
    assert virtuoso("query", COUNT).out == run("query", COUNT).out


def test_a_wrong_password_is_told(virtuoso):
    done = virtuoso("remove", "alpha", SSRGRAPH_PASSWORD="wrong")  # noqa: S106 -- nobody's
    assert (done.status, done.out) == (2, "")
    assert "does not accept the user and the password (401)" in done.err
    assert "alpha" in virtuoso("stats").out
