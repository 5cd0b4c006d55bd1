"""What is noted of each request, for the access log and the metrics."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.requests import Request

KEY = "ssrgraph.record"


@dataclass(slots=True)
class Record:
    """What is noted of a request; never the text of a query, a token or a body.

    Attributes:
        query: A hash of the query or update, to find the same one again.
        rows: How many rows the answer has, where that is known.
        cached: Whether it came from the cache.
        outcome: What came of it, in a word.
        status: The HTTP status of the answer.
        size: How many bytes of the answer were sent, without its head.
        seconds: How long it took.
    """

    query: str | None = None
    rows: int | None = None
    cached: bool = False
    outcome: str = "ok"
    status: int = 0
    size: int = 0
    seconds: float = 0.0

    def note_query(self, text: str) -> None:
        """Note which query it is."""
        self.query = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def record_of(request: Request) -> Record:
    """Return what is noted of a request."""
    record: Record = request.scope.setdefault(KEY, Record())
    return record
