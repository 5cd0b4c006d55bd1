"""Agreements, resolutions and plans that a text names without capitals or by number."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.names.found import Found

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NUMBER = r"(?:[A-Z]{1,3}[-/])?\d{1,5}(?:[-/]\d{1,3})*(?:\s*\([12][09]\d\d\))?"
_RESOLUTIONS = re.compile(rf"\s+[Rr]esolutions?\s+({_NUMBER})((?:\s*,\s*(?:and\s+)?|\s+and\s+){_NUMBER})*")
_NUMBERS = re.compile(_NUMBER)
_LOWER = re.compile(
    r"\b(?:an?|the|this|their|its|our|new)\s+((?:new\s+|bilateral\s+|draft\s+|joint\s+|revised\s+|updated\s+){0,2}"
    r"(?:(?P<memorandum>memorandum of understanding)(?:\s+\((?P<short>Mo[Uu]|MOU)\))?"
    r"|(?P<agreement>(?:[\w-]+\s+){0,3}?(?:agreement|treaty|accord|pact)(?=\s+(?:between|with|signed)\b))"
    r"|(?P<strategy>(?:[\w-]+\s+){0,2}?(?:\w+|\d+)-year\s+(?:[\w-]+\s+){0,4}?(?:plan|strategy|road ?map))))",
)
_TYPES = {"memorandum": "agreement", "agreement": "agreement", "strategy": "strategy"}


def find_instruments(text: str, sentence: Span, names: Sequence[Found]) -> Iterator[Found]:
    """Yield resolutions by body and number, and agreements and plans in lower case that are not part of a name.

    >>> text = "They signed a memorandum of understanding on training."
    >>> [found.label for found in find_instruments(text, Span(0, len(text)), ())]
    ['memorandum of understanding']
    """
    inside = [name for name in names if sentence.covers(name.span)]
    for name in inside:
        if name.kind is EntityKind.ORGANIZATION and name.form == "name" and name.type == "international":
            yield from _resolutions(text, sentence, name)
    for match in _LOWER.finditer(text, sentence.start, sentence.end):
        span = Span(match.start(1), match.end(1))
        kind = next(name for name in _TYPES if match.group(name))
        if any(name.span.meets(span) and name.kind is EntityKind.AGREEMENT for name in inside):
            continue
        label = re.sub(r"\s*\(.*", "", " ".join(match.group(1).split()))
        label = re.sub(r"^(?:(?:new|draft|joint|revised|updated)\s+)+", "", label)
        yield Found(
            span=span,
            label=label,
            kind=EntityKind.AGREEMENT,
            type=_TYPES[kind],
            head=label.split()[-1],
            abbreviation=match.group("short"),
        )


def _resolutions(text: str, sentence: Span, body: Found) -> Iterator[Found]:
    match = _RESOLUTIONS.match(text, body.span.end, sentence.end)
    if match is None:
        return
    words = body.surface or body.label
    noun = "Resolution" if "R" in match.group()[:3] else "resolution"
    for number, value in enumerate(_NUMBERS.finditer(text, match.start(1), match.end())):
        bare = re.sub(r"\s*\(.*", "", value.group())
        start = body.span.start if number == 0 else value.start()
        found = Found(
            span=Span(start, value.end()),
            label=f"{words} {noun} {bare}",
            kind=EntityKind.AGREEMENT,
            type="resolution",
            head="resolution",
        )
        yield found
        if number == 0:
            yield replace(body, nested=True)
