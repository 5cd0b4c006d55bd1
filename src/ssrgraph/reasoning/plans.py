"""Rules made ready for arrays: names become integers, predicates become constants.

A rule whose predicates are variables is specialised: the part of its condition that binds them (the schema) is matched
first, and each match, grouped by predicates, gives a plan over constant predicates.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ssrgraph.reasoning.relations import EMPTY, ONE, Bindings, distinct, join, product_of
from ssrgraph.reasoning.rules import Members, Name, Number, Statement, Variable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ssrgraph.reasoning.relations import Ids, Pairs
    from ssrgraph.reasoning.rules import Part, Rule

    Relations = Mapping[int, Pairs]
    Lists = Callable[[int], tuple[tuple[int, ...], ...]]

MEMBER = -1
"""Pseudo-predicate: from the first node of a list to each member."""
PAIR = -2
"""Pseudo-predicate: from a list to a node of its own for each two members at different places."""
FIRST_OF = -3
"""Pseudo-predicate: from such a node to the first of the two members."""
SECOND_OF = -4
"""Pseudo-predicate: from such a node to the second."""


class Pattern(NamedTuple):
    """A statement of a rule over integers; a text is a variable."""

    subject: int | str
    predicate: int | str
    object: int | str

    def variables(self) -> set[str]:
        """Return the names of its variables."""
        return {term for term in self if isinstance(term, str)}


@dataclass(slots=True, eq=False)  # Not frozen: that triples the time it takes to make one, and many are made.
class Plan:
    """A condition over constant predicates with what follows from it; never changed.

    Attributes:
        rule: Name of the rule.
        given: Bindings that the schema gives.
        schema: The statements of the schema, for reports.
        patterns: The rest of the condition.
        conclusion: What follows; predicates are constants.
        apart: Variables that differ where the conclusion is not a statement of the condition.
        direct: Whether the condition is one statement of which each pair of its predicate is a match.
    """

    rule: str
    given: Bindings
    schema: tuple[Pattern, ...]
    patterns: tuple[Pattern, ...]
    conclusion: tuple[Pattern, ...]
    apart: tuple[tuple[str, str], ...] = ()
    direct: bool = False

    def constants(self) -> set[int]:
        """Return the integers that it speaks of."""
        found = {one for pattern in (*self.patterns, *self.conclusion) for one in pattern if isinstance(one, int)}
        return found.union(*(column.tolist() for column in self.given.columns.values()))


def matches(
    given: Bindings,
    patterns: tuple[Pattern, ...],
    relations: Relations,
    limit: int | None = None,
    apart: tuple[tuple[str, str], ...] = (),
) -> Bindings:
    """Return all bindings under which the patterns hold, the most bound pattern first.

    Args:
        given: What the variables may be.
        patterns: What must hold.
        relations: What holds.
        limit: How many bytes a step may take.
        apart: Variables that must differ.

    Raises:
        MemoryLimitError: A step takes more.
    """
    if not _all_there(patterns, relations):
        return EMPTY
    return _matches(given, patterns, relations, limit, apart)


def _all_there(patterns: tuple[Pattern, ...], relations: Relations) -> bool:
    """Say whether there are pairs of each pattern's predicate."""
    # A loop, for this is asked so often that a generator would show.
    for pattern in patterns:  # noqa: SIM110
        if pattern.predicate not in relations:
            return False
    return True


def _matches(
    given: Bindings,
    patterns: tuple[Pattern, ...],
    relations: Relations,
    limit: int | None,
    apart: tuple[tuple[str, str], ...],
) -> Bindings:
    """Return the same as `matches` where there are pairs of each predicate."""
    bindings = _different(given, apart) if apart else given
    left = list(patterns)
    while left and bindings.count:
        pattern = left[0] if len(left) == 1 else max(left, key=lambda one: _bound(one, bindings))
        left.remove(pattern)
        pairs = relations[pattern.predicate]  # type: ignore[index]  # all predicates are constants, and there
        bindings = join(bindings, pattern.subject, pattern.object, pairs, limit)
        if apart:
            bindings = _different(bindings, apart)
    return bindings if bindings.count else EMPTY


