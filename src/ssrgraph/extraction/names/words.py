"""A sentence as words with their offsets, cut for the recognition of names (not for grammar)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ssrgraph.documents.model import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

# Participles that a hyphen joins to a name of which they say something: "NATO-led".
_MADE = (
    "led|based|funded|supported|backed|trained|made|manufactured|produced|owned|run|wide|hosted|sponsored|financed"
    "|origin|chaired|commanded|mandated|flagged|equipped|built|supplied"
)
_WORD = re.compile(
    r"""
      (?P<dotted>(?:[^\W\d_]\.){2,})                                   # U.S.  H.E.
    | (?P<possessive>['’]s\b|(?<=[sS])['’](?=\s|$))                     # Iraq's, forces'
    | (?P<word>[^\W_]+(?:(?:['’](?!s\b)|[-‑](?!\s|(?:"""
    + _MADE
    + r""")\b)|&
      |(?<=\b[A-Z]{2})(?<!EU)(?<!UN)(?<!AU)(?<!US)(?<!UK)/(?=[A-Z0-9]{2}))[^\W_]+)*)   # Al-Masri, HQ/AFC, KC-30
    | (?P<mark>[^\w\s]|_|(?<=\S)(?:[ \u00a0]{3,}|\t+)(?=\S))            # a wide gap parts the cells of a row
    """,
    re.VERBOSE,
)


class Word(NamedTuple):
    """A word or mark.

    Attributes:
        text: Its characters.
        start: Offset of the first in the document.
        end: Offset behind the last.
        what: `word`, `possessive` or `mark`.
        lower: The word in lower case.
        capital: Whether it is a word that begins with a capital letter (or is an abbreviation such as `al-Qaeda`'s
            parts).
        number: Whether it is a word that begins with a digit, a year or a number of a law for instance.
    """

    text: str
    start: int
    end: int
    what: str
    lower: str
    capital: bool
    number: bool


_INNER_CAPITAL = re.compile(r"(?:al|el|as|ar|an|ash|ad|at|de|d|l|e)[-'’][A-Z]")


def words_of(text: str, span: Span) -> tuple[Word, ...]:
    """Return the words and marks of a stretch of a document's text, in order.

    >>> [w.text for w in words_of("the U.S.-Mexico talks; Iraq's MoI", Span(0, 33))]
    ['the', 'U.S.', '-', 'Mexico', 'talks', ';', 'Iraq', "'s", 'MoI']
    """
    known = _CUT.of(text)
    key = (span.start, span.end)
    words = known.get(key)
    if words is None:
        words = known[key] = tuple(_word(match) for match in _WORD.finditer(text, *key))
    return words


class _Cut:
    """The words found so far in the latest text, by offsets: one finder after the other asks for the same sentences.

    It goes by the text itself and not by what it equals: to compare a long text with an equal one takes longer than
    to cut a sentence.
    """

    def __init__(self) -> None:
        self._latest: tuple[str, dict[tuple[int, int], tuple[Word, ...]]] = ("", {})

    def of(self, text: str) -> dict[tuple[int, int], tuple[Word, ...]]:
        latest, words = self._latest
        if latest is not text:
            words = {}
            self._latest = (text, words)
        return words


_CUT = _Cut()


def _word(match: re.Match[str]) -> Word:
    text, kind = match.group(), match.lastgroup or "mark"
    if kind not in {"word", "dotted"}:
        return Word(text, match.start(), match.end(), kind, text.casefold(), capital=False, number=False)
    capital = text[0].isupper() or _INNER_CAPITAL.match(text) is not None
    return Word(text, match.start(), match.end(), "word", text.casefold(), capital, text[0].isdigit())


def span_of(words: Sequence[Word]) -> Span:
    """Return the span from the first to the last of the words."""
    return Span(words[0].start, words[-1].end)
