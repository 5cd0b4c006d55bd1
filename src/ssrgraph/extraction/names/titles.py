"""Ranks and forms of address in front of a name: "Lieutenant General", "H.E.", "Vice Admiral (Upper Half)"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.extraction.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssrgraph.extraction.names.words import Word

_LONGEST_PHRASE = 3
_BRACKET = 4


@cache
def person_words(section: str, name: str) -> frozenset[str]:
    """Return one list of `persons.toml` as a set."""
    return frozenset(load_lexicon("persons")[section][name])


def plain(word: Word) -> str:
    """Return a word in lower case without stops and with straight apostrophes, as the lexicon has it."""
    if word.lower.isalpha():
        return word.lower
    text = word.lower.replace("’", "'")
    return text if text == "h.e." else text.replace(".", "")


def singular(word: str) -> str:
    """Return the singular of a noun for a post ("officials", "deputies", "spokesmen")."""
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith("men"):
        return f"{word[:-3]}man"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def is_post_noun(word: str) -> bool:
    """Say whether a word in lower case is a noun for a post, singular or plural.

    >>> is_post_noun("commanders"), is_post_noun("army")
    (True, False)
    """
    nouns = person_words("heads", "nouns")
    return word in nouns or singular(word) in nouns


def title_start(words: Sequence[Word], behind: int, *, first: int = 0) -> int:
    """Return the index at which the ranks and forms of address begin that end directly before `behind`.

    Offices ("Minister", "President") do not count. The result is `behind` if there is none.
    """
    at = behind
    ranked = False
    while True:
        before = _phrase_before(words, at, first)
        # Two ranks in a row are a post and a rank: "Commander General X".
        rank = before < at and any(plain(word) in person_words("titles", "rank_ends") for word in words[before:at])
        if before == at or (rank and ranked):
            return at
        at, ranked = before, ranked or rank


def _phrase_before(words: Sequence[Word], behind: int, first: int) -> int:
    end = _without_stop(words, _without_bracket(words, behind, first), first)
    longest = min(_LONGEST_PHRASE, end - first)
    for length in range(longest, 0, -1):
        part = words[end - length : end]
        phrase = " ".join(plain(word) for word in part)
        if phrase in person_words("titles", "honorifics") and (part[-1].capital or phrase in {"dr", "mr", "ms"}):
            return end - length
    return _rank_before(words, end, first, behind)


def _rank_before(words: Sequence[Word], end: int, first: int, behind: int) -> int:
    """Return where a rank begins that ends before `end`; `behind` if there is none."""
    last = plain(words[end - 1]) if end > first else ""
    if last in person_words("titles", "arms") and end - first > 2 and words[end - 2].lower == "of":  # noqa: PLR2004 - "Colonel of Infantry"
        at = _rank_before(words, end - 2, first, behind)
        return at if at < end - 2 else behind
    if last == "class" and end - first > 2 and words[end - 2].lower in load_lexicon("persons")["ranks"]["class"]:  # noqa: PLR2004 - "Sergeant First Class"
        at = _rank_before(words, _without_stop(words, end - 2, first), first, behind)
        return at if at < end - 2 else behind
    if last not in person_words("titles", "rank_ends") or not words[end - 1].capital:
        return behind
    at = end - 1
    table = load_lexicon("persons")["ranks"]
    while at > first:
        before = _without_stop(words, at, first) - 1
        key = _whole(words[at])
        if before < first or not words[before].capital or _whole(words[before]) not in table.get(key, ()):
            break
        at = before
    former = plain(words[at - 1]) if at > first else ""
    if (last in {"general", "generals"} and at == end - 1 and former in person_words("generals", "civil")) or (
        last == "officer" and at == end - 1
    ):
        return behind
    return at


def _whole(word: Word) -> str:
    """Return a word of a rank in full and in the singular."""
    text = singular(plain(word))
    return str(load_lexicon("persons")["short"].get(text, text))


def _without_stop(words: Sequence[Word], behind: int, first: int) -> int:
    if behind - 1 > first and is_cut(words, behind - 1):
        return behind - 1
    return behind - 1 if behind - 1 > first and words[behind - 1].text == "." else behind


def is_cut(words: Sequence[Word], i: int) -> bool:
    """Say whether a word is the apostrophe at the end of a form of address: "Dato' Zainal"."""
    return i > 0 and words[i].text in {"'", "’", "‘"} and plain(words[i - 1]) in person_words("titles", "cut")


def _without_bracket(words: Sequence[Word], behind: int, first: int) -> int:
    """Step over "(ret.)" or "(Upper Half)"."""
    if behind - 1 <= first or words[behind - 1].text != ")":
        return behind
    for at in range(behind - 2, max(first, behind - 2 - _BRACKET), -1):
        if words[at].text == "(":
            inside = " ".join(word.lower for word in words[at + 1 : behind - 1] if word.text != ".")
            return at if inside in person_words("titles", "brackets") else behind
    return behind
