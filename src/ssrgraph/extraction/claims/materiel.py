"""Materiel in a sentence: its noun phrases with their counts, and the lists that they stand in."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.extraction.claims.count import MOST_QUANTITIES
from ssrgraph.extraction.claims.materiel_nouns import (
    FRONT,
    counts_in,
    head_of,
    in_name,
    is_marked,
    is_specific,
    kind_of,
    names_materiel,
    run_end,
    trimmed,
)
from ssrgraph.extraction.claims.nouns import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spacy.tokens import Token

    from ssrgraph.extraction.analysis import Analysis, Sentence
    from ssrgraph.extraction.quantities import Quantity

_SHORT = re.compile(r"[A-Z][A-Za-z0-9/-]{1,11}s?")
_SEPARATORS = frozenset({",", ";", ":", "and", "or", "as", "well", "plus", "&", "•", "-", "including", "with", "also"})
_ORDINAL = (
    r"\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
    r"|last|latest|final"
)
_STRETCH = 5
_NOMINAL = frozenset({"attr", "conj", "dobj", "nsubj", "nsubjpass", "pobj"})
_CLASS = re.compile(
    r"\s+of\s+(?:the\s+)?(?:[A-Z][\w\u2019'-]*(?:\s[A-Z\d][\w-]*)?\s+(?:class|type)(?!\w)"
    r"|(?:calibre|caliber)\s+\d[\d.,]*(?:\s?[x\u00d7]\s?\d+)?\s?mm(?!\w)|\d[\d.,]*(?:\s?-?)mm\s+(?:calibre|caliber)(?!\w))"
)
_JOINING = frozenset({",", "and", "or"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One kind of materiel as a sentence names it.

    Attributes:
        span: The noun phrase without its count ("Mi-17 helicopters"), an abbreviation in brackets behind it included.
        quote: The phrase with its count and hedge.
        head: The noun that says what it is.
        kind: Its kind in the lexicon, "named" for names and designators alone, "loose" for "equipment" and the like.
        quantity: Its count, if it has one.
        value: The count where no quantity says it: two for two named ships.
        ordinal: For "the first of four boats" the word that stands for the one.
        specific: Whether the phrase says which materiel it is, not only "equipment" or "supplies".
        first: Index of its first token.
        last: Index of its last token.
    """

    span: Span
    quote: Span
    head: Token
    kind: str
    quantity: Quantity | None = None
    value: Decimal | None = None
    specific: bool = True
    ordinal: Token | None = None
    first: int
    last: int


def item_groups(analysis: Analysis, sentence: Sentence) -> tuple[tuple[Item, ...], ...]:
    """Return the materiel of a sentence, what stands in one list together; none of a sentence that is all figures."""
    if len(analysis.quantities_in(sentence.span)) > MOST_QUANTITIES or not any(map(names_materiel, sentence.tokens)):
        return ()
    groups: list[list[Item]] = []
    for item in _joint(analysis, sentence, list(_items(analysis, sentence))):
        if groups and _only_separators(sentence, groups[-1][-1], item):
            groups[-1].append(item)
        else:
            groups.append([item])
    return tuple(tuple(group) for group in groups)


def _items(analysis: Analysis, sentence: Sentence) -> Iterator[Item]:
    tokens = list(sentence.tokens)
    counts = counts_in(analysis, sentence)
    index = 0
    while index < len(tokens):
        end = run_end(tokens, index, counts, sentence)
        if end <= index:
            index += 1
            continue
        item = _item(analysis, sentence, tokens[index:end], counts)
        index = end
        if item is not None:
            yield item
            index = max(index, item.last - tokens[0].i + 1)


def _item(analysis: Analysis, sentence: Sentence, run: list[Token], counts: Mapping[int, Quantity]) -> Item | None:
    start = run[0].i
    run = trimmed(analysis, sentence, run)
    if not run:
        return None
    place = head_of(run)
    if place is None:
        return _of_phrase(analysis, sentence, run, counts)
    head, kind = place
    if any(
        q.unit == "money" and q.span.covers(sentence.token_span(head)) for q in analysis.quantities_in(sentence.span)
    ):
        return None  # "R750 million" is no model
    if in_name(analysis, sentence, head):
        return None
    run = _with_names(run, head)
    item = Item(
        span=_span(sentence, run), quote=_span(sentence, run), head=head, kind=kind, first=run[0].i, last=run[-1].i
    )
    if kind == "systems" and not is_marked(run):
        return None
    item = replace(item, specific=kind != "loose" or is_specific(analysis, sentence, run, head))
    item = _with_coordinated_front(sentence, item, counts)
    item = _with_of(sentence, item)
    item = _with_bracket(analysis, sentence, _with_class(analysis, sentence, item))
    return _counted(analysis, sentence, item, counts, start=start)


