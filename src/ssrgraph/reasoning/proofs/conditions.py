"""Which facts meet the condition of a rule: the rules read backwards, from a conclusion to premises."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from pyoxigraph import NamedNode

from ssrgraph.reasoning.proofs.values import is_number
from ssrgraph.reasoning.rules import Members, Name, Number, Statement, Variable, rules
from ssrgraph.reasoning.terms import RDF, SAME_AS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ssrgraph.reasoning.proofs.model import Fact, Term
    from ssrgraph.reasoning.rules import Atom, Part, Rule

    Binding = Mapping[str, Term]
    Reading = tuple[tuple[Fact, ...], tuple[Term, ...]]

_SAME_AS = NamedNode(SAME_AS)
_FIRST, _REST, NIL = (NamedNode(RDF + name) for name in ("first", "rest", "nil"))

_FEW = 50
"""Up to how many facts are counted before a statement of a condition is chosen."""


class Known(Protocol):
    """What the search knows while it looks for premises."""

    def match(self, subject: Term | None, predicate: Term | None, object_: Term | None) -> Iterable[Fact]:
        """Yield the facts that hold and have these terms."""
        ...

    def least(self, fact: Fact) -> int:
        """Return a number of rule applications below which a fact has no proof."""
        ...


@dataclass(frozen=True, slots=True)
class Pattern:
    """A statement of a rule; a text is a variable, a number a literal of this value."""

    subject: Term | str | int
    predicate: Term | str | int
    object: Term | str | int


@dataclass(frozen=True, slots=True)
class Item:
    """A part of a condition: a pattern, or one or two members of a list, or all.

    Attributes:
        pattern: The pattern, None for members.
        members: Names of variables for members.
        list: The variable of the list.
        every: Whether it binds all members.
    """

    pattern: Pattern | None = None
    members: tuple[str, ...] = ()
    list: str = ""
    every: bool = False


@dataclass(frozen=True, slots=True)
class Backward:
    """A rule made ready to be read backwards.

    Attributes:
        name: The rule's name.
        head: One of its conclusions; None if the condition must not hold.
        items: Its condition; of a rule over every member of a list the part before `repeated`.
        repeated: Patterns whose variables have a place in the list.
    """

    name: str
    head: Pattern | None
    items: tuple[Item, ...]
    repeated: tuple[Pattern, ...] = ()


@cache
def backward_rules() -> dict[str | None, tuple[Backward, ...]]:
    """Return the rules by the predicate of what they conclude; those that conclude any, under None."""
    found: dict[str | None, list[Backward]] = {}
    for rule in rules().values():
        for head in rule.conclusion:
            name = head.predicate.iri if isinstance(head.predicate, Name) else None
            found.setdefault(name, []).append(_backward(rule, head))
    return {name: tuple(one) for name, one in found.items()}


@cache
def contradicting(name: str) -> Backward:
    """Return a rule whose condition must not hold."""
    return _backward(rules()[name], None)


def _backward(rule: Rule, head: Statement | None) -> Backward:
    spread = any(isinstance(one, Members) and one.every for one in rule.schema)
    items = [_item(atom) for atom in (rule.schema if spread else (*rule.schema, *rule.data))]
    repeated = [_pattern(one) for one in rule.data if isinstance(one, Statement)] if spread else []
    return Backward(rule.name, _pattern(head) if head else None, tuple(items), tuple(repeated))


def _item(atom: Atom) -> Item:
    if isinstance(atom, Statement):
        return Item(_pattern(atom))
    return Item(members=tuple(one.name for one in atom.names), list=atom.list.name, every=atom.every)


def _pattern(statement: Statement) -> Pattern:
    return Pattern(_term(statement.subject), _term(statement.predicate), _term(statement.object))


def _term(part: Part) -> Term | str | int:
    match part:
        case Variable():
            return f"{part.name}[{part.place}]" if part.place else part.name
        case Name():
            return NamedNode(part.iri)
        case Number():
            return part.value


def bound(pattern: Pattern, fact: Fact, binding: Binding) -> Binding | None:
    """Return the binding with what makes a pattern a fact; None if nothing does."""
    found: dict[str, Term] | None = None
    for part, term in zip((pattern.subject, pattern.predicate, pattern.object), fact, strict=True):
        if isinstance(part, str):
            known = (found or binding).get(part)
            if known is None:
                found = dict(binding) if found is None else found
                found[part] = term
            elif known != term:
                return None
        elif isinstance(part, int):
            if not is_number(term, part):
                return None
        elif part != term:
            return None
    return binding if found is None else found


def premises(rule: Backward, binding: Binding, known: Known, budget: int) -> Iterator[tuple[Fact, ...]]:
    """Yield the facts that meet the condition of a rule, in the order in which the rule names them.

    Args:
        rule: The rule.
        binding: What is known of its variables.
        known: The facts.
        budget: Conditions whose facts need more rule applications than this together are passed over.
    """
    slots: list[tuple[Fact, ...] | None] = [None] * len(rule.items)
    if not rule.repeated:
        for _, found in _met(list(enumerate(rule.items)), slots, binding, known, budget):
            yield tuple(fact for part in found if part for fact in part)
        return
    every = next(item.members[0] for item in rule.items if item.every)
    for binding_now, found in _met(list(enumerate(rule.items)), slots, binding, known, budget):
        schema = tuple(fact for part in found if part for fact in part)
        left = budget - sum(map(known.least, schema))
        length = sum(name.startswith(f"{every}[") and name[-2].isdecimal() for name in binding_now)
        items = [Item(one) for one in _spread(rule.repeated, length)]
        named = {_placed(name, 1, length): term for name, term in binding_now.items()}
        places: list[tuple[Fact, ...] | None] = [None] * len(items)
        for _, more in _met(list(enumerate(items)), places, named, known, left):
            yield (*schema, *(fact for part in more if part for fact in part))


def _spread(patterns: tuple[Pattern, ...], length: int) -> Iterator[Pattern]:
    for one in patterns:
        parts = (one.subject, one.predicate, one.object)
        repeated = any(isinstance(part, str) and "[i" in part for part in parts)
        for place in range(1, length + 1 if repeated else 2):
            subject, predicate, object_ = (
                _placed(part, place, length) if isinstance(part, str) else part for part in parts
            )
            yield Pattern(subject, predicate, object_)


def _placed(name: str, place: int, length: int) -> str:
    name = name.replace("[i+1]", f"[{place + 1}]").replace("[i]", f"[{place}]")
    return name.replace("[n+1]", f"[{length + 1}]")


def _met(
    items: list[tuple[int, Item]],
    slots: list[tuple[Fact, ...] | None],
    binding: Binding,
    known: Known,
    budget: int,
) -> Iterator[tuple[Binding, list[tuple[Fact, ...] | None]]]:
    if not items:
        yield binding, slots
        return
    chosen = _next(items, binding, known)
    rest = [one for one in items if one is not chosen]
    place, item = chosen
    for facts, found in _ways(item, binding, known):
        left = budget - sum(map(known.least, facts))
        if left >= 0:
            yield from _met(rest, [*slots[:place], facts, *slots[place + 1 :]], found, known, left)


def _next(items: list[tuple[int, Item]], binding: Binding, known: Known) -> tuple[int, Item]:
    """Return the part of a condition that there are likely to be the fewest ways to meet."""
    if len(items) == 1:
        return items[0]
    best = max(_promise(item, binding) for _, item in items)
    alike = [one for one in items if _promise(one[1], binding) == best]
    if len(alike) == 1 or best is not _Promise.HALF_KNOWN:
        return alike[0]
    return min(alike, key=lambda one: sum(1 for _ in islice(known.match(*_sought(one[1], binding)), _FEW)))


class _Promise(IntEnum):
    """How few ways there are to meet a part of a condition, the most ways first."""

    UNREADABLE = 0
    UNKNOWN_PREDICATE = 1
    PREDICATE = 2
    HALF_KNOWN = 3
    SAME = 4  # most terms are the same as nothing else
    LIST = 5
    KNOWN = 6


def _promise(item: Item, binding: Binding) -> _Promise:
    if item.pattern is None:
        return _Promise.LIST if item.list in binding else _Promise.UNREADABLE
    subject, predicate, object_ = (
        not isinstance(part, int) and (not isinstance(part, str) or part in binding) for part in _parts(item)
    )
    if not predicate:
        return _Promise.UNKNOWN_PREDICATE
    if subject and object_:
        return _Promise.KNOWN
    if not subject and not object_:
        return _Promise.PREDICATE
    return _Promise.SAME if item.pattern.predicate == _SAME_AS else _Promise.HALF_KNOWN


def _sought(item: Item, binding: Binding) -> tuple[Term | None, Term | None, Term | None]:
    found = (binding.get(one) if isinstance(one, str) else one for one in _parts(item))
    subject, predicate, object_ = (None if isinstance(one, int) else one for one in found)
    return subject, predicate, object_


def _parts(item: Item) -> tuple[Term | str | int, ...]:
    pattern = item.pattern
    return () if pattern is None else (pattern.subject, pattern.predicate, pattern.object)


def _ways(item: Item, binding: Binding, known: Known) -> Iterator[tuple[tuple[Fact, ...], Binding]]:
    if item.pattern is None:
        for cells, members in readings(binding[item.list], known):
            for found in _chosen(item, members, binding):
                yield cells, found
        return
    for fact in known.match(*_sought(item, binding)):
        extended = bound(item.pattern, fact, binding)
        if extended is not None:
            yield (fact,), extended


def _chosen(item: Item, members: tuple[Term, ...], binding: Binding) -> Iterator[Binding]:
    if item.every:
        if members:
            yield {**binding, **{f"{item.members[0]}[{n}]": one for n, one in enumerate(members, 1)}}
        return
    for place, one in enumerate(members):
        others: tuple[Term | None, ...] = (None,) if len(item.members) == 1 else members[place + 1 :]
        for other in others:
            pair = (one,) if other is None else (one, other)
            found = dict(zip(item.members, pair, strict=True))
            if all(binding.get(name, term) == term for name, term in found.items()):
                yield {**binding, **found}


def readings(head: Term, known: Known) -> Iterator[Reading]:
    """Yield every way to read a list: the facts of its cells, and its members."""
    waiting: list[tuple[Term, Reading]] = [(head, ((), ()))]
    while waiting:
        node, (cells, members) = waiting.pop()
        if node == NIL:
            yield cells, members
            continue
        if any(one.subject == node for one in cells):
            continue
        rests = list(known.match(node, _REST, None))
        for first in known.match(node, _FIRST, None):
            waiting += [(rest.object, ((*cells, first, rest), (*members, first.object))) for rest in rests]
