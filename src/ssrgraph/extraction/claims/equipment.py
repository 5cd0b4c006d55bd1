"""Materiel that is given, sold or delivered: what, how many, by whom and to whom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.materiel import Item, item_groups
from ssrgraph.extraction.claims.scopes import Scope, period_of, scope_of
from ssrgraph.extraction.claims.transfers import Transfer, is_state, principal, state_of, title_state, transfer_of
from ssrgraph.extraction.clauses import Clause, Role, clauses_of, describing_clauses, grammar, status_of, status_of_token
from ssrgraph.extraction.lexicon import load_lexicon
from ssrgraph.extraction.model import Equipment, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spacy.tokens import Token

    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence

_TABLE = "equipment"
_SURE, _LIKELY, _FAINT = 0.85, 0.75, 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """Who gives and receives, as another sentence says it: a list's lead, or the sentence before."""

    givers: tuple[Mention, ...] = ()
    receivers: tuple[Mention, ...] = ()
    programme: Mention | None = None
    spoken: bool = False


def read_equipment(analysis: Analysis) -> Iterator[Equipment | Rejected]:
    """Yield the materiel that changes hands, and the materiel that does not with the reason."""
    for sentence in analysis.body():
        groups = item_groups(analysis, sentence)
        spans = [Span(group[0].quote.start, group[-1].quote.end) for group in groups]
        given: Scope | None = None
        for group, span in zip(groups, spans, strict=True):
            scope = scope_of(sentence, span, spans)
            if scope is None:
                continue
            reason = _reason(analysis, scope, group)
            if reason is not None and given is not None and _in_brackets(analysis, group[0]):
                scope, reason = given, None  # "16 helicopters (8 Hueys)": given as those in front are
            given = scope if reason is None else given
            yield from _read_group(analysis, scope, group, reason)


def _in_brackets(analysis: Analysis, item: Item) -> bool:
    return analysis.text[: item.quote.start].rstrip().endswith("(")


def _read_group(
    analysis: Analysis, scope: Scope, group: tuple[Item, ...], reason: str | None
) -> Iterator[Equipment | Rejected]:
    standing = status_of(analysis, scope.sentence, scope.value)
    reason = reason or standing.doubt
    if reason is not None:
        yield from (Rejected(table=_TABLE, reason=reason, quote=item.quote) for item in group)
        return
    for item in _phrases(analysis, scope.sentence, group):
        if item.specific or item.quantity is not None:
            yield _claim(analysis, scope, item)
        else:
            yield Rejected(table=_TABLE, reason="no kind of materiel", quote=item.quote)


def _phrases(analysis: Analysis, sentence: Sentence, group: tuple[Item, ...]) -> Iterator[Item]:
    """Yield the items of a list; a part between semicolons that ends in generalities stays one phrase."""
    text = sentence.span.of(analysis.text)
    if ";" not in text:
        yield from group
        return
    joint: Item | None = None
    for item in group:
        if joint is not None and item.span.end <= joint.span.end:
            continue
        part = _part(analysis, sentence, item)
        inside = [each for each in group if part.covers(each.span)]
        general = any(not each.specific for each in inside) and all(each.quantity is None for each in inside)
        if len(inside) > 1 and general and item is inside[0]:
            joint = replace(item, span=part, quote=part, specific=True)
            yield joint
        else:
            yield item


def _part(analysis: Analysis, sentence: Sentence, item: Item) -> Span:
    """Return the part between semicolons from an item on."""
    end = analysis.text.find(";", item.span.end, sentence.span.end)
    end = sentence.span.end if end < 0 else end
    return Span(item.span.start, item.span.start + len(analysis.text[item.span.start : end].rstrip(" .")))


# ---- whether it changes hands


def _reason(analysis: Analysis, scope: Scope, group: tuple[Item, ...]) -> str | None:
    if _behind_receiver(analysis, scope):
        return None
    verdict = _verdict(analysis, scope, _root(scope, group[0]))
    if verdict == "unknown" and len(group) > 1:
        verdict = _verdict(analysis, scope, _root(scope, group[1]))
    if verdict == "given":
        return None
    if verdict == "unknown" and _under_lead(analysis, scope.sentence):
        return None
    return "not given" if verdict == "kept" else "nobody gives it"


