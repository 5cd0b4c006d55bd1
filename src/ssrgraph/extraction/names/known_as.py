"""Two names of one thing that the text joins: "X, also known as Y"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssrgraph.extraction.names.found import Found

_KNOWN_AS = re.compile(
    r"\s*(?:,|\()?\s*(?:(?:which|that|who) (?:is|are|was|were) )?"
    r"(?:also|otherwise|commonly|better|formerly|previously|widely)?\s*"
    r"(?:(?:known|referred to) as|called|a\.?k\.?a\.?)\s+(?:the\s+)?[\"“‘']?",
    re.IGNORECASE,
)


def merge_known_as(text: str, names: Sequence[Found]) -> list[Found]:
    """Give the second of two such names the first one's name, where not both are known to mean different things."""
    merged: list[Found] = []
    for name in names:
        before = next((m for m in reversed(merged) if not m.nested and m.span.end <= name.span.start), None)
        joined = before is not None and _KNOWN_AS.fullmatch(text, before.span.end, name.span.start) is not None
        if before is None or not joined or name.nested or before.kind is not name.kind or name.reference:
            merged.append(name)
            continue
        merged.append(
            replace(
                name,
                label=before.label,
                inner=name.label,
                reference=before.reference,
                type=before.type or name.type,
                owner=before.owner,
                holder=None,
            )
        )
    return merged
