"""Budget tables: rows of figures under a header of years, with the unit and the currency said above."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.destinations import HOLDERS
from ssrgraph.extraction.claims.grid_sums import sums_in_grids
from ssrgraph.extraction.claims.lines import behind_prepositions, stands_alone, tells
from ssrgraph.extraction.claims.table_heads import counts_things, is_change, planning, unit_of
from ssrgraph.extraction.lexicon import load_lexicon
from ssrgraph.extraction.model import Funding
from ssrgraph.extraction.numerals import plain_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ssrgraph.extraction.analysis import Analysis, Sentence
    from ssrgraph.extraction.periods import Period

_ROWS = 20  # rows below a header
_ABOVE = 3  # lines above a header in which the unit may stand
_YEARS = 2  # columns that make a header of years
_WORDS = 6  # words of a header without years
_LIKELY = 0.7
_CELL = r"(?:\d[\d,]*(?:\.\d+)?|[-\u2013\u2014]|n/?a)"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """A column of sums: of which year, and whether they are still to come."""

    period: Period | None
    planned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Header:
    """The heads of columns with what stands above them."""

    span: Span
    columns: tuple[_Column, ...]
    currency: str
    scale: int
    caption: Span
    gives: bool


def read_tables(analysis: Analysis) -> Iterator[Funding]:
    """Yield the sums of rows under years: "IMET  3.9  4.0" below "2021  2022" and "millions of US dollars"."""
    of_grids = list(sums_in_grids(analysis))
    yield from of_grids
    taken = {claim.quote for claim in of_grids}
    sentences = list(analysis.body())
    for place, sentence in enumerate(sentences):
        header = _header(analysis, sentences[max(0, place - _ABOVE) : place], sentence)
        if header is None:
            continue
        for row in sentences[place + 1 : place + 1 + _ROWS]:
            claims = list(_row(analysis, header, row))
            if not claims:
                break
            yield from (claim for claim in claims if claim.quote not in taken)


def _header(analysis: Analysis, above: list[Sentence], sentence: Sentence) -> _Header | None:
    columns = _of_years(analysis, sentence) or _of_words(analysis, above, sentence)
    if not columns:
        return None
    for line in (sentence, *reversed(above)):
        unit = unit_of(line.span.of(analysis.text))
        if unit is not None:
            words = analysis.words(Span(line.span.start, max(line.span.end, sentence.span.end)))
            gives = tells(words, "giving") and not tells(words, "receiving")
            return _Header(
                span=sentence.span,
                columns=columns,
                currency=unit[0],
                scale=unit[1],
                caption=line.span,
                gives=gives,
            )
    return None


def _of_years(analysis: Analysis, sentence: Sentence) -> tuple[_Column, ...]:
    """Read heads such as "Recipient  2023  2024  2025 (proposed)"."""
    years = tuple(p for p in analysis.periods_in(sentence.span) if p.kind in {"point", "fiscal"} and p.from_ == p.to)
    rest = sentence.span.of(analysis.text)
    named = re.findall(r"[^\W\d]+", re.sub(r"\([^()]*\)", "", rest))
    if len(years) < _YEARS or len(named) > len(years) + _YEARS:
        return ()
    ends = [*(year.span.start for year in years[1:]), sentence.span.end]
    behind = [analysis.text[year.span.end : end].lower() for year, end in zip(years, ends, strict=True)]
    in_front = re.search(r"([a-z]+)\s*$", analysis.text[sentence.span.start : years[0].span.start].lower())
    first = in_front is not None and in_front[1] in planning()
    return tuple(
        _Column(period=year, planned=bool(set(re.findall(r"[a-z]+", words)) & planning()) or (first and i == 0))
        for i, (year, words) in enumerate(zip(years, behind, strict=True))
    )


def _of_words(analysis: Analysis, above: list[Sentence], sentence: Sentence) -> tuple[_Column, ...]:
    """Read heads such as "Account  Obligated  Disbursed", of the period that the caption names."""
    said = re.findall(r"[^\W\d]+", sentence.span.of(analysis.text).lower())
    if len(said) > _WORDS or any(c.isdigit() for c in sentence.span.of(analysis.text)):
        return ()
    known = frozenset(load_lexicon("funding")["lines"]["columns"]) | planning()
    first = next((i for i, _ in enumerate(said) if i and all(word in known for word in said[i:])), len(said))
    periods = [p for line in reversed(above) for p in analysis.periods_in(line.span) if p.kind != "unresolved"]
    period = periods[0] if periods else None
    return tuple(_Column(period=period, planned=word in planning()) for word in said[first:])


def _row(analysis: Analysis, header: _Header, row: Sentence) -> Iterator[Funding]:
    match = _row_form().fullmatch(row.span.of(analysis.text))
    if match is None:
        return
    cells = list(re.finditer(_CELL, match["cells"]))
    if len(cells) != len(header.columns):
        return
    label = Span(row.span.start + match.start("label"), row.span.start + match.end("label"))
    if counts_things(label.of(analysis.text)) or is_change(label.of(analysis.text)):
        return
    who = _who(analysis, header, label)
    programme = next((m for m in analysis.mentions_in(label) if m.kind is EntityKind.PROGRAMME), None)
    total = label.of(analysis.text).lower().startswith("total")
    purpose = None if programme is not None or total or who.of_label else label
    for cell, column in zip(cells, header.columns, strict=True):
        if not re.search(r"[1-9]", cell[0]):
            continue  # "0" says that nothing was given, as does a dash
        start = row.span.start + match.start("cells") + cell.start()
        words = dict(who.words)
        words |= {"from_": column.period.span} if column.period is not None and column.period.from_ else {}
        words |= {"programme": programme.span} if programme is not None else {}
        words |= {"purpose": purpose} if purpose is not None else {}
        yield Funding(
            quote=Span(start, start + len(cell[0])),
            passage=Span(min(header.caption.start, header.span.start), row.span.end),
            words=words,
            confidence=_LIKELY,
            rule="funding-table",
            funder=who.funder,
            recipient=who.recipient,
            programme=(programme.entity,) if programme is not None else (),
            amount=plain_number(Decimal(cell[0].replace(",", "")) * header.scale),
            currency=header.currency,
            modality="contribution" if who.funder else "grant" if programme is not None or who.of_label else None,
            status="planned" if column.planned else "provided",
            from_=column.period.from_ if column.period is not None else None,
            to=column.period.to if column.period is not None else None,
            purpose=analysis.words(purpose) if purpose is not None else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Who:
    """Who gives or receives the sums of a row: its label, or whom the caption names."""

    funder: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    words: Mapping[str, Span] = field(default_factory=dict)
    of_label: bool = False


def _who(analysis: Analysis, header: _Header, label: Span) -> _Who:
    named = [m for m in analysis.mentions_in(label) if m.kind in HOLDERS and stands_alone(analysis, label, m)]
    if named and header.gives:
        return _Who(funder=(named[0].entity,), words={"funder": named[0].span}, of_label=True)
    to = named or behind_prepositions(analysis, header.caption, ("to", "for"))
    if not to:
        return _Who()
    return _Who(recipient=(to[0].entity,), words={"recipient": to[0].span}, of_label=bool(named))


@cache
def _row_form() -> re.Pattern[str]:
    return re.compile(rf"\W*(?P<label>[^\W\d][^\n]*?)[\s|]+(?P<cells>{_CELL}(?:[\s|]+{_CELL})*)[\s|]*")
