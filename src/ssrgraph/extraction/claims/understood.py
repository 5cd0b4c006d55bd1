"""Who gives and who receives where a claim's own words leave it open: the section, the title, the publisher.

A document speaks for somebody and of somebody. A sum or a list of materiel whose sentence names no giver is given by
the one who gives in the rest of the document, or whose letterhead stands over it; one without a receiver goes to the
one that the heading, the paragraph or the title is about. What speaks against it leaves the slot empty, for a wrong
giver is worse than none: that somebody receives elsewhere in the document, that the money is another state's, that
others act as often.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.context import acting_states, mentions_of, principal, title_state
from ssrgraph.extraction.claims.destinations import HOLDERS
from ssrgraph.extraction.claims.headings import headlines, named_over
from ssrgraph.extraction.claims.letterheads import letterhead, letterheads, payer_of, publisher_of
from ssrgraph.extraction.claims.states import is_state, state_of
from ssrgraph.extraction.money import states_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ssrgraph.documents.model import Block
    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence
    from ssrgraph.extraction.claims.scopes import Scope

_SHARE = 0.5  # of all that is given, by one giver
_OFTEN = 3  # times that a state acts which the document is said to speak for
_FEW = 5  # states that share a currency which still tells whose money it is
_WORLD_MONEY = frozenset({"USD", "EUR", "XDR"})  # in which others pay as well


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Who gives and receives in one claim, and where it stands.

    Attributes:
        quote: The claim's quote.
        givers: Ids of who gives.
        receivers: Ids of who receives.
        programme: Ids of its programme.
        currency: The ISO 4217 code of its sum; empty where no sum passes.
    """

    quote: Span
    givers: tuple[str, ...]
    receivers: tuple[str, ...]
    programme: tuple[str, ...] = ()
    currency: str = ""


class Flows:
    """All flows of a document, with what is asked of them for each: a document may have thousands.

    Args:
        flows: The flows in any order.
    """

    def __init__(self, flows: Iterable[Flow]) -> None:
        self._flows = sorted(flows, key=lambda flow: flow.quote)
        self._starts = [flow.quote.start for flow in self._flows]

    @cached_property
    def first_receivers(self) -> Counter[str]:
        """How many flows have each first receiver, in the order of the text."""
        return Counter(receiver for each in self._flows for receiver in each.receivers[:1])

    @cached_property
    def _first_givers(self) -> Counter[str]:
        return Counter(giver for each in self._flows for giver in each.givers[:1])

    @cached_property
    def givers(self) -> frozenset[str]:
        """Ids of all who give."""
        return frozenset(giver for each in self._flows for giver in each.givers)

    @cached_property
    def receivers(self) -> frozenset[str]:
        """Ids of all who receive."""
        return frozenset(receiver for each in self._flows for receiver in each.receivers)

    def first_givers(self, but: Span) -> Counter[str]:
        """Return how many flows have each first giver, those within a span left out, in the order of the text."""
        within = self._flows[bisect_left(self._starts, but.start) : bisect_left(self._starts, but.end)]
        if not any(each.givers and but.covers(each.quote) for each in within):
            return self._first_givers
        return Counter(giver for each in self._flows if not but.covers(each.quote) for giver in each.givers[:1])

    def back(self, first: int, behind: int) -> Iterator[Flow]:
        """Yield the flows that begin from one offset on and in front of another, the last one first."""
        place = bisect_left(self._starts, behind)
        while place > 0 and self._starts[place - 1] >= first:
            place -= 1
            yield self._flows[place]


def giver_meant(analysis: Analysis, flow: Flow, flows: Flows) -> Mention | None:
    """Return who gives what a claim counts, by the rest of the document, or None where that leaves it open.

    Args:
        analysis: The document.
        flow: The claim, without giver.
        flows: All claims of the document.
    """
    barred = _sides(analysis, flow.receivers)
    for found in _candidates(analysis, flow, flows):
        if found not in barred and pays_in(analysis, found, flow.currency):
            return _mention_near(analysis, found, flow.quote)
    return None


