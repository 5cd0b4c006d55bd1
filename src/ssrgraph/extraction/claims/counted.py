"""Counted noun phrases: a number, what it counts, and whether that is people.

for counted in counted_in(analysis, sentence):
    counted.quote, counted.group, counted.people
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.nouns import is_people, lemma_in, word_set
from ssrgraph.extraction.claims.phrases import HYPHENS, NOUNS, behind_partitive, last_noun, phrase_at, with_conjuncts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from ssrgraph.extraction.analysis import Analysis, Sentence
    from ssrgraph.extraction.quantities import Quantity

_SIZES = frozenset({"strong", "member", "person", "man", "woman", "soldier", "troop", "officer", "staff", "personnel"})
_MANY = 50  # "90,000 forces" are people, "three forces" are not
_INCLUDING = frozenset({"including", "comprising", "among", "whom"})
_BETWEEN = 6  # tokens between two numbers that share a noun


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A number with what it counts.

    Attributes:
        quantity: The number.
        sentence: Where it stands.
        head: The noun that is counted; for an ellipsis that of the phrase it is taken from.
        group: What is counted, without the number.
        quote: From the hedge to the end of the phrase.
        tokens: Number and phrase as tokens; of an ellipsis only the number.
        people: Whether the head counts people.
        elliptic: Whether the noun stands with a former number ("1,000 officers in Iraq and 500 abroad").
        body: The noun whose size the number is ("a contingent of 350 gendarmes", "a 40-strong team"), if any.
    """

    quantity: Quantity
    sentence: Sentence
    head: Token
    group: Span
    quote: Span
    tokens: tuple[Token, ...]
    people: bool
    elliptic: bool = False
    body: Token | None = None

    @property
    def anchor(self) -> Token:
        """The token by which the phrase hangs on its sentence."""
        return self.tokens[-1] if self.elliptic else self.head


def counted_in(analysis: Analysis, sentence: Sentence) -> tuple[Counted, ...]:
    """Return the counted noun phrases of a sentence in order; percentages, money, durations and names are none."""
    found: list[Counted] = []
    alone: Quantity | None = None
    for quantity in analysis.quantities_in(sentence.span):
        if quantity.unit not in {"count", "measure"} or quantity.increase or _inside_name(analysis, quantity):
            continue
        counted = _counted(analysis, sentence, quantity)
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


def standing_alone(analysis: Analysis, sentence: Sentence) -> tuple[tuple[Quantity, tuple[Token, ...]], ...]:
    """Return the numbers that are subjects of their sentence without a noun: "1,150 are deployed", "another 30 will"."""
    found = []
    for quantity in analysis.quantities_in(sentence.span):
        number = tuple(t for t in sentence.parsed if quantity.number_span.meets(sentence.token_span(t)))
        if quantity.unit != "count" or quantity.increase or not number or number[-1].i + 1 >= sentence.parsed.end:
            continue
        front = [t for t in sentence.parsed if t.i < number[0].i and t.pos_ in {"NOUN", "VERB", "AUX", "PROPN"}]
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
    number = tuple(t for t in sentence.parsed if alone.number_span.meets(sentence.token_span(t)))
    between = [t for t in sentence.parsed if number and number[-1].i < t.i < later.tokens[0].i]
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
    number = [t for t in sentence.parsed if quantity.span.meets(sentence.token_span(t))]
    rest = [t for t in sentence.parsed if sentence.token_span(t).start >= quantity.number_span.end]
    if not number or not rest:
        return None
    while len(rest) > 1 and rest[0].lower_ in {"more", "other", "additional", "further"}:  # "15 more officers"
        rest = rest[1:]
    if quantity.unit == "measure" and quantity.number_span.end > sentence.token_span(number[-1]).start:
        rest = [t for t in sentence.parsed if t.i >= _unit_start(sentence, quantity)]
    if not rest or (quantity.unit == "measure" and HYPHENS & set(quantity.number_span.of(analysis.text))):
        return None
    if rest[0].lower_ in HYPHENS:  # "a five-year plan" counts nothing, "a 150-strong contingent" does
        sized = len(rest) > 2 and rest[1].lower_ in _SIZES  # noqa: PLR2004
        return _sized(analysis, sentence, quantity, rest) if sized else None
    if rest[0].lower_ == "strong":
        return _strong(analysis, sentence, quantity, number, rest[0])
    rest = behind_partitive(rest)
    phrase = phrase_at(analysis, sentence, rest)
    if not phrase:
        return None
    first = phrase[-1]
    if first.lower_ == "others":
        return None
    people = is_people(analysis, sentence, first)
    phrase = with_conjuncts(analysis, sentence, phrase, first, people=people)
    people = people or (first.lower_ == "forces" and (quantity.value or quantity.value_max or 0) >= _MANY)
    # In "survey and clearance teams" the counted noun is the last one.
    head = last_noun(phrase) if first.tag_ == "NN" else first
    tokens = (*number, *(t for t in phrase if t not in number))
    group = _span(sentence, phrase)
    return Counted(
        quantity=quantity,
        sentence=sentence,
        head=head,
        group=group,
        quote=Span(min(quantity.span.start, group.start), max(quantity.span.end, group.end)),
        tokens=tokens,
        people=people,
        body=_body(head, number[0]),
    )


