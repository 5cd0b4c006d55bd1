"""Who gives and who receives: shared by the readers of funding and of equipment."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.carrying import carried, owners
from ssrgraph.extraction.claims.destinations import (
    HOLDERS,
    acting_for,
    carriers_of,
    destinations,
    favoured,
    named_in,
)
from ssrgraph.extraction.claims.giving_phrases import follows_with
from ssrgraph.extraction.claims.reported_givers import thanked, who_says
from ssrgraph.extraction.claims.scopes import Scope, widened
from ssrgraph.extraction.claims.stand_ins import for_state, funds_in, governing, holders_of, is_legislature
from ssrgraph.extraction.claims.states import state_of
from ssrgraph.extraction.clauses import (
    Clause,
    clauses_of,
    describing_clauses,
    grammar,
    holding_mentions,
)
from ssrgraph.extraction.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from spacy.tokens import Token

    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence
    from ssrgraph.extraction.clauses import Phrase

_PURCHASES = frozenset({"procurement", "purchase", "purchases", "acquisition"})
_BUYING = frozenset({"buy", "purchase", "procure", "acquire", "order"})
_OFFICES = frozenset({"administration", "ambassador", "embassy", "government", "president", "minister", "secretariat"})
_NEWS = 20  # characters of "according to the"
_FEW = 3  # words between a sum and its "from": "a €2 million voluntary contribution from"
_AIDS = frozenset({"aid", "assistance", "contribution", "funding", "support", "budget", "pledge", "commitment"})
_PAID_WITH = re.compile(
    r"\b(?:co-?)?(?:financed|funded|paid) (?:with|by)\b"
    r"|^\W*(?i:contribut(?:ions?|ors?)|donations?|donors?|financing|funders?|funding|pledges)(?:\s[^:.;]{0,40})?:"
)
_PRONOUNS = frozenset({"we", "i", "he", "she", "they", "it", "us", "our", "who"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """What passes from whom to whom.

    Attributes:
        givers: Mentions of who gives, sells, lends or pays.
        receivers: Mentions of who receives.
        verbs: Lemmas of the predicates around what passes, the innermost first.
        kinds: For each of them its class in the caller's lexicon ("give", "receive", "carry", "other", ...), or "".
        spoken: Whether somebody who is no body gives: a person, "we", "the Administration".
        giving: Ids of all who give, those of other values of the sentence among them.
        carriers: Nouns that say what passes ("a [grant] of $5 million", "$5 million in [aid]").
    """

    givers: tuple[Mention, ...] = ()
    receivers: tuple[Mention, ...] = ()
    verbs: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    spoken: bool = False
    carriers: tuple[Token, ...] = ()
    giving: tuple[str, ...] = ()


@dataclass(slots=True)
class _Found:
    givers: list[Mention] = field(default_factory=list)
    receivers: list[Mention] = field(default_factory=list)
    verbs: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    held: list[Mention] = field(default_factory=list)
    spoken: bool = False
    took: bool = False


def transfer_of(analysis: Analysis, scope: Scope, classes: Mapping[str, Iterable[str]]) -> Transfer:
    """Return who gives and who receives what a scope's value counts.

    Args:
        analysis: The document.
        scope: The value's scope.
        classes: Lemmas of verbs by class; the classes "give", "receive" and "carry" are understood.
    """
    carriers = carriers_of(scope)
    found = _Found()
    for clause in _clauses(scope, carriers):
        kind = next((name for name, lemmas in classes.items() if clause.lemma in lemmas), "")
        kind = "receive" if kind and _takes(clause) else "give" if follows_with(clause.predicate) else kind
        found.verbs.append(clause.lemma)
        found.kinds.append(kind)
        _read_clause(analysis, scope, clause, kind, found)
    _complete_givers(analysis, scope, carriers, found, frozenset(classes["give"]))
    found.givers = acting_for(analysis, scope) or thanked(analysis, scope) or found.givers
    found.givers = [for_state(analysis, mention) for mention in found.givers]
    giving = {mention.entity for mention in found.givers}
    _beside_value(analysis, scope, found)
    giving |= {mention.entity for mention in found.givers}
    if not found.receivers:
        found.receivers += favoured(analysis, scope, giving) or destinations(analysis, scope, giving)
    if not found.receivers and scope.shared.start > scope.own.end:  # "has given €5 million and will give €7 million to"
        found.receivers += destinations(analysis, widened(scope), giving, behind=True)
    found.receivers = [
        m for m in found.receivers if not _source_of_news(analysis, m) and not is_legislature(analysis, m)
    ]
    return Transfer(
        givers=tuple(found.givers),
        receivers=tuple(m for m in found.receivers if m.entity not in giving),
        verbs=tuple(found.verbs),
        kinds=tuple(found.kinds),
        spoken=found.spoken,
        carriers=carriers,
        giving=tuple(sorted(giving)),
    )


def _served(analysis: Analysis, scope: Scope, but: set[str]) -> list[Mention]:
    """Return whom a purchase serves: "purchased engines to improve the coast guard's readiness"."""
    goal = next((t for t in scope.sentence.tokens_in(scope.own) if t.tag_ == "TO" and t.i in scope.places), None)
    if goal is None:
        return []
    rest = Span(scope.sentence.token_span(goal).start, scope.own.end)
    mentions = analysis.mentions_in(rest)
    return [m for m in mentions if m.kind in HOLDERS and m.entity not in but and scope.reaches(m.span)][:1]


def _read_clause(analysis: Analysis, scope: Scope, clause: Clause, kind: str, found: _Found) -> None:
    grown = clause.lemma in {"raise", "lift"} and any(t.lemma_.lower() in _AIDS for t in clause.objects)
    if grown:
        _give(analysis, scope, clause, found)  # "raised its aid to €5 million"
    elif kind == "receive" or (kind == "request" and _for_itself(analysis, scope, clause)):
        _receive(analysis, scope.sentence, clause, found)
    elif kind in {"give", "request"}:
        _give(analysis, scope, clause, found)
    elif kind == "carry":
        _carry(analysis, scope.sentence, clause, found)
    elif kind == "hold":
        _hold(named_in(analysis, scope.sentence, clause.agents), found)


def _complete_givers(
    analysis: Analysis, scope: Scope, carriers: tuple[Token, ...], found: _Found, giving: frozenset[str]
) -> None:
    """Look for who gives where no clause has said it: "from Japan", "British aid", who has it, who buys for others."""
    if not found.givers:
        found.givers += _from(analysis, scope, giving)
    if not found.givers:
        received = {mention.entity for mention in found.receivers}
        found.givers += [m for m in owners(analysis, scope.sentence, carriers) if m.entity not in received]
    found.givers = found.givers or found.held
    _swap_buyer(analysis, scope, found)


def _beside_value(analysis: Analysis, scope: Scope, found: _Found) -> None:
    """A name right beside the value holds it: "Denmark (€2 million)", "and Estonia €500,000"."""
    gap, bracket = _beside_gap(analysis, scope), _beside_bracket(analysis, scope)
    source, named = _right_behind(analysis, scope), bracket_behind(analysis, scope.value)
    if source:
        found.givers = source
    elif named is not None and not found.givers:
        found.givers = [named]
    elif named is not None:
        found.receivers = [named]
    elif gap is not None:
        found.givers = [gap]
    elif bracket is not None and (bracket in found.givers or _paid_with(analysis, scope)):
        found.givers = [bracket]
    elif bracket is not None:
        found.receivers = [bracket]


def _takes(clause: Clause) -> bool:
    """Recognize "took delivery of": who takes receives."""
    taking = load_lexicon("equipment")["words"]["taking"]
    return clause.lemma == "take" and any(c.dep_ == "dobj" and c.lower_ in taking for c in clause.predicate.children)


def _source_of_news(analysis: Analysis, mention: Mention) -> bool:
    """Say whether a name only stands for who says so: "according to SIPRI"."""
    before = analysis.text[max(0, mention.span.start - _NEWS) : mention.span.start].lower().split()
    return before[-2:] == ["according", "to"] or before[-3:] == ["according", "to", "the"]


def _clauses(scope: Scope, carriers: tuple[Token, ...]) -> Iterator[Clause]:
    for noun in dict.fromkeys((scope.root, *carriers)):
        yield from describing_clauses(noun)
    root = scope.sentence.token_span(scope.root)
    for clause in clauses_of(scope.sentence, scope.value if scope.value.covers(root) else root):
        yield clause
        verb = clause.predicate
        if verb.dep_ in {"conj", "relcl"} and any(child.dep_ in grammar.SUBJECTS for child in verb.children):
            return  # the verb above tells of something else


def _give(analysis: Analysis, scope: Scope, clause: Clause, found: _Found) -> None:
    if found.took:
        return  # said already by a verb nearer to the value: "has requested to buy"
    if not found.givers:
        found.givers += named_in(analysis, scope.sentence, clause.agents) or _spoken_for(analysis, scope, clause, found)
    if not found.receivers:
        found.receivers += named_in(analysis, scope.sentence, clause.receivers) or named_in(
            analysis, scope.sentence, clause.receivers, adjectives=True
        )


def _spoken_for(analysis: Analysis, scope: Scope, clause: Clause, found: _Found) -> list[Mention]:
    """Return for whom a subject acts that is no body itself: a person, a national government or force."""
    persons = holding_mentions(analysis, scope.sentence, clause.agents)
    named = _of_persons(analysis, scope, clause.agents) if persons else []
    if named:
        return named
    reporting = who_says(analysis, scope, clause)
    if reporting:
        return reporting
    funds = funds_in(analysis, scope.sentence, clause.agents)
    if funds:
        return holders_of(analysis, scope.sentence, clause.agents)
    governments = governing(analysis, scope.sentence, clause.agents)
    if governments:
        return governments
    found.spoken = found.spoken or bool(persons) or any(_speaks(token) for token in clause.agents)
    public = [token for token in clause.agents if token.lemma_.lower() not in _private()]
    return named_in(analysis, scope.sentence, public, adjectives=True) or _beside(analysis, scope, clause)


def _of_persons(analysis: Analysis, scope: Scope, agents: Iterable[Token]) -> list[Mention]:
    """Return the state in front of a person's name: "Japanese Prime Minister X", "U.S. Ambassador Y"."""
    places = [scope.sentence.token_span(token) for agent in agents for token in agent.subtree]
    front = [analysis.mention_at(place.start) for place in places]
    return [m for m in dict.fromkeys(front) if m is not None and m.kind in HOLDERS][:1]


