"""A sentence as words with their offsets, cut for the recognition of names (not for grammar)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

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
    | (?P<mark>[^\w\s]|_)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word or mark.

    Attributes:
        text: Its characters.
        start: Offset of the first in the document.
        end: Offset behind the last.
        what: `word`, `possessive` or `mark`.
    """

    text: str
    start: int
    end: int
    what: str

    @property
    def capital(self) -> bool:
        """Whether it is a word that begins with a capital letter (or is an abbreviation such as `al-Qaeda`'s parts)."""
        return self.what == "word" and (self.text[0].isupper() or _INNER_CAPITAL.match(self.text) is not None)

    @property
    def lower(self) -> str:
        """The word in lower case."""
        return self.text.casefold()

    @property
    def number(self) -> bool:
        """Whether it is all digits, a year or a number of a law for instance."""
        return self.what == "word" and self.text[0].isdigit()


_INNER_CAPITAL = re.compile(r"(?:al|el|as|ar|an|ash|ad|at|de|d|l|e)[-'’][A-Z]")


def words_of(text: str, span: Span) -> tuple[Word, ...]:
    """Return the words and marks of a stretch of a document's text, in order.

    >>> [w.text for w in words_of("the U.S.-Mexico talks; Iraq's MoI", Span(0, 33))]
    ['the', 'U.S.', '-', 'Mexico', 'talks', ';', 'Iraq', "'s", 'MoI']
    """
    words = []
    for match in _WORD.finditer(text, span.start, span.end):
        kind = match.lastgroup or "mark"
        words.append(Word(match.group(), match.start(), match.end(), "word" if kind == "dotted" else kind))
    return tuple(words)


def span_of(words: Sequence[Word]) -> Span:
    """Return the span from the first to the last of the words."""
    return Span(words[0].start, words[-1].end)
