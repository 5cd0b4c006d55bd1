"""Items of a list of materiel that are parts or examples of others: "fitted with", "including", in brackets."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ssrgraph.documents.model import BlockKind, Span
from ssrgraph.extraction.claims.giving_phrases import is_fitted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.extraction.analysis import Analysis, Sentence
    from ssrgraph.extraction.claims.materiel import Item
    from ssrgraph.extraction.claims.scopes import Scope

_BRACKET = 80  # characters of what stands in brackets
_OWNED = frozenset({"its", "their", "the", "these", "those", "existing"})
_EXAMPLES = re.compile(r"^[^.;:]{0,60}\b(?:among (?:them|it|these)|including|such as|namely|notably)\b[^.;:]{0,15}$")


def exemplifies(analysis: Analysis, given: Scope, item: Item) -> bool:
    """Say whether an item is an example of what was said to be given: "among them", "including", "such as"."""
    between = analysis.words(Span(given.value.end, max(item.quote.start, given.value.end + 1)))
    return _EXAMPLES.search(between) is not None


def is_served(analysis: Analysis, former: Item, item: Item) -> bool:
    """Say whether an item is what the one before is for: "spare parts for its tanks", "engines for the boats"."""
    between = analysis.words(Span(former.span.end, max(item.quote.start, former.span.end + 1))).lower().split()
    return item.quantity is None and between[:1] == ["for"] and between[1:2] == between[1:] and between[-1] in _OWNED


def in_brackets(analysis: Analysis, item: Item) -> bool:
    """Say whether an item stands in brackets behind another: "58 vehicles (trucks, minibuses)"."""
    before = analysis.text[max(0, item.quote.start - _BRACKET) : item.quote.start]
    return before.rfind("(") > before.rfind(")")


def is_part(analysis: Analysis, sentence: Sentence, group: tuple[Item, ...], item: Item) -> bool:
    """Say whether an item without a count is a part of the one before: "4 lorries with tents", "fitted with radios"."""
    before = [each for each in group if each.quote.end <= item.quote.start]
    if not before:
        return False
    former = before[-1]
    between = analysis.words(Span(former.span.end, item.quote.start))
    if is_fitted(between):
        return True
    if between == "and" and former.quantity is None and is_part(analysis, sentence, group, former):
        return True
    counted = sentence.block.kind is BlockKind.ITEM and group[0].quantity is not None
    return counted and analysis.words(Span(group[0].span.end, item.quote.start)).split()[-1:] == ["with"]


def phrases_of(analysis: Analysis, sentence: Sentence, group: tuple[Item, ...]) -> Iterator[Item]:
    """Yield the items of a list; a part between semicolons that ends in generalities stays one phrase."""
    text = sentence.span.of(analysis.text)
    if ";" not in text:
        yield from group
        return
    joint: Item | None = None
    for item in group:
        if joint is not None and item.span.end <= joint.span.end:
            continue
        part = _part(analysis, sentence, item)
        inside = [each for each in group if part.covers(each.span)]
        general = any(not each.specific for each in inside) and all(each.quantity is None for each in inside)
        if len(inside) > 1 and general and item is inside[0]:
            joint = replace(item, span=part, quote=part, specific=True)
            yield joint
        else:
            yield item


def _part(analysis: Analysis, sentence: Sentence, item: Item) -> Span:
    """Return the part between semicolons from an item on."""
    end = analysis.text.find(";", item.span.end, sentence.span.end)
    end = sentence.span.end if end < 0 else end
    return Span(item.span.start, item.span.start + len(analysis.text[item.span.start : end].rstrip(" .")))
