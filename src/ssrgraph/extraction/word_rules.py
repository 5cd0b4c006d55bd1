"""Parts of speech and lemmas, which follow from tags: spaCy's rules, asked once for each kind of word.

spaCy's attribute ruler tries all its patterns at every token, though what they say depends on little: on the tag, the
dependency, and whether the word is one of the few that a pattern names. A lemma depends on the word, its part of speech
and its features. So the answers are remembered, and those of a text are written together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.language import Language
    from spacy.pipeline import AttributeRuler, Lemmatizer
    from spacy.tokens import Doc

# What patterns may look at, and what they may set, for their answers to be remembered.
_SEEN: Final[list[int | str]] = ["LOWER", "TAG", "DEP", "IS_SPACE"]
_SET: Final[list[int | str]] = ["TAG", "POS", "MORPH", "DEP", "LEMMA"]
# How many lemmas are remembered before all are forgotten: memory does not grow with the number of documents.
_MOST = 100_000


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the ruler says of a kind of word.

    Attributes:
        values: What it sets, in the order of `_SET`; a lemma of 0 is left to the lemmatizer.
        opens: Whether a pattern of several words may begin with it.
        follows: Whether such a pattern may go on with it.
    """

    values: tuple[int, ...]
    opens: bool
    follows: bool


class WordRules:
    """An attribute ruler and the lemmatizer behind it, as one step that does the same.

    Args:
        ruler: The ruler; its patterns are `plain`.
        lemmatizer: The lemmatizer, in its mode of rules.
        language: The pipeline of both.
    """

    def __init__(self, ruler: AttributeRuler, lemmatizer: Lemmatizer, language: Language) -> None:
        from spacy.matcher import Matcher  # noqa: PLC0415 - takes a second: only who reads documents pays for it

        self._ruler = ruler
        self._lemmatizer = lemmatizer
        self._vocabulary = language.vocab
        self._words = _NamedWords(ruler)
        self._longer = Matcher(language.vocab)
        for place, key in enumerate(("opens", "follows")):
            tokens = [[pattern[place]] for pattern in _patterns(ruler) if len(pattern) > 1]
            if tokens:
                self._longer.add(key, tokens)
        self._named: dict[int, int] = {}
        self._answers: dict[tuple[int, ...], _Answer] = {}
        self._lemmas: dict[tuple[int, ...], int] = {}

    def pipe(self, texts: Sequence[Doc], *, batch_size: int) -> Iterator[Doc]:  # noqa: ARG002 - as components have it
        """Yield texts with parts of speech, features and lemmas set."""
        for text in texts:
            if len(text):
                self._apply(text)
            yield text

    def _apply(self, text: Doc) -> None:
        seen = text.to_array(_SEEN).tolist()
        answers = [self._answer(text, i, kind) for i, kind in enumerate(seen)]
        if any(one.opens and other.follows for one, other in pairwise(answers)):
            self._lemmatizer(self._ruler(text))  # what a word is may depend on its neighbours
            return
        rows = [answer.values for answer in answers]
        keys = [(orth, *row[1:3]) for orth, row in zip(text.to_array("ORTH").tolist(), rows, strict=True)]
        lemmas = [row[4] or self._lemmas.get(key, 0) for key, row in zip(keys, rows, strict=True)]
        values: Any = np.array(rows, dtype=np.uint64)
        values[:, 4] = lemmas
        text.from_array(_SET, values)
        for i, lemma in enumerate(lemmas):
            if not lemma:
                self._lemmas[keys[i]] = self._lemma(text, i)
        if len(self._lemmas) > _MOST:
            self._lemmas.clear()

    def _lemma(self, text: Doc, i: int) -> int:
        token = text[i]
        token.lemma_ = self._lemmatizer.lemmatize(token)[0]
        return int(token.lemma)

    def _answer(self, text: Doc, i: int, seen: Sequence[int]) -> _Answer:
        lower, tag, dep, space = seen
        named = self._named.get(lower)
        if named is None:
            named = self._named[lower] = lower if self._words.has(text[i].lower_) else 0
        kind = (named, tag, dep, space)
        answer = self._answers.get(kind)
        if answer is None:
            answer = self._answers[kind] = self._ask(text[i].text, tag, dep)
        return answer

    def _ask(self, word: str, tag: int, dep: int) -> _Answer:
        """Return what the ruler says of a word that stands alone."""
        from spacy.tokens import Doc  # noqa: PLC0415

        alone = Doc(self._vocabulary, words=[word])
        given: Any = np.array([[tag, dep]], dtype=np.uint64)
        alone.from_array(["TAG", "DEP"], given)
        keys = {self._vocabulary.strings[key] for key, _, _ in self._longer(alone, allow_missing=True)}
        values = self._ruler(alone).to_array(_SET)[0].tolist()
        return _Answer(tuple(values), opens="opens" in keys, follows="follows" in keys)


class _NamedWords:
    """The words that patterns of a ruler name, in small letters."""

    def __init__(self, ruler: AttributeRuler) -> None:
        named = [token["LOWER"] for pattern in _patterns(ruler) for token in pattern if "LOWER" in token]
        listed = [word for one in named if isinstance(one, dict) for word in one.get("IN", ())]
        self._words = {*listed, *(one for one in named if isinstance(one, str))}
        self._forms = [re.compile(one["REGEX"]) for one in named if isinstance(one, dict) and "REGEX" in one]

    def has(self, word: str) -> bool:
        return word in self._words or any(form.search(word) for form in self._forms)


def can_be_remembered(ruler: object, lemmatizer: object) -> bool:
    """Say whether the answers of two components depend on no more than is remembered; if not they run as they are."""
    from spacy.pipeline import AttributeRuler, Lemmatizer  # noqa: PLC0415

    return (
        isinstance(ruler, AttributeRuler)
        and isinstance(lemmatizer, Lemmatizer)
        and lemmatizer.mode == "rule"
        and not lemmatizer.overwrite
        and all(_is_plain(token) for pattern in _patterns(ruler) for token in pattern)
        and all(set(rule["attrs"]) <= set(_SET) for rule in _rules(ruler))
    )


def _patterns(ruler: AttributeRuler) -> Iterator[list[dict[str, Any]]]:
    return (pattern for rule in _rules(ruler) for pattern in rule["patterns"])


def _rules(ruler: AttributeRuler) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", ruler.patterns)


def _is_plain(token: dict[str, Any]) -> bool:
    word = token.get("LOWER", "")
    return set(token) <= set(_SEEN) and (isinstance(word, str) or set(word) <= {"IN", "REGEX"})