@cache
def _private() -> frozenset[str]:
    return frozenset(load_lexicon("funding")["words"]["private"])


def _beside(analysis: Analysis, scope: Scope, clause: Clause) -> list[Mention]:
    """Return the name right in front of an active verb, where the parse has missed the subject."""
    if clause.noun or clause.passive or clause.predicate.dep_ in {"acl", "advcl", "pcomp", "xcomp"}:
        return []
    first = min([clause.predicate.i, *(c.i for c in clause.predicate.children if c.dep_ in {"aux", "neg"})])
    before = clause.predicate.doc[first - 1] if first > clause.predicate.sent.start else None
    while before is not None and before.pos_ == "ADV" and before.i > clause.predicate.sent.start:
        before = before.nbor(-1)
    if before is None:
        return []
    mention = analysis.mention_at(scope.sentence.token_span(before).start)
    return [mention] if mention is not None and mention.kind in HOLDERS and mention.form != "adjective" else []


def _speaks(token: Token) -> bool:
    return token.lower_ in _PRONOUNS or token.lemma_.lower() in _OFFICES


def _receive(analysis: Analysis, sentence: Sentence, clause: Clause, found: _Found) -> None:
    found.took = True
    if clause.lemma == "benefit" and not clause.passive and clause.objects:
        found.receivers = found.receivers or named_in(analysis, sentence, clause.objects)
    if not found.receivers:
        found.receivers += (
            named_in(analysis, sentence, clause.agents)
            or named_in(analysis, sentence, clause.agents, adjectives=True)
            or governing(analysis, sentence, clause.agents)
        )
    if not found.givers:
        found.givers += named_in(analysis, sentence, clause.behind("from"))


