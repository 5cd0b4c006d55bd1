"""A damaged graph, checked node by node, gives the findings that pySHACL gives for the whole of it."""

from __future__ import annotations

import random
import re

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ssrgraph.materialize import Changes
from ssrgraph.store import LocalStore, MemoryStore
from ssrgraph.validation import Kind, Severity, kept_report, shapes, shipped_shapes
from ssrgraph.validation.checking import check, check_after
from ssrgraph.validation.content import Content
from ssrgraph.vocabulary import BASE, PREFIXES, Oa, Rdf, Ssr

XSD = "http://www.w3.org/2001/XMLSchema#"
FORMS = {
    "decimal": ("-1", "0", "00", "x", "1.0", "1.00", "9" * 40),
    "integer": ("-1", "0", "00", "x"),
    "date": ("2019-02-30", "2019-02-28", "19-2-3", "2019-02-28Z"),
    "gYear": ("2019", "19", "-2019", "year"),
    "gYearMonth": ("2019-13", "2019-12"),
}
MISSION = NamedNode(PREFIXES["ssr"] + "Mission")
ODD = [
    *(Literal(text, datatype=NamedNode(XSD + name)) for name, texts in FORMS.items() for text in texts),
    *(Literal("Same", language=language) for language in ("en", "EN", "en-GB", "fr")),
    *(Literal(text) for text in ("", "usd", "USD", "USD\n", "7")),
    BlankNode("odd"),
    NamedNode("urn:nobody"),
    NamedNode("https://w3id.org/ssrgraph/scheme/bound#exact"),
]


def damaged(triples, chance):
    """Return triples of which some are lost, some twice with another value, and some wrong."""
    for triple in triples:
        fate = chance.random()
        if fate >= 0.05:
            yield triple
        if fate < 0.1:
            # pySHACL stops where sh:lessThan has to do with a resource.
            ordered = triple.predicate.value.endswith(("#start", "#end", "#valueMin", "#valueMax"))
            other = chance.choice([one for one in ODD if isinstance(one, Literal) or not ordered])
            if triple.predicate.value == Rdf.TYPE:
                other = NamedNode(PREFIXES["ssr"] + chance.choice(["Mission", "FundingClaim", "Person", "Small"]))
            yield Triple(triple.subject, triple.predicate, other)


def whole(store):
    """Return what pySHACL finds in the whole graph at once."""
    content = Content(store)
    return shapes.shape_findings(content, shapes.shape_violations(content, shipped_shapes()))


@pytest.fixture(name="broken", params=range(3))
def fixture_broken(five, request):
    """A store of the five documents with damage, the same each time."""
    chance = random.Random(request.param)  # noqa: S311
    store = MemoryStore(BASE)
    with LocalStore.open(five) as opened:
        for graph in opened.graphs():
            sound = sorted(opened.triples(graph), key=str)
            is_document = "/document/" in graph.value or "/evidence/" in graph.value
            store.replace_graph(graph, damaged(sound, chance) if is_document else sound)
    return store


def test_a_damaged_graph_gives_what_the_whole_gives(broken):
    store = broken
    below = NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
    small, mission = (NamedNode(PREFIXES["ssr"] + name) for name in ("Small", "Mission"))
    store.replace_graph(NamedNode("urn:classes"), [Triple(small, below, mission)])
    parts = {one for one in check(store, checks=(), inconsistencies=()).findings if one.kind is Kind.SHAPE}
    together = set(whole(store))
    assert len({one.check for one in together}) > 8
    assert sorted(map(str, parts)) == sorted(map(str, together))


def test_a_part_of_the_evidence_gives_the_words_that_all_of_it_gives(broken):
    content = Content(broken)
    found = 0
    for graph in content.graphs_of_documents():
        evidence = content.evidence(graph)
        for triple in broken.triples(graph):
            words = content.words(graph, triple)
            assert words == evidence.behind(triple), triple
            found += bool(words)
    assert found > 100


def strays(store):
    """Let graphs speak of claims and of words that belong to documents which they are not of."""
    first, second, *_ = sorted(
        (graph for graph in store.graphs() if "/document/" in graph.value), key=lambda graph: graph.value
    )
    claims = sorted({one.subject.value for one in store.triples(first) if "/claim/" in one.subject.value})
    words = sorted({one.subject.value for one in store.match(None, NamedNode(Oa.HAS_SOURCE), None)})
    least, most = NamedNode(Ssr.VALUE_MIN), NamedNode(Ssr.VALUE_MAX)
    ten, two = (Literal(text, datatype=NamedNode(XSD + "decimal")) for text in ("10", "2"))
    # One node for each of the ways: another document, a graph of no document, and a type in one of them.
    another = [Triple(NamedNode(claims[0]), least, ten), Triple(NamedNode(claims[0]), most, two)]
    none = [Triple(NamedNode(claims[1]), least, ten), Triple(NamedNode(words[0]), NamedNode(Rdf.TYPE), MISSION)]
    store.change_graph(second, set(another), ())
    store.replace_graph(NamedNode(BASE + "graph/added"), none)


def test_what_other_graphs_say_of_a_document_s_own_nodes_counts(broken):
    before = set(check(broken, checks=(), inconsistencies=()).findings)
    strays(broken)
    parts = {one for one in check(broken, checks=(), inconsistencies=()).findings if one.kind is Kind.SHAPE}
    together = set(whole(broken))
    assert sorted(map(str, parts)) == sorted(map(str, together))
    assert len(parts - before) >= 3


@pytest.mark.parametrize("seed", range(3))
def test_after_any_changes_the_kept_findings_are_those_of_a_whole_check(five, seed):
    chance = random.Random(seed)  # noqa: S311 - the same changes each time
    store = MemoryStore(BASE)
    with LocalStore.open(five) as opened:
        sound = {graph: sorted(opened.triples(graph), key=str) for graph in opened.graphs()}
    for graph, triples in sound.items():
        store.replace_graph(graph, triples)
    _, kept = check_after(store, Changes(store, remember=False, watch=True).changed, b"", inconsistencies=())
    changing = [graph for graph in sound if "/document/" in graph.value or "/evidence/" in graph.value]
    changing.append(NamedNode(f"{BASE}graph/entities"))
    for _ in range(6):
        changes = Changes(store, remember=False, watch=True)
        for graph in chance.sample(changing, 2):
            fate = chance.random()
            triples = sound[graph] if fate < 0.3 else damaged(sound[graph], chance) if fate < 0.8 else ()
            if triples:
                changes.replace_graph(graph, triples)
            else:
                changes.drop_graph(graph)
        # Their words, too, though some are those that the former check had read.
        counts, kept = check_after(store, changes.changed, kept, inconsistencies=())
        report = kept_report(kept)
        assert told(report) == told(whole := check(store, engine="none"))
        assert counts == {one: sum(n for (each, _), n in whole.counts.items() if each is one) for one in Severity}


def told(report):
    """Return all findings with their words, with one name for all blank nodes, which rdflib names anew each time."""
    return sorted(re.sub(r"_:\w+|BlankNode value=\w+", "_:b", str(one)) for one in set(report.findings))
