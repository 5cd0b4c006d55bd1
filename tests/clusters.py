"""Clusters of Apache Spark on this machine, and what builds on them come to, for tests."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse, serialize

PROGRAM = str(Path(sys.executable).with_name("ssrgraph"))
DONORS = ("Canada", "Germany", "Norway", "Japan")
RECEIVERS = ("Iraq", "Ukraine", "Lebanon", "Niger", "Tunisia")


def ssrgraph(*arguments: object) -> str:
    """Run a command that must succeed, and return what it says on standard error."""
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr


def write_documents(folder: Path, count: int) -> None:
    """Write as many made-up documents, one of which has the text of another, one that cannot be read, a manifest."""
    folder.mkdir()
    for number in range(count):
        donor, receiver = DONORS[number % len(DONORS)], RECEIVERS[number % len(RECEIVERS)]
        text = (
            f"Support for {receiver}, part {number}\n\nIn 20{number % 10 + 10}, {donor} provided "
            f"${number + 2} million to {receiver} for border security. {donor} has trained {number + 20} soldiers "
            f"of {receiver} since 20{number % 10 + 10}, and delivered {number % 7 + 2} patrol boats to {receiver}.\n"
        )
        (folder / f"note {number:04}.txt").write_text(text, encoding="utf-8")
    shutil.copy(folder / "note 0000.txt", folder / "same.txt")
    (folder / "odd.txt").write_bytes(b"\x00\x01\x02\xff\xfe\x00")
    manifest = '[[document]]\nid = "note 0001"\npublisher = "A ministry"\ndate = "2019-05"\n'
    (folder / "sources.toml").write_text(manifest, encoding="utf-8")


def canonical(out: Path) -> bytes:
    """Return the canonical N-Quads of what a build on a cluster wrote."""
    shards = sorted((out / "graph").glob("*.nq.gz"))
    every = Dataset(quad for shard in shards for quad in parse(gzip.decompress(shard.read_bytes()), RdfFormat.N_QUADS))
    every.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    lines = (serialize(every, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
    return b"".join(sorted(lines))


def embedded(documents: Path, store: Path) -> bytes:
    """Return the canonical N-Quads of an embedded build."""
    ssrgraph("build", documents, "--store", store)
    dump = store.with_suffix(".nq")
    ssrgraph("export", "--canonical", "--store", store, "--out", dump)
    return dump.read_bytes()


_READ = """
import json, pathlib, sys
from pyspark.sql import SparkSession
spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
tables = {path.name: spark.read.parquet(str(path)) for path in pathlib.Path(sys.argv[1]).iterdir()}
found = {name: {"columns": one.dtypes, "rows": one.collect()} for name, one in tables.items()}
print(json.dumps(found))
"""


def read_tables(folder: Path) -> dict[str, dict]:
    """Return the columns and rows of Parquet tables, read by a process of its own, for Spark leaves sockets open."""
    done = subprocess.run([sys.executable, "-c", _READ, folder], capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


@contextmanager
def cluster(kind: str, folder: Path):
    """Give the address of a cluster of a kind: `standalone`, or an address in Spark's words such as `local[2]`."""
    if kind == "standalone":
        with standalone(folder) as (master, _):
            yield master
    else:
        yield kind


@contextmanager
def standalone(folder: Path):
    """Start a master and two workers, each the leader of its own group of processes."""
    import pyspark  # noqa: PLC0415 -- an extra

    program = str(Path(pyspark.__file__).parent / "bin" / "spark-class")
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    started = []

    def start(name, *arguments):
        command = [program, *map(str, arguments)]
        with (folder / f"{name}.log").open("w") as log:
            started.append(subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True))
        return started[-1]

    try:
        at = ("--host", "127.0.0.1", "--webui-port", "0")
        start("master", "org.apache.spark.deploy.master.Master", *at, "--port", port)
        wait_for(lambda: is_open(port))
        kind, master = "org.apache.spark.deploy.worker.Worker", f"spark://127.0.0.1:{port}"
        workers = [
            start(name, kind, *at, "--cores", 1, "--memory", "1g", "--work-dir", folder / name, master)
            for name in ("one", "two")
        ]
        yield master, workers
    finally:
        for process in started:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
            process.wait()


def is_open(port):
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def wait_for(holds, seconds=300):
    end = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < end
        time.sleep(0.1)
    return found


def wait_until_reading(workers, build):
    """Return a worker of which a Python process has been at work for seconds, so that it has read something."""

    def reading():
        assert build.poll() is None, build.stderr.read()
        return next((worker for worker in workers if busiest_python(worker.pid) > 4), None)

    return wait_for(reading)


def busiest_python(group):
    """Return the most seconds of processor time that a Python process of a group of processes has had."""
    most = 0.0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            name, rest = (folder / "stat").read_text().rpartition(")")[::2]
        except OSError:
            continue
        fields = rest.split()
        if int(fields[3]) == group and "python" in name:
            most = max(most, (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"))
    return most
