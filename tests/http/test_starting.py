from __future__ import annotations

import json
import shutil


def test_up_builds_then_serves_until_it_is_told_to_stop(five, serving, root, tmp_path):
    shutil.copytree(five, tmp_path / "store")
    with serving(tmp_path / "store", root / "data" / "documents", "--no-browser", command="up") as running:
        assert running.lines[0].startswith("Nothing changed: 5 documents")
        assert running.query("ASK { ?s ?p ?o }").json["boolean"] is True
        assert running.stop() == 0


def test_a_store_that_is_missing_is_told_in_a_line(run_program, tmp_path):
    done = run_program("serve", "--store", tmp_path / "none", "--port", "0")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"ssrgraph: {tmp_path / 'none'}: no such store; make it with `ssrgraph build`\n"


def test_a_port_that_is_taken_is_told_in_a_line(server, five, run_program):
    done = run_program("serve", "--store", five, "--port", server.port)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"ssrgraph: 127.0.0.1:{server.port}: cannot listen there; choose another --port\n"


def test_a_build_that_is_published_is_taken_up_without_a_restart(five, serving, run_program, tmp_path):
    store = tmp_path / "store"
    shutil.copytree(five, store)
    count = "SELECT (COUNT(DISTINCT ?d) AS ?n) { ?d a <https://w3id.org/ssrgraph/ontology#Document> }"
    with serving(store) as running:
        assert running.query(count).rows == [{"n": "5"}]
        before = running.get("/health").json["store"]
        document = json.loads(run_program("stats", "--format", "json", "--store", store).stdout)["documents"][0]
        done = run_program("remove", document, "--store", store)
        assert done.returncode == 0, done.stderr
        assert running.query(count).rows == [{"n": "4"}]
        assert running.get("/health").json["store"] != before
