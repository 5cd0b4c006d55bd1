from __future__ import annotations

import pytest

from ssrgraph.query.hosts import REFUSED
from ssrgraph.serve.guard import guard
from ssrgraph.serve.problems import Problem

HOSTS = frozenset({"good.example"})


def guarded(text):
    return guard(text, hosts=HOSTS, nesting=20)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://bad.example/> {} }",
        "SELECT * { service<http://bad.example/> {} }",
        "SELECT * { SERVICE # <http://good.example/>\n <http://bad.example/> {} }",
        r"SELECT * { S\u0045RVICE <http://bad.example/> {} }",
        r"SELECT * { \U00000053ERVICE <http://bad.example/> {} }",
        "SELECT * { SERVICE <http://good.example@bad.example/> {} }",
        "SELECT * { SERVICE <http://good.example.bad.example/> {} }",
        "SELECT * { SERVICE <file:///good.example> {} }",
        "SELECT * { SERVICE <relative> {} }",
        "SELECT * { SERVICE ?where {} }",
        "SELECT * { SERVICE x:y {} }",
        "PREFIX x: <http://bad.example/> SELECT * { SERVICE x:y {} }",
        "PREFIX x: <http://good.example/> PREFIX x: <http://bad.example/> SELECT * { SERVICE x: {} }",
        "LOAD <http://bad.example/>",
        "INSERT DATA { <a:a> <a:b> 'LOAD' } ; LOAD <http://bad.example/> INTO GRAPH <a:g>",
    ],
)
def test_what_would_reach_another_host_is_refused(text):
    found = guarded(text)
    assert found.refusal is not None
    assert (found.refusal.status, found.refusal.code) == (403, "forbidden-host")
    assert "bad.example" not in found.text.partition("{ SERVICE")[2]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://good.example/sparql> {} }",
        "SELECT * { SERVICE SILENT <https://GOOD.example:8080/sparql> {} }",
        "PREFIX x: <http://good.example/> LOAD x:data",
        "SELECT * { ?s ?p 'SERVICE <http://bad.example/>' }",
        'SELECT * { ?s ?p """LOAD "<http://bad.example/>" """ }',
        "SELECT * { ?s ?p ?o } # SERVICE <http://bad.example/>",
        "SELECT ?service { ?service <http://bad.example/SERVICE> ?o }",
        "PREFIX service: <http://bad.example/> SELECT * { service:a service:load ?o }",
        "PREFIX s: <http://bad.example/> SELECT * { ?s s:SERVICE ?o }",
    ],
)
def test_what_reaches_no_other_host_is_left_as_it_is(text):
    assert (guarded(text).text, guarded(text).refusal) == (text, None)


def test_what_may_fail_silently_is_led_nowhere():
    text = guarded("SELECT * { SERVICE SILENT <http://bad.example/> { ?s ?p ?o } }").text
    assert text == f"SELECT * {{ SERVICE SILENT {REFUSED} {{ ?s ?p ?o }} }}"
    assert (
        guarded("LOAD SILENT <http://bad.example/> INTO GRAPH <a:g>").text == f"LOAD SILENT {REFUSED} INTO GRAPH <a:g>"
    )


def test_brackets_count_only_where_they_are_code():
    assert guarded("ASK { FILTER('" + "(" * 50 + '\' = "x") } # ' + "{" * 50)
    with pytest.raises(Problem, match="21 deep"):
        guarded("ASK " + "{" * 21 + "}" * 21)


@pytest.mark.parametrize(
    ("text", "stable"),
    [
        ("SELECT ?now { ?now ?rand 'NOW()' }", True),
        ("SELECT (now() AS ?x) {}", False),
        ("SELECT (RAND() AS ?x) {}", False),
        ("SELECT (IRI(UUID()) AS ?x) {}", False),
        ("SELECT * { SERVICE <http://good.example/> {} }", False),
    ],
)
def test_a_query_is_stable_if_only_the_store_changes_its_answer(text, stable):
    assert guarded(text).is_stable is stable
