"""Places that the reference data does not know, as the language model sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssrgraph.documents.model import BlockKind, Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.names.found import Found
from ssrgraph.extraction.names.heads import head_at_end
from ssrgraph.extraction.names.words import words_of
from ssrgraph.extraction.overlaps import Overlaps

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ssrgraph.extraction.analysis import Sentence

_PREPOSITIONS = {"in", "at", "near", "around", "to", "from", "outside", "across", "of"}


def find_places(text: str, sentences: Sequence[Sentence], names: Sequence[Found]) -> Iterator[Found]:
    """Yield geographical names behind a preposition of place that are not yet part of another name."""
    taken = Overlaps(names)
    for sentence in sentences:
        if sentence.block.kind in {BlockKind.TITLE, BlockKind.HEADING}:
            continue
        for name in sentence.names:
            span = Span(sentence.base + name.start_char, sentence.base + name.end_char)
            if name.label_ not in {"GPE", "LOC", "FAC"} or taken.meets(span):
                continue
            before = sentence.parsed.doc[name.start - 1].lower_ if name.start > 0 else ""
            if before not in _PREPOSITIONS:
                continue
            words = words_of(text, span)
            if words and all(w.capital for w in words) and head_at_end(words) is None:
                yield Found(span=span, label=name.text, kind=EntityKind.PLACE)