def _different(bindings: Bindings, apart: tuple[tuple[str, str], ...]) -> Bindings:
    for one, other in apart:
        if one in bindings.columns and other in bindings.columns:
            bindings = bindings.take(bindings.columns[one] != bindings.columns[other])
    return bindings


def concluded_directly(plan: Plan, pairs: Pairs, limit: int | None = None) -> Iterator[tuple[Pattern, Ids]]:
    """Yield the conclusions of a direct plan from pairs of its predicate, each with its pairs."""
    (pattern,) = plan.patterns
    for one in plan.conclusion:
        if (one.subject, one.object) == (pattern.subject, pattern.object):
            yield one, pairs.by_subject
        elif (one.object, one.subject) == (pattern.subject, pattern.object):
            yield one, pairs.by_object
        elif one.subject in {pattern.subject, pattern.object}:
            terms = pairs.subjects if one.subject == pattern.subject else pairs.objects
            yield one, product_of(terms, distinct((plan.given.values(one.object),)), limit)
        else:
            terms = pairs.subjects if one.object == pattern.subject else pairs.objects
            yield one, product_of(distinct([plan.given.values(one.subject)]), terms, limit)


def new_matches(plan: Plan, relations: Relations, fresh: Relations, limit: int | None = None) -> Iterator[Bindings]:
    """Yield the bindings of a plan in which at least one statement is fresh; some more than once."""
    for place, pattern in enumerate(plan.patterns):
        pairs = fresh.get(pattern.predicate) if isinstance(pattern.predicate, int) else None
        if pairs is not None and _all_there(plan.patterns, relations):
            bindings = join(plan.given, pattern.subject, pattern.object, pairs, limit)
            if bindings.count:
                left = plan.patterns[:place] + plan.patterns[place + 1 :]
                yield _matches(bindings, left, relations, limit, plan.apart)


def supported(plan: Plan, relations: Relations, wanted: Relations, limit: int | None = None) -> Iterator[Bindings]:
    """Yield the bindings of a plan under which one of its conclusions is wanted, each with all it needs."""
    for pattern in plan.conclusion:
        pairs = wanted.get(pattern.predicate) if isinstance(pattern.predicate, int) else None
        if pairs is not None:
            bindings = join(plan.given, pattern.subject, pattern.object, pairs, limit)
            if bindings.count:
                yield matches(bindings, plan.patterns, relations, limit)


def _bound(pattern: Pattern, bindings: Bindings) -> tuple[int, bool]:
    subject, _, object_ = pattern
    knows_subject = isinstance(subject, int) or subject in bindings.columns
    return knows_subject + (isinstance(object_, int) or object_ in bindings.columns), knows_subject


