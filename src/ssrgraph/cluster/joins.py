"""The joins of Spark that find what rules conclude."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

from pyspark.sql import functions as F  # noqa: N812 -- as Spark's own documentation calls it

from ssrgraph.cluster.rows import table_of
from ssrgraph.reasoning.terms import TYPE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from pyspark.sql import Column, DataFrame, SparkSession

    from ssrgraph.cluster.shapes import Atom, Shape, Tables

Row = tuple[str, ...]

_TYPE = f"<{TYPE}>"
_FEW = 100
"""So many values of a column, or fewer, are looked for before a join."""
_SIDES = ("s", "p", "v")


class Rules:
    """Shapes with their tables, ready to be joined with statements of the columns `s`, `p`, `v`.

    Args:
        spark: The session.
        tables: The rows of the shapes.
    """

    def __init__(self, spark: SparkSession, tables: Tables) -> None:
        self._prepared = [_Prepared(spark, shape, sorted(rows)) for shape, rows in sorted(tables.items(), key=repr)]

    def concluded(self, every: DataFrame, kinds: Kinds, fresh: DataFrame, fresh_kinds: Kinds) -> DataFrame | None:
        """Return what follows in one step and not without what is fresh; None if no rule can conclude anything.

        Args:
            every: All statements.
            kinds: What kinds of statements they are.
            fresh: Those of them of which at least one must be used.
            fresh_kinds: What kinds those are.
        """
        found: DataFrame | None = None
        for one in self._prepared:
            # Where all is fresh, one place is as good as all.
            for place in range(1 if fresh is every else len(one.shape.condition)):
                there = [fresh_kinds if number == place else kinds for number in range(len(one.shape.condition))]
                rows = one.rows(there)
                for atom in one.shape.conclusion if rows else ():
                    more = one.selected(one.matches(rows, place, every, fresh), atom)
                    found = more if found is None else found.unionAll(more)
        return found

    def used(self, every: DataFrame, kinds: Kinds, most: int) -> Iterator[tuple[str, str, str]]:
        """Yield the statements that meet in the conditions, of as many matches of each shape."""
        for one in self._prepared:
            rows = one.rows([kinds] * len(one.shape.condition))
            if rows:
                some = one.matches(rows, 0, every, every).limit(most).collect()
                for row in some:
                    for atom in one.shape.condition:
                        yield row[atom.subject], row[atom.predicate], row[atom.object]


@dataclass(frozen=True, slots=True)
class Kinds:
    """What kinds of statements there are.

    Attributes:
        predicates: Their predicates.
        classes: The classes that something belongs to.
    """

    predicates: frozenset[str]
    classes: frozenset[str]

    @classmethod
    def of(cls, statements: DataFrame) -> Kinds:
        """Return the kinds of statements."""
        classes = F.when(F.col("p") == _TYPE, F.col("v"))
        pairs = statements.select("p", classes).distinct().collect()
        return cls(frozenset(verb for verb, _ in pairs), frozenset(value for _, value in pairs if value is not None))

    def __or__(self, other: Kinds) -> Kinds:
        return Kinds(self.predicates | other.predicates, self.classes | other.classes)

    def have(self, predicate: str, value: str | None) -> bool:
        """Say whether there may be statements with a predicate, and an object if one is given."""
        return predicate in self.predicates and (value is None or predicate != _TYPE or value in self.classes)


class _Prepared:
    """A shape with its table."""

    def __init__(self, spark: SparkSession, shape: Shape, rows: Sequence[Row]) -> None:
        self.shape, self._spark, self._rows = shape, spark, rows
        self._columns = shape.columns()
        place = {name: number for number, name in enumerate(self._columns)}
        self._keys = [(place[atom.predicate], place.get(atom.object)) for atom in shape.condition]

    def rows(self, kinds: Sequence[Kinds]) -> list[Row]:
        """Return the rows of the table that can match, if the statements at each place are of these kinds."""
        return [
            row
            for row in self._rows
            if all(
                there.have(row[verb], None if value is None else row[value])
                for there, (verb, value) in zip(kinds, self._keys, strict=True)
            )
        ]

    def selected(self, frame: DataFrame, atom: Atom) -> DataFrame:
        """Return the statements of an atom under all matches."""
        return frame.select(*(F.col(name).alias(side) for name, side in zip(atom, _SIDES, strict=True)))

    def matches(self, rows: Sequence[Row], place: int, every: DataFrame, fresh: DataFrame) -> DataFrame:
        """Return the matches of some rows in which the statement at one place is fresh."""
        table = table_of(self._spark, rows, self._columns)
        values = {name: {row[n] for row in rows} for n, name in enumerate(self._columns)}
        known = set(self._columns)
        left = list(self.shape.condition)
        first = left.pop(place)
        frame = _joined(F.broadcast(table), first, _narrowed(fresh, first, values), known)
        while left:
            atom = max(left, key=lambda one: (sum(name in known for name in one), one.subject in known))
            left.remove(atom)
            frame = _joined(frame, atom, _narrowed(every, atom, values), known)
        for one, other in self.shape.apart:
            frame = frame.where(F.col(one) != F.col(other))
        return frame


def _joined(frame: DataFrame, atom: Atom, statements: DataFrame, known: set[str]) -> DataFrame:
    """Join with the statements that an atom allows; what it binds is known afterwards."""
    alike: list[Column] = []
    new: dict[str, str] = {}
    for name, side in zip(atom, _SIDES, strict=True):
        if name in known:
            alike.append(F.col(name) == F.col(side))
        elif name in new:
            alike.append(F.col(new[name]) == F.col(side))
        else:
            new[name] = side
    condition = reduce(lambda one, other: one & other, alike)
    found = frame.join(statements.select(*_SIDES), condition)
    known.update(new)
    kept = [name for name in frame.columns if name in known]
    return found.select(*kept, *(F.col(side).alias(name) for name, side in new.items()))


def _narrowed(statements: DataFrame, atom: Atom, values: Mapping[str, Collection[str]]) -> DataFrame:
    """Leave out what cannot match, where that is quick to say."""
    for name, side in zip(atom, _SIDES, strict=True):
        if 0 < len(values.get(name, ())) <= _FEW:
            statements = statements.where(F.col(side).isin(sorted(values[name])))
    return statements
