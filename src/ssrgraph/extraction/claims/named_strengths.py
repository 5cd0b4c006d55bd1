"""Numbers right behind a name: "Army 7,900, Navy 280", "National Police, 2,500", "Japan has 180 staff, Italy 92"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.extraction.claims.circumstances import is_body, is_country
from ssrgraph.extraction.claims.nouns import word_set
from ssrgraph.extraction.model import Personnel

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence
    from ssrgraph.extraction.quantities import Quantity

_NAME = re.compile(
    r"(?:^|[,;:(]\s|\band\s)(?:the\s)?(?P<name>[^\W\d_a-z][\w'\u2019.-]*(?:\s(?:of\s(?:the\s)?)?[^\W\d_a-z][\w'\u2019.-]*){0,5})"
    r",?\s$"
)
_ENDS = re.compile(r"\s*(?:[,;.)]|and\b|$)")
_ENDS_SIZE = re.compile(r"\s*(?:[,;.)]|(?:and|in|by|at|during|after|before|when|under)\b|$)")
_OPENING = 5  # words in front of the number in "They had since grown to"
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST = 80  # characters of a name
_FEWEST = 10  # people of a force
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """A name and the number behind it."""

    name: Span
    mention: Mention | None
    quantity: Quantity

    @property
    def quote(self) -> Span:
        return Span(self.name.start, self.quantity.span.end)


def named_strengths(analysis: Analysis, sentence: Sentence, reads: Sequence[Personnel]) -> Iterator[Personnel]:
    """Yield the numbers right behind names that are strengths of forces, or what others have of the same.

    Args:
        analysis: The document.
        sentence: The sentence.
        reads: What was read in it otherwise, in order.
    """
    known = list(reads)
    for pair in _pairs(analysis, sentence, reads):
        former = max((r for r in known if r.quote.end <= pair.name.start), key=lambda r: r.quote.end, default=None)
        if former is not None and _gapped(analysis, former, pair):
            known.append(_another(former, pair))
        elif _is_force(analysis, pair) and _told(analysis, sentence, former, pair):
            known.append(_strength(analysis, sentence, pair, former))
    yield from known[len(reads) :]
    yield from _grown(analysis, sentence, reads)


def _pairs(analysis: Analysis, sentence: Sentence, reads: Sequence[Personnel]) -> Iterator[_Pair]:
    text = analysis.text
    for quantity in analysis.quantities_in(sentence.span):
        start = quantity.span.start
        if quantity.unit != "count" or quantity.increase or (quantity.value or quantity.value_max or 0) < _FEWEST:
            continue
        if _YEAR.fullmatch(quantity.span.of(text)) or _ENDS.match(text, quantity.span.end, sentence.span.end) is None:
            continue
        first = max(sentence.span.start, start - _LONGEST)
        found = _NAME.search(text[first:start])
        if found is None or any(read.quote.meets(quantity.span) for read in reads):
            continue
        name = Span(first + found.start("name"), first + found.end("name"))
        mention = analysis.mention_at(name.end - 1)
        if mention is None or mention.span.end == name.end:  # no name that goes on with the number
            yield _Pair(name=mention.span if mention is not None else name, mention=mention, quantity=quantity)


def _is_force(analysis: Analysis, pair: _Pair) -> bool:
    """Say whether a name is of a force, or the word for one: "Air Force"."""
    if pair.mention is not None:
        military = analysis.entities[pair.mention.entity].type in {"military", "police"}
        return military and is_body(analysis, pair.mention)
    last = analysis.words(pair.name).rpartition(" ")[2].lower()
    return last in word_set("personnel", "employed", "ranks")


def _told(analysis: Analysis, sentence: Sentence, former: Personnel | None, pair: _Pair) -> bool:
    """Say whether a sentence without a verb holds the pair, or a strength goes before it."""
    silent = not any(t.tag_ in _FINITE for t in sentence.tokens)
    return silent or (former is not None and _listed(analysis, former, pair))


def _listed(analysis: Analysis, former: Personnel, pair: _Pair) -> bool:
    """Say whether a colon, or pairs alone, stand between a strength and the force: "is 8,450: Army 7,900, Navy 280"."""
    between = analysis.text[former.quote.end : pair.name.start]
    verbs = re.search(r"[a-z]{2,}", re.sub(r"\b(?:and|the|some|about|around)\b", "", between))
    return former.measure == "employed" and verbs is None and re.search(r"[,:;(]|\band\b", between) is not None


def _gapped(analysis: Analysis, former: Personnel, pair: _Pair) -> bool:
    """Say whether a state has as many of what one before it has: "Japan has 180 personnel, Italy 92"."""
    between = analysis.text[former.quote.end : pair.name.start]
    alike = pair.mention is not None and is_country(analysis, pair.mention) and former.measure == "deployed"
    states = any(analysis.entities[each].type == "country" for each in former.agent)
    return alike and states and re.search(r"\w{3,}\s+\w+ed\b|[;:]", between) is None and "," in between


def _grown(analysis: Analysis, sentence: Sentence, reads: Sequence[Personnel]) -> Iterator[Personnel]:
    """Read "They grew to more than 20,000" behind a sentence on a force."""
    text, place = analysis.text, analysis.place_of(sentence)
    before = analysis.sentences[place - 1] if place else None
    if before is None or before.block != sentence.block or not text.startswith(("They ", "It "), sentence.span.start):
        return
    quantity = next((q for q in analysis.quantities_in(sentence.span) if q.unit == "count" and not q.increase), None)
    front = text[sentence.span.start : quantity.span.start].split() if quantity is not None else []
    said = {t.lemma_.lower() for t in sentence.tokens[: len(front)]}
    sizes = word_set("personnel", "employed", "sizes") - {"have", "make", "bring"}
    forces = [m for m in analysis.mentions_in(before.span) if is_body(analysis, m) and m.form == "name"]
    forces = [m for m in forces if analysis.entities[m.entity].type in {"military", "police"}]
    if quantity is None or not forces or front[-1:] != ["to"] or len(front) > _OPENING or not said & sizes:
        return
    if _ENDS_SIZE.match(text, quantity.span.end, sentence.span.end) and not any(
        read.quote.meets(quantity.span) for read in reads
    ):
        pair = _Pair(name=forces[0].span, mention=forces[0], quantity=quantity)
        period = next((p for p in analysis.periods_in(sentence.span) if p.from_ or p.to), None)
        read = _strength(analysis, sentence, pair, None)
        words = dict(read.words) | {"group": forces[0].span}
        words |= {"from_": period.span} if period is not None and period.from_ else {}
        words |= {"to": period.span} if period is not None and period.to else {}
        yield replace(
            read,
            quote=quantity.span,
            passage=Span(before.span.start, sentence.span.end),
            words=words,
            confidence=0.55,
            from_=period.from_ if period is not None else None,
            to=period.to if period is not None else None,
        )


def _another(former: Personnel, pair: _Pair) -> Personnel:
    mention, quantity = pair.mention, pair.quantity
    assert mention is not None  # noqa: S101 - a state is named
    words = dict(former.words) | {"agent": mention.span, "group": former.quote}
    return replace(
        former,
        quote=pair.quote,
        passage=Span(former.passage.start, max(former.passage.end, pair.quote.end)),
        words=words,
        confidence=0.65,
        rule="verb left out",
        agent=(mention.entity,),
        value=quantity.value,
        value_min=quantity.value_min,
        value_max=quantity.value_max,
        bound=quantity.bound,
    )


def _strength(analysis: Analysis, sentence: Sentence, pair: _Pair, former: Personnel | None) -> Personnel:
    mention, quantity = pair.mention, pair.quantity
    return Personnel(
        quote=pair.quote,
        passage=sentence.span,
        words={"organization": mention.span} if mention is not None else {},
        confidence=0.65,
        rule="name and number",
        measure="employed",
        group=analysis.words(pair.name),
        agent=(),
        organization=(mention.entity,) if mention is not None else (),
        value=quantity.value,
        value_min=quantity.value_min,
        value_max=quantity.value_max,
        bound=quantity.bound,
        per=None,
        status=former.status if former is not None else "actual",
        from_=former.from_ if former is not None else None,
        to=former.to if former is not None else None,
        place=(),
    )
