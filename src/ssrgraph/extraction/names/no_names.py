"""Words that look like names of states and bodies and are none: currencies, and words of a line in capitals."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ssrgraph.extraction.names.heads import word_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssrgraph.extraction.names.matching import Match
    from ssrgraph.extraction.names.words import Word

# "about us", "contact us" in a line of capitals.
_PRONOUNS = {"us", "it"}
_SIGNS = {"$", "€", "£", "¥"}


def is_no_name(words: Sequence[Word], match: Match) -> bool:
    """Say whether a match is only a part of a currency ("U.S. dollars", "US$"), or a plain word ("WHO WE ARE")."""
    behind = words[match.behind] if match.behind < len(words) else None
    if match.entity.type == "country" and behind is not None:
        adjacent = behind.start == words[match.behind - 1].end
        waters = behind.capital and behind.lower in word_list("links", "waters") and not match.adjective
        if waters or (behind.text in _SIGNS and adjacent) or behind.lower in word_list("currencies", "nouns"):
            return True
    return match.behind - match.first == 1 and _is_word_in_capitals(words, match.first)


def _is_word_in_capitals(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    others = [other.text for i, other in enumerate(words) if i != at and other.what == "word"]
    plain = word.lower in word_list("openers", "words") or (word.lower in _PRONOUNS and at == len(words) - 1 > 0)
    return plain and bool(others) and all(other.isupper() for other in others)


def as_used(words: Sequence[Word], match: Match) -> Match:
    """Return a state's name as an adjective where a participle makes it one: "U.S.-made", "France-based"."""
    after = words[match.behind : match.behind + 2]
    joined = len(after) > 1 and after[0].text == "-" and after[1].lower in word_list("national", "participles")
    return replace(match, adjective=True) if joined and match.entity.type == "country" else match
