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
    """Say whether a match is only a part of a currency ("U.S. dollars", "US$") or water ("Lake Chad"), or a plain word.

    Plain words stand in lines of capitals: "WHO WE ARE".
    """
    behind = words[match.behind] if match.behind < len(words) else None
    if match.entity.type == "country":
        if _is_part_of_water(words, match):
            return True
        if behind is not None:
            adjacent = behind.start == words[match.behind - 1].end
            if (behind.text in _SIGNS and adjacent) or behind.lower in word_list("currencies", "nouns"):
                return True
    return match.behind - match.first == 1 and _is_word_in_capitals(words, match.first)


def _is_part_of_water(words: Sequence[Word], match: Match) -> bool:
    """Say whether a state's name is a part of that of a sea, a lake or a valley: "Gulf of Oman"."""
    after = words[match.behind : match.behind + 2]
    if after and after[0].capital and after[0].lower in word_list("links", "waters"):
        # An adjective may belong to a body that the water is a part of: "Bolivian Lake Service".
        return not match.adjective or len(after) == 1 or not after[1].capital
    before = [word.lower for word in words[max(0, match.first - 2) : match.first] if word.capital or word.lower == "of"]
    if not before or match.adjective:
        return False
    of = len(before) > 1 and before[-1] == "of" and before[-2] in word_list("links", "waters_of")
    return of or before[-1] in word_list("links", "bodies_of_water")


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
