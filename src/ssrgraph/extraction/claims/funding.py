"""Sums of money: who gives how much to whom, under which programme and for what."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.budget_tables import read_tables
from ssrgraph.extraction.claims.context import giver_before, receivers_before, title_state
from ssrgraph.extraction.claims.currencies import in_its_currency
from ssrgraph.extraction.claims.destinations import HOLDERS, to_unnamed
from ssrgraph.extraction.claims.following import part_of_former, programme_meant, with_following
from ssrgraph.extraction.claims.funding_meant import completed, flow_of
from ssrgraph.extraction.claims.genre import is_notice_of_sale
from ssrgraph.extraction.claims.lines import line_of, read_line
from ssrgraph.extraction.claims.purposes import purpose_of, verb_of_sum
from ssrgraph.extraction.claims.scopes import Scope, passage_of, period_of, scope_of
from ssrgraph.extraction.claims.stand_ins import acting_fund
from ssrgraph.extraction.claims.states import is_state, seller_of, state_of
from ssrgraph.extraction.claims.sums import Sum, carrying_words, is_permitted, is_set_by_law, modality_of
from ssrgraph.extraction.claims.transfers import transfer_of
from ssrgraph.extraction.claims.understood import giving_state, may_receive
from ssrgraph.extraction.clauses import grammar, lead_clause, status_of
from ssrgraph.extraction.lexicon import load_lexicon
from ssrgraph.extraction.model import Funding, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence
    from ssrgraph.extraction.claims.understood import Flow
    from ssrgraph.extraction.quantities import Quantity

_TABLE = "funding"
_SURE, _LIKELY, _FAINT = 0.9, 0.8, 0.6


def read_funding(analysis: Analysis) -> Iterator[Funding | Rejected]:
    """Yield the sums of money that somebody gives, lends, sells or pays, and those that are none with their reason."""
    yield from analysis.once(_read_document)


def funding_flows(analysis: Analysis) -> list[Flow]:
    """Return who gives and receives in a document's sums; to be asked for by `Analysis.once`."""
    return [flow_of(each) for each in analysis.once(funding_claims)]


def funding_claims(analysis: Analysis) -> list[Funding]:
    """Return the sums of a document that somebody gives; to be asked for by `Analysis.once`."""
    return [each for each in analysis.once(_read_document) if isinstance(each, Funding)]


def _read_document(analysis: Analysis) -> list[Funding | Rejected]:
    tables = list(read_tables(analysis))
    apart = [each for each in _read_all(analysis) if not any(each.quote.meets(row.quote) for row in tables)]
    found = completed(analysis, [*apart, *tables])
    claims: dict[tuple[object, ...], list[Funding]] = {}
    for each in found:
        if isinstance(each, Funding):
            claims.setdefault(_sum(each), []).append(each)
    return [
        Rejected(table=_TABLE, reason="said twice", quote=each.quote)
        if isinstance(each, Funding) and any(_tells_more(analysis, other, each) for other in claims[_sum(each)])
        else each
        for each in found
    ]


def _read_all(analysis: Analysis) -> list[Funding | Rejected]:
    """Return what each sum says by its own sentence, and the sentences right around it."""
    found: list[Funding | Rejected] = []
    former: Funding | None = None
    for sentence in analysis.body():
        sums = [quantity for quantity in analysis.quantities_in(sentence.span) if quantity.unit == "money"]
        for quantity in sums:
            read = _read(analysis, sentence, quantity, [each.span for each in sums])
            if isinstance(read, Funding):
                former = read = part_of_former(analysis, with_following(analysis, read, sentence), former, sentence)
            found.append(read)
    return found


def _sum(claim: Funding) -> tuple[object, ...]:
    return claim.amount, claim.amount_min, claim.currency


def _tells_more(analysis: Analysis, one: Funding, other: Funding) -> bool:
    """Say whether another claim is of the same sum and says more, or as much and earlier."""
    if one is other or _sum(one) != _sum(other):
        return False
    for mine, theirs in (
        (one.funder, other.funder),
        (one.recipient, other.recipient),
        (one.programme, other.programme),
    ):
        states = [{state_of(analysis, each) or each for each in side} for side in (mine, theirs)]
        if mine and theirs and not states[0] & states[1]:
            return False
    if (one.from_ and other.from_ and one.from_[:4] != other.from_[:4]) or one.passage == other.passage:
        return False
    filled = [sum(bool(v) for v in (c.funder, c.recipient, c.programme, c.from_, c.purpose)) for c in (one, other)]
    return filled[0] > filled[1] or (filled[0] == filled[1] and one.quote < other.quote)


