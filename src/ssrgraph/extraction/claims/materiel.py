"""Materiel in a sentence: its noun phrases with their counts, and the lists that they stand in."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spacy.tokens import Token

    from ssrgraph.extraction.analysis import Analysis, Sentence
    from ssrgraph.extraction.quantities import Quantity

_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_FRONT = frozenset({"JJ", "JJR", "JJS", "HYPH", "AFX", "FW", "VBN", "VBG", "RB", "CD", "NN", "NNS", "NNP", "NNPS"})
_DESIGNATOR = re.compile(r"(?!COVID|FY|G-?\d+$|Q\d|P-?\d$)[A-Z][A-Za-z]{0,5}-?\d{1,4}[A-Za-z]{0,3}\d{0,2}s?")
_SHORT = re.compile(r"[A-Z][A-Za-z0-9/-]{1,11}s?")
_SEPARATORS = frozenset({",", ";", ":", "and", "or", "as", "well", "plus", "&", "•", "-", "including", "with", "also"})
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
        specific: Whether the phrase says which materiel it is, not only "equipment" or "supplies".
        first: Index of its first token.
        last: Index of its last token.
    """

    span: Span
    quote: Span
    head: Token
    kind: str
    quantity: Quantity | None = None
    value: int | None = None
    specific: bool = True
    first: int
    last: int


def item_groups(analysis: Analysis, sentence: Sentence) -> tuple[tuple[Item, ...], ...]:
    """Return the materiel of a sentence, what stands in one list together."""
    groups: list[list[Item]] = []
    for item in _joint(analysis, sentence, list(_items(analysis, sentence))):
        if groups and _only_separators(analysis, sentence, groups[-1][-1], item):
            groups[-1].append(item)
        else:
            groups.append([item])
    return tuple(tuple(group) for group in groups)


def _items(analysis: Analysis, sentence: Sentence) -> Iterator[Item]:
    tokens = list(sentence.parsed)
    counts = _counts(analysis, sentence)
    index = 0
    while index < len(tokens):
        end = _run_end(tokens, index, counts, sentence)
        if end <= index:
            index += 1
            continue
        item = _item(analysis, sentence, tokens[index:end], counts)
        index = end
        if item is not None:
            yield item
            index = max(index, item.last - tokens[0].i + 1)


def _counts(analysis: Analysis, sentence: Sentence) -> dict[int, Quantity]:
    """Return the counts of a sentence by the index of the token behind them."""
    found: dict[int, Quantity] = {}
    for quantity in analysis.quantities_in(sentence.span):
        if quantity.unit != "count":
            continue
        inside = [t for t in sentence.parsed if quantity.span.meets(sentence.token_span(t))]
        if inside:
            before = inside[0].nbor(-1) if inside[0].i > sentence.parsed.start else None
            if before is not None and before.lower_ in _known() and len(inside) == 1:
                continue  # "Leopard 2": a model's number
            found[inside[-1].i + 1] = quantity
    return found


def _run_end(tokens: list[Token], start: int, counts: Mapping[int, Quantity], sentence: Sentence) -> int:
    """Return the end of the run of modifiers and nouns that begins at a token; the start where none does."""
    end = start
    while end < len(tokens):
        token = tokens[end]
        if end > start and token.i in counts:
            break
        inside_count = any(q.span.covers(sentence.token_span(token)) for q in counts.values())
        if inside_count or not _runs_on(token, tokens[end + 1] if end + 1 < len(tokens) else None):
            break
        end += 1
    while end > start and tokens[end - 1].tag_ not in _NOUNS and not _named(tokens[end - 1]):
        end -= 1
    return end


def _runs_on(token: Token, following: Token | None) -> bool:
    if token.text in {"/", "-", "\N{EN DASH}"} or _named(token):
        return True
    if token.tag_ not in _FRONT:
        return False
    if token.lower_ in load_lexicon("equipment")["words"]["participles"]:
        return following is not None and following.tag_ in _FRONT
    if token.tag_ in {"VBN", "VBG"}:
        return token.dep_ in {"amod", "compound", "nmod", "punct"} or token.text[:1].isupper() or _hyphened(token)
    if token.tag_ == "RB":
        return following is not None and following.tag_ in {"VBN", "JJ"} and token.text.endswith("ly")
    return True


