"""Numbers that take up people of the sentences before: "At present, 122 are in the country", "Two of them died"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.extraction.claims.circumstances import is_country
from ssrgraph.extraction.claims.counted import Counted, counted_in, standing_alone
from ssrgraph.extraction.claims.nouns import lemma_in, word_set
from ssrgraph.extraction.clauses import status_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from ssrgraph.extraction.analysis import Analysis, Sentence
    from ssrgraph.extraction.model import Personnel
    from ssrgraph.extraction.periods import Period
    from ssrgraph.extraction.quantities import Quantity

_TO_VERB = 5  # tokens between a number and its participle
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_PARTS = frozenset({"them", "these", "those"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Alone:
    """A number without a noun.

    Attributes:
        sentence: Where it stands.
        quantity: The number.
        number: Its tokens.
        opens: Whether it is the subject of its sentence.
    """

    sentence: Sentence
    quantity: Quantity
    number: tuple[Token, ...]
    opens: bool

    def counting(self, noun: Counted) -> Counted:
        """Return the number with the noun of people who were counted before."""
        return replace(
            noun,
            sentence=self.sentence,
            quantity=self.quantity,
            quote=self.quantity.span,
            tokens=self.number,
            people=True,
            elliptic=True,
            body=None,
        )


def numbers_alone(analysis: Analysis, sentence: Sentence) -> tuple[Alone, ...]:
    """Return the numbers of a sentence that are subjects without a noun, or parts of those just counted."""
    opening = {number for _, number in standing_alone(analysis, sentence)}
    counted = counted_in(analysis, sentence)
    found: list[Alone] = []
    for quantity in analysis.quantities_in(sentence.span):
        number = tuple(sentence.tokens_meeting(quantity.number_span))
        if quantity.unit != "count" or quantity.increase or not number or quantity.value == 1:
            continue
        if any(each.people and each.quote.meets(quantity.span) for each in counted):
            continue
        if number in opening or _acts(number[-1]) or _part(sentence, number):
            found.append(Alone(sentence=sentence, quantity=quantity, number=number, opens=number in opening))
    return tuple(found)


def _acts(number: Token) -> bool:
    """Say whether a finite verb follows, as of a subject: "54 were killed", "four others were injured"."""
    behind = list(number.doc[number.i + 1 : min(number.i + 3, number.sent.end)])
    if behind and behind[0].lower_ in {"others", "more"}:
        behind = behind[1:]
    return bool(behind) and behind[0].tag_ in _FINITE and number.dep_ in {"nsubj", "nsubjpass", "nummod"}


def _part(sentence: Sentence, number: tuple[Token, ...]) -> bool:
    """Say whether "of them" follows, or "of these" stands in front."""
    behind = [t.lower_ for t in number[-1].doc[number[-1].i + 1 : min(number[-1].i + 3, number[-1].sent.end)]]
    front = [t.lower_ for t in sentence.tokens if t.i < number[0].i]
    return _of_parts(behind) or (_of_parts(front) and len(front) <= _TO_VERB)


def _of_parts(words: list[str]) -> bool:
    """Say whether words begin with "of them"."""
    return words[:1] == ["of"] and not _PARTS.isdisjoint(words[1:2])


def counted_before(analysis: Analysis, sentence: Sentence, former: Personnel | None) -> Counted | None:
    """Return the people whom the sentences before count: those of a claim, or else the last of the sentence before."""
    place = analysis.place_of(sentence)
    before = analysis.sentence_at(former.quote.start) if former is not None else analysis.sentences[max(0, place - 1)]
    if before is None or before.block != sentence.block or before == sentence:
        return None
    counts = [each for each in counted_in(analysis, before) if each.people]
    if former is not None:
        return next((each for each in counts if each.quote.meets(former.quote)), None)
    return counts[-1] if counts else None


def of_those(read: Personnel, noun: Counted) -> Personnel:
    """Give a number with a verb of its own the people of the sentence before, of whom nothing else was read."""
    start = noun.sentence.span.start
    passage = Span(min(start, read.passage.start), read.passage.end)
    return replace(read, rule="people taken up", passage=passage, confidence=0.6)


def joined(read: Personnel, former: Personnel) -> Personnel:
    """Give a number with a verb of its own what was said of the people before: who they are, whose, and by whom."""
    alike = read.measure == former.measure
    words = dict(read.words) | {"group": former.quote}
    return replace(
        read,
        rule="people taken up",
        passage=Span(min(former.passage.start, read.passage.start), read.passage.end),
        words=words,
        group=former.group,
        agent=read.agent or (former.agent if alike else ()),
        organization=read.organization or former.organization,
        confidence=0.65,
    )


def as_former(analysis: Analysis, sentence: Sentence, one: Alone, former: Personnel) -> Personnel | None:
    """Return a number that stands alone as one more of what the sentence before counts, where its verb allows it."""
    quantity, number = one.quantity, one.number
    standing = status_of(analysis, sentence, sentence.token_span(number[-1]))
    front = Span(sentence.span.start, quantity.span.start + 1)
    others = {m.entity for m in analysis.mentions_in(front) if is_country(analysis, m)}
    measure = _verb_measure(sentence, number, former.measure)
    if standing.doubt is not None or measure is None or others - {*former.agent, *former.place}:
        return None  # others are spoken of
    period = next((p for p in analysis.periods_in(sentence.span) if p.from_ or p.to), None)
    return replace(
        former,
        quote=quantity.span,
        passage=Span(former.passage.start, sentence.span.end),
        rule="people taken up",
        measure=measure,
        confidence=0.65,
        value=quantity.value,
        value_min=quantity.value_min,
        value_max=quantity.value_max,
        bound=quantity.bound,
        per=quantity.per,
        status="planned" if standing.planned else "actual",
        from_=period.from_ if period is not None else None,
        to=period.to if period is not None else None,
        words=_words(former, period),
    )


def _verb_measure(sentence: Sentence, number: tuple[Token, ...], former: str) -> str | None:
    """Return the measure that the number's own verb says, the former one where it says none, None for another verb."""
    behind = [t for t in sentence.tokens if t.i > number[-1].i][:_TO_VERB]
    verb = next((t for t in behind if t.tag_ == "VBN"), None)
    if verb is None:
        return former
    said = ("trained", "lost", "deployed", "employed", "reached")
    return next((each for each in said if lemma_in(verb, word_set("personnel", each, "verbs"))), None)


def _words(former: Personnel, period: Period | None) -> dict[str, Span]:
    words = {slot: span for slot, span in former.words.items() if slot not in {"from_", "to"}}
    if period is not None:
        words |= {"from_": period.span} if period.from_ else {}
        words |= {"to": period.span} if period.to else {}
    return {"group": former.quote} | words
