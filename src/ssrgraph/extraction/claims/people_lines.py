"""Counts of people in lines of figures: strengths by label, contributors in lists, years in tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.circumstances import Held, held, is_body, is_country
from ssrgraph.extraction.claims.nouns import people_plurals, plural_of, word_set
from ssrgraph.extraction.claims.subjects import body_over, period_over
from ssrgraph.extraction.model import Personnel
from ssrgraph.extraction.quantities import find_quantities

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ssrgraph.extraction.analysis import Analysis, Mention
    from ssrgraph.extraction.claims.labelled import Figure, Line
    from ssrgraph.extraction.quantities import Quantity

_WORDS = re.compile(r"[^\W\d_][\w-]*")
_PREPOSITION = re.compile(r"\b(?i:of|in|from|by|per|for|at|with|on|as|to|under|since|between|during|within|abroad)\b")
_NUMBER_OF = re.compile(r"(?i:(?:total |overall )?(?:number|no\.|count|total)s? of )")
_PARTICIPLE = re.compile(r"\w{3,}(?:ed|ing)|sent|lost|taught")
_PART = re.compile(r"(?i:of (?:whom|which|them)|including|incl\.|among (?:them|whom)|thereof)[: ]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A figure of people with what stands over it."""

    figure: Figure
    line: Line
    group: Span
    measure: str


def people_in_lines(analysis: Analysis, lines: Iterable[Line]) -> Iterator[Personnel]:
    """Yield the counts of people of lines of figures, in order of the text."""
    for line in lines:
        for figure in line.figures:
            asked = _asked(analysis, line, figure)
            if asked is None:
                continue
            yield _claim(analysis, asked, figure.quantity, figure.quote, asked.group)
            part = _part(analysis, figure)
            if part is not None:
                quantity, group = part
                yield _claim(analysis, asked, quantity, Span(quantity.span.start, group.end), group)


def _asked(analysis: Analysis, line: Line, figure: Figure) -> _Asked | None:
    spans = [*([figure.noun] if figure.noun else []), figure.label]
    own = [each.of(analysis.text) for each in spans]
    if figure.quantity.unit != "count" or figure.quantity.value == 0 or any(_is_other(words) for words in own):
        return None
    owner = analysis.mention_at(figure.label.start)
    whole = owner is not None and owner.span.end >= figure.label.end - 1
    heads = [head.sentences[-1] if head.sentences else head.span for head in line.heads]
    group = next((s for s in (_people(analysis, each) for each in spans) if s is not None), None)
    if group is None and (figure.period is not None or whole) and (figure.noun is None or whole):
        group = next((s for s in (_people(analysis, each) for each in heads[:2]) if s is not None), None)
    told = figure.noun is not None and line.block.span.covers(figure.noun) and group == figure.noun
    if group is None or (told and not whole and figure.period is None and _people(analysis, figure.label) is None):
        return None  # "Results so far: 40 officers trained" is read as a sentence
    counted = analysis.words(group).lower()
    measure = _measure([*own, *(h.of(analysis.text) for h in heads[:1])]) or _standing(
        analysis, line, counted, owner if whole else None
    )
    return _Asked(figure=figure, line=line, group=group, measure=measure) if measure else None


def _standing(analysis: Analysis, line: Line, counted: str, owner: Mention | None) -> str | None:
    """Return whether people with no word on them are posted or the strength of a body."""
    last = counted.rsplit(maxsplit=1)[-1]
    serving = word_set("personnel", "deployed", "experts") | word_set("personnel", "employed", "labels")
    if not any(last in {noun, plural_of(noun)} for noun in serving) or last in {"people", "members"}:
        return None
    body = body_over(analysis, line.heads)
    if owner is not None and owner.kind is EntityKind.MISSION:
        return "deployed"
    bodies = [analysis.entities[each] for each in body.entities]
    mission = any(each.kind is EntityKind.MISSION for each in bodies)
    international = owner is not None and any(each.type == "international" for each in bodies)
    if (mission or international) and (owner is None or not is_body(analysis, owner)):
        return "deployed"
    heads = [*(head.span for head in line.heads), *([analysis.document.title] if analysis.document.title else [])]
    states = any(is_country(analysis, m) for head in heads for m in analysis.mentions_in(head))
    return "employed" if body.entities or owner is not None or states else None


def _people(analysis: Analysis, span: Span) -> Span | None:
    """Return the words of a label, a column's head or a heading that count people: "Troops", "recruits trained"."""
    text = analysis.text
    match = _NUMBER_OF.search(text, span.start, span.end)
    start = match.end() if match else span.start
    stop = _PREPOSITION.search(text, start, span.end)
    words = list(_WORDS.finditer(text, start, stop.start() if stop else span.end))
    while words and _PARTICIPLE.fullmatch(words[-1][0].lower()):
        words.pop()
    while words and words[0][0].lower() in {"top", "main", "largest", "current", "key", "major", "biggest"}:
        words.pop(0)
    if not words:
        return None
    last = words[-1][0].lower()
    people = word_set("personnel", "people", "collective") | word_set("personnel", "employed", "labels")
    lost = {plural_of(noun) for noun in word_set("personnel", "lost", "heads")}
    if len(words) > 1 and last in {"contributors", "contributions", "contribution", "contributor"}:
        words.pop()  # "Top troop contributors"
        last = words[-1][0].lower()
        people = people | {"troop", "soldier"}
    if last in people | people_plurals() | lost and last not in word_set("personnel", "people", "no_people"):
        first = max(start, words[max(0, len(words) - _LONGEST)].start())
        return Span(first, words[-1].end())
    return None


