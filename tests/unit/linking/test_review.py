"""Decisions are kept at once, as SSSOM; what was rejected is never offered again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ssrgraph.entities import sssom
from ssrgraph.entities.links import Link, settled
from ssrgraph.errors import LinksError
from ssrgraph.linking import Item, Proposal, Review, Unlinked
from ssrgraph.vocabulary import BASE, WIKIDATA, Semapv, Skos

ENTITY = Unlinked(subject=f"{BASE}id/organization/guard", label="Guard", names=("Guard",), kind="organization")
OTHER = Unlinked(subject=f"{BASE}id/organization/corps", label="Corps", names=("Corps",), kind="organization")


def proposal(number=1, entity=ENTITY):
    item = Item(id=f"Q{number}", label=f"Item {number}")
    return Proposal(entity=entity, item=item, score=81.25, features={"label": 1.0, "type": 0.5})


@pytest.fixture
def path(tmp_path):
    return tmp_path / "reviewed.sssom.tsv"


@pytest.fixture
def opened(path):
    def review(*others, author="Ada", date="2026-01-02"):
        return Review(path, write=lambda to, data: to.write_bytes(data), others=others, author=author, date=date)

    return review


def shipped(subject, number, **more):
    justification = Semapv.MANUAL_MAPPING_CURATION
    target = f"{WIKIDATA}Q{number}"
    return Link(subject=subject, predicate=Skos.EXACT_MATCH, object=target, justification=justification, **more)


def test_an_accepted_candidate_is_a_link_that_counts(opened, path):
    opened().accept(proposal())
    [link] = settled([(path, sssom.read(path).links)])
    assert (link.subject, link.object) == (ENTITY.subject, f"{WIKIDATA}Q1")
    assert (link.author, link.date, link.confidence) == ("Ada", "2026-01-02", 1)
    assert (link.subject_label, link.object_label) == ("Guard", "Item 1")
    assert link.comment == "score 81: label 1.00, type 0.50"
    assert opened().is_decided(ENTITY.subject)
    assert opened().without(OTHER.subject) == {"Q1"}


def test_a_rejected_candidate_is_not_offered_again_and_no_link(opened, path):
    opened().reject(proposal())
    assert opened().without(ENTITY.subject) == {"Q1"}
    assert opened().without(OTHER.subject) == set()
    assert not opened().is_decided(ENTITY.subject)
    assert settled([(path, sssom.read(path).links)]) == ()


def test_an_open_candidate_is_kept_as_a_proposal_and_is_offered_again(opened, path):
    opened().leave_open(proposal())
    [link] = sssom.read(path).links
    assert (link.is_decided, str(link.confidence), link.tool) == (False, "0.81", "ssrgraph link")
    assert opened().without(ENTITY.subject) == set()
    assert settled([(path, sssom.read(path).links)]) == ()


def test_a_decision_is_not_taken_back_by_leaving_open(opened, path):
    review = opened()
    review.reject(proposal())
    review.leave_open(proposal())
    assert [link.is_negative for link in sssom.read(path).links] == [True]


def test_a_decision_that_contradicts_another_link_is_refused_and_not_written(opened, path):
    review = opened(shipped(OTHER.subject, 1))
    with pytest.raises(LinksError, match="exact match of both"):
        review.accept(proposal())
    assert not path.exists()
    review.accept(proposal(2))
    with pytest.raises(LinksError, match="exact match of both"):
        review.accept(proposal(3))
    assert [link.object for link in sssom.read(path).links] == [f"{WIKIDATA}Q2"]


def test_what_others_have_decided_counts(opened):
    review = opened(shipped(ENTITY.subject, 1), shipped(OTHER.subject, 2, is_negative=True))
    assert review.is_decided(ENTITY.subject)
    assert review.without(OTHER.subject) == {"Q1", "Q2"}


def test_decisions_of_several_sessions_stand_together(opened, path):
    opened().accept(proposal(1))
    opened(author="Bea").reject(proposal(2, OTHER))
    assert [(link.author, link.is_negative) for link in sssom.read(path).links] == [("Bea", True), ("Ada", False)]


def test_a_file_that_is_no_sssom_is_told_and_left_alone(opened, path):
    path.write_text("notes\n")
    with pytest.raises(LinksError, match="the table has no column subject_id"):
        opened()
    assert path.read_text() == "notes\n"


def test_two_who_decide_at_the_same_time_lose_nothing_of_each_other(opened, path):
    one, other = opened(author="Ada"), opened(author="Ben")
    one.accept(proposal())
    other.reject(proposal(2))
    one.reject(proposal(3))
    kept = {link.object.removeprefix(WIKIDATA): link.author for link in sssom.read(path).links}
    assert kept == {"Q1": "Ada", "Q2": "Ben", "Q3": "Ada"}
    with pytest.raises(LinksError, match="exact match of both"):
        other.accept(proposal(entity=OTHER))


def test_many_threads_that_decide_lose_nothing(opened, path):
    reviews = [opened() for _ in range(8)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda number: reviews[number % 8].reject(proposal(number + 1)), range(40)))
    assert len(sssom.read(path).links) == 40


def test_a_folder_that_cannot_be_made_is_told_in_a_line(tmp_path):
    (tmp_path / "links").write_text("a file")
    review = Review(tmp_path / "links" / "reviewed.sssom.tsv", write=Path.write_bytes, others=(), author="A", date="")
    with pytest.raises(LinksError, match="cannot be written"):
        review.reject(proposal())