def _root(scope: Scope, item: Item) -> Token:
    return grammar.root_of(scope.sentence.tokens_in(item.span)) if scope.sentence.tokens_in(item.span) else item.head


def _behind_receiver(analysis: Analysis, scope: Scope) -> bool:
    """Recognize "transfer to the Philippines two vessels", which the parse takes for vessels of the Philippines."""
    before = [t for t in scope.sentence.parsed if scope.sentence.token_span(t).end <= scope.value.start]
    named = analysis.mention_at(scope.sentence.token_span(before[-1]).start) if before else None
    if named is None:
        return False
    front = [t for t in before if scope.sentence.token_span(t).end <= named.span.start and t.pos_ != "DET"]
    to = bool(front) and front[-1].lower_ == "to"
    return to and len(front) > 1 and front[-2].lemma_.lower() in _verbs()["give"] - _listed("soft")


def _verdict(analysis: Analysis, scope: Scope, head: Token) -> str:
    """Say whether a noun's materiel is "given", "kept" (used, owned, destroyed, only spoken of), or "unknown"."""
    sentence = scope.sentence
    for clause in describing_clauses(head):
        if clause.lemma in _verbs()["give"] and clause.lemma not in _listed("soft"):
            return "given"
        if clause.lemma in _verbs()["receive"] and clause.passive:
            return "given"
    listed = _list_verb(sentence, scope.value)
    if listed is not None:
        return _carried(analysis, sentence, listed)
    path = _path(head)
    if path is not None:
        return path
    span = sentence.token_span(head)
    for clause in clauses_of(sentence, span):
        verdict = _of_clause(analysis, scope, clause)
        if verdict is not None:
            return verdict
    return "unknown"


def _path(head: Token) -> str | None:
    """Follow the nouns above an item up to the verb: "the delivery of boats" gives, "training on boats" does not."""
    words = load_lexicon(_TABLE)["words"]
    below = head
    for above in head.ancestors:
        if grammar.is_verb(above):
            return None
        lemma = above.lemma_.lower()
        if above.pos_ == "ADP":
            below = above
            continue
        if below.lower_ == "with" and above.i < below.i and lemma not in words["moving"]:
            continue  # "equip brigades with radios": of the verb, whatever the parse says
        if lemma in words["moving"] and below.dep_ in {"prep", "compound", "nmod", "appos"}:
            if below.pos_ != "ADP" or below.lower_ in {"of", "in", "for", "including", "with", "like", "as"}:
                return "given"
        holder = lemma in words["holders"] or lemma in words["units"] or above.pos_ in {"NUM", "SYM"}
        coordinated = below.dep_ in {"conj", "appos"}
        if not holder and not coordinated and not (below.pos_ == "ADP" and below.lower_ in {"including", "like", "as"}):
            return "kept" if below.pos_ == "ADP" or below.dep_ in {"compound", "nmod", "poss"} else None
        below = above
    return None


def _of_clause(analysis: Analysis, scope: Scope, clause: Clause) -> str | None:
    lemma, verbs = clause.lemma, _verbs()
    if lemma in verbs["other"]:
        return "kept"
    if clause.noun:
        return "given" if lemma in verbs["give"] or lemma in verbs["receive"] else None
    if lemma in _listed("arrive") and clause.role in {Role.SUBJECT, Role.OBJECT}:
        return "given"
    if lemma in verbs["receive"] or lemma in verbs["request"]:
        return "given" if clause.role in {Role.OBJECT, Role.PREPOSITION} else None
    if lemma in verbs["give"]:
        return _of_giving(analysis, scope, clause)
    if lemma in verbs["carry"]:
        return _carried(analysis, scope.sentence, clause.predicate)
    return None


