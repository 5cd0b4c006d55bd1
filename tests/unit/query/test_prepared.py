from __future__ import annotations

import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat, Store

from ssrgraph.query import catalogue, parameters, prepared, running
from ssrgraph.query.values import terms
from ssrgraph.resources import shipped
from ssrgraph.store import LocalStore, MemoryStore
from ssrgraph.vocabulary import PREFIXES

NAME = NamedNode("http://a.example/name")
TEXT = """# parameter: only = "" : only names with this in them
# parameter: most = 100 : so many
# narrows: only
SELECT ?thing ?name ?more
WHERE {
  ?thing <http://a.example/name> ?name
  OPTIONAL { ?thing <http://a.example/more> ?more }
  FILTER (?only = "" || CONTAINS(LCASE(?name), LCASE(?only)))
}
ORDER BY ?thing ?name
LIMIT $most
"""
QUERY = catalogue.parse(TEXT, name="names", group="questions")
ODD = [
    *(Literal(text) for text in ("", "a\tb", 'say "so"', "back\\slash", "two\nlines", "\r", "Çelik", "ΟΔΟΣ", "\u2028")),
    Literal("Niger", language="en"),
    Literal(7),
    Literal("07", datatype=NamedNode(f"{PREFIXES['xsd']}integer")),
    Literal("2017", datatype=NamedNode(f"{PREFIXES['xsd']}gYear")),
    NamedNode("http://a.example/niger"),
]


def store_of(folder, names):
    data = Store()
    data.extend(Quad(NamedNode(f"http://a.example/{number:03}"), NAME, name) for number, name in enumerate(names))
    return MemoryStore(data=data, prepared=folder)


def make(store, query=QUERY, most=1 << 20):
    found = store.query(prepared.whole(query), prefixes=PREFIXES)
    return prepared.keep(prepared.path(store.prepared, query), found, most=most)


def asked(store, query=QUERY, **given):
    return written(store.query(parameters.bind(query.text, terms(query, given)), prefixes=PREFIXES))


def found(store, query=QUERY, **given):
    answer = prepared.answer(store, query, terms(query, given))
    return None if answer is None else written(answer)


def written(answer):
    return answer.serialize(format=QueryResultsFormat.JSON)


@given(st.lists(st.one_of(st.sampled_from(ODD), st.text(st.characters(codec="utf-8")).map(Literal)), max_size=8))
def test_what_was_made_ahead_is_what_the_query_gives(tmp_path_factory, names):
    store = store_of(tmp_path_factory.mktemp("prepared"), names)
    make(store)
    assert found(store) == asked(store)


@pytest.mark.parametrize("only", ["", "n", "NIG", "ç", "οδος", "ος", '"', "\\", "\t", "7", "no such"])
def test_a_parameter_that_leaves_rows_out_leaves_the_same_ones_out(tmp_path, only):
    store = store_of(tmp_path, ODD)
    make(store)
    assert found(store, only=only) == asked(store, only=only)


def test_another_parameter_has_the_query_run(tmp_path):
    store = store_of(tmp_path, ODD)
    make(store)
    assert found(store, most="1") is None
    assert written(running.run(store, QUERY, {"most": "1"})) == asked(store, most="1")


def test_nothing_is_found_before_it_is_made_and_of_another_text_of_the_same_name(tmp_path):
    store = store_of(tmp_path, ODD)
    assert found(store) is None
    make(store)
    other = catalogue.parse(TEXT.replace("ORDER BY ?thing ?name", "ORDER BY ?name"), name="names", group="questions")
    assert found(store, other) is None


@pytest.mark.parametrize("harm", [lambda whole: whole[:-1], lambda whole: whole[:40], lambda _: b"",
                                  lambda whole: whole.replace(b"Niger", b"Nigel")])  # fmt: skip
def test_a_file_that_is_not_whole_is_as_if_it_were_not_there(tmp_path, harm):
    store = store_of(tmp_path, ODD)
    make(store)
    kept = prepared.path(tmp_path, QUERY)
    kept.write_bytes(harm(kept.read_bytes()))
    assert found(store) is None
    assert written(running.run(store, QUERY)) == asked(store)


def test_an_answer_that_is_too_large_leaves_nothing_behind(tmp_path):
    store = store_of(tmp_path, ODD)
    with pytest.raises(prepared.TooLargeError):
        make(store, most=50)
    assert list(tmp_path.iterdir()) == []


def test_a_query_that_asks_for_some_graphs_only_is_run(tmp_path):
    store = store_of(tmp_path, ODD)
    make(store)
    graph = NamedNode("http://a.example/none")
    assert list(running.run(store, QUERY, default_graphs=[graph])) == []


def halves(value):
    """What somebody may look for who knows this value."""
    return {value, value.upper(), value.lower()[: len(value) // 2], value[len(value) // 2 :]} - {""}


NARROWED = [(query.name, name) for query in catalogue.load(shipped("queries")).values() for name in query.narrowing]


@pytest.fixture(scope="module")
def copy(five, tmp_path_factory):
    folder = tmp_path_factory.mktemp("copy") / "store"
    shutil.copytree(five, folder)
    with LocalStore.open(folder) as store:
        yield store


@pytest.mark.parametrize(("name", "parameter"), NARROWED)
def test_every_narrowing_parameter_of_a_saved_query_leaves_the_same_rows_out(copy, name, parameter):
    query = catalogue.load(shipped("queries"))[name]
    make(copy, query)
    whole = copy.query(prepared.whole(query), prefixes=PREFIXES)
    column = next(each.value for each in whole.variables if f"?{each.value})" in prepared.condition(query, parameter)
                  or f"?{each.value} =" in prepared.condition(query, parameter))  # fmt: skip
    values = sorted({row[column].value for row in whole if row[column] is not None})[:4]
    for value in {"no such thing", *(half for each in values for half in halves(each))}:
        by_running = copy.query(parameters.bind(query.text, terms(query, {parameter: value})), prefixes=PREFIXES)
        by_looking = prepared.answer(copy, query, terms(query, {parameter: value}))
        # Rows that are alike in all that is sorted by may come in any order.
        assert sorted(list(map(str, row)) for row in by_looking) == sorted(list(map(str, row)) for row in by_running)
