"""Sentences as spans, by punctuation, abbreviations and what follows."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.documents.layout import layout
from ssrgraph.documents.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_END = re.compile(r"""[.!?]+["”’')\]]*(?=\s+)""")  # noqa: RUF001 - typographic signs are meant
_NEXT = re.compile(r"""\s+["“‘'(\[]*(\S+)""")  # noqa: RUF001 - typographic signs are meant
_LAST_WORD = re.compile(r"(\S+)$")
# "KABUL, Afghanistan –", "PARIS, 3 May 2011 —", "PORT-AU-PRINCE, Haiti (AP) —": a place in capitals, what comes with  # noqa: RUF003 - typographic signs are meant
# it, and a dash before a word with a capital.
_OPENING = re.compile(
    r"([A-Z][A-Z.'’ -]{2,30}(?:,\s+[A-Z][\w.'’ ]{1,30}){0,2}(?:,?\s+\(?[\w., ]{0,20}\d{4}\)?)?(?:\s*\([A-Z]\w{1,10}\))?"  # noqa: RUF001 - typographic signs are meant
    r"\s*(?:–|—|--|-))\s+(?=[\"“‘A-Z])"  # noqa: RUF001 - typographic signs are meant
)


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(layout()[name])


def find_sentences(text: str, block: Span) -> tuple[Span, ...]:
    """Return the sentences of a block of text, in order; between them only white space is left out.

    A full stop behind an initial or a known abbreviation ends no sentence, unless the abbreviation can stand at an
    end ("in the U.S.") and a word follows that usually begins one ("The …"). A place in front of a news text, with
    its dash ("KABUL, Afghanistan –"), stands apart.

    >>> text = "Lt. Gen. Ito met H. E. Diop in the U.S. The talks lasted."
    >>> [s.of(text) for s in find_sentences(text, Span(0, len(text)))]
    ['Lt. Gen. Ito met H. E. Diop in the U.S.', 'The talks lasted.']
    """  # noqa: RUF002 - typographic signs are meant
    return tuple(_sentences(text, block))


def _sentences(text: str, block: Span) -> Iterator[Span]:
    start = block.start
    opening = _OPENING.match(text, block.start, block.end)
    if opening is not None:
        yield Span(opening.start(1), opening.end(1))
        start = opening.end()
    for end in _END.finditer(text, start, block.end):
        following = _NEXT.match(text, end.end(), block.end)
        if following is None or not _ends_sentence(text[start : end.end()], end.group(), following.group(1)):
            continue
        yield Span(start, end.end())
        start = following.start() + len(following.group()) - len(following.group().lstrip())
    if start < block.end:
        yield Span(start, block.end)


def _ends_sentence(before: str, mark: str, following: str) -> bool:
    first = following[0]
    if first.islower():
        return False
    if not mark.startswith(".") or mark.startswith(".."):
        return True
    word = _LAST_WORD.search(before.rstrip("\"”’')]"))  # noqa: RUF001 - typographic signs are meant
    bare = word.group(1).rstrip(".").lstrip("\"“‘'([").casefold() if word else ""  # noqa: RUF001 - typographic signs are meant
    # Two initials ("C.S. Kim") look like the abbreviation of a state's name.
    if bare in _words("ambiguous_abbreviations") or re.fullmatch(r"[^\W\d_](?:\.[^\W\d_])+", bare):
        return re.sub(r"\W+$", "", following.casefold()) in _words("starters")
    initial = len(bare) == 1 and bare.isalpha()
    return not (initial or bare in _words("abbreviations"))
