"""A number with what it counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from ssrgraph.extraction.analysis import Sentence
    from ssrgraph.extraction.quantities import Quantity

# A sentence with more of them is a table of figures that has lost its form.
MOST_QUANTITIES = 150


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


def span_of(sentence: Sentence, tokens: list[Token]) -> Span:
    """Return the stretch from the first to the last of some tokens."""
    return Span(sentence.token_span(tokens[0]).start, sentence.token_span(tokens[-1]).end)
