"""Who is meant where a sentence does not say it: whom the text speaks for, and whom it has just spoken of."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING

from ssrgraph.extraction.claims.destinations import HOLDERS
from ssrgraph.extraction.claims.headings import headlines
from ssrgraph.extraction.claims.scopes import Scope, scope_of
from ssrgraph.extraction.claims.states import is_state, state_of
from ssrgraph.extraction.claims.transfers import Transfer, transfer_of
from ssrgraph.extraction.clauses import grammar, holding_mentions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence

_LOOK_BACK = 3  # sentences


def receivers_before(
    analysis: Analysis, scope: Scope, givers: Iterable[str], classes: Mapping[str, Iterable[str]]
) -> tuple[Mention, ...]:
    """Return to whom the same giver gives in the sentences before, within the paragraph: the talk is still of them."""
    states = {state_of(analysis, each) or each for each in givers}
    place = analysis.place_of(scope.sentence)
    for sentence in reversed(analysis.sentences[max(0, place - _LOOK_BACK) : place]):
        if sentence.block != scope.sentence.block:
            break
        before = main_scope(sentence)
        transfer = transfer_of(analysis, before, classes) if before is not None else Transfer()
        same = {state_of(analysis, m.entity) or m.entity for m in transfer.givers} & states
        others = tuple(m for m in transfer.receivers if m.entity not in states)
        if same and others:
            return others
    return ()


def giver_before(analysis: Analysis, scope: Scope, classes: Mapping[str, Iterable[str]]) -> Transfer:
    """Return the transfer that the sentence before, in the same paragraph, tells of, where this one names no body."""
    place = analysis.place_of(scope.sentence)
    before = analysis.sentences[place - 1] if place else None
    named = [m for m in analysis.mentions_in(scope.sentence.span) if m.kind in HOLDERS]
    if before is None or before.block != scope.sentence.block or named:
        return Transfer()
    main = main_scope(before)
    return transfer_of(analysis, main, classes) if main is not None else Transfer()


def main_scope(sentence: Sentence) -> Scope | None:
    """Return the scope of what a sentence's main verb is about: its first object, or the verb itself."""
    root = sentence.parsed.root
    objects = [token for token in root.children if token.dep_ == "dobj"]
    return scope_of(sentence, sentence.token_span(objects[0] if objects else root))


def principal(analysis: Analysis, scope: Scope, *, but: Iterable[str] = ()) -> Mention | None:
    """Return the state that a document mostly speaks of as acting, other than the given ones, or None.

    It stands for those who speak without naming their state: a president, "we", the Administration. The mention is the
    nearest one in front of the scope's value, else the first.
    """
    left_out = set(but)
    acting = analysis.once(acting_states)
    states = [state for state in acting if state not in left_out]
    if not states:
        return None
    named = mentions_of(analysis, max(states, key=lambda state: (acting[state], state)))
    before = bisect_right(named, scope.value.start, key=lambda m: m.span.end)
    return named[before - 1] if before else named[0] if named else None


def mentions_of(analysis: Analysis, entity_id: str) -> list[Mention]:
    """Return the mentions of an entity in order."""
    return analysis.once(_mentions_by_entity).get(entity_id, [])


def _mentions_by_entity(analysis: Analysis) -> dict[str, list[Mention]]:
    found: dict[str, list[Mention]] = {}
    for mention in analysis.mentions:
        found.setdefault(mention.entity, []).append(mention)
    return found


def acting_states(analysis: Analysis) -> Counter[str]:
    """Return how often the states, and those who belong to them, are subjects."""
    acting: Counter[str] = Counter()
    for sentence in analysis.sentences:
        subjects = [token for token in sentence.tokens if token.dep_ in grammar.SUBJECTS]
        for mention in holding_mentions(analysis, sentence, subjects, adjectives=True):
            state = state_of(analysis, mention.entity)
            if state is not None:
                acting[state] += 1
    return acting


def title_state(analysis: Analysis, giving: Iterable[str]) -> Mention | None:
    """Return the state that the document's title, or a headline below it, names beside that of who gives.

    The first line that names one other state counts; one that names several leaves it open.
    """
    givers = list(giving)
    if not givers:
        return None
    own = {*givers, *(state_of(analysis, each) for each in givers)}
    title = analysis.document.title
    lines = [*([title] if title is not None else []), *(block.span for block in analysis.once(headlines))]
    for line in lines:
        named = [m for m in analysis.mentions_in(line, nested=True) if is_state(analysis, m)]
        others = {m.entity: m for m in reversed(named) if m.entity not in own}
        if others:
            return next(iter(others.values())) if len(others) == 1 else None
    return None
