"""Records of long runs: each step's figures are on the disk when it is done, and a run that was killed goes on."""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from typing import TYPE_CHECKING, Any

from measuring import machine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


class Steps:
    """The steps of one size, by name.

    Args:
        path: The file that holds them.
        about: What they are of; steps that were taken of something else do not count.
        again: Begin anew.
    """

    def __init__(self, path: Path, about: dict[str, Any], *, again: bool = False) -> None:
        self._path = path
        known = json.loads(path.read_text(encoding="utf-8")) if path.exists() and not again else {}
        self.found: dict[str, Any] = known if known.get("about") == about else {"about": about, "steps": {}}

    def take(self, name: str, step: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """Take a step unless it has been taken, and return its figures."""
        if name not in self.found["steps"]:
            print(f"{time.strftime('%H:%M:%S')} {self.found['about']}: {name}", file=sys.stderr, flush=True)
            load = os.getloadavg()[0]
            figures = step()
            figures["machine"] = {**machine(), "load before": round(load, 2)}
            self.found["steps"][name] = figures
            self._write()
        found: dict[str, Any] = self.found["steps"][name]
        return found

    def has(self, name: str) -> bool:
        """Say whether a step has been taken."""
        return name in self.found["steps"]

    def _write(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_suffix(".new")
        fresh.write_text(json.dumps(self.found, indent=1) + "\n", encoding="utf-8")
        fresh.replace(self._path)


def spread(seconds: Sequence[float]) -> dict[str, float]:
    """Return median, 95th and 99th percentile of waiting times, in seconds."""
    ordered = sorted(seconds)

    def at(share: float) -> float:
        return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 5)

    return {"median": round(statistics.median(ordered), 5), "p95": at(0.95), "p99": at(0.99), "count": len(ordered)}
