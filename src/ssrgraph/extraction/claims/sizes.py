"""Numbers that are the size of a body: "4,500 strong", "which numbers 900", "(about 250)", "Strength: 850"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.count import Counted, span_of
from ssrgraph.extraction.claims.nouns import is_people, lemma_in, word_set
from ssrgraph.extraction.claims.phrases import NOUNS, phrase_at
from ssrgraph.extraction.clauses.grammar import SUBJECTS, is_verb, subjects_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from ssrgraph.extraction.analysis import Analysis, Sentence
    from ssrgraph.extraction.quantities import Quantity

_BETWEEN_BODY_AND_VERB = frozenset(
    {",", "(", ")", "which", "who", "that", "now", "currently", "is", "are", "was", "will", "to", "should", "would"}
)
_GROWING = 6  # tokens between a body and the size it grows to


def sized_body(analysis: Analysis, sentence: Sentence, quantity: Quantity, rest: list[Token]) -> Counted | None:
    """Read "a 150-strong contingent (of gendarmes)"."""
    phrase = phrase_at(analysis, sentence, rest[2:])
    if not phrase:
        return None
    body = phrase[-1]
    after = [t for t in sentence.tokens if t.i > body.i]
    inner = phrase_at(analysis, sentence, after[1:]) if after and after[0].lower_ == "of" else []
    counted = inner if inner and is_people(analysis, sentence, inner[-1]) else phrase
    people = counted is inner or lemma_in(body, word_set("personnel", "people", "bodies"))
    return Counted(
        quantity=quantity,
        sentence=sentence,
        head=body,
        group=span_of(sentence, counted),
        quote=Span(quantity.span.start, span_of(sentence, counted).end),
        tokens=tuple(
            t for t in sentence.tokens if quantity.span.start <= sentence.token_span(t).start and t.i <= body.i
        ),
        people=people or rest[1].lower_ != "member",
        body=body,
    )


def strong_body(
    analysis: Analysis, sentence: Sentence, quantity: Quantity, number: list[Token], strong: Token
) -> Counted | None:
    """Read "the gendarmerie, 4,500 strong"."""
    before = [t for t in sentence.tokens if t.i < number[0].i]
    while before and before[-1].lower_ in {",", "(", "is", "are", "was", "were", "now", "currently"}:
        before.pop()
    if before and before[-1].lower_ == "and":  # "the coast guard, set up in 2011 and 350 strong, owns"
        before = [t for t in before if t.dep_ in SUBJECTS][-1:]
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
    group = span_of(sentence, [*opens[:1], body])
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


def numbering(analysis: Analysis, sentence: Sentence, quantity: Quantity, number: tuple[Token, ...]) -> Counted | None:
    """Read "the force, which numbers about 33,000"."""
    before = sentence.tokens_before(quantity.span.start)
    if len(before) < 2 or before[-1].lemma_.lower() not in {"number", "total"} or before[-1].lower_ == "total":  # noqa: PLR2004 - a body and its verb
        return None
    verb = before.pop()
    while before and before[-1].lower_ in _BETWEEN_BODY_AND_VERB:
        before.pop()
    if before and before[-1].lower_ in {"and", "but"} and is_verb(verb):  # "began in 1984 and now numbers 350"
        before = list(subjects_of(verb))
    if not before or not _has_people(analysis, sentence, before[-1]):
        return None
    return _size(sentence, quantity, before[-1], number)


def bracketed(analysis: Analysis, sentence: Sentence, quantity: Quantity, number: tuple[Token, ...]) -> Counted | None:
    """Read "the engineer unit (about 250)"; what stands in brackets behind a state is its contribution."""
    before = sentence.tokens_before(quantity.span.start)[-2:]
    after = number[-1].nbor() if number[-1].i + 1 < sentence.parsed.end else None
    if len(before) < 2 or before[-1].lower_ != "(" or after is None or after.lower_ != ")":  # noqa: PLR2004 - a body and its bracket
        return None
    mention = analysis.mention_at(sentence.token_span(before[0]).start)
    unit = mention is not None and analysis.entities[mention.entity].type in {"military", "police"}
    listed = lemma_in(before[0], word_set("personnel", "people", "bodies"))
    if not (unit or listed) or before[0].pos_ not in {"NOUN", "PROPN"}:
        return None
    return _size(sentence, quantity, before[0], number)


def body_of(head: Token, number: Token) -> Token | None:
    """Return the noun that "of" joins to the number: "a contingent of 350 gendarmes"."""
    before = number.nbor(-1) if number.i > number.sent.start else None
    if before is None or before.lower_ != "of" or before.i == number.sent.start:
        return None
    noun = before.nbor(-1)
    return noun if noun.tag_ in NOUNS and noun.i != head.i else None


def grown(number: Token) -> Token | None:
    """Return the noun that grows to the number: "increase the force to 5,000"."""
    before = list(number.sent[: number.i - number.sent.start])[-_GROWING:]
    if not before or before[-1].lower_ != "to":
        return None
    bodies = word_set("personnel", "employed", "owners") | word_set("personnel", "people", "bodies")
    return next((t for t in reversed(before) if lemma_in(t, bodies)), None)


def label_of(analysis: Analysis, sentence: Sentence, quantity: Quantity) -> list[Token]:
    """Return the words of "Current strength: 850" or "Fatalities: 65" in front of the colon, if they count people."""
    before = sentence.tokens_before(quantity.span.start)
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
