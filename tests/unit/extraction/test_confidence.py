"""What a claim's confidence is measured to be."""

from __future__ import annotations

import pytest

from ssrgraph.errors import DataError
from ssrgraph.extraction.confidence import COLUMNS, Confidences, fitted

HEAD = ",".join(COLUMNS)


def alike(table, step, rule, claims, right):
    return [(table, step, rule, number < right) for number in range(claims)]


def by_key(rows):
    return {(row["table"], row["step"], row["rule"]): row for row in rows}


def test_many_claims_speak_for_themselves_and_few_lean_on_those_of_their_table():
    rows = by_key(fitted([*alike("events", 0.8, "plain", 200, 180), *alike("events", 0.8, "odd", 2, 0)]))

    assert float(rows["events", "0.80", "plain"]["confidence"]) == pytest.approx(0.9, abs=0.01)
    assert 0.7 < float(rows["events", "0.80", "odd"]["confidence"]) < 0.85
    assert rows["events", "", ""]["claims"] == "202"
    assert rows["events", "0.80", "odd"]["right"] == "0"


def test_nothing_is_certain():
    rows = fitted(alike("roles", 0.9, "plain", 5000, 5000))

    assert {row["confidence"] for row in rows} == {"0.99"}


def test_the_order_of_claims_does_not_matter():
    claims = [*alike("roles", 0.9, "a", 20, 11), *alike("funding", 0.6, "b", 9, 2), *alike("roles", 0.6, "a", 3, 1)]

    assert fitted(claims) == fitted(claims[::-1])


@pytest.mark.parametrize(
    ("table", "step", "rule", "share"),
    [
        ("events", 0.8, "plain", 0.9),
        ("events", 0.8, "never seen", 0.7),
        ("events", 0.55, "plain", 0.5),
        ("results", 0.8, "plain", 0.8),
    ],
)
def test_the_finest_measured_group_counts(table, step, rule, share):
    shares = {("events", "", ""): 0.5, ("events", "0.80", ""): 0.7, ("events", "0.80", "plain"): 0.9}

    assert Confidences(shares).of(table, step, rule) == share


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (f"{HEAD}\nevents,,,9,5,1.5,made up\n", "no share"),
        (f"{HEAD}\nevents,,,9,5,much,made up\n", "cannot be read"),
        ("table,rule\nevents,plain\n", "cannot be read"),
    ],
)
def test_a_file_that_says_nothing_of_use_is_refused(tmp_path, content, problem):
    path = tmp_path / "confidence.csv"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(DataError, match=problem):
        Confidences.load(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(DataError, match=r"nowhere\.csv"):
        Confidences.load(tmp_path / "nowhere.csv")
