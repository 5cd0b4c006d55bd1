"""A build that is stopped, however it is stopped, loses only the documents in work."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import time

import pytest

COUNTRIES = [
    "Mali",
    "Iraq",
    "Kenya",
    "Ukraine",
    "Georgia",
    "Lebanon",
    "Niger",
    "Jordan",
    "Chad",
    "Ghana",
    "Peru",
    "Fiji",
]
READ = re.compile(r"^(\d+) documents? read(?: \((\d+) by a build that was stopped\))?", re.MULTILINE)
BUILD = ("build", "many", "--reasoner", "none")


def text(number: int, country: str) -> str:
    claim = f"In {2001 + number}, Canada provided ${number + 2} million to {country} for border posts."
    return f"Support for {country}\n\n{claim} Norway trained {40 + number} officers there.\n"


@pytest.fixture
def place(tmp_path, anew):
    """Run commands in a folder with a dozen documents and no store."""
    (tmp_path / "many").mkdir()
    for number, country in enumerate(COUNTRIES):
        (tmp_path / "many" / f"d{number:02}.txt").write_text(text(number, country))
    return anew(tmp_path)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory, runner):
    """Return the canonical graph of the dozen documents, built at once."""
    folder = tmp_path_factory.mktemp("undisturbed")
    (folder / "many").mkdir()
    for number, country in enumerate(COUNTRIES):
        (folder / "many" / f"d{number:02}.txt").write_text(text(number, country))
    run = runner(folder)
    assert run(*BUILD).status == 0
    return run("export", "--canonical").out


def records(place) -> set[str]:
    folder = place.store / "unfinished"
    return {path.name for path in folder.iterdir() if path.suffix != ".new"} if folder.is_dir() else set()


def stop_after(place, number: int, sign: signal.Signals, *, jobs: int, group: bool) -> tuple[int, str]:
    """Start a build, stop it once so many readings are kept, and return its exit status and its words."""
    process = place.starting(*BUILD, "--jobs", jobs, stderr=subprocess.PIPE, start_new_session=True)
    while process.poll() is None and len(records(place)) < number:
        time.sleep(0.002)
    (os.killpg if group else os.kill)(process.pid, sign)
    _, err = process.communicate()
    wait_for_end_of_group(process.pid)
    return process.returncode, err.decode()


def wait_for_end_of_group(group: int) -> None:
    """Wait until no process of a group is left; the helpers of Python's own may take a moment."""
    for _ in range(1000):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.02)
    pytest.fail("processes of a build that was stopped go on")


@pytest.mark.parametrize("seed", range(2))
def test_what_was_read_before_a_kill_is_not_read_again(place, undisturbed, seed):
    chance = random.Random(seed)  # noqa: S311 -- moments, no secrets
    jobs = chance.choice([1, 2])
    had: set[str] = set()
    for _ in range(2):
        stop_after(place, len(had) + chance.randint(1, 4), signal.SIGKILL, jobs=jobs, group=chance.random() < 0.5)
        assert had <= records(place)
        had = records(place)
        assert not (place.store / "CURRENT").exists()
    done = place(*BUILD, "--jobs", jobs)
    assert (done.status, done.out) == (0, "")
    assert READ.findall(done.err) == [("12", str(len(had)))]
    assert not (place.store / "unfinished").exists()
    assert place("export", "--canonical").out == undisturbed


@pytest.mark.parametrize(
    ("sign", "jobs", "group", "status"),
    [
        (signal.SIGINT, 1, True, 130),
        (signal.SIGINT, 2, True, 130),
        (signal.SIGINT, 2, False, 130),
        (signal.SIGTERM, 1, False, 143),
        (signal.SIGTERM, 2, False, 143),
    ],
)
def test_a_build_that_is_asked_to_stop_says_so_and_tidies_up(place, sign, jobs, group, status):
    stopped, err = stop_after(place, 3, sign, jobs=jobs, group=group)
    assert (stopped, err.strip()) == (status, "ssrgraph: stopped")
    assert list((place.store).glob("generation-*")) == []
    had = len(records(place))
    assert had >= 3
    assert READ.findall(place(*BUILD).err) == [("12", str(had))]


def test_a_record_that_a_power_cut_left_half_written_is_read_again(place, undisturbed):
    stop_after(place, 5, signal.SIGKILL, jobs=1, group=True)
    folder = place.store / "unfinished"
    half, empty, *others = sorted(records(place))
    (folder / half).write_bytes((folder / half).read_bytes()[:-7])
    (folder / empty).write_bytes(b"")
    done = place(*BUILD)
    assert READ.findall(done.err) == [("12", str(len(others)))]
    assert place("export", "--canonical").out == undisturbed


def test_what_was_read_of_a_file_that_has_changed_since_is_not_taken_up(place):
    stop_after(place, 4, signal.SIGKILL, jobs=1, group=True)
    had = len(records(place))
    (place.folder / "many" / "d00.txt").write_text(text(30, "Nepal"))
    assert READ.findall(place(*BUILD).err) == [("12", str(had - 1))]
    assert "Nepal" in place("facts", "funding").out


def test_a_forced_build_takes_nothing_up(place):
    stop_after(place, 4, signal.SIGKILL, jobs=1, group=True)
    assert READ.findall(place(*BUILD, "--force").err) == [("12", "")]
