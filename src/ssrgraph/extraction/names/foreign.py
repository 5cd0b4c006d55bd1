"""Names in French, Spanish, Portuguese or Italian, whose words behind the first are in lower case."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ssrgraph.extraction.names.heads import word_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssrgraph.extraction.names.words import Word

# Endings of adjectives that no English word in the same place has.
_ADJECTIVE = re.compile(
    r"\w+(?:ales?|aux|iennes?|iens?|aises?|ières?|elles?|ées?|iques?|ives?|naires?|ados?|adas?|aires?|eñas?|eños?|ianas?|ianos?)"
)
_ENGLISH = re.compile(
    r"(?:has|have|had|was|were|is|are|will|and|or|in|on|to|for|of|the|with|by|gives?|wives|sales|males|females)"
)
_JOINED = re.compile(r"[dl]['’]\w+")


def foreign_end(words: Sequence[Word], run: int) -> int:
    """Return the index behind a foreign name whose first words end at `run`.

    It goes on over adjectives ("nationale") and over particles with the noun behind them ("de maintien de la paix").
    """
    particles = word_list("fronted", "particles")
    i = run
    while i < len(words):
        word = words[i]
        j = i
        while j < len(words) and words[j].lower in particles:
            j += 1
        if j > i and j < len(words) and words[j].what == "word" and not words[i].capital:
            i = j + 1
        elif (
            word.capital
            or _JOINED.fullmatch(word.lower)
            or (_ADJECTIVE.fullmatch(word.lower) and not _ENGLISH.fullmatch(word.lower))
        ):
            i += 1
        elif word.lower == "et" and i + 1 < len(words):
            i += 2
        else:
            break
    return i