def _hyphened(token: Token) -> bool:
    return token.i > 0 and token.nbor(-1).text == "-"


def _named(token: Token) -> bool:
    """Say whether a token is the name or designator of a type: "Javelin", "F-16s", "T-72"."""
    text = token.text
    if _DESIGNATOR.fullmatch(text) and any(c.isdigit() for c in text):
        return True
    return text[:1].isupper() and (text.lower() in _known() or text.lower().removesuffix("s") in _known())


def _item(
    analysis: Analysis, sentence: Sentence, run: list[Token], counts: Mapping[int, Quantity]
) -> Item | None:
    run = _without_dropped(_without_state(analysis, sentence, _after_possessive(run)))
    if not run:
        return None
    place = _head_of(run)
    if place is None:
        return _of_phrase(analysis, sentence, run, counts)
    head, kind = place
    if _in_name(analysis, sentence, head):
        return None
    run = _with_names(run, head)
    item = Item(
        span=_span(sentence, run), quote=_span(sentence, run), head=head, kind=kind, first=run[0].i, last=run[-1].i
    )
    if kind == "systems" and not _marked(run):
        return None
    item = replace(item, specific=kind != "loose" or _specific(analysis, sentence, run, head))
    item = _with_coordinated_front(sentence, item, counts)
    item = _with_of(sentence, item)
    item = _with_bracket(analysis, sentence, item)
    return _counted(analysis, sentence, item, counts)


def _after_possessive(run: list[Token]) -> list[Token]:
    places = [index for index, token in enumerate(run) if token.tag_ == "POS"]
    return run[places[-1] + 1 :] if places else run


def _without_state(analysis: Analysis, sentence: Sentence, run: list[Token]) -> list[Token]:
    """Drop a state's name in front: "provided Iraq armored vehicles" names vehicles, not Iraq's."""
    if not run:
        return run
    mention = analysis.mention_at(sentence.token_span(run[0]).start)
    if mention is None or mention.form != "name" or mention.kind is not EntityKind.ORGANIZATION:
        return run
    entity = analysis.entities.get(mention.entity)
    if entity is None or entity.type != "country":
        return run
    rest = [token for token in run if sentence.token_span(token).start >= mention.span.end]
    return run if rest and rest[0].text == "-" else rest


def _without_dropped(run: list[Token]) -> list[Token]:
    dropped = frozenset(load_lexicon("equipment")["words"]["dropped"])
    while run and (run[0].lower_ in dropped or run[0].is_punct or run[0].tag_ == "RB"):
        run = run[1:]
    return run


def _head_of(run: list[Token]) -> tuple[Token, str] | None:
    """Return the noun of a run that says what it is, with its kind: the last one, or one that only names follow."""
    if len(run) > 2 and run[-2].text == "-" and run[-3].lower_ in {"counter", "anti"}:  # noqa: PLR2004 - "counter-artillery"
        return None
    if run[-1].lower_.startswith(("counter-", "anti-")) or run[-1].lower_ in {"arm", "round"}:
        return None
    for size in (3, 2, 1):
        words = [token.lower_ for token in run[-size:]]
        kind = _kind_of(" ".join([*words[:-1], run[-1].lemma_.lower()])) or _kind_of(" ".join(words))
        if len(words) == size and kind is not None:
            return run[-1], kind
    if _named(run[-1]) or (len(run) > 1 and _named(run[-2]) and run[-1].tag_ == "CD"):
        return run[-1], "named"
    for index in range(len(run) - 2, -1, -1):  # "patrol vessel Almirante Padilla"
        token, rest = run[index], run[index + 1 :]
        kind = _kind_of(token.lemma_.lower()) or _kind_of(token.lower_)
        if kind not in {None, "loose", "systems"} and all(t.tag_ in {"NNP", "NNPS", "CD"} for t in rest) and _kind_last(run):
            return token, kind or ""
    return None


def _in_name(analysis: Analysis, sentence: Sentence, head: Token) -> bool:
    """Say whether a noun is a part of the name of a body, programme or the like: "Excess Defense Articles"."""
    mention = analysis.mention_at(sentence.token_span(head).start)
    return mention is not None and mention.form == "name" and mention.kind not in {EntityKind.PLACE, EntityKind.PERSON}


