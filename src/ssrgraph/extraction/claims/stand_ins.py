"""Who acts under another name: a fund for the body that holds it, a capital for the government that sits there."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.states import state_of
from ssrgraph.extraction.clauses import antecedent, grammar, holding_mentions
from ssrgraph.extraction.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence
    from ssrgraph.extraction.claims.scopes import Scope


def acting_fund(analysis: Analysis, scope: Scope) -> Mention | None:
    """Return the programme that is the subject of the verb over a value: "the Peace Fund allotted $5 million"."""
    verb = next((t for t in scope.root.ancestors if grammar.is_verb(t)), None)
    if verb is None:
        return None
    funds = funds_in(analysis, scope.sentence, [c for c in verb.children if c.dep_ in grammar.SUBJECTS])
    return funds[0] if funds else None


def funds_in(analysis: Analysis, sentence: Sentence, tokens: Iterable[Token]) -> list[Mention]:
    """Return the programmes that some noun phrases name."""
    named = holding_mentions(analysis, sentence, tokens)
    return [m for m in named if m.kind is EntityKind.PROGRAMME and m.form == "name"]


def holders_of(analysis: Analysis, sentence: Sentence, tokens: Iterable[Token]) -> list[Mention]:
    """Return who holds the funds that some noun phrases name, if the text says it: "the EU, whose Peace Fund"."""
    found: list[Mention] = []
    for token in tokens:
        whose = next((c for c in token.children if c.lower_ == "whose"), None)
        if whose is not None:
            holder = antecedent(analysis, sentence, whose)
        else:
            front = next((c for c in token.children if c.dep_ == "poss"), None)  # "Norway's Peace Fund"
            holder = analysis.mention_at(sentence.token_span(front).start) if front is not None else None
        if holder is not None and holder.kind in {EntityKind.ORGANIZATION, EntityKind.MISSION}:
            found.append(holder)
    return found


def governing(analysis: Analysis, sentence: Sentence, tokens: Iterable[Token]) -> list[Mention]:
    """Return the states for which their capitals stand: "[Washington] has requested $5 million"."""
    found: list[Mention] = []
    for token in tokens:
        place = analysis.mention_at(sentence.token_span(token).start)
        if place is None or place.kind is not EntityKind.PLACE:
            continue
        known = analysis.reference.get(place.entity)
        if known is None or not known.state or place.span.of(analysis.text) not in _capitals():
            continue
        state = f"{EntityKind.ORGANIZATION}/{known.state.lower()}"
        if state in analysis.entities:
            found.append(replace(place, entity=state, kind=EntityKind.ORGANIZATION))
    return found


def is_legislature(analysis: Analysis, mention: Mention) -> bool:
    """Say whether a mention names a parliament: it votes and is notified, and receives nothing itself."""
    words = set(analysis.words(mention.span).lower().replace(",", " ").split())
    return bool(words & _legislatures())


def for_state(analysis: Analysis, mention: Mention) -> Mention:
    """Return a parliament's state where the document names it: what Congress appropriates the United States give."""
    state = state_of(analysis, mention.entity) if is_legislature(analysis, mention) else None
    return replace(mention, entity=state) if state is not None and state in analysis.entities else mention


@cache
def _legislatures() -> frozenset[str]:
    return frozenset(load_lexicon("funding")["words"]["legislatures"])


@cache
def _capitals() -> frozenset[str]:
    return frozenset(load_lexicon("funding")["words"]["capitals"])
