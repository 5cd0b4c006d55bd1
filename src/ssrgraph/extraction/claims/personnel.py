"""Counts of people: who was trained, employed, deployed, reached or lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.extraction.claims.almanac import almanac_lines
from ssrgraph.extraction.claims.circumstances import places_of, scope_of
from ssrgraph.extraction.claims.contributions import RULE, contributions_in
from ssrgraph.extraction.claims.counted import counted_in, in_one_list, in_one_row
from ssrgraph.extraction.claims.distributed import distributed
from ssrgraph.extraction.claims.labelled import holds_any, labelled_lines
from ssrgraph.extraction.claims.losses import lives_taken
from ssrgraph.extraction.claims.measures import has_own_verb, is_share, measure_of, share_group
from ssrgraph.extraction.claims.named_strengths import named_strengths
from ssrgraph.extraction.claims.nouns import lemma_in, sounds_like_people, word_set
from ssrgraph.extraction.claims.people import Doubt, Reading, verb_over
from ssrgraph.extraction.claims.people_grids import GRID, people_in_grids
from ssrgraph.extraction.claims.people_lines import TOTAL, people_in_lines
from ssrgraph.extraction.claims.personnel_meant import completed
from ssrgraph.extraction.claims.personnel_slots import agent_of, organization_of, owner_of
from ssrgraph.extraction.claims.presumed import presumed
from ssrgraph.extraction.claims.subjects import listed_period, section_place
from ssrgraph.extraction.claims.taken_up import as_former, counted_before, joined, numbers_alone, of_those
from ssrgraph.extraction.claims.targets import aimed_at, speaks_of_target, targets
from ssrgraph.extraction.claims.timing import period_of, planned, rate_of
from ssrgraph.extraction.clauses import Role, clause_of, status_of
from ssrgraph.extraction.model import Bound, Personnel, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.extraction.analysis import Analysis, Sentence
    from ssrgraph.extraction.claims.counted import Counted
    from ssrgraph.extraction.clauses import Standing

_LOOK_BACK = 3  # sentences in which the people that a number takes up are looked for
_ROW = 6  # tokens between two numbers that share a noun
_WHERE = {
    "trained": frozenset({"in", "at", "across", "throughout", "inside"}),
    "employed": frozenset({"in", "across", "throughout", "at"}),
    "deployed": frozenset({"in", "to", "at", "across", "throughout", "into", "on", "inside", "around"}),
    "reached": frozenset({"in", "across", "throughout", "from", "inside", "at"}),
    "lost": frozenset({"in", "at", "near", "across", "on", "around"}),
}

_TOWARDS = frozenset({"to", "for"})  # behind a verb of motion: "will leave for Bamako"


def read_personnel(analysis: Analysis) -> Iterator[Personnel | Rejected]:
    """Yield the counts of people that a document claims, and those that were not believed, in order of the text."""
    yield from analysis.once(_all)


def _all(analysis: Analysis) -> tuple[Personnel | Rejected, ...]:
    reads = distributed(analysis, completed(analysis, list(_in_order(analysis))))
    return tuple(sorted(reads, key=lambda read: read.quote))


def _in_order(analysis: Analysis) -> Iterator[Personnel | Rejected]:
    tables = [*contributions_in(analysis), *people_in_grids(analysis), *almanac_lines(analysis)]
    rows = [read.passage for read in tables if read.rule == GRID]
    in_lines = list(people_in_lines(analysis, analysis.once(labelled_lines)))
    lines = sorted(claim.passage for claim in in_lines)
    found: list[Personnel | Rejected] = [
        read
        for sentence in analysis.body()
        if not holds_any(sentence.block.span, lines) and not any(row.covers(sentence.span) for row in rows)
        for read in _in_sentence(analysis, sentence)
        if not any(read.quote.meets(share.quote) for share in tables)
    ]
    said = {(read.measure, read.value) for read in found if isinstance(read, Personnel)}
    tables += [read for read in in_lines if not any(read.quote.meets(share.quote) for share in tables)]
    tables = [read for read in tables if read.rule != TOTAL or (read.measure, read.value) not in said]
    yield from _once_each(analysis, sorted([*found, *tables], key=lambda read: read.quote))


def _once_each(analysis: Analysis, found: list[Personnel | Rejected]) -> Iterator[Personnel | Rejected]:
    """Yield counts in order, of those that say the same only the one that says most."""
    fullest: dict[tuple[object, ...], Personnel] = {}
    for read in found:
        if isinstance(read, Personnel):
            key = _key(analysis, read)
            if key not in fullest or len(read.words) > len(fullest[key].words):
                fullest[key] = read
    for read in found:
        said_again = isinstance(read, Personnel) and fullest[_key(analysis, read)] is not read
        yield Rejected(table="personnel", reason="said before", quote=read.quote) if said_again else read


def _key(analysis: Analysis, read: Personnel) -> tuple[object, ...]:
    own: tuple[object, ...] = (
        (read.agent, read.organization, read.from_) if read.rule in {"line of figures", RULE} else ()
    )
    if read.rule == GRID:
        own = read.organization, read.quote
    return read.measure, read.value, read.value_min, read.value_max, _last_word(analysis, read), read.status, own


def _last_word(analysis: Analysis, read: Personnel) -> str:
    return read.group.split()[-1].lower() if read.group else analysis.words(read.quote)


def _in_sentence(analysis: Analysis, sentence: Sentence) -> Iterator[Personnel | Rejected]:
    reads = list(_by_phrases(analysis, sentence))
    yield from reads
    claims = sorted((read for read in reads if isinstance(read, Personnel)), key=lambda read: read.quote)
    yield from named_strengths(analysis, sentence, claims)


def _by_phrases(analysis: Analysis, sentence: Sentence) -> Iterator[Personnel | Rejected]:
    phrases = _with_later_nouns(counted_in(analysis, sentence))
    found = [each for each in phrases if each.people or _of_a_taught_trade(each) or _of_lives(each)]
    former: _Read | None = None
    whole: Personnel | None = None
    yield from _taken_up(analysis, sentence)
    for counted in found:
        others = [each.quote for each in found if each is not counted and not in_one_row(counted, each)]
        if is_share(counted):
            group = share_group(analysis, counted)
            if group is None or former is None or isinstance(former.reading, Doubt):
                yield Rejected(table="personnel", reason="share of a former count", quote=counted.quote)
            else:
                part = replace(counted, group=group, quote=Span(counted.quote.start, group.end))
                yield _with_whole(_read(analysis, replace(former, counted=part), others), whole)
            continue
        if former is not None and former.counted.quote.covers(counted.quote):  # "eight of its 220 monitors"
            read = _read(analysis, replace(former, counted=counted), others)
            yield replace(read, agent=()) if isinstance(read, Personnel) else read
            continue
        former = _understand(analysis, counted, former, others)
        read = _read(analysis, former, others)
        yield _with_whole(read, whole) if _is_part(counted) else read
        whole = read if isinstance(read, Personnel) else whole


def _with_whole(part: Personnel | Rejected, whole: Personnel | None) -> Personnel | Rejected:
    """Give a part of counted people what is said of all of them: who, where and when, unless its own words say it."""
    if isinstance(part, Rejected) or whole is None or part.measure != whole.measure:
        return part
    dated = part if part.from_ or part.to else whole
    return replace(
        part,
        agent=part.agent or whole.agent,
        organization=part.organization or whole.organization,
        place=part.place or whole.place,
        from_=dated.from_,
        to=dated.to,
        words={slot: span for slot, span in whole.words.items() if slot != "group"} | dict(part.words),
    )


def _read_at(analysis: Analysis, place: int) -> list[Personnel | Rejected]:
    return list(_in_sentence(analysis, analysis.sentences[place]))


def _taken_up(analysis: Analysis, sentence: Sentence) -> Iterator[Personnel]:
    """Read a number that counts the people of the sentences before: "122 are in the country", "Two of them died"."""
    alone = numbers_alone(analysis, sentence)
    aims = speaks_of_target(analysis, sentence)
    place = analysis.place_of(sentence)
    former: list[Personnel] = []
    for at in reversed(range(max(0, place - _LOOK_BACK), place) if alone or aims else ()):
        if analysis.sentences[at].block != sentence.block or former:
            break
        # Once only: the sentences before may take up those before them.
        former = [read for read in analysis.once(_read_at, at) if isinstance(read, Personnel)][-1:]
    noun = counted_before(analysis, sentence, former[0] if former else None) if alone else None
    for one in alone if noun is not None else ():
        counted = one.counting(noun) if noun is not None else None
        own = _by_itself(analysis, counted) if counted is not None else None
        if own is not None and noun is not None:
            yield joined(own, former[0]) if former else of_those(own, noun)
        elif one.opens and former:
            again = as_former(analysis, sentence, one, former[0])
            yield from [again] if again is not None else []
    if aims and former:
        yield from targets(analysis, sentence, former[0])


def _by_itself(analysis: Analysis, counted: Counted) -> Personnel | None:
    """Read a count by its own words alone."""
    anchor = counted.sentence.token_span(counted.anchor)
    reading = measure_of(analysis, counted, scope_of(counted, clause_of(counted.sentence, anchor), []))
    read = _read(analysis, _Read(counted=counted, reading=reading, anchor=anchor), [])
    return read if isinstance(read, Personnel) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A counted phrase as it was understood; `anchor` is where its standing is looked for."""

    counted: Counted
    reading: Reading | Doubt
    anchor: Span