def _for_itself(analysis: Analysis, scope: Scope, clause: Clause) -> bool:
    """Say whether who requests wants to receive: "requested tanks from", "requested to buy"."""
    buys = any(child.lemma_.lower() in _BUYING for child in clause.predicate.children)
    return buys or bool(named_in(analysis, scope.sentence, clause.behind("from")))


def _carry(analysis: Analysis, sentence: Sentence, clause: Clause, found: _Found) -> None:
    """The subject is what passes: "U.S. assistance to Iraq totals", "the package for Mali includes"."""
    givers, receivers = carried(analysis, sentence, clause)
    found.givers = found.givers or givers
    found.receivers = found.receivers or receivers


def _hold(holders: list[Mention], found: _Found) -> None:
    """A mission has a budget that others pay; a state or body has its own."""
    for mention in holders:
        (found.receivers if mention.kind is EntityKind.MISSION else found.held).append(mention)


def _right_behind(analysis: Analysis, scope: Scope) -> list[Mention]:
    """Return whom a value comes from by the words right behind it: "with €12 million from the EU"."""
    behind = [token for token in scope.sentence.tokens_in(scope.own) if not token.is_space]
    first = next((token for token in behind if token.pos_ not in {"NOUN", "ADJ"}), None)
    if first is None or first.lower_ != "from" or first.i - behind[0].i > _FEW:
        return []
    return [m for phrase in grammar.phrases_in([first]) for m in named_in(analysis, scope.sentence, phrase.objects)]


