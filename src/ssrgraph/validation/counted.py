"""What documents count, ready to be compared: who, what, how much, when; read from the graphs of documents."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from ssrgraph.vocabulary import Rdf, Ssr, SsrClass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyoxigraph import BlankNode, Triple

    Term = NamedNode | BlankNode | Literal | Triple
    Slots = Mapping[str, frozenset[Term]]

BY: Final[Mapping[str, tuple[str, ...]]] = {
    SsrClass.FUNDING_CLAIM: (Ssr.FUNDER,),
    SsrClass.PERSONNEL_CLAIM: (Ssr.AGENT, Ssr.ORGANIZATION),
    SsrClass.EQUIPMENT_CLAIM: (Ssr.PROVIDER,),
    SsrClass.RESULT_CLAIM: (Ssr.AGENT,),
}
"""Who is behind a claim: the slots of which one at least must be shared."""
FOR: Final[Mapping[str, tuple[str, ...]]] = {
    SsrClass.FUNDING_CLAIM: (Ssr.RECIPIENT, Ssr.MODALITY),
    SsrClass.PERSONNEL_CLAIM: (Ssr.PLACE,),
    SsrClass.EQUIPMENT_CLAIM: (Ssr.RECIPIENT, Ssr.PROGRAMME),
    SsrClass.RESULT_CLAIM: (Ssr.PLACE,),
}
"""Whom, where or in which form it is for: slots in which the claims must not name others."""
WHAT: Final[Mapping[str, str]] = {
    SsrClass.FUNDING_CLAIM: Ssr.PROGRAMME,
    SsrClass.PERSONNEL_CLAIM: Ssr.GROUP,
    SsrClass.EQUIPMENT_CLAIM: Ssr.ITEM,
    SsrClass.RESULT_CLAIM: Ssr.OUTCOME,
}
"""What is counted: an entity or the document's words."""
_UNIT = (Ssr.STATUS, Ssr.MEASURE, Ssr.CURRENCY, Ssr.PER)
_LEVELS = ("employed", "deployed")
"""Measures that say how many there are at a time, not how many there were in all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A stretch of days.

    Attributes:
        first: Its first day, `YYYY-MM-DD`; "" if it has no known beginning.
        last: Its last day; "￿" if it has no known end.
        stated: Whether the claim says both ends, or it is the year or day of its document.
    """

    first: str
    last: str
    stated: bool

    def covers(self, other: Period) -> bool:
        """Say whether every day of another period lies within this one."""
        return self.first <= other.first and other.last <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A number that one document states.

    Attributes:
        claim: The claim.
        graph: The graph of its document.
        class_: The class of the claim.
        unit: Status, measure, currency and rate, which must be the same in both of two claims.
        what: What is counted; words in lower case.
        slots: Who is behind it, and whom, where or in which form it is for, by property.
        low: The least number that it states; None if it states none.
        high: The greatest; None if it states none.
        approximate: Whether the numbers are hedged by "about".
        period: When.
        purpose: What for, in lower case.
    """

    claim: NamedNode
    graph: NamedNode
    class_: str
    unit: tuple[str, ...]
    what: frozenset[str]
    slots: Slots = field(hash=False)
    low: Decimal | None
    high: Decimal | None
    approximate: bool
    period: Period
    purpose: str = ""

    @property
    def is_level(self) -> bool:
        """Whether it counts what there is at a time."""
        return any(part.endswith(f"#{measure}") for part in self.unit for measure in _LEVELS)


def read_counted(graph: NamedNode, triples: Iterable[Triple], issued: str) -> Iterator[Counted]:
    """Yield what the claims of a document's graph count.

    Args:
        graph: The graph's name.
        triples: What it holds.
        issued: The date of the document, "" if it is not known: the year of a claim without a period, and the last
            day of what has gone on "since" some day.
    """
    slots: dict[NamedNode, dict[str, set[Term]]] = {}
    for triple in triples:
        if isinstance(triple.subject, NamedNode):
            slots.setdefault(triple.subject, {}).setdefault(triple.predicate.value, set()).add(triple.object)
    for claim, found in sorted(slots.items(), key=lambda one: one[0].value):
        class_ = next((one for one in WHAT if NamedNode(one) in found.get(Rdf.TYPE, ())), None)
        if class_ is None:
            continue
        frozen = {name: frozenset(values) for name, values in found.items()}
        counted = _counted(claim, graph, class_, frozen, issued)
        if counted is not None:
            yield counted


def _counted(claim: NamedNode, graph: NamedNode, class_: str, slots: Slots, issued: str) -> Counted | None:
    number = _number(slots, Ssr.AMOUNT) or _number(slots, Ssr.VALUE)
    low, high = _number(slots, Ssr.VALUE_MIN) or number, _number(slots, Ssr.VALUE_MAX) or number
    what = frozenset(_text(one).casefold() for one in slots.get(WHAT[class_], ()))
    if low is None or high is None or not what:
        return None
    bound = _only(slots, Ssr.BOUND).rpartition("#")[2]
    return Counted(
        claim=claim,
        graph=graph,
        class_=class_,
        unit=tuple(_only(slots, name) for name in _UNIT),
        what=what,
        slots={name: slots[name] for name in (*BY[class_], *FOR[class_]) if name in slots},
        low=None if bound == "at_most" else low,
        high=None if bound == "at_least" else high,
        approximate=bound == "approximate",
        period=period(_only(slots, Ssr.FROM), _only(slots, Ssr.TO), issued),
        purpose=_only(slots, Ssr.PURPOSE).casefold(),
    )


def period(begin: str, end: str, issued: str) -> Period:
    """Return the period of a claim from years, months or days; "" is not stated.

    >>> period("2017", "2017", "")
    Period(first='2017-01-01', last='2017-12-31', stated=True)
    """
    if not begin and not end:
        year = issued[:4]
        return Period(first=_first(year), last=_last(year), stated=False)
    return Period(first=_first(begin), last=_last(end or issued), stated=bool(begin and end))


def _first(date: str) -> str:
    return date + "-01-01"[len(date) - 4 :] if date else ""


def _last(date: str) -> str:
    # The last day of every month sorts before the 32nd; no day needs to exist to be compared.
    return date + ("-12-31" if len(date) == 4 else "-31")[: 10 - len(date)] if date else "\uffff"  # noqa: PLR2004


def _only(slots: Slots, name: str) -> str:
    return min((_text(one) for one in slots.get(name, ())), default="")


def _text(term: Term) -> str:
    return " ".join(getattr(term, "value", "").split())


def _number(slots: Slots, name: str) -> Decimal | None:
    try:
        return Decimal(_only(slots, name))
    except InvalidOperation:
        return None