_LONGEST = 4  # words of what is counted


def _measure(texts: Iterable[str]) -> str | None:
    """Return the measure that words say by a participle or noun, the nearest words first."""
    for text in texts:
        words = {word.lower() for word in _WORDS.findall(text)}
        for measure, known in _signs().items():
            if words & known:
                return measure
    return None


@cache
def _signs() -> dict[str, frozenset[str]]:
    def plurals(*nouns: str) -> set[str]:
        return {plural_of(noun) for noun in nouns}

    lost = word_set("personnel", "lost", "adjectives") | word_set("personnel", "lost", "heads")
    return {
        "lost": lost | plurals(*word_set("personnel", "lost", "heads"), *word_set("personnel", "lost", "nouns")),
        "trained": word_set("personnel", "trained", "labels") | {"students", "taught", "certified"},
        "reached": frozenset({"beneficiaries", "reached", "assisted", "served", "sensitised", "sensitized"}),
        "deployed": word_set("personnel", "deployed", "participles")
        | {"contributors", "contributor", "contributions", "contributing", "deployment", "deployments", "peacekeepers"},
    }


def _is_other(text: str) -> bool:
    """Say whether a label counts people of no measure: displaced, arrested, at large."""
    return not _others().isdisjoint(word.lower() for word in _WORDS.findall(text))


@cache
def _others() -> frozenset[str]:
    states = {verb + end for verb in word_set("personnel", "none", "states") for end in ("d", "ed")}
    nouns = word_set("personnel", "none", "adjectives") | word_set("personnel", "none", "nouns")
    return nouns | states


def _part(analysis: Analysis, figure: Figure) -> tuple[Quantity, Span] | None:
    """Read "(of whom 61 women)"."""
    if figure.remark is None:
        return None
    match = _PART.match(analysis.text, figure.remark.start, figure.remark.end)
    if match is None:
        return None
    found = find_quantities(analysis.text[match.end() : figure.remark.end], offset=match.end())
    if len(found) != 1 or found[0].unit != "count" or found[0].span.end + 1 >= figure.remark.end:
        return None
    group = _people(analysis, Span(found[0].span.end + 1, figure.remark.end))
    return (found[0], group) if group is not None else None


def _claim(analysis: Analysis, asked: _Asked, quantity: Quantity, quote: Span, group: Span) -> Personnel:
    line, figure = asked.line, asked.figure
    agent, organization = _who(analysis, asked)
    period = figure.period or period_over(analysis, line.heads)
    remarks = [figure.label, *([figure.remark] if figure.remark else []), *(h.span for h in line.heads[:1])]
    said = {w.lower() for each in remarks for w in _WORDS.findall(each.of(analysis.text))}
    slots = {
        "agent": agent.words,
        "organization": organization.words,
        "from_": period.span if period is not None and period.from_ else None,
        "to": period.span if period is not None and period.to else None,
        "group": None if quote.covers(group) else group,
    }
    return Personnel(
        quote=quote,
        passage=line.block.span,
        words={name: span for name, span in slots.items() if span is not None},
        confidence=0.7,
        rule="line of figures",
        measure=asked.measure,
        group=analysis.words(group),
        agent=agent.entities,
        organization=organization.entities,
        value=quantity.value,
        value_min=quantity.value_min,
        value_max=quantity.value_max,
        bound=quantity.bound,
        per=quantity.per,
        status="planned"
        if said & (word_set("personnel", "planned", "remarks") | {"authorised", "authorized"})
        else "actual",
        from_=period.from_ if period is not None else None,
        to=period.to if period is not None else None,
    )


def _who(analysis: Analysis, asked: _Asked) -> tuple[Held, Held]:
    """Return who posts or teaches the people, and the body that they belong to."""
    label = analysis.mentions_in(asked.figure.label)
    states = [m for m in label if is_country(analysis, m)]
    bodies = [m for m in label if is_body(analysis, m)]
    over = body_over(analysis, asked.line.heads)
    if asked.measure == "trained":
        operation = over.words is not None and over.words.of(analysis.text).startswith("Op")
        return (Held(), over) if operation else (over, held(bodies[:1]))
    if asked.measure == "reached":
        return over, Held()
    if asked.measure == "deployed":
        title = analysis.document.title
        sender = [m for m in analysis.mentions_in(title) if is_country(analysis, m)] if title and bodies else []
        return held(states[:1] or sender[:1]), held(bodies[:1]) if bodies else over
    return Held(), held(bodies[:1]) if bodies else over
