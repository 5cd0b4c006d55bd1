"""Rules specialised to a schema, as tables: what Spark joins with the statements of a graph.

The driver closes the schema with the native engine, which also specialises the rules (`reasoning.plans`). Plans that
differ in their terms only are one shape here, and their terms the rows of its table, so that a rule is a few joins
however many properties it speaks of.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from ssrgraph.cluster.statements import value_text
from ssrgraph.reasoning.contradictions import member_pairs
from ssrgraph.reasoning.economy import IMPLIED
from ssrgraph.reasoning.plans import RulePlans, matches
from ssrgraph.reasoning.rules import Name, Statement, rules
from ssrgraph.reasoning.terms import NOTHING, RDF, SAME_AS, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ssrgraph.reasoning.plans import Pattern, Plan, Relations
    from ssrgraph.reasoning.relations import Bindings
    from ssrgraph.reasoning.saturation import Saturation

_EQUALITY = 4
_DATA = frozenset({TYPE, SAME_AS})


class Atom(NamedTuple):
    """A statement of a shape: names of columns of its table, which begin with `FIXED`, and of variables."""

    subject: str
    predicate: str
    object: str


FIXED = "c"
"""What the names of columns of a shape's table begin with."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What rules have in common that differ in their terms only.

    Rules that differ in their names only are one shape, such as a transitive property and a chain of two.

    Attributes:
        condition: What must hold.
        conclusion: What follows.
        apart: Names that must stand for different terms, where both are known.
    """

    condition: tuple[Atom, ...]
    conclusion: tuple[Atom, ...]
    apart: tuple[tuple[str, str], ...]

    def columns(self) -> tuple[str, ...]:
        """Return the columns of its table."""
        names = (name for atom in (*self.condition, *self.conclusion) for name in atom)
        return tuple(dict.fromkeys(name for name in names if name.startswith(FIXED)))


Tables = Mapping[Shape, frozenset[tuple[str, ...]]]
"""The rows of the table of each shape, by its columns."""


def schema_predicates() -> frozenset[str]:
    """Return the predicates of the statements that rules are specialised to, which the driver holds."""
    return frozenset({one.iri for one in _predicates()} - _DATA | {RDF + "first", RDF + "rest"})


def schema_classes() -> frozenset[str]:
    """Return the classes whose members are the driver's: of properties, of axioms."""
    found = {one.object.iri for one in _statements() if isinstance(one.object, Name) and _is_type(one)}
    return frozenset(found - {NOTHING})


def _statements() -> Iterator[Statement]:
    for rule in rules().values():
        yield from (one for one in (*rule.schema, *rule.data) if isinstance(one, Statement))


def _predicates() -> Iterator[Name]:
    return (one.predicate for one in _statements() if isinstance(one.predicate, Name))


def _is_type(statement: Statement) -> bool:
    return isinstance(statement.predicate, Name) and statement.predicate.iri == TYPE


class Specialiser:
    """Turns the plans of a closed schema into tables.

    Args:
        graph: The schema, closed.
    """

    def __init__(self, graph: Saturation) -> None:
        self._graph = graph
        self._held = {graph.number(name) for name in schema_predicates()}
        self._classes = {graph.number(name) for name in schema_classes()}
        self._type = graph.number(TYPE)
        self._names: dict[int, str] = {}

    def rules(self) -> Tables:
        """Return what follows from what.

        Of domains and ranges all are taken, not only those that are essential: a round costs more than a row.
        """
        return self._tables(self._plans(self._graph.relations, contradictions=False))

    def contradictions(self) -> Tables:
        """Return what must not hold; what is about sameness is left to the driver."""
        relations = {**self._graph.relations, **member_pairs(self._graph)}
        return self._tables(self._plans(relations, contradictions=True), relations)

    def _plans(self, relations: Relations, *, contradictions: bool) -> Iterator[Plan]:
        for rule in rules().values():
            tried = not rule.special and rule.table != _EQUALITY and rule.name not in IMPLIED
            if tried and rule.contradiction == contradictions:
                yield from RulePlans(rule, self._graph.number).renew(relations, self._graph.lists)

    def _tables(self, plans: Iterable[Plan], relations: Relations | None = None) -> Tables:
        tables: dict[Shape, set[tuple[str, ...]]] = {}
        for plan in plans:
            mine = [one for one in plan.patterns if self._is_schema(one)]
            rest = [one for one in plan.patterns if not self._is_schema(one)]
            known = matches(plan.given, tuple(mine), relations or self._graph.relations, apart=plan.apart)
            conclusion = [one for one in plan.conclusion if self._graph.is_wanted(one)]
            if rest and known.count and (conclusion or not plan.conclusion):
                self._enter(tables, plan, known, rest, conclusion)
        return {shape: frozenset(rows) for shape, rows in tables.items()}

    def _is_schema(self, pattern: Pattern) -> bool:
        verb = pattern.predicate
        if not isinstance(verb, int):
            return False
        return verb < 0 or verb in self._held or (verb == self._type and pattern.object in self._classes)

    def _enter(
        self,
        tables: dict[Shape, set[tuple[str, ...]]],
        plan: Plan,
        known: Bindings,
        rest: Sequence[Pattern],
        conclusion: Sequence[Pattern],
    ) -> None:
        """Enter a plan with all that the schema binds its variables to."""
        names: dict[int | str, str] = {}
        values: dict[str, list[str]] = {}

        def column(term: int | str) -> str:
            """Name what the schema binds, and variables, in the order in which they come."""
            if isinstance(term, str) and term in names:
                return names[term]
            if isinstance(term, str) and term not in known.columns:
                names[term] = f"x{len(names)}"
                return names[term]
            name = f"{FIXED}{len(values)}"
            numbers = [term] * known.count if isinstance(term, int) else known.columns[term].tolist()
            values[name] = [self._text(number) for number in numbers]
            if isinstance(term, str):
                names[term] = name
            return name

        condition, concluded = (tuple(Atom(*map(column, one)) for one in patterns) for patterns in (rest, conclusion))
        apart = tuple((names[one], names[other]) for one, other in plan.apart if one in names and other in names)
        shape = Shape(condition, concluded, apart)
        tables.setdefault(shape, set()).update(zip(*(values[name] for name in shape.columns()), strict=True))

    def _text(self, number: int) -> str:
        if number not in self._names:
            self._names[number] = value_text(self._graph.symbols.texts[number])
        return self._names[number]
