"""Budget tables: rows of figures under a header of years, with the unit and the currency said above."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.lines import behind_prepositions
from ssrgraph.extraction.model import Funding
from ssrgraph.extraction.money import currency_behind, currency_in_front
from ssrgraph.extraction.numerals import plain_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.extraction.analysis import Analysis, Sentence
    from ssrgraph.extraction.periods import Period

_ROWS = 20  # rows below a header
_ABOVE = 3  # lines above a header in which the unit may stand
_YEARS = 2  # columns that make a header of years
_LIKELY = 0.7
_SCALES = {"thousand": 1_000, "000": 1_000, "million": 1_000_000, "m": 1_000_000, "billion": 1_000_000_000}
_CELL = r"(?:\d[\d,]*(?:\.\d+)?|[-\u2013\u2014]|n/?a)"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Header:
    """A row of years with what stands above it."""

    span: Span
    years: tuple[Period, ...]
    currency: str
    scale: int
    caption: Span


def read_tables(analysis: Analysis) -> Iterator[Funding]:
    """Yield the sums of rows under years: "IMET  3.9  4.0" below "2021  2022" and "millions of US dollars"."""
    sentences = list(analysis.body())
    for place, sentence in enumerate(sentences):
        header = _header(analysis, sentences[max(0, place - _ABOVE) : place], sentence)
        if header is None:
            continue
        for row in sentences[place + 1 : place + 1 + _ROWS]:
            claims = list(_row(analysis, header, row))
            if not claims:
                break
            yield from claims


def _header(analysis: Analysis, above: list[Sentence], sentence: Sentence) -> _Header | None:
    years = tuple(p for p in analysis.periods_in(sentence.span) if p.kind in {"point", "fiscal"} and p.from_ == p.to)
    rest = analysis.text[sentence.span.start : sentence.span.end]
    if len(years) < _YEARS or len(re.findall(r"[^\W\d]+", rest)) > len(years) + _YEARS:
        return None
    for line in (sentence, *reversed(above)):
        unit = _unit_of(line.span.of(analysis.text))
        if unit is not None:
            return _Header(span=sentence.span, years=years, currency=unit[0], scale=unit[1], caption=line.span)
    return None


def _unit_of(text: str) -> tuple[str, int] | None:
    """Return currency and scale of "(millions of US dollars)", "in EUR million", "US$ thousands"."""
    scale = _scale().search(text)
    if scale is None:
        return None
    for start in range(len(text)):
        if start and text[start - 1].isalnum():
            continue
        # The readers of currencies look beside a number: one is put where the scale would stand.
        front = currency_in_front(f"{text[start : start + 4].strip()}1", 0)
        behind = currency_behind(f"1 {text[start:]}", 1, scale=1_000_000)
        found = behind or front
        if found is not None and found.code:
            return found.code, _SCALES[scale[1].lower()]
    return None


def _row(analysis: Analysis, header: _Header, row: Sentence) -> Iterator[Funding]:
    match = _row_form().fullmatch(row.span.of(analysis.text))
    if match is None:
        return
    cells = list(re.finditer(_CELL, match["cells"]))
    if len(cells) != len(header.years):
        return
    label = Span(row.span.start + match.start("label"), row.span.start + match.end("label"))
    programme = next((m for m in analysis.mentions_in(label) if m.kind is EntityKind.PROGRAMME), None)
    to = behind_prepositions(analysis, header.caption, ("to", "for"))
    for cell, year in zip(cells, header.years, strict=True):
        if not cell[0][0].isdigit():
            continue
        start = row.span.start + match.start("cells") + cell.start()
        words = {"from_": year.span}
        words |= {"programme": programme.span} if programme is not None else {}
        words |= {"recipient": to[0].span} if to else {}
        plain = programme is not None or label.of(analysis.text).lower().startswith("total")
        words |= {} if plain else {"purpose": label}
        yield Funding(
            quote=Span(start, start + len(cell[0])),
            passage=Span(min(header.caption.start, header.span.start), row.span.end),
            words=words,
            confidence=_LIKELY,
            rule="funding-table",
            recipient=(to[0].entity,) if to else (),
            programme=(programme.entity,) if programme is not None else (),
            amount=plain_number(Decimal(cell[0].replace(",", "")) * header.scale),
            currency=header.currency,
            modality="grant" if programme is not None else None,
            from_=year.from_,
            to=year.to,
            purpose=None if plain else analysis.words(label),
        )


@cache
def _row_form() -> re.Pattern[str]:
    return re.compile(rf"\W*(?P<label>[^\W\d][^\n]*?)[\s|]+(?P<cells>{_CELL}(?:[\s|]+{_CELL})*)[\s|]*")


@cache
def _scale() -> re.Pattern[str]:
    return re.compile(r"(?<![^\W\d])(thousand|million|billion|000|m)s?(?!\w)", re.IGNORECASE)
