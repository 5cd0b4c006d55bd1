"""From the printed lines of a PDF to its paragraphs: what belongs together is told by place and size alone."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

from ssrgraph.documents.formats.content import BULLET

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BULLET: Final = re.compile(
    r"(?:[•‣▪●◦∙➢►✓■□\uf0b7\uf0a7\uf0d8\uf0fc]|[-\u2013\u2014](?=\s)|o(?=\s{1,3}[A-Z]))\s*(?=\S)"
)
_ENDED: Final = re.compile(r"[.!?:;][\"\u201d\u2019')\]]*$")
_HYPHENATED: Final = re.compile(r"([^\W\d_]+)-$")
_FIRST_WORD: Final = re.compile(r"\S+")
_PAGE_NUMBER: Final = re.compile(
    r"(?:page\s+)?[-\u2013\u2014|\s]*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?[-\u2013\u2014|\s]*", re.IGNORECASE
)
_LEADERS: Final = re.compile(r"(?:[.·…_]\s?){4,}\s*[\divxlc]{1,5}$", re.IGNORECASE)
"""Dots that lead to a page number: a table of contents."""

_EDGE = 2
"""How many lines at the top and at the bottom of a page may be its frame."""
_REPEATED = 3
_LARGER = 1.08
_WIDER_GAP = 1.3
_NEAR = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A printed line.

    Attributes:
        text: Its words; a tab stands where a wide gap is.
        left: Where it begins, in points from the left edge of the page.
        right: Where it ends.
        base: Height of its foot above the lower edge of the page.
        size: Size of its type in points.
        page: Number of its page, from 0.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    page: int


def paragraphs(lines: Sequence[Line]) -> Iterator[str]:
    """Yield the paragraphs, headings, list items and table rows that printed lines make, without page frames."""
    kept = _without_frames(lines)
    if not kept:
        return
    words = Counter(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", " ".join(line.text for line in kept).casefold()))
    leading = _leading(kept)
    text = _marked(kept[0])
    for i in range(1, len(kept)):
        if _begins(kept, i, leading):
            yield text
            text = _marked(kept[i])
        else:
            text = _continued(text, kept[i].text, words)
    yield text


def _marked(line: Line) -> str:
    match = _BULLET.match(line.text)
    return BULLET + line.text[match.end() :] if match else line.text


def _without_frames(lines: Sequence[Line]) -> list[Line]:
    """Return the lines without page numbers and without what stands at the edge of several pages."""
    edges = {id(line) for page in _pages(lines) for line in (*page[:_EDGE], *page[-_EDGE:])}
    seen = Counter(_frame(line) for line in lines if id(line) in edges)
    return [
        line
        for line in lines
        if not _LEADERS.search(line.text)
        and not (id(line) in edges and (seen[_frame(line)] >= _REPEATED or _PAGE_NUMBER.fullmatch(line.text)))
    ]


def _pages(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines of each page from the top down."""
    pages: dict[int, list[Line]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    return [sorted(page, key=lambda line: (-line.base, line.left)) for page in pages.values()]


def _frame(line: Line) -> tuple[str, int]:
    """Return what is the same of a header or footer on all pages: its words but for the page number, its height."""
    return re.sub(r"^\d{1,4}\b|\b\d{1,4}$", "#", line.text.casefold()), round(line.base / 4)


def _leading(lines: Sequence[Line]) -> float:
    """Return the usual distance between lines, as a multiple of their size."""
    steps = [
        (a.base - b.base) / a.size
        for a, b in pairwise(lines)
        if a.page == b.page and 0 < a.base - b.base < 3 * a.size and _alike(a, b)
    ]
    return median(steps) if steps else 1.2


def _alike(a: Line, b: Line) -> bool:
    return max(a.size, b.size) <= _LARGER * min(a.size, b.size)


def _begins(lines: Sequence[Line], i: int, leading: float) -> bool:
    """Say whether a line begins a block of its own."""
    former, line = lines[i - 1], lines[i]
    if _BULLET.match(line.text) or "\t" in line.text or "\t" in former.text or not _alike(former, line):
        return True
    goes_on = line.text[:1].islower()
    if former.page != line.page or line.base > former.base - former.size / 2:
        # A new page or column: only a sentence that goes on is the same paragraph.
        return not goes_on or bool(_ENDED.search(former.text))
    if former.base - line.base > _WIDER_GAP * leading * former.size:
        return True
    return not goes_on and _had_room(lines, i)


def _had_room(lines: Sequence[Line], i: int) -> bool:
    """Say whether the first word of a line would have fitted on the line above: then the break was meant."""
    former, line = lines[i - 1], lines[i]
    near = [
        other.right
        for other in lines[max(0, i - _NEAR) : i + _NEAR]
        if other.page == line.page and _alike(other, line) and abs(other.left - line.left) < 4 * line.size
    ]
    word = _FIRST_WORD.match(line.text)
    width = (line.right - line.left) / max(len(line.text), 1) * (len(word[0]) + 1 if word else 1)
    return max([*near, former.right]) - former.right > 1.2 * width


def _continued(text: str, more: str, words: Counter[str]) -> str:
    """Return a text with its next line; a word that was broken at the line's end is joined if it is known whole."""
    match = _HYPHENATED.search(text)
    rest = re.match(r"[^\W\d_]+", more)
    if match is None or rest is None or not more[:1].islower():
        return f"{text} {more}"
    whole = f"{match[1]}{rest[0]}".casefold()
    return f"{text[:-1]}{more}" if words[whole] else f"{text}{more}"
