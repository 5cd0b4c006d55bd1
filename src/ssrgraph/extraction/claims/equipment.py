"""Materiel that is given, sold or delivered: what, how many, by whom and to whom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.bought import bought_with, equipment_of
from ssrgraph.extraction.claims.context import main_scope, receivers_before, title_state
from ssrgraph.extraction.claims.destinations import to_unnamed
from ssrgraph.extraction.claims.elided import with_elided
from ssrgraph.extraction.claims.equipment_meant import completed
from ssrgraph.extraction.claims.equipment_sides import (
    allows_sale,
    arrived,
    between,
    in_kind,
    labelled_receiver,
    shared_out,
)
from ssrgraph.extraction.claims.following import programme_meant, speaks_of_money
from ssrgraph.extraction.claims.genre import is_notice_of_sale
from ssrgraph.extraction.claims.giving_phrases import follows_with
from ssrgraph.extraction.claims.handing import is_to_be_given
from ssrgraph.extraction.claims.handover import (
    UNSAID,
    commissions,
    equipment_verbs,
    giving_over,
    is_giving,
    is_listed,
    is_on_order,
    listed_verbs,
    parties_over,
    reason_against,
    sentence_before,
    verb_in_front,
)
from ssrgraph.extraction.claims.item_parts import exemplifies, in_brackets, is_part, is_served, phrases_of
from ssrgraph.extraction.claims.materiel import Item, item_groups
from ssrgraph.extraction.claims.materiel_nouns import generic_names
from ssrgraph.extraction.claims.nouns import word_set
from ssrgraph.extraction.claims.permission import is_law, may_be_given
from ssrgraph.extraction.claims.scopes import Scope, is_deadline, passage_of, period_of, scope_of
from ssrgraph.extraction.claims.states import is_state, seller_of, state_of
from ssrgraph.extraction.claims.transfers import Transfer, transfer_of
from ssrgraph.extraction.claims.understood import giving_state
from ssrgraph.extraction.clauses import (
    Standing,
    grammar,
    holding_mentions,
    status_of,
    status_of_token,
)
from ssrgraph.extraction.model import Equipment, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence
    from ssrgraph.extraction.model import Funding

_TABLE = "equipment"
_DUE = frozenset({"due", "outstanding"})
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
    yield from completed(analysis, list(_read_all(analysis)))


def _read_all(analysis: Analysis) -> Iterator[Equipment | Rejected]:
    """Yield what each sentence says of materiel by itself and by those right around it."""
    for sentence in analysis.body():
        groups = analysis.once(_groups_of, sentence.span)
        spans = [Span(group[0].quote.start, group[-1].quote.end) for group in groups]
        given: Scope | None = None
        former: Item | None = None
        for group, span in zip(groups, spans, strict=True):
            scope = scope_of(sentence, span, spans)
            if scope is None:
                continue
            served = former is not None and is_served(analysis, former, group[0])
            former = group[-1]
            if served:
                yield from (Rejected(table=_TABLE, reason="not given", quote=item.quote) for item in group)
                continue
            if group[0].ordinal is not None:
                scope = replace(scope, root=group[0].ordinal)
            if given is not None and in_brackets(analysis, group[0]):
                yield from _read_group(analysis, given, group, None)  # "12 boats (4 Zodiacs)": given as those are
                continue
            if given is not None and exemplifies(analysis, given, group[0]):
                yield from _read_group(analysis, given, group, None)  # "340 vehicles, among them 87 armoured ones"
                continue
            reason = reason_against(analysis, scope, group)
            anchor = verb_in_front(scope) if reason == UNSAID else None
            if anchor is not None:
                scope, reason = replace(scope, root=anchor), None
            given = scope if reason is None else given
            paid = bought_with(analysis, group) if reason is not None else None
            if paid is not None:
                yield from _read_bought(analysis, paid, group)
                continue
            yield from _read_group(analysis, scope, group, reason)


def _read_bought(analysis: Analysis, paid: Funding, group: tuple[Item, ...]) -> Iterator[Equipment | Rejected]:
    for item in group:
        if item.quantity is not None or (item.specific and item.kind != "loose" and paid.recipient):
            yield equipment_of(analysis, paid, item)
        else:
            yield Rejected(table=_TABLE, reason="no kind of materiel", quote=item.quote)


def _read_group(
    analysis: Analysis, scope: Scope, group: tuple[Item, ...], reason: str | None
) -> Iterator[Equipment | Rejected]:
    standing = _standing(analysis, scope)
    allowed = may_be_given(standing, scope.root) and analysis.once(is_law)
    reason = reason or (None if allowed else standing.doubt)
    if reason is not None:
        yield from (Rejected(table=_TABLE, reason=reason, quote=item.quote) for item in group)
        return
    for item in phrases_of(analysis, scope.sentence, group):
        named = item is not group[0] and in_brackets(analysis, item)
        if item.quantity is None and (named or is_part(analysis, scope.sentence, group, item)):
            yield Rejected(table=_TABLE, reason="named before", quote=item.quote)
        elif item.quantity is None and analysis.words(item.span).lower() in generic_names():
            yield Rejected(table=_TABLE, reason="no kind of materiel", quote=item.quote)
        elif item.specific or item.quantity is not None:
            claim = _claim(analysis, scope, item)
            counted = group[0].quantity is not None and item is not group[0]  # "12 kits, laptops and a printer"
            nobody = (
                claim.value is None
                and not counted
                and giving_over(analysis, scope.sentence) is None
                and not claim.recipient
                and (not claim.provider or to_unnamed(scope))
            )
            if nobody:
                yield Rejected(table=_TABLE, reason=UNSAID, quote=item.quote)
            else:
                yield from shared_out(analysis, scope, claim)
        else:
            yield Rejected(table=_TABLE, reason="no kind of materiel", quote=item.quote)


def _standing(analysis: Analysis, scope: Scope) -> Standing:
    if scope.value.covers(scope.sentence.token_span(scope.root)):
        return status_of(analysis, scope.sentence, scope.value)
    return status_of_token(scope.sentence, scope.root)


def _claim(analysis: Analysis, scope: Scope, item: Item) -> Equipment:
    words: dict[str, Span] = {"item": item.span}
    transfer = _of_others(analysis, scope, transfer_of(analysis, scope, equipment_verbs()))
    transfer = _bought(analysis, scope, _shared(analysis, scope, transfer))
    source = _source(analysis, scope, transfer)
    programme = _programme(analysis, scope) or source.programme or _drawn_from(analysis, scope)
    provider, recipient = _parties(analysis, scope, transfer, source, words)
    standing = _standing(analysis, scope)
    period = period_of(analysis, scope)
    if period is not None:
        words["from_" if period.from_ else "to"] = period.span
    if programme is not None:
        words["programme"] = programme.span
    if standing.trigger is not None:
        words["status"] = standing.trigger
    quantity = item.quantity
    ahead = (
        is_on_order(analysis, item.span.end)
        or _still_to_come(scope, item)
        or is_to_be_given(scope.sentence, (item,))
        or (period is not None and is_deadline(analysis, period))
        or analysis.once(is_notice_of_sale)
    )
    return Equipment(
        quote=item.quote,
        passage=passage_of(scope.sentence, words),
        words=words,
        confidence=_SURE if provider and recipient else _LIKELY if provider or recipient else _FAINT,
        rule=f"equipment-{next((kind for kind in transfer.kinds if kind), 'list')}",
        provider=provider,
        recipient=recipient,
        item=analysis.words(item.span),
        value=quantity.value if quantity is not None else item.value,
        bound=quantity.bound if quantity is not None else None,
        programme=(programme.entity,) if programme is not None else (),
        status="planned"
        if standing.planned or standing.doubt is not None or ahead or _planned_above(analysis, scope, standing)
        else "provided",
        from_=period.from_ if period else None,
        to=period.to if period else None,
    )


def _shared(analysis: Analysis, scope: Scope, transfer: Transfer) -> Transfer:
    """Take the receiver of the same verb in front: "gave two boats to Fiji and gave a third in May"."""
    verb = next((t for t in scope.root.ancestors if grammar.is_verb(t)), None)
    former = grammar.first_conjunct(verb) if verb is not None else None
    if transfer.receivers or verb is None or former is None or former is verb:
        return transfer
    if former.lemma_ != verb.lemma_ and not follows_with(verb):
        return transfer
    objects = [child for child in former.children if child.dep_ == "dobj"]
    other = scope_of(scope.sentence, scope.sentence.token_span(objects[0])) if objects else None
    return replace(transfer, receivers=transfer_of(analysis, other, equipment_verbs()).receivers) if other else transfer


def _drawn_from(analysis: Analysis, scope: Scope) -> Mention | None:
    """Return the fund whose money buys it: "the funding, drawn from the Security Fund, will pay for radios"."""
    verb = speaks_of_money(scope.sentence)
    if verb is None:
        return None
    front = Span(scope.sentence.span.start, scope.sentence.token_span(verb).start)
    named = [m for m in analysis.mentions_in(front) if m.kind is EntityKind.PROGRAMME]
    before = sentence_before(analysis, scope.sentence)
    if named or before is None:
        return named[0] if named else None
    return programme_meant(analysis, before, before.span)


def _of_others(analysis: Analysis, scope: Scope, transfer: Transfer) -> Transfer:
    """Leave out names that are a part of the materiel's own: "20 FN MAG machine guns"."""
    items = [item.span for group in analysis.once(_groups_of, scope.sentence.span) for item in group]
    return replace(
        transfer,
        givers=tuple(m for m in transfer.givers if not any(span.covers(m.span) for span in items)),
        receivers=tuple(m for m in transfer.receivers if not any(span.covers(m.span) for span in items)),
    )