def _with_names(run: list[Token], head: Token) -> list[Token]:
    """Extend a run by a second name behind it: "tugs Bold Spirit and Iron Duke"."""
    if run[-1] is head or not head.text.endswith("s"):
        return run
    last = run[-1]
    rest = list(last.doc[last.i + 1 : last.sent.end])
    if len(rest) > 1 and rest[0].lower_ == "and" and rest[1].tag_ == "NNP":
        extra = [rest[0]]
        for token in rest[1:]:
            if token.tag_ != "NNP":
                break
            extra.append(token)
        return [*run, *extra]
    return run


def _of_phrase(analysis: Analysis, sentence: Sentence, run: list[Token], counts: Mapping[int, Quantity]) -> Item | None:
    """Read "sets of body armor": a measure that is a part of the item."""
    units = word_set("equipment", "words", "units")
    if run[-1].lemma_.lower() not in units or run[-1].i + 2 >= sentence.parsed.end:
        return None
    of, following = run[-1].nbor(), run[-1].nbor(2)
    if of.lower_ != "of":
        return None
    tokens = list(sentence.tokens)
    start = following.i - tokens[0].i
    end = run_end(tokens, start, counts, sentence)
    inner = tokens[start:end]
    place = head_of(inner) if inner else None
    if place is None:
        return None
    whole = [*run, of, *inner]
    item = Item(
        span=_span(sentence, whole),
        quote=_span(sentence, whole),
        head=run[-1],
        kind=place[1],
        first=run[0].i,
        last=inner[-1].i,
    )
    return _counted(analysis, sentence, _with_bracket(analysis, sentence, item), counts)


def _with_of(sentence: Sentence, item: Item) -> Item:
    """Extend "rounds of small arms ammunition", "systems of …" where the head is a measure."""
    units = word_set("equipment", "words", "units")
    tokens = list(sentence.tokens)
    at = item.last + 1 - tokens[0].i
    if item.head.lemma_.lower() not in units or at + 1 >= len(tokens) or tokens[at].lower_ != "of":
        return item
    end = run_end(tokens, at + 1, {}, sentence)
    inner = tokens[at + 1 : end]
    place = head_of(inner) if inner else None
    if place is None:
        return item
    span = Span(item.span.start, sentence.token_span(inner[-1]).end)
    return replace(item, span=span, quote=span, kind=place[1], last=inner[-1].i, specific=True)


def _with_coordinated_front(sentence: Sentence, item: Item, counts: Mapping[int, Quantity]) -> Item:
    """Extend by modifiers that share the head: "grenade, mortar, and artillery rounds", "search and rescue boats"."""
    tokens = list(sentence.tokens)
    offset = tokens[0].i
    first = item.first
    while True:
        before = first - offset - 1
        if first in counts or before < 1 or tokens[before].lower_ not in _JOINING:
            break
        joint = before
        if tokens[joint].lower_ in {"and", "or"} and tokens[joint - 1].text == ",":
            joint -= 1
        start = joint
        while start > 0 and tokens[start - 1].tag_ in FRONT and tokens[start - 1].tag_ != "CD":
            start -= 1
            if tokens[start].i in counts:
                break
        run = tokens[start:joint]
        if not run or not _modifies(run, item, counts):
            break
        first = run[0].i
    if first == item.first:
        return item
    span = Span(sentence.token_span(tokens[first - offset]).start, item.span.end)
    return replace(item, span=span, quote=span, first=first)


def _modifies(run: list[Token], item: Item, counts: Mapping[int, Quantity]) -> bool:
    """Say whether a run in front of "and" is a modifier of the item's head, not something of its own."""
    last = run[-1]
    if head_of(run) is not None or last.tag_ not in {"NN", "NNP", "JJ", "VBG"}:
        return False
    if run[0].i in counts:
        return True
    if last.lower_ in word_set("equipment", "words", "functions"):
        return True
    in_phrase = last.i in {t.i for t in item.head.subtree} and last.dep_ in {"nmod", "compound", "amod", "conj"}
    return in_phrase and last.dep_ not in {"dobj", "pobj"}


