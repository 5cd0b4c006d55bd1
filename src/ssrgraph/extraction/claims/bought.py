"""Materiel that a stated sum pays for: "set aside $5 million for boats and radios", "spent €2 million on 40 trucks"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.extraction.claims.funding import funding_claims
from ssrgraph.extraction.lexicon import load_lexicon
from ssrgraph.extraction.model import Equipment

if TYPE_CHECKING:
    from ssrgraph.extraction.analysis import Analysis
    from ssrgraph.extraction.claims.materiel import Item
    from ssrgraph.extraction.model import Funding

_LIKELY = 0.7
_OF_BUYING = frozenset({"buy", "buying", "procure", "procuring", "acquire", "acquiring", "purchasing", "provide"})


def bought_with(analysis: Analysis, group: tuple[Item, ...]) -> Funding | None:
    """Return the sum whose purpose a list of materiel opens, or None."""
    start = group[0].quote.start
    sentence = analysis.sentence_at(start)
    if sentence is None:
        return None
    for claim in analysis.once(_spent).get(sentence.span.start, ()):
        purpose = claim.words.get("purpose")
        if purpose is None or not purpose.start <= start < purpose.end:
            continue
        between = analysis.words(Span(purpose.start, start)) if start > purpose.start else ""
        if set(between.lower().split()) <= _opening():
            return claim
    return None


def _spent(analysis: Analysis) -> dict[int, list[Funding]]:
    """Return the sums of running text with a purpose, by where the sentence of the latter begins."""
    found: dict[int, list[Funding]] = {}
    for claim in analysis.once(funding_claims):
        purpose = claim.words.get("purpose")
        sentence = analysis.sentence_at(purpose.start) if purpose is not None else None
        if sentence is not None and claim.rule != "funding-table":
            found.setdefault(sentence.span.start, []).append(claim)
    return found


@cache
def _opening() -> frozenset[str]:
    """Return the words that may stand between the beginning of a purpose and what is bought."""
    words = load_lexicon("equipment")["words"]
    return frozenset([*words["dropped"], *words["handing"], *_OF_BUYING, "purchases"])


def equipment_of(analysis: Analysis, claim: Funding, item: Item) -> Equipment:
    """Return the claim on an item that a sum pays for: who spends without giving to others buys for itself."""
    words = {slot: claim.words[slot] for slot in ("programme", "from_", "to", "status") if slot in claim.words}
    provider, recipient = (claim.funder, claim.recipient) if claim.recipient else ((), claim.funder)
    for slot, side, ids in (("provider", "funder", provider), ("recipient", "recipient", recipient)):
        if ids:
            words[slot] = claim.words[side if claim.recipient else "funder"]
    words["item"] = item.span
    return Equipment(
        quote=item.quote,
        passage=Span(min(claim.passage.start, item.quote.start), max(claim.passage.end, item.quote.end)),
        words=words,
        confidence=_LIKELY,
        rule="equipment-bought",
        provider=provider,
        recipient=recipient,
        item=analysis.words(item.span),
        value=item.quantity.value if item.quantity is not None else item.value,
        bound=item.quantity.bound if item.quantity is not None else None,
        programme=claim.programme,
        status=claim.status,
        from_=claim.from_,
        to=claim.to,
    )