def _kind_last(run: list[Token]) -> bool:
    """Say whether a run may end in names: not "Tank Regiment" but "cutter Stone"."""
    bodies = {"regiment", "battalion", "brigade", "company", "force", "unit", "corps", "squadron", "command", "centre"}
    return run[-1].lower_ not in bodies and run[-1].tag_ in {"NNP", "NNPS"}


def _kind_of(words: str) -> str | None:
    kinds = _kinds()
    return kinds.get(words) or kinds.get(words.removesuffix("s"))


@cache
def _kinds() -> Mapping[str, str]:
    heads = load_lexicon("equipment")["heads"]
    return {noun: kind for kind in reversed(list(heads)) for noun in heads[kind]}


@cache
def _known() -> frozenset[str]:
    return frozenset(load_lexicon("equipment")["names"]["known"])


def _marked(run: list[Token]) -> bool:
    """Say whether a system or device is marked as materiel: "air defense systems", not "court system"."""
    marking = frozenset(load_lexicon("equipment")["words"]["marking"])
    return any(t.lower_ in marking or t.lower_.split("-")[0] in marking or _named(t) for t in run)


def _specific(analysis: Analysis, sentence: Sentence, run: list[Token], head: Token) -> bool:
    plain = frozenset(load_lexicon("equipment")["words"]["plain"])
    for token in run:
        if token is head or token.is_punct or token.lower_ in plain:
            continue
        if analysis.mention_at(sentence.token_span(token).start) is None:
            return True
    return False


def _with_names(run: list[Token], head: Token) -> list[Token]:
    """Extend a run by a second name behind it: "cutters Long Island and Roanoke Island"."""
    if run[-1] is head or not head.tag_.endswith("S"):
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


def _of_phrase(
    analysis: Analysis, sentence: Sentence, run: list[Token], counts: Mapping[int, Quantity]
) -> Item | None:
    """Read "sets of body armor": a measure that is a part of the item."""
    units = frozenset(load_lexicon("equipment")["words"]["units"])
    if run[-1].lemma_.lower() not in units or run[-1].i + 2 >= sentence.parsed.end:
        return None
    of, following = run[-1].nbor(), run[-1].nbor(2)
    if of.lower_ != "of":
        return None
    tokens = list(sentence.parsed)
    start = following.i - tokens[0].i
    end = _run_end(tokens, start, counts, sentence)
    inner = tokens[start:end]
    place = _head_of(inner) if inner else None
    if place is None:
        return None
    whole = [*run, of, *inner]
    item = Item(
        span=_span(sentence, whole), quote=_span(sentence, whole), head=run[-1], kind=place[1], first=run[0].i, last=inner[-1].i
    )
    return _counted(analysis, sentence, _with_bracket(analysis, sentence, item), counts)


def _with_of(sentence: Sentence, item: Item) -> Item:
    """Extend "rounds of small arms ammunition", "systems of …" where the head is a measure."""
    units = frozenset(load_lexicon("equipment")["words"]["units"])
    tokens = list(sentence.parsed)
    at = item.last + 1 - tokens[0].i
    if item.head.lemma_.lower() not in units or at + 1 >= len(tokens) or tokens[at].lower_ != "of":
        return item
    end = _run_end(tokens, at + 1, {}, sentence)
    inner = tokens[at + 1 : end]
    place = _head_of(inner) if inner else None
    if place is None:
        return item
    span = Span(item.span.start, sentence.token_span(inner[-1]).end)
    return replace(item, span=span, quote=span, kind=place[1], last=inner[-1].i, specific=True)


def _with_coordinated_front(sentence: Sentence, item: Item, counts: Mapping[int, Quantity]) -> Item:
    """Extend by modifiers that share the head: "grenade, mortar, and artillery rounds", "search and rescue boats"."""
    tokens = list(sentence.parsed)
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
        while start > 0 and tokens[start - 1].tag_ in _FRONT and tokens[start - 1].tag_ != "CD":
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
    if _head_of(run) is not None or last.tag_ not in {"NN", "NNP", "JJ", "VBG"}:
        return False
    if run[0].i in counts:
        return True
    if last.lower_ in load_lexicon("equipment")["words"]["functions"]:
        return True
    in_phrase = last.i in {t.i for t in item.head.subtree} and last.dep_ in {"nmod", "compound", "amod", "conj"}
    return in_phrase and last.dep_ not in {"dobj", "pobj"}


