"""Which phrases are names where every word has a capital: in headings and titles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.names.brackets import bracket_at
from ssrgraph.extraction.names.heads import word_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssrgraph.extraction.names.compose import Composed
    from ssrgraph.extraction.names.words import Word

_SHORT_HEADING = 3


def plainly_a_name(words: Sequence[Word], composed: Composed) -> bool:
    """Say whether a phrase is a name even where every word has a capital: an article or a short form says so."""
    before = words[composed.first - 1].text if composed.first else ""
    if composed.head.words == "ministry" and composed.behind > composed.head_behind + 1:
        said = [word.lower for word in words[composed.head_behind + 1 : composed.behind]]
        portfolio = " ".join(said[said[0] == "the" :]).split(" of ")[0]
        known = word_list("portfolios", "names")
        if portfolio in known or all(part in known for part in portfolio.split(" and ")):
            return True
    if composed.first == 0 and composed.head_behind == 1 and composed.head.words in {"ministry", "department"}:
        behind = words[composed.behind : composed.behind + 1]
        return composed.behind > 1 and bool(behind) and behind[0].text == ","
    if composed.head.kind is EntityKind.MISSION and composed.first == 0 and composed.behind == len(words):
        # A page about a mission: its name is the whole heading.
        return composed.head.words in word_list("mission", "front") or composed.behind > _SHORT_HEADING
    bracket = bracket_at(words, composed.behind)
    return before == "the" or (bracket is not None and bracket.abbreviation)
