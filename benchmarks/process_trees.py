"""What a command with all its processes takes: time, processor time, and memory while it runs.

Memory is the proportional set size, so that what processes share counts once; it is looked at once a second unless said
otherwise. Where the kernel does not tell it (not Linux), memory is that of the largest process.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

EVERY = 1.0
KEPT = 200
_PATH = re.compile(r"/(?:[^/\s]+/)+")
"""The folders of this machine that a path leads through; they are nobody's business."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What was measured of one run; `series` are seconds and megabytes of all processes together."""

    seconds: float
    processor_seconds: float
    megabytes: int
    megabytes_of_the_largest: int
    series: tuple[tuple[float, int], ...]
    said: str

    def figures(self) -> dict[str, float]:
        """Return the figures for a record."""
        names = ("seconds", "processor_seconds", "megabytes", "megabytes_of_the_largest")
        return {name.replace("_", " "): round(getattr(self, name), 3) for name in names}


def tree_of(number: int) -> list[int]:
    """Return the numbers of a process and of all that came from it."""
    found = [number]
    for one in found:  # grows while it is walked
        with suppress(OSError):  # It may end while it is looked at.
            for task in Path(f"/proc/{one}/task").glob("*/children"):
                with suppress(OSError):
                    found += map(int, task.read_text().split())
    return found


def memory_of(numbers: list[int]) -> float:
    """Return the megabytes that processes take together."""
    size = 0
    for number in numbers:
        with suppress(OSError):
            for line in Path(f"/proc/{number}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    size += int(line.split()[1])
    return size / 1e3 * 1.024


class Watch:
    """Looks at the memory of a process and all that came from it, from `start` to `stop`."""

    def __init__(self, number: int, every: float = EVERY) -> None:
        self._number, self._every = number, every
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self.series: list[tuple[float, float]] = []

    def start(self) -> Watch:
        self._thread.start()
        return self

    def stop(self) -> list[tuple[float, float]]:
        self._stopped.set()
        self._thread.join()
        return self.series

    def _look(self) -> None:
        start = time.perf_counter()
        while not self._stopped.is_set():
            self.series.append((time.perf_counter() - start, memory_of(tree_of(self._number))))
            self._stopped.wait(self._every)


def thinned(series: list[tuple[float, float]]) -> tuple[tuple[float, int], ...]:
    """Return the highest of each stretch of a series, so that it is short."""
    step = -(-len(series) // KEPT) or 1
    parts = [series[start : start + step] for start in range(0, len(series), step)]
    return tuple((round(max(part)[0], 1), round(max(size for _, size in part))) for part in parts)


def run(command: list[object], *, accepted: tuple[int, ...] = (0,), every: float = EVERY) -> Run:
    """Run a command and measure it; end this script if it fails."""
    before = os.times()
    with tempfile.TemporaryFile("w+") as words:
        start = time.perf_counter()
        process = subprocess.Popen(
            list(map(str, command)), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=words
        )
        watch = Watch(process.pid, every).start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        series = watch.stop()
        process.returncode = os.waitstatus_to_exitcode(status)
        words.seek(0)
        said = words.read()
    if process.returncode not in accepted:
        sys.exit(f"{' '.join(map(str, command))}: exit status {process.returncode}\n{said}")
    after = os.times()
    largest = usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3) * (1 if sys.platform == "darwin" else 1.024)
    return Run(
        seconds=seconds,
        processor_seconds=sum(after[2:4]) - sum(before[2:4]),
        megabytes=round(max((size for _, size in series), default=0) or largest),
        megabytes_of_the_largest=round(largest),
        series=thinned(series),
        said=_PATH.sub("", said.strip()),
    )


def size_of(folder: Path) -> int:
    """Return the bytes of all files of a folder; what has several names in it counts once."""
    seen = {}
    for path in folder.rglob("*"):
        with suppress(OSError):
            if path.is_file():
                found = path.stat()
                seen[found.st_ino] = found.st_size
    return sum(seen.values())
