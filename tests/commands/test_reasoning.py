from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

EX = "http://example.org/"
SCHEMA = """
@prefix : <http://example.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:Army rdfs:subClassOf :Force .
:Force owl:disjointWith :Person .
"""
DATA = f"<{EX}x> a <{EX}Army> .\n"
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def typed(name: str, kind: str) -> Triple:
    return Triple(NamedNode(EX + name), TYPE, NamedNode(EX + kind))


@pytest.fixture
def files(tmp_path):
    (tmp_path / "schema.ttl").write_text(SCHEMA)
    (tmp_path / "data.ttl").write_text(DATA)
    return [tmp_path / "schema.ttl", tmp_path / "data.ttl"]


def triples(text: str) -> set[Triple]:
    return {quad.triple for quad in parse(text, format=RdfFormat.TURTLE)}


def test_what_follows_from_several_files_is_printed_with_them(run, files):
    done = run("reason", *files)
    assert (done.status, done.err) == (0, "")
    assert {typed("x", "Army"), typed("x", "Force")} <= triples(done.out)


def test_only_what_follows_is_printed_on_request(run, files):
    found = triples(run("reason", *files, "--only-inferred").out)
    assert typed("x", "Force") in found
    assert typed("x", "Army") not in found


def test_what_holds_of_everything_is_left_out_unless_asked_for(run, files):
    same = Triple(NamedNode(f"{EX}x"), NamedNode("http://www.w3.org/2002/07/owl#sameAs"), NamedNode(f"{EX}x"))
    assert same not in triples(run("reason", *files).out)
    assert same in triples(run("reason", *files, "--complete").out)


def test_the_result_is_in_the_format_of_the_file_it_goes_to(run, files, tmp_path):
    for ending in ("nt", "rdf", "jsonld", "trig"):
        done = run("reason", *files, "--only-inferred", "--out", tmp_path / f"out.{ending}")
        assert (done.status, done.out) == (0, "")
        assert typed("x", "Force") in {quad.triple for quad in parse(path=tmp_path / f"out.{ending}")}


def test_turtle_is_read_from_standard_input(run, files):
    done = run("reason", files[0], "-", "--only-inferred", stdin=DATA.encode())
    assert typed("x", "Force") in triples(done.out)


def test_blank_nodes_of_two_files_stay_apart(run, tmp_path):
    for name in "ab":
        (tmp_path / f"{name}.nt").write_text(f'_:x <{EX}p> "{name}" .\n')
    found = triples(run("reason", tmp_path / "a.nt", tmp_path / "b.nt").out)
    assert len({triple.subject for triple in found if triple.predicate.value == f"{EX}p"}) == 2


def test_a_contradiction_gives_exit_status_3_and_its_reason(run, files, tmp_path):
    (tmp_path / "more.ttl").write_text(f"<{EX}x> a <{EX}Person> .\n")
    done = run("reason", *files, tmp_path / "more.ttl")
    assert done.status == 3
    assert done.err.startswith("inconsistent: ")
    assert f"{EX}x" in done.err
    assert typed("x", "Force") in triples(done.out)


CELL = f"<{EX}l> <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> <{EX}A> ."
REST = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#rest>"
UNION = f"<{EX}C> <http://www.w3.org/2002/07/owl#unionOf> <{EX}l> ."
WRONG = {
    "a list with a gap": (f"{UNION} {CELL}", (), f"the list of <http://www.w3.org/2002/07/owl#unionOf> of <{EX}C>"),
    "a list in a circle": (f"{UNION} {CELL} <{EX}l> {REST} <{EX}l> .", (), f"begins at <{EX}l>, has a gap or never"),
    "a list that is none": (UNION, (), "each node of a list needs one rdf:first and one rdf:rest"),
    "a literal as subject": (f'{DATA} "x" a <{EX}Army> .', (), "Parser error"),
    "an explosion": (
        f"<{EX}p> a <http://www.w3.org/2002/07/owl#TransitiveProperty> .\n"
        + "".join(f"<{EX}{n}> <{EX}p> <{EX}{n + 1}> .\n" for n in range(800)),
        ("--memory-limit", "1"),
        "more than the memory limit of 1 MB",
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("former", [None, "what stood there"])
def test_wrong_input_ends_with_a_clear_word_and_nothing_is_half_written(run, tmp_path, former, wrong):
    content, options, words = WRONG[wrong]
    (tmp_path / "wrong.ttl").write_text(content)
    out = tmp_path / "out" / "closure.nt"
    out.parent.mkdir()
    if former is not None:
        out.write_text(former)
    done = run("reason", tmp_path / "wrong.ttl", *options, "--out", out)
    assert (done.status, done.out) == (2, "")
    assert words in done.err
    assert done.err.count("\n") == 1
    assert [path.read_text() for path in out.parent.iterdir()] == ([] if former is None else [former])


def test_a_large_file_is_read_as_a_small_one_is(run, tmp_path):
    lines = [f"<{EX}s{number}> <{EX}p> <{EX}o{number % 10}> .\n" for number in range(60_000)]
    schema, large, out = tmp_path / "schema.nt", tmp_path / "large.nt", tmp_path / "out.nt"
    schema.write_text(f"<{EX}p> <http://www.w3.org/2000/01/rdf-schema#range> <{EX}O> .\n", encoding="utf-8")
    large.write_text("".join(lines), encoding="utf-8")
    assert large.stat().st_size > 4 << 20
    done = run("reason", schema, large, "--only-inferred", "--out", out)
    assert (done.status, done.out, done.err) == (0, "", "")
    found = {quad.triple for quad in parse(path=out)}
    assert {typed(f"o{number}", "O") for number in range(10)} <= found
    large.write_text("".join([*lines, "nonsense\n"]), encoding="utf-8")
    done = run("reason", schema, large, "--out", tmp_path / "none.nt")
    assert (done.status, done.err.count("\n"), (tmp_path / "none.nt").exists()) == (2, 1, False)
    assert done.err.startswith(f"ssrgraph: {large}: ")
    assert "line 60001" in done.err
