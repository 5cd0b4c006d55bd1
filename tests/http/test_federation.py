"""Saved queries that ask Wikidata as well, against a local server that plays it."""

from __future__ import annotations

import csv
import io
import subprocess
from urllib.parse import urlencode

import pytest

from served import PROGRAM, Server
from ssrgraph.query import catalogue
from ssrgraph.resources import shipped
from wikidata import Sparql

# What the played Wikidata says; Q1 and Q2 stand for items that the graph does not know.
PLAYED = """
wd:Q796 wdt:P297 "IQ" .
wd:Q30 wdt:P297 "US" ; wdt:P463 wd:Q7184 .
wd:Q31 wdt:P297 "XX" .
wd:Q1 wdt:P463 wd:Q7184 .
wd:Q100026 wdt:P176 wd:Q2 .
wd:Q2 rdfs:label "Made Up Works"@en , "Werke"@de .
"""
FEDERATED = [each for each in catalogue.load(shipped("queries")).values() if each.group == "federated"]


@pytest.fixture(scope="module")
def played():
    with Sparql(PLAYED) as running:
        yield running


@pytest.fixture
def ask(five, played):
    """Return a function that runs a saved query by the command and gives its rows."""

    def run(name, *arguments):
        command = [PROGRAM, "query", name, "--store", str(five), "--format", "csv", "--allow-host", "127.0.0.1"]
        command += ["--set", f"wikidata=<{played.address}>", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return list(csv.DictReader(io.StringIO(done.stdout)))

    return run


def test_codes_of_states_are_compared_with_those_of_wikidata(ask):
    rows = {row["state"]: row for row in ask("states-by-code")}
    assert len(rows) == 27
    assert rows["Iraq"] == {
        "state": "Iraq",
        "item": "http://www.wikidata.org/entity/Q796",
        "code": "IQ",
        "code_there": "IQ",
        "agrees": "true",
    }
    assert (rows["Belgium"]["code"], rows["Belgium"]["code_there"], rows["Belgium"]["agrees"]) == ("BE", "XX", "false")
    assert (rows["Canada"]["code_there"], rows["Canada"]["agrees"]) == ("", "false")


def test_members_are_those_of_the_documents_and_those_of_wikidata(ask):
    rows = {row["item"].rpartition("/")[2]: row for row in ask("members-elsewhere")}
    assert len(rows) == 27
    assert [rows["Q30"][name] for name in ("member", "in_documents", "in_wikidata")] == [
        "United States",
        "true",
        "true",
    ]
    assert [rows["Q31"][name] for name in ("member", "in_documents", "in_wikidata")] == ["Belgium", "true", "false"]
    assert [rows["Q1"][name] for name in ("member", "in_documents", "in_wikidata")] == ["", "false", "true"]


def test_claims_about_materiel_are_joined_with_its_maker(ask):
    [row] = ask("materiel-makers")
    assert row["kind_name"] == "General Dynamics F-16 Fighting Falcon"
    assert (row["maker"], row["maker_item"]) == ("Made Up Works", "http://www.wikidata.org/entity/Q2")
    assert (row["document"], row["quote"]) == ("003_726c8a866d656542", "F-16 aircraft")


def test_a_kind_without_a_maker_keeps_its_claims(ask):
    rows = ask("materiel-makers", "--set", "kind=<http://www.wikidata.org/entity/Q178795>")
    assert rows
    assert {(row["kind_name"], row["maker"]) for row in rows} == {("land mine", "")}


@pytest.mark.parametrize("query", FEDERATED, ids=lambda query: query.name)
def test_the_columns_are_those_of_the_header_and_wikidata_is_asked_once(query, ask, played):
    played.asked.clear()
    assert list(ask(query.name)[0]) == list(query.columns)
    assert len(played.asked) == 1


@pytest.mark.parametrize("query", FEDERATED, ids=lambda query: query.name)
def test_without_leave_no_other_host_is_asked(query, five, played):
    played.asked.clear()
    for arguments in ((), ("--set", f"wikidata=<{played.address}>"), ("--allow-host", "127.0.0.1")):
        command = [PROGRAM, "query", query.name, "--store", str(five), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 2
        [line] = done.stderr.splitlines()
        assert line.endswith("as well; allow its host with --allow-host")
    assert played.asked == []


def test_an_endpoint_that_cannot_be_reached_ends_with_one_line(five):
    command = [PROGRAM, "query", "states-by-code", "--store", str(five), "--allow-host", "127.0.0.1"]
    command += ["--set", "wikidata=<http://127.0.0.1:9/sparql>"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_the_server_answers_them_when_it_may(five, played):
    path = f"/queries/states-by-code.json?{urlencode({'wikidata': played.address})}"
    with Server(five, "--allow-host", "127.0.0.1") as server:
        rows = {row["state"]: row for row in server.get(path).rows}
    assert rows["Iraq"]["agrees"] == "true"


def test_the_server_refuses_a_host_that_it_was_not_told(five, played):
    played.asked.clear()
    with Server(five, "--allow-host", "query.wikidata.org") as server:
        answer = server.get(f"/queries/states-by-code.json?{urlencode({'wikidata': played.address})}")
    assert (answer.status, answer.json["code"]) == (403, "forbidden-host")
    assert played.asked == []
