"""What states contribute to a mission or coalition, and lose in it, in lists and rankings.

"The largest contributors are Chad (1,420) and Togo (930)", "Ghana, with 656 peacekeepers, followed by India (593)",
"the soldiers killed were from Fiji (4) and Ireland (2)": each state with its own number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.circumstances import Held, held, is_country
from ssrgraph.extraction.claims.labelled import bracket_behind
from ssrgraph.extraction.claims.mission_meant import mission_near
from ssrgraph.extraction.claims.nouns import people_plurals, plural_of, word_set
from ssrgraph.extraction.claims.subjects import body_over, heads_over
from ssrgraph.extraction.model import Personnel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence
    from ssrgraph.extraction.quantities import Quantity

RULE = "contributor"
_LOOK_BACK = 6  # sentences in which the mission is named
_SEVERAL = 2  # states with numbers in a sentence that make it a list of contributors
_WORDS = re.compile(r"[^\W\d_][\w-]*")
_CONTRIBUTES = re.compile(
    r"\b(?i:contribut\w*|rank(?:s|ed|ing)?|followed by|in (?:first|second|third|fourth|fifth) (?:place|position))\b"
)
# Between a state and the number of its people, where no verb of sending stands.
_WITH = re.compile(
    r"(?:\s*\([A-Z]{2,}\))?,?\s(?:(?:which|who)\s)?(?:[^\s.;:()\d][^.;:()\d]{0,70}?\s)?(?:with|at|providing|contributing"
    r"|(?<=which\s)(?:provides|contributes|has|sends|deploys|supplies|provided|contributed|sent|deployed|supplied))\s"
    r"(?:a total of |its |some |about |nearly |almost |over |more than |just under |around |just over )*"
)
# Between two numbers of a list, or its last number and "respectively".
_JOINT = re.compile(r"(?:\s[^\W\d_][\w-]*){0,3},?\s(?:and\s)?(?:about\s)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Share:
    """One state's part of a list.

    Attributes:
        state: Who contributes.
        quantity: How many.
        noun: What is counted, where it stands with the number.
        quote: State and number, or the number with its noun.
    """

    state: Mention
    quantity: Quantity
    noun: Span | None
    quote: Span


def contributions_in(analysis: Analysis) -> Iterator[Personnel]:
    """Yield what states contribute, or lose, in the sentences that list it, in order of the text."""
    for sentence in analysis.body():
        if len(analysis.quantities_in(sentence.span)) == 0:
            continue
        states = [m for m in analysis.mentions_in(sentence.span) if is_country(analysis, m) and m.form == "name"]
        shares = list(_bracketed(analysis, states))
        ranked = _CONTRIBUTES.search(analysis.text, sentence.span.start, sentence.span.end) is not None
        if ranked:
            taken = {share.quantity.span for share in shares}
            more = [*_respectively(analysis, sentence, states), *_with_numbers(analysis, sentence, states)]
            for share in more:
                if share.quantity.span not in taken:
                    taken.add(share.quantity.span)
                    shares.append(share)
        told = re.search(r"\bcontributors?\b", sentence.span.of(analysis.text)) is not None
        if len(shares) < (1 if told or (ranked and len(states) > 1) else _SEVERAL):
            continue
        sign = _sign(analysis, sentence)
        if sign is not None:
            measure, word = sign
            yield from (_claim(analysis, sentence, share, measure, word) for share in shares)


def _bracketed(analysis: Analysis, states: list[Mention]) -> Iterator[_Share]:
    for state in states:
        figure = bracket_behind(analysis.text, state.span)
        if figure is not None and figure.quantity.unit == "count":
            yield _Share(state=state, quantity=figure.quantity, noun=figure.noun, quote=figure.quote)


def _with_numbers(analysis: Analysis, sentence: Sentence, states: list[Mention]) -> Iterator[_Share]:
    """Read "Nepal ranks first with 6,119", "followed by Rwanda, with 5,876 people"."""
    for quantity in analysis.quantities_in(sentence.span):
        before = [m for m in states if m.span.end <= quantity.span.start]
        if quantity.unit != "count" or not before:
            continue
        state = before[-1]
        if len(_run(analysis, before)) > 1:  # "Slovakia and Hungary follow with 157 and 77": whose is which?
            continue
        between = _WITH.fullmatch(analysis.text, state.span.end, quantity.span.start)
        if between is None or re.search(r"\b(?i:while|and|but)\b", between[0]):
            continue
        noun = _people_behind(analysis, sentence, quantity)
        quote = Span(quantity.span.start, noun.end if noun is not None else quantity.span.end)
        yield _Share(state=state, quantity=quantity, noun=noun, quote=quote)


def _respectively(analysis: Analysis, sentence: Sentence, states: list[Mention]) -> Iterator[_Share]:
    """Read "Fiji, Nepal and Ghana follow with 265, 157 and 77 soldiers respectively"."""
    end = analysis.text.find("respectively", sentence.span.start, sentence.span.end)
    numbers: list[Quantity] = []
    for quantity in reversed([q for q in analysis.quantities_in(sentence.span) if q.span.end <= end]):
        following = numbers[0].span.start if numbers else end
        if not _JOINT.fullmatch(analysis.text, quantity.span.end, following):
            break
        numbers.insert(0, quantity)
    if len(numbers) < _SEVERAL:
        return
    run = _run(analysis, [m for m in states if m.span.end <= numbers[0].span.start])
    noun = _people_behind(analysis, sentence, numbers[-1])
    if len(run) == len(numbers):
        for state, quantity in zip(run, numbers, strict=True):
            yield _Share(state=state, quantity=quantity, noun=noun, quote=quantity.span)


def _run(analysis: Analysis, states: list[Mention]) -> list[Mention]:
    """Return the last states of some that only commas and "and" part."""
    run = states[-1:]
    for state in reversed(states[:-1]):
        if not re.fullmatch(r"\s*,?\s*(?:and\s+)?(?:the\s+)?", analysis.text[state.span.end : run[0].span.start]):
            break
        run.insert(0, state)
    return run


def _people_behind(analysis: Analysis, sentence: Sentence, quantity: Quantity) -> Span | None:
    match = _WORDS.match(analysis.text, min(quantity.span.end + 1, sentence.span.end), sentence.span.end)
    if match is None or match[0].lower() not in _people():
        return None
    return Span(match.start(), match.end())


def _sign(analysis: Analysis, sentence: Sentence) -> tuple[str, Span] | None:
    """Return what a sentence says of the states' people, with the word that says it."""
    words = list(_WORDS.finditer(analysis.text, sentence.span.start, sentence.span.end))
    for measure, signs in (("lost", _losses()), ("deployed", _postings())):
        word = next((w for w in words if w[0].lower() in signs), None)
        if word is not None:
            return measure, Span(word.start(), word.end())
    return None


