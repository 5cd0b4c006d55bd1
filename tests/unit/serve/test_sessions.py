"""A session is what this server signed, until its time is over."""

from __future__ import annotations

import base64
import json

import pytest

from ssrgraph.serve.sessions import HOURS, Sessions


class Clock:
    now = 1_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def sessions(clock):
    return Sessions(b"a key", clock=clock)


def test_a_cookie_says_who_it_is_and_each_has_a_word_of_its_own(sessions):
    first, second = (sessions.read(sessions.begin("Ada Bërg")) for _ in range(2))
    assert first.author == second.author == "Ada Bërg"
    assert first.has_sent(first.word)
    assert not first.has_sent(second.word)
    assert not first.has_sent("")
    assert not first.has_sent("ë\ud800")


def test_a_session_ends_with_its_time_and_with_the_key(sessions, clock):
    cookie = sessions.begin("Ada")
    assert Sessions(b"another key", clock=clock).read(cookie) is None
    clock.now += HOURS * 3600 - 1
    assert sessions.read(cookie)
    clock.now += 1
    assert sessions.read(cookie) is None


def test_what_was_changed_or_made_elsewhere_is_no_session(sessions):
    payload, _, signature = sessions.begin("Ada").partition(".")
    other = base64.urlsafe_b64encode(json.dumps(["Eve", 9e9, ""]).encode()).decode()
    word = sessions.read(f"{payload}.{signature}").word
    for cookie in (None, "", ".", "é.é", payload, f"{other}.{signature}", f"{payload}.{word}", f"{payload}.{'0' * 64}"):
        assert sessions.read(cookie) is None
    assert sessions.read(f"{payload}.{signature}{'0' * 4096}") is None
