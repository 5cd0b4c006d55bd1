"""Batch after batch on one draft: what the reasoner knows is carried on, and the result is the same as without."""

from __future__ import annotations

import shutil

import pytest

from ssrgraph.serve.applying import Applying
from ssrgraph.store import LocalStore, Writer
from ssrgraph.vocabulary import BASE

PREFIXES = f"PREFIX ssr: <{BASE}ontology#> PREFIX x: <http://a.example/> PREFIX g: <{BASE}graph/> "
UPDATES = (
    "INSERT DATA { x:claim a ssr:FundingClaim ; ssr:funder x:body }",
    "INSERT DATA { GRAPH x:g { x:claim ssr:funder x:body . x:other a ssr:FundingClaim ; ssr:funder x:body } }",
    "DELETE DATA { GRAPH g:added { x:claim ssr:funder x:body } }",
    "INSERT DATA { x:Kind <http://www.w3.org/2000/01/rdf-schema#subClassOf> ssr:FundingClaim . x:new a x:Kind }",
    "DELETE WHERE { ?claim ssr:funder x:body }",
    "CLEAR ALL",
)


@pytest.fixture
def writers(five, tmp_path):
    shutil.copytree(five, tmp_path / "one")
    shutil.copytree(five, tmp_path / "other")
    with Writer.open(tmp_path / "one", base_iri=BASE) as one, Writer.open(tmp_path / "other", base_iri=BASE) as other:
        yield one, other


def quads(draft):
    return {quad for quad in draft.data if "_:" not in str(quad)}


def test_the_reasoner_is_carried_on_from_batch_to_batch(writers):
    one, other = writers
    reasoner = None
    for text in UPDATES:
        job = {"task": "update", "text": PREFIXES + text}
        for writer, known in ((one, reasoner), (other, None)):
            applying = Applying(writer.draft, hosts=frozenset(), nesting=100, reasoner=known)
            assert applying.apply(job, []) == 204
            found = applying.finish()
            assert found is not None
            assert known is None or found is known
            reasoner = found if writer is one else reasoner
        assert quads(one.draft) == quads(other.draft)
        assert one.draft.info.state["inferred"] == other.draft.info.state["inferred"]


def test_what_the_last_check_found_is_not_told_of_a_store_that_has_changed(writers, tmp_path):
    one, _ = writers
    assert one.draft.info.state["violations"] == 0
    applying = Applying(one.draft, hosts=frozenset(), nesting=100)
    applying.apply({"task": "update", "text": "INSERT DATA { <http://a.example/s> <http://a.example/p> 1 }"}, [])
    applying.finish()
    one.publish()
    with LocalStore.open(tmp_path / "one") as store:
        assert (store.info.state["violations"], store.info.state["warnings"]) == (None, None)
        assert store.info.state["triples"] == store.count()