def _groups_of(analysis: Analysis, span: Span) -> tuple[tuple[Item, ...], ...]:
    """Return the materiel of the sentence at a place; to be asked for by `Analysis.once`."""
    sentence = analysis.sentence_at(span.start)
    return with_elided(analysis, sentence, item_groups(analysis, sentence)) if sentence is not None else ()


def _bought(analysis: Analysis, scope: Scope, transfer: Transfer) -> Transfer:
    """Turn giver and receiver of a contract round: "the army signed a contract with Patria for 40 trucks"."""
    front = [t.lower_ for t in scope.sentence.tokens_in(scope.front)]
    signed = bool({"sign", "conclude", "award"} & set(transfer.verbs))
    sale = bool(word_set(_TABLE, "words", "contracts") & set(front))
    awarded = "award" in transfer.verbs and sale and "for" in front and "by" in front
    if awarded and transfer.givers and not transfer.receivers:
        named = analysis.mentions_in(Span(scope.sentence.span.start, transfer.givers[0].span.start))
        winner = tuple(m for m in named if m.kind is EntityKind.ORGANIZATION and m.form != "adjective")[:1]
        return replace(transfer, givers=winner, receivers=transfer.givers)
    if signed and sale and front[-1:] == ["for"] and transfer.givers and {"with", "to"} & set(front):
        return replace(transfer, givers=transfer.receivers, receivers=transfer.givers)
    return transfer


