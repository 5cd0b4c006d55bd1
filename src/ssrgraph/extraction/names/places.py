"""Places that the reference data does not know, as the language model sees them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ssrgraph.documents.model import BlockKind, Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.names.found import Found
from ssrgraph.extraction.names.heads import head_at_end, word_list
from ssrgraph.extraction.names.words import words_of
from ssrgraph.extraction.overlaps import Overlaps

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Span as ParsedSpan
    from spacy.tokens import Token

    from ssrgraph.extraction.analysis import Sentence

_PREPOSITIONS = {"in", "at", "near", "around", "to", "from", "outside", "across", "of", "on"}
_GEOGRAPHICAL = {"GPE", "LOC", "FAC"}
# Behind these a name that the model takes for a body's is a place's, where no noun follows: "in Msata".
_INSIDE = {"in", "near", "outside"}
_MOTIONS = {"travel", "go", "fly", "sail", "return", "leave", "move", "head", "relocate", "march"}
_ATTACKS = {"attack", "assault", "raid", "strike", "offensive"}
# Between a preposition and a day stands a place, whatever the model makes of it: "in Bint Dabil on 3 June".
_WORD = r"(?:[^\W\d_a-z][\w’'-]*[a-z]|(?:al|el|ar|as|an|ad|ash|az)-[^\W\d_a-z][\w’'-]+)"
_BEFORE_DAY = re.compile(
    rf"\b(?:in|at|near)\s+(?P<place>{_WORD}(?:\s+(?:(?:de|del|la|le|el|al|da|do)\s+)?{_WORD}){{0,2}})"
    r"(?:(?P<end>(?=[.,;]))|(?=\s+(?:on|from|between)\s+(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?(?:the\s+)?"
    r"(?:\d{1,2}\b|(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+\d)))"
)
_LONGEST = 2  # words of a place's name that the model does not see as one


def find_places(text: str, sentences: Sequence[Sentence], names: Sequence[Found]) -> Iterator[Found]:
    """Yield geographical names behind a preposition of place that are not yet part of another name."""
    taken = Overlaps(names)
    for sentence in sentences:
        if sentence.block.kind in {BlockKind.TITLE, BlockKind.HEADING}:
            continue
        for name in sentence.names:
            span = Span(sentence.base + name.start_char, sentence.base + name.end_char)
            if name.start == 0 or taken.meets(span):
                continue
            words = words_of(text, span)
            if not words or not all(w.capital for w in words) or head_at_end(words) is not None:
                continue
            if _is_place(name):
                yield Found(span=span, label=name.text, kind=EntityKind.PLACE)
    yield from _before_days(text, sentences, taken)


def _before_days(text: str, sentences: Sequence[Sentence], taken: Overlaps[Found]) -> Iterator[Found]:
    """Yield what stands between a preposition and a day, where the model sees no place."""
    for sentence in sentences:
        if sentence.block.kind in {BlockKind.TITLE, BlockKind.HEADING}:
            continue
        for match in _BEFORE_DAY.finditer(text, sentence.span.start, sentence.span.end):
            span = Span(*match.span("place"))
            words = words_of(text, span)
            # "the Police School in Manatuto.": a place by the body in front.
            if match["end"] is not None and not taken.meets(Span(max(0, match.start() - 2), max(1, match.start() - 1))):
                continue
            plain = head_at_end(words) is None and words[0].lower not in word_list("openers", "words")
            if plain and not taken.meets(span) and not _is_seen(sentence, span):
                yield Found(span=span, label=" ".join(span.of(text).split()), kind=EntityKind.PLACE)


def _is_seen(sentence: Sentence, span: Span) -> bool:
    """Say whether the model sees a place where a span is."""
    named = (name for name in sentence.names if name.start and _is_place(name))
    return any(span.meets(Span(sentence.base + n.start_char, sentence.base + n.end_char)) for n in named)


def _is_place(name: ParsedSpan) -> bool:
    """Say whether a name stands as a place's: by its preposition, and by the noun behind it ("the Bondo barracks")."""
    before = name.doc[name.start - 1]
    behind = name.doc[name.end] if name.end < len(name.doc) else None
    site = _site_behind(name)
    if site and before.lower_ == "the" and name.start > 1:
        before = name.doc[name.start - 2]
    if before.lower_ not in _PREPOSITIONS:
        return False
    if name.label_ in _GEOGRAPHICAL:
        return before.lower_ != "on" or site or before.head.lemma_.lower() in _ATTACKS
    if len(name) > _LONGEST or not all(t.is_alpha and not t.is_upper and t.tag_ == "NNP" for t in name):
        return False
    if site:
        return name.label_ in {"ORG", "PERSON", "NORP"} and before.lower_ != "of"
    if name.label_ != "ORG" or (behind is not None and behind.pos_ in {"NOUN", "PROPN", "PART", "ADJ", "NUM"}):
        return False
    joined = behind is not None and behind.lower_ == "and" and _geographical_next(behind)
    moves = before.lower_ in {"to", "for"} and before.head.lemma_ in _MOTIONS
    return before.lower_ in _INSIDE or moves or joined


def _site_behind(name: ParsedSpan) -> bool:
    """Say whether a noun of a site follows: "Amiet market", "the Chirundu training site"."""
    after = name.doc[name.end : name.end + 2]
    nouns = word_list("places", "sites")
    return any(t.lower_ in nouns or t.lemma_.lower() in nouns for t in after) and after[0].pos_ in {"NOUN", "PROPN"}


def _geographical_next(joint: Token) -> bool:
    return joint.i + 1 < len(joint.doc) and joint.nbor().ent_type_ in _GEOGRAPHICAL
