"""Phrases that say that materiel changes hands without a verb of giving over it.

"presented the chief with the keys of 12 trucks", "Denmark followed with 40 radios", "the six guns were a gift of
France", "a deal that provides for four boats": the verb over the materiel gives nothing by itself.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.extraction.clauses import Role, grammar
from ssrgraph.extraction.lexicon import any_of, load_lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

    from ssrgraph.extraction.analysis import Analysis, Sentence
    from ssrgraph.extraction.claims.scopes import Scope
    from ssrgraph.extraction.clauses import Clause

_FRONT = 160  # characters in front of an item in which such a phrase stands
_FITTED = re.compile(
    r",?\s?(?:all |each |both )?(?:of them )?(?:(?:which|that) (?:is|are|was|were|come|comes) )?"
    r"(?:armed|complete|equipped|fitted|mounted|outfitted) with(?: an?| the)?"
)
_DETERMINERS = r"(?:(?:the|a|an|all|its|their|up|to|some|about|another|further|additional)\s+)*$"


def by_phrase(analysis: Analysis, scope: Scope, giving: frozenset[str]) -> bool:
    """Say whether the words right in front of materiel say that it changes hands.

    Args:
        analysis: The document.
        scope: The materiel's scope.
        giving: Lemmas of verbs of giving and receiving.
    """
    start = max(scope.sentence.span.start, scope.value.start - _FRONT)
    front = analysis.words(Span(start, scope.value.start)) + " "
    before = scope.sentence.tokens_before(scope.value.start)
    given = any(t.pos_ == "VERB" and t.lemma_.lower() in giving for t in before)
    if _forms()["keys"].search(front):
        return given
    return _forms()["provided"].search(front) is not None or _behind_with(before, given=given)


def _behind_with(before: list[Token], *, given: bool) -> bool:
    """Recognize "parted with 20 trucks and, a year later, with", and "X gave boats, and Y followed with"."""
    before = [t for t in before if not t.is_space]
    while before and (before[-1].pos_ in {"DET", "ADV"} or before[-1].lower_ in {"another", "further"}):
        before.pop()
    if not before or before[-1].lower_ != "with":
        return False
    words = load_lexicon("equipment")["words"]
    verbs = {t.lemma_.lower() for t in before if t.pos_ == "VERB"}
    moving = given or any(t.lemma_.lower() in words["moving"] for t in before)
    return "part" in verbs or (moving and bool(verbs & set(words["joining"])))


def follows_with(verb: Token) -> bool:
    """Say whether a verb tells that somebody did as the one before it: "and Denmark followed with 40 radios"."""
    joining = load_lexicon("equipment")["words"]["joining"]
    return verb.lemma_.lower() in joining and any(c.lower_ == "with" for c in verb.children)


def is_fitted(between: str) -> bool:
    """Say whether the words between two items make the second a part of the first.

    >>> is_fitted("fitted with"), is_fitted(", each equipped with a"), is_fitted("together with")
    (True, True, False)
    """
    return _FITTED.fullmatch(between) is not None


def is_gift(clause: Clause) -> bool:
    """Say whether a clause says that its subject is a gift: "the six guns were a gift of France"."""
    gifts = load_lexicon("equipment")["words"]["gifts"]
    return (
        clause.lemma == "be"
        and clause.role is Role.SUBJECT
        and any(token.lemma_.lower() in gifts for token in clause.attributes)
    )


def described(sentence: Sentence, head: Token) -> tuple[Token, ...]:
    """Return the nouns on which a description of an item may hang: "boats [of a larger type], which were ordered"."""
    kinds = load_lexicon("equipment")["words"]["kinds"]
    inner = [p for p in grammar.phrases_in(head.children) if p.word == "of" and p.preposition.i > head.i]
    return (head, *(t for p in inner for t in p.objects if t.lemma_.lower() in kinds and t.i < sentence.parsed.end))


def is_received(clause: Clause, noun: Token) -> bool:
    """Say whether a description tells who got what it describes: "the boats that the navy received from Japan"."""
    verb = clause.predicate
    subjects = [child for child in verb.children if child.dep_ in grammar.SUBJECTS]
    other = any(child.tag_ not in {"WDT", "WP"} and child.lower_ != "that" for child in subjects)
    asked = any(child.dep_ == "dobj" and child.tag_ not in {"WDT", "WP"} for child in verb.children)
    return verb.dep_ == "relcl" and verb.i > noun.i and not clause.passive and other and not asked


@cache
def _forms() -> dict[str, re.Pattern[str]]:
    contracts = any_of(load_lexicon("equipment")["words"]["contracts"])
    provides = r"(?:provid(?:es|ed|ing) for|cover(?:s|ed|ing)|call(?:s|ed) for)"
    return {
        "keys": re.compile(rf"(?<!\w)(?i:keys?\s+(?:of|to|for)\s+{_DETERMINERS})"),
        "provided": re.compile(rf"(?<!\w)(?i:{contracts})(?!\w)[^;:]*?\s{provides}\s+(?i:{_DETERMINERS})"),
    }
