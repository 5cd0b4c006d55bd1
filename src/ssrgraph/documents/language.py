"""Which language a text is in: documents in another one than the pipeline reads yield nonsense."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from ssrgraph.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LANGUAGE: Final = "en"
"""The language that documents are read in."""

_AKIN: Final = frozenset({"en", "pcm", "sco", "jam"})
"""What the detector calls short or odd English at times: languages that are mostly written in its words."""

_LEAST: Final = 0.25
"""A document is read if at least this share of its running text is in the language: bilingual ones are common."""

_OWN_WORDS: Final = frozenset(
    {
        "the",
        "of",
        "and",
        "to",
        "for",
        "with",
        "by",
        "that",
        "from",
        "which",
        "been",
        "their",
        "this",
        "were",
        "have",
        "has",
    }
)
_PLAINLY: Final = 0.12
"""Where so many words are these, at least half of a text is English, and the detector need not be loaded."""

_PASSAGE: Final = 80
_ENOUGH: Final = 200
_MOST_PASSAGES: Final = 200
_LONGEST: Final = 2000
_NAMES: Final = {
    "ar": "Arabic", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "es": "Spanish", "fa": "Persian",
    "fi": "Finnish", "fr": "French", "he": "Hebrew", "hu": "Hungarian", "it": "Italian", "ja": "Japanese",
    "ko": "Korean",
    "nb": "Norwegian", "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian",
    "ru": "Russian", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian", "zh": "Chinese",
}  # fmt: skip


def check_language(text: str, *, name: Path, language: str | None = None) -> None:
    """Raise `DocumentError` if a text is in another language than English.

    Only passages of running text count. A text with few of them passes: too little is there to tell by.

    Args:
        text: The text.
        name: The file as the caller named it.
        language: What a person says it is in, as a BCP 47 tag; then the text is not looked at.
    """
    if language:
        found = language.replace("_", "-").partition("-")[0].lower()
        wrong = None if found in {LANGUAGE, "eng"} else found
    else:
        wrong = foreign_language(text)
    if wrong:
        shown = _NAMES.get(wrong, f"the language {wrong!r}")
        raise DocumentError(
            name, f'is in {shown}; only English is read (if it is in English, say so in sources.toml: language = "en")'
        )


def foreign_language(text: str) -> str | None:
    """Return the code of the language that a text is in, None if it is in English or too short to tell."""
    passages = list(_passages(text))
    if sum(map(len, passages)) < _ENOUGH:
        return None
    words = " ".join(passages).lower().split()
    if sum(word in _OWN_WORDS for word in words) >= _PLAINLY * len(words):
        return None
    from py3langid import classify  # noqa: PLC0415 -- loading its model takes half a second

    lengths: Counter[str] = Counter()
    for passage in passages:
        lengths[classify(passage)[0]] += len(passage)
    known = sum(lengths[language] for language in _AKIN)
    if known >= _LEAST * lengths.total():
        return None
    return min(lengths, key=lambda language: (-lengths[language], language))


def _passages(text: str) -> Iterator[str]:
    """Yield lines of running text, from all parts of a long text; short lines are joined with their neighbours."""
    lines = [words for line in text.splitlines() if (words := " ".join(line.split()))]
    passages: list[str] = []
    for line in lines:
        if passages and len(passages[-1]) < _PASSAGE:
            passages[-1] = f"{passages[-1]} {line}"
        else:
            passages.append(line)
    long = [passage[:_LONGEST] for passage in passages if len(passage) >= _PASSAGE and _is_running(passage)]
    step = max(1, -(-len(long) // _MOST_PASSAGES))
    yield from long[::step]


def _is_running(passage: str) -> bool:
    """Say whether a passage is words rather than figures and codes."""
    return sum(map(str.isalpha, passage)) * 2 > len(passage)
