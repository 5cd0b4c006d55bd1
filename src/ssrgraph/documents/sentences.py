"""Sentences as spans, by punctuation, abbreviations and what follows."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.documents.layout import layout
from ssrgraph.documents.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_END = re.compile(r"""(?<![.!?])[.!?]+["”’')\]]*(?=\s+)""")
_NEXT = re.compile(r"""\s+["“‘'(\[]*(\S+)""")
# Longer than any sentence that is one: what is longer is cut, at a semicolon or between words.
_LONGEST = 1500
# Longer than any word or address; encoded data for instance.
_LONGEST_WORD = 500
_TOO_LONG = re.compile(rf"\S{{{_LONGEST_WORD},}}")
_NOT_SPACE = re.compile(r"\S")
# How far back the last word of a sentence is looked for.
_LAST = 80
_LAST_WORD = re.compile(r"(\S+)$")
# "KABUL, Afghanistan –", "PARIS, 3 May 2011 —", "PORT-AU-PRINCE, Haiti (AP) —": a place in capitals, what comes with
# it, and a dash before a word with a capital.
_OPENING = re.compile(
    r"([A-Z][A-Z.'’ -]{2,30}(?:,\s+[A-Z][\w.'’ ]{1,30}){0,2}(?:,?\s+\(?[\w., ]{0,20}\d{4}\)?)?(?:\s*\([A-Z]\w{1,10}\))?"
    r"\s*(?:–|—|--|-))\s+(?=[\"“‘A-Z])"
)


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(layout()[name])


def find_sentences(text: str, block: Span) -> tuple[Span, ...]:
    """Return the sentences of a block of text, in order; only white space between them is left out.

    What is too long to be a word is left out as well, and what is too long to be a sentence is cut.

    A full stop behind an initial or a known abbreviation ends no sentence, unless the abbreviation can stand at an
    end ("in the U.S.") and a word follows that usually begins one ("The …"). A place in front of a news text, with
    its dash ("KABUL, Afghanistan –"), stands apart.

    >>> text = "Lt. Gen. Ito met H. E. Diop in the U.S. The talks lasted."
    >>> [s.of(text) for s in find_sentences(text, Span(0, len(text)))]
    ['Lt. Gen. Ito met H. E. Diop in the U.S.', 'The talks lasted.']
    """
    return tuple(part for sentence in _sentences(text, block) for part in _cut(text, sentence))


def _sentences(text: str, block: Span) -> Iterator[Span]:
    start = block.start
    opening = _OPENING.match(text, block.start, block.end)
    if opening is not None:
        yield Span(opening.start(1), opening.end(1))
        start = opening.end()
    for end in _END.finditer(text, start, block.end):
        following = _NEXT.match(text, end.end(), block.end)
        before = text[max(start, end.end() - _LAST) : end.end()]
        if following is None or not _ends_sentence(before, end.group(), following.group(1)):
            continue
        yield Span(start, end.end())
        start = following.start() + len(following.group()) - len(following.group().lstrip())
    if start < block.end:
        yield Span(start, block.end)


def _cut(text: str, sentence: Span) -> Iterator[Span]:
    """Yield a sentence in parts that are not too long; nearly always it is the only one."""
    if sentence.end - sentence.start < _LONGEST_WORD:
        yield sentence
        return
    start = sentence.start
    for word in _TOO_LONG.finditer(text, sentence.start, sentence.end):
        yield from _parts(text, start, word.start())
        start = word.end()
    yield from _parts(text, start, sentence.end)


def _parts(text: str, start: int, end: int) -> Iterator[Span]:
    while (first := _NOT_SPACE.search(text, start, end)) is not None:
        start = first.start()
        stop = end
        if end - start > _LONGEST:
            reach = start + _LONGEST
            # No word is as long as the stretch: there is white space in it.
            at = max(text.rfind("; ", start, reach) + 1, 0) or reach
            while not text[at].isspace():
                at -= 1
            stop = at
        last = stop
        while text[last - 1].isspace():
            last -= 1
        yield Span(start, last)
        start = stop


def _ends_sentence(before: str, mark: str, following: str) -> bool:
    first = following[0]
    if first.islower():
        return False
    if not mark.startswith(".") or mark.startswith(".."):
        return True
    word = _LAST_WORD.search(before.rstrip("\"”’')]"))
    bare = word.group(1).rstrip(".").lstrip("\"“‘'([").casefold() if word else ""
    # Two initials ("C.S. Kim") look like the abbreviation of a state's name.
    if bare in _words("ambiguous_abbreviations") or re.fullmatch(r"[^\W\d_](?:\.[^\W\d_])+", bare):
        return re.sub(r"\W+$", "", following.casefold()) in _words("starters")
    initial = len(bare) == 1 and bare.isalpha()
    return not (initial or bare in _words("abbreviations"))
