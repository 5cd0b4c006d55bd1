"""Where the text has a name that the reference data knows."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ssrgraph.entities.naming import exact_name, fold_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ssrgraph.entities.model import Name, ReferenceEntity
    from ssrgraph.entities.reference import Reference
    from ssrgraph.extraction.names.found import Found
    from ssrgraph.extraction.names.words import Word

_LONGEST = 14
# Names of so many words may have one in small letters ("Mission to support the … Agreement").
_LONG = 6
# Where two words were run together: "SouthKorea".
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SMALL = {"of", "the", "for", "and", "on", "in", "to", "against", "de", "du", "la", "a", "with", "at"}


# Bodies whose long and short forms stand for each other in the names of what is theirs.
_UNIONS = (("european union ", "eu "), ("united nations ", "un "), ("african union ", "au "))
_STARTS = {
    "eu": ("european",),
    "european": ("eu",),
    "un": ("united",),
    "united": ("un",),
    "au": ("african",),
    "african": ("au",),
}


def short_unions(folded: str) -> str:
    """Return a folded name with "EU", "UN" or "AU" for the long form in front, by which such names are compared.

    >>> short_unions("european union training mission in mali")
    'eu training mission in mali'
    """
    for long, short in _UNIONS:
        if folded.startswith(long):
            return short + folded[len(long) :]
        # "Council of the European Union".
        if folded.endswith((f" of {long[:-1]}", f" of the {long[:-1]}")):
            return folded[: -len(long) + 1] + short[:-1]
    return folded


@lru_cache(maxsize=1 << 16)
def _comparable(surface: str) -> str:
    return short_unions(fold_name(surface))


def _all_capital(words: tuple[Word, ...]) -> bool:
    """Say whether all words but the small ones are capitalised, as in a proper name; a long one may have a verb."""
    small = [
        word
        for former, word in zip(words[:1] + words[:-1], words, strict=True)
        if not (word.capital or word.number or word.what != "word" or word.lower in _SMALL or former.text == "-")
    ]
    return len(small) <= (len(words) >= _LONG)


@dataclass(frozen=True, slots=True)
class Match:
    """Words `first` up to `behind` are a name of a reference entity."""

    first: int
    behind: int
    entity: ReferenceEntity
    adjective: bool = False


def is_article_of_name(words: Sequence[Word], at: int) -> bool:
    """Say whether an Arabic article in small letters opens a name: "al Qaeda"."""
    return words[at].text == "al" and at + 1 < len(words) and words[at + 1].capital


@dataclass(frozen=True, slots=True)
class LocalName:
    """A short form that a document defines: the entity it stands for, and where it was defined."""

    entity: ReferenceEntity
    found: Found


class Matcher:
    """Finds names of the reference data in a sequence of words.

    Args:
        reference: The reference data.
    """

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._local: Mapping[str, LocalName] = {}
        self._folded: dict[str, list[Name]] = {}
        self._exact: dict[str, list[Name]] = {}
        self._starts: dict[str, int] = {}
        self._adjective_starts: set[str] = set()  # of adjectives of several words: "South Sudanese"
        self._by_states: set[str] = set()  # words behind which the prominent states decide what is meant
        for name in reference.names():
            if name.role == "adjective":
                start, *more = exact_name(name.text).split(" ")
                self._adjective_starts |= {start} if more else set()
                self._by_states |= {fold_name(name.text).split(" ")[0]} if name.shared else set()
                continue
            index, key = (self._exact, name.key) if name.exact else (self._folded, short_unions(name.key))
            index.setdefault(key, []).append(name)
            words = len(name.text.split()) + name.text.count("-") + 4
            first = fold_name(name.text).split(" ")[0]
            for start in {first, *_STARTS.get(first, ())}:
                self._starts[start] = max(self._starts.get(start, 0), words)
                self._by_states |= {start} if name.needs_state is not None else set()

    def with_local(self, local: Mapping[str, LocalName]) -> Matcher:
        """Return a matcher that also knows the short forms of a document; they go before all others."""
        wider = copy.copy(self)
        wider._local = local  # noqa: SLF001 - a copy of its own class
        return wider

    def at(self, words: Sequence[Word], first: int, text: str, states: frozenset[str]) -> Match | None:
        """Return the longest name that begins at a word; a national adjective where there is no name.

        Args:
            words: The words of a sentence.
            first: Index of the word.
            text: The document's text.
            states: Codes of the states that are prominent in the document.
        """
        word = words[first]
        if word.what != "word" or not (word.capital or word.number or is_article_of_name(words, first)):
            return None
        for behind in range(min(first + 3, len(words)), first, -1) if self._local else ():
            own = self._local.get(text[word.start : words[behind - 1].end])
            if own is not None:
                return Match(first, behind, own.entity)
        start = fold_name(word.text).split(" ")[0]
        reach = min(self._starts.get(start, 0), _LONGEST, len(words) - first)
        for behind in range(first + reach, first, -1):
            last = words[behind - 1]
            if last.what != "word" and not (last.text == ")" and any(w.text == "(" for w in words[first:behind])):
                continue
            entity = self.lookup(text[word.start : words[behind - 1].end], states)
            named = entity is not None and (entity.kind == "organization" or (entity.kind == "place" and last.capital))
            if entity is not None and (named or _all_capital(tuple(words[first:behind]))):
                return Match(first, behind, entity)
        parts = _CAMEL.sub(" ", word.text)
        entity = self.lookup(parts, states) if parts != word.text and not word.text.isupper() else None
        if entity is not None and entity.type == "country":
            return Match(first, first + 1, entity)
        state = self._reference.adjective(word.text, states=states)
        if state is not None:
            return Match(first, first + 1, state, adjective=True)
        two = words[first + 1 : first + 2]
        state = (
            self._reference.adjective(f"{word.text} {two[0].text}")
            if two
            and two[0].capital
            and word.lower != "the"
            and exact_name(word.text).split(" ")[0] in self._adjective_starts
            else None
        )
        return Match(first, first + 2, state, adjective=True) if state else None

    def decided_by_states(self, word: Word) -> bool:
        """Say whether what `at` returns for a word may depend on the states that are prominent in the document."""
        return fold_name(word.text).split(" ")[0] in self._by_states or _CAMEL.search(word.text) is not None

    def lookup(self, surface: str, states: frozenset[str]) -> ReferenceEntity | None:
        """Return the reference entity of a name, the usual one of several."""
        exact, folded = self._exact.get(exact_name(surface)), self._folded.get(_comparable(surface))
        if exact is None and folded is None:
            return None
        usable = [n for n in (*(exact or ()), *(folded or ())) if n.needs_state is None or n.needs_state in states]
        if not usable:
            return None
        best = min(usable, key=lambda n: (n.shared, n.entity.startswith("place/"), n.entity))
        return self._reference.get(best.entity)