def _of_lives(counted: Counted) -> bool:
    """Say whether lives are counted that something takes: "an attack that cost 41 lives"."""
    clause = verb_over(counted.anchor) if counted.head.lower_ == "lives" else None
    return lives_taken(clause, counted.head) is not None


def _of_a_taught_trade(counted: Counted) -> bool:
    """Say whether a noun that no list knows is a trade that was taught: "trained nine telegraphists"."""
    if not sounds_like_people(counted.head):
        return False
    clause = verb_over(counted.anchor)
    verbs = word_set("personnel", "trained", "verbs")
    return clause is not None and clause.role is Role.OBJECT and lemma_in(clause.predicate, verbs)


def _with_later_nouns(found: tuple[Counted, ...]) -> Iterator[Counted]:
    """Give "9,800 American and 2,000 NATO troops" the noun of the later number."""
    for index, counted in enumerate(found):
        later = next((each for each in found[index + 1 :] if each.people and not each.elliptic), None)
        body = lemma_in(counted.head, word_set("personnel", "people", "bodies"))  # "14 Formed Police Units and 340"
        if counted.people or later is None or body or counted.head.tag_ not in {"NNP", "NN", "JJ", "NNPS"}:
            yield counted
            continue
        between = counted.sentence.parsed.doc[counted.tokens[-1].i + 1 : later.tokens[0].i]
        row = all(
            t.lower_ in {"and", ","} or t.like_num or t.pos_ in {"ADV", "ADP", "NUM", "ADJ", "PROPN", "NOUN"}
            for t in between
        )
        joined = bool(len(between)) and between[0].lower_ in {"and", ","} and row and len(between) <= _ROW
        yield replace(counted, people=True, group=counted.sentence.token_span(later.head)) if joined else counted


