"""What a reasoner found contradictory, as the file that a store keeps, so that a check need not reason again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, parse, serialize

from ssrgraph.reasoning.model import Inconsistency

if TYPE_CHECKING:
    from collections.abc import Iterable

INCONSISTENCIES = "inconsistencies.json"
"""The name of the file."""


def write_inconsistencies(found: Iterable[Inconsistency]) -> bytes:
    """Return inconsistencies as the file."""
    rows = [
        {
            "rule": item.rule,
            "message": item.message,
            "triples": (serialize(item.triples, format=RdfFormat.N_TRIPLES) or b"").decode(),
        }
        for item in found
    ]
    return json.dumps(rows, ensure_ascii=False).encode()


def read_inconsistencies(content: bytes) -> tuple[Inconsistency, ...]:
    """Return the inconsistencies that the file holds."""
    return tuple(
        Inconsistency(
            rule=row["rule"],
            message=row["message"],
            triples=tuple(quad.triple for quad in parse(row["triples"], format=RdfFormat.N_TRIPLES)),
        )
        for row in json.loads(content)
    )
