"""Counted outcomes in lines of figures: "Weapons destroyed: 3,405", "Patrols | 960"."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.extraction.claims.circumstances import Held
from ssrgraph.extraction.claims.materiel_nouns import kind_of
from ssrgraph.extraction.claims.nouns import people_plurals, word_set
from ssrgraph.extraction.claims.subjects import body_over, period_over
from ssrgraph.extraction.lexicon import load_lexicon
from ssrgraph.extraction.model import Result

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from ssrgraph.extraction.analysis import Analysis
    from ssrgraph.extraction.claims.labelled import Figure, Line

_WORDS = re.compile(r"[^\W\d_][\w-]*")
_NUMBER_OF = re.compile(r"(?i:(?:total |overall )?(?:number|no\.|count|total)s? of )")
_LATER = re.compile(r"\b(?i:in|since|during|between|by|from|per|for|within|across|as of)\b|\(")


def results_in_lines(analysis: Analysis, lines: Iterable[Line]) -> Iterator[Result]:
    """Yield the outcomes that lines of figures count, in order of the text."""
    for line in lines:
        for figure in line.figures:
            measure = _measure(analysis, figure)
            if measure is not None and figure.quantity.value is not None:
                yield _claim(analysis, line, figure, measure, figure.quantity.value)


def _measure(analysis: Analysis, figure: Figure) -> Span | None:
    """Return the words of a label that say what was done: "Weapons destroyed", "Patrols", "Ceasefire violations"."""
    text = analysis.text
    opening = _NUMBER_OF.match(text, figure.label.start, figure.label.end)
    start = opening.end() if opening else figure.label.start
    stop = _LATER.search(text, start, figure.label.end)
    words = list(_WORDS.finditer(text, start, stop.start() if stop else figure.label.end))
    beside = figure.noun is not None and figure.noun not in figure.heads
    if not words or (beside and not _unit(figure)):
        return None
    said = Span(words[0].start(), words[-1].end())
    last = words[-1][0].lower()
    people = people_plurals() | word_set("personnel", "people", "collective")
    if any(a[0].lower() in people and b[0].endswith(("ing", "ed")) for a, b in pairwise(words)):
        return None  # "Partner personnel attending courses"
    done = {participle.split()[0]: verb for verb, participle in load_lexicon("results")["verbs"].items()}
    if last.endswith("ed") and last not in done and len(words) > 1:
        noun = words[-2][0].lower()
        doing = last.removesuffix("d") not in _undone() and last.removesuffix("ed") not in _undone()
        thing = noun.endswith("s") and noun not in people_plurals() and kind_of(noun.removesuffix("s")) is None
        return said if doing and thing else None
    if last in done and len(words) > 1:
        noun = words[-2][0].lower()
        helped = done[last] in word_set("results", "outcomes", "helping") and _listed(noun, "institutions")
        given = done[last] in word_set("results", "outcomes", "giving") and not helped
        weak = given and not _listed(noun, "deeds", "incidents")
        return None if noun in people_plurals() or weak else said
    told = next((w[0].lower() for b, w in pairwise(words) if b[0].endswith("s") and w[0].lower() in done), None)
    if told is not None and figure.heads and done[told] not in word_set("results", "outcomes", "giving"):
        return None if words[0][0].lower() in people_plurals() else said  # "Hours flown on fisheries patrol"
    return said if _listed(last, "events", "incidents") else None


def _undone() -> frozenset[str]:
    return word_set("results", "none", "verbs")


def _listed(word: str, *keys: str) -> bool:
    known = frozenset().union(*(word_set("results", "outcomes", key) for key in keys))
    singular = {word.removesuffix("s"), word.removesuffix("es"), re.sub("ies$", "y", word)}
    return word.endswith("s") and bool(singular & known)


def _unit(figure: Figure) -> bool:
    return figure.quantity.unit == "measure"


def _claim(analysis: Analysis, line: Line, figure: Figure, measure: Span, value: Decimal) -> Result:
    over = body_over(analysis, line.heads)
    agent = over if over.words is not None else Held()
    period = figure.period or period_over(analysis, line.heads)
    slots = {
        "agent": agent.words,
        "from_": period.span if period is not None and period.from_ else None,
        "to": period.span if period is not None and period.to else None,
    }
    unit = f"{figure.quantity.measure} of " if _unit(figure) and figure.quantity.measure else ""
    return Result(
        quote=figure.quote,
        passage=line.span,
        words={name: span for name, span in slots.items() if span is not None},
        confidence=0.7,
        rule="line of figures",
        measure=unit + analysis.words(measure),
        value=value,
        bound=figure.quantity.bound,
        agent=agent.entities,
        from_=period.from_ if period is not None else None,
        to=period.to if period is not None else None,
    )
