"""What a store remembers of its reasoner's findings, so that a check need not reason again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, parse, serialize

from ssrgraph.reasoning import Inconsistency

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ssrgraph.store import LocalStore

INCONSISTENCIES = "inconsistencies.json"


def write_inconsistencies(found: Iterable[Inconsistency]) -> bytes:
    """Return inconsistencies as the file that a store keeps."""
    rows = [
        {
            "rule": item.rule,
            "message": item.message,
            "triples": (serialize(item.triples, format=RdfFormat.N_TRIPLES) or b"").decode(),
        }
        for item in found
    ]
    return json.dumps(rows, ensure_ascii=False).encode()


def read_inconsistencies(store: LocalStore) -> tuple[Inconsistency, ...]:
    """Return what the reasoner found when the store was last changed."""
    if INCONSISTENCIES not in store.files():
        return ()
    return tuple(
        Inconsistency(
            rule=row["rule"],
            message=row["message"],
            triples=tuple(quad.triple for quad in parse(row["triples"], format=RdfFormat.N_TRIPLES)),
        )
        for row in json.loads(store.read_file(INCONSISTENCIES))
    )