class RulePlans:
    """The plans of one rule, kept up with the schema.

    Args:
        rule: The rule; not a special one.
        intern: From an IRI, or the value of a count, to its integer.

    Attributes:
        rule: The same.
        plans: Its plans, as the schema gives them now.
        schema_predicates: The predicates whose pairs can give new plans.
    """

    def __init__(self, rule: Rule, intern: Callable[[str | int], int]) -> None:
        self.rule = rule
        self._every = next((one for one in rule.schema if isinstance(one, Members) and one.every), None)
        self._schema = tuple(_patterns(rule.schema, intern))
        self._reported = tuple(one for one in self._schema if isinstance(one.predicate, int) and one.predicate >= 0)
        self._data = tuple(_patterns(rule.data, intern))
        self._conclusion = tuple(_patterns(rule.conclusion, intern))
        self._apart = tuple(_apart(self._data, self._conclusion))
        self._direct = self._is_direct()
        self._seen: set[tuple[int | tuple[int, ...], ...]] = set()
        self.plans: list[Plan] = []
        self._names = sorted({name for one in self._schema for name in one.variables()})
        verbs = {one.predicate for one in (*self._data, *self._conclusion)}
        self._split = [name for name in self._names if name in verbs]
        places = {name: place for place, name in enumerate(self._names)}
        self._places = [places[name] for name in self._split]
        self._unlike = [(places[one], places[other]) for one, other in self._apart if {one, other} <= places.keys()]
        found = {one.predicate for one in self._schema if isinstance(one.predicate, int)}
        self.schema_predicates = frozenset(found | {MEMBER} if self._every else found)

    @property
    def schema(self) -> tuple[Pattern, ...]:
        """The part of the condition that rules are specialised by."""
        return self._schema

    def reset(self) -> None:
        """Forget all plans."""
        self._seen.clear()
        self.plans = []

    def _is_direct(self) -> bool:
        if len(self._data) != 1 or self._every is not None:
            return False
        sides = (self._data[0].subject, self._data[0].object)
        bound = {name for one in self._schema for name in one.variables()}
        return (
            all(isinstance(one, str) and one not in bound for one in sides)
            and sides[0] != sides[1]
            and all({one.subject, one.object} == {*sides} or _one_of(one, sides, bound) for one in self._conclusion)
        )

    def renew(self, relations: Relations, lists: Lists) -> list[Plan]:
        """Return the plans that the schema gives now and did not give before, and keep them."""
        table = matches(ONE, self._schema, relations)
        if not table.count:
            return []
        rows: list[tuple[int, ...]] = [()]
        if self._names:
            rows = list(zip(*[table.columns[name].tolist() for name in self._names], strict=True))
            if self._every is None and self._seen.issuperset(rows):
                return []
        found = self._with_lists(rows, lists) if self._every else self._grouped(rows, table)
        self.plans += found
        return found

    def _grouped(self, rows: list[tuple[int, ...]], table: Bindings) -> list[Plan]:
        """Return a plan for the rows that give predicates the same names."""
        groups: dict[tuple[int, ...], list[int]] = {}
        for number, row in enumerate(rows):
            if row not in self._seen:
                self._seen.add(row)
                if not self._unlike or all(row[one] != row[other] for one, other in self._unlike):
                    groups.setdefault(tuple([row[place] for place in self._places]), []).append(number)
        return [
            self._plan(
                dict(zip(self._split, predicates, strict=True)), _some_rows(table, group), self._data, self._conclusion
            )
            for predicates, group in groups.items()
        ]

    def _with_lists(self, rows: list[tuple[int, ...]], lists: Lists) -> list[Plan]:
        found: list[Plan] = []
        if self._every is None:
            return found
        names = self._names
        for row in rows:
            for members in lists(row[names.index(self._every.list.name)]):
                if members and (*row, members) not in self._seen:
                    self._seen.add((*row, members))
                    items = {f"{self._every.names[0].name}[{n}]": item for n, item in enumerate(members, 1)}
                    constants = {**dict(zip(names, row, strict=True)), **items}
                    data = tuple(_spread(self._data, len(members)))
                    ends = tuple(_spread(self._conclusion, len(members)))
                    given = Bindings(1, {name: np.array([one], np.int64) for name, one in zip(names, row, strict=True)})
                    found.append(self._plan(constants, given, data, ends))
        return found

    def _plan(
        self,
        constants: Mapping[str, int],
        given: Bindings,
        data: tuple[Pattern, ...],
        conclusion: tuple[Pattern, ...],
    ) -> Plan:
        return Plan(
            self.rule.name,
            given,
            self._reported,
            tuple([_substituted(one, constants) for one in data]) if constants else data,
            tuple([_substituted(one, constants) for one in conclusion]) if constants else conclusion,
            self._apart,
            self._direct,
        )