def _is_modifier(analysis: Analysis, former: Item, item: Item) -> bool:
    """Say whether a noun only shares the head of the next: "1 million [grenade], [mortar], and artillery rounds"."""
    mass = word_set("equipment", "words", "mass")
    between = analysis.text[former.span.end : item.span.start].strip().lower()
    single = (
        former.head.tag_ in {"NN", "NNP"}
        and former.head.lower_ not in mass
        and former.kind not in {"named", "loose", "systems"}
    )
    counted_one = former.quantity is not None and former.quantity.value == 1
    joined = between in {",", "and", "or", ", and", ", or"} and item.quantity is None
    return single and joined and not counted_one and former.value is None and item.head.tag_.endswith("S")


def _with_bracket(analysis: Analysis, sentence: Sentence, item: Item) -> Item:
    match = re.match(r"\s*\(([^()]{2,14})\)", analysis.text[item.span.end : sentence.span.end])
    if match is None or not _SHORT.fullmatch(match[1]):
        return item
    end = item.span.end + match.end()
    inside = [t.i for t in sentence.tokens if sentence.token_span(t).end <= end]
    span = Span(item.span.start, end)
    return replace(item, span=span, quote=span, last=max([item.last, *inside]))


def _with_class(analysis: Analysis, sentence: Sentence, item: Item) -> Item:
    """Extend by its class or calibre: "boats of the Marlim class", "cartridges of calibre 5.56 mm"."""
    match = _CLASS.match(analysis.text, item.span.end, sentence.span.end)
    if match is None:
        return item
    inside = [t.i for t in sentence.tokens if sentence.token_span(t).end <= match.end()]
    span = Span(item.span.start, match.end())
    return replace(item, span=span, quote=span, last=max([item.last, *inside]))


def _counted(
    analysis: Analysis, sentence: Sentence, item: Item, counts: Mapping[int, Quantity], *, start: int | None = None
) -> Item:
    """Give an item the count in front of it; words such as "new" may stand in between."""
    dropped = word_set("equipment", "words", "dropped")
    at = item.first
    while at > sentence.parsed.start and at not in counts:
        if at <= (item.first if start is None else start) and sentence.parsed.doc[at - 1].lower_ not in dropped:
            break
        at -= 1
    quantity = counts.get(at)
    numbered = _numbered(analysis, sentence, quantity)
    part = _part_counted(analysis, sentence, quantity)
    if quantity is not None and part is not None:
        return replace(item, quantity=part, quote=Span(part.span.start, item.span.end), ordinal=_first(sentence, part))
    if quantity is not None and numbered is not None:
        place = Span(sentence.token_span(numbered).start, item.span.end)
        return replace(item, quantity=quantity, quote=place, ordinal=numbered)
    if quantity is None:
        item, quantity = _stretched(sentence, item, counts)
    if quantity is not None:
        return replace(item, quantity=quantity, quote=Span(quantity.span.start, item.span.end))
    ordinal = analysis.text[item.span.start : item.span.end].split()[0].lower()
    before = sentence.parsed.doc[item.first - 1].lower_ if item.first > sentence.parsed.start else ""
    if before in {"a", "an"} and ordinal in {"second", "third", "fourth", "fifth", "sixth"}:
        return replace(item, value=Decimal(1))
    behind = analysis.text[sentence.token_span(item.head).end : item.span.end]
    if item.head.text.endswith("s") and re.search(r"[A-Z]\w+ and [A-Z]\w+", behind):
        return replace(item, value=Decimal(2))
    return item


def _part_counted(analysis: Analysis, sentence: Sentence, quantity: Quantity | None) -> Quantity | None:
    """Return the count of those that are spoken of: "the first [two] of six", "[three] of its ten boats"."""
    if quantity is None or quantity.value is None:
        return None
    front = analysis.text[sentence.span.start : quantity.span.start]
    match = re.search(r"\s+of\s+(?:the\s+|its\s+|their\s+|these\s+|a\s+total\s+of\s+)?$", front)
    if match is None:
        return None
    end = sentence.span.start + match.start()
    former = [q for q in analysis.quantities_in(Span(sentence.span.start, end)) if q.unit == "count" and q.value]
    whole = [q for q in former if q.span.end == end and q.value is not None and q.value < quantity.value]
    return whole[-1] if whole else None


