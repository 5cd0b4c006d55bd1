"""Materiel that changes hands by the order of the words, whatever the parse has made of them.

"the hand-over to the navy of two boats", "20 trucks and a field hospital, all of them new, are to be delivered",
"handed over to the Border Guard (BG) 20 motorcycles": the small model often hangs such lists on the wrong word.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.extraction.lexicon import any_of, load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from ssrgraph.extraction.analysis import Analysis, Sentence
    from ssrgraph.extraction.claims.materiel import Item
    from ssrgraph.extraction.claims.scopes import Scope

_FRONT = 160  # characters in front of an item in which a noun of handing over stands
_GOVERNED = 2  # words of "upkeep of"
_FAR = 30  # tokens from a list to its passive verb
_AUXILIARIES = frozenset({"be", "have", "will", "shall", "would"})


def is_handed(analysis: Analysis, scope: Scope, group: tuple[Item, ...], giving: Iterable[str]) -> bool:
    """Say whether the words around a list of materiel say that it changes hands.

    Args:
        analysis: The document.
        scope: The list's scope.
        group: The list.
        giving: Lemmas of verbs of giving.
    """
    verbs = frozenset(giving)
    return (
        _behind_noun(analysis, scope)
        or _behind_verb_and_receiver(analysis, scope, verbs)
        or _in_front_of_passive(scope.sentence, group, verbs)
    )


def _behind_noun(analysis: Analysis, scope: Scope) -> bool:
    start = max(scope.sentence.span.start, scope.value.start - _FRONT)
    return _handing().search(analysis.words(Span(start, scope.value.start)) + " ") is not None


@cache
def _handing() -> re.Pattern[str]:
    words = load_lexicon("equipment")["words"]
    nouns = any_of(words["handing"])
    receiver = r"(?:\s+(?:to|in|by|from|for)\s[^,;:]{2,70}?)?(?:,\s[^,;:]{2,40},)?"
    return re.compile(rf"(?<!\w)(?i:{nouns}){receiver}\s+of\s+(?:(?:the|a|an|up|to|some|about|another|its)\s+)*$")


def _behind_verb_and_receiver(analysis: Analysis, scope: Scope, verbs: frozenset[str]) -> bool:
    """Recognize "handed over to the Border Guard (BG) 20 motorcycles": only who receives stands between."""
    before = [t for t in scope.sentence.tokens_before(scope.value.start) if not t.is_space]
    named = False
    while before:
        last = before[-1]
        place = scope.sentence.token_span(last)
        mention = analysis.mention_at(place.start)
        if mention is not None and mention.span.end <= scope.value.start:
            named = True
            before = [t for t in before if scope.sentence.token_span(t).start < mention.span.start]
        elif last.text in {"(", ")"} or last.pos_ in {"DET", "PROPN"} or last.lower_ in {"over", "to"}:
            before.pop()
        else:
            break
    return named and bool(before) and before[-1].pos_ == "VERB" and before[-1].lemma_.lower() in verbs


def _in_front_of_passive(sentence: Sentence, group: tuple[Item, ...], verbs: frozenset[str]) -> bool:
    """Recognize a list that opens its clause and whose verb says that it is, was or will be given."""
    chain = _passive_behind(sentence, group)
    if chain and chain[-1].lemma_ == "make" and chain[-1].i + 1 < chain[-1].sent.end:
        return str(chain[-1].nbor().lower_) == "available"
    return bool(chain) and chain[-1].lemma_.lower() in verbs


def is_to_be_given(sentence: Sentence, group: tuple[Item, ...]) -> bool:
    """Say whether the passive verb behind a list that opens its clause says that it is still to come."""
    chain = _passive_behind(sentence, group)
    return any(token.lower_ in {"will", "shall", "would", "to"} for token in chain)


def _passive_behind(sentence: Sentence, group: tuple[Item, ...]) -> list[Token]:
    """Return the passive verb with its auxiliaries behind a list that opens its clause."""
    last = group[-1].last
    before = _before_in_clause(sentence, group[0])
    if any(t.pos_ in {"VERB", "AUX"} for t in before[-_FAR:]) or _is_governed(before):
        return []
    behind = [t for t in sentence.tokens if last < t.i <= last + _FAR]
    start = next((place for place, t in enumerate(behind) if _is_finite(t)), None)
    if start is None or behind[start].lemma_.lower() not in _AUXILIARIES:
        return []
    chain: list[Token] = []
    for token in behind[start:]:
        chain.append(token)
        if token.tag_ in {"VBN", "VBD"} and token.lemma_.lower() not in _AUXILIARIES:
            passive = any(t.lemma_.lower() == "be" for t in chain)
            return chain if passive else []
        if token.pos_ not in {"AUX", "PART", "ADV"}:
            return []
    return []


def _before_in_clause(sentence: Sentence, item: Item) -> list[Token]:
    """Return the words in front of an item with its count, from the last semicolon on."""
    before = sentence.tokens_before(item.quote.start)
    opens = next((place for place in range(len(before), 0, -1) if before[place - 1].text == ";"), 0)
    return before[opens:]


def _is_governed(before: list[Token]) -> bool:
    """Say whether a list hangs on another noun than one that holds it: "the upkeep of [the trucks]"."""
    while before and (before[-1].pos_ in {"DET", "ADJ", "NUM"} or before[-1].tag_ == "PRP$"):
        before = before[:-1]
    if len(before) < _GOVERNED or before[-1].lower_ not in {"of", "for", "on", "with"}:
        return False
    words = load_lexicon("equipment")["words"]
    holding = {*words["holders"], *words["units"], *words["moving"], *words["handing"]}
    return before[-2].pos_ == "NOUN" and not holding & {before[-2].lower_, before[-2].lemma_.lower()}


def _is_finite(token: Token) -> bool:
    return token.tag_ in {"VBZ", "VBP", "VBD", "MD"} and token.pos_ in {"AUX", "VERB"}