def _some_rows(table: Bindings, rows: list[int]) -> Bindings:
    """Return some rows of a table; a single one without an array of its number."""
    if len(rows) == 1:
        (row,) = rows
        return Bindings(1, {name: column[row : row + 1] for name, column in table.columns.items()})
    return table.take(np.array(rows, np.int64))


def _one_of(pattern: Pattern, sides: tuple[int | str, int | str], bound: set[str]) -> bool:
    """Say whether one side of a conclusion is a side of the condition, and the other is given."""
    found = [one in sides for one in (pattern.subject, pattern.object)]
    given = [isinstance(one, int) or one in bound for one in (pattern.subject, pattern.object)]
    return found == [not one for one in given] and any(found) and not all(found)


def _apart(condition: tuple[Pattern, ...], conclusion: tuple[Pattern, ...]) -> Iterator[tuple[str, str]]:
    """Yield the two variables by which a conclusion alone differs from a statement of the condition."""
    if len(conclusion) != 1:
        return
    for one in condition:
        odd = [(here, there) for here, there in zip(one, conclusion[0], strict=True) if here != there]
        if len(odd) == 1 and isinstance(odd[0][0], str) and isinstance(odd[0][1], str):
            yield odd[0][0], odd[0][1]


def _patterns(atoms: tuple[Statement | Members, ...], intern: Callable[[str | int], int]) -> Iterator[Pattern]:
    def term(part: Part) -> int | str:
        match part:
            case Variable():
                return f"{part.name}[{part.place}]" if part.place else part.name
            case Name():
                return intern(part.iri)
            case Number():
                return intern(part.value)

    for atom in atoms:
        match atom:
            case Statement():
                yield Pattern(term(atom.subject), term(atom.predicate), term(atom.object))
            case Members(names=(one,), every=False):
                yield Pattern(term(atom.list), MEMBER, term(one))
            case Members(names=(one, other)):
                both = f"{one.name}&{other.name}"
                yield Pattern(term(atom.list), PAIR, both)
                yield Pattern(both, FIRST_OF, term(one))
                yield Pattern(both, SECOND_OF, term(other))


def _spread(patterns: tuple[Pattern, ...], length: int) -> Iterator[Pattern]:
    """Repeat what speaks of each member of a list, and settle which are the ends."""

    def at(term: int | str, place: int) -> int | str:
        if not isinstance(term, str):
            return term
        return term.replace("[i+1]", f"[{place + 1}]").replace("[i]", f"[{place}]").replace("[n+1]", f"[{length + 1}]")

    for pattern in patterns:
        repeated = any("[i" in name for name in pattern.variables())
        for place in range(1, length + 1 if repeated else 2):
            yield Pattern(at(pattern.subject, place), at(pattern.predicate, place), at(pattern.object, place))


def _substituted(pattern: Pattern, constants: Mapping[str, int]) -> Pattern:
    if constants.keys().isdisjoint(pattern):
        return pattern
    get: Callable[[int | str, int | str], int | str] = constants.get  # type: ignore[assignment]  # no integer is a name
    subject, predicate, object_ = pattern
    return Pattern(get(subject, subject), get(predicate, predicate), get(object_, object_))


def list_readings(
    head: int, first: Mapping[int, tuple[int, ...]], rest: Mapping[int, tuple[int, ...]], nil: int
) -> tuple[tuple[int, ...], ...]:
    """Return every way to read a list from a node; a list that has no end, or a gap, cannot be read."""
    found: list[tuple[int, ...]] = []
    open_ends: list[tuple[int, tuple[int, ...], frozenset[int]]] = [(head, (), frozenset())]
    while open_ends:
        node, members, passed = open_ends.pop()
        if node == nil:
            found.append(members)
            continue
        if node not in passed:
            for item, after in product(first.get(node, ()), rest.get(node, ())):
                open_ends.append((after, (*members, item), passed | {node}))
    return tuple(sorted(set(found)))
