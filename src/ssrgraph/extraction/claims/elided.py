"""Counts that leave their noun out: "bought eight tanks and, in 2022, a further [12]", "the first [six] arrived"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ssrgraph.extraction.claims.materiel import item_groups

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from ssrgraph.extraction.analysis import Analysis, Sentence
    from ssrgraph.extraction.claims.materiel import Item
    from ssrgraph.extraction.quantities import Quantity

_FRONT = 24  # characters in front of a number in which "a further" stands
_MARKED = re.compile(
    r"(?<!\w)(?i:(?:a|an)\s+(?:further|additional|extra)|another|the\s+(?:first|other|last|next|remaining|second|third))"
    r"\s+(?:(?i:batch|tranche|lot|consignment)\s+(?i:of)\s+)?$"
)
_THE = re.compile(r"(?<!\w)(?i:the)\s+$")
_MORE = frozenset({"more", "others"})
_ENDING = frozenset({"IN", "VBD", "VBN", "VBZ", "VBP", "MD", "CC", "RB", ",", ".", ":", "-RRB-", "_SP"})
_PLURAL = frozenset({"NNS", "NNPS"})


def with_elided(
    analysis: Analysis, sentence: Sentence, groups: tuple[tuple[Item, ...], ...]
) -> tuple[tuple[Item, ...], ...]:
    """Return a sentence's materiel with the counts that only the materiel in front of them says what they count."""
    found = [(item,) for item in _elided(analysis, sentence, groups)]
    if not found:
        return groups
    return tuple(sorted((*groups, *found), key=lambda group: group[0].quote))


def _elided(analysis: Analysis, sentence: Sentence, groups: tuple[tuple[Item, ...], ...]) -> Iterator[Item]:
    counts = [q for q in analysis.quantities_in(sentence.span) if q.unit == "count" and q.value is not None]
    items = [item for group in groups for item in group]
    taken = [item.quote for item in items]
    for place, quantity in enumerate(counts):
        number = None if any(span.meets(quantity.span) for span in taken) else _bare(analysis, sentence, quantity)
        if number is None:
            continue
        meant = _meant(analysis, sentence, items, quantity)
        if meant is None or any(meant.quote.end <= each.span.start for each in counts[:place]):
            continue  # another number stands in between: "six trucks, 40 officers and a further 12"
        yield replace(
            meant,
            quote=quantity.span,
            head=number,
            quantity=quantity,
            value=None,
            ordinal=number,
            first=number.i,
            last=number.i,
        )


def _bare(analysis: Analysis, sentence: Sentence, quantity: Quantity) -> Token | None:
    """Return a number that counts something without its noun, marked as one more, one of several or as known."""
    inside = sentence.tokens_meeting(quantity.number_span)
    if not inside or inside[-1].i + 1 >= sentence.parsed.end:
        return None
    number, behind = inside[-1], inside[-1].nbor()
    front = analysis.text[max(sentence.span.start, quantity.span.start - _FRONT) : quantity.span.start]
    if behind.lower_ in _MORE:
        after = behind.nbor() if behind.i + 1 < sentence.parsed.end else behind
        return number if after.tag_ in _ENDING and after.lower_ not in {"of", "than"} else None
    if behind.tag_ not in _ENDING or behind.lower_ in {"of", "per", "or"}:
        return None
    known = _THE.search(front) is not None and behind.tag_ in {"VBN", "VBD"}
    return number if known or _MARKED.search(front) else None


def _meant(analysis: Analysis, sentence: Sentence, items: list[Item], quantity: Quantity) -> Item | None:
    """Return the materiel in front of a number that it counts: in its sentence, else in the one before."""
    before = [item for item in items if item.quote.end <= quantity.span.start]
    if not before:
        place = analysis.place_of(sentence)
        former = analysis.sentences[place - 1] if place else None
        if former is None or former.block != sentence.block:
            return None
        before = [item for group in item_groups(analysis, former) for item in group]
    meant = before[-1] if before else None
    several = meant is not None and (meant.quantity is not None or meant.head.tag_ in _PLURAL)
    return meant if several else None