def _first(sentence: Sentence, quantity: Quantity) -> Token | None:
    tokens = sentence.tokens_meeting(quantity.number_span)
    return next((t for t in tokens if t.dep_ in _NOMINAL), None)


def _numbered(analysis: Analysis, sentence: Sentence, quantity: Quantity | None) -> Token | None:
    """Return the word for one of a count: "the first of four boats", "the 9th of 14 boats"."""
    if quantity is None:
        return None
    match = re.search(r"(\w+)\s+of\s+(?:the\s+|its\s+)?$", analysis.text[sentence.span.start : quantity.span.start])
    if match is None or not re.fullmatch(_ORDINAL, match[1].lower()):
        return None
    start = sentence.span.start + match.start(1)
    return next((token for token in sentence.tokens if sentence.token_span(token).start == start), None)


def _stretched(sentence: Sentence, item: Item, counts: Mapping[int, Quantity]) -> tuple[Item, Quantity | None]:
    """Take in modifiers that were mistaken for something else: "14 [tracked and remote controlled] vehicles"."""
    at = item.first
    while at > sentence.parsed.start and item.first - at < _STRETCH:
        before = sentence.parsed.doc[at - 1]
        if before.tag_ not in {"VBN", "VBD", "VB", "JJ", "NN", "CC", "RB", "HYPH"} or kind_of(before.lower_):
            break
        at -= 1
        if at in counts:
            span = Span(sentence.token_span(sentence.parsed.doc[at]).start, item.span.end)
            return replace(item, span=span, quote=span, first=at), counts[at]
    return item, None


def _merged(analysis: Analysis, sentence: Sentence, items: list[Item]) -> list[Item]:
    merged: list[Item] = []
    for item in reversed(items):
        following = merged[-1] if merged else None
        determined = item.first > sentence.parsed.start and sentence.parsed.doc[item.first - 1].pos_ == "DET"
        if following is not None and not determined and _is_modifier(analysis, item, following):
            span = Span(item.span.start, following.span.end)
            quote = Span(item.quote.start, following.span.end)
            merged[-1] = replace(following, span=span, quote=quote, quantity=item.quantity, first=item.first)
        else:
            merged.append(item)
    return merged[::-1]


def _joint(analysis: Analysis, sentence: Sentence, items: list[Item]) -> list[Item]:
    """Join two kinds under one count: "70 trucks and other vehicles", "20 million rounds of … and mortar rounds"."""
    joined: list[Item] = []
    for item in _merged(analysis, sentence, items):
        former = joined[-1] if joined else None
        if former is not None and _shares_count(analysis, former, item, len(joined)):
            span = Span(former.span.start, item.span.end)
            quote = Span(former.quote.start, item.span.end)
            joined[-1] = replace(former, span=span, quote=quote, last=item.last)
        else:
            joined.append(item)
    return joined


def _shares_count(analysis: Analysis, former: Item, item: Item, place: int) -> bool:
    between = analysis.text[former.span.end : item.span.start].strip().lower()
    if former.quantity is None or item.quantity is not None or between != "and" or former.quantity.value == 1:
        return False
    end = analysis.end_before(former.quote.start)
    in_list = place > 1 and analysis.text.endswith((",", " and"), 0, end)
    other = item.span.of(analysis.text).lower().startswith("other ")
    return not in_list and (other or (item.kind == former.kind and item.head.tag_ == "NNS"))


def _only_separators(sentence: Sentence, former: Item, item: Item) -> bool:
    start, end = former.last + 1, item.first
    quantity = item.quantity.span if item.quantity is not None else None
    for token in sentence.parsed.doc[start:end]:
        place = sentence.token_span(token)
        if quantity is not None and quantity.covers(place):
            continue
        if token.lower_ in _SEPARATORS or token.is_punct or token.pos_ == "DET" or token.tag_ in FRONT:
            continue
        return False
    return True


def _span(sentence: Sentence, tokens: list[Token]) -> Span:
    return Span(sentence.token_span(tokens[0]).start, sentence.token_span(tokens[-1]).end)
