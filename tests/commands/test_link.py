"""Candidates found and reviewed by the real command, against a service that fails as networks do."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

# The tests are imported as loose files; what they share with others lies above them.
sys.path.insert(0, str(Path(__file__).parents[1]))

from ssrgraph.entities import sssom
from ssrgraph.vocabulary import BASE, WIKIDATA
from wikidata import PlayedItem, Reconciliation

PESHMERGA = PlayedItem(id="Q101", name="Peshmerga", types=("armed forces",), values={"P17": ("Iraq",)})
FILM = PlayedItem(id="Q102", name="Peshmerga", types=("film",), description="a film")
JUSTICE = PlayedItem(id="Q103", name="Ministry of Justice", types=("government ministry",), values={"P17": ("Sweden",)})
NATO = PlayedItem(id="Q7184", name="NATO Mission Iraq", types=("mission",))
FAULTS = ["delay", "429", "500", "broken", "drop", "odd", "cut", "503"]


@pytest.fixture
def played():
    with Reconciliation(PESHMERGA, FILM, JUSTICE, NATO) as running:
        running.retry_after = 1  # The command really waits.
        yield running


@pytest.fixture
def link(run_five, five, played, tmp_path):
    """Return a function that runs the command in a folder of its own."""

    store = run_five.server.address if run_five.server else str(five)

    def run(*arguments, answers="", live=True):
        command = [run_five.program, "link", "--store", store, *arguments]
        if live:
            command += ["--live", "--service", played.address, "--pause", "0", "--timeout", "0.7"]
        return subprocess.run(command, cwd=tmp_path, input=answers, capture_output=True, text=True, check=False)

    return run


def proposals(done):
    return [(one["label"], one["item"]) for one in json.loads(done.stdout)]


def reviewed(folder):
    links = sssom.read(folder / "links" / "reviewed.sssom.tsv").links
    return {
        (one.subject.removeprefix(f"{BASE}id/"), one.object.removeprefix(WIKIDATA)): (one.is_decided, one.is_negative)
        for one in links
    }


def test_without_a_network_only_the_index_that_ships_is_asked(link, played):
    done = link("--format", "json", "--least", "0", live=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert all(one["score"] < 50 for one in json.loads(done.stdout))  # All that it has is linked already.
    assert played.requests == []


def test_candidates_come_with_the_features_of_their_score(link):
    done = link("--format", "json", "--entity", "peshmerga")
    assert (done.returncode, done.stderr) == (0, "")
    first, second = json.loads(done.stdout)
    assert (first["entity"], first["item"]) == (f"{BASE}id/organization/peshmerga", "Q101")
    assert (first["features"]["label"], first["features"]["type"]) == (1, 1)
    assert (second["item"], second["features"]["type"], second["about"]) == ("Q102", 0, "a film")
    assert first["score"] > second["score"]


def test_an_item_that_is_another_entity_is_not_offered(link):
    assert "Q7184" not in {item for _, item in proposals(link("--format", "json", "--entity", "NATO Mission Iraq"))}


def test_faults_change_nothing_but_the_time(link, played):
    wanted = ("--format", "json", "--entity", "Peshmerga", "--entity", "Ministry of", "--refresh")
    whole = link(*wanted)
    for place in (0, 4):
        played.faults = [each for fault in FAULTS[place:] + FAULTS[:place] for each in (fault, "")]
        done = link(*wanted)
        assert (done.returncode, done.stdout) == (0, whole.stdout)
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize("fault", ["delay", "429", "500", "broken", "drop"])
def test_a_service_that_only_fails_is_told_and_the_next_run_goes_on(link, played, fault):
    wanted = ("--format", "json", "--entity", "Peshmerga", "--entity", "Ministry of")
    some = proposals(link(*wanted[:4]))  # What is asked before the service fails is kept.
    asked = len(played.requests)
    played.always = fault
    done = link(*wanted)
    assert done.returncode == 1
    assert proposals(done) == some
    lines = done.stderr.splitlines()
    assert lines[-1].endswith("is asked no more, after 3 failures in a row")
    assert [line for line in lines if "Traceback" in line] == []
    played.always = ""
    failed = len(played.requests)
    done = link(*wanted)
    assert (done.returncode, done.stderr) == (0, "")
    assert {*some} <= {*proposals(done)}
    assert asked < failed < len(played.requests)
    assert [one for one in played.requests[asked:] if "Peshmerga" in one.get("queries", "")] == []


def test_a_review_is_kept_decision_by_decision(link, tmp_path):
    done = link("--review", "--author", "Ada", "--entity", "Peshmerga", answers="r2\n1\n")
    assert done.returncode == 0, done.stderr
    assert reviewed(tmp_path) == {
        ("organization/peshmerga", "Q101"): (True, False),
        ("organization/peshmerga", "Q102"): (True, True),
    }
    assert proposals(link("--format", "json", "--entity", "Peshmerga")) == []


def test_a_rejected_candidate_is_never_offered_again(link, tmp_path):
    assert link("--review", "--author", "Ada", "--entity", "Peshmerga", answers="r\n").returncode == 0
    assert proposals(link("--format", "json", "--entity", "Peshmerga", "--refresh")) == []
    done = link("--review", "--author", "Ada", "--entity", "Peshmerga", answers="1\n1\n")
    assert "Q101" not in done.stderr
    assert reviewed(tmp_path) == {
        ("organization/peshmerga", "Q101"): (True, True),
        ("organization/peshmerga", "Q102"): (True, True),
    }


def test_what_is_left_open_is_no_link_and_is_offered_again(link, tmp_path):
    link("--review", "--author", "Ada", "--entity", "Peshmerga", answers="\n")
    assert set(reviewed(tmp_path).values()) == {(False, False)}
    assert ("Peshmerga", "Q101") in proposals(link("--format", "json", "--entity", "Peshmerga"))


@pytest.mark.parametrize("answers", ["", "q\n", "9\nrx\nr9\n0\nyes\n"])
def test_a_review_that_ends_or_only_mistypes_decides_nothing(link, tmp_path, answers):
    done = link("--review", "--author", "Ada", "--entity", "Peshmerga", answers=answers)
    assert done.returncode == 0
    assert not (tmp_path / "links").exists()
    assert done.stderr.count("write a number from 1 to 2") == max(0, answers.count("\n") - answers.count("q"))


def test_a_build_takes_what_was_reviewed(link, anew, tmp_path, root):
    link("--review", "--author", "Ada", "--entity", "Peshmerga", answers="1\n")
    document = root / "data" / "documents" / "003_726c8a866d656542.txt"
    run = anew(tmp_path)
    done = run("build", document, "--links", "links", "--reasoner", "none")
    assert done.status == 0, done.err
    done = run("query", f"SELECT ?entity {{ ?entity skos:exactMatch <{WIKIDATA}Q101> }}", "--format", "csv")
    assert done.out.splitlines() == ["entity", f"{BASE}id/organization/peshmerga"]


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--review"], "--review needs --author NAME: a link says who decided it"),
        (["--links", "missing.sssom.tsv"], "missing.sssom.tsv: no such file or folder"),
        (["--store", "nowhere"], "nowhere"),
    ],
)
def test_wrong_input_ends_with_one_line(link, arguments, problem):
    done = link(*arguments, live=False)
    assert done.returncode == 2
    [line] = done.stderr.splitlines()
    assert problem in line
