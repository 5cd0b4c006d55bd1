"""Forces and police by their state and a common noun: "Kenyan armed forces", "Cameroon's Army"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.names.heads import head_table, word_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ssrgraph.entities.model import ReferenceEntity
    from ssrgraph.extraction.names.matching import Match
    from ssrgraph.extraction.names.words import Word

_LONGEST_PHRASE = 3
_TYPES = ("government", "military", "police")


def phrase_at(words: Sequence[Word], first: int) -> tuple[int, str, str] | None:
    """Return index behind, words in lower case and type of the longest common noun for a national body at an index."""
    end = first
    while end < len(words) and end - first < _LONGEST_PHRASE and words[end].what == "word" and not words[end].number:
        end += 1
    for behind in range(end, first, -1):
        phrase = " ".join(word.lower for word in words[first:behind])
        type_ = next((one for one in _TYPES if _is_national(phrase, one)), None)
        if type_ is not None:
            return behind, phrase, type_
    return None


def _is_national(phrase: str, type_: str) -> bool:
    nouns = word_list("national", type_)
    if phrase in nouns:
        return True
    first, _, rest = phrase.partition(" ")
    return bool(rest) and first in word_list("national", "modifiers") and rest in nouns


def plural_phrase_at(words: Sequence[Word], first: int) -> tuple[int, str, str] | None:
    """Return index behind, singular words and type of a plural noun for bodies of several states: "Coast Guards"."""
    if words[first].lower not in _plural_starts():
        return None
    for behind in range(min(first + _LONGEST_PHRASE, len(words)), first, -1):
        head = head_table().get(" ".join(word.lower for word in words[first:behind]))
        if head is not None and head.plural and head.kind is EntityKind.ORGANIZATION and head.type in _TYPES:
            return behind, head.words, head.type or ""
    return None


@cache
def _plural_starts() -> frozenset[str]:
    """Return the first words of plural nouns for bodies of states."""
    return frozenset(
        words.split(" ")[0]
        for words, head in head_table().items()
        if head.plural and head.kind is EntityKind.ORGANIZATION and head.type in _TYPES
    )


def holders_before(words: Sequence[Word], matches: Mapping[int, Match], first: int) -> list[ReferenceEntity]:
    """Return the states whose possessives or adjectives stand in front of an index, joined by commas and "and"."""
    ends = {match.behind: match for match in matches.values() if match.entity.type == "country"}
    holders: list[ReferenceEntity] = []
    at = first
    while at > 0:
        possessive = words[at - 1].what == "possessive"
        match = ends.get(at - 1 if possessive else at)
        if match is None or not (possessive or match.adjective):
            break
        holders.insert(0, match.entity)
        at = match.first
        while at > 0 and words[at - 1].text in {",", "and", "the"}:
            at -= 1
    return holders


def national_label(state: ReferenceEntity, phrase: str, capital: bool) -> str:  # noqa: FBT001 - a property of the phrase
    """Return a body's name by its state's adjective: "Cameroonian Army".

    Args:
        state: The state.
        phrase: The common noun in lower case, singular.
        capital: Whether the text writes the noun with a capital.
    """
    front = state.adjectives[0] if state.adjectives else state.label
    return f"{front} {phrase.title() if capital else phrase}"


def distributed(
    words: Sequence[Word], matches: Mapping[int, Match], first: int
) -> Iterator[tuple[int, str, str, ReferenceEntity]]:
    """Yield index behind, label, type and state for each body that a plural noun behind several states names."""
    found = plural_phrase_at(words, first)
    if found is None:
        return
    behind, phrase, type_ = found
    holders = holders_before(words, matches, first)
    if len(holders) > 1:
        for state in holders:
            yield behind, national_label(state, phrase, words[first].capital), type_, state
