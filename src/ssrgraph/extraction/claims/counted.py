"""Counted noun phrases: a number, what it counts, and whether that is people.

for counted in counted_in(analysis, sentence):
    counted.quote, counted.group, counted.people
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.extraction.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from ssrgraph.extraction.analysis import Analysis, Sentence
    from ssrgraph.extraction.quantities import Quantity

_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_MODIFIERS = frozenset({"JJ", "JJR", "JJS", "HYPH", "POS", "AFX", "FW"})
_PARTICIPLES = frozenset({"VBN", "VBG", "VBD"})
_HYPHENS = frozenset({"-", "\u2010", "\u2011"})
_STOPS = frozenset({"last", "next", "this", "each", "every", "per", "annually", "past", "previous", "following", "due"})
_SIZES = frozenset({"strong", "member", "person", "man", "woman", "soldier", "troop", "officer", "staff", "personnel"})
# Nouns that only announce a number: "a total of 212 recruits", "some of them".
TRANSPARENT = frozenset({"of", "total", "some", "number", "group", "combined"})
_MANY = 50  # "90,000 forces" are people, "three forces" are not
_BETWEEN = 6  # tokens between two numbers that share a noun
_LONGEST = 12  # tokens of a noun phrase; what is longer is a parse gone wrong


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


@cache
def word_set(lexicon: str, table: str, key: str) -> frozenset[str]:
    """Return one list of a lexicon as a set."""
    return frozenset(load_lexicon(lexicon)[table][key])


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
        if counted is not None:
            found += _with_later_noun(sentence, alone, counted)
            found.append(counted)
        alone = None
    return tuple(found)


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


def is_people(analysis: Analysis, sentence: Sentence, head: Token) -> bool:
    """Say whether a noun counts people: a noun of the lexicon in the plural, a collective, or a people's name."""
    word = head.lower_
    if word in _things():
        return False
    if word in word_set("personnel", "people", "collective") or word in _plurals():
        return True
    if lemma_in(head, word_set("personnel", "lost", "heads")) and head.tag_ == "NNS":
        return True
    if word == "helmets":
        return head.i > head.sent.start and head.nbor(-1).lower_ == "blue"
    if head.tag_ in {"NNPS", "NNP", "NNS", "JJ"}:
        mention = analysis.mention_at(sentence.token_span(head).start)
        if mention is not None and mention.form == "adjective":
            return word.endswith(("s", "ese", "ish", "ch", "men"))
    return False


def sounds_like_people(head: Token) -> bool:
    """Say whether a plural noun ends as names of trades and posts do: enough where the text says they were taught."""
    word = head.lower_
    ends = tuple(load_lexicon("personnel")["people"]["suffixes"])
    return head.tag_ in {"NNS", "NNPS"} and word.endswith(ends) and word not in _things()


@cache
def _things() -> frozenset[str]:
    return word_set("personnel", "people", "suffix_things") | word_set("personnel", "people", "no_people")


@cache
def _plurals() -> frozenset[str]:
    nouns = load_lexicon("personnel")["people"]
    return frozenset(plural_of(noun) for noun in (*nouns["nouns"], *nouns["groups"]) if " " not in noun)


def plural_of(noun: str) -> str:
    """Return the regular plural of a noun.

    >>> [plural_of(noun) for noun in ("policeman", "attorney", "deputy", "coach", "child")]
    ['policemen', 'attorneys', 'deputies', 'coaches', 'children']
    """
    if noun.endswith("man"):
        return noun.removesuffix("man") + ("men" if noun != "human" else "mans")
    if noun == "child":
        return "children"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun.removesuffix("y") + "ies"
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun + "es"
    return noun + "s"


def lemma_in(token: Token, words: frozenset[str]) -> bool:
    """Say whether a noun or verb is one of the words, by its lemma or as it stands."""
    lemma = token.lemma_.lower()
    return (
        lemma in words
        or token.lower_ in words
        or (token.tag_ in {"NNS", "NNPS", "NNP"} and _singular(token.lower_) in words)
    )


def _singular(word: str) -> str:
    # The tagger leaves many capitalized plurals as they are.
    if word.endswith("ies"):
        return word.removesuffix("ies") + "y"
    return word.removesuffix("s")


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
    if quantity.unit == "measure" and quantity.number_span.end > sentence.token_span(number[-1]).start:
        rest = [t for t in sentence.parsed if t.i >= _unit_start(sentence, quantity)]
    if rest[0].lower_ in _HYPHENS:  # "a five-year plan" counts nothing, "a 150-strong contingent" does
        sized = len(rest) > 2 and rest[1].lower_ in _SIZES  # noqa: PLR2004
        return _sized(analysis, sentence, quantity, rest) if sized else None
    rest = _behind_partitive(rest)
    phrase = _phrase(analysis, sentence, rest)
    if not phrase:
        return None
    first = phrase[-1]
    people = is_people(analysis, sentence, first)
    phrase = _joined(analysis, sentence, phrase, first, people=people)
    people = people or (first.lower_ == "forces" and (quantity.value or quantity.value_max or 0) >= _MANY)
    # In "survey and clearance teams" the counted noun is the last one.
    head = _last_noun(phrase) if first.tag_ == "NN" else first
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
        if quantity.number_span.meets(sentence.token_span(token)) and not token.like_num and token.is_alpha:
            if token.dep_ != "quantmod":
                return int(token.i)
    return int(sentence.parsed[-1].i) + 1