def _unit_start(sentence: Sentence, quantity: Quantity) -> int:
    """Return the place of the first token of a measure behind its digits ("55 [square kilometres]")."""
    for token in sentence.parsed:
        unit = quantity.number_span.meets(sentence.token_span(token)) and not token.like_num and token.is_alpha
        if unit and token.dep_ != "quantmod":
            return int(token.i)
    return int(sentence.parsed[-1].i) + 1


def _sized(analysis: Analysis, sentence: Sentence, quantity: Quantity, rest: list[Token]) -> Counted | None:
    """Read "a 150-strong contingent (of gendarmes)"."""
    phrase = phrase_at(analysis, sentence, rest[2:])
    if not phrase:
        return None
    body = phrase[-1]
    after = [t for t in sentence.parsed if t.i > body.i]
    inner = phrase_at(analysis, sentence, after[1:]) if after and after[0].lower_ == "of" else []
    counted = inner if inner and is_people(analysis, sentence, inner[-1]) else phrase
    people = counted is inner or lemma_in(body, word_set("personnel", "people", "bodies"))
    return Counted(
        quantity=quantity,
        sentence=sentence,
        head=body,
        group=_span(sentence, counted),
        quote=Span(quantity.span.start, _span(sentence, counted).end),
        tokens=tuple(
            t for t in sentence.parsed if quantity.span.start <= sentence.token_span(t).start and t.i <= body.i
        ),
        people=people or rest[1].lower_ != "member",
        body=body,
    )


def _strong(
    analysis: Analysis, sentence: Sentence, quantity: Quantity, number: list[Token], strong: Token
) -> Counted | None:
    """Read "the gendarmerie, 4,500 strong"."""
    before = [t for t in sentence.parsed if t.i < number[0].i]
    while before and before[-1].lower_ in {",", "(", "is", "are", "was", "were", "now", "currently"}:
        before.pop()
    if not before or not _has_people(analysis, sentence, before[-1]):
        return None
    return _size(sentence, quantity, before[-1], (*number, strong))


def _has_people(analysis: Analysis, sentence: Sentence, noun: Token) -> bool:
    """Say whether a noun names a force or a body of people, or people themselves."""
    mention = analysis.mention_at(sentence.token_span(noun).start)
    named = mention is not None and mention.kind in {EntityKind.ORGANIZATION, EntityKind.MISSION}
    listed = lemma_in(noun, word_set("personnel", "people", "bodies") | word_set("personnel", "employed", "owners"))
    return listed or (named and noun.pos_ == "PROPN") or is_people(analysis, sentence, noun)


def _size(sentence: Sentence, quantity: Quantity, body: Token, tokens: tuple[Token, ...]) -> Counted:
    """Return a number as the size of a body that was named in front of it."""
    opens = [t for t in body.lefts if t.dep_ in {"amod", "compound"} and t.pos_ != "DET"]
    group = _span(sentence, [*opens[:1], body])
    return Counted(
        quantity=quantity,
        sentence=sentence,
        head=body,
        group=group,
        quote=Span(min(group.start, quantity.span.start), max(quantity.span.end, sentence.token_span(tokens[-1]).end)),
        tokens=tokens,
        people=True,
        body=body,
    )


def _numbering(analysis: Analysis, sentence: Sentence, quantity: Quantity, number: tuple[Token, ...]) -> Counted | None:
    """Read "the force, which numbers about 33,000"."""
    before = [t for t in sentence.parsed if sentence.token_span(t).end <= quantity.span.start]
    if len(before) < 2 or before[-1].lemma_.lower() not in {"number", "total"} or before[-1].lower_ == "total":  # noqa: PLR2004 - a body and its verb
        return None
    before.pop()
    while before and before[-1].lower_ in {",", "(", ")", "which", "who", "that", "now", "currently"}:
        before.pop()
    if not before or not _has_people(analysis, sentence, before[-1]):
        return None
    return _size(sentence, quantity, before[-1], number)


def _body(head: Token, number: Token) -> Token | None:
    """Return the noun that "of" joins to the number: "a contingent of 350 gendarmes"."""
    before = number.nbor(-1) if number.i > number.sent.start else None
    if before is None or before.lower_ != "of" or before.i == number.sent.start:
        return None
    noun = before.nbor(-1)
    return noun if noun.tag_ in NOUNS and noun.i != head.i else None


def _grown(number: Token) -> Token | None:
    """Return the noun that grows to the number: "increase the force to 5,000"."""
    before = list(number.sent[: number.i - number.sent.start])[-_BETWEEN:]
    if not before or before[-1].lower_ != "to":
        return None
    return next((t for t in reversed(before) if lemma_in(t, word_set("personnel", "employed", "owners"))), None)


