"""The saved questions, asked of the five documents with the installed command."""

from __future__ import annotations

import csv
import json

import pytest

from ssrgraph.query import catalogue
from ssrgraph.resources import shipped

QUESTIONS = [query for query in catalogue.load(shipped("queries")).values() if query.group == "questions"]


def asked(run, name, *more) -> list[dict[str, str]]:
    done = run("query", name, "--format", "csv", *more)
    assert (done.status, done.err) == (0, "")
    return list(csv.DictReader(done.out.splitlines()))


@pytest.mark.parametrize("query", QUESTIONS, ids=lambda query: query.name)
def test_a_question_is_answered_under_its_columns(run_five, query):
    done = run_five("query", query.name, "--format", "json")
    assert (done.status, done.err) == (0, "")
    answer = json.loads(done.out)
    assert answer["head"]["vars"] == list(query.columns)
    # One row is never given twice.
    rows = [json.dumps(row, sort_keys=True) for row in answer["results"]["bindings"]]
    assert len(rows) == len(set(rows))


def test_a_parameter_is_set_from_outside(run_five):
    sums = asked(run_five, "largest-sums")
    large = asked(run_five, "largest-sums", "--set", "least=1000000000", "--set", "only_currency=usd")
    assert large == [row for row in sums if row["currency"] == "USD" and float(row["amount"]) >= 1_000_000_000]
    assert 0 < len(large) < len(sums)


def test_a_sum_is_that_of_its_claims(run_five):
    by_programme = asked(run_five, "funding-by-programme-year")
    single = asked(run_five, "funding")
    assert sum(int(row["claims"]) for row in by_programme) == len(single)
    assert sum(float(row["amount"]) for row in by_programme) == sum(float(row["amount"]) for row in single)