def _of_giving(analysis: Analysis, scope: Scope, clause: Clause) -> str | None:
    above = next((t for t in scope.root.ancestors if t.pos_ == "ADP" or grammar.is_verb(t)), None)
    with_it = above is not None and above.lower_ == "with"
    thing = clause.role is Role.OBJECT or with_it
    if clause.lemma in _listed("soft"):
        return "given" if with_it or (clause.receivers and clause.role is Role.OBJECT) else "kept"
    if not thing and clause.via is not None and clause.via.word not in {"of", "in"}:
        return "kept"
    if clause.role in {Role.SUBJECT, Role.RECEIVER}:
        return "kept"
    if clause.lemma in _listed("weak"):
        found = transfer_of(analysis, scope, _verbs())
        return "given" if found.receivers or found.givers else "kept"
    return "given"


def _list_verb(sentence: Sentence, span: Span) -> Token | None:
    """Return "include" or its like right in front of a list."""
    before = [t for t in sentence.parsed if sentence.token_span(t).end <= span.start]
    while before and (before[-1].text in {":", ",", "-"} or before[-1].pos_ == "DET" or before[-1].lower_ == "of"):
        before = before[:-1]
    if before and before[-1].lemma_.lower() in {"include", "comprise", "consist", "contain", "feature"}:
        return before[-1]
    return None


def _carried(analysis: Analysis, sentence: Sentence, verb: Token) -> str:
    """Judge "X includes boats" by X: a package, sales, "these"; not a fleet or an army."""
    if verb.lower_ == "including":
        return "unknown"
    front = [t for t in sentence.parsed if t.i < verb.i]
    moving = frozenset(load_lexicon(_TABLE)["words"]["moving"])
    lemmas = {token.lemma_.lower() for token in front}
    if lemmas & moving or any(t.tag_ in {"VBN", "VBD"} and t.lemma_.lower() in _verbs()["give"] for t in front):
        return "given"
    subjects = {token.lower_ for token in grammar.subjects_of(verb)}
    back = {"these", "this", "they", "it", "those"}
    if subjects & back or not front:
        return "given" if _gives(analysis, _before(analysis, sentence)) else "unknown"
    return "kept"


def _under_lead(analysis: Analysis, sentence: Sentence) -> bool:
    """Say whether a list's lead speaks of giving: "The package includes:", "Delivered so far:"."""
    return any(_gives(analysis, lead) for lead in analysis.lead_of(sentence))


def _gives(analysis: Analysis, sentence: Sentence | None) -> bool:
    if sentence is None:
        return False
    moving = frozenset(load_lexicon(_TABLE)["words"]["moving"])
    giving = (_verbs()["give"] | _verbs()["receive"]) - _listed("soft")
    return any(
        token.lemma_.lower() in moving or (token.pos_ == "VERB" and token.lemma_.lower() in giving)
        for token in sentence.parsed
    )


# ---- the slots


def _claim(analysis: Analysis, scope: Scope, item: Item) -> Equipment:
    words: dict[str, Span] = {"item": item.span}
    transfer = transfer_of(analysis, scope, _verbs())
    source = _source(analysis, scope, transfer)
    programme = _programme(analysis, scope) or source.programme
    provider, recipient = _parties(analysis, transfer, source, words)
    standing = status_of(analysis, scope.sentence, item.span)
    period = period_of(analysis, scope)
    if period is not None:
        words["from_" if period.from_ else "to"] = period.span
    if programme is not None:
        words["programme"] = programme.span
    if standing.trigger is not None:
        words["status"] = standing.trigger
    quantity = item.quantity
    return Equipment(
        quote=item.quote,
        passage=_passage(scope.sentence, words),
        words=words,
        confidence=_SURE if provider and recipient else _LIKELY if provider or recipient else _FAINT,
        rule=f"equipment-{next((kind for kind in transfer.kinds if kind), 'list')}",
        provider=provider,
        recipient=recipient,
        item=analysis.words(item.span),
        value=quantity.value if quantity is not None else item.value,
        bound=quantity.bound if quantity is not None else None,
        programme=(programme.entity,) if programme is not None else (),
        status="planned" if standing.planned or _still_to_come(scope, item) else "provided",
        from_=period.from_ if period else None,
        to=period.to if period else None,
    )


def _still_to_come(scope: Scope, item: Item) -> bool:
    """Say whether a description says so: "20 vehicles, which are to arrive in May"."""
    described = describing_clauses(_root(scope, item))
    return any(status_of_token(scope.sentence, c.predicate).planned for c in described if c.predicate.dep_ == "relcl")


