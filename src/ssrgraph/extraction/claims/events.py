"""Meetings, summits, workshops and ceremonies: when, where, by whom, with whom."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.documents.model import BlockKind, Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.actors import Actors
from ssrgraph.extraction.claims.nearby import mention_after
from ssrgraph.extraction.claims.occasion_rows import Occasion, claim_of, fill, same_occasion
from ssrgraph.extraction.claims.occasion_sides import (
    convener,
    day_in_front,
    may_date,
    place_in_front,
    relative_end,
    those_who_talk,
)
from ssrgraph.extraction.lexicon import load_lexicon
from ssrgraph.extraction.model import Claim, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence
    from ssrgraph.extraction.periods import Period

_IN = re.compile(r"\b(?:in|at|near|outside)\s+(?:the\s+)?(?:city\s+of\s+|capital,?\s+)?", re.IGNORECASE)
_OPENING = re.compile(r"(?:(?:Earlier|Later),?\s+)?(?:On|In|From|Between|During)\s+(?:the\s+)?")
_MONTH = re.compile(r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+$")
_OPENING_PLACE = re.compile(r"(?:In|At)\s+(?:the\s+)?")
_PLACE_BEHIND_DAY = re.compile(r",?\s+(?:in|at)\s+(?:the\s+)?")
# "the NATO Summit in Vilnius": the name ends in the place.
_OWN_PLACE = re.compile(r"\bin\s+(?=[^\W\d_]+(?:\s[A-Z][a-z]+)?$)")
_BRACKET = re.compile(r"\s*\(")
# "the third meeting of the Dialogue": one occasion.
_OF_OCCASION = re.compile(r"\s+(?:of|for)\s+(?:the\s+)?")
# "…, organized with X and Y, was held": what stands before is no part of when and where.
_HELD = re.compile(
    r"\b(?:(?:was|were|is|are|will be|to be|been)\s+(?:\w+ly\s+)?"
    r"(?:held|convened|organi[sz]ed|hosted|scheduled|planned|conducted|carded)|took place|takes? place)\b"
)
_ITS = re.compile(r"\b[Ii]ts\s+(?:\w+\s+){0,2}$")
_YEAR = 4
_MEET = {"met", "meet", "convened", "convene"}
_LONG = 260
_BETWEEN = re.compile(r"\b(?:between|among)\s+(?=[A-Zt])")
_OBJECT = re.compile(r"(?:\s+(?!(?:at|in|on|during|by|for|with|of|to|from|after|before)\b)[\w’'-]+){0,5}\s+")
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be|is|are)\s+(?:\w+ly\s+)?$")
_WITHIN = re.compile(
    r"(?:At|During|On the (?:margins|sidelines) of|In)\s+(?:the\s+|a\s+|an\s+|its\s+|their\s+)?(?:[\w-]+\s+){0,3}"
)
# What ends an occasion's own words.
_CLAUSE = re.compile(
    r"[;:—–]|\bwhich\b(?!\s+(?:was|were|took|will|is|takes|had|has)\b)"
    r"|\b(?:to (?:raise|discuss|review|mark|help|support|develop|cover|share)"
    r"|who|where|because|since|after|following|before|although|while|but)\b"
)
_FAR = 130
_NEAR = 70


def read_events(analysis: Analysis) -> Iterator[Claim | Rejected]:
    """Yield one claim for each occasion with a day, or with a place and participants; the others as rejected."""
    occasions: list[Occasion] = []
    for sentence in analysis.sentences:
        named = [m for m in analysis.mentions_in(sentence.span) if m.kind is EntityKind.EVENT and m.form == "name"]
        named = [m for m in named if not _of_another(analysis.text, m, named)]
        reader = _Sentence(analysis, sentence, named)
        for mention in named:
            occasion = reader.occasion(mention)
            known = next((o for o in reversed(occasions) if same_occasion(o, occasion)), None)
            if known is None and occasions and reader.refers_back(mention, occasion):
                known = next((o for o in reversed(occasions) if o.dated), occasions[-1])
                reader.goes_on(known)
            if known is None:
                occasions.append(occasion)
            else:
                fill(known, occasion)
        if occasions and not named:
            reader.goes_on(occasions[-1])
    for occasion in occasions:
        bare = (
            analysis.entities[occasion.entity].label.casefold().endswith("event") and len(occasion.date or "") == _YEAR
        )
        if not bare and (occasion.dated or (occasion.place and len(occasion.participants) > 1)):
            yield claim_of(occasion)
        else:
            yield Rejected(table="events", reason="no day", quote=occasion.quote)


def _of_another(text: str, mention: Mention, named: Sequence[Mention]) -> bool:
    """Say whether an occasion only says of which series another is: "the third meeting of the Dialogue"."""
    return any(
        other.span.end <= mention.span.start and _OF_OCCASION.fullmatch(text, other.span.end, mention.span.start)
        for other in named
    )


@cache
def _tie(name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in load_lexicon("events")["ties"][name]), re.IGNORECASE)


@cache
def _back() -> re.Pattern[str]:
    nouns = "|".join(load_lexicon("events")["kinds"]["back"])
    return re.compile(rf"\b(?:the|this)\s+(?:\w+\s+)?(?:{nouns})\b", re.IGNORECASE)


class _Sentence:
    """Reads the occasions of one sentence."""

    def __init__(self, analysis: Analysis, sentence: Sentence, named: Sequence[Mention]) -> None:
        self._analysis = analysis
        self._text = analysis.text
        self._sentence = sentence
        self._span = sentence.span
        self._named = named
        self._actors = Actors(analysis, sentence)
        self._relative = 0

    def occasion(self, mention: Mention) -> Occasion:
        """Return what the sentence says of an occasion that it names."""
        occasion = Occasion(entity=mention.entity, quote=mention.span, passage=self._span)
        self._relative = relative_end(self._text, mention, self._next_occasion(mention))
        period = self._period(mention)
        if period is not None and (period.from_ is not None or mention.span.of(self._text) not in _MEET):
            occasion.dated = True
            occasion.date = period.from_
            occasion.words["date"] = period.span
            if max(mention.span.start - period.span.end, period.span.start - mention.span.end) < _NEAR:
                occasion.quote = Span(
                    min(mention.span.start, period.span.start), max(mention.span.end, period.span.end)
                )
        month = _MONTH.search(self._text, max(self._span.start, mention.span.start - 12), mention.span.start)
        if period is None and month is not None:
            # "the December summit": a day that only the document's date would tell.
            occasion.dated = True
            occasion.quote = Span(month.start(), mention.span.end)
        self._place(mention, period, occasion)
        self._organizer(mention, occasion)
        self._participants(mention, occasion)
        return occasion

    def refers_back(self, mention: Mention, occasion: Occasion) -> bool:
        """Say whether "the workshop" is one that the document has described before: it has no day of its own."""
        if occasion.dated or not mention.span.of(self._text)[0].islower():
            return False
        article = self._text[max(self._span.start, mention.span.start - 6) : mention.span.start].casefold()
        noun = mention.span.of(self._text).casefold()
        return (
            noun in load_lexicon("events")["kinds"]["back"]
            and re.search(r"\b(?:the|this|our|that)\s+$", article) is not None
        )

    def _period(self, mention: Mention) -> Period | None:
        """Return the day of an occasion: behind it, in its own words, or at the beginning of the sentence."""
        periods = [p for p in self._analysis.periods_in(self._span) if may_date(self._text, p)]
        limit = self._next_occasion(mention)
        behind = [
            p
            for p in periods
            if mention.span.end <= p.span.start < limit and self._links(mention.span.end, p.span.start)
        ]
        inside = [p for p in periods if mention.span.covers(p.span)]
        before = [p for p in periods if p.span.end <= mention.span.start and day_in_front(self._text, p, mention)]
        opening = [
            p
            for p in periods
            if (p.span.start == self._span.start or _OPENING.fullmatch(self._text, self._span.start, p.span.start))
            and self._is_main(mention)
        ]
        found = [*inside, *before[-1:], *behind[:1], *opening]
        if not found:
            return None
        # "the 2021 conference on 29 March 2021": the day says more than the year.
        exact = [p for p in found if p.from_ and found[0].from_ and p.from_.startswith(found[0].from_)]
        return max(exact, key=lambda p: len(p.from_ or ""), default=found[0])

    def _next_occasion(self, mention: Mention) -> int:
        return next((m.span.start for m in self._named if m.span.start > mention.span.start), self._span.end)

    def _links(self, start: int, end: int) -> bool:
        start = min(max(start, self._relative), end)
        gap = self._text[start:end]
        held = list(_HELD.finditer(gap))
        if held and len(gap) < _LONG and re.match(r"[^.;:]*$", gap[: held[-1].start()]):
            start += held[-1].end()
            gap = gap[held[-1].end() :]
        if len(gap) > _FAR or _CLAUSE.search(gap):
            return False
        named = [m.span for m in self._analysis.mentions_in(Span(start, end))] if end > start else []
        for span in reversed(named):
            gap = gap[: span.start - start] + " " + gap[span.end - start :]
        rest = [w for w in re.findall(r"[^\s,()’']+", gap) if not _tie("link").fullmatch(w) and not w[0].isupper()]
        return len(rest) <= 2  # noqa: PLR2004 - a word or two may be unknown

    def _is_main(self, mention: Mention) -> bool:
        """Say whether an occasion is what the sentence reports: held, attended, or its subject."""
        front = self._text[self._span.start : mention.span.start]
        behind = self._text[mention.span.end : mention.span.end + _NEAR]
        held = list(_tie("holds").finditer(front)) + list(_tie("takes_part").finditer(front))
        if held and mention.span.start - self._span.start - held[-1].end() < _NEAR // 2:
            return True
        if mention.span.of(self._text) in _MEET:
            return True
        return (
            re.match(r"\s+(?:\S+\s+){0,6}?(?:was|were|took|will|opened|began|brought|gathered|is)\b", behind)
            is not None
        )

    def _place(self, mention: Mention, period: Period | None, occasion: Occasion) -> None:
        limit = self._next_occasion(mention)
        own = _OWN_PLACE.search(self._text, mention.span.start, mention.span.end)
        if own is not None and self._set_place(occasion, own.end()):
            return
        for link in _IN.finditer(self._text, mention.span.end, limit):
            gap = Span(mention.span.end, link.start()) if link.start() > mention.span.end else None
            if (
                gap
                and not self._links(gap.start, gap.end)
                and not (period and link.start() - period.span.end in range(3))
            ):
                continue
            if self._set_place(occasion, link.end()):
                return
        bracket = _BRACKET.match(self._text, mention.span.end, limit)
        if bracket is not None and self._set_place(occasion, bracket.end()):
            return
        if period is not None and period.span.end < mention.span.start:
            behind = _PLACE_BEHIND_DAY.match(self._text, period.span.end, mention.span.start)
            if behind is not None and self._set_place(occasion, behind.end()):
                return
        opening = _OPENING_PLACE.match(self._text, self._span.start, self._span.end)
        if opening and self._is_main(mention) and self._set_place(occasion, opening.end()):
            return
        where = place_in_front(self._analysis, self._sentence, mention)
        if where is not None:
            self._set_place(occasion, where.span.start)

    def _set_place(self, occasion: Occasion, at: int) -> bool:
        place = mention_after(self._analysis, self._sentence, at, reach=1, wanted=self._is_place)
        if place is None:
            inner = self._analysis.mentions_in(self._span, nested=True)
            place = next((m for m in inner if m.nested and m.span.start == at and self._is_place(m)), None)
        if place is not None:
            occasion.place, occasion.words["place"] = (place.entity,), place.span
        return place is not None

    def _is_place(self, mention: Mention) -> bool:
        return mention.form == "name" and (
            mention.kind is EntityKind.PLACE or self._analysis.entities[mention.entity].type == "country"
        )

    def _organizer(self, mention: Mention, occasion: Occasion) -> None:
        by = next(
            (
                m
                for m in _tie("held_by").finditer(self._text, mention.span.end, self._span.end)
                if m.start() - mention.span.end <= _FAR and m.start() < self._next_occasion(mention)
            ),
            None,
        )
        if by is not None:
            self._set_organizer(occasion, self._actors.list_after(by.end(), reach=8))
        self._set_organizer(occasion, convener(self._analysis, self._actors, mention, self._next_occasion(mention)))
        for verb in _tie("holds").finditer(self._text, self._span.start, mention.span.start):
            if (
                _OBJECT.fullmatch(self._text, verb.end(), mention.span.start)
                and not _PASSIVE.search(self._text[self._span.start : verb.start()])
                and not occasion.organizer
            ):
                self._set_organizer(occasion, self._actors.subject_of(verb.start()))
        if occasion.organizer:
            return
        inside = [
            m
            for m in self._analysis.mentions_in(mention.span, nested=True)
            if m.nested and m.span.start == mention.span.start
        ]
        held = self._analysis.mention_at(mention.span.start - 1) or self._analysis.mention_at(mention.span.start - 2)
        of = re.compile(r"\s+of\s+(?:the\s+)?").match(self._text, mention.span.end, self._span.end)
        body = self._analysis.mention_at(of.end()) if of else None
        for one in [*inside, *([held] if held else []), *([body] if body else [])]:
            if (
                one.kind is EntityKind.ORGANIZATION
                and self._analysis.entities[one.entity].type == "international"
                and not occasion.organizer
            ):
                self._set_organizer(occasion, [one])

    def _set_organizer(self, occasion: Occasion, found: Sequence[Mention]) -> None:
        actors = [m for m in found if m.kind is not EntityKind.PERSON]
        if actors and not occasion.organizer:
            occasion.organizer = tuple(dict.fromkeys(m.entity for m in actors))
            occasion.words["organizer"] = Span(actors[0].span.start, actors[-1].span.end)
        # Several who hold an occasion together take part in it.
        if len(found) > 1:
            self._add(occasion, found)

    def _participants(self, mention: Mention, occasion: Occasion) -> None:
        between = _tie("between").match(self._text, mention.span.end, self._span.end) or _BETWEEN.search(
            self._text, mention.span.end, self._next_occasion(mention)
        )
        if between is not None:
            found = self._actors.list_after(between.end(), reach=30)
            self._add(occasion, found)
            holder = self._holder(mention)
            if found and holder is not None:
                self._add(occasion, [holder])
        if mention.span.of(self._text) in _MEET:
            subjects = self._actors.subjects(mention.span.start)
            if (
                len(subjects) == 1
                and subjects[0].kind is EntityKind.ORGANIZATION
                and self._text[subjects[0].span.end : mention.span.start].strip()
            ):
                self._set_organizer(occasion, subjects)
            else:
                self._add(occasion, subjects)
            with_ = re.compile(r"\bwith\s+").search(
                self._text, mention.span.end, min(self._span.end, mention.span.end + _NEAR)
            )
            if with_:
                self._add(occasion, self._actors.list_after(with_.end()))
        for verb in _tie("takes_part").finditer(self._text, self._span.start, mention.span.start):
            if mention.span.start - verb.end() <= _NEAR // 2:
                self._add(occasion, self._actors.subjects(verb.start()) or self._actors.subject_of(verb.start()))
        if _WITHIN.fullmatch(self._text, self._span.start, mention.span.start):
            speakers = self._speakers(mention)
            if _ITS.search(self._text, self._span.start, mention.span.start) and len(speakers) == 1:
                self._set_organizer(occasion, speakers)
            else:
                self._add(occasion, speakers)
        self._add(occasion, those_who_talk(self._analysis, self._sentence, mention))
        self._attended(mention.span.end, occasion)

    def _speakers(self, mention: Mention) -> list[Mention]:
        """Return the subject of a sentence that begins "At the conference in X, …"."""
        verb = self._sentence.token_span(self._sentence.parsed.root)
        return [m for m in self._actors.subjects(verb.start) if m.span.start > mention.span.end]

    def _holder(self, mention: Mention) -> Mention | None:
        """Return who stands in front with a possessive: "President X's meeting with Y"."""
        front = self._text[self._span.start : mention.span.start]
        own = re.search(r"['’]s?\s+(?:\w+\s+){0,3}$", front)
        return self._analysis.mention_at(self._span.start + own.start() - 1) if own else None

    def _attended(self, start: int, occasion: Occasion) -> None:
        for tie in _tie("attended").finditer(self._text, start, self._span.end):
            found = self._actors.list_after(tie.end())
            self._add(occasion, found)

    def _add(self, occasion: Occasion, found: Sequence[Mention]) -> None:
        new = [m for m in found if self._actors.may_act(m)]
        if not new:
            return
        occasion.participants += [m.entity for m in new]
        span = Span(new[0].span.start, new[-1].span.end)
        occasion.words.setdefault("participants", span)
        occasion.passage = Span(
            min(occasion.passage.start, self._span.start), max(occasion.passage.end, self._span.end)
        )

    def goes_on(self, occasion: Occasion) -> None:
        """Add the participants that a sentence names which refers back: "X and Y also attended the event"."""
        if self._sentence.block.kind in {BlockKind.TITLE, BlockKind.HEADING}:
            return
        back = _back().search(self._text, self._span.start, self._span.end)
        opens = re.match(
            r"(?:Other\s+)?(?:\S+\s+)?(?:[Pp]articipants|[Aa]ttendees)\b|(?:It|This) (?:was|brought)\b",
            self._span.of(self._text),
        )
        if opens and opens[0].startswith(("It", "This")) and self._span.start - occasion.passage.end > 2:  # noqa: PLR2004 - white space
            opens = None
        if not back and not opens:
            return
        for verb in _tie("takes_part").finditer(
            self._text, self._span.start, back.start() if back else self._span.start
        ):
            if back and back.start() - verb.end() <= 2:  # noqa: PLR2004 - white space
                actors = [
                    m
                    for m in self._analysis.mentions_in(Span(self._span.start, verb.start()))
                    if self._actors.may_act(m)
                ]
                self._add(occasion, actors)
        if (
            opens
            or (back and self._analysis.words(Span(*back.span())).casefold() == "the latter")
            or (back and back.start() == self._span.start)
        ):
            self._attended(self._span.start, occasion)
