"""Counted outcomes that are neither money, people nor materiel given: hazards cleared, workshops held, cases closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.extraction.claims.circumstances import (
    Held,
    agents_by_order,
    agents_of,
    held,
    is_country,
    lead_agents,
    places_of,
    scope_of,
)
from ssrgraph.extraction.claims.counted import counted_in, in_one_list, in_one_row
from ssrgraph.extraction.claims.doings import fits
from ssrgraph.extraction.claims.headings import named_over
from ssrgraph.extraction.claims.labelled import holds_any, labelled_lines
from ssrgraph.extraction.claims.nouns import lemma_in, word_set
from ssrgraph.extraction.claims.outcomes import Outcome, outcome_of, tail_tokens
from ssrgraph.extraction.claims.result_lines import results_in_lines
from ssrgraph.extraction.claims.subjects import listed_body, listed_period, spoken_for
from ssrgraph.extraction.claims.timing import period_of
from ssrgraph.extraction.claims.voice import speaks_in
from ssrgraph.extraction.clauses import clause_of, status_of
from ssrgraph.extraction.model import Rejected, Result

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.extraction.analysis import Analysis, Sentence
    from ssrgraph.extraction.claims.counted import Counted

_WHERE = frozenset({"in", "across", "throughout", "inside", "within", "at", "near", "along", "over", "around"})
_SERIES = 12  # characters behind a number within which its own date begins


def read_results(analysis: Analysis) -> Iterator[Result | Rejected]:
    """Yield the counted outcomes that a document claims, and those that were not believed, in order of the text."""
    listed = list(results_in_lines(analysis, analysis.once(labelled_lines)))
    lines = sorted(claim.passage for claim in listed)
    prose = [s for s in analysis.body() if not holds_any(s.block.span, lines)]
    found: list[Result | Rejected] = [read for sentence in prose for read in _in_sentence(analysis, sentence)]
    found = sorted([*found, *listed], key=lambda read: read.quote)
    fullest: dict[tuple[object, ...], Result] = {}
    for read in found:
        if isinstance(read, Result):
            key = _key(read)
            if key not in fullest or len(read.words) > len(fullest[key].words):
                fullest[key] = read
    for read in found:
        said_again = isinstance(read, Result) and fullest[_key(read)] is not read
        yield Rejected(table="results", reason="said before", quote=read.quote) if said_again else read


def _key(read: Result) -> tuple[object, ...]:
    own = (read.from_, read.quote) if read.rule == "line of figures" else ()
    return read.value, read.measure.lower(), own


def _in_sentence(analysis: Analysis, sentence: Sentence) -> Iterator[Result | Rejected]:
    found = counted_in(analysis, sentence)
    former: tuple[Counted, Outcome] | None = None
    for counted in found:
        same = former is not None and former[0].head == counted.head and counted.elliptic and not counted.people
        again = same and _in_a_series(analysis, counted)
        if not _countable(analysis, counted) and not same:
            continue
        outcome = former[1] if again and former is not None else outcome_of(counted)
        if outcome == "no outcome" and former is not None and in_one_list(former[0], counted):
            clause = former[1].clause
            verb = clause.predicate.lemma_.lower() if clause is not None else None
            outcome = former[1] if fits(counted, former[1].participle, verb=verb) else outcome
        if same and isinstance(outcome, str) and former is not None and _some_of_them(counted):
            outcome = former[1]
        if isinstance(outcome, str):
            yield Rejected(table="results", reason=outcome, quote=counted.quote)
            continue
        former = (counted, outcome)
        others = [each.quote for each in found if each is not counted and not in_one_row(counted, each)]
        yield _read(analysis, counted, outcome, others)


def _in_a_series(analysis: Analysis, counted: Counted) -> bool:
    """Say whether a number stands for the noun before with a date of its own: "40 violations in 2019, 55 in 2020"."""
    behind = Span(counted.quote.end, min(counted.quote.end + _SERIES, counted.sentence.span.end + 1))
    return (
        counted.elliptic
        and counted.body is None
        and any(
            p.span.start < behind.end and p.from_
            for p in analysis.periods_in(counted.sentence.span)
            if p.span.start >= behind.start
        )
    )


def _some_of_them(counted: Counted) -> bool:
    """Say whether a number counts some of those before: "400 patrols, of which 90 at night"."""
    before = [t.lower_ for t in counted.sentence.tokens if t.i < counted.tokens[0].i]
    return before[-2:] in (["of", "which"], ["of", "these"])


def _countable(analysis: Analysis, counted: Counted) -> bool:
    if counted.elliptic or (counted.body is not None and counted.people):
        return False
    return _victims(counted) if counted.people else not _uncountable(analysis, counted)


def _victims(counted: Counted) -> bool:
    """People are an outcome only where they are what justice looks for or finds."""
    return lemma_in(counted.head, word_set("results", "outcomes", "persons"))


def _uncountable(analysis: Analysis, counted: Counted) -> bool:
    marked = {t.lower_ for t in counted.tokens} & word_set("results", "none", "unless")
    if lemma_in(counted.head, word_set("results", "none", "nouns")) and not marked:
        return True
    mention = analysis.mention_at(counted.sentence.token_span(counted.head).start)
    return mention is not None and mention.form == "name" and mention.span.start <= counted.group.start


def _read(analysis: Analysis, counted: Counted, outcome: Outcome, others: list[Span]) -> Result | Rejected:
    sentence = counted.sentence
    standing = status_of(analysis, sentence, sentence.token_span(counted.anchor))
    own = outcome.clause is not None and standing.trigger == sentence.token_span(outcome.clause.predicate)
    if standing.doubt is not None and not (
        own and standing.negated and not standing.hypothetical
    ):  # "prevented 160 attacks"
        return Rejected(table="results", reason=standing.doubt, quote=counted.quote)
    if counted.quantity.value is None:
        return Rejected(table="results", reason="range", quote=counted.quote)
    scope = scope_of(counted, outcome.clause or clause_of(sentence, sentence.token_span(counted.anchor)), others)
    agent = _agent(analysis, counted, outcome)
    place = places_of(analysis, counted, scope, _WHERE, others)
    if not agent.entities:
        agent = _of_the_report(analysis, sentence)
    if not place.entities:
        place = _section(analysis, sentence, agent)
    period = period_of(analysis, counted, others) or listed_period(analysis, sentence)
    tail = _tail(counted)
    slots = {
        "agent": agent.words,
        "place": place.words,
        "from_": period.span if period is not None and period.from_ else None,
        "to": period.span if period is not None and period.to else None,
    }
    return Result(
        quote=Span(counted.quote.start, max(counted.quote.end, tail.end)),
        passage=sentence.span,
        words={name: span for name, span in slots.items() if span is not None},
        confidence=outcome.confidence,
        rule=outcome.rule,
        measure=f"{analysis.words(tail)} {outcome.participle}".strip(),
        value=counted.quantity.value,
        bound=counted.quantity.bound,
        agent=agent.entities,
        place=place.entities,
        from_=period.from_ if period is not None else None,
        to=period.to if period is not None else None,
    )


def _agent(analysis: Analysis, counted: Counted, outcome: Outcome) -> Held:
    sentence, clause = counted.sentence, outcome.clause
    agent = agents_of(analysis, sentence, outcome.agents)
    if not agent.entities:
        agent = spoken_for(analysis, sentence, outcome.agents)
    passive = clause is not None and clause.passive
    named = any(t.pos_ in {"NOUN", "PROPN", "PRON"} for t in outcome.agents)
    if agent.entities or named or passive:
        return agent
    agent = agents_by_order(analysis, sentence, counted.quote.start)
    if not agent.entities and sentence.block.lead is not None:
        agent = lead_agents(analysis, sentence)
    return agent if agent.entities else listed_body(analysis, sentence)


def _of_the_report(analysis: Analysis, sentence: Sentence) -> Held:
    """Return the body whose report it is: what it tells without naming anybody is its own work."""
    voice = speaks_in(analysis, sentence)
    return Held(entities=(voice.entity,), words=voice.span) if voice is not None else Held()


def _section(analysis: Analysis, sentence: Sentence, agent: Held) -> Held:
    """Return the state that the heading over a paragraph names and says little more than: the work was done there."""
    over = named_over(analysis, sentence)
    state = over is not None and is_country(analysis, over) and over.entity not in agent.entities
    return held([over]) if state and over is not None else Held()


def _tail(counted: Counted) -> Span:
    """Return the counted noun with what "of" adds to it: "cases of violence against journalists"."""
    taken = tail_tokens(counted)
    if not taken:
        return counted.group
    return Span(counted.group.start, counted.sentence.token_span(taken[-1]).end)
