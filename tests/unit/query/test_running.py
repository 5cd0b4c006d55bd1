from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from ssrgraph.errors import QueryError
from ssrgraph.query import catalogue, running
from ssrgraph.store import MemoryStore
from ssrgraph.vocabulary import Ssr

BASE = "http://example.org/"


@pytest.fixture
def store():
    graph = MemoryStore(BASE)
    triples = [
        Triple(NamedNode(f"{BASE}claim/{number}"), NamedNode(Ssr.PURPOSE), Literal(f"purpose {number}"))
        for number in range(3)
    ]
    graph.replace_graph(NamedNode(f"{BASE}graph/document/a"), triples[:2])
    graph.replace_graph(NamedNode(f"{BASE}graph/document/b"), triples[1:])
    return graph


SAVED = {
    "purposes": catalogue.parse(
        '# parameter: part = "" : a part of the purpose\n'
        "SELECT ?claim ?purpose { ?claim ssr:purpose ?purpose FILTER (CONTAINS(?purpose, $part)) } ORDER BY ?claim",
        name="purposes",
        group="questions",
    ),
    "of-claim": catalogue.parse(
        "# parameter: claim : which claim\nSELECT ?purpose { $claim ssr:purpose ?purpose }", name="of-claim"
    ),
}


def purposes(answer) -> list[str]:
    return [row["purpose"].value for row in answer]


def test_a_default_stands_for_a_parameter_that_is_not_set(store):
    assert purposes(running.run(store, SAVED["purposes"])) == ["purpose 0", "purpose 1", "purpose 2"]


def test_a_text_parameter_takes_a_number_as_text(store):
    assert purposes(running.run(store, SAVED["purposes"], {"part": "1"})) == ["purpose 1"]


def test_an_iri_can_be_set(store):
    assert purposes(running.run(store, SAVED["of-claim"], {"claim": f"<{BASE}claim/2>"})) == ["purpose 2"]


def test_a_parameter_without_default_must_be_set(store):
    with pytest.raises(QueryError, match="of-claim: the parameter `claim` needs a value: --set claim=…"):
        running.run(store, SAVED["of-claim"])


def test_a_parameter_that_there_is_not_is_told(store):
    with pytest.raises(QueryError, match="purposes: has no parameter `size`; it has part"):
        running.run(store, SAVED["purposes"], {"size": "3"})


def test_what_is_no_iri_is_told(store):
    with pytest.raises(QueryError, match="the value of `claim` is no IRI: <a b>"):
        running.run(store, SAVED["of-claim"], {"claim": "<a b>"})


def test_a_broken_query_is_told_with_line_and_column(store):
    query = running.resolve("SELECT ?x WHERE {\n ?s ?p ?o .\n FOO }", SAVED)
    with pytest.raises(QueryError, match=r"line 3, column 7: expected one of"):
        running.run(store, query)


def test_an_undeclared_prefix_is_told(store):
    with pytest.raises(QueryError, match="line 1, column"):
        running.run(store, running.resolve("SELECT * { ?s nobody:knows ?o }", SAVED))


def test_a_name_a_text_and_a_file_are_told_apart(tmp_path):
    path = tmp_path / "mine.rq"
    path.write_text("ASK { ?s ?p 1 }")
    assert running.resolve("purposes", SAVED) is SAVED["purposes"]
    assert running.resolve("ASK { ?s ?p 2 }", SAVED).text == "ASK { ?s ?p 2 }"
    assert running.resolve(str(path), SAVED).text == "ASK { ?s ?p 1 }"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("nobody", "nobody: no saved query has this name"),
        ("nobody.rq", "nobody.rq: no such file"),
        ("purpose", "did you mean `purposes`"),
    ],
)
def test_what_is_none_of_them_is_told(given, message):
    with pytest.raises(QueryError, match=message):
        running.resolve(given, SAVED)


def test_a_file_that_is_no_text_is_told(tmp_path):
    path = tmp_path / "mine.rq"
    path.write_bytes(b"ASK { ?s ?p '\xe9' }")
    with pytest.raises(QueryError, match="not a text in UTF-8"):
        running.resolve(str(path), SAVED)


def test_a_long_query_is_named_by_its_beginning():
    assert running.shown("SELECT *\n  WHERE { " + "?s ?p ?o . " * 20) == (
        "SELECT * WHERE { ?s ?p ?o . ?s ?p ?o . ?s ?p ?o . ?s ?p ?o …"
    )
