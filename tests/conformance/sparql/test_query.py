"""The W3C's tests of SPARQL 1.1 Query and of the formats of its results, over HTTP."""

from __future__ import annotations

import pytest
from comparing import ROW_FORMATS, RS, rows_of, rows_of_graph, same_csv, same_graphs, same_rows
from exemptions import QUERY
from manifests import BASE, FOLDER, FORMATS, QUERY_GROUPS, cases_of
from pyoxigraph import RdfFormat, parse

ALL = cases_of(QUERY_GROUPS)
EVALUATED = sorted((each for each in ALL if each.result is not None), key=lambda each: str(each.data))
READ = [each for each in ALL if each.result is None]


def named(cases):
    return [
        pytest.param(
            each,
            id=f"{each.group}-{each.iri.rpartition('#')[2]}",
            marks=[pytest.mark.xfail(strict=True, reason=QUERY[each.iri])] if each.iri in QUERY else [],
        )
        for each in cases
    ]


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the W3C tests do not lie beside the checkout")
def test_all_tests_of_the_manifests_are_run():
    assert len(ALL) == 338
    assert set(QUERY) <= {each.iri for each in ALL}


@pytest.mark.parametrize("case", named(READ))
def test_a_query_is_read_or_refused(endpoint, case):
    answer = endpoint.server.query(f"{case.text.read_text(encoding='utf-8')}", accept="*/*")
    if case.kind.startswith("Positive"):
        # A function that nobody has is read all the same.
        assert answer.status == 200 or answer.json["code"] == "query-evaluation", answer.text
    else:
        assert (answer.status, answer.json["code"]) == (400, "query-syntax")


@pytest.mark.parametrize("case", named(EVALUATED))
def test_a_query_has_its_answer(endpoint, case):
    endpoint.load(case.data)
    query = f"BASE <{case.base}>\n{case.text.read_text(encoding='utf-8')}"
    suffix = case.result.suffix
    if suffix == ".csv":
        answer = endpoint.server.query(query, accept="text/csv")
        assert same_csv(answer.body, case.result.read_bytes()), answer.text
    elif suffix in ROW_FORMATS:
        format_, media_type = ROW_FORMATS[suffix]
        answer = endpoint.server.query(query, accept=media_type)
        assert answer.status == 200, answer.text
        ours, theirs = rows_of(answer.body, format_), rows_of(case.result.read_bytes(), format_)
        assert same_rows(ours, theirs, ordered="ORDER BY" in query.upper()), (ours, theirs)
    else:
        base = BASE + case.result.relative_to(FOLDER).as_posix()
        theirs = {quad.triple for quad in parse(case.result.read_bytes(), FORMATS[suffix], base_iri=base)}
        if any(each.predicate.value == f"{RS}resultVariable" for each in theirs):
            answer = endpoint.server.query(query)
            ours = rows_of(answer.body, ROW_FORMATS[".srj"][0])
            assert same_rows(ours, rows_of_graph(theirs)), (ours, rows_of_graph(theirs))
            return
        answer = endpoint.server.query(query, accept="text/turtle")
        assert answer.status == 200, answer.text
        assert same_graphs({quad.triple for quad in parse(answer.body, RdfFormat.TURTLE)}, theirs), answer.text