def _read(analysis: Analysis, sentence: Sentence, quantity: Quantity, sums: list[Span]) -> Funding | Rejected:
    quantity = in_its_currency(analysis, sentence, quantity)
    scope = scope_of(sentence, quantity.span, sums)
    reason = _reason_before(analysis, quantity)
    if scope is None or reason is not None:
        return Rejected(table=_TABLE, reason=reason or "no clause", quote=quantity.span)
    line = line_of(analysis, sentence, quantity.span)
    if line is not None:
        return read_line(analysis, quantity, scope, line)
    transfer = transfer_of(analysis, scope, _verbs())
    found = Sum(
        quantity=quantity,
        scope=scope,
        transfer=transfer,
        standing=status_of(analysis, sentence, quantity.span),
        words=carrying_words(analysis, scope, transfer),
        programme=_programme(analysis, scope) or programme_meant(analysis, sentence, scope.front),
        purpose=purpose_of(analysis, scope),
    )
    reason = _reason(analysis, found)
    if reason is not None:
        return Rejected(table=_TABLE, reason=reason, quote=quantity.span)
    return _claim(analysis, found)


# ---- what is no funding


def _reason_before(analysis: Analysis, quantity: Quantity) -> str | None:
    if quantity.increase:
        return "change against a former value"
    if quantity.currency is None:
        return "unknown currency"
    if quantity.value is None and quantity.value_min is None:
        return "no number"
    behind = analysis.text[quantity.span.end : quantity.span.end + 20].lower().lstrip(" ,")
    if behind[:1] == "-" and behind[1:2].isalpha():
        return "identifier"  # "eight Yuan-class submarines"
    if any(behind.startswith(unit) for unit in load_lexicon(_TABLE)["words"]["unit"]):
        return "price of one"
    return "nothing given" if quantity.value == 0 else None


def _reason(analysis: Analysis, found: Sum) -> str | None:
    if found.standing.doubt is not None and not is_permitted(analysis, found):
        return found.standing.doubt
    nouns = load_lexicon(_TABLE)["nouns"]
    other = found.words & frozenset(nouns["other"])
    if found.words & frozenset(nouns["arms"]):
        other -= {"export", "exports", "import", "imports", "trade"}
    helps = found.words & frozenset(
        word for name in ("grant", "loan", "licence", "sale", "contribution") for word in nouns[name]
    )
    kinds = [kind for kind in found.transfer.kinds if kind]
    if other and not helps:
        return "no funding"
    if kinds and kinds[0] == "other" and not helps:
        return "no funding"
    spoken_of = helps or found.words & frozenset(nouns["open"])
    moved = any(kind in {"give", "receive", "request"} for kind in kinds)
    moved = moved or bool(frozenset(found.transfer.verbs) & frozenset(load_lexicon(_TABLE)["purpose"]["flowing"]))
    if found.programme is not None or moved or spoken_of or _listed(analysis, found) or is_set_by_law(found):
        return None
    return "nobody gives it"


def _listed(analysis: Analysis, found: Sum) -> bool:
    """Say whether the sum stands in a list whose lead speaks of giving."""
    lead = lead_clause(analysis, found.scope.sentence)
    return lead is not None and lead[1].lemma in {*_verbs()["give"], *_verbs()["receive"], *_verbs()["carry"]}


# ---- the slots


