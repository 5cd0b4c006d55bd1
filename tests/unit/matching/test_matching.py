"""From a name to entities: scores, and the features that say why."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, RdfFormat, parse

from ssrgraph.matching import Graph, Role, Strictness, Wanted, matches
from ssrgraph.matching.scoring import similarity
from ssrgraph.store import MemoryStore

BASE = "https://data.example/"
SPACE = f"{BASE}id/"
SSR = "https://w3id.org/ssrgraph/ontology#"
ORG = "http://www.w3.org/ns/org#Organization"
ENTITIES = """
@base <https://data.example/id/> .
@prefix ssr: <https://w3id.org/ssrgraph/ontology#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <https://schema.org/> .
<organization/no> a ssr:Country, org:Organization ; skos:prefLabel "Norway" ; skos:altLabel "Kingdom of Norway" .
<organization/ke> a ssr:Country, org:Organization ; skos:prefLabel "Kenya" .
<organization/mod-no> a org:Organization ; skos:prefLabel "Ministry of Defence" ; ssr:actsFor <organization/no> .
<organization/mod-ke> a org:Organization ; skos:prefLabel "Ministry of Defense" ; ssr:actsFor <organization/ke> .
<organization/mod> a org:Organization ; skos:prefLabel "Ministry of Defence" .
<organization/staff> a org:Organization ; skos:prefLabel "Coastal Staff" ; ssr:parent <organization/mod-ke> .
<organization/who> a org:Organization ; skos:prefLabel "World Health Organization" ; ssr:abbreviation "WHO" .
<mission/harbour> a ssr:Mission ; skos:prefLabel "Harbour Training Mission" ; skos:altLabel "Operation Quay" ;
    ssr:abbreviation "HTM" ; ssr:host <organization/ke> ; ssr:lead <organization/no> .
<programme/harbour> a ssr:Programme ; skos:prefLabel "Harbour Training Programme" .
<place/mombasa> a schema:Place ; skos:prefLabel "Mombasa" ; schema:containedInPlace <organization/ke> .
"""


@pytest.fixture(scope="module")
def graph():
    store = MemoryStore(BASE)
    triples = [quad.triple for quad in parse(ENTITIES.encode(), format=RdfFormat.TURTLE)]
    store.replace_graph(NamedNode(f"{BASE}graph/entities"), triples)
    return Graph(store)


def found(graph, text, limit=5, **more):
    return matches(Wanted(text=text, **more), graph.index, graph.values, limit=limit)


def ids(results):
    return [each.candidate.id.removeprefix(SPACE) for each in results]


def features(match):
    return {each.id: each.value for each in match.features}


@pytest.mark.parametrize(
    ("text", "entity", "role"),
    [
        ("Norway", "organization/no", Role.LABEL),
        ("the kingdom of NORWAY", "organization/no", Role.ALIAS),
        ("HTM", "mission/harbour", Role.ABBREVIATION),
        ("World Health Organisation", "organization/who", Role.LABEL),
        ("Operation Quay", "mission/harbour", Role.ALIAS),
    ],
)
def test_a_name_that_is_the_same_is_certain_and_the_feature_says_which(graph, text, entity, role):
    first = found(graph, text)[0]
    assert first.candidate.id == f"{SPACE}{entity}"
    assert (first.score, first.is_certain, features(first)[role]) == (100.0, True, 1.0)


def test_an_abbreviation_in_small_letters_is_a_guess(graph):
    first = found(graph, "who")[0]
    assert (ids([first]), first.is_certain) == (["organization/who"], False)
    assert features(first)["abbreviation"] == 0.8
    assert first.score < 80


def test_a_misspelt_name_is_found_and_is_not_certain(graph):
    first = found(graph, "Harbor Traning Mission")[0]
    assert ids([first]) == ["mission/harbour"]
    assert 80 < first.score < 100
    assert not first.is_certain


def test_of_two_with_one_name_none_is_certain_until_the_country_tells_them_apart(graph):
    both = found(graph, "Ministry of Defence")
    assert set(ids(both)) == {"organization/mod", "organization/mod-no", "organization/mod-ke"}
    assert not any(each.is_certain for each in both)
    told = found(graph, "Ministry of Defence", properties=(("country", ("Kenya",)),))
    assert ids(told) == ["organization/mod-ke", "organization/mod", "organization/mod-no"]
    assert told[0].is_certain
    assert [features(each).get("country") for each in told] == [1.0, None, 0.0]
    assert [each.score for each in told] == [100.0, 82.5, 65.0]


def test_what_is_not_known_is_never_certain(graph):
    (only,) = found(graph, "World Health Organization", properties=(("country", ("Kenya",)),))
    assert (only.score, only.is_certain) == (82.5, False)


@pytest.mark.parametrize(
    ("entity", "countries"),
    [
        ("organization/no", ["organization/no"]),
        ("organization/staff", ["organization/ke"]),
        ("place/mombasa", ["organization/ke"]),
        ("mission/harbour", ["organization/ke"]),
        ("organization/who", []),
    ],
)
def test_a_country_is_found_over_a_few_steps(graph, entity, countries):
    assert [each.removeprefix(SPACE) for each in graph.countries(f"{SPACE}{entity}")] == countries


def test_types_filter_or_weigh_as_they_are_meant(graph):
    mission = (f"{SSR}Mission",)
    assert ids(found(graph, "Harbour Training", types=mission)) == ["mission/harbour"]
    weighed = found(graph, "Harbour Training", types=mission, strictness=Strictness.SHOULD)
    assert ids(weighed) == ["mission/harbour", "programme/harbour"]
    assert [features(each)["type"] for each in weighed] == [1.0, 0.0]
    assert weighed[1].score < weighed[0].score
    both = (ORG, f"{SSR}Country")
    assert ids(found(graph, "Norway", types=both, strictness=Strictness.ALL)) == ["organization/no"]
    assert found(graph, "Coastal Staff", types=both, strictness=Strictness.ALL) == []


def test_any_property_may_be_given_by_name_or_by_iri(graph):
    for value in ("Norway", f"{SPACE}organization/no"):
        first = found(graph, "Harbour Training Mission", properties=((f"{SSR}lead", (value,)),))[0]
        assert (features(first)[f"{SSR}lead"], first.is_certain) == (1.0, True)


def test_properties_alone_find_what_has_them(graph):
    results = found(graph, "", properties=(("country", ("Norway",)),))
    assert ids(results) == ["organization/mod-no", "organization/no"]
    assert not any(each.is_certain for each in results)


def test_what_shares_no_word_is_no_candidate(graph):
    assert found(graph, "Zzyzx") == []
    assert found(graph, "Harbour", limit=1)


def test_suggestions_begin_with_what_was_typed(graph):
    names = [each.label for each in graph.index.beginning("har")]
    assert names == ["Harbour Training Mission", "Harbour Training Programme"]
    assert [each.label for each in graph.index.beginning("Quay")] == ["Harbour Training Mission"]
    assert graph.index.beginning("  ") == []


@given(st.text(), st.text())
def test_similarity_lies_between_nothing_and_the_same(left, right):
    assert 0.0 <= similarity(left, right, lambda _: 1.0) <= 1.0
    assert similarity(left, left, lambda _: 1.0) in {0.0, 1.0}


@given(st.text())
def test_any_text_may_be_looked_for(graph, text):
    for each in found(graph, text):
        assert 0 <= each.score <= 100