def _behind_partitive(rest: list[Token]) -> list[Token]:
    """Skip "of the" in "200 of the officers" and "of its" in "40 of its soldiers"."""
    if rest[0].lower_ == "of" and len(rest) > 2:  # noqa: PLR2004
        if rest[1].tag_ in {"DT", "PRP$"} or rest[1].lower_ == "these":
            return rest[2:]
    return rest


def _phrase(analysis: Analysis, sentence: Sentence, rest: list[Token]) -> list[Token]:
    """Return the tokens of the noun phrase that begins here, ending with its head, or nothing."""
    taken: list[Token] = []
    for index, token in enumerate(rest[:_LONGEST]):
        following = rest[index + 1] if index + 1 < len(rest) else None
        if taken and _bracketed(rest, index):
            taken.append(token)
            continue
        if token.lower_ in _STOPS or not _belongs(token, taken, following):
            break
        taken.append(token)
        plural = token.lower_ in _plurals() and token.tag_ in _NOUNS and not token.lower_.endswith("men")
        if plural and not (following is not None and following.lower_ in _HYPHENS | {"'s", "\u2019s", "'", "\u2019"}):
            break
    while taken and not (
        (taken[-1].tag_ in _NOUNS and taken[-1].lower_ not in _HYPHENS) or _names_people(analysis, sentence, taken[-1])
    ):
        taken.pop()
    return taken


def _bracketed(rest: list[Token], index: int) -> bool:
    """Say whether a token is of an abbreviation in brackets within a phrase: "Federal Police (AFP) officers"."""
    start = index
    while start > 0 and rest[start].lower_ != "(" and index - start < 2:  # noqa: PLR2004
        start -= 1
    return (
        rest[start].lower_ == "("
        and len(rest) > start + 3
        and rest[start + 2].lower_ == ")"
        and rest[start + 1].is_upper
        and rest[start + 3].tag_ in _NOUNS
    )


def _names_people(analysis: Analysis, sentence: Sentence, token: Token) -> bool:
    return token.lower_ in word_set("personnel", "people", "collective") or is_people(analysis, sentence, token)


def _belongs(token: Token, taken: list[Token], following: Token | None) -> bool:
    if token.tag_ in _NOUNS or token.tag_ in _MODIFIERS or token.lower_ in _HYPHENS:
        return True
    if following is not None and following.lower_ in _HYPHENS and token.is_alpha:
        return True  # "at-risk youth", "by-standers"
    hyphen = bool(taken) and taken[-1].lower_ in _HYPHENS
    nounless = not any(t.tag_ in _NOUNS for t in taken)
    opens = following is not None and (
        following.tag_ in _NOUNS | _MODIFIERS | _PARTICIPLES or following.lower_ in _HYPHENS
    )
    if hyphen:
        return True
    if token.lower_ in _plurals() or token.lower_ in word_set("personnel", "people", "collective"):
        return nounless  # a noun that the tagger took for a verb
    if token.pos_ == "AUX":
        return False
    if token.tag_ == "VBG" and taken and taken[-1].tag_ == "NN" and following is not None and following.tag_ == "NNS":
        # "community policing officers", but not "troops guarding bases"
        return taken[-1].lower_ not in word_set("personnel", "people", "collective")
    if token.tag_ in _PARTICIPLES or token.tag_ in {"RB", "RBR"}:
        return nounless and opens
    if token.lower_ in {"and", "or", ","} and nounless and taken:
        return opens and following is not None and following.tag_ in _NOUNS | {"JJ"}
    return False


def _last_noun(phrase: list[Token]) -> Token:
    """Return the last noun of a phrase in front of its "of"."""
    own = [t for t in phrase if not any(o.lower_ == "of" and o.i < t.i for o in phrase)]
    return next((t for t in reversed(own) if t.tag_ in _NOUNS), phrase[-1])


