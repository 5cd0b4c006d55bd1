"""Syntax that all claim readers share: the clause around a span, who acts in it, and how it stands.

clause = clause_of(sentence, quantity.span)
givers = holders(analysis, sentence, clause.agents)
standing = status_of(analysis, sentence, quantity.span)
"""

from __future__ import annotations

from ssrgraph.extraction.clauses.grammar import conjuncts, noun_phrase, root_of
from ssrgraph.extraction.clauses.holders import antecedent, holders, holding_mentions, phrase_span
from ssrgraph.extraction.clauses.model import Clause, Phrase, Role, Standing
from ssrgraph.extraction.clauses.reading import (
    clause_of,
    clauses_of,
    describing_clauses,
    lead_clause,
    main_clause,
    tells_of_another,
)
from ssrgraph.extraction.clauses.standing import status_of, status_of_token

__all__ = [
    "Clause",
    "Phrase",
    "Role",
    "Standing",
    "antecedent",
    "clause_of",
    "clauses_of",
    "conjuncts",
    "describing_clauses",
    "holders",
    "holding_mentions",
    "lead_clause",
    "main_clause",
    "noun_phrase",
    "phrase_span",
    "root_of",
    "status_of",
    "status_of_token",
    "tells_of_another",
]
