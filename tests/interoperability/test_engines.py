"""The dump loads unchanged in the engines of others, with the same number of quads and the same answers.

rdflib and the server of Oxigraph are asked in every run of the tests. Comunica and Virtuoso take minutes:

    python3 -m pytest -m nightly tests/interoperability
"""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal

import engines
import pytest
from pyoxigraph import QueryResultsFormat

from ssrgraph.query import catalogue, parameters
from ssrgraph.resources import shipped
from ssrgraph.store import open_store
from ssrgraph.vocabulary import PREFIXES

NUMBERS = {"decimal", "integer", "double", "float"}
SAVED = {name: query for name, query in catalogue.load(shipped("queries")).items() if query.group != "federated"}
"""The saved queries, but for those that ask another server."""
VIRTUOSO = {
    "missions": "its compiler refuses the aggregate over a sub-query (SQ200)",
    "document-claims": "it evaluates SUBSTR for rows in which the offsets are unbound (SR008)",
    "documents": "it loses one side of a UNION within OPTIONAL GRAPH",
    "equipment-by-recipient": "it joins a grouped sub-query with the wrong row",
    "funding-by-programme-year": "its compiler stops with an internal error (SQ156)",
    "organization-parents": "a path with + gives a pair once for each way, and EXISTS a number",
    "planned-not-reported": "its compiler stops with an internal error (SP031)",
}
"""What Virtuoso 7.2.5, as Debian packages it, answers otherwise, and what it does wrong there."""


RDFLIB = frozenset({"statements-in-tension"})
"""What rdflib is not asked: it joins claims with claims, and takes more than five minutes for it."""


def text(query):
    """Return a saved query as any engine takes it: its parameters set to their defaults, all prefixes declared."""
    terms = {each.name: parameters.term(each.default, text=each.is_text) for each in query.parameters}
    head = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    return head + parameters.bind(query.text, terms)


def value(cell):
    """Return a term as engines must agree on it: numbers by their value, blank nodes without their name."""
    if cell["type"] == "bnode":
        return "blank"
    datatype = cell.get("datatype", "").rpartition("#")[2]
    plain = Decimal(cell["value"]).normalize() if datatype in NUMBERS else cell["value"]
    return (cell["type"] == "uri", plain)


def rows(bindings):
    """Return the rows of an answer, in whatever order they come; an empty text is as good as no value.

    The standard leaves open whether GROUP_CONCAT of nothing is an empty text or no value.
    """
    return Counter(
        frozenset((name, value(cell)) for name, cell in row.items() if cell["value"] != "") for row in bindings
    )


@pytest.fixture(scope="module")
def expected(five):
    with open_store(str(five)) as store:
        answers = {name: store.query(text(query)) for name, query in SAVED.items()}
        return {
            name: rows(json.loads(answer.serialize(format=QueryResultsFormat.JSON))["results"]["bindings"])
            for name, answer in answers.items()
        }


def compare(engine, published, expected, *, known=(), unasked=()):
    dump = published / "graph.nq"
    assert engine.count() == len(dump.read_text(encoding="utf-8").splitlines())
    differ = {}
    for name, query in SAVED.items():
        if name in unasked:
            continue
        try:
            found = rows(engine.ask(text(query)))
        except engines.EngineError as error:
            differ[name] = str(error).splitlines()[0]
            continue
        if found != expected[name]:
            differ[name] = f"missing {expected[name] - found}, unexpected {found - expected[name]}"
    assert set(differ) == set(known), differ


def test_the_answers_are_worth_comparing(expected):
    assert sum(map(bool, expected.values())) > 25
    assert sum(answer.total() for answer in expected.values()) > 900


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # Of its own parts.
def test_rdflib(published, expected, tmp_path):
    with engines.Rdflib(published / "graph.nq", tmp_path) as engine:
        compare(engine, published, expected, unasked=RDFLIB)


def test_the_server_of_oxigraph(published, expected, tmp_path):
    with engines.Oxigraph(published / "graph.nq", tmp_path) as engine:
        compare(engine, published, expected)


@pytest.mark.nightly
def test_comunica(published, expected, tmp_path, npm):
    npm("comunica")
    with engines.Comunica(published / "graph.nq", tmp_path) as engine:
        compare(engine, published, expected)


@pytest.mark.nightly
def test_virtuoso(published, expected, tmp_path, program):
    program("virtuoso-t")
    program("isql-vt")
    with engines.Virtuoso(published / "graph.nq", tmp_path) as engine:
        compare(engine, published, expected, known=VIRTUOSO)