def _understand(analysis: Analysis, counted: Counted, former: _Read | None, others: list[Span]) -> _Read:
    """Read a count by itself, or as its former where only the number is new or the two are coordinated."""
    sentence = counted.sentence
    anchor = sentence.token_span(counted.anchor)
    shares = counted.elliptic and former is not None and counted.body is None and not has_own_verb(counted)
    if shares and former is not None and not _has_other_verb(counted, former.reading):
        return _Read(counted=counted, reading=former.reading, anchor=former.anchor)
    if former is not None and isinstance(former.reading, Reading) and _is_part(counted):
        return replace(former, counted=counted)
    scope = scope_of(counted, clause_of(sentence, anchor), others)
    reading = measure_of(analysis, counted, scope)
    silent = isinstance(reading, Doubt) and reading.reason == "no measure"
    known = former is not None and isinstance(former.reading, Reading)
    if silent and known and former is not None and in_one_list(former.counted, counted):
        return replace(former, counted=counted)
    if silent:
        reading = presumed(analysis, counted) or reading
    return _Read(counted=counted, reading=reading, anchor=anchor)


def _is_part(counted: Counted) -> bool:
    """Say whether "of whom" stands in front: "1,200 police officers (of whom 210 women)"."""
    front = [t.lower_ for t in counted.sentence.tokens if t.i < counted.tokens[0].i][-2:]
    behind = [t.lower_ for t in counted.sentence.tokens if t.i > counted.tokens[-1].i][:2]
    if behind in (["of", "them"], ["of", "whom"]):
        return True
    if front[-1:] == ["including"]:
        return True
    return front in (["of", "whom"], ["of", "them"], ["among", "them"], ["among", "whom"])