def _planned_above(analysis: Analysis, scope: Scope, standing: Standing) -> bool:
    """Say whether the heading over a list says that it is still to come: "Support in planning"."""
    if standing.explicit or not is_listed(analysis, scope.sentence):
        return False
    above = giving_over(analysis, scope.sentence)
    return above is not None and any(t.lower_ in grammar.listed("words", "planning") for t in above.tokens)


def _still_to_come(scope: Scope, item: Item) -> bool:
    """Say whether a description says so: "20 vehicles, which are to arrive in May"."""
    behind = [t for t in scope.sentence.tokens if t.i > item.last and t.dep_ in {"relcl", "acl", "advcl"}]
    if any(t.lemma_.lower() == "deliver" and [c.lower_ for c in t.lefts][:2] == ["to", "be"] for t in behind):
        return True  # "two airlifters, to be delivered in May"
    due = next((t for t in scope.root.ancestors if grammar.is_verb(t)), None)
    if due is not None and any(c.dep_ == "acomp" and c.lower_ in _DUE for c in due.children):
        return True  # "eight robots are due in May"
    behind = [t for t in behind if t.dep_ == "relcl"]
    coming = listed_verbs("arrive") | {"deliver", "transfer", "hand"}
    expected = {"project", "expect", "schedule", "plan"}
    return any(
        t.lemma_.lower() in expected or (t.lemma_.lower() in coming and status_of_token(scope.sentence, t).planned)
        for t in behind
    )


