"""The W3C's tests of SPARQL 1.1 Update, over HTTP."""

from __future__ import annotations

import pytest
from comparing import canonical
from manifests import FOLDER, UPDATE_GROUPS, cases_of
from pyoxigraph import DefaultGraph, NamedNode, Quad

ALL = cases_of(UPDATE_GROUPS)
UPDATE = "application/sparql-update"


def named(cases):
    return [pytest.param(each, id=f"{each.group}-{each.iri.rpartition('#')[2]}") for each in cases]


def quads(graphs):
    for name, triples in graphs.items():
        graph = DefaultGraph() if name is None else NamedNode(name)
        yield from (Quad(*triple, graph) for triple in triples)


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the W3C tests do not lie beside the checkout")
def test_all_tests_of_the_manifests_are_run():
    assert len(ALL) == 157


@pytest.mark.parametrize("case", named(each for each in ALL if each.after is None))
def test_an_update_is_read_or_refused(endpoint, case):
    endpoint.touched()
    answer = endpoint.server.request("POST", "/update", case.text.read_bytes(), content_type=UPDATE)
    if case.kind.startswith("Positive"):
        read = answer.status == 204 or answer.json["code"] in {"update-evaluation", "forbidden-host"}
        assert read, answer.text
    else:
        assert (answer.status, answer.json["code"]) == (400, "update-syntax")


@pytest.mark.parametrize("case", named(each for each in ALL if each.after is not None))
def test_an_update_leaves_what_it_should(endpoint, case):
    endpoint.load(case.data)
    endpoint.touched()
    text = f"BASE <{case.base}>\n{case.text.read_text(encoding='utf-8')}"
    answer = endpoint.server.request("POST", "/update", text, content_type=UPDATE)
    assert answer.status == 204, answer.text
    held = endpoint.holds()
    assert canonical(quads(held)) == canonical(quads(case.after.quads())), held