def _candidates(analysis: Analysis, flow: Flow, flows: Flows) -> Iterable[str]:
    for programme in flow.programme:
        owner = state_of(analysis, programme)
        if owner is not None and owner in analysis.entities:
            yield owner
    sentence = analysis.sentence_at(flow.quote.start)
    if sentence is not None:
        opening = _label_of(analysis, sentence.block)
        if opening is not None and _labels_give(analysis, flows):
            yield opening.entity
        former = flows.back(sentence.block.span.start, flow.quote.start)
        giving = next((each for each in former if each.givers and each.quote.end <= flow.quote.start), None)
        if giving is not None and (not flow.currency or giving.givers[0] not in analysis.once(_receiving, flows)):
            yield giving.givers[0]
    yield from _of_document(analysis, flow, flows, sentence)


def _of_document(analysis: Analysis, flow: Flow, flows: Flows, sentence: Sentence | None) -> Iterable[str]:
    """Yield who gives by the document: its publisher, who gives most, who acts."""
    said = analysis.once(payer_of)
    if said is not None:
        yield said
    rest = Span(flow.quote.end, sentence.span.end) if sentence is not None else flow.quote
    # "€24 million, of which €10 million from Germany": who gives a part does not give the whole.
    given = flows.first_givers(but=rest)
    publisher = analysis.once(publisher_of)
    if publisher is not None:
        # An international body tells of its members' money as often as of its own.
        own = _is_country(analysis, publisher) or not flow.currency
        if publisher in _sides(analysis, given) or (not given and own):
            yield publisher
        return
    receiving = analysis.once(_receiving, flows) | analysis.once(_served_by_title)
    most = _most(analysis, given, flow)
    if most is not None and most not in receiving:
        yield most
    top = analysis.once(letterhead)
    # A mission spends what its page tells of; under another letterhead money may as well come in.
    spends = top is not None and (not flow.currency or top.kind is EntityKind.MISSION)
    if top is not None and spends and not given and (sentence is None or _own_budget(analysis, sentence) is None):
        yield top.entity
    if not given:
        acting = dominant(analysis, alone=bool(flow.currency))
        if acting is not None and acting not in receiving and _acts_elsewhere(analysis, acting, sentence):
            yield acting


def _most(analysis: Analysis, given: Counter[str], flow: Flow) -> str | None:
    """Return who gives at least half of what is given; of money who gives all of it.

    Where it is a body that gives only once or twice, or several of one state, the money is the state's.
    """
    most = given.most_common(1)
    if not most or most[0][1] < _SHARE * given.total():
        return None
    giver, count = most[0]
    if not flow.currency or count == given.total() >= _OFTEN:
        return giver
    states = {_state_behind(analysis, each) for each in given}
    state = states.pop() if len(states) == 1 else None
    if state is not None and state in analysis.entities:
        return state
    # An international body that is said once to pay for something does not pay for all else.
    international = analysis.entities[giver].type == "international"
    return giver if len(given) == 1 and (count > 1 or not international) else None


def _state_behind(analysis: Analysis, giver: str) -> str | None:
    """Return the state whose body a giver is; a mission is none of its host's."""
    entity = analysis.entities.get(giver)
    return state_of(analysis, giver) if entity is not None and entity.kind is EntityKind.ORGANIZATION else None


def dominant(analysis: Analysis, *, alone: bool = False) -> str | None:
    """Return the state that a document speaks of as acting again and again, and of no other half as often.

    Args:
        analysis: The document.
        alone: Whether no other state may act at all.
    """
    acting = analysis.once(acting_states).most_common(2)
    if len(acting) == 1:
        return acting[0][0]
    if alone or not acting or acting[0][1] < _OFTEN or acting[1][1] * 2 > acting[0][1]:
        return None
    return acting[0][0]


def pays_in(analysis: Analysis, giver: str, currency: str) -> bool:
    """Say whether a sum in a currency may be a giver's: it is no other state's that the document names.

    Args:
        analysis: The document.
        giver: The giver's id.
        currency: An ISO 4217 code, or nothing.
    """
    own = _states_with(currency)
    state = state_of(analysis, giver)
    return not own or state is None or state in own or own.isdisjoint(analysis.entities)


def may_receive(analysis: Analysis, receiver: str, currency: str) -> bool:
    """Say whether a presumed receiver is one: not who publishes the document, nor the state whose money it is."""
    sides = _sides(analysis, (receiver,))
    publisher = analysis.once(publisher_of)
    return (publisher is None or sides.isdisjoint(_sides(analysis, (publisher,)))) and sides.isdisjoint(
        _states_with(currency)
    )


