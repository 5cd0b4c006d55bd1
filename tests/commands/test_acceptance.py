"""What the product promises of the five documents, shown from outside with the installed command."""

from __future__ import annotations

import csv
import json
import re

import pytest
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, Triple, parse_query_results

from ssrgraph import evaluation

OA = "http://www.w3.org/ns/oa#"
XSD_INTEGER = NamedNode("http://www.w3.org/2001/XMLSchema#integer")
TEXT = """Aid for Mali

In 2016, the United States provided $7 million to Mali for training.

Norway has trained about 1,200 Malian soldiers since 2015.
"""


@pytest.fixture(scope="module")
def documents(root):
    return root / "data" / "documents"


@pytest.fixture(scope="module")
def tables(run_five, tmp_path_factory):
    """Return the folder of the fact tables as CSV."""
    folder = tmp_path_factory.mktemp("facts")
    done = run_five("facts", "--all", "--format", "csv", "--out", folder)
    assert (done.status, done.out) == (0, ""), done.err
    return folder


def rows(folder):
    for path in sorted(folder.glob("*.csv")):
        with path.open(newline="", encoding="utf-8") as file:
            yield from ((path.stem, row) for row in csv.DictReader(file))


def read(done) -> list[dict[str, str]]:
    assert done.status == 0, done.err
    return list(csv.DictReader(done.out.splitlines()))


def test_the_tables_agree_with_what_people_read(root, tables, documents):
    gold = evaluation.read_gold(root / "tests" / "golden" / "gold")
    result = evaluation.score(gold, evaluation.read_facts(tables), evaluation.read_texts(documents))
    core, everything = result.total(tables=evaluation.CORE), result.total()
    assert core.row_f1 >= 0.95
    assert core.strict_f1 >= 0.80
    assert everything.row_f1 >= 0.90
    assert (sum(result.quotes.missing.values()), result.quotes.foreign) == (0, 0)


def test_every_quote_stands_in_its_document(tables, documents):
    texts = {path.stem: " ".join(path.read_text(encoding="utf-8").split()) for path in documents.glob("*.txt")}
    found = list(rows(tables))
    assert len(found) > 150
    assert [
        (table, row) for table, row in found if not row["quote"] or row["quote"] not in texts[row["document"]]
    ] == []


def test_a_build_of_the_same_documents_is_the_same_to_the_byte(run_five, five, documents, tmp_path):
    # Another hash seed, another number of processes, another order, each document named for itself.
    paths = sorted(documents.glob("*.txt"), reverse=True)
    store = tmp_path / "store"
    done = run_five("build", *paths, "--store", store, "--jobs", 2, PYTHONHASHSEED="4711")
    assert done.status == 0, done.err
    dumps = [run_five("export", "--canonical", "--store", one).out for one in (five, store)]
    assert len(dumps[0]) > 100_000
    same = dumps[0] == dumps[1]
    assert same


def test_the_five_documents_pass_the_check(run_five):
    done = run_five("check")
    assert done.status == 0, done.out
    assert done.err.startswith("0 violations, ")


def test_a_second_build_reads_nothing(own_five, documents):
    before = own_five.state
    done = own_five("build", documents)
    assert re.match(r"Nothing changed: 5 documents, [\d,]+ triples", done.err), done.err
    assert (done.status, done.out, own_five.state) == (0, "", before)


def test_a_document_that_is_added_and_removed_leaves_no_trace(own_five):
    before = own_five("export", "--canonical").out
    (own_five.folder / "Aid for Mali (2).txt").write_text(TEXT)
    done = own_five("add", "Aid for Mali (2).txt")
    assert done.err.startswith("1 document read, 5 unchanged; "), done.err
    added = [row for row in read(own_five("facts", "funding", "--format", "csv")) if "Mali" in row["document"]]
    assert [(row["document"], row["recipient"], row["amount"]) for row in added] == [
        ("Aid for Mali (2)", "Mali", "7000000")
    ]
    done = own_five("remove", "Aid for Mali (2)")
    assert done.err.startswith("0 documents read, 5 unchanged, 1 removed; "), done.err
    same = own_five("export", "--canonical").out == before
    assert same


def held(run, predicate):
    """Every triple with a predicate and its graph, in the same order every time."""
    query = f"SELECT ?g ?s ?o {{ GRAPH ?g {{ ?s <{predicate}> ?o }} }} ORDER BY ?s ?g ?o"
    found = parse_query_results(run("query", query, "--format", "json").out.encode(), format=QueryResultsFormat.JSON)
    return [(row["g"], Triple(row["s"], NamedNode(predicate), row["o"])) for row in found]


def damage(run, predicate, change):
    """Change one value in a store behind its back; return its graph and the triple that was there."""
    graph, former = next(each for each in held(run, predicate) if "/graph/evidence/" in each[0].value)
    now = Triple(former.subject, former.predicate, change(former.object))
    run.change_behind(graph, removed=[former], added=[now])
    return graph, former


