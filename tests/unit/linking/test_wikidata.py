"""The service is asked politely, again where it fails, and never twice for the same."""

from __future__ import annotations

import pytest

from ssrgraph import __version__
from ssrgraph.linking import Unlinked
from ssrgraph.linking.shipped import kinds_of_types
from ssrgraph.linking.wikidata import Politeness, ServiceError, Wikidata
from wikidata import PlayedItem, Reconciliation

GUARD = Unlinked(subject="urn:x:g", label="Coast Guard", names=("Coast Guard", "NCG"), kind="organization")
ITEM = PlayedItem(
    id="Q1",
    name="Coast Guard",
    types=("military unit", "something else"),
    description="of Norland",
    values={"P17": ("Norland",), "P749": ("Ministry of the Sea",), "P463": ("Lake Union",)},
)
PROPERTY = PlayedItem(id="P1", name="guard")
FAULTS = ["delay", "429", "500", "503", "broken", "odd", "drop", "cut"]


class Clock:
    """A clock that only moves when somebody sleeps."""

    def __init__(self):
        self.now, self.sleeps = 0.0, []

    def sleep(self, seconds):
        self.sleeps.append(seconds)
        self.now += seconds


@pytest.fixture
def played():
    with Reconciliation(ITEM, PROPERTY) as running:
        yield running


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def client(played, clock, tmp_path):
    def make(**more):
        return Wikidata(
            kinds=kinds_of_types(),
            cache=tmp_path / "cache",
            sleep=clock.sleep,
            clock=lambda: clock.now,
            service=played.address,
            politeness=Politeness(timeout=0.5, attempts=4, pause=1, back_off=2),
            **more,
        )

    return make


def test_an_item_comes_with_what_is_known_of_it(client):
    [found] = client().find(GUARD)  # A property that has the name is no item.
    assert (found.id, found.label, found.about) == ("Q1", "Coast Guard", "of Norland")
    assert found.kinds == {"organization"}
    assert found.properties == {
        "country": ("Norland",),
        "parent": ("Ministry of the Sea",),
        "neighbours": ("Lake Union",),
    }


def test_each_request_says_who_asks(client, played):
    client(contact="ada@example.org").find(GUARD)
    assert set(played.agents) == {f"ssrgraph/{__version__} (https://w3id.org/ssrgraph/; ada@example.org) python-urllib"}


def test_requests_are_a_pause_apart(client, clock):
    client().find(GUARD)
    assert clock.sleeps == [1]


def test_what_was_answered_is_kept(client, played):
    first = client().find(GUARD)
    asked = len(played.requests)
    assert client().find(GUARD) == first
    assert len(played.requests) == asked == 2
    client(refresh=True).find(GUARD)
    assert len(played.requests) == 4


def test_what_was_kept_and_is_damaged_is_asked_again(client, played, tmp_path):
    first = client().find(GUARD)
    for path, content in zip(sorted((tmp_path / "cache").iterdir()), (b"{", b"[]"), strict=True):
        path.write_bytes(content)
    assert client().find(GUARD) == first
    assert len(played.requests) == 4


@pytest.mark.parametrize("fault", FAULTS)
def test_after_a_fault_it_is_asked_again_and_the_answer_is_the_same(client, played, fault):
    whole = client().find(GUARD)
    played.faults = [fault, "", fault]
    assert client(refresh=True).find(GUARD) == whole


def test_it_waits_longer_each_time(client, played, clock):
    played.faults = ["broken", "drop", "odd"]
    client().find(GUARD)
    assert clock.sleeps == [2, 4, 8, 1]


def test_it_waits_as_long_as_the_service_says(client, played, clock):
    played.faults = ["429"]
    client().find(GUARD)
    assert clock.sleeps == [7, 1]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_does_not_end_is_told_and_nothing_is_kept(client, played, tmp_path, fault):
    played.always = fault
    with pytest.raises(ServiceError, match=r"\(4 attempts\); what was answered is kept"):
        client().find(GUARD)
    assert len(played.requests) == 4
    assert not (tmp_path / "cache").exists()


def test_what_the_service_refuses_is_not_sent_again(client, played):
    played.always = "400"
    with pytest.raises(ServiceError, match="answers with status 400"):
        client().find(GUARD)
    assert len(played.requests) == 1


def test_a_service_that_is_not_there_is_told(clock, tmp_path):
    with Reconciliation() as gone:
        address = gone.address
    client = Wikidata(kinds={}, cache=tmp_path, sleep=clock.sleep, clock=lambda: clock.now, service=address)
    with pytest.raises(ServiceError, match="cannot be asked"):
        client.find(GUARD)


def test_no_candidate_is_no_fault(client, played):
    unknown = Unlinked(subject="urn:x:u", label="Zzz", names=("Zzz",), kind="organization")
    assert client().find(unknown) == []
    assert len(played.requests) == 1
