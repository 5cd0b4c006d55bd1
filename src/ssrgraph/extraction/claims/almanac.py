"""Figures of an almanac: "9,500 troops (8,700 Army; 800 Air Force) (2023)", "860 South Sudan (UNMISS); 70 Abyei"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.circumstances import Held, held, is_body, is_country, is_place
from ssrgraph.extraction.model import Personnel
from ssrgraph.extraction.periods import find_periods
from ssrgraph.extraction.quantities import find_quantities

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.extraction.analysis import Analysis
    from ssrgraph.extraction.periods import Period
    from ssrgraph.extraction.quantities import Quantity

_LINE = re.compile(r"[^\n]+")
_LABEL = re.compile(r"\s*(?P<label>[^\W\d][^:;().\n]{3,60}):\s+")
_DEPLOYED = re.compile(r"\b(?i:(?:military |troop )?deployments?(?: abroad)?|(?:troops|forces|soldiers) abroad)\s*$")
_STRONG = re.compile(
    r"\b(?i:personnel(?: strengths?)?|strengths?|active (?:duty )?(?:personnel|forces)|armed forces personnel)\s*$"
)
_PIECE = re.compile(r"[^;()]+")
_NOUN = re.compile(r"[^\W\d][^\d;()]{1,60}")
_FEWEST = 2  # numbers of a line of an almanac
_WORDS = 9  # words of a heading


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A number with the words behind it, and the words in brackets behind these."""

    quantity: Quantity
    noun: Span
    bracket: Span | None

    @property
    def quote(self) -> Span:
        return Span(self.quantity.span.start, self.noun.end)


def almanac_lines(analysis: Analysis) -> Iterator[Personnel]:
    """Yield the strengths and deployments of lines that hold nothing but numbers, each with its body or place."""
    former = ""
    for line in _LINE.finditer(analysis.text):
        words = line[0].strip()
        label = _LABEL.match(line[0])
        title = label["label"] if label is not None else former
        if words:
            former = words if len(words.split()) <= _WORDS else ""
        deployed = _DEPLOYED.search(title) is not None
        if not deployed and _STRONG.search(title) is None:
            continue
        start = line.start() + (label.end() if label is not None else 0)
        pieces, period = _pieces(analysis, Span(start, line.end()))
        if len(pieces) >= _FEWEST:
            for piece in pieces:
                read = _deployment(analysis, piece) if deployed else _strength(analysis, piece)
                yield from _claim(analysis, Span(line.start(), line.end()), piece, period, read)


def _pieces(analysis: Analysis, span: Span) -> tuple[list[_Piece], Period | None]:
    """Return the numbers of a line with their words; nothing of a line that says more."""
    found: list[_Piece] = []
    period: Period | None = None
    for match in _PIECE.finditer(analysis.text, span.start, span.end):
        words = match[0].strip()
        if not words or words in {",", "."}:
            continue
        place = Span(analysis.text.index(words, match.start()), match.start() + len(match[0].rstrip()))
        dated = find_periods(words, offset=place.start)
        if dated and dated[0].span == place:
            period = dated[0]
            continue
        quantities = find_quantities(words, offset=place.start)
        noun = _NOUN.match(analysis.text, quantities[0].span.end + 1, place.end) if quantities else None
        if quantities and quantities[0].span.start == place.start and noun is not None:
            if quantities[0].unit != "count":
                return [], None
            end = noun.start() + len(noun[0].split(",")[0].rstrip())
            found.append(_Piece(quantity=quantities[0], noun=Span(noun.start(), end), bracket=None))
        elif found and not quantities and analysis.text[match.start() - 1] == "(":
            found[-1] = _Piece(quantity=found[-1].quantity, noun=found[-1].noun, bracket=place)
        elif quantities:
            return [], None  # a sentence with numbers in it
    return found, period


def _deployment(analysis: Analysis, piece: _Piece) -> dict[str, Held] | None:
    """Read "860 South Sudan (UNMISS)": the state is the one that the document is about."""
    named = analysis.mentions_in(piece.noun)
    inner = analysis.mentions_in(piece.bracket) if piece.bracket is not None else ()
    places = [m for m in (*named, *inner) if is_place(analysis, m)]
    missions = [m for m in (*inner, *named) if is_body(analysis, m)]
    if not places and not missions:
        return None
    return {"agent": _state(analysis), "organization": held(missions[:1]), "place": held(places)}


def _strength(analysis: Analysis, piece: _Piece) -> dict[str, Held] | None:
    """Read "6,000 Border Guard", "9,500 active-duty troops"."""
    bodies = [m for m in analysis.mentions_in(piece.noun) if is_body(analysis, m) and m.kind is EntityKind.ORGANIZATION]
    return {"organization": held(bodies[:1])}


def _state(analysis: Analysis) -> Held:
    """Return the state that the document's title, or its first heading, is the name of."""
    tops = [analysis.document.title] if analysis.document.title is not None else []
    tops += [block.span for block in analysis.document.blocks[:2]]
    for top in tops:
        named = [m for m in analysis.mentions_in(top) if is_country(analysis, m)]
        if named:
            return Held(entities=(named[0].entity,))
    return Held()


def _claim(
    analysis: Analysis, line: Span, piece: _Piece, period: Period | None, read: dict[str, Held] | None
) -> Iterator[Personnel]:
    if read is None:
        return
    words = {slot: held_.words for slot, held_ in read.items() if held_.words is not None}
    if period is not None and period.from_:
        words |= {"from_": period.span, "to": period.span}
    deployed = "place" in read
    yield Personnel(
        quote=Span(piece.quote.start, piece.bracket.end + 1) if deployed and piece.bracket else piece.quote,
        passage=line,
        words=words,
        confidence=0.7,
        rule="line of figures",
        measure="deployed" if deployed else "employed",
        group=analysis.words(piece.noun),
        agent=read["agent"].entities if deployed else (),
        organization=read["organization"].entities,
        place=read["place"].entities if deployed else (),
        value=piece.quantity.value,
        value_min=piece.quantity.value_min,
        value_max=piece.quantity.value_max,
        bound=piece.quantity.bound,
        from_=period.from_ if period is not None else None,
        to=period.to if period is not None else None,
    )
