"""Every saved query, row by row, on the small world of `world/`: what it must answer was worked out by hand."""

from __future__ import annotations

import csv
import io
import tomllib
from pathlib import Path

import pytest

from ssrgraph.query import catalogue, results, running

ANSWERS = Path(__file__).parent / "answers"
CASES = [
    pytest.param(path.stem, case["set"], case["rows"], id=" ".join([path.stem, *case["set"].values()]))
    for path in sorted(ANSWERS.glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]


def table(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize(("name", "values", "rows"), CASES)
def test_a_saved_query_gives_these_rows(world, saved, name, values, rows):
    answer = running.run(world, catalogue.find(saved, name), values)
    header = [variable.value for variable in answer.variables]
    assert [header, *(list(row) for row in results.rows(answer))] == table(rows)


def test_every_saved_query_has_its_rows(saved):
    # Those that ask Wikidata as well are in tests/http/test_federation.py.
    own = {name for name, query in saved.items() if query.group != "federated"}
    assert {path.stem for path in ANSWERS.glob("*.toml")} == own


def test_every_parameter_takes_rows_away(saved):
    whole = {name: table(rows) for name, values, rows in (case.values for case in CASES) if not values}
    narrowed = {
        (name, parameter)
        for name, values, rows in (case.values for case in CASES)
        for parameter in values
        if len(table(rows)) < len(whole[name])
    }
    assert narrowed == {(name, parameter.name) for name in whole for parameter in saved[name].parameters}


def test_the_columns_are_those_of_the_header(world, saved):
    for name, query in saved.items():
        if query.group in {"tables", "questions"}:
            answer = running.run(world, query)
            assert [variable.value for variable in answer.variables] == list(query.columns), name
