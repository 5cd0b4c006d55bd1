"""The tokens of a SPARQL text, as far as a server must know them before the engine reads it."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssrgraph.store.clauses import IRI, NO_CODE

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKENS = re.compile(
    rf"""
      (?P<iri>{IRI})
    | (?P<skipped>{NO_CODE})
    | (?P<variable>[?$]\w+)
    | (?P<name>(?:[^\W\d_](?:[\w.-]*[\w-])?)?:(?:(?:[\w:%-]|\\.)(?:(?:[\w.:%-]|\\.)*(?:[\w:%-]|\\.))?)?)  # PrefixedName
    | (?P<tag>@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*)
    | (?P<word>[^\W\d]\w*)
    | (?P<mark>[{{}}()\[\];.,])
    """,
    re.VERBOSE | re.DOTALL,
)
_SURROGATES = range(0xD800, 0xE000)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


@dataclass(frozen=True, slots=True)
class Token:
    """A token.

    Attributes:
        kind: `iri`, `variable`, `name` (with a prefix), `tag`, `word` or `mark`.
        text: What stands there; a word in capitals.
        start: Where it begins.
        end: Where it ends.
    """

    kind: str
    text: str
    start: int
    end: int

    def is_word(self, *words: str) -> bool:
        """Say whether it is one of these words."""
        return self.kind == "word" and self.text in words


def plain(text: str) -> str:
    r"""Return a text with its codepoint escapes resolved, as the specification has it done before anything else.

    >>> plain(r"\u0053ELECT")
    'SELECT'
    """
    if "\\u" not in text and "\\U" not in text:
        return text

    def resolved(match: re.Match[str]) -> str:
        code = int(match[1] or match[2], 16)
        return match[0] if code in _SURROGATES or code > sys.maxunicode else chr(code)

    return _ESCAPE.sub(resolved, text)


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a text but strings, comments, numbers and operators."""
    for match in _TOKENS.finditer(text):
        kind = match.lastgroup
        if kind is None or kind == "skipped":
            continue
        found = match[0]
        yield Token(kind, found.upper() if kind == "word" else found, match.start(), match.end())