def _joined(analysis: Analysis, sentence: Sentence, phrase: list[Token], head: Token, *, people: bool) -> list[Token]:
    """Add nouns coordinated under the same number, and what "members of" needs to be understood."""
    after = [t for t in sentence.parsed if t.i > phrase[-1].i]
    joined = list(phrase)
    while True:
        more = _conjunct(analysis, sentence, after, people=people)
        if not more:
            break
        joined += more
        after = [t for t in after if t.i > joined[-1].i]
    if len(joined) == len(phrase) and lemma_in(head, word_set("personnel", "people", "complemented")):
        joined += _complement(analysis, sentence, after)
    return joined


def _conjunct(analysis: Analysis, sentence: Sentence, after: list[Token], *, people: bool) -> list[Token]:
    opening = 0
    while opening < len(after) and after[opening].lower_ in {",", "and", "or", "&"} and opening < 2:  # noqa: PLR2004
        opening += 1
    if opening == 0 or opening == len(after):
        return []
    listed = after[0].lower_ == "," and "and" not in {t.lower_ for t in after[:opening]}
    phrase = _phrase(analysis, sentence, after[opening:])
    if not phrase or phrase[0].i != after[opening].i:
        return []
    if is_people(analysis, sentence, phrase[-1]) != people or phrase[-1].tag_ not in {"NNS", "NNPS", "NN"}:
        return []
    rest = [t for t in after if t.i > phrase[-1].i][:2]
    if listed and not any(t.lower_ in {"and", "or", ","} for t in rest):
        return []
    if not people and (listed or phrase[-1].tag_ != "NNS" or len(phrase) > 2):  # noqa: PLR2004
        return []
    return [*after[:opening], *phrase]


def _complement(analysis: Analysis, sentence: Sentence, after: list[Token]) -> list[Token]:
    """Return "of the Guard" behind "members"."""
    if not after or after[0].lower_ != "of":
        return []
    mention = next((m for t in after[1:4] if (m := analysis.mention_at(sentence.token_span(t).start))), None)
    if mention is not None:
        return [t for t in after if sentence.token_span(t).start < mention.span.end]
    phrase = _phrase(analysis, sentence, [t for t in after[1:] if t.i > after[1].i or t.tag_ not in {"DT", "PRP$"}])
    return [t for t in after if phrase and t.i <= phrase[-1].i]


def _sized(analysis: Analysis, sentence: Sentence, quantity: Quantity, rest: list[Token]) -> Counted | None:
    """Read "a 150-strong contingent (of gendarmes)"."""
    phrase = _phrase(analysis, sentence, rest[2:])
    if not phrase:
        return None
    body = phrase[-1]
    after = [t for t in sentence.parsed if t.i > body.i]
    inner = _phrase(analysis, sentence, after[1:]) if after and after[0].lower_ == "of" else []
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


def _body(head: Token, number: Token) -> Token | None:
    """Return the noun that "of" joins to the number: "a contingent of 350 gendarmes"."""
    before = number.nbor(-1) if number.i > number.sent.start else None
    if before is None or before.lower_ != "of" or before.i == number.sent.start:
        return None
    noun = before.nbor(-1)
    return noun if noun.tag_ in _NOUNS and noun.i != head.i else None


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
    former = found[-1] if found and not found[-1].body else None
    if former is not None:
        return replace(
            former,
            quantity=quantity,
            quote=quantity.span,
            tokens=number,
            elliptic=True,
            body=_body(former.head, number[0]),
        )
    body = _body(number[0], next(t for t in sentence.parsed if quantity.span.meets(sentence.token_span(t))))
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
    phrase = _numbered(analysis, sentence, number[0])
    if not phrase:
        return None
    head = phrase[-1]
    return Counted(
        quantity=quantity,
        sentence=sentence,
        head=head,
        group=_span(sentence, phrase),
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
    if not label or len(label) > 4 or label[-1].tag_ not in _NOUNS:  # noqa: PLR2004 - a label is short
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
    return following.pos_ in {"ADP", "CCONJ", "PUNCT", "VERB", "AUX", "ADV", "SCONJ", "PART", "DET"} and (
        following.lower_ not in _HYPHENS | {"of"} and not following.lower_.startswith("/")
    )


def _numbered(analysis: Analysis, sentence: Sentence, number: Token) -> list[Token]:
    """Return the noun phrase in "the number of trained officers rose from 40"."""
    words = [t for t in sentence.parsed if t.i < number.i]
    for index, token in enumerate(words[:-1]):
        if token.lower_ in {"number", "numbers", "total"} and words[index + 1].lower_ == "of":
            return _phrase(analysis, sentence, words[index + 2 :])
    return []


def _span(sentence: Sentence, tokens: list[Token]) -> Span:
    return Span(sentence.token_span(tokens[0]).start, sentence.token_span(tokens[-1]).end)


def phrases_of(analysis: Analysis) -> Iterator[Counted]:
    """Yield the counted noun phrases of all sentences that may carry figures, in order."""
    for sentence in analysis.body():
        yield from counted_in(analysis, sentence)
