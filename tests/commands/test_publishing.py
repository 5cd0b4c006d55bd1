"""`ssrgraph export --format dataset`: a folder that others can build on."""

from __future__ import annotations

import csv
import hashlib
import shutil
import subprocess
import warnings

import pytest

DAY = "1780000000"  # 28 May 2026


@pytest.fixture(scope="module")
def published(run_five, tmp_path_factory):
    folder = tmp_path_factory.mktemp("published") / "set"
    done = run_five("export", "--format", "dataset", "--out", folder, SOURCE_DATE_EPOCH=DAY)
    assert (done.status, done.out) == (0, "")
    assert done.err.endswith(f", in {folder}.\n")
    return folder


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_package_is_valid_by_frictionless(published):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # What the library's own imports warn of.
        from frictionless import Package, validate  # noqa: PLC0415

        report = validate(str(published / "datapackage.json"))
        package = Package(str(published / "datapackage.json"))
        read = {name: package.get_table_resource(name).read_rows() for name in ("funding", "documents", "names")}
    assert [error.message for task in report.tasks for error in task.errors] + [e.message for e in report.errors] == []
    assert len(report.tasks) == 17
    amounts = [row["amount"] for row in read["funding"]]
    assert 16_300_000_000 in amounts
    assert len(read["documents"]) == 5


@pytest.mark.parametrize(
    ("broken", "error"),
    [
        (("facts/funding.csv", ",USD,", ",dollars,"), "constraint-error"),
        (("facts/funding.csv", ",exact,", ",roughly,"), "constraint-error"),
        (("facts/funding.csv", "16300000000", "16.3 billion"), "type-error"),
        (("facts/funding.csv", "003_", "009_"), "foreign-key"),
        (("documents.csv", "001_8", "000_c03d4ede4fda383a,x,,,,,,,\n001_8"), "primary-key"),
    ],
)
def test_a_table_that_breaks_its_schema_is_found(published, tmp_path, broken, error):
    path, old, new = broken
    folder = shutil.copytree(published, tmp_path / "set")
    text = (folder / path).read_text("utf-8")
    assert old in text
    (folder / path).write_text(text.replace(old, new, 1), "utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from frictionless import validate  # noqa: PLC0415

        report = validate(str(folder / "datapackage.json"), skip_errors=["hash-count", "byte-count"])
    assert error in {one.type for task in report.tasks for one in task.errors}


def test_the_checksums_are_those_of_the_files(published):
    subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=published, check=True, capture_output=True)


def test_the_dump_is_canonical_and_gives_the_version(published, run_five):
    dump = (published / "graph.nq").read_bytes()
    assert run_five("export", "--canonical").out.encode() == dump
    assert f"Version 0.1.0+{hashlib.sha256(dump).hexdigest()[:12]}, 2026-05-28" in (published / "README.md").read_text()


def test_a_second_export_gives_the_same_bytes(published, run_five, tmp_path):
    done = run_five("export", "--format", "dataset", "--out", tmp_path / "set", SOURCE_DATE_EPOCH=DAY)
    assert done.status == 0, done.err
    for path in published.rglob("*"):
        if path.is_file():
            assert (tmp_path / "set" / path.relative_to(published)).read_bytes() == path.read_bytes(), path.name


def test_the_fact_tables_are_those_of_the_command(published, run_five, tmp_path):
    assert run_five("facts", "--all", "--format", "csv", "--out", tmp_path).status == 0
    for path in tmp_path.iterdir():
        assert (published / "facts" / path.name).read_bytes() == path.read_bytes()


def test_every_name_of_a_table_leads_to_an_entity(published):
    names = {(row["document"], row["name"]): row["entity"] for row in rows(published / "names.csv")}
    entities = {row["entity"]: row for row in rows(published / "entities.csv")}
    columns = {
        "funding": ("funder", "recipient", "programme"),
        "equipment": ("provider", "recipient", "programme"),
        "personnel": ("agent", "organization", "place"),
        "missions": ("mission", "lead", "host", "commander", "predecessor"),
        "roles": ("person", "organization"),
        "organizations": ("organization", "parent"),
        "memberships": ("organization", "member"),
    }
    seen = 0
    for table, slots in columns.items():
        for row in rows(published / "facts" / f"{table}.csv"):
            for slot in filter(row.get, slots):
                seen += 1
                assert names[row["document"], row[slot]] in entities
    assert seen > 200


