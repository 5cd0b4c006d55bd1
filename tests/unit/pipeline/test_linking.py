"""Links are inputs of a build: what changed in them is brought into the graph, and nothing else is done again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pyoxigraph import NamedNode

from ssrgraph.entities import sssom
from ssrgraph.entities.links import Link
from ssrgraph.errors import LinksError
from ssrgraph.export.graphs import canonical
from ssrgraph.pipeline.building import add, build, remove
from ssrgraph.pipeline.inputs import Options
from ssrgraph.store import LocalStore
from ssrgraph.vocabulary import BASE, WIKIDATA, Owl, Semapv, Skos

QUICK = Options(reasoner="none", validate=False)
REASONED = Options(validate=False)
IRAQ, GERMANY = f"{BASE}id/organization/iq", f"{BASE}id/organization/de"


def link(subject, target, **more):
    return Link(
        subject=subject,
        predicate=Skos.EXACT_MATCH,
        object=target,
        justification=Semapv.MANUAL_MAPPING_CURATION,
        **more,
    )


@pytest.fixture
def own(tmp_path):
    """Return a function that writes the user's own links."""
    folder = tmp_path / "links"

    def write(*links):
        folder.mkdir(exist_ok=True)
        (folder / "own.sssom.tsv").write_text(sssom.write(links, prefixes={}, about={}), encoding="utf-8")
        return folder

    return write


def matches(store, subject, predicate=Skos.EXACT_MATCH):
    with LocalStore.open(store) as opened:
        return {one.object.value for one in opened.match(NamedNode(subject), NamedNode(predicate), None)}


def dump(store):
    with LocalStore.open(store) as opened:
        return canonical(opened)


def inferred(store):
    with LocalStore.open(store) as opened:
        return set(opened.triples(NamedNode(f"{BASE}graph/inferred")))


def test_entities_that_the_documents_name_are_linked_and_no_others(built):
    assert matches(built / "store", IRAQ) == {f"{WIKIDATA}Q796"}
    assert matches(built / "store", f"{BASE}id/organization/fr") == set()
    assert matches(built / "store", f"{BASE}id/currency/usd") == {f"{WIKIDATA}Q4917"}


def test_a_changed_file_of_links_changes_the_graph_of_links_and_nothing_is_read(place, own):
    target = "https://dbpedia.org/resource/Iraq"
    options = replace(QUICK, links=(own(link(IRAQ, target)),))
    change = build([place / "documents"], store=place / "store", options=options)
    assert (change.changed, change.read) == (True, ())
    assert matches(place / "store", IRAQ) == {target, f"{WIKIDATA}Q796"}
    assert not build([place / "documents"], store=place / "store", options=options).changed
    own(link(IRAQ, f"{target}_(country)"))
    assert build([place / "documents"], store=place / "store", options=options).read == ()
    assert matches(place / "store", IRAQ) == {f"{target}_(country)", f"{WIKIDATA}Q796"}
    build([place / "documents"], store=place / "fresh", options=options)
    assert dump(place / "store") == dump(place / "fresh")


def test_a_user_can_reject_a_link_that_is_shipped(place, own):
    options = replace(QUICK, links=(own(link(IRAQ, f"{WIKIDATA}Q796", is_negative=True)),))
    build([place / "documents"], store=place / "store", options=options)
    assert matches(place / "store", IRAQ) == set()


def test_links_that_contradict_each_other_leave_the_store_as_it_was(place, own):
    before = dump(place / "store")
    options = replace(QUICK, links=(own(link(IRAQ, f"{WIKIDATA}Q1")),))
    with pytest.raises(LinksError, match="exact match of both"):
        build([place / "documents"], store=place / "store", options=options)
    assert dump(place / "store") == before


def test_a_missing_file_of_links_is_told(place):
    options = replace(QUICK, links=(place / "missing.sssom.tsv",))
    with pytest.raises(LinksError, match="no such file or folder"):
        build([place / "documents"], store=place / "store", options=options)


def test_a_document_that_is_added_gets_the_links_of_the_build_and_takes_them_away_again(place, own):
    documents = place / "documents"
    (documents / "gamma.txt").rename(place / "gamma.txt")
    target = "https://dbpedia.org/resource/Germany"
    options = replace(QUICK, links=(own(link(GERMANY, target)),), same_as=True)
    build([documents], store=place / "store", options=options)
    before = dump(place / "store")
    assert matches(place / "store", GERMANY) == set()
    add([place / "gamma.txt"], store=place / "store")
    assert matches(place / "store", GERMANY) == {target, f"{WIKIDATA}Q183"}
    assert matches(place / "store", GERMANY, Owl.SAME_AS) == {target, f"{WIKIDATA}Q183"}
    remove(["gamma"], store=place / "store")
    assert dump(place / "store") == before


def test_the_reasoner_draws_no_conclusion_from_links_unless_it_is_asked(place):
    store = place / "store"
    build([place / "documents"], store=store, options=REASONED)
    without = inferred(store)
    build([place / "documents"], store=store, options=replace(REASONED, same_as=True))
    assert matches(store, IRAQ, Owl.SAME_AS) == {f"{WIKIDATA}Q796"}
    assert inferred(store) == without
    build([place / "documents"], store=store, options=replace(REASONED, same_as_reasoned=True))
    more = inferred(store) - without
    assert {one.subject.value for one in more} >= {f"{WIKIDATA}Q796"}
    build([place / "documents"], store=store, options=REASONED)
    assert inferred(store) == without


def test_the_reasoner_concludes_the_same_from_links_step_by_step_as_at_once(place):
    options = replace(REASONED, same_as_reasoned=True)
    build([place / "documents"], store=place / "store", options=REASONED)
    build([place / "documents"], store=place / "store", options=options)
    build([place / "documents"], store=place / "fresh", options=options)
    assert dump(place / "store") == dump(place / "fresh")
