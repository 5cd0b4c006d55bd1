"""Persons: by the rank, honorific or office in front of their name, or by the language model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.lexicon import load_lexicon
from ssrgraph.extraction.names.found import Found
from ssrgraph.extraction.names.heads import head_at_end, word_list
from ssrgraph.extraction.names.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ssrgraph.extraction.analysis import Sentence
    from ssrgraph.extraction.names.words import Word

_LONGEST_NAME = 6


def find_persons(text: str, sentence: Sentence) -> tuple[Found, ...]:
    """Return the persons that a sentence names, in order; a span is the name without title or office."""
    words = words_of(text, sentence.span)
    titled = list(_titled(text, words))
    taken = [found.span for found in titled]
    for name in sentence.parsed.ents:
        span = Span(sentence.base + name.start_char, sentence.base + name.end_char)
        if name.label_ == "PERSON" and not any(span.meets(other) for other in taken) and _is_name(span.of(text)):
            titled.append(_person(text, span))
    return tuple(sorted(titled, key=lambda found: found.span.start))


def _titled(text: str, words: Sequence[Word]) -> Iterator[Found]:
    titles = frozenset(load_lexicon("persons")["titles"])
    particles = frozenset(load_lexicon("persons")["particles"])
    i = 0
    while i < len(words):
        if not (words[i].capital and words[i].lower in titles):
            i += 1
            continue
        j = i + 1
        while j < len(words) and (words[j].text == "." or (words[j].capital and words[j].lower in titles)):
            j += 1
        k = j
        while k < len(words) and k - j < _LONGEST_NAME and _goes_on(words, j, k, particles):
            k += 1
        while k > j and (words[k - 1].text == "." or (words[k - 1].lower in particles and not words[k - 1].capital)):
            k -= 1
        if k > j:
            yield _person(text, Span(words[j].start, words[k - 1].end))
        i = max(k, i + 1)


def _goes_on(words: Sequence[Word], first: int, k: int, particles: frozenset[str]) -> bool:
    word = words[k]
    if word.text == ".":
        return len(words[k - 1].text) == 1 or words[k - 1].lower in {"jr", "sr"}
    if word.lower in particles:
        return k > first or word.capital
    return word.capital and head_at_end((word,)) is None and word.lower not in word_list("posts", "words")


def _is_name(words: str) -> bool:
    parts = words.split()
    return len(parts) > 1 and "- " not in words and all(part[0].isupper() or part[0] in "“\"'‘" or len(part) <= 3 for part in parts) and not any(c.isdigit() for c in words)  # noqa: PLR2004


def _person(text: str, span: Span) -> Found:
    return Found(span=span, label=" ".join(span.of(text).split()), kind=EntityKind.PERSON)
