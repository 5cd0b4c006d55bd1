"""What a law allows: "The Minister may transfer two cutters", "up to $5 million may be made available"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ssrgraph.extraction.clauses import grammar

if TYPE_CHECKING:
    from spacy.tokens import Token

    from ssrgraph.extraction.analysis import Analysis
    from ssrgraph.extraction.clauses import Standing

_PARTS = re.compile(
    r"(?m)^\W{0,3}(?:\u00a7\s?\d|SEC(?:TION|\.) \d|Section \d+[.(]|Article \d|Art\. \d|\(\d\) |\([a-z]\) [A-Z])"
)
_CITED = re.compile(
    r"\b(?:subsection|paragraph|section|article) (?:\d|\([a-z0-9]\))|\bthis (?:Act|section|Law|Decree)\b"
)
_LEAST = 2
_CAPS = frozenset({"exceed", "surpass"})


def is_law(analysis: Analysis) -> bool:
    """Say whether a document is a law or decree by its parts and how it cites them; for `Analysis.once`."""
    parts = len(_PARTS.findall(analysis.text))
    return parts >= _LEAST and len(_CITED.findall(analysis.text)) >= _LEAST


def may_be_given(standing: Standing, token: Token) -> bool:
    """Say whether the verb above a token says that somebody may give, and nothing denies or asks it."""
    if standing.negated or standing.question:
        return False
    verb = verb_allowed(token)
    return verb is not None and "may" in helpers_of(verb)


def verb_allowed(token: Token) -> Token | None:
    """Return the verb above a token, passing over what only caps a number: "an amount that does not exceed"."""
    return next((t for t in token.ancestors if grammar.is_verb(t) and t.lemma_.lower() not in _CAPS), None)


def helpers_of(verb: Token) -> frozenset[str]:
    """Return the auxiliaries of a verb, or of the one that it is coordinated with."""
    own = frozenset(child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"})
    former = grammar.first_conjunct(verb)
    return own if own or former is verb else helpers_of(former)
