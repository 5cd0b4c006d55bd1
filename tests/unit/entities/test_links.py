"""Which links count: decided, not rejected, and never two things for one."""

from __future__ import annotations

import pytest

from ssrgraph.entities.links import Link, settled
from ssrgraph.errors import LinksError
from ssrgraph.vocabulary import Semapv, Skos

ONE, TWO = "https://example.org/id/one", "https://example.org/id/two"
Q1, Q2 = "http://www.wikidata.org/entity/Q1", "http://www.wikidata.org/entity/Q2"


def link(subject=ONE, target=Q1, *, predicate=Skos.EXACT_MATCH, how=Semapv.MANUAL_MAPPING_CURATION, **more):
    return Link(subject=subject, predicate=predicate, object=target, justification=how, **more)


def test_links_of_all_files_come_sorted():
    assert settled([("b", [link(TWO, Q2)]), ("a", [link()])]) == (link(), link(TWO, Q2))


def test_what_only_a_program_has_found_does_not_count_until_a_person_has_looked_at_it():
    found = link(how=Semapv.LEXICAL_MATCHING)
    assert settled([("a", [found])]) == ()
    looked_at = link(how=Semapv.LEXICAL_MATCHING, reviewer="Ada")
    assert settled([("a", [found, looked_at])]) == (looked_at,)


@pytest.mark.parametrize("first", [True, False])
def test_a_rejection_takes_a_link_away_whatever_file_it_stands_in(first):
    files = [("own", [link(is_negative=True)]), ("shipped", [link(), link(TWO, Q2)])]
    assert settled(files if first else reversed(files)) == (link(TWO, Q2),)


def test_a_rejection_takes_every_relation_to_that_item_away():
    near = link(predicate=Skos.CLOSE_MATCH)
    assert settled([("a", [near]), ("b", [link(is_negative=True)])]) == ()


def test_of_two_rows_for_one_link_the_last_counts():
    assert settled([("a", [link(author="Ada")]), ("b", [link(author="Bea")])]) == (link(author="Bea"),)


def test_one_entity_is_not_exactly_two_items():
    with pytest.raises(LinksError, match=r"own\.tsv: .*/one is an exact match of both .*Q1 and .*Q2; reject one"):
        settled([("shipped.tsv", [link()]), ("own.tsv", [link(target=Q2)])])


def test_one_item_is_not_exactly_two_entities():
    with pytest.raises(LinksError, match=r"Q1 is an exact match of both .*/one and .*/two; reject one"):
        settled([("a", [link(), link(TWO)])])


def test_an_entity_may_be_in_two_data_sets_and_near_many_things():
    elsewhere = link(target="https://dbpedia.org/resource/One")
    near = link(target=Q2, predicate=Skos.CLOSE_MATCH)
    assert set(settled([("a", [link(), elsewhere, near])])) == {link(), elsewhere, near}


def test_after_the_wrong_one_is_rejected_the_right_one_counts():
    files = [("shipped", [link()]), ("own", [link(target=Q2), link(is_negative=True)])]
    assert settled(files) == (link(target=Q2),)
