"""Contradictions between documents: numbers for the same thing that cannot, or can hardly, all be true.

Two claims are about the same thing if they are of one kind, status, measure, currency and rate, count the same
(programme, group, item or outcome), share a holder and have no slot in which they name others, and their periods are
the same, or one lies within the other. Planned and done are two things, and so are two periods.

Each is an interval: "about" is worth `TOLERANCE` either way, "at least" has no upper end, "at most" no lower one.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from enum import StrEnum
from itertools import islice, product
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from ssrgraph.validation.counted import BY, FOR, Counted
from ssrgraph.validation.model import Finding, Kind, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Topic = tuple[str, tuple[str, ...], str, str, str]
    """Class, unit, what is counted, by which property a holder is named, and the holder."""

TOLERANCE: Final = Decimal("0.1")
"""How far a number that is said to be approximate may be from the true one, as a share of it."""

MOST: Final = 50
"""With so many others a claim is compared where very many documents count the same, and so many pairs that say the same
are reported: a few thousand documents about one thing would make millions of pairs that nobody reads."""


class Grade(StrEnum):
    """How two claims about the same thing go together."""

    COMPATIBLE = "compatible"
    """Both can be true."""
    IN_TENSION = "in tension"
    """The numbers do not agree; but they are close, or the claims leave open that they are about two things."""
    CONTRADICTORY = "contradictory"
    """The numbers are far apart, and neither claim leaves anything open that the other states."""


def compare(one: Counted, other: Counted) -> Grade | None:
    """Return how two claims go together; None if they are not about the same thing in the same period."""
    if (one.class_, one.unit) != (other.class_, other.unit) or not one.what & other.what:
        return None
    if not _may_be_same(one, other) or not (one.period.covers(other.period) or other.period.covers(one.period)):
        return None
    if not _apart(one, other, Decimal(0)):
        return Grade.COMPATIBLE
    far = _apart(one, other, TOLERANCE)
    return Grade.CONTRADICTORY if far and not _leaves_open(one, other) else Grade.IN_TENSION


def tensions(counted: Iterable[Counted]) -> Iterator[tuple[Grade, Counted, Counted]]:
    """Yield each two claims of two documents that do not agree, the worse first, then by claim."""
    groups: defaultdict[Topic, list[Counted]] = defaultdict(list)
    for one in counted:
        for topic in topics(one):
            groups[topic].append(one)
    pairs = (pair for group in groups.values() for pair in disagreeing(group))
    found = {(_name(one), _name(other)): (grade, one, other) for grade, one, other in pairs}
    yield from (found[key] for key in sorted(found, key=lambda key: (found[key][0], key)))


def topics(one: Counted) -> Iterator[Topic]:
    """Yield what a claim is compared by: claims that have no topic in common are not about the same thing."""
    for what in one.what:
        for name in BY[one.class_]:
            for holder in one.slots.get(name, ()):
                yield one.class_, one.unit, what, name, str(holder)


def disagreeing(group: Iterable[Counted]) -> Iterator[tuple[Grade, Counted, Counted]]:
    """Yield each two claims on a topic that do not agree, each pair in the order of the claims.

    Those that say just the same are compared once. In the order of their periods and numbers each is compared with the
    `MOST` that follow. The order in which the claims are given makes no difference.
    """
    for grade, one, other in _disagreeing(sorted(group, key=_name)):
        first, second = sorted((one, other), key=_name)
        yield grade, first, second


def _name(one: Counted) -> tuple[str, str]:
    # A damaged graph may hold the claim of another document.
    return one.claim.value, one.graph.value


def _disagreeing(group: list[Counted]) -> Iterator[tuple[Grade, Counted, Counted]]:
    alike: defaultdict[object, list[Counted]] = defaultdict(list)
    for one in group:
        slots = frozenset(one.slots.items())
        alike[one.low, one.high, one.approximate, one.period, one.what, one.purpose, slots].append(one)
    ordered = sorted(alike.values(), key=lambda some: _place(some[0]))
    for number, some in enumerate(ordered):
        for others in ordered[number + 1 : number + 1 + MOST]:
            grade = compare(some[0], others[0])
            if grade is not None and grade is not Grade.COMPATIBLE:
                pairs = ((grade, one, other) for one, other in product(some, others) if one.graph != other.graph)
                yield from islice(pairs, MOST)


def _place(one: Counted) -> tuple[object, ...]:
    low = one.low if one.low is not None else one.high
    return one.period.first, one.period.last, low if low is not None else Decimal(0), one.claim.value


def tension_findings(counted: Iterable[Counted], quote: Callable[[Counted], str]) -> Iterator[Finding]:
    """Yield a warning for each two claims of two documents that do not agree.

    Args:
        counted: The claims of all documents.
        quote: From a claim to its words.
    """
    for grade, one, other in tensions(counted):
        yield tension_finding(grade, one, other, (quote(one), quote(other)))


def tension_finding(grade: Grade, one: Counted, other: Counted, quotes: tuple[str, str]) -> Finding:
    """Return the warning for two claims that do not agree.

    Args:
        grade: How far they do not.
        one: The claim that comes first.
        other: The other.
        quotes: The words of each, "" for none.
    """
    what = ", ".join(sorted(map(_tail, one.what & other.what)))
    return Finding(
        kind=Kind.CONTRADICTION,
        severity=Severity.WARNING,
        subject=one.claim,
        graph=one.graph,
        message=(
            f"{grade}: {_number(one)} in {_tail(one.graph.value)} and "
            f"{_number(other)} in {_tail(other.graph.value)} for {what} ({_shared(one, other)})"
        ),
        quote=" | ".join(filter(None, quotes)),
        check=str(grade).replace(" ", "-"),
    )


def _may_be_same(one: Counted, other: Counted) -> bool:
    """Say whether the claims share a holder, and name nobody else anywhere."""
    by, whom = BY[one.class_], FOR[one.class_]
    both = [(one.slots[name], other.slots[name]) for name in (*by, *whom) if name in one.slots and name in other.slots]
    shares = any(one.slots.get(name, frozenset()) & other.slots.get(name, frozenset()) for name in by)
    return shares and all(mine & yours for mine, yours in both)


def _leaves_open(one: Counted, other: Counted) -> bool:
    """Say whether one of the claims says something of its subject or period that the other does not."""
    if not (one.period.stated and other.period.stated) or one.period != other.period:
        return True
    return (one.slots, one.purpose) != (other.slots, other.purpose)


def _apart(one: Counted, other: Counted, more: Decimal) -> bool:
    """Say whether the intervals have nothing in common, each widened by a further share."""
    (low, high), (least, most) = _interval(one, more), _interval(other, more)
    if one.period == other.period or one.is_level:
        return _below(high, least) or _below(most, low)
    # In a part of a period there is at most as much as in the whole.
    return _below(most, low) if other.period.covers(one.period) else _below(high, least)


def _interval(one: Counted, more: Decimal) -> tuple[Decimal | None, Decimal | None]:
    share = more + (TOLERANCE if one.approximate else 0)
    return (
        None if one.low is None else one.low * (1 - share),
        None if one.high is None else one.high * (1 + share),
    )


def _below(high: Decimal | None, low: Decimal | None) -> bool:
    return high is not None and low is not None and high < low


def _number(one: Counted) -> str:
    low, high = (f"{number:,f}" if number is not None else "" for number in (one.low, one.high))
    if one.low is None or one.high is None:
        return f"at most {high}" if one.low is None else f"at least {low}"
    number = low if low == high else f"{low} to {high}"
    return f"about {number}" if one.approximate else number


def _shared(one: Counted, other: Counted) -> str:
    names = {
        _tail(getattr(holder, "value", ""))
        for name in BY[one.class_]
        for holder in one.slots.get(name, frozenset()) & other.slots.get(name, frozenset())
    }
    return ", ".join(sorted(names))


def _tail(text: str) -> str:
    return unquote(text.rpartition("/")[2]) if text.startswith(("http:", "https:", "urn:")) else text
