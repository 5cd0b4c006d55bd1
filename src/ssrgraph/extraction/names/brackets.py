"""Short forms in brackets behind a name: "(KFOR)", "(EUTM Mali)", "(Frontex)"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssrgraph.extraction.names.heads import word_list
from ssrgraph.extraction.names.runs import is_calendar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssrgraph.extraction.names.words import Word

ABBREVIATION = re.compile(r"[A-Z][A-Za-z]{0,2}[A-Z0-9][A-Za-z0-9/&-]{0,9}s?|[A-Z]{2}|[A-Za-z][a-z]?[A-Z]{2,}[a-z]?")
_SHORT_NAME = re.compile(r"[A-Z][\w-]{3,14}")
_LONGEST = 4
_LONGEST_FOREIGN = 14  # words in a bracket with a name in another language
_QUOTES = "\"“”'‘’"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bracket:
    """A bracket behind a name.

    Attributes:
        words: What stands in it, without quotation marks.
        close: Index of the closing bracket.
        abbreviation: Whether it is a short form, and no other name in full.
    """

    words: str
    close: int
    abbreviation: bool


def bracket_at(words: Sequence[Word], at: int) -> Bracket | None:
    """Return what the bracket that opens at an index gives as a short form or another name of what stands before it."""
    if at >= len(words) or words[at].text != "(":
        return None
    close = next((i for i in range(at + 2, min(at + _LONGEST + 4, len(words))) if words[i].text == ")"), None)
    if close is None:
        return None
    inside = [word for word in words[at + 1 : close] if word.text not in _QUOTES]
    if not inside or len(inside) > _LONGEST or is_calendar(inside[0]):
        return None
    text = " ".join(word.text for word in inside)
    if len(inside) == 1:
        short = ABBREVIATION.fullmatch(text) or _SHORT_NAME.fullmatch(text)
        return Bracket(words=text, close=close, abbreviation=True) if short else None
    particles = word_list("fronted", "particles")
    if not inside[0].capital or not all(word.capital or word.number or word.lower in particles for word in inside):
        return None
    return Bracket(words=text, close=close, abbreviation=ABBREVIATION.fullmatch(inside[0].text) is not None)


def foreign_at(words: Sequence[Word], at: int) -> Bracket | None:
    """Return the short form of a bracket that also gives the name in another language: "(Forces armées, FA)"."""
    if at >= len(words) or words[at].text != "(":
        return None
    close = next((i for i in range(at + 4, min(at + _LONGEST_FOREIGN, len(words))) if words[i].text == ")"), None)
    commas = [i for i in range(at + 1, close) if words[i].text == ","] if close is not None else []
    if close is None or len(commas) != 1 or commas[0] not in {at + 2, close - 2}:
        return None
    short = words[close - 1] if commas[0] == close - 2 else words[at + 1]
    name = words[at + 1 : commas[0]] if commas[0] == close - 2 else words[commas[0] + 1 : close]
    if len(name) < 2 or not name[0].capital or name[0].text[0] != short.text[0]:  # noqa: PLR2004 - a name of two words
        return None
    if not short.text.isupper() or ABBREVIATION.fullmatch(short.text) is None:
        return None
    return Bracket(words=short.text, close=close, abbreviation=True)


def fits_state(short: str, name: str) -> bool:
    """Say whether a short form of a state is made of letters of its name in their order ("PNG"), and is not "AP".

    >>> fits_state("PNG", "Papua New Guinea"), fits_state("BiH", "Bosnia and Herzegovina"), fits_state("AP", "Haiti")
    (True, True, False)
    """
    initials = "".join(word[0] for word in name.split()).casefold()
    at = 0
    for letter in short.casefold():
        at = initials.find(letter, at) + 1
        if at == 0:
            return _first_letters(short.casefold(), name.casefold())
    return True


def _first_letters(short: str, name: str) -> bool:
    at = 0
    for letter in short:
        at = name.find(letter, at) + 1
        if at == 0:
            return False
    return name.startswith(short[0]) and " " in name