def _has_other_verb(counted: Counted, former: Reading | Doubt) -> bool:
    """Say whether a number that stands alone is subject or object of a verb of its own: "Guatemala sent 1,500"."""
    own = verb_over(counted.anchor)
    if own is None or isinstance(former, Doubt) or former.clause is None or own.role not in {Role.OBJECT, Role.SUBJECT}:
        return False
    return own.predicate.i != former.clause.predicate.i


def _read(analysis: Analysis, read: _Read, others: list[Span]) -> Personnel | Rejected:
    counted, reading, sentence = read.counted, read.reading, read.counted.sentence
    if isinstance(reading, Doubt):
        return Rejected(table="personnel", reason=reading.reason, quote=counted.quote)
    standing = status_of(analysis, sentence, read.anchor)
    ceiling = standing.hypothetical and not standing.negated and _is_ceiling(analysis, counted, standing)
    if standing.doubt is not None and not ceiling and not reading.planned:
        return Rejected(table="personnel", reason=standing.doubt, quote=counted.quote)
    if counted.quantity.unit != "count":
        return Rejected(table="personnel", reason="no count", quote=counted.quote)
    if counted.quantity.value == 1 and not counted.elliptic:
        return Rejected(table="personnel", reason="a single person", quote=counted.quote)
    scope = scope_of(counted, reading.clause, others)
    future = (ceiling or reading.planned or planned(counted, standing)) and not _compared(counted)
    future = future or aimed_at(counted)
    return _claim(analysis, counted, reading, scope, others, future=future)


def _compared(counted: Counted) -> bool:
    """Say whether a number is only what a coming one is compared with: "900 next year, after 640 in 2023"."""
    front = [t.lower_ for t in counted.sentence.tokens if t.i < counted.tokens[0].i][-2:]
    return counted.elliptic and bool(front) and (front[-1] in {"after", "against"} or front == ["compared", "with"])


def _is_ceiling(analysis: Analysis, counted: Counted, standing: Standing) -> bool:
    """Say whether a mandate allows so many: "up to 350 troops may be deployed"."""
    allowed = standing.trigger is not None and standing.trigger.of(analysis.text).lower() == "may"
    return allowed and counted.quantity.bound is Bound.AT_MOST


def _claim(
    analysis: Analysis, counted: Counted, reading: Reading, scope: Span, others: list[Span], *, future: bool
) -> Personnel:
    sentence, quantity = counted.sentence, counted.quantity
    organization = reading.body if reading.body is not None else organization_of(analysis, counted, reading, scope)
    agent = agent_of(analysis, counted, reading)
    if not agent.entities and reading.measure == "deployed":
        agent = owner_of(analysis, sentence, organization)
    where = _WHERE[reading.measure]
    if reading.clause is not None and lemma_in(reading.clause.predicate, word_set("personnel", "places", "motions")):
        where |= _TOWARDS
    place = places_of(analysis, counted, scope, where, others)
    if not place.entities and reading.measure == "deployed" and not organization.entities:
        place = section_place(analysis, sentence)
    period = period_of(analysis, counted, others) or listed_period(analysis, sentence)
    slots = {
        "agent": agent.words,
        "organization": organization.words,
        "place": place.words,
        "from_": period.span if period is not None and period.from_ else None,
        "to": period.span if period is not None and period.to else None,
        "group": counted.group if not counted.quote.covers(counted.group) else None,
    }
    words = {name: span for name, span in slots.items() if span is not None}
    return Personnel(
        quote=counted.quote,
        passage=sentence.span,
        words=words,
        confidence=reading.confidence,
        rule=reading.rule,
        measure=reading.measure,
        group=analysis.words(counted.group),
        agent=agent.entities,
        organization=organization.entities,
        value=quantity.value,
        value_min=quantity.value_min,
        value_max=quantity.value_max,
        bound=Bound.AT_MOST if reading.most and quantity.bound is Bound.EXACT else quantity.bound,
        per=rate_of(analysis, counted, others),
        status="planned" if future else "actual",
        from_=period.from_ if period is not None else None,
        to=period.to if period is not None else None,
        place=place.entities,
    )
