"""Which of several states' money a sum is in: "40 million dinars" in a text on Tunisia."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ssrgraph.extraction.claims.letterheads import publisher_of
from ssrgraph.extraction.claims.states import state_of
from ssrgraph.extraction.money import default_dollar, dollar_of_state, shared_codes, states_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence
    from ssrgraph.extraction.quantities import Quantity


def in_its_currency(analysis: Analysis, sentence: Sentence | None, quantity: Quantity) -> Quantity:
    """Return a sum with the currency that its sign or noun means in this text.

    Where the words fit the money of several states ("dinars", "CFA francs", "Rs"), it is that of the state that the
    sentence names, the nearest one in front of the sum first, or of the only such state that the text names. A sign
    that fits none of them keeps its most common meaning; a noun stays open.
    """
    words = analysis.words(quantity.number_span)
    if words.startswith("$") and quantity.currency == "USD" and "USD" not in words:
        return replace(quantity, currency=analysis.once(dollar_of))
    codes = shared_codes(words)
    if not codes:
        return quantity
    inside = analysis.mentions_in(sentence.span, nested=True) if sentence is not None else ()
    front = [m for m in inside if m.span.end <= quantity.span.start]
    near = (*reversed(front), *(m for m in inside if m.span.start >= quantity.span.end))
    local = next(iter(_of_states(analysis, codes, near)), None)
    if local is None:
        named = analysis.once(_named_anywhere, codes)
        local = next(iter(named)) if len(named) == 1 else None
    return quantity if local is None else replace(quantity, currency=local)


def dollar_of(analysis: Analysis) -> str:
    """Return which dollar "$" means in a document: as it says, or else that of the state that publishes it."""
    said = default_dollar(analysis.text)
    publisher = analysis.once(publisher_of)
    entity = analysis.entities.get(publisher) if publisher is not None else None
    own = dollar_of_state(entity.code) if entity is not None and entity.code is not None else None
    return own if own is not None and said == "USD" else said


def _named_anywhere(analysis: Analysis, codes: tuple[str, ...]) -> frozenset[str]:
    return frozenset(_of_states(analysis, codes, analysis.mentions))


def _of_states(analysis: Analysis, codes: tuple[str, ...], mentions: Iterable[Mention]) -> list[str]:
    """Return the currencies, of those given, of the states that mentions name or belong to."""
    found = []
    for mention in mentions:
        state = state_of(analysis, mention.entity)
        entity = analysis.entities.get(state) if state is not None else None
        iso = (entity.code if entity is not None else None) or (state or "").rpartition("/")[2].upper()
        found += [code for code in codes if iso in states_of(code)]
    return found