def _beside_gap(analysis: Analysis, scope: Scope) -> Mention | None:
    """Return who gives a sum without a verb of its own: "Japan gave $10 million and [Estonia] €500,000"."""
    end = analysis.end_before(scope.value.start)
    named = next((m for m in analysis.mentions_in(scope.front) if m.span.end == end and m.kind in HOLDERS), None)
    if named is None or named.form == "adjective":
        return None
    before = analysis.text[scope.front.start : named.span.start].rstrip().removesuffix(" the")
    former = analysis.quantities_in(Span(scope.front.start, named.span.start)) if before else ()
    joined = before.endswith((" and", ",", ";"))
    return named if joined and any(quantity.unit == "money" for quantity in former) else None


def _beside_bracket(analysis: Analysis, scope: Scope) -> Mention | None:
    """Return the name that a sum in brackets belongs to: "Denmark (€2 million) and Spain (€3 million)"."""
    bracket = analysis.end_before(scope.value.start) - 1
    if bracket < 0 or analysis.text[bracket] != "(":
        return None
    end = analysis.end_before(bracket)
    return next((m for m in analysis.mentions_in(scope.sentence.span) if m.span.end == end and m.kind in HOLDERS), None)


def _paid_with(analysis: Analysis, scope: Scope) -> bool:
    """Say whether names with their sums are of those who pay: "co-financed with Norway (€3 million)"."""
    return _PAID_WITH.search(scope.front.of(analysis.text)) is not None


def bracket_behind(analysis: Analysis, value: Span) -> Mention | None:
    """Return the name in brackets right behind a sum: "€7 million (Spain) and €1 million (Malta)"."""
    behind = analysis.text[value.end : value.end + 2]
    named = analysis.mention_at(value.end + len(behind) - len(behind.lstrip(" (")))
    if "(" not in behind or named is None or named.kind not in HOLDERS or named.form == "adjective":
        return None
    return named if analysis.text[named.span.end : named.span.end + 1] == ")" else None


def _swap_buyer(analysis: Analysis, scope: Scope, found: _Found) -> None:
    """Who buys for somebody else gives: "the EU purchased ten trucks for the Somali police"."""
    first = next((kind for kind in found.kinds if kind), "")
    if first != "receive" or found.givers or found.verbs[0] not in _BUYING or not found.receivers:
        return
    buyers = {mention.entity for mention in found.receivers}
    buyers |= {state for each in buyers if (state := state_of(analysis, each))}
    others = destinations(analysis, scope, buyers) or _served(analysis, scope, buyers)
    if others:
        found.givers, found.receivers = found.receivers, others


def _from(analysis: Analysis, scope: Scope, giving: frozenset[str]) -> list[Mention]:
    phrases = [p for p in grammar.phrases_in(scope.sentence.tokens) if p.word in {"from", "by"}]
    for phrase in scope.nearest(phrases, lambda p: scope.sentence.token_span(p.preposition)):
        if _of_buying(analysis, scope, phrase) or _of_description(scope, phrase, giving):
            continue
        named = named_in(analysis, scope.sentence, phrase.objects)
        if not named and phrase.word == "from":
            named = named_in(analysis, scope.sentence, phrase.objects, adjectives=True)
        if named:
            return named
    return []


def _of_buying(analysis: Analysis, scope: Scope, phrase: Phrase) -> bool:
    """Say whether "from" names who sells what a sum is for: "$5 million to procure arms from Kenya's firms"."""
    money = any(q.unit == "money" and q.span == scope.value for q in analysis.quantities_in(scope.value))
    if not money or phrase.word != "from":
        return False
    over = next((t for t in (phrase.head, *phrase.head.ancestors) if _buys(t)), None)
    to_buy = over is not None and (over.tag_ in {"VB", "VBG"} or over.pos_ == "NOUN")
    return over is not None and to_buy and scope.sentence.token_span(over).start >= scope.value.end


def _buys(token: Token) -> bool:
    return token.lemma_.lower() in _BUYING or token.lower_ in _PURCHASES


def _of_description(scope: Scope, phrase: Phrase, giving: frozenset[str]) -> bool:
    """Say whether "by" tells who leads or runs another noun: "for the coalition [led by Estonia]"."""
    verb = phrase.head
    above = {scope.root.i, *(token.i for token in scope.root.ancestors)}
    if phrase.word != "by" or verb.tag_ != "VBN" or verb.dep_ != "acl" or verb.head.i in above:
        return False
    return verb.i > scope.root.i and verb.lemma_.lower() not in giving
