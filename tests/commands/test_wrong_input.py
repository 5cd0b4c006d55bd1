"""Whatever is wrong with the input: one clear line on standard error, exit status 2, and the store as it was."""

from __future__ import annotations

import json
import re

import pytest

BROKEN = {
    "empty.txt": b"",
    "blank.txt": b" \n\n",
    "binary.txt": b"PK\x03\x04\x00\x00",
    "latin.txt": "Opération française".encode("latin-1"),
    "broken.rq": b"SELECT ?x WHERE {\n ?x ?p }",
    "latin.rq": b"ASK { ?s ?p '\xe9' }",
    "broken.ttl": b"<urn:a> <urn:b> .\n",
    "broken.rdf": b"<rdf:RDF>",
    "notes.doc": b"text",
    "gold/a.json": b"{",
}

# Arguments, and what the line must say.
CASES = [
    (["build", "nowhere"], "nowhere: there is no such file or folder"),
    (["build", "hollow"], "hollow: the folder holds no .txt file"),
    (["build", "wrong/empty.txt"], "wrong/empty.txt: is empty"),
    (["build", "wrong/blank.txt"], "wrong/blank.txt: is empty"),
    (["build", "wrong/binary.txt"], "wrong/binary.txt: is binary; convert it to plain text in UTF-8 first"),
    (["build", "wrong/latin.txt"], "wrong/latin.txt: is not UTF-8"),
    (["build", "documents", "other/alpha.txt"], "has the same document id as"),
    (["build", "documents", "--store", "documents"], "documents: holds other files; choose a new or an empty folder"),
    (["build", "documents", "--store", "documents/alpha.txt"], "documents/alpha.txt: is a file"),
    (["build", "documents", "--store", "documents/alpha.txt/store"], "cannot be written: Not a directory"),
    (["build", "documents", "--store", "/proc/store"], "/proc/store: cannot be written"),
    (
        ["build", "documents", "--store", "http://127.0.0.1:9"],
        "http://127.0.0.1:9: cannot be reached: Connection refused",
    ),
    (["build", "documents", "--base-iri", "nonsense"], "nonsense: cannot be the base of IRIs"),
    (["build", "documents", "--reasoner", "magic"], "'magic' is not one of 'native', 'owlrl', 'none'"),
    (["build", "documents", "--jobs", "0"], "0 is not in the range x>=1"),
    (["build", "documents", "--model", "nobody"], "nobody: this spaCy pipeline cannot be loaded"),
    (["build", "documents", "--engine", "spark", "--out", "there"], "--engine spark needs --master URL"),
    (["build", "documents", "--engine", "spark", "--master", "local"], "--engine spark needs --out FOLDER"),
    (["build", "documents", "--master", "local"], "--master is for --engine spark"),
    (["build", "documents", "--conf", "a=b"], "--conf is for --engine spark"),
    (["build", "documents", "--reasoner", "spark"], "--reasoner spark is for --engine spark"),
    (["reason", "wrong/broken.ttl", "--engine", "spark"], "--engine spark needs --master URL"),
    (["reason", "wrong/broken.ttl", "--engine", "spark", "--master", "local"], "--engine spark needs --out FOLDER"),
    (["reason", "wrong/broken.ttl", "--engine", "spark", "--complete"], "--complete is for --engine native"),
    (["reason", "wrong/broken.ttl", "--master", "local"], "--master is for --engine spark"),
    (["build", "documents", "--store", "stranger"], "stranger: a store of format 99"),
    (["add", "nowhere.txt"], "nowhere.txt: there is no such file or folder"),
    (["add"], "Missing argument 'FILE...'"),
    (["add", "documents/alpha.txt", "--store", "nowhere"], "nowhere: no such store; make it with `ssrgraph build`"),
    (["remove", "nobody"], "holds no document nobody"),
    (["facts"], "the tables are funding, personnel"),
    (["facts", "weather"], "weather: no such table; there are funding"),
    (["facts", "--all", "--format", "csv"], "--all with --format csv needs --out DIR"),
    (["facts", "--all", "--out", "tables"], "--out needs --format csv or --format json"),
    (["facts", "funding", "--store", "nowhere"], "nowhere: no such store"),
    (["facts", "funding", "--store", "hollow"], "hollow: not a finished store"),
    (["facts", "funding", "--store", "stranger"], "make it again with `ssrgraph build --force`"),
    (["facts", "funding", "--store", "damaged"], "damaged: damaged; make it again"),
    (["query", "nobody"], "nobody: no saved query has this name"),
    (["query", "nobody.rq"], "nobody.rq: no such file"),
    (["query", "wrong/broken.rq"], "wrong/broken.rq: line 2, column 9: expected"),
    (["query", "wrong/latin.rq"], "wrong/latin.rq: not a text in UTF-8"),
    (["query", "SELECT * { ?s ?p }"], "line 1, column 19: expected"),
    (["query", "SELECT * { ?s no:body ?o }"], "line 1, column"),
    (["query", "ASK { ?s ?p ?o }", "--set", "x"], "--set needs VARIABLE=VALUE, not x"),
    (["query", "ASK { ?s ?p ?o }", "--set", "x=1"], "x: the query has no parameter or variable of this name"),
    (["query", "ASK { ?s ?p ?o }", "--format", "turtle"], "this query yields rows; choose table, json"),
    (["query", "CONSTRUCT WHERE { ?s ?p ?o }", "--format", "csv"], "this query yields a graph; choose turtle"),
    (["query", "-"], "standard input is empty"),
    (["query", "ASK {}", "--format", "yaml"], "'yaml' is not one of"),
    (["queries", "nobody"], "nobody: no saved query has this name"),
    (["export", "--graph", "nobody"], "nobody: the store has no such graph; it has document/alpha"),
    (["export", "--format", "yaml"], "'yaml' is not one of"),
    (["export", "--format", "csv"], "csv needs --out DIR"),
    (["export", "--canonical", "--format", "turtle"], "--canonical writes N-Quads, not turtle"),
    (["export", "--out", "nowhere/graph.ttl"], "nowhere/graph.ttl: cannot be written: there is no folder nowhere"),
    (["export", "--out", "documents"], "documents: cannot be written: it is a folder"),
    (["export", "--out", "documents/alpha.txt/graph.ttl"], "cannot be written: Not a directory"),
    (["export", "--out", "/dev/full"], "/dev/full: cannot be written: No space left on device"),
    (["export", "--store", "nowhere"], "nowhere: no such store"),
    (["check", "--store", "nowhere"], "nowhere: no such store"),
    (["stats", "--store", "nowhere"], "nowhere: no such store"),
    (["reason"], "Missing argument 'FILE...'"),
    (["reason", "nowhere.ttl"], "nowhere.ttl: no such file"),
    (["reason", "wrong/broken.ttl"], "wrong/broken.ttl: Parser error at line 1"),
    (["reason", "wrong/broken.rdf"], "wrong/broken.rdf: "),
    (["reason", "wrong/notes.doc"], "wrong/notes.doc: the ending tells no RDF format"),
    (["reason", "documents"], "documents: cannot be read: Is a directory"),
    (["reason", "wrong/broken.ttl", "--engine", "magic"], "'magic' is not one of"),
    (["evaluate"], "Missing option '--gold'"),
    (["evaluate", "--gold", "nowhere"], "nowhere: "),
    (["evaluate", "--gold", "wrong/gold"], "wrong/gold/a.json: "),
    (["dance"], "No such command 'dance' (see `ssrgraph --help`)"),
    (["build", "--colour"], "No such option"),
]


