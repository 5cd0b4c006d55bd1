"""Who gives and who receives materiel by the order of the words: lists in kind, "gifted Kenya trucks", "arrived in"."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.destinations import HOLDERS
from ssrgraph.extraction.claims.handover import equipment_verbs, listed_verbs
from ssrgraph.extraction.claims.states import is_state
from ssrgraph.extraction.clauses import grammar
from ssrgraph.extraction.lexicon import load_lexicon
from ssrgraph.extraction.model import Bound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence
    from ssrgraph.extraction.claims.scopes import Scope
    from ssrgraph.extraction.claims.transfers import Transfer
    from ssrgraph.extraction.model import Equipment

_LABEL = re.compile(r"\W{0,4}(?i:to|for)\s[^:;.]{2,80}:\s*")
_SHARE = re.compile(r"\s?\((\d{1,4})\)")


def arrived(analysis: Analysis, scope: Scope, transfer: Transfer) -> tuple[Mention, ...]:
    """Return where materiel has arrived, if that is a state."""
    if not listed_verbs("arrive") & set(transfer.verbs):
        return ()
    phrases = [p for p in grammar.phrases_in(scope.sentence.tokens) if p.word in {"in", "at"}]
    for phrase in scope.nearest(phrases, lambda p: scope.sentence.token_span(p.preposition)):
        mention = analysis.mention_at(scope.sentence.token_span(phrase.objects[0]).start)
        if mention is not None and is_state(analysis, mention):
            return (mention,)
    return ()


def in_kind(analysis: Analysis, scope: Scope) -> tuple[Mention, ...]:
    """Return who gives in kind by a line of a list: "Rotary Foundation (in kind: 3 ambulances)"."""
    front = scope.front.of(analysis.text)
    if "in kind" not in front.lower():
        return ()
    return tuple(m for m in analysis.mentions_in(scope.front) if m.kind is EntityKind.ORGANIZATION)[:1]


def between(analysis: Analysis, scope: Scope) -> tuple[Mention, ...]:
    """Return the name between a verb of giving and what it gives: "gifted Kenya 20 trucks"."""
    end = len(analysis.text[: scope.value.start].rstrip())
    named = next((m for m in analysis.mentions_in(scope.front) if m.span.end == end and m.form != "adjective"), None)
    if named is None or named.kind is not EntityKind.ORGANIZATION:
        return ()
    before = scope.sentence.tokens_in(Span(scope.front.start, named.span.start))
    before = [token for token in before if token.pos_ != "DET"]
    gives = bool(before) and before[-1].lemma_.lower() in equipment_verbs()["give"] and grammar.is_verb(before[-1])
    return (named,) if gives else ()


def labelled_receiver(analysis: Analysis, scope: Scope) -> tuple[Mention, ...]:
    """Return who receives by the label of a list's item: "a) to the Republic of Senegal: 10 vehicles"."""
    front = analysis.text[scope.sentence.span.start : scope.value.start]
    match = _LABEL.match(front)
    if match is None:
        return ()
    label = Span(scope.sentence.span.start, scope.sentence.span.start + match.end())
    return tuple(m for m in analysis.mentions_in(label) if m.kind in HOLDERS and m.form != "adjective")[:1]


def _shares(analysis: Analysis, sentence: Sentence, start: int) -> list[tuple[Mention, Decimal, Span]]:
    """Return who got how many behind a kind of materiel: "boats to Palau (4), Fiji (2) and Tonga (2)"."""
    found = []
    for mention in analysis.mentions_in(Span(start, sentence.span.end)):
        match = _SHARE.match(analysis.text, mention.span.end, sentence.span.end)
        if match is not None and mention.kind in HOLDERS and mention.form != "adjective":
            found.append((mention, Decimal(match[1]), Span(mention.span.start, match.end())))
    return found if len(found) > 1 else []


def shared_out(analysis: Analysis, scope: Scope, claim: Equipment) -> Iterator[Equipment]:
    """Yield a claim, or one for each of those among whom its materiel is shared out."""
    parts = _shares(analysis, scope.sentence, claim.quote.end) if claim.value is None else []
    for mention, value, span in parts:
        words = {**claim.words, "recipient": mention.span}
        yield replace(claim, quote=span, words=words, recipient=(mention.entity,), value=value, bound=Bound.EXACT)
    if not parts:
        yield claim


def allows_sale(scope: Scope, transfer: Transfer) -> bool:
    """Say whether who acts only allows a sale: "the agency notified Congress of a possible sale of"."""
    lexicon = load_lexicon("funding")
    allows = bool(frozenset(transfer.verbs) & frozenset(lexicon["verbs"]["allow"]))
    return allows and any(t.lower_ in {"sale", "sales", "sell", "export", "exports"} for t in scope.sentence.tokens)