def _ellipsis(analysis: Analysis, sentence: Sentence, quantity: Quantity, found: list[Counted]) -> Counted | None:
    """Take the noun of the number before, or of "the number of", where a number stands alone."""
    number = tuple(t for t in sentence.parsed if quantity.number_span.meets(sentence.token_span(t)))
    if not number or not _stands_alone(number[-1]) or _numbers_a_name(analysis, sentence, quantity, number[0]):
        return None
    label = _label(analysis, sentence, quantity)
    if label:
        return Counted(
            quantity=quantity,
            sentence=sentence,
            head=label[-1],
            group=_span(sentence, label),
            quote=Span(_span(sentence, label).start, quantity.span.end),
            tokens=(*label, *number),
            people=True,
            body=label[-1],
        )
    numbering = _numbering(analysis, sentence, quantity, number)
    if numbering is not None:
        return numbering
    numbered = _numbered(analysis, sentence, number[0])
    former = next((each for each in found[-1:] if each.body is None or each.body.i != each.head.i), None)
    if former is not None and not (numbered and numbered[0].i > former.tokens[-1].i):
        return replace(
            former,
            quantity=quantity,
            quote=quantity.span,
            tokens=number,
            elliptic=True,
            body=_body(former.head, number[0]),
        )
    first = next(t for t in sentence.parsed if quantity.span.meets(sentence.token_span(t)))
    body = _body(number[0], first) or _grown(first)
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
        group=_span(sentence, numbered),
        quote=quantity.span,
        tokens=number,
        people=is_people(analysis, sentence, head),
        elliptic=True,
    )


def _label(analysis: Analysis, sentence: Sentence, quantity: Quantity) -> list[Token]:
    """Return the words of "Current strength: 850" or "Fatalities: 65" in front of the colon, if they count people."""
    before = [t for t in sentence.parsed if sentence.token_span(t).end <= quantity.span.start]
    if len(before) < 2 or before[-1].lower_ not in {":", "|"}:  # noqa: PLR2004 - a word and its colon
        return []
    start = next((i + 1 for i in range(len(before) - 2, -1, -1) if before[i].pos_ == "PUNCT"), 0)
    label = before[start:-1]
    if len(label) > 1 and label[-1].tag_ in {"VBN", "VBD"}:  # "Recruits trained: 4,300 in 2019"
        label = label[:-1]
    if not label or len(label) > 4 or label[-1].tag_ not in NOUNS:  # noqa: PLR2004 - a label is short
        return []
    known = is_people(analysis, sentence, label[-1]) or lemma_in(label[-1], word_set("personnel", "employed", "labels"))
    return label if known else []


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
    if following.lower_ in {"others", "more"} or _of_them(number):
        return True
    return following.pos_ in {"ADP", "CCONJ", "PUNCT", "VERB", "AUX", "ADV", "SCONJ", "PART", "DET"} and (
        following.lower_ not in HYPHENS | {"of"} and not following.lower_.startswith("/")
    )


def _of_them(number: Token) -> bool:
    """Say whether "of them" follows a number: it counts some of those just counted."""
    behind = [t.lower_ for t in number.sent if t.i > number.i][:2]
    return behind[:1] == ["of"] and behind[1:] in (["them"], ["these"], ["those"], ["whom"])


def _numbered(analysis: Analysis, sentence: Sentence, number: Token) -> list[Token]:
    """Return the noun phrase in "the number of trained officers rose from 40"."""
    words = [t for t in sentence.parsed if t.i < number.i]
    for index, token in reversed(list(enumerate(words[:-1]))):
        if token.lower_ in {"number", "numbers", "total"} and words[index + 1].lower_ == "of":
            behind = [t for t in words[index + 2 :] if t.i > words[index + 2].i or t.tag_ not in {"DT", "PRP$"}]
            return phrase_at(analysis, sentence, behind) if behind else []
    return []


def _span(sentence: Sentence, tokens: list[Token]) -> Span:
    return Span(sentence.token_span(tokens[0]).start, sentence.token_span(tokens[-1]).end)


def phrases_of(analysis: Analysis) -> Iterator[Counted]:
    """Yield the counted noun phrases of all sentences that may carry figures, in order."""
    for sentence in analysis.body():
        yield from counted_in(analysis, sentence)


def in_one_row(counted: Counted, later: Counted) -> bool:
    """Say whether a later count is joined to this one, so that what stands behind it belongs to both."""
    return not later.elliptic and later.tokens[0].i > counted.tokens[-1].i and in_one_list(counted, later)


def in_one_list(former: Counted, counted: Counted) -> bool:
    """Say whether only words that join stand between two counts: "and", "as well as", an "of"-part, no verb."""
    between = [t for t in former.sentence.parsed if former.tokens[-1].i < t.i < counted.tokens[0].i]
    joined = any(t.pos_ == "CCONJ" or t.lower_ in {",", "plus"} | _INCLUDING for t in between)
    other = [t for t in between if t.pos_ in {"VERB", "AUX"} and t.lower_ not in _INCLUDING]
    return joined and not other and not any(t.lower_ == ";" for t in between)
