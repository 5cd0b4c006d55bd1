"""Who gives where a sentence says it of somebody: "Kenya recalled that it gave", "thanked Japan for the gift of"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.extraction.claims.destinations import HOLDERS, named_in
from ssrgraph.extraction.clauses import grammar
from ssrgraph.extraction.lexicon import any_of, load_lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

    from ssrgraph.extraction.analysis import Analysis, Mention
    from ssrgraph.extraction.claims.scopes import Scope
    from ssrgraph.extraction.clauses import Clause

_FAR = 90  # characters from a name to what it is thanked for


def who_says(analysis: Analysis, scope: Scope, clause: Clause) -> list[Mention]:
    """Return who is spoken of as "it" by the subject of the clause above.

    "Kenya recalled that it had delivered 16 boats and [it] spent $28 million"; "France keeps a base, for which it pays
    €2 million"; "the EU signed an agreement under which it will pay".
    """
    if not any(token.lower_ in {"it", "they"} for token in clause.agents):
        return []
    verb = clause.predicate
    while verb.dep_ == "conj" and grammar.is_verb(verb.head):
        verb = verb.head
    if not grammar.is_verb(verb.head) and not _behind_which(verb):
        return []
    above = next((t for t in verb.ancestors if grammar.is_verb(t)), None)
    if verb.dep_ not in {"ccomp", "advcl", "relcl"} or above is None:
        return []
    subjects = [t for t in grammar.subjects_of(above) if t.i < verb.i]
    return [m for m in named_in(analysis, scope.sentence, subjects) if m.kind in HOLDERS]


def _behind_which(verb: Token) -> bool:
    """Say whether a clause opens with "under which", "for which" or the like."""
    return any(t.lower_ == "which" and t.i > 0 and t.nbor(-1).pos_ == "ADP" for t in verb.subtree if t.i < verb.i)


def thanked(analysis: Analysis, scope: Scope) -> list[Mention]:
    """Return who is thanked for what is given: "its gratitude to Italy, for the donation of two boats"."""
    said = analysis.text[scope.front.start : scope.front.end]
    if _thanks().search(said) is None:
        return []
    named = [m for m in analysis.mentions_in(scope.front) if m.kind in HOLDERS and m.form != "adjective"]
    for mention in reversed(named):
        if scope.value.start - mention.span.end > _FAR:
            return []
        if _for_giving().match(analysis.words(Span(mention.span.end, scope.value.start))) is not None:
            return [mention]
    return []


@cache
def _thanks() -> re.Pattern[str]:
    return re.compile(rf"\b(?i:{any_of(load_lexicon('equipment')['words']['thanks'])})")


@cache
def _for_giving() -> re.Pattern[str]:
    """Match what stands between who is thanked and what was given: "for the provision of"."""
    lexicon = load_lexicon("equipment")["words"]
    nouns = any_of([*lexicon["handing"], *lexicon["thanked_nouns"]])
    verbs = any_of(lexicon["thanked_verbs"])
    article = r"(?:the |its |their |a )?(?:\w+ )?"
    return re.compile(
        rf"[,(\w)\s]{{0,12}}? ?for {article}"
        rf"(?:(?:{nouns})(?: (?:to|in|by) [^,;]{{2,40}})? of|{verbs})\b[^,;:.]{{0,30}}$"
    )