def _passage(sentence: Sentence, words: Mapping[str, Span]) -> Span:
    spans = [sentence.span, *words.values()]
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _parties(
    analysis: Analysis, transfer: Transfer, source: _Source, words: dict[str, Span]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    givers = transfer.givers or source.givers
    receivers = transfer.receivers or source.receivers
    if givers:
        words["provider"] = givers[0].span
    provider = tuple(dict.fromkeys(mention.entity for mention in givers))
    receivers = tuple(m for m in receivers if m.entity not in provider)
    if receivers:
        words["recipient"] = receivers[0].span
    recipient = tuple(dict.fromkeys(mention.entity for mention in receivers))
    if not provider and (transfer.spoken or source.spoken):
        own = [*recipient, *(state for each in recipient if (state := state_of(analysis, each)))]
        state = principal(analysis, but=own)
        provider = (state,) if state else ()
    if not recipient and provider and source.spoken:
        state = title_state(analysis, provider)
        recipient = (state,) if state else ()
    return provider, recipient


def _source(analysis: Analysis, scope: Scope, transfer: Transfer) -> _Source:
    """Return what the lead of a list, or the sentence that "these" refers to, says of giver and receiver."""
    leads = analysis.lead_of(scope.sentence)
    if leads:
        found = [_spoken_source(analysis, lead) for lead in reversed(leads)]
        before = _before(analysis, leads[0]) if _gives(analysis, leads[-1]) else None
        if before is not None:
            found.append(_spoken_source(analysis, before))
        return _merged(found, spoken=before is not None)
    if transfer.givers and transfer.receivers:
        return _Source()
    if "carry" in transfer.kinds[:1] or not transfer.kinds or _refers_back(scope):
        before = _before(analysis, scope.sentence)
        return _merged([_spoken_source(analysis, before)] if before is not None else [], spoken=True)
    return _Source()


def _refers_back(scope: Scope) -> bool:
    """Say whether a sentence begins with what the one before it told of: "This funding was used to equip"."""
    first = next((t for t in scope.sentence.parsed if not t.is_punct), None)
    return first is not None and first.lower_ in {"this", "these", "it", "they", "such", "those"}


def _merged(found: list[_Source], *, spoken: bool) -> _Source:
    return _Source(
        givers=next((each.givers for each in found if each.givers), ()),
        receivers=next((each.receivers for each in found if each.receivers), ()),
        programme=next((each.programme for each in found if each.programme is not None), None),
        spoken=spoken,
    )


def _spoken_source(analysis: Analysis, sentence: Sentence) -> _Source:
    root = sentence.parsed.root
    inner = [t for t in sentence.parsed if t.dep_ == "dobj" and t.head.i == root.i]
    scope = scope_of(sentence, sentence.token_span(inner[0] if inner else root))
    if scope is None:
        return _Source()
    transfer = transfer_of(analysis, scope, _verbs())
    states = [m for m in analysis.mentions_in(sentence.span) if is_state(analysis, m)]
    if not any(grammar.is_verb(t) for t in sentence.parsed) and len(states) == 1 and not transfer.givers:
        return _Source(receivers=(states[0],))  # a heading of a part: "Costa Rica:"
    return _Source(givers=transfer.givers, receivers=transfer.receivers, programme=_programme(analysis, scope))


def _before(analysis: Analysis, sentence: Sentence) -> Sentence | None:
    """Return the sentence in front of one."""
    place = analysis.sentences.index(sentence)
    return analysis.sentences[place - 1] if place else None


def _programme(analysis: Analysis, scope: Scope) -> Mention | None:
    named = [m for m in analysis.mentions_in(scope.sentence.span) if m.kind is EntityKind.PROGRAMME]
    near = scope.nearest(named, lambda mention: mention.span)
    return near[0] if near else None


@cache
def _verbs() -> Mapping[str, frozenset[str]]:
    verbs = load_lexicon(_TABLE)["verbs"]
    return {name: frozenset(verbs[name]) for name in ("hold", "receive", "request", "give", "carry", "other")}


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(load_lexicon(_TABLE)["verbs"][name])
