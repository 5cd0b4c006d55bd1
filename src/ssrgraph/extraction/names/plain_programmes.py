"""A known programme's name without what stands around it: "FY 2023 [Foreign Military Financing]", "[IMET] for Chad"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ssrgraph.entities.model import EntityKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ssrgraph.extraction.names.compose import Composed
    from ssrgraph.extraction.names.matching import Match
    from ssrgraph.extraction.names.words import Word

_YEAR = re.compile(r"(?i:FY\s?\d{0,4}|fiscal|year|\d{4}(?:[/\u2013-]\d{2,4})?)")
_FOR = frozenset({"for", "to", "in"})


def holds_known(words: Sequence[Word], matches: Iterable[Match], composed: Composed) -> bool:
    """Say whether a composed name is a known programme's with its year, its state or who gets it around it."""
    if composed.head.kind is not EntityKind.PROGRAMME:
        return False
    inside = [m for m in matches if composed.first <= m.first and m.behind <= composed.behind]
    for match in inside:
        if match.entity.kind is not EntityKind.PROGRAMME or (match.first, match.behind) == (
            composed.first,
            composed.behind,
        ):
            continue
        states = {i for m in inside if m.adjective for i in range(m.first, m.behind)}
        front = range(composed.first, match.first)
        rest = words[match.behind : composed.behind]
        bare = all(i in states or _YEAR.fullmatch(words[i].text) for i in front)
        fund = words[match.behind - 1].lower == "fund"  # "Trust Fund for Mali" is one of several
        if bare and (not rest or (rest[0].lower in _FOR and not fund)):
            return True
    return False
