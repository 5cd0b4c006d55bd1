"""What processes that share work do when one of them, or whoever gave it to them, ends."""

from __future__ import annotations

import os
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children

import pytest

from ssrgraph.processes import workers

_began = ""


def begin(word):
    global _began  # noqa: PLW0603 - as modules do that give processes something to work with
    _began = word


def told(number):
    return f"{_began} {number}"


def ended(number):
    if number == 5:
        os._exit(1)
    return number


def wrong(number):
    return 1 // (number - 3)


def test_answers_come_in_the_order_of_what_was_asked():
    with workers(2, begin, "number") as pool:
        assert list(pool.in_order(told, range(40))) == [f"number {number}" for number in range(40)]


def test_a_process_that_is_ended_is_told():
    with workers(1, begin, "") as pool:
        answers = pool.in_order(ended, range(40), ahead=1)
        assert [next(answers) for _ in range(5)] == [0, 1, 2, 3, 4]
        with pytest.raises(BrokenProcessPool):
            next(answers)


def test_what_goes_wrong_there_is_raised_here_and_nobody_stays():
    before = set(active_children())
    with pytest.raises(ZeroDivisionError), workers(2, begin, "") as pool:
        for _ in pool.in_order(wrong, range(1000)):
            pass
    assert set(active_children()) <= before
