"""Which line at the top of a document says what it is about.

Public documents begin with a masthead (the publisher, the kind of document, a number, a date, a path of links), and the
line that a reader would quote as the title stands somewhere below. It is told from the others by its form alone: a line
of several words that is neither a kind of document nor a code, a path or a motto in capitals.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.documents.layout import layout
from ssrgraph.documents.model import Block, BlockKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LINES = 12  # at the top, among which the headline is looked for
_LONGEST = 250
_SENTENCE = 8  # words of a paragraph with which the text itself has begun
_ENOUGH, _MANY = 10, 22  # words; more make no line likelier, many more less likely
_FALL = 0.8  # for each line that stands above
_SHOUTED, _SINGLE = 3, 4  # for a line in capitals, for a line of one word
_CODE = re.compile(r"(?=.*\d)[A-Z0-9][A-Z0-9./()\-–_ ]*|\W*\d[\d\W]*")
_PATH = re.compile(r"\s[>\u203a»]\s|[|·].*[|·]|\S+@\S+|https?://|www\.")
_MOTTO = re.compile(r"[\"“„«][^\"”»]*[\"”»]")
_LABEL = re.compile(r"[A-Z][\w /'’-]{1,40}: +\S")
_PARTICULARS = re.compile(rf"{_LABEL.pattern}.*(?:\s\s|[|;])\s*{_LABEL.pattern}")


def headline_of(text: str, blocks: Sequence[Block]) -> Span | None:
    """Return the span of the line that says what a document is about, or None where no line at its top does.

    Args:
        text: The document's text.
        blocks: Its blocks, in order.
    """
    top = list(_top(text, blocks))
    labels = [_LABEL.match(span.of(text)) is not None for span in top]
    weighed = [
        (_weight(text, span) - _FALL * place, -place, span)
        for place, span in enumerate(top)
        # Labelled lines below each other are a table of particulars; one alone may be a headline.
        if _may_be(text, span) and not (labels[place] and (any(labels[:place][-1:]) or any(labels[place + 1 :][:1])))
    ]
    return max(weighed)[2] if weighed else None


def _top(text: str, blocks: Sequence[Block]) -> Iterator[Span]:
    """Yield the lines above the text itself."""
    seen = 0
    for block in blocks:
        if block.kind is BlockKind.ITEM or _is_sentence(block.span.of(text)):
            return
        if block.kind not in {BlockKind.FURNITURE, BlockKind.DATELINE, BlockKind.CONTACT}:
            yield block.span
            seen += 1
        if seen == _LINES:
            return


def _is_sentence(words: str) -> bool:
    return len(words.split()) >= _SENTENCE and words.rstrip("\"”’')").endswith((".", ":", ";"))


def _may_be(text: str, span: Span) -> bool:
    words = " ".join(span.of(text).split())
    return (
        len(words) <= _LONGEST
        and not words.endswith((".", ":", ";", ","))
        and not any(pattern.search(words) for pattern in (_PATH, _no_headline()))
        and not _PARTICULARS.match(span.of(text))
        and not any(pattern.fullmatch(words) for pattern in (_CODE, _MOTTO))
    )


def _weight(text: str, span: Span) -> float:
    """Return how much a line looks like what a reader would quote as the title."""
    words = span.of(text).split()
    lower = sum(word[:1].islower() or word[:1].isdigit() for word in words)
    shouted = all(word.upper() == word for word in words)
    length = min(len(words), _ENOUGH) - max(0, len(words) - _MANY)
    return length + min(lower, 4) - (_SHOUTED if shouted else 0) - (_SINGLE if len(words) == 1 else 0)


@cache
def _no_headline() -> re.Pattern[str]:
    """Match a line that says what kind of document it is, who wrote it, where or when, and nothing else."""
    kinds = "|".join(layout()["document_kinds"])
    others = "|".join(layout()["masthead"])
    return re.compile(rf"(?i:^\W*(?:(?:{kinds})(?:\W+(?:{kinds}))*(?:\W+(?:no\W*)?[\d/.-]+)?\W*$|(?:{others})))")
