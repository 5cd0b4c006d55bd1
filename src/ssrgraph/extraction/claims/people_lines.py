"""Counts of people in lines of figures: strengths by label, contributors in lists, years in tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.documents.model import BlockKind, Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.circumstances import Held, held, is_body, is_country, is_place
from ssrgraph.extraction.claims.drawn_rows import goes_on
from ssrgraph.extraction.claims.letterheads import publisher_of
from ssrgraph.extraction.claims.nouns import people_plurals, plural_of, word_set
from ssrgraph.extraction.claims.subjects import body_over, period_over
from ssrgraph.extraction.model import Bound, Personnel
from ssrgraph.extraction.names.heads import is_operation
from ssrgraph.extraction.quantities import find_quantities

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ssrgraph.extraction.analysis import Analysis, Mention
    from ssrgraph.extraction.claims.labelled import Figure, Line
    from ssrgraph.extraction.quantities import Quantity

TOTAL = "total of a table"
_WORDS = re.compile(r"[^\W\d_][\w-]*")
_PREPOSITION = re.compile(
    r"\b(?i:of|in|from|by|per|for|at|with|on|as|to|under|since|between|during|within|abroad)\b|\("
)
_NUMBER_OF = re.compile(r"(?i:(?:total |overall )?(?:number|no\.|count|total)s? of )")
_PARTICIPLE = re.compile(r"\w{3,}(?:ed|ing)|sent|lost|taught")
# Heads of columns that hold no people: sums, changes, shares.
_OF_MONEY = re.compile(
    r"[$€£¥%]|\b(?i:millions?|billions?|thousands?|cost|costs|amount|budget \(|change|changes|increase|decrease|"
    r"difference|variance|per ?cent|percentage|share|rank)\b|\b000\b|\b[A-Z]{3} ?m\b"
)
_CAPTION = re.compile(r"(?i:table|figure|chart|annex)\s+[\dIVXA-Z]")
_TOTAL = re.compile(r"(?i:(?:sub|grand)?[ -]?total|all (?:missions|operations))s?")
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
    former: _Asked | None = None
    for line in lines:
        for figure in line.figures:
            asked = _asked(analysis, line, figure, former)
            if asked is None:
                continue
            former = asked
            yield _claim(analysis, asked, figure.quantity, figure.quote, asked.group)
            part = _part(analysis, figure)
            if part is not None:
                quantity, group = part
                yield _claim(analysis, asked, quantity, Span(quantity.span.start, group.end), group)


def _asked(analysis: Analysis, line: Line, figure: Figure, former: _Asked | None) -> _Asked | None:
    spans = [*([figure.noun] if figure.noun else []), *figure.heads, figure.label]
    spans = spans[:-1] if figure.heads and _is_course(analysis, figure) else spans  # "Staff officers": a course
    own = [each.of(analysis.text) for each in spans]
    if (
        figure.quantity.unit != "count"
        or figure.quantity.value == 0
        or any(_is_other(words) for words in own if words != "Estimated")
    ):
        return None
    titled = [head.span for head in line.heads[:1] if head.kind is BlockKind.HEADING]  # "Contributions (EUR thousand)"
    above = [head for head in titled if not analysis.words(head).endswith((".", ":"))]
    if any(_OF_MONEY.search(head.of(analysis.text)) for head in [*figure.heads, *above]):
        return None
    owner = _owner(analysis, figure)
    whole = owner is not None and (owner.span.end >= figure.label.end - 1 or bool(figure.heads or figure.beside))
    over = [head for head in line.heads if not goes_on(analysis.words(head.span))]  # the beginning of a row's label
    heads = [head.sentences[-1] if head.sentences else head.span for head in over]
    same = former is not None and former.figure.heads == figure.heads and bool(figure.heads or figure.period)
    group = _group(analysis, figure, spans, heads, whole=whole)
    if group is None and same and _is_post(analysis, figure.label):  # "Officer  25" below "Military end strength  60"
        group = figure.label
    told = figure.noun is not None and line.span.covers(figure.noun) and group == figure.noun
    if group is None or (told and not whole and figure.period is None and _people(analysis, figure.label) is None):
        return None  # "Results so far: 40 officers trained" is read as a sentence
    counted = analysis.words(group).lower()
    measure = (
        _measure([*own, *(h.of(analysis.text) for h in heads[:1])])
        or (former.measure if same and former is not None else None)
        or _of_courses(analysis, figure, counted, [h.of(analysis.text) for h in heads[:1]])
        or _standing(analysis, line, counted, owner if whole else None)
    )
    return _Asked(figure=figure, line=line, group=group, measure=measure) if measure else None


def _owner(analysis: Analysis, figure: Figure) -> Mention | None:
    """Return the mission, body or state whose row it is: the mission first, wherever it stands among the words."""
    cells = [figure.label, *figure.beside]
    named = [m for cell in cells for m in analysis.mentions_in(cell) if is_body(analysis, m)] if figure.heads else []
    missions = [m for m in named if m.kind is EntityKind.MISSION]
    return next(iter([*missions, *named]), None) or analysis.mention_at(figure.label.start)


def _group(analysis: Analysis, figure: Figure, spans: list[Span], heads: list[Span], *, whole: bool) -> Span | None:
    """Return the words that say what is counted: in the line, in the heads of the column, or over the table."""
    group = next((s for s in (_people(analysis, each) for each in spans) if s is not None), None)
    near = heads[:1] if heads and _CAPTION.match(analysis.text, heads[0].start) else heads[:2]
    over = next((s for s in (_people(analysis, each) for each in near) if s is not None), None)
    if group is not None or over is None:
        return group
    silent = figure.noun is None or _lower(figure.noun.of(analysis.text)) <= word_set("personnel", "planned", "heads")
    return over if (figure.period is not None or whole) and (silent or whole) else None


def _is_post(analysis: Analysis, label: Span) -> bool:
    words = analysis.words(label).lower().split()
    return 0 < len(words) <= _LONGEST and words[-1] in word_set("personnel", "people", "nouns")


def _of_courses(analysis: Analysis, figure: Figure, counted: str, above: list[str]) -> str | None:
    """Return that people in a column of a table of courses were taught: "Course | Venue | Participants"."""
    known = word_set("personnel", "trained", "tables")
    courses = _is_course(analysis, figure) or any(known & _lower(text) for text in above)
    last = counted.rsplit(maxsplit=1)[-1]
    others = word_set("personnel", "trained", "teachers") | word_set("personnel", "trained", "shares")
    apart = any(last in {noun, plural_of(noun)} for noun in others)
    return "trained" if figure.heads and courses and not apart else None


def _lower(text: str) -> set[str]:
    return {word.lower() for word in _WORDS.findall(text)}


def _standing(analysis: Analysis, line: Line, counted: str, owner: Mention | None) -> str | None:
    """Return whether people with no word on them are posted or the strength of a body."""
    if line.figures[0].heads and owner is not None and owner.kind is EntityKind.MISSION:
        return "deployed"
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
    for place, word in enumerate(words[1:], 1):  # "Partner personnel [attending courses]"
        if _PARTICIPLE.fullmatch(word[0].lower()) and words[place - 1][0].lower() in _plurals():
            words = words[:place]
            break
    while words and _PARTICIPLE.fullmatch(words[-1][0].lower()):
        words.pop()
    while words and words[0][0].lower() in {"top", "main", "largest", "current", "key", "major", "biggest"}:
        words.pop(0)
    if not words:
        return None
    last = words[-1][0].lower()
    people = _plurals()
    lost = {plural_of(noun) for noun in word_set("personnel", "lost", "heads")}
    if len(words) > 1 and last in {"contributors", "contributions", "contribution", "contributor"}:
        words.pop()  # "Top troop contributors"
        last = words[-1][0].lower()
        people = people | {"troop", "soldier"}
    if last in people | people_plurals() | lost and last not in word_set("personnel", "people", "no_people"):
        first = max(start, words[max(0, len(words) - _LONGEST)].start())
        return Span(first, words[-1].end())
    return None


@cache
def _plurals() -> frozenset[str]:
    """Return the words that count people at the end of a label."""
    labels = word_set("personnel", "employed", "labels")
    return people_plurals() | word_set("personnel", "people", "collective") | labels


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
        "trained": word_set("personnel", "trained", "labels")
        | {"students", "taught", "certified", "attending", "attended", "attendees", "graduating", "graduated"},
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
    place = _where(analysis, asked) if figure.heads else Held()
    period = figure.period or period_over(analysis, line.heads)
    at_most, planned = _limits(analysis, asked)
    slots = {
        "agent": agent.words,
        "organization": organization.words,
        "place": place.words,
        "from_": period.span if period is not None and period.from_ else None,
        "to": period.span if period is not None and period.to else None,
        "group": None if quote.covers(group) else group,
    }
    return Personnel(
        quote=quote,
        passage=line.span,
        words={name: span for name, span in slots.items() if span is not None},
        confidence=0.7,
        rule=TOTAL if _is_total(analysis, figure) else "line of figures",
        measure=asked.measure,
        group=analysis.words(group),
        agent=agent.entities,
        organization=organization.entities,
        value=quantity.value,
        value_min=quantity.value_min,
        value_max=quantity.value_max,
        bound=Bound.AT_MOST if at_most and quantity.bound is Bound.EXACT else quantity.bound,
        per=quantity.per,
        status="planned" if planned or at_most else "actual",
        from_=period.from_ if period is not None else None,
        to=period.to if period is not None else None,
        place=place.entities,
    )


def _is_total(analysis: Analysis, figure: Figure) -> bool:
    return bool(figure.heads) and _TOTAL.fullmatch(figure.label.of(analysis.text)) is not None


def _limits(analysis: Analysis, asked: _Asked) -> tuple[bool, bool]:
    """Return whether a number is the most that is allowed, and whether it is still to come."""

    def words_of(spans: Iterable[Span]) -> set[str]:
        return {word.lower() for span in spans for word in _WORDS.findall(span.of(analysis.text))}

    line, figure = asked.line, asked.figure
    heads = words_of(figure.heads)
    above = words_of(h.span for h in line.heads[:1])
    remarks = words_of([figure.label, *([figure.remark] if figure.remark else [])])
    at_most = bool((heads | above) & word_set("personnel", "planned", "limits"))
    signs = word_set("personnel", "planned", "remarks") | word_set("personnel", "planned", "allowed")
    planned = bool((remarks | above) & signs) or bool(heads & (signs | word_set("personnel", "planned", "columns")))
    return at_most, planned and "actual" not in heads


def _where(analysis: Analysis, asked: _Asked) -> Held:
    """Return the places that a row names beside its mission, or beside its course."""
    figure = asked.figure
    cells = [*figure.beside, figure.label]
    missions = [m.span for cell in cells for m in analysis.mentions_in(cell) if m.kind is EntityKind.MISSION]
    if asked.measure == "trained":
        cells = [cell for cell in figure.beside if _is_course(analysis, figure)]
    elif asked.measure != "deployed" or not missions:
        cells = []
    found = [
        m
        for cell in cells
        for m in analysis.mentions_in(cell)
        if is_place(analysis, m) and not any(span.covers(m.span) for span in missions)
    ]
    return held(found)


def _is_course(analysis: Analysis, figure: Figure) -> bool:
    head = figure.row_head.of(analysis.text) if figure.row_head is not None else ""
    return bool(word_set("personnel", "trained", "tables") & _lower(head))


def _who(analysis: Analysis, asked: _Asked) -> tuple[Held, Held]:
    """Return who posts or teaches the people, and the body that they belong to."""
    figure = asked.figure
    label = analysis.mentions_in(figure.label)
    states = [m for m in label if is_country(analysis, m)]
    bodies = [m for m in label if is_body(analysis, m)]
    if _is_total(analysis, figure):
        return (_publisher(analysis) if asked.measure == "deployed" else Held()), Held()
    over = body_over(analysis, asked.line.heads)
    if asked.measure == "trained":
        operation = over.words is not None and is_operation(over.words.of(analysis.text))
        return (Held(), over) if operation else (over, held(bodies[:1]))
    if asked.measure == "reached":
        return over, Held()
    if asked.measure == "deployed":
        return _posted(analysis, figure, states, bodies, over)
    return Held(), held(bodies[:1]) if bodies else over


def _posted(
    analysis: Analysis, figure: Figure, states: list[Mention], bodies: list[Mention], over: Held
) -> tuple[Held, Held]:
    owner = _owner(analysis, figure)
    title = analysis.document.title
    sender = [m for m in analysis.mentions_in(title) if is_country(analysis, m)] if title and (bodies or owner) else []
    if figure.heads and owner is not None and is_body(analysis, owner) and not states:
        return held(sender[:1]) if sender else _publisher(analysis), held([owner])
    return held(states[:1] or sender[:1]), held(bodies[:1]) if bodies else over


def _publisher(analysis: Analysis) -> Held:
    """Return the state under whose name a document appears: the people of its tables are its own."""
    publisher = analysis.once(publisher_of)
    state = publisher is not None and analysis.entities[publisher].type == "country"
    return Held(entities=(publisher,)) if state and publisher is not None else Held()