def _is_modifier(analysis: Analysis, former: Item, item: Item) -> bool:
    """Say whether a noun only shares the head of the next: "1 million [grenade], [mortar], and artillery rounds"."""
    mass = load_lexicon("equipment")["words"]["mass"]
    between = analysis.text[former.span.end : item.span.start].strip().lower()
    single = former.head.tag_ in {"NN", "NNP"} and former.head.lower_ not in mass and former.kind not in {"named", "loose", "systems"}
    counted_one = former.quantity is not None and former.quantity.value == 1
    joined = between in {",", "and", "or", ", and", ", or"} and item.quantity is None
    return single and joined and not counted_one and former.value is None and item.head.tag_.endswith("S")


def _with_bracket(analysis: Analysis, sentence: Sentence, item: Item) -> Item:
    match = re.match(r"\s*\(([^()]{2,14})\)", analysis.text[item.span.end : sentence.span.end])
    if match is None or not _SHORT.fullmatch(match[1]):
        return item
    end = item.span.end + match.end()
    inside = [t.i for t in sentence.parsed if sentence.token_span(t).end <= end]
    span = Span(item.span.start, end)
    return replace(item, span=span, quote=span, last=max([item.last, *inside]))


def _counted(analysis: Analysis, sentence: Sentence, item: Item, counts: Mapping[int, Quantity]) -> Item:
    """Give an item the count in front of it; words such as "new" may stand in between."""
    dropped = frozenset(load_lexicon("equipment")["words"]["dropped"])
    at = item.first
    while at > sentence.parsed.start and at not in counts and sentence.parsed.doc[at - 1].lower_ in dropped:
        at -= 1
    quantity = counts.get(at)
    if quantity is not None:
        return replace(item, quantity=quantity, quote=Span(quantity.span.start, item.span.end))
    ordinal = analysis.text[item.span.start : item.span.end].split()[0].lower()
    before = sentence.parsed.doc[item.first - 1].lower_ if item.first > sentence.parsed.start else ""
    if before in {"a", "an"} and ordinal in {"second", "third", "fourth", "fifth", "sixth"}:
        return replace(item, value=1)
    behind = analysis.text[sentence.token_span(item.head).end : item.span.end]
    if item.head.tag_.endswith("S") and re.search(r"[A-Z]\w+ and [A-Z]\w+", behind):
        return replace(item, value=2)
    return item


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
        if former is not None and _shares_count(analysis, sentence, former, item, len(joined)):
            span = Span(former.span.start, item.span.end)
            quote = Span(former.quote.start, item.span.end)
            joined[-1] = replace(former, span=span, quote=quote, last=item.last)
        else:
            joined.append(item)
    return joined


def _shares_count(analysis: Analysis, sentence: Sentence, former: Item, item: Item, place: int) -> bool:
    between = analysis.text[former.span.end : item.span.start].strip().lower()
    if former.quantity is None or item.quantity is not None or between != "and" or former.quantity.value == 1:
        return False
    before = analysis.text[: former.quote.start].rstrip()
    in_list = place > 1 and before.endswith((",", " and"))
    other = item.span.of(analysis.text).lower().startswith("other ")
    return not in_list and (other or (item.kind == former.kind and item.head.tag_ == "NNS"))


def _only_separators(analysis: Analysis, sentence: Sentence, former: Item, item: Item) -> bool:
    start, end = former.last + 1, item.first
    quantity = item.quantity.span if item.quantity is not None else None
    for token in sentence.parsed.doc[start:end]:
        place = sentence.token_span(token)
        if quantity is not None and quantity.covers(place):
            continue
        if token.lower_ in _SEPARATORS or token.is_punct or token.pos_ == "DET" or token.tag_ in _FRONT:
            continue
        return False
    return True


def _span(sentence: Sentence, tokens: list[Token]) -> Span:
    return Span(sentence.token_span(tokens[0]).start, sentence.token_span(tokens[-1]).end)