def _claim(analysis: Analysis, sentence: Sentence, share: _Share, measure: str, sign: Span) -> Personnel:
    missions = [m for m in analysis.mentions_in(sentence.span) if m.kind is EntityKind.MISSION and not m.nested]
    over = held(missions[:1]) if missions else _former_mission(analysis, sentence)
    group = share.noun or _group(analysis, sentence, share.quote.start) or sign
    words = {"agent": share.state.span} | ({"organization": over.words} if over.words else {})
    spans = [sentence.span, *words.values()]
    return Personnel(
        quote=share.quote,
        passage=Span(min(s.start for s in spans), max(s.end for s in spans)),
        words=words | ({} if share.quote.covers(group) else {"group": group}),
        confidence=0.65,
        rule=RULE,
        measure=measure,
        group=analysis.words(group),
        agent=(share.state.entity,),
        organization=over.entities,
        value=share.quantity.value,
        value_min=share.quantity.value_min,
        value_max=share.quantity.value_max,
        bound=share.quantity.bound,
    )


def _former_mission(analysis: Analysis, sentence: Sentence) -> Held:
    """Return the mission that the paragraph named last, or else the one that its headings are about."""
    place = analysis.place_of(sentence)
    for before in reversed(analysis.sentences[max(0, place - _LOOK_BACK) : place]):
        if before.block != sentence.block:
            break
        # The first mission of a sentence is what it is about: "ATMIS took over from AMISOM".
        missions = [m for m in analysis.mentions_in(before.span) if m.kind is EntityKind.MISSION and not m.nested]
        if missions:
            return held(missions[:1])
    meant = mission_near(analysis, sentence.span)
    if meant is not None:
        return held([meant])
    return body_over(analysis, heads_over(analysis, sentence.block))


def _group(analysis: Analysis, sentence: Sentence, before: int) -> Span | None:
    """Return the word for people that a list of numbers is of: "contributors of [police]", "656 [peacekeepers]"."""
    found = [
        m for m in _WORDS.finditer(analysis.text, sentence.span.start, before) if m[0].lower() in _people() | {"troop"}
    ]
    return Span(found[-1].start(), found[-1].end()) if found else None


@cache
def _people() -> frozenset[str]:
    return people_plurals() | word_set("personnel", "people", "collective")


@cache
def _losses() -> frozenset[str]:
    lost = word_set("personnel", "lost", "adjectives") | word_set("personnel", "lost", "heads")
    nouns = {*word_set("personnel", "lost", "heads"), *word_set("personnel", "lost", "nouns")}
    return frozenset(lost | {plural_of(noun) for noun in nouns})


@cache
def _postings() -> frozenset[str]:
    words = {"contributors", "contributor", "contributions", "contributing", "contribution", "contribute"}
    said = {"contributes", "contributed", "deployment", "deployments", "peacekeepers", "peacekeeping", "helmets"}
    return word_set("personnel", "deployed", "participles") | words | said