def _parties(
    analysis: Analysis, scope: Scope, transfer: Transfer, source: _Source, words: dict[str, Span]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    givers = transfer.givers or source.givers or in_kind(analysis, scope)
    receivers = transfer.receivers or between(analysis, scope) or arrived(analysis, scope, transfer) or source.receivers
    receivers = labelled_receiver(analysis, scope) or receivers
    if not receivers and transfer.givers and commissions(scope):
        receivers = holding_mentions(analysis, scope.sentence, grammar.subjects_of(scope.sentence.parsed.root))
    if not receivers and is_on_order(analysis, scope.value.end):
        root = scope.sentence.parsed.root
        receivers = holding_mentions(analysis, scope.sentence, grammar.subjects_of(root))
    if givers:
        words["provider"] = givers[0].span
    provider = tuple(dict.fromkeys(mention.entity for mention in givers))
    if transfer.givers and allows_sale(scope, transfer):
        provider = tuple(dict.fromkeys(seller_of(analysis, each) for each in provider))
    receivers = tuple(m for m in receivers if m.entity not in provider)
    if receivers:
        words["recipient"] = receivers[0].span
    recipient = tuple(dict.fromkeys(mention.entity for mention in receivers))
    if not provider and (transfer.spoken or source.spoken):
        own = [*recipient, *(state for each in recipient if (state := state_of(analysis, each)))]
        meant = giving_state(analysis, scope, but=own)
        provider = _taken(words, "provider", (meant,) if meant is not None else ())
    if not recipient and provider:
        state_meant = title_state(analysis, provider)
        before = receivers_before(analysis, scope, provider, equipment_verbs())
        recipient = _taken(words, "recipient", before or ((state_meant,) if state_meant is not None else ()))
    if not provider and not recipient and is_listed(analysis, scope.sentence):
        over = parties_over(analysis, scope.sentence)
        provider, recipient = _taken(words, "provider", over[0]), _taken(words, "recipient", over[1])
    return provider, recipient


def _taken(words: dict[str, Span], slot: str, mentions: tuple[Mention, ...]) -> tuple[str, ...]:
    if mentions:
        words[slot] = mentions[0].span
    return tuple(dict.fromkeys(mention.entity for mention in mentions))


def _source(analysis: Analysis, scope: Scope, transfer: Transfer) -> _Source:
    """Return what the lead of a list, or the sentence that "these" refers to, says of giver and receiver."""
    leads = analysis.lead_of(scope.sentence)
    if leads:
        found = [_spoken_source(analysis, lead) for lead in reversed(leads)]
        before = sentence_before(analysis, leads[0]) if is_giving(leads[-1]) else None
        if before is not None:
            found.append(_spoken_source(analysis, before))
        return _merged(found, spoken=before is not None)
    if transfer.givers and transfer.receivers:
        return _Source()
    if "carry" in transfer.kinds[:1] or not transfer.kinds or _refers_back(scope):
        before = sentence_before(analysis, scope.sentence)
        return _merged([_spoken_source(analysis, before)] if before is not None else [], spoken=True)
    return _Source()


def _refers_back(scope: Scope) -> bool:
    """Say whether a sentence begins with what the one before it told of: "This funding was used to equip"."""
    first = next((t for t in scope.sentence.tokens if not t.is_punct), None)
    back = first is not None and first.lower_ in {"this", "these", "it", "they", "such", "those"}
    return back or speaks_of_money(scope.sentence) is not None


def _merged(found: list[_Source], *, spoken: bool) -> _Source:
    return _Source(
        givers=next((each.givers for each in found if each.givers), ()),
        receivers=next((each.receivers for each in found if each.receivers), ()),
        programme=next((each.programme for each in found if each.programme is not None), None),
        spoken=spoken,
    )


def _spoken_source(analysis: Analysis, sentence: Sentence) -> _Source:
    scope = main_scope(sentence)
    if scope is None:
        return _Source()
    transfer = transfer_of(analysis, scope, equipment_verbs())
    states = [m for m in analysis.mentions_in(sentence.span) if is_state(analysis, m)]
    if not any(grammar.is_verb(t) for t in sentence.tokens) and len(states) == 1 and not transfer.givers:
        return _Source(receivers=(states[0],))  # a heading of a part: "Costa Rica:"
    return _Source(givers=transfer.givers, receivers=transfer.receivers, programme=_programme(analysis, scope))


def _programme(analysis: Analysis, scope: Scope) -> Mention | None:
    named = [m for m in analysis.mentions_in(scope.sentence.span) if m.kind is EntityKind.PROGRAMME]
    near = scope.nearest(named, lambda mention: mention.span)
    return near[0] if near else None