@cache
def _states_with(currency: str) -> frozenset[str]:
    """Return the ids of the states whose money a currency is, if it is that of few and not one of the world's."""
    codes = states_of(currency) if currency and currency not in _WORLD_MONEY else ()
    return frozenset(f"{EntityKind.ORGANIZATION}/{code.lower()}" for code in codes if len(codes) <= _FEW)


def _is_country(analysis: Analysis, entity_id: str) -> bool:
    return analysis.entities[entity_id].type == "country"


def _label_of(analysis: Analysis, block: Block) -> Mention | None:
    """Return the name that a paragraph is labelled with: "Portugal: EUR 52 million, of which"."""
    first = analysis.mention_at(block.span.start)
    if first is None or first.kind not in HOLDERS or first.span.start > block.span.start:
        return None
    return first if analysis.text[first.span.end : first.span.end + 1] == ":" else None


def _labels_give(analysis: Analysis, flows: Flows) -> bool:
    """Say whether the names that label paragraphs are of those who give: no such name is said to receive."""
    labels = analysis.once(_labels)
    return len(labels & flows.givers) >= len(labels & flows.receivers)


def _labels(analysis: Analysis) -> frozenset[str]:
    labels = (_label_of(analysis, block) for block in analysis.document.blocks)
    return frozenset(label.entity for label in labels if label is not None)


def _acts_elsewhere(analysis: Analysis, state: str, sentence: Sentence | None) -> bool:
    """Say whether a document names a state outside of one sentence, whose own words have not made it the giver."""
    return sentence is None or any(not sentence.span.covers(m.span) for m in mentions_of(analysis, state))


def receiver_meant(analysis: Analysis, flow: Flow, flows: Flows, sentence: Sentence) -> Mention | None:
    """Return who receives what a claim counts, by the heading, the paragraph, the title or the rest of the document.

    Args:
        analysis: The document.
        flow: The claim, without receiver.
        flows: All claims of the document.
        sentence: The claim's sentence.
    """
    barred = _sides(analysis, flow.givers)
    fitting = _Fitting(analysis, flow, flows, barred)
    above = named_over(analysis, sentence)
    if above is not None and fitting.may(above.entity) and not fitting.is_letterhead(above):
        return above
    former = flows.back(sentence.block.span.start, flow.quote.start)
    before = next((each for each in former if each.receivers), None)
    if before is not None and not barred & set(before.receivers):
        return _mention_near(analysis, before.receivers[0], flow.quote)
    mission = _own_budget(analysis, sentence)
    if mission is not None:
        return mission
    titled = title_state(analysis, flow.givers)
    if titled is not None and fitting.may(titled.entity):
        return titled
    # Who receives other sums does not receive this one.
    return None if flow.currency else _most_served(analysis, flow, flows, barred)


def _most_served(analysis: Analysis, flow: Flow, flows: Flows, barred: set[str]) -> Mention | None:
    """Return who receives more than half of what a document says somebody receives."""
    received = Counter({each: count for each, count in flows.first_receivers.items() if each not in barred})
    most = received.most_common(1)
    if most and most[0][1] > _SHARE * received.total():
        return _mention_near(analysis, most[0][0], flow.quote)
    return None


@dataclass(frozen=True, slots=True)
class _Fitting:
    """Who may be presumed to receive in one flow."""

    analysis: Analysis
    flow: Flow
    flows: Flows
    barred: set[str]

    def may(self, receiver: str) -> bool:
        """Say whether somebody may: nobody who gives, and for money nobody who gives elsewhere or publishes."""
        if receiver in self.barred:
            return False
        if not self.flow.currency:
            return True
        gives = receiver in self.flows.givers and receiver not in self.flows.receivers
        return not gives and may_receive(self.analysis, receiver, self.flow.currency)

    def is_letterhead(self, mention: Mention) -> bool:
        """Say whether a heading is the name under which the document appears; of money whether it stands at the top."""
        if not self.flow.currency:
            return mention.span in {one.span for one in self.analysis.once(letterheads)}
        return any(block.span.covers(mention.span) for block in self.analysis.once(headlines))