def _claim(analysis: Analysis, found: Sum) -> Funding:
    quantity = found.quantity
    words: dict[str, Span] = {}
    recipient = _recipient(analysis, found, found.transfer.giving, words)
    funder = _funder(analysis, found, recipient, words)
    if not recipient and funder and not to_unnamed(found.scope):
        recipient = _meant(analysis, found, funder, words)
    recipient = tuple(each for each in recipient if each not in funder)
    period = period_of(analysis, found.scope)
    if period is not None:
        words["from_" if period.from_ else "to"] = period.span
    if found.programme is not None:
        words["programme"] = found.programme.span
    if found.purpose is not None:
        words["purpose"] = found.purpose
    modality = modality_of(analysis, found)
    planned = found.standing.planned or is_permitted(analysis, found) or analysis.once(is_notice_of_sale)
    planned = planned and modality != "licence"
    if found.standing.trigger is not None:
        words["status"] = found.standing.trigger
    return Funding(
        quote=quantity.span,
        passage=passage_of(found.scope.sentence, words),
        words=words,
        confidence=_SURE if funder and recipient else _LIKELY if funder or recipient else _FAINT,
        rule=f"funding-{next((k for k in found.transfer.kinds if k), 'phrase')}",
        funder=funder,
        recipient=recipient,
        programme=(found.programme.entity,) if found.programme is not None else (),
        amount=quantity.value,
        amount_min=quantity.value_min,
        amount_max=quantity.value_max,
        currency=quantity.currency or "",
        bound=quantity.bound,
        modality=modality,
        status="planned" if planned else "provided",
        from_=period.from_ if period else None,
        to=period.to if period else None,
        purpose=analysis.words(found.purpose) if found.purpose else None,
        per=quantity.per,
    )


def _meant(analysis: Analysis, found: Sum, funder: tuple[str, ...], words: dict[str, Span]) -> tuple[str, ...]:
    """Return who receives by the sentences before or the title, where the sum's own sentence does not say it."""
    meant = receivers_before(analysis, found.scope, funder, _verbs())
    state = title_state(analysis, funder)
    if not meant and state is not None and may_receive(analysis, state.entity, found.quantity.currency or ""):
        meant = (state,)
    if meant:
        words["recipient"] = meant[0].span
    return tuple(dict.fromkeys(mention.entity for mention in meant))


def _funder(analysis: Analysis, found: Sum, recipient: tuple[str, ...], words: dict[str, Span]) -> tuple[str, ...]:
    givers = found.transfer.givers
    if not givers:
        givers = _givers_of_lead(analysis, found.scope.sentence)
    if givers:
        words["funder"] = givers[0].span
        named = tuple(dict.fromkeys(mention.entity for mention in givers))
        if modality_of(analysis, found) in {"sale", "licence"} and _allows(found):
            named = tuple(dict.fromkeys(seller_of(analysis, each) for each in named))
        if not all(_speaks_for_state(analysis, each) for each in named):
            return named
    if givers or found.transfer.spoken:
        own = [*recipient, *(state for each in recipient if (state := state_of(analysis, each)))]
        meant = giving_state(analysis, found.scope, but=own, only_dominant=True)
    else:
        meant = next(iter(giver_before(analysis, found.scope, _verbs()).givers), None)
        meant = meant or _counterpart(analysis, found, recipient)
    if meant is None:
        words.pop("funder", None)
        return ()
    words["funder"] = meant.span
    return (meant.entity,)


def _counterpart(analysis: Analysis, found: Sum, recipient: tuple[str, ...]) -> Mention | None:
    """Return the state that signs with the one that receives: "signed between the Ambassador of Japan and Fiji"."""
    if not recipient or not {"sign", "exchange", "conclude"} & set(found.transfer.verbs):
        return None
    own = {*recipient, *(state_of(analysis, each) for each in recipient)}
    inside = analysis.mentions_in(found.scope.sentence.span, nested=True)
    states = {state: m for m in reversed(inside) if (state := state_of(analysis, m.entity)) and state not in own}
    chosen = [m for state, m in states.items() if m.entity == state]
    return chosen[0] if len(states) == 1 and chosen else None


def _allows(found: Sum) -> bool:
    return bool(frozenset(found.transfer.verbs) & frozenset(load_lexicon(_TABLE)["verbs"]["allow"]))


def _speaks_for_state(analysis: Analysis, entity_id: str) -> bool:
    """Say whether a body is a state under its head's name: "the Duda Administration"."""
    entity = analysis.entities.get(entity_id)
    return entity is not None and not entity.reference and entity.label.endswith(" Administration")


def _givers_of_lead(analysis: Analysis, sentence: Sentence) -> tuple[Mention, ...]:
    found = lead_clause(analysis, sentence)
    if found is None:
        return ()
    lead, clause = found
    scope = scope_of(lead, lead.token_span(clause.predicate))
    return transfer_of(analysis, scope, _verbs()).givers if scope is not None else ()


