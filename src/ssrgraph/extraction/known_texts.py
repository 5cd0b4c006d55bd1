"""Texts whose parse is at hand: the same boilerplate stands in many documents, and the same lines in one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spacy.tokens import Doc

# Characters of text that are kept in all, about 11 MB: boilerplate comes again in the next documents, and hardly
# anything comes again only after many. And at most of one text: long ones hardly ever come again.
_MOST = 100_000
_LONGEST = 4_000


class PlainText(NamedTuple):
    """What a parse depends on.

    Attributes:
        words: The words.
        starts: Where each sentence begins.
    """

    words: str
    starts: tuple[int, ...]


class KnownTexts:
    """The latest texts that were parsed.

    Args:
        most: How many characters of text are kept.
    """

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._docs: dict[PlainText, Doc] = {}
        self._size = 0

    def parsed(self, texts: Sequence[PlainText], parse: Callable[[Sequence[PlainText]], Sequence[Doc]]) -> list[Doc]:
        """Return the parse of each text, each apart from all others; only those that are not known are parsed."""
        # In the order of use, so that the first are those that were not used for longest.
        found = {text: self._docs.pop(text) for text in dict.fromkeys(texts) if text in self._docs}
        new = [text for text in dict.fromkeys(texts) if text not in found]
        found |= zip(new, parse(new), strict=True)
        self._keep(found, new)
        # Copies: two blocks with one parse would have the same tokens at two places.
        return [found[text].copy() for text in texts]

    def _keep(self, found: dict[PlainText, Doc], new: Sequence[PlainText]) -> None:
        for text in new:
            found[text].tensor = np.zeros(0, dtype=np.float32)  # large, and nobody asks for it any more
        short = {text: doc for text, doc in found.items() if len(text.words) <= _LONGEST}
        self._docs |= short
        self._size += sum(len(text.words) for text in new if text in short)
        while self._size > self._most:
            oldest = next(iter(self._docs))
            del self._docs[oldest]
            self._size -= len(oldest.words)