def test_a_publisher_describes_their_own_data_set(run, tmp_path):
    (tmp_path / "mine.toml").write_text(
        'title = "Of boats"\ndescription = "Boats."\nlicence = "https://spdx.org/licenses/CC0-1.0"\n'
        'publisher = "A library"\nversion = "7"\n',
        "utf-8",
    )
    done = run("export", "--format", "dataset", "--about", tmp_path / "mine.toml", "--out", tmp_path / "set")
    assert done.status == 0, done.err
    assert ", version 7, in " in done.err
    assert (tmp_path / "set" / "README.md").read_text("utf-8").startswith("# Of boats\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--format", "dataset"], "--format dataset needs --out DIR"),
        (["--format", "dataset", "--out", "documents"], "is there already and not empty"),
        (["--format", "dataset", "--out", "x", "--graph", "inferred"], "--graph cannot be used with --format dataset"),
        (["--format", "dataset", "--out", "x", "--about", "none.toml"], "none.toml: cannot be read"),
        (["--format", "turtle", "--about", "x.toml"], "--about is for --format dataset"),
    ],
)
def test_a_wrong_use_is_told_in_a_line(run, arguments, words):
    done = run("export", *arguments)
    assert (done.status, done.out) == (2, "")
    assert words in done.err
    assert "Traceback" not in done.err


def test_a_wrong_day_of_the_environment_is_told(run, tmp_path):
    done = run("export", "--format", "dataset", "--out", tmp_path / "set", SOURCE_DATE_EPOCH="today")
    assert done.status == 2
    assert "SOURCE_DATE_EPOCH is no number of seconds since 1970: today" in done.err


@pytest.fixture(scope="module")
def nanopublications(run_five):
    done = run_five("export", "--format", "nanopub", SOURCE_DATE_EPOCH=DAY)
    assert (done.status, done.err) == (0, "")
    return [f"{block}}}\n" for block in done.out.split("}\n\n")[:-1]] + [done.out.split("}\n\n")[-1]]


def test_every_nanopublication_is_valid_by_the_nanopub_library_with_its_trusty_uri(nanopublications):
    assert len(nanopublications) > 100
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # What the library's use of rdflib warns of.
        import rdflib  # noqa: PLC0415
        from nanopub import Nanopub, NanopubConf  # noqa: PLC0415

        for text in nanopublications:
            graph = rdflib.ConjunctiveGraph()
            graph.parse(data=text, format="trig")
            one = Nanopub(rdf=graph, conf=NanopubConf())
            assert one.is_valid
            assert one.has_valid_trusty
            assert "/np/RA" in one.source_uri


def test_a_changed_nanopublication_breaks_its_trusty_uri(nanopublications):
    text = next(each for each in nanopublications if "FundingClaim" in each)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import rdflib  # noqa: PLC0415
        from nanopub import Nanopub, NanopubConf  # noqa: PLC0415
        from nanopub.utils import MalformedNanopubError  # noqa: PLC0415

        graph = rdflib.ConjunctiveGraph()
        graph.parse(data=text.replace('"USD"', '"EUR"'), format="trig")
        with pytest.raises(MalformedNanopubError, match="Trusty"):
            _ = Nanopub(rdf=graph, conf=NanopubConf()).has_valid_trusty


def test_there_is_one_nanopublication_for_each_claim_and_each_stated_relation(nanopublications, run_five):
    query = (
        "SELECT (COUNT(DISTINCT ?claim) AS ?n) { GRAPH ?g { ?claim ssr:evidence ?words } "
        'FILTER CONTAINS(STR(?claim), "/claim/") }'
    )
    assert run_five("query", query, "--format", "csv").out.split()[1] == str(len(nanopublications))