def _recipient(analysis: Analysis, found: Sum, funder: tuple[str, ...], words: dict[str, Span]) -> tuple[str, ...]:
    receivers = [m for m in found.transfer.receivers if m.entity not in funder] or _with_it(analysis, found, funder)
    if not receivers:
        receivers = _behind_verb(analysis, found, funder)
    if not receivers:
        receivers = _in_places(analysis, found, funder) or _enabled(analysis, found, funder)
    if not receivers:
        receivers = _in_purpose(analysis, found, funder)
    if not receivers:
        return ()
    words["recipient"] = receivers[0].span
    return tuple(dict.fromkeys(mention.entity for mention in receivers))


def _behind_verb(analysis: Analysis, found: Sum, funder: tuple[str, ...]) -> list[Mention]:
    """Return the one right behind a verb of giving, whatever the parse makes of it: "has given Ukraine aid worth"."""
    sentence, give = found.scope.sentence, _verbs()["give"]
    for token in sentence.tokens:
        if token.lemma_.lower() in give and grammar.is_verb(token) and token.i < found.scope.root.i:
            behind = next((t for t in sentence.tokens if t.i > token.i and t.lower_ != "the"), None)
            mention = analysis.mention_at(sentence.token_span(behind).start) if behind is not None else None
            if mention is not None and is_state(analysis, mention) and mention.form == "name":
                return [mention] if mention.entity not in funder else []
    return []


def _with_it(analysis: Analysis, found: Sum, funder: tuple[str, ...]) -> list[Mention]:
    """Return who acts with a sum that came from another: "with a grant of $5 million from Japan, UNODC built"."""
    above = list(found.scope.root.ancestors)
    verb = next((t for t in above if grammar.is_verb(t)), None)
    with_it = any(t.lower_ in {"with", "thanks"} and t.i < found.scope.root.i for t in above)
    behind = analysis.words(found.scope.own).lower().split()
    if verb is None or not with_it or not found.transfer.givers or "from" not in behind:
        return []
    subjects = grammar.subjects_of(verb)
    named = [analysis.mention_at(found.scope.sentence.token_span(token).start) for token in subjects]
    return [m for m in named if m is not None and m.kind in HOLDERS and m.entity not in funder]


def _in_places(analysis: Analysis, found: Sum, funder: tuple[str, ...]) -> list[Mention]:
    """Return where it goes, if that is a state: "invested $590 million in Iraq"."""
    sentence = found.scope.sentence
    phrases = [p for p in grammar.phrases_in(sentence.tokens) if p.word in {"in", "with", "of"}]
    for phrase in found.scope.nearest(phrases, lambda p: sentence.token_span(p.preposition)):
        for token in phrase.objects:
            mention = analysis.mention_at(sentence.token_span(token).start)
            if mention is None or mention.entity in funder or mention.kind is not EntityKind.ORGANIZATION:
                continue
            invested = "invest" in found.transfer.verbs and phrase.word == "in"
            if (is_state(analysis, mention) or invested) and phrase.preposition.i > found.scope.root.i:
                return [mention]
    return []


def _enabled(analysis: Analysis, found: Sum, funder: tuple[str, ...]) -> list[Mention]:
    """Return whom the sum serves: "€2 million will allow the Malian army to buy radios"."""
    verb = verb_of_sum(found.scope)
    if verb is None or verb.lemma_.lower() not in load_lexicon(_TABLE)["purpose"]["enabling"]:
        return []
    start = found.scope.sentence.token_span(verb).end
    mentions = analysis.mentions_in(Span(start, found.scope.sentence.span.end))
    return [m for m in mentions if m.kind in HOLDERS and m.entity not in funder][:1]


def _in_purpose(analysis: Analysis, found: Sum, funder: tuple[str, ...]) -> list[Mention]:
    """Return whose good it is for: "to strengthen the capacity of the Malian police"."""
    if found.purpose is None:
        return []
    mentions = analysis.mentions_in(found.purpose)
    return [m for m in mentions if m.kind in HOLDERS and m.entity not in funder][:1]


def _programme(analysis: Analysis, scope: Scope) -> Mention | None:
    acting = acting_fund(analysis, scope)
    if acting is not None:
        return acting
    named = [m for m in analysis.mentions_in(scope.sentence.span) if m.kind is EntityKind.PROGRAMME]
    near = scope.nearest(named, lambda mention: mention.span, strict=True)
    return near[0] if near else None


@cache
def _verbs() -> Mapping[str, frozenset[str]]:
    verbs = load_lexicon(_TABLE)["verbs"]
    return {name: frozenset(verbs[name]) for name in ("other", "request", "receive", "hold", "give", "carry")}
