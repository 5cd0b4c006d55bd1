from __future__ import annotations

import csv
import json

from pyoxigraph import RdfFormat, parse

COUNT = "SELECT (COUNT(*) AS ?n) { ?document a ssr:Document }"


def test_a_query_text_is_answered_as_a_table(run):
    done = run("query", COUNT)
    assert (done.status, done.out, done.err) == (0, "n\n-\n2\n", "")


def test_a_query_is_read_from_standard_input_and_from_a_file(run, tmp_path):
    (tmp_path / "count.rq").write_text(COUNT)
    assert run("query", "-", "--format", "csv", stdin=COUNT.encode()).out == "n\r\n2\r\n"
    assert run("query", tmp_path / "count.rq", "--format", "csv").out == "n\r\n2\r\n"


def test_a_variable_can_be_set(run):
    query = "SELECT ?title { ?document dct:identifier ?id ; dct:title ?title }"
    assert run("query", query, "--set", "id=beta", "--format", "tsv").out == '?title\n"Training in Ukraine"\n'


def test_ask_is_answered_in_a_word(run):
    assert run("query", "ASK { ?s ?p ?o }").out == "true\n"


def test_a_graph_is_answered_as_turtle(run):
    done = run("query", "CONSTRUCT { ?s dct:identifier ?id } { ?s a ssr:Document ; dct:identifier ?id }")
    assert '<https://w3id.org/ssrgraph/document/alpha> dct:identifier "alpha"' in done.out
    assert len(list(parse(done.out, format=RdfFormat.TURTLE))) == 2


def test_output_has_no_colour(run):
    for arguments in (["stats"], ["query", COUNT], ["queries"], ["--help"]):
        assert "\x1b" not in run(*arguments, FORCE_COLOR="1", CLICOLOR_FORCE="1").out


def test_every_fact_table_is_written_with_its_columns(run, tmp_path):
    done = run("facts", "--all", "--format", "csv", "--out", tmp_path / "facts")
    assert done.status == 0, done.err
    expected = {
        "funding": "document funder recipient programme amount currency bound modality status from to purpose quote",
        "personnel": "document measure group agent organization value value_min value_max bound per status from to "
        "place quote",
        "equipment": "document provider recipient item value bound programme status from to quote",
        "results": "document measure value bound agent place from to quote",
        "missions": "document mission abbreviation lead host start end commander requested_by mandate predecessor "
        "quote",
        "agreements": "document agreement kind parties date quote",
        "roles": "document person title role organization quote",
        "events": "document event date place organizer participants quote",
        "organizations": "document organization abbreviation kind parent quote",
        "memberships": "document organization member quote",
    }
    found = {}
    for path in (tmp_path / "facts").iterdir():
        with path.open(newline="", encoding="utf-8") as file:
            found[path.stem] = " ".join(next(csv.reader(file)))
    assert found == expected


def test_a_fact_table_gives_the_claim_with_its_words(run):
    (record,) = json.loads(run("facts", "funding", "--format", "json").out)
    assert record["document"] == "alpha"
    assert (record["recipient"], record["amount"], record["currency"]) == ("Iraq", 5000000, "USD")
    assert "$5 million" in record["quote"]
    assert (
        run("facts", "funding", "--format", "csv")
        .out.splitlines()[1]
        .startswith("alpha,United States,Iraq,,5000000,USD")
    )


def test_all_tables_as_json_are_one_object(run):
    tables = json.loads(run("facts", "--all", "--format", "json").out)
    assert len(tables) == 10
    assert tables["funding"][0]["amount"] == 5000000


def test_the_saved_queries_are_listed_and_shown(run):
    rows = json.loads(run("queries", "--format", "json").out)
    names = {row["name"] for row in rows}
    assert {"funding", "personnel", "period-reversed"} <= names
    assert run("queries").out.count("\n") == len(rows) + 2
    assert "SELECT" in run("queries", "funding").out


def test_the_graph_is_exported_to_a_file(run, tmp_path):
    done = run("export", "--graph", "document/alpha", "--out", tmp_path / "alpha.ttl")
    assert (done.status, done.out, done.err) == (0, "", "")
    triples = list(parse(path=tmp_path / "alpha.ttl"))
    assert len(triples) > 5


def test_json_ld_can_be_read_without_the_network(run):
    done = run("export", "--format", "jsonld", "--graph", "document/alpha")
    document = json.loads(done.out)
    first = document["@graph"][0]["@graph"][0]
    assert first["type"] == "FundingClaim"
    assert len(list(parse(done.out, format=RdfFormat.JSON_LD))) == len(
        list(parse(run("export", "--format", "nquads", "--graph", "document/alpha").out, format=RdfFormat.N_QUADS))
    )


def test_the_statistics_count_what_is_there(run):
    figures = json.loads(run("stats", "--format", "json").out)
    assert figures["documents"] == ["alpha", "beta"]
    (count,) = json.loads(run("query", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "--format", "json").out)["results"][
        "bindings"
    ]
    assert figures["triples"] == int(count["n"]["value"])
    ratio = figures["triples in evidence"] / figures["triples in documents"]
    assert figures["evidence triples per asserted triple"] == round(ratio, 2)


def test_rejected_candidates_are_listed_with_their_reasons(run):
    found = json.loads(run("stats", "--rejected", "--format", "json").out)
    assert [item["document"] for item in found] == ["alpha", "beta"]
    assert run("stats", "--rejected").out.splitlines()[0].split() == ["table", "reason", "candidates"]


def test_a_sound_store_passes_its_check(run):
    done = run("check")
    assert (done.status, done.out) == (0, "")
    assert done.err.startswith("0 violations, ")
    assert json.loads(run("check", "--format", "json").out)["conforms"] is True
    report = run("check", "--format", "turtle").out
    assert "sh:ValidationReport" in report
    assert "sh:conforms true" in report


def test_a_store_that_lies_fails_its_check(own):
    # A text that was taken away behind the store's back no longer has its quotes where they were.
    held = parse(own("export", "--graph", "evidence/alpha", "--format", "nquads").out, format=RdfFormat.N_QUADS)
    (text,) = [quad for quad in held if quad.predicate.value == "https://schema.org/text"]
    own.change_behind(text.graph_name, removed=[text.triple])
    done = own("check")
    assert done.status == 1
    assert "violation" in done.out
    assert json.loads(own("check", "--format", "json").out)["conforms"] is False
    assert "sh:Violation" in own("check", "--format", "turtle").out


def test_the_evaluation_scores_documents_read_afresh_and_the_store(run, tmp_path):
    gold = {"document": "alpha", "tables": {}}
    (tmp_path / "alpha.json").write_text(json.dumps(gold))
    for more in ([], ["--documents", "documents"]):
        done = run("evaluate", "--gold", tmp_path, *more)
        assert done.status == 0, done.err
        assert done.out.splitlines()[0].split()[:3] == ["scope", "gold", "system"]
        records = json.loads(run("evaluate", "--gold", tmp_path, "--format", "json", *more).out)
        assert {record["scope"] for record in records} >= {"funding", "core", "all"}


def test_an_export_that_finds_no_room_to_sort_names_the_temporary_folder(runner, built, tmp_path):
    done = runner(built).shell(f"ulimit -f 1; TMPDIR={tmp_path} ssrgraph export --format turtle")
    assert (done.status, done.out) == (2, "")
    assert done.err == f"ssrgraph: {tmp_path}: cannot be written: File too large\n"
    assert list(tmp_path.iterdir()) == []