@pytest.fixture(scope="module")
def place(run):
    folder = run.folder
    (folder / "hollow").mkdir()
    (folder / "wrong" / "gold").mkdir(parents=True)
    for name, content in BROKEN.items():
        (folder / "wrong" / name).write_bytes(content)
    (folder / "other").mkdir()
    (folder / "other" / "alpha.txt").write_text("Another text")
    for name, info in [("stranger", {"format": 99}), ("damaged", {"format": 1})]:
        (folder / name / "generation-000001").mkdir(parents=True)
        (folder / name / "CURRENT").write_text("generation-000001\n")
        (folder / name / "generation-000001" / "store.json").write_text(json.dumps(info))
    return run


def snapshot(folder) -> dict[str, bytes]:
    store = folder / "build" / "store"
    return {
        str(path): path.read_bytes()
        for path in store.rglob("*")
        if path.is_file() and path.name not in {"LOCK", "ssrgraph.lock"}
    }


@pytest.mark.parametrize(("arguments", "message"), CASES, ids=[" ".join(arguments) for arguments, _ in CASES])
def test_one_clear_line_and_exit_status_2(place, arguments, message):
    before = snapshot(place.folder)
    done = place(*arguments)
    assert message in done.err
    assert re.fullmatch(r"ssrgraph: [^\n]+\n", done.err)
    assert (done.status, done.out) == (2, "")
    assert "Traceback" not in done.err
    assert snapshot(place.folder) == before


@pytest.mark.parametrize("redirection", [">&-", "> /dev/full"])
@pytest.mark.parametrize("command", ["stats", "export", "query 'SELECT * { ?s ?p ?o }'", "queries --format json"])
def test_a_standard_output_that_takes_nothing_is_told(run, command, redirection):
    done = run.shell(f"ssrgraph {command} {redirection}")
    assert done.status == 2
    assert re.fullmatch(r"ssrgraph: [^\n]*(closed|No space left on device)[^\n]*\n", done.err)


@pytest.mark.parametrize("command", ["stats", "export --format nquads", "query 'SELECT * { ?s ?p ?o }'", "--help"])
def test_a_pipe_that_nobody_reads_is_told(run, command):
    # The reader is gone before the first byte is written.
    done = run.shell(f"(sleep 0.3; ssrgraph {command}; echo $? >&2) | true")
    assert done.err == "ssrgraph: standard output: cannot be written: its reader has closed it\n2\n"


def test_an_unexpected_error_is_one_line_too(own):
    failing = (
        "import ssrgraph.store.opening as opening\n"
        "def fail(_): raise ZeroDivisionError('by nought')\n"
        "opening.is_server = fail\n"
    )
    done = own.starting_with(failing, "stats")
    assert done.status == 70
    assert done.err == (
        "ssrgraph: unexpected error, please report it: ZeroDivisionError: by nought "
        "(set SSRGRAPH_TRACEBACK=1 to see where)\n"
    )
    assert "Traceback" in own.starting_with(failing, "stats", SSRGRAPH_TRACEBACK="1").err