def _own_budget(analysis: Analysis, sentence: Sentence) -> Mention | None:
    """Return the mission that a page is about, for its budget or its common costs."""
    said = {token.lemma_.lower() for token in sentence.tokens}
    if not said & {"budget", "cost"}:
        return None
    missions = analysis.once(_missions_on_top)
    return missions[0] if len({m.entity for m in missions}) == 1 else None


def _missions_on_top(analysis: Analysis) -> list[Mention]:
    lines = [block.span for block in analysis.once(headlines)]
    return [m for line in lines for m in analysis.mentions_in(line) if m.kind is EntityKind.MISSION]


def speaker_near(analysis: Analysis, quote: Span, *, but: Iterable[str] = ()) -> Mention | None:
    """Return the state or body for which a document speaks, others than those given.

    It is the publisher, the only one that the title names, or else the state that mostly acts in the text.
    """
    barred = set(but)
    found = analysis.once(publisher_of) or analysis.once(_titled)
    if found is None or found in barred:
        acting = [state for state, _ in analysis.once(acting_states).most_common() if state not in barred]
        found = acting[0] if acting else None
    return _mention_near(analysis, found, quote) if found is not None else None


def giving_state(
    analysis: Analysis, scope: Scope, *, but: Iterable[str] = (), only_dominant: bool = False
) -> Mention | None:
    """Return the state for which "we", "the Minister" or a list of what is given speaks: its publisher, or who acts.

    A state to which or for which something goes by the title is none: "Assistance for Fiji".

    Args:
        analysis: The document.
        scope: The words that belong to what is given.
        but: Ids of who is not meant.
        only_dominant: Whether the state that acts most must be the dominant one, as for money.
    """
    barred = set(but)
    publisher = analysis.once(publisher_of)
    if publisher is not None and publisher not in barred:
        return _mention_near(analysis, publisher, scope.value)
    if not only_dominant:
        return principal(analysis, scope, but=barred | analysis.once(_served_by_title))
    meant = dominant(analysis)
    if meant is None or meant in barred or meant in analysis.once(_served_by_title):
        return None
    return _mention_near(analysis, meant, scope.value)


def _served_by_title(analysis: Analysis) -> frozenset[str]:
    """Return the states that stand behind "for" or "to" in the title or a headline: "Aid for Chad and Mali"."""
    title = analysis.document.title
    served: set[str] = set()
    for line in (*([title] if title is not None else []), *(b.span for b in analysis.once(headlines))):
        words = f" {line.of(analysis.text).lower()} "
        starts = [words.find(f" {word} ") for word in ("for", "to")]
        start = min((place for place in starts if place >= 0), default=None)
        if start is not None:
            named = analysis.mentions_in(line, nested=True)
            served |= {m.entity for m in named if m.span.start >= line.start + start and is_state(analysis, m)}
    return frozenset(served)


def _titled(analysis: Analysis) -> str | None:
    """Return the only state or international body that the title names."""
    title = analysis.document.title
    named = analysis.mentions_in(title, nested=True) if title is not None else ()
    found = {m.entity for m in named if is_state(analysis, m) or analysis.entities[m.entity].type == "international"}
    return next(iter(found)) if len(found) == 1 else None


def _receiving(analysis: Analysis, flows: Flows) -> frozenset[str]:
    """Return all who receive in a document's flows, with their states; for `Analysis.once`, as each claim asks it."""
    return frozenset(_sides(analysis, flows.receivers))


def _sides(analysis: Analysis, ids: Iterable[str]) -> set[str]:
    """Return ids with those of the states that they belong to."""
    own = set(ids)
    return own | {state for each in own if (state := state_of(analysis, each))}


def _mention_near(analysis: Analysis, entity_id: str, quote: Span) -> Mention | None:
    """Return the last mention of an entity in front of a quote, else the first."""
    named = analysis.once(_holders_of, entity_id)
    place = bisect_left(named, quote.start, key=lambda m: m.span.start)
    before = next((m for m in reversed(named[:place]) if m.span.end <= quote.start), None)
    return before if before is not None else named[0] if named else None


def _holders_of(analysis: Analysis, entity_id: str) -> list[Mention]:
    return [m for m in mentions_of(analysis, entity_id) if m.kind in HOLDERS]
