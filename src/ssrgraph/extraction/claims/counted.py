"""Counted noun phrases: a number, what it counts, and whether that is people.

for counted in counted_in(analysis, sentence):
    counted.quote, counted.group, counted.people
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.extraction.claims.ceilings import strength_before
from ssrgraph.extraction.claims.count import MOST_QUANTITIES, Counted, span_of
from ssrgraph.extraction.claims.nouns import is_people, lemma_in, word_set
from ssrgraph.extraction.claims.phrases import HYPHENS, behind_partitive, last_noun, phrase_at, with_conjuncts
from ssrgraph.extraction.claims.sizes import body_of, bracketed, grown, label_of, numbering, sized_body, strong_body

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from ssrgraph.extraction.analysis import Analysis, Sentence
    from ssrgraph.extraction.quantities import Quantity

__all__ = ["Counted", "counted_in", "in_one_list", "in_one_row", "phrases_of", "standing_alone"]

_SIZES = frozenset({"strong", "member", "person", "man", "woman", "soldier", "troop", "officer", "staff", "personnel"})
_MANY = 50  # "90,000 forces" are people, "three forces" are not
_INCLUDING = frozenset({"including", "comprising", "among", "whom"})
_WHOLE = re.compile(r"\sof\s(?:(?:the|(?P<own>its|their|whose))\s)?")  # "two of its 40 officers" tells of both
_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?\s+[^\W\d_a-z]")
_BETWEEN = 6  # tokens between two numbers that share a noun


def counted_in(analysis: Analysis, sentence: Sentence) -> tuple[Counted, ...]:
    """Return the counted noun phrases of a sentence in order; percentages, money, durations and names are none.

    A sentence of more than `MOST_QUANTITIES` is a table of figures that lost its form, and counts nothing.
    """
    return analysis.once(_counted_at, analysis.place_of(sentence))


def _counted_at(analysis: Analysis, place: int) -> tuple[Counted, ...]:
    sentence = analysis.sentences[place]
    if len(analysis.quantities_in(sentence.span)) > MOST_QUANTITIES:
        return ()
    found: list[Counted] = []
    alone: Quantity | None = None
    for quantity in analysis.quantities_in(sentence.span):
        if _counts_nothing(analysis, sentence, quantity):
            continue
        whole = _WHOLE.fullmatch(analysis.text, found[-1].quantity.span.end, quantity.span.start) if found else None
        if whole is not None and not (whole["own"] and found[-1].people):
            continue  # "3 of 14 bases" counts three, "two of its 40 officers" also tells of 40
        counted = _counted(analysis, sentence, quantity)
        if counted is None and _is_shared_out(analysis, sentence, quantity):
            alone = quantity
            continue
        if counted is None and quantity.unit == "count":
            counted = _ellipsis(analysis, sentence, quantity, found)
            if counted is None:
                alone = quantity
                continue
        if counted is not None and found and _only_lost(counted):
            counted = replace(counted, group=found[-1].group)  # "11 soldiers were killed and 9 wounded"
        if counted is not None:
            found += _with_later_noun(sentence, alone, counted)
            found.append(counted)
        alone = None
    return tuple(found)


def _counts_nothing(analysis: Analysis, sentence: Sentence, quantity: Quantity) -> bool:
    """Say whether a number is no count at all: a sum, a share, a rise, part of a name, the number of a section."""
    if quantity.unit not in {"count", "measure"} or quantity.increase or _inside_name(analysis, quantity):
        return True
    opens = quantity.span.start == sentence.block.span.start
    return opens and _SECTION.match(analysis.text, quantity.span.start) is not None  # "2.4 Training"


def _is_shared_out(analysis: Analysis, sentence: Sentence, quantity: Quantity) -> bool:
    """Say whether a number has the noun of the next, which "respectively" shares out: "32 and 38 trainees"."""
    text, end = analysis.text, quantity.span.end
    following = next((q for q in analysis.quantities_in(sentence.span) if q.span.start > end), None)
    joined = following is not None and text[end : following.span.start].strip(", ") in {"", "and"}
    return joined and text.find("respectively", end, sentence.span.end) >= 0


def standing_alone(analysis: Analysis, sentence: Sentence) -> tuple[tuple[Quantity, tuple[Token, ...]], ...]:
    """Return the numbers that are subjects of their sentence without a noun: "1,150 are deployed"."""
    found = []
    for quantity in [q for q in analysis.quantities_in(sentence.span) if q.unit in {"count", "measure", "money"}][:1]:
        number = tuple(sentence.tokens_meeting(quantity.number_span))
        if quantity.unit != "count" or quantity.increase or not number or number[-1].i + 1 >= sentence.parsed.end:
            continue
        front = [t for t in sentence.tokens if t.i < number[0].i and t.pos_ in {"NOUN", "VERB", "AUX", "PROPN"}]
        following = number[-1].nbor()
        acts = following.tag_ in {"VBD", "VBP", "VBZ", "MD"}
        adverbial = len(front) <= 2 and not any(t.pos_ in {"VERB", "AUX"} for t in front)  # noqa: PLR2004 - "At present,"
        if acts and adverbial:
            found.append((quantity, number))
    return tuple(found)


def _only_lost(counted: Counted) -> bool:
    return counted.group.end - counted.group.start == len(counted.head.text) and (
        counted.head.lower_ in word_set("personnel", "lost", "adjectives")
    )


def _with_later_noun(sentence: Sentence, alone: Quantity | None, later: Counted) -> list[Counted]:
    """Give a number the noun of the next one: "shrank from [12,000] to 8,500 officers"."""
    if alone is None or later.elliptic:
        return []
    number = tuple(sentence.tokens_meeting(alone.number_span))
    between = [t for t in sentence.tokens if number and number[-1].i < t.i < later.tokens[0].i]
    joined = len(between) <= 2 and {t.lower_ for t in between} <= {",", "and"}  # noqa: PLR2004 - "32 and 38 trainees"
    if between and joined:
        return [replace(later, quantity=alone, quote=alone.span, tokens=number, elliptic=True, body=None)]
    dated = all(t.pos_ in {"ADP", "NUM", "PROPN", "ADV", "PART"} or t.lower_ in {"more", "than"} for t in between)
    if not between or not dated or len(between) > _BETWEEN or "to" not in {t.lower_ for t in between}:
        return []
    return [replace(later, quantity=alone, quote=alone.span, tokens=number, elliptic=True, body=None)]


def _inside_name(analysis: Analysis, quantity: Quantity) -> bool:
    mention = analysis.mention_at(quantity.number_span.start)
    if mention is None or not mention.span.covers(quantity.number_span):
        return False
    entity = analysis.entities.get(mention.entity)
    # A name put together by its pattern may have swallowed the count in front of it.
    return mention.span.start != quantity.number_span.start or entity is None or entity.reference


def _counted(analysis: Analysis, sentence: Sentence, quantity: Quantity) -> Counted | None:
    number = sentence.tokens_meeting(quantity.span)
    rest = sentence.tokens_behind(quantity.number_span.end)
    if not number or not rest:
        return None
    if number[0].i > sentence.parsed.start and number[0].nbor(-1).lower_ in {"per", "every"}:
        return None  # "one officer per 490 citizens"
    return _phrase(analysis, sentence, quantity, number, rest)


def _phrase(
    analysis: Analysis, sentence: Sentence, quantity: Quantity, number: list[Token], rest: list[Token]
) -> Counted | None:
    """Read what stands behind a number."""
    while len(rest) > 1 and rest[0].lower_ in {"more", "other", "additional", "further"}:  # "15 more officers"
        rest = rest[1:]
    if quantity.unit == "measure" and quantity.number_span.end > sentence.token_span(number[-1]).start:
        unit = _unit_start(sentence, quantity)
        rest = [t for t in sentence.tokens if t.i >= unit]
    if not rest or (quantity.unit == "measure" and HYPHENS & set(quantity.number_span.of(analysis.text))):
        return None
    if rest[0].lower_ in HYPHENS:  # "a five-year plan" counts nothing, "a 150-strong contingent" does
        sized = len(rest) > 2 and rest[1].lower_ in _SIZES  # noqa: PLR2004
        return sized_body(analysis, sentence, quantity, rest) if sized else None
    if rest[0].lower_ == "strong":
        return strong_body(analysis, sentence, quantity, number, rest[0])
    rest = behind_partitive(rest)
    phrase = phrase_at(analysis, sentence, rest)
    if not phrase or phrase[-1].lower_ == "others":
        return None
    first = phrase[-1]
    single = quantity.value == 1 and first.tag_ == "NN" and lemma_in(first, word_set("personnel", "people", "nouns"))
    people = is_people(analysis, sentence, first) or single
    phrase = with_conjuncts(analysis, sentence, phrase, first, people=people)
    people = people or (first.lower_ == "forces" and (quantity.value or quantity.value_max or 0) >= _MANY)
    # In "survey and clearance teams" the counted noun is the last one.
    head = last_noun(phrase) if first.tag_ == "NN" else first
    tokens = (*number, *(t for t in phrase if t not in number))
    group = span_of(sentence, phrase)
    return Counted(
        quantity=quantity,
        sentence=sentence,
        head=head,
        group=group,
        quote=Span(min(quantity.span.start, group.start), max(quantity.span.end, group.end)),
        tokens=tokens,
        people=people,
        body=body_of(head, number[0]),
    )


def _unit_start(sentence: Sentence, quantity: Quantity) -> int:
    """Return the place of the first token of a measure behind its digits ("55 [square kilometres]")."""
    for token in sentence.tokens_meeting(quantity.number_span):
        lettered = token.text[:1].isalpha()  # "m²" is no word
        if lettered and not token.like_num and token.dep_ != "quantmod":
            return int(token.i)
    return int(sentence.tokens[-1].i) + 1


def _ellipsis(analysis: Analysis, sentence: Sentence, quantity: Quantity, found: list[Counted]) -> Counted | None:
    """Read a number that stands alone: by its label, as the size of a body, or with a noun said before."""
    number = tuple(sentence.tokens_meeting(quantity.number_span))
    if not number or not _stands_alone(number[-1]) or _numbers_a_name(analysis, sentence, quantity, number[0]):
        return None
    label = label_of(analysis, sentence, quantity)
    if label:
        return Counted(
            quantity=quantity,
            sentence=sentence,
            head=label[-1],
            group=span_of(sentence, label),
            quote=Span(span_of(sentence, label).start, quantity.span.end),
            tokens=(*label, *number),
            people=True,
            body=label[-1],
        )
    named = numbering(analysis, sentence, quantity, number) or bracketed(analysis, sentence, quantity, number)
    if named is not None:
        return named
    return _elliptic(analysis, sentence, quantity, number, found)


def _elliptic(
    analysis: Analysis, sentence: Sentence, quantity: Quantity, number: tuple[Token, ...], found: list[Counted]
) -> Counted | None:
    """Take the noun of the number before, of a body that grows, or of "the number of"."""
    strength = strength_before(number[0])
    if strength is not None:
        opens = [t for t in strength.lefts if t.dep_ in {"amod", "compound"}]
        return Counted(
            quantity=quantity,
            sentence=sentence,
            head=strength,
            group=span_of(sentence, [*opens[:1], strength]),
            quote=quantity.span,
            tokens=number,
            people=True,
            body=strength,
        )
    numbered = _numbered(analysis, sentence, number[0])
    behind = [t for t in sentence.tokens if t.i > number[-1].i][:_BETWEEN]
    served = any(t.tag_ == "VBN" and lemma_in(t, _verbs_of_people()) for t in behind)
    people = [each for each in found if each.people] if served else []  # "at 34 crossings; 300 will be recruited"
    first = next(t for t in sentence.tokens if quantity.span.meets(sentence.token_span(t)))
    body = body_of(number[0], first)
    sized = body is not None and lemma_in(body, word_set("personnel", "people", "bodies"))
    of_things = sized and not any(each.people for each in found)  # "three regiments and a guard of 650"
    former = next((each for each in (people or found)[-1:] if each.body is None or each.body.i != each.head.i), None)
    former = None if of_things else former
    if former is not None and not (numbered and numbered[0].i > former.tokens[-1].i):
        return replace(
            former,
            quantity=quantity,
            quote=quantity.span,
            tokens=number,
            elliptic=True,
            body=body_of(former.head, number[0]),
        )
    body = body or grown(first)
    if body is not None and lemma_in(body, word_set("personnel", "people", "bodies")):
        return Counted(
            quantity=quantity,
            sentence=sentence,
            head=body,
            group=sentence.token_span(body),
            quote=Span(sentence.token_span(body).start, quantity.span.end),
            tokens=number,
            people=True,
            body=body,
        )
    if not numbered:
        return None
    head = numbered[-1]
    return Counted(
        quantity=quantity,
        sentence=sentence,
        head=head,
        group=span_of(sentence, numbered),
        quote=quantity.span,
        tokens=number,
        people=is_people(analysis, sentence, head),
        elliptic=True,
    )


def _verbs_of_people() -> frozenset[str]:
    return frozenset().union(
        *(word_set("personnel", each, "verbs") for each in ("trained", "employed", "deployed", "lost"))
    )


def _numbers_a_name(analysis: Analysis, sentence: Sentence, quantity: Quantity, number: Token) -> bool:
    """Say whether a number belongs to the proper noun in front of it: "Air Base 201"."""
    if number.i == sentence.parsed.start or quantity.span != quantity.number_span:
        return False
    before = number.nbor(-1)
    return before.pos_ == "PROPN" and analysis.text[sentence.token_span(before).end : quantity.span.start].strip() == ""


def _stands_alone(number: Token) -> bool:
    """Say whether no noun can belong to a number: a preposition, a conjunction, a verb or nothing follows."""
    if number.i + 1 >= number.sent.end:
        return True
    following = number.nbor()
    if following.lower_ in {"others", "more", "today", "now", "currently"} or _of_them(number):
        return True
    return following.pos_ in {"ADP", "CCONJ", "PUNCT", "VERB", "AUX", "ADV", "SCONJ", "PART", "DET"} and (
        following.lower_ not in HYPHENS | {"of"} and not following.lower_.startswith("/")
    )


def _of_them(number: Token) -> bool:
    """Say whether "of them" follows a number: it counts some of those just counted."""
    behind = [t.lower_ for t in number.doc[number.i + 1 : min(number.i + 3, number.sent.end)]]
    return behind[:1] == ["of"] and behind[1:] in (["them"], ["these"], ["those"], ["whom"], ["which"])


def _numbered(analysis: Analysis, sentence: Sentence, number: Token) -> list[Token]:
    """Return the noun phrase in "the number of trained officers rose from 40"."""
    words = [t for t in sentence.tokens if t.i < number.i]
    for index, token in reversed(list(enumerate(words[:-1]))):
        if token.lower_ in {"number", "numbers", "total"} and words[index + 1].lower_ == "of":
            behind = [t for t in words[index + 2 :] if t.i > words[index + 2].i or t.tag_ not in {"DT", "PRP$"}]
            return phrase_at(analysis, sentence, behind) if behind else []
    return []


def phrases_of(analysis: Analysis) -> Iterator[Counted]:
    """Yield the counted noun phrases of all sentences that may carry figures, in order."""
    for sentence in analysis.body():
        yield from counted_in(analysis, sentence)


def in_one_row(counted: Counted, later: Counted) -> bool:
    """Say whether a later count is joined to this one, so that what stands behind it belongs to both."""
    return not later.elliptic and later.tokens[0].i > counted.tokens[-1].i and in_one_list(counted, later)


def in_one_list(former: Counted, counted: Counted) -> bool:
    """Say whether only words that join stand between two counts: "and", "as well as", an "of"-part, no verb."""
    between = [t for t in former.sentence.tokens if former.tokens[-1].i < t.i < counted.tokens[0].i]
    joined = any(t.pos_ == "CCONJ" or t.lower_ in {",", "plus"} | _INCLUDING for t in between)
    other = [t for t in between if t.pos_ in {"VERB", "AUX"} and t.lower_ not in _INCLUDING]
    return joined and not other and not any(t.lower_ == ";" for t in between)
