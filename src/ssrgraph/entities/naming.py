"""How names are compared, and how a name becomes a part of an IRI."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_POSSESSIVE = re.compile(r"(?<=\w)(?:['\u2019\u02bc]s\b|(?<=s)['\u2019\u02bc](?!\w))", re.IGNORECASE)
_ELIDED = re.compile(r"['\u2018\u2019\u02bc\u02bb`.]")
_NOT_WORD = re.compile(r"[\W_]+")
# Letters that Unicode does not decompose into a base letter and an accent.
_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE"}
    | {"\N{LATIN SMALL LETTER DOTLESS I}": "i", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ß": "ss"}
)
# One body is spelled both ways in the documents of one state ("Ministry of Defence", "Ministry of Defense").
_SPELLINGS = (
    (re.compile(r"\bdefence\b"), "defense"),
    (re.compile(r"\bprogramme(s?)\b"), r"program\1"),
    (re.compile(r"\bcentre(s?)\b"), r"center\1"),
    (re.compile(r"\blabour\b"), "labor"),
    (re.compile(r"(?<=\w\w)isation(s?)\b"), r"ization\1"),
)
_SPELLED_BOTH_WAYS = re.compile(r"defence|programme|centre|labour|isation")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_SLUG_LENGTH = 80
# Names and words come again and again, within a document and between documents.
_REMEMBERED = 1 << 16
_LONGEST_ABBREVIATION = 8


def _plain(text: str) -> str:
    """Drop accents and signs inside words; a stop in "U.S." goes, other punctuation becomes a space."""
    if text.isascii() and text.replace(" ", "").isalnum():  # most names, at a tenth of the time
        return " ".join(text.split())
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
        text = "".join(char for char in decomposed if not unicodedata.combining(char))
    text = _ELIDED.sub("", _POSSESSIVE.sub("", text)).replace("&", " and ")
    return _NOT_WORD.sub(" ", text).strip()


@lru_cache(maxsize=_REMEMBERED)
def fold_name(text: str) -> str:
    """Return the form by which names are compared.

    Case, accents, punctuation, a leading "the", possessive endings and British or American spelling do not count.

    >>> fold_name("The Organisation for Security and Co-operation in Europe's")
    'organization for security and co operation in europe'
    """
    folded = _plain(text).lower()
    while folded.startswith("the "):
        folded = folded[4:]
    if _SPELLED_BOTH_WAYS.search(folded):
        for pattern, spelling in _SPELLINGS:
            folded = pattern.sub(spelling, folded)
    return folded


@lru_cache(maxsize=_REMEMBERED)
def exact_name(text: str) -> str:
    """Return the form by which abbreviations are compared: as `fold_name`, but case counts.

    >>> exact_name("the U.S.")
    'US'
    """
    plain = _plain(text)
    while plain[:4] in ("the ", "The ", "THE "):
        plain = plain[4:]
    return plain


def is_abbreviation(name: str) -> bool:
    """Tell whether a name is a short form in capitals, which counts only in capitals ("WHO", "U.S.", "MNF-I")."""
    if not name.isupper() or " " in name:
        return False
    compact = _NOT_WORD.sub("", name)
    return len(compact) <= _LONGEST_ABBREVIATION


def slug(text: str) -> str:
    """Return the text as lower-case ASCII words joined by hyphens, at most 80 characters, cut between words.

    What has no ASCII letter at all is written by its code points, so that the result is never empty.

    >>> slug("Côte d'Ivoire")
    'cote-divoire'
    """
    words = _NOT_SLUG.sub(" ", _plain(_ELIDED.sub("", text)).casefold()).split()
    if not words:
        words = [f"u{ord(char):x}" for char in text.strip()] or ["unnamed"]
    result = words[0][:_SLUG_LENGTH]
    for word in words[1:]:
        if len(result) + 1 + len(word) > _SLUG_LENGTH:
            break
        result = f"{result}-{word}"
    return result