@pytest.mark.parametrize(
    ("predicate", "change", "message"),
    [
        pytest.param(OA + "exact", lambda value: Literal(f"{value.value}s"), "does not stand at", id="quote"),
        pytest.param(
            OA + "start",
            lambda value: Literal(str(int(value.value) + 1), datatype=XSD_INTEGER),
            "does not stand at",
            id="offset",
        ),
        pytest.param(
            "https://schema.org/text",
            lambda value: Literal(value.value.replace("the", "teh", 1)),
            "the stored text is not the one whose checksum was kept",
            id="text",
        ),
    ],
)
def test_a_store_that_is_damaged_is_told_of(own_five, predicate, change, message):
    graph, former = damage(own_five, predicate, change)
    done = own_five("check", "--format", "json")
    assert done.status == 1
    report = json.loads(done.out)
    (first, *_) = [one for one in report["findings"] if message in one["message"]]
    assert report["conforms"] is False
    assert (first["severity"], first["graph"]) == ("violation", graph.value)
    # The stretch of text, or the document, is named.
    place = re.sub("#(quote|position)=", "#char=", former.subject.value)
    assert first["subject"] == place


def test_a_triple_without_evidence_is_told_of(own_five):
    claims = [
        each
        for each in held(own_five, "https://w3id.org/ssrgraph/ontology#evidence")
        if "/claim/" in each[1].subject.value
    ]
    subject = min(triple.subject.value for _, triple in claims if "#" not in triple.subject.value)
    for graph, triple in claims:
        if triple.subject.value == subject:
            own_five.change_behind(graph, removed=[triple])
    done = own_five("check", "--format", "json")
    assert done.status == 1
    unsourced = [one for one in json.loads(done.out)["findings"] if one["message"].startswith("no evidence for: ")]
    assert {one["subject"] for one in unsourced} == {subject}


def titled(title: str) -> str:
    # Documents of the same text would be skipped as copies.
    return TEXT.replace("Aid for Mali", title)


NOBODY = "The soldiers went home by the road along the river and nobody counted them.\n\n"
ODD = {
    "byte-order": "\ufeff" + titled("A report with a mark"),
    "carriage": titled("A report from another system").replace("\n", "\r\n"),
    "furniture": "Home | About | Contact\n\nSkip to main content\n\nShare on Facebook\n\n© 2020 All rights reserved\n",
    "long": "A long report\n\n" + NOBODY * 100,
    "name with % and ü": titled("A report of that name"),
    "no sentence": "The aid to the country\n\nMali and the United States\n",
    "plain": TEXT,
    "signs": "This is 🙂 the aid of Émile to «Mali»: $ % & <b> \\ \" '\n",
}


@pytest.fixture(scope="module")
def odd(anew, tmp_path_factory):
    """Run commands where odd documents are built."""
    place = tmp_path_factory.mktemp("odd")
    runner = anew(place)
    (place / "documents").mkdir()
    for name, text in ODD.items():
        (place / "documents" / f"{name}.txt").write_bytes(text.encode())
    done = runner("build", "documents")
    assert done.status == 0, done.err
    assert done.err.startswith(f"{len(ODD)} documents read; ")
    return runner


def test_odd_documents_are_built_and_sound(odd):
    done = odd("check")
    assert done.status == 0, done.out
    assert [row["document"] for row in read(odd("query", "documents", "--format", "csv"))] == sorted(ODD)


def test_line_ends_byte_order_mark_and_file_name_change_nothing_that_is_read(odd):
    for table in ("funding", "personnel"):
        found: dict[str, list[list[str]]] = {}
        for row in read(odd("facts", table, "--format", "csv")):
            found.setdefault(row.pop("document"), []).append(list(row.values()))
        assert set(found) == {"plain", "carriage", "byte-order", "name with % and ü"}
        assert len(found["plain"]) == 1
        assert {str(rows) for rows in found.values()} == {str(found["plain"])}


def test_what_says_nothing_gives_no_figures(odd):
    says_nothing = {"furniture", "long", "no sentence", "signs"}
    counts = {row["document"]: row["claims"] for row in read(odd("query", "documents", "--format", "csv"))}
    assert {counts[name] for name in says_nothing} == {"0"}
    assert counts["plain"] == "2"


def test_a_document_is_exported_and_removed_by_its_name(odd):
    done = odd("export", "--graph", "document/name with % and ü", "--format", "nquads")
    assert done.status == 0, done.err
    assert done.out.count("\n") > 10
    done = odd("remove", "name with % and ü", "signs")
    assert f"{len(ODD) - 2} unchanged, 2 removed" in done.err
    assert "name with" not in odd("export", "--format", "nquads").out
