"""Serving a store that is on Virtuoso: from a copy, and by asking it, whatever it does otherwise than the standard.

python3 -m pytest -m nightly tests/http/test_store_on_virtuoso.py
"""

from __future__ import annotations

import shutil

import pytest

import sparql_servers
from places import COUNT, DOCUMENTS, HALF, PATHS, WHOLE, Place, comes_true, insert, told, update

pytestmark = pytest.mark.nightly
MOST_ROWS = 400
FEW = 'SELECT ?s ?c { ?s a ?c FILTER STRSTARTS(STR(?s), "https://w3id.org/ssrgraph/claim/") }'
PATHWAYS = """
SELECT ?s ?c {
    ?s a/<http://www.w3.org/2000/01/rdf-schema#subClassOf>* ?c
    FILTER STRSTARTS(STR(?s), "https://w3id.org/ssrgraph/claim/")
    FILTER STRSTARTS(STR(?c), "https://w3id.org/ssrgraph/ontology#")
}
"""
"""Virtuoso is not trusted with property paths; this is answered from a copy of the graphs."""


@pytest.fixture
def place(tmp_path):
    """A place with a Virtuoso that gives few rows at a time, and with the same store in the folder `build/store`."""
    if shutil.which(sparql_servers.Virtuoso.program) is None:
        pytest.skip("virtuoso-t is missing")
    with sparql_servers.Virtuoso(tmp_path / "server", most_rows=MOST_ROWS) as server:
        place = Place(tmp_path / "place", server)
        for store in (None, "build/store"):
            done = place.run("build", "documents", store=store)
            assert done.returncode == 0, done.stderr
        yield place


def test_virtuoso_is_copied_written_to_and_followed(place):
    with place.serving() as there, place.serving(store="build/store") as here:
        for path in PATHS:
            one, other = (each.get(path, accept="application/json") for each in (there, here))
            assert (one.status, one.content_type) == (other.status, other.content_type)
            if "funding" in path or "sparql" in path or "explain" in path or "dump" in path:
                assert one.body == other.body, path
        everything = there.query("SELECT * { ?s ?p ?o }").rows  # More than the server would give at a time.
        assert [{"n": str(len(everything))}] == there.query(COUNT).rows
    with place.writing(SSRGRAPH_PASSWORD="no") as running:  # noqa: S106 -- nobody's
        before = running.query(COUNT).rows
        answer = insert(running, 1)
        assert (answer.status, "does not accept the user" in answer.json["detail"]) == (503, True)
        assert running.query(f"{COUNT} # anew").rows == before
    with place.writing() as running:
        assert insert(running, 1).status == 204
        assert place.run("query", COUNT).stdout.split()[-1] == running.query(COUNT).rows[0]["n"]
        answer = update(running, "INSERT DATA { GRAPH <http://b.example/g> { <http://a.example/2> a 1 } }")
        assert (answer.status, "begin with" in answer.json["detail"]) == (503, True)
        answer = update(running, f"INSERT DATA {{ <http://a.example/2> <http://a.example/p> {10**30} }}")
        assert (answer.status, "look whether" in answer.json["detail"]) == (503, True)
        assert comes_true(lambda: place.run("query", COUNT).returncode == 0)
        assert place.run("query", COUNT).stdout.split()[-1] == running.query(f"{COUNT} # anew").rows[0]["n"]
        assert place.run("add", "gamma.txt").returncode == 0
        assert comes_true(lambda: running.query(DOCUMENTS).rows == [{"n": "3"}])
        place.server.kill()
        assert comes_true(lambda: "cannot be reached" in running.get("/health").json["source"]["problem"])
        assert insert(running, 4).status == 503
        place.server.start()
        assert comes_true(lambda: running.get("/health").json["source"]["followed"])
        assert insert(running, 4).status == 204
        assert place.run("query", COUNT).stdout.split()[-1] == running.query(COUNT).rows[0]["n"]


def test_without_a_copy_virtuoso_is_asked(place):
    with place.serving("--no-copy") as there, place.serving(store="build/store") as here:
        for path in PATHS:
            for accept in ("text/html", "application/json", "text/turtle"):
                one, other = (each.get(path, accept=accept) for each in (there, here))
                assert (one.status, one.content_type) == (other.status, other.content_type), path
                assert told(one, there) == told(other, here), path
        answer = update(there, "CLEAR ALL")
        assert answer.status == 403
        # More than it gives at a time is refused, and what it gives is whole.
        refused = there.query("SELECT * { ?s ?p ?o }")
        assert (refused.status, refused.json["code"]) == (503, "result-limit")
        assert f"gives at most {MOST_ROWS} rows of an answer" in refused.json["detail"]
        for query in (FEW, PATHWAYS):
            one, other = (sorted(map(str, each.query(query).rows)) for each in (there, here))
            assert one == other != []


def test_without_a_copy_a_change_of_virtuoso_is_waited_for(place):
    with place.serving("--no-copy") as running:
        before = running.query(COUNT).rows
        place.server.update(HALF)
        assert comes_true(lambda: "is being changed by nobody" in running.get("/health").json["source"]["problem"])
        assert running.query(f"{COUNT} # anew").json["code"] == "store"
        assert running.get("/queries/funding").status == 503
        place.server.update(WHOLE)
        assert comes_true(lambda: running.get("/health").json["source"]["followed"])
        assert running.query(f"{COUNT} # again").rows == before
        assert place.run("add", "gamma.txt").returncode == 0
        assert comes_true(lambda: b'"3"' in running.query(DOCUMENTS).body)
        after = running.query(COUNT).rows
        assert [{"n": place.run("query", COUNT).stdout.split()[-1]}] == after != before
        assert "Norway" in running.get("/queries/funding", accept="application/json").text
        place.server.kill()
        assert comes_true(lambda: "cannot be reached" in running.get("/health").json["source"]["problem"])
        assert running.query(f"{COUNT} # gone").json["code"] == "store"
        place.server.start()
        assert comes_true(lambda: running.get("/health").json["source"]["followed"])
        assert running.query(f"{COUNT} # back").rows == after
