"""The access log: a line of JSON for each request. It never holds the text of a query, a token or a body."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self, TextIO

if TYPE_CHECKING:
    from pathlib import Path

    from ssrgraph.serve.records import Record


class AccessLog:
    """Writes lines to a file.

    Args:
        file: Where to.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file

    @classmethod
    def open(cls, path: Path | None) -> Self | None:
        """Open the log at a path, to be continued; `-` is standard output; None: there is none.

        Raises:
            OSError: It cannot be written.
        """
        if path is None:
            return None
        if str(path) == "-":
            return cls(sys.stdout)
        return cls(path.open("a", encoding="utf-8", buffering=1))

    def write(self, client: tuple[str, int] | None, method: str, path: str, record: Record) -> None:
        """Write the line of a request that is done."""
        values = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "client": client[0] if client else None,
            "method": method,
            "path": path,
            "status": record.status,
            "outcome": record.outcome,
            "query": record.query,
            "rows": record.rows,
            "bytes": record.size,
            "cached": record.cached,
            "ms": round(record.seconds * 1000, 3),
        }
        self._file.write(f"{json.dumps(values)}\n")
        if self._file is sys.stdout:
            self._file.flush()
