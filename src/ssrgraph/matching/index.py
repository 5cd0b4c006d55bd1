"""Candidates by the words of their names."""

from __future__ import annotations

import math
from difflib import get_close_matches
from heapq import nlargest
from typing import TYPE_CHECKING

from ssrgraph.entities.naming import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ssrgraph.matching.model import Candidate

_MOST = 500
"""How many candidates are compared with a name, besides those that have the very name."""
_COMMON = 10_000
"""A word of so many candidates is looked at only where rare ones do not lead to enough."""
_CLOSE = 0.8
_SPELLINGS = 5
"""How many words are taken for spellings of one that no name has."""
_LENGTH = 2
"""By how many letters these may be longer or shorter."""


class Index:
    """Candidates by the words of their names.

    Args:
        candidates: The candidates.
    """

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self.candidates = tuple(candidates)
        self._by_word: dict[str, list[int]] = {}
        self._by_name: dict[str, list[int]] = {}
        self._by_letter: dict[str, list[str]] = {}
        for place, candidate in enumerate(self.candidates):
            folded = dict.fromkeys(fold_name(name.text) for name in candidate.names)
            for name in folded:
                self._by_name.setdefault(name, []).append(place)
            for word in dict.fromkeys(word for name in folded for word in name.split()):
                self._by_word.setdefault(word, []).append(place)
        for word in self._by_word:
            self._by_letter.setdefault(word[0], []).append(word)

    def rarity(self, word: str) -> float:
        """Return how much a word tells: the fewer candidates have it in a name, the more."""
        return math.log(2 + len(self.candidates) / (1 + len(self._by_word.get(word, ()))))

    def near(self, text: str) -> Iterator[Candidate]:
        """Yield the candidates that share words with a name, the most and rarest first; for no name, all."""
        if not text:
            yield from self.candidates
            return
        folded = fold_name(text)
        shared: dict[int, float] = {}
        for word in sorted(dict.fromkeys(self._spelled(folded)), key=self.rarity, reverse=True):
            places = self._by_word[word]
            if len(shared) >= _MOST and len(places) > _COMMON:
                break  # Such a word tells nothing that the rare ones have not told.
            weight = self.rarity(word)
            for place in places:
                shared[place] = shared.get(place, 0.0) + weight
        best = nlargest(_MOST, shared, key=lambda place: (shared[place], -place))
        yield from (self.candidates[place] for place in dict.fromkeys((*self._by_name.get(folded, ()), *best)))

    def beginning(self, prefix: str) -> list[Candidate]:
        """Return the candidates with a name, or a word of one, that begins so; the best first."""
        folded = fold_name(prefix)
        if not folded:
            return []
        found: dict[int, tuple[int, int]] = {}
        for name, places in self._by_name.items():
            rank = 0 if name == folded else 1 if name.startswith(folded) else 2 if f" {folded}" in f" {name}" else 9
            for place in places if rank <= 2 else ():  # noqa: PLR2004 -- the last rank that counts
                found[place] = min(found.get(place, (9, 0)), (rank, len(name)))
        ranked = sorted(found.items(), key=lambda one: (one[1], self.candidates[one[0]].label))
        return [self.candidates[place] for place, _ in ranked]

    def _spelled(self, folded: str) -> Iterator[str]:
        """Yield the words of a name; for one that no candidate has, those that are written nearly so."""
        for word in folded.split():
            if word in self._by_word:
                yield word
                continue
            alike = [each for each in self._by_letter.get(word[0], ()) if abs(len(each) - len(word)) <= _LENGTH]
            yield from get_close_matches(word, alike, n=_SPELLINGS, cutoff=_CLOSE)
