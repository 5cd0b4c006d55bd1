from __future__ import annotations

import csv
import json
import os
import signal
import subprocess

import pytest

from clusters import (
    PROGRAM,
    canonical,
    embedded,
    read_tables,
    ssrgraph,
    standalone,
    wait_until_reading,
    write_documents,
)

pytestmark = pytest.mark.nightly


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Return a folder with documents, what a build on two cores of this machine wrote, and an embedded build's dump."""
    place = tmp_path_factory.mktemp("cluster")
    write_documents(place / "documents", 6)
    said = ssrgraph("build", place / "documents", "--engine", "spark", "--master", "local[2]", "--out", place / "out")
    (place / "said").write_text(said)
    (place / "dump.nq").write_bytes(embedded(place / "documents", place / "store"))
    return place


def test_the_graph_is_that_of_an_embedded_build(place):
    assert canonical(place / "out") == (place / "dump.nq").read_bytes()


def test_what_follows_is_the_same_where_the_cluster_derives_it(place):
    command = ("build", place / "documents", "--engine", "spark", "--master", "local[2]", "--reasoner", "spark")
    ssrgraph(*command, "--out", place / "derived", "--conf", "spark.sql.shuffle.partitions=4")
    assert canonical(place / "derived") == (place / "dump.nq").read_bytes()


def test_what_is_skipped_is_told_as_in_an_embedded_build(place):
    said = (place / "said").read_text()
    assert "same.txt: has the same text as note 0000, which is read." in said
    assert "odd.txt: " in said
    summary = json.loads((place / "out" / "summary.json").read_text())
    assert (summary["documents"], len(summary["skipped"])) == (6, 2)


def test_the_parquet_tables_hold_the_rows_of_the_fact_tables(place):
    ssrgraph("facts", "--all", "--format", "csv", "--out", place / "csv", "--store", place / "store")
    tables = read_tables(place / "out" / "tables")
    assert sorted(tables) == sorted(path.stem for path in (place / "csv").glob("*.csv"))
    for name, table in tables.items():
        with (place / "csv" / f"{name}.csv").open(encoding="utf-8") as file:
            header, *rows = csv.reader(file)
        assert [column for column, _ in table["columns"]] == header
        kinds = [float if kind == "double" else str for _, kind in table["columns"]]
        expected = [[kind(cell) if cell else None for kind, cell in zip(kinds, row, strict=True)] for row in rows]
        assert sorted(table["rows"], key=repr) == sorted(expected, key=repr)


def test_a_folder_that_is_used_is_not_overwritten(place):
    command = [
        PROGRAM,
        "build",
        place / "documents",
        "--engine",
        "spark",
        "--master",
        "local[1]",
        "--out",
        place / "csv",
    ]
    (place / "csv").mkdir(exist_ok=True)
    (place / "csv" / "mine.txt").write_text("mine")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "holds something already" in done.stderr.splitlines()[-1]
    assert (place / "csv" / "mine.txt").read_text() == "mine"


def test_a_killed_worker_costs_no_document(tmp_path):
    write_documents(tmp_path / "documents", 60)
    with standalone(tmp_path) as (master, workers):
        command = [PROGRAM, "build", tmp_path / "documents", "--engine", "spark", "--master", master]
        command += ["--out", tmp_path / "out", "--conf", "spark.executor.memory=512m"]
        with subprocess.Popen(list(map(str, command)), stderr=subprocess.PIPE, text=True) as build:
            victim = wait_until_reading(workers, build)
            os.killpg(victim.pid, signal.SIGKILL)
            _, said = build.communicate(timeout=600)
        assert build.returncode == 0, said
    assert canonical(tmp_path / "out") == embedded(tmp_path / "documents", tmp_path / "store")
