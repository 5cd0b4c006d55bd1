"""The processes of the server: one that makes a copy of the store is given no work before it has told of it."""


# ruff: noqa: SLF001 -- the moment between two tasks of the pool cannot be held from outside

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest

from ssrgraph.serve import pool as module
from ssrgraph.serve.pool import Pool
from ssrgraph.serve.processes import Child

STEPS = 50
"""Turns of the loop in which everything that can happen has happened."""


class Process:
    """A process whose copy takes until the test lets it go on."""

    is_slow, is_alive, state, shared, sink = False, True, "", 0, None

    def __init__(self):
        self.asked = 0
        self.goes_on = asyncio.Event()

    async def send(self, _message):
        self.asked += 1

    def write(self, _message):
        self.asked += 1

    async def receive(self):
        await self.goes_on.wait()
        return module.framing.PROBLEM, b""

    def kill(self):
        self.is_alive = False


async def turns():
    for _ in range(STEPS):
        await asyncio.sleep(0)


async def a_copy_overtaken_by_a_change(monkeypatch):
    pool = Pool(SimpleNamespace(copied=1, workers=1))
    process = Process()
    pool._all, pool._idle = {process}, [process]
    pool._snapshot = SimpleNamespace(name="g", version="1")
    pool._copy_soon()
    await turns()
    assert process.asked == 1
    monkeypatch.setattr(module, "_CALM", 60)
    pool._copy_soon()  # The store has changed.
    await turns()
    free_too_early = process in pool._idle
    pool._copying.cancel()
    process.goes_on.set()
    await turns()
    return free_too_early, process in pool._idle


def test_a_process_that_makes_a_copy_is_not_free_before_it_has_told_so(monkeypatch):
    monkeypatch.setattr(module, "_CALM", 0.0)
    assert asyncio.run(asyncio.wait_for(a_copy_overtaken_by_a_change(monkeypatch), 20)) == (False, True)


async def killed():
    child = Child()
    before = child.is_alive
    child.kill()
    return before, child.is_alive


def test_a_process_that_is_killed_is_not_free_though_its_end_is_still_to_come():
    assert asyncio.run(killed()) == (True, False)


async def a_copy_that_cannot_be_made():
    pool = Pool(SimpleNamespace(copied=1, workers=1))
    process = Process()
    process.goes_on.set()
    pool._all, pool._idle = {process}, [process]
    pool._snapshot = SimpleNamespace(name="g", version="1")
    pool._copy_soon()
    await turns()
    return process.asked, pool.copies, pool._copying.done()


def test_a_process_that_cannot_make_its_copy_is_not_asked_again(monkeypatch):
    monkeypatch.setattr(module, "_CALM", 0)
    assert asyncio.run(a_copy_that_cannot_be_made()) == (1, 0, True)


async def what_begins(*seconds):
    """How many of two jobs begin at once beside jobs that run for so many seconds, and how many a while later."""
    pool = Pool(SimpleNamespace(workers=2, waiting=9, timeout=60))
    running, idle = [Process() for _ in seconds], [Process() for _ in range(3 - len(seconds))]
    now = asyncio.get_running_loop().time()
    for process, ago in zip(running, seconds, strict=True):
        pool._begin(process, module.Work(b"", module.Answer(None), 60))
        pool._running[process].begun = now - ago
    pool._idle = idle
    for _ in range(2):
        pool.submit(b"", None)
    at_once = len(pool._running) - len(running)
    await asyncio.sleep(module._SHORT * 2)
    return at_once, len(pool._running) - len(running)


@pytest.mark.parametrize(
    ("seconds", "at_once", "later"),
    [((), 2, 2), ((0.0,), 1, 2), ((0.0, 0.0), 0, 1), ((9.0, 9.0), 1, 1), ((9.0,), 1, 2), ((9.0, 9.0, 9.0), 0, 0)],
)
def test_the_process_that_is_kept_warm_helps_where_none_of_the_others_is_soon_done(seconds, at_once, later):
    assert asyncio.run(what_begins(*seconds)) == (at_once, later)
