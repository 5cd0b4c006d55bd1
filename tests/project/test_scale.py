"""The benchmark of growth: what has been measured is not measured again, and its tables and curves show it."""

from __future__ import annotations

import json
from importlib import import_module

import pytest
from defusedxml import ElementTree


@pytest.fixture
def modules(root, monkeypatch):
    monkeypatch.syspath_prepend(str(root / "benchmarks"))
    return [import_module(name) for name in ("repeated_graphs", "scale_report", "scale_steps")]


def test_a_step_that_was_taken_is_not_taken_again(modules, tmp_path):
    *_, steps = modules
    path, taken = tmp_path / "documents-10.json", []
    for number in range(2):
        found = steps.Steps(path, {"documents": 10}).take("build", lambda n=number: taken.append(n) or {"seconds": n})
        assert found["seconds"] == 0
    assert taken == [0]
    assert steps.Steps(path, {"documents": 10, "kilobytes": 4}).has("build") is False


def test_percentiles_of_waiting_times(modules):
    *_, steps = modules
    assert steps.spread([n / 100 for n in range(100)]) == {"median": 0.495, "p95": 0.95, "p99": 0.99, "count": 100}


def test_a_report_has_what_was_measured_and_a_dash_for_the_rest(modules, tmp_path):
    _, report, _ = modules
    on = {"date": "2026-01-01", "commit": "c", "load before": 0, "processor": "p", "packages": "none"}
    for count in (10, 1000):
        step = {"seconds": count / 10, "processor seconds": 1, "megabytes": 300, "megabytes of the largest": 200}
        record = {
            "about": {"documents": count},
            "steps": {"corpus": {"bytes": count * 2000, "documents": count, "machine": on}},
        }
        if count == 10:
            record["steps"]["build"] = {**step, "store": 10**7, "series": [[0, 100], [1, 300]], "machine": on}
        (tmp_path / f"documents-{count}.json").write_text(json.dumps(record))
    report.report(tmp_path, tmp_path / "curves")
    lines = (tmp_path / "README.md").read_text().splitlines()
    assert "| documents | 10 | 1,000 |" in lines
    assert "| build | 1.0 s | – |" in lines
    curves = {path.stem: ElementTree.parse(path).getroot() for path in (tmp_path / "curves").glob("*.svg")}
    assert "documents-seconds" in curves
    assert all(one.tag.endswith("svg") for one in curves.values())


def test_repeated_documents_share_what_all_know_and_nothing_else(modules):
    graphs, *_ = modules
    base = graphs.BASE
    line = b"<%sclaim/a> <http://a/funder> <%sid/organization/us> <%sgraph/document/x> .\n" % (base, base, base)
    repeated = object.__new__(graphs.Repeated)
    repeated.documents = [graphs.Repeated.marked(line, {base + b"id/organization/us"})]
    assert repeated.document(0) == line
    assert repeated.document(7) == line.replace(b"claim/a", b"claim/a-7").replace(b"document/x", b"document/x-7")
