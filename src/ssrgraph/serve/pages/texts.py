"""A document's text cut into stretches, so that the words of its claims can be shown in it."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from ssrgraph.serve.pages.parts import Piece, Stretch

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ssrgraph.serve.pages.parts import ClaimCard

_BREAK = re.compile(r"\n[ \t]*\n\s*")


def paragraphs(
    text: str, cards: Iterable[ClaimCard], spans: Iterable[tuple[int, int]]
) -> tuple[tuple[Stretch, ...], ...]:
    """Return the paragraphs of a text, each cut where words begin or end that something points at.

    The pieces joined are the text, but for the empty lines between paragraphs.

    Args:
        text: The text.
        cards: The claims whose words are to be shown.
        spans: Further stretches that can be linked to.
    """
    marks = _Marks(text, list(cards), spans)
    return tuple(tuple(marks.between(start, end)) for start, end in _paragraphs(text))


class _Marks:
    """Where something begins and ends in a text."""

    def __init__(self, text: str, cards: Sequence[ClaimCard], spans: Iterable[tuple[int, int]]) -> None:
        self._text = text
        self._cards = sorted(cards, key=lambda one: (one.end - one.start, one.start, one.anchor))
        every = {(card.start, card.end) for card in cards} | set(spans)
        self._ids: dict[int, list[str]] = {}
        for start, end in sorted(every):
            self._ids.setdefault(start, []).append(f"char={start},{end}")
        self._cuts = sorted({cut for span in every for cut in span})

    def between(self, start: int, end: int) -> Iterable[Stretch]:
        """Yield the stretches of a paragraph."""
        edges = [start, *(cut for cut in self._cuts if start < cut < end), end]
        held: tuple[ClaimCard, ...] = ()
        pieces: list[Piece] = []
        for first, last in pairwise(edges):
            now = tuple(card for card in self._cards if card.start <= first and last <= card.end)
            if pieces and now != held:
                yield _stretch(pieces, held)
                pieces = []
            held = now
            pieces.append(
                Piece(text=self._text[first:last], start=first, end=last, ids=tuple(self._ids.get(first, ())))
            )
        yield _stretch(pieces, held)


def _stretch(pieces: list[Piece], cards: tuple[ClaimCard, ...]) -> Stretch:
    return Stretch(
        pieces=tuple(pieces),
        claims=tuple(dict.fromkeys(card.anchor for card in cards)),
        table=cards[0].table if cards else "",
    )


def _paragraphs(text: str) -> Iterable[tuple[int, int]]:
    start = 0
    for match in _BREAK.finditer(text):
        if text[start : match.start()].strip():
            yield start, match.start()
        start = match.end()
    if text[start:].strip():
        yield start, len(text)


def around(passage: str, quote: str) -> tuple[str, str]:
    """Return what stands before and behind a quote in its passage.

    >>> around("NATO trained about 1,000 soldiers there.", "about 1,000 soldiers")
    ('NATO trained ', ' there.')
    >>> around("", "about 1,000 soldiers")
    ('', '')
    """
    before, found, after = passage.partition(quote)
    return (before, after) if found else ("", "")
