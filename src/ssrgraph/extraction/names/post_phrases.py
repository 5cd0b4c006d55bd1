"""Phrases for posts beside a name: an apposition, or the line under the name of who signs."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.extraction.names.titles import is_post_noun, person_words, plain
from ssrgraph.extraction.names.words import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssrgraph.extraction.names.words import Word

_LONGEST_POST = 14
_NEXT_LINE = re.compile(r",?[ \t]*\n(?:[ \t]*\n)?[ \t]*(\S[^\n]{2,110})")


def line_of_post(text: str, end: int) -> Span | None:
    r"""Return the line behind an offset if it is a phrase for a post, as under the name of who signs a letter.

    >>> text = "Anna Berg\nHead of Mission\n"
    >>> line_of_post(text, 9)
    Span(start=10, end=25)
    """
    line = _NEXT_LINE.match(text, end)
    if line is None:
        return None
    span = Span(line.start(1), line.end(1))
    words = words_of(text, span)
    return span if words[:1] and words[0].capital and is_post_phrase(phrase(words)) else None


def phrase(words: Sequence[Word]) -> Sequence[Word]:
    """Return the words up to the first mark that ends a phrase."""
    return list(takewhile(lambda w: w.text not in {",", ";", ":", ")", "—", "–", "(", "."}, words))


def is_post_phrase(part: Sequence[Word]) -> bool:
    """Say whether words are a noun for a post with what may stand around it."""
    first = next((i for i, w in enumerate(part) if is_post_noun(plain(w))), None)
    if first is None or len(part) > _LONGEST_POST:
        return False
    return all(
        w.capital
        or w.what != "word"
        or w.lower in {"a", "an", "the", "its", "their", "of", "and", "one", "our"}
        or w.lower in person_words("heads", "modifiers")
        for w in part[:first]
    )
