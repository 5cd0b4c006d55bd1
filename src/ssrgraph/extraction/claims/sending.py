"""Who sends or teaches counted people, by the words right beside them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.circumstances import ACTORS, Held, is_country
from ssrgraph.extraction.claims.states import state_of

if TYPE_CHECKING:
    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence
    from ssrgraph.extraction.claims.counted import Counted

_WORDS = r"(?:[^\W\d][\w-]*\s){0,3}"
# Between a state and its people: "Fiji's [infantry company of 120]", "Fiji, whose [company of 120]".
_OWN = re.compile(rf"(?:['\u2019]s?|,\swhose)\s{_WORDS}")
# Between a state and its people where the verb of the first state is not said again: "and Fiji [60 officers]".
_GAPPED = re.compile(
    r"\s(?:with\s|sent\s)?(?:an?\s|some\s|about\s|another\s)?(?:(?!(?:each|all|both|also)\s)[a-z][\w-]*\s){0,2}"
)
_JOINS = re.compile(r"(?:[,;]|\band|\bwhile|\bplus)\s(?:by\s)?(?:the\s)?$")
# Between people who were taught and who taught them: "received instruction from", "training, given by".
_TAUGHT_BY = re.compile(
    r"\b(?:training|instruction|courses?|workshops?|seminars?|mentoring|classes|lessons|tuition|programme|curriculum)\b"
    r"[^.;:]{0,50}?(?:\s(?:from|with)|(?:,?\s(?:which\swas\s)?(?:given|delivered|conducted|led|taught|provided|run|held"
    r"|organi[sz]ed|offered|hosted))?\s(?:jointly\s)?by)\s(?:(?:instructors|trainers|experts|teams)\s(?:of|from)\s)?(?:the\s)?"
)
_FRAMEWORK = re.compile(
    r"(?:Under|Within|As part of|(?:I|Withi)n the (?:framework|context|frame) of|In the course of|Through)\s(?:the\s)?"
)
_REACH = 110  # characters behind people in which their teacher is named
_SENT = 60  # characters in front of people in which their state is named


def sender_in_front(analysis: Analysis, counted: Counted) -> Mention | None:
    """Return the state whose people they are by the words in front: "Fiji's company", "and Fiji 60 officers"."""
    sentence, quote = counted.sentence, counted.quote
    start = quote.start if counted.body is None else min(quote.start, sentence.token_span(counted.body).start)
    front = [
        m
        for m in analysis.mentions_in(sentence.span)
        if start - _SENT <= m.span.end <= start and is_country(analysis, m)
    ]
    if not front or front[-1].form == "adjective":
        return None
    state = front[-1]
    between = analysis.text[state.span.end : start]
    if _OWN.fullmatch(between):
        return state
    others = len(front) > 1 or any(q.span.end <= state.span.start for q in analysis.quantities_in(sentence.span))
    joins = _JOINS.search(analysis.text, sentence.span.start, state.span.start) is not None
    if not others or not joins or not _GAPPED.fullmatch(between):
        return None
    return None if _has_verb(sentence, state.span.end, start) else state


def _has_verb(sentence: Sentence, start: int, end: int) -> bool:
    return any(t.pos_ in {"VERB", "AUX"} for t in sentence.tokens if start <= sentence.token_span(t).start < end)


def teacher_behind(analysis: Analysis, counted: Counted) -> Mention | None:
    """Return who taught people that took a course: "have received instruction from the Army", "a course given by"."""
    sentence, start = counted.sentence, counted.quote.end
    end = min(start + _REACH, sentence.span.end)
    for mention in analysis.mentions_in(Span(start, sentence.span.end)) if start < sentence.span.end else ():
        if mention.span.start > end:
            break
        if mention.kind not in ACTORS or mention.form == "adjective":
            continue
        taught = _TAUGHT_BY.search(analysis.text, start, mention.span.start)
        if taught is not None and taught.end() == mention.span.start:
            return mention
    return None


def framework(analysis: Analysis, sentence: Sentence) -> Mention | None:
    """Return the mission in whose framework a sentence sets what it tells: "Under EUTM Mali, 40 officers were"."""
    return _framed(analysis, sentence, EntityKind.MISSION)


def owner_of_programme(analysis: Analysis, sentence: Sentence) -> Held | None:
    """Return the state whose programme opens a sentence: "Under the IMET program, 85 officers attended courses"."""
    programme = _framed(analysis, sentence, EntityKind.PROGRAMME)
    state = state_of(analysis, programme.entity) if programme is not None else None
    if programme is None or state is None or state not in analysis.entities:
        return None
    return Held(entities=(state,), words=programme.span)


def _framed(analysis: Analysis, sentence: Sentence, kind: EntityKind) -> Mention | None:
    opening = _FRAMEWORK.match(analysis.text, sentence.span.start, sentence.span.end)
    if opening is None:
        return None
    named = analysis.mentions_in(sentence.span)
    return next((m for m in named if m.span.start == opening.end() and m.kind is kind), None)
