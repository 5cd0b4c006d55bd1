"""The OWL 2 RL closure of a graph on a cluster: semi-naive, each round a table on the file system."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING

from pyspark.sql import functions as F  # noqa: N812 -- as Spark's own documentation calls it

from ssrgraph.cluster.joins import Kinds, Rules
from ssrgraph.cluster.rows import table_of
from ssrgraph.cluster.shapes import Specialiser, schema_classes, schema_predicates
from ssrgraph.cluster.statements import triples, value_text, wrongly_typed
from ssrgraph.errors import InputError
from ssrgraph.reasoning import closure
from ssrgraph.reasoning.axioms import ABOUT_VALUES, IDLE
from ssrgraph.reasoning.datatypes import DATATYPES
from ssrgraph.reasoning.noise import INTO_A_CLASS
from ssrgraph.reasoning.reasoner import Reasoner
from ssrgraph.reasoning.terms import NOTHING, RDFS, REFLEXIVE, SAME_AS, THING, TYPE, UNIVERSAL, VOCABULARIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Triple
    from pyspark.sql import Column, DataFrame, SparkSession

    from ssrgraph.reasoning import Inconsistency
    from ssrgraph.reasoning.saturation import Saturation

Row = tuple[str, str, str]

_STATEMENTS = "s string, p string, v string"
_TOLD = 1000
"""So many matches of a rule that must not hold are looked at."""


class UnsupportedGraphError(InputError):
    """The graph says something that is not reasoned about on a cluster.

    Args:
        what: What it is about: `owl:sameAs` as the subject of axioms, a datatype that is used as a class, or a literal
            that is the same as another term.
    """

    def __init__(self, what: str) -> None:
        super().__init__(f"--engine spark cannot follow what this graph says of {what}; use --engine native")
        self.what = what


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """What follows from a graph.

    Attributes:
        inferred: What follows and was not given: a table with the columns `s`, `p`, `o` of N-Triples texts.
        inconsistencies: What cannot all be true, found among the first matches of each rule.
        broken: What has a list as its object that has a gap or never ends; nothing follows from those.
        rounds: How many rounds it took.
    """

    inferred: DataFrame
    inconsistencies: tuple[Inconsistency, ...]
    broken: tuple[Triple, ...]
    rounds: int


def close(spark: SparkSession, given: DataFrame, work: str) -> Closed:
    """Return what follows from a graph by OWL 2 RL.

    The driver holds the schema and the pairs of `owl:sameAs`; all else stays with the workers.

    Args:
        spark: The session.
        given: The graph, with the columns of `statements.SCHEMA`.
        work: A folder for the rounds, as the cluster names it, which nobody else uses.

    Raises:
        UnsupportedGraphError: The graph has axioms about `owl:sameAs`, uses datatypes as classes where that has
            consequences, or makes a literal the same as another term.
    """
    given.distinct().write.parquet(f"{work}/given")
    given = spark.read.parquet(f"{work}/given")
    schema = {tuple(row) for row in given.where(_is_schema("o")).select("s", "p", "o").collect()}
    facts, attempt, rounds = given.select("s", "p", "v"), 0, 0
    while True:
        reasoner = _closed_schema(schema)
        graph = reasoner.graph
        names = _names(graph)
        held = _rows(graph)
        start = _renamed(spark, facts, names).unionAll(table_of(spark, sorted(held), ("s", "p", "v")))
        run = _Rounds(spark, f"{work}/{attempt}", start)
        rules = Rules(spark, Specialiser(graph).rules())
        run.saturate(rules)
        facts, rounds = run.every(), rounds + run.count
        new = _new(facts, held)
        if not new:
            break
        schema |= new
        attempt += 1
    writer = _Writer(spark, given, graph, names)
    return Closed(
        inferred=writer.inferred(facts),
        inconsistencies=_inconsistencies(spark, given, run, graph, schema),
        broken=reasoner.broken_lists(),
        rounds=rounds,
    )


def _new(facts: DataFrame, held: set[Row]) -> set[Row]:
    """Return what the data say of the schema, or of sameness, that the driver does not hold."""
    found = {tuple(row) for row in facts.where(_is_schema("v")).select("s", "p", "v").distinct().collect()}
    new = {row for row in found - held if row[1] != f"<{SAME_AS}>" or row[0] != row[2]}
    for subject, verb, value in sorted(new):
        if verb == f"<{SAME_AS}>" and (subject.startswith('"') or value.startswith('"')):
            raise UnsupportedGraphError(subject if subject.startswith('"') else value)
    return {row for row in new if not row[0].startswith('"')}  # RDF has no triples about literals.


def _closed_schema(schema: Iterable[Row]) -> Reasoner:
    reasoner = Reasoner(triples(sorted(schema)))
    graph = reasoner.graph
    if graph.reflexive:
        raise UnsupportedGraphError(SAME_AS)
    if graph.typed:
        raise UnsupportedGraphError(min(graph.typed))
    return reasoner


def _rows(graph: Saturation) -> set[Row]:
    """Return all that holds in a closed schema, over representatives."""
    texts = graph.symbols.texts
    found: set[Row] = set()
    for verb, pairs in graph.relations.items():
        if verb >= 0:
            for pair in pairs.by_subject.tolist():
                found.add((value_text(texts[pair >> 32]), texts[verb], value_text(texts[pair & 0xFFFFFFFF])))
    return found


def _names(graph: Saturation) -> dict[str, str]:
    """Return for terms that are the same what represents them."""
    texts = graph.symbols.texts
    found = {}
    for top, members in graph.classes.items():
        for one in members:
            if texts[one].startswith('"'):
                raise UnsupportedGraphError(texts[one])
            found[texts[one]] = texts[top]
    return found


def _is_schema(value: str) -> Column:
    """Say of statements whether the driver needs them; `value` is the column of objects."""
    mentioned = [f"<{name}>" for name in (THING, NOTHING, SAME_AS, *sorted(DATATYPES))]
    values = [f"<{name}>" for name in sorted(DATATYPES)]
    verb, type_ = F.col("p"), f"<{TYPE}>"
    idle, about_values = ([f"<{name}>" for name in some] for some in (IDLE, ABOUT_VALUES))
    return (
        verb.isin([f"<{name}>" for name in sorted(schema_predicates())])
        | ((verb == type_) & F.col(value).isin([f"<{name}>" for name in sorted(schema_classes())]))
        | ((verb == f"<{SAME_AS}>") & (F.col("s") != F.col(value)))
        | F.col("s").isin(mentioned)
        | (F.col(value).isin(values) & ~verb.isin(about_values))
        | (F.col(value).isin([f"<{THING}>", f"<{NOTHING}>", f"<{SAME_AS}>"]) & ~verb.isin(idle))
    )


def _renamed(spark: SparkSession, facts: DataFrame, names: Mapping[str, str]) -> DataFrame:
    """Return statements over representatives."""
    if not names:
        return facts
    table = table_of(spark, sorted(names.items()), ("name", "top"))
    for side in ("s", "p", "v"):
        facts = facts.join(table, F.col(side) == F.col("name"), "left")
        facts = facts.withColumn(side, F.coalesce("top", side)).drop("name", "top")
    return facts


class _Rounds:
    """The rounds of one closure; what a round adds is a table of its own.

    Attributes:
        count: How many there are.
        kinds: What kinds of statements there are.
    """

    def __init__(self, spark: SparkSession, folder: str, start: DataFrame) -> None:
        self._spark, self._folder, self.count = spark, folder, 0
        self._write(start.distinct())
        self.kinds = Kinds.of(self.every())

    def every(self) -> DataFrame:
        """Return all statements."""
        return self._read(*range(self.count))

    def saturate(self, rules: Rules) -> None:
        """Add all that follows."""
        every, kinds = self.every(), self.kinds
        fresh = every
        while True:
            found = rules.concluded(every, self.kinds, fresh, kinds)
            if found is None:
                return
            self._write(found.distinct().join(every, ["s", "p", "v"], "left_anti"))
            fresh = self._read(self.count - 1)
            kinds = Kinds.of(fresh)
            if not kinds.predicates:
                return
            self.kinds |= kinds
            every = self.every()

    def _read(self, *numbers: int) -> DataFrame:
        return self._spark.read.schema(_STATEMENTS).parquet(*(f"{self._folder}/{number}" for number in numbers))

    def _write(self, statements: DataFrame) -> None:
        statements.write.parquet(f"{self._folder}/{self.count}")
        self.count += 1


class _Writer:
    """Writes statements over representatives and values as the graph writes them."""

    def __init__(self, spark: SparkSession, given: DataFrame, graph: Saturation, names: Mapping[str, str]) -> None:
        self._spark, self._given, self._graph, self._names = spark, given, graph, names

    def inferred(self, facts: DataFrame) -> DataFrame:
        """Return what was not given and does not hold of everything."""
        real = facts.where(~F.col("s").startswith('"') & F.col("p").startswith("<") & (F.col("p") != f"<{SAME_AS}>"))
        written = self._with_members(self._with_forms(real))
        same = self._same()
        if same:
            written = written.unionAll(table_of(self._spark, same, ("s", "p", "o")))
        found = written.where(~_is_noise()).distinct()
        return found.join(self._given.select("s", "p", "o"), ["s", "p", "o"], "left_anti")

    def _with_forms(self, facts: DataFrame) -> DataFrame:
        """Write values as their subject has them, or else in the first of the ways in which the graph does."""
        literals = self._given.where(F.col("o").startswith('"')).select("v", "o").distinct()
        forms = literals.groupBy("v").agg(F.min("o").alias("least"), F.count("o").alias("several"))
        forms = forms.where((F.col("several") > 1) | (F.col("least") != F.col("v")))
        several = forms.where("several > 1").select("v")
        ways = _renamed(self._spark, self._given.select("s", "p", "v", "o"), self._names)
        ways = ways.select("s", "v", F.col("o").alias("way")).join(several, "v", "left_semi").distinct()
        found = facts.join(forms, "v", "left").join(ways, ["s", "v"], "left")
        return found.select("s", "p", F.coalesce("way", "least", "v").alias("o"))

    def _with_members(self, written: DataFrame) -> DataFrame:
        """Write terms that are the same for each of them."""
        if not self._names:
            return written
        rows = sorted((top, name) for name, top in self._names.items())
        members = table_of(self._spark, rows, ("top", "name"))
        for side in ("s", "p", "o"):
            written = written.join(members, F.col(side) == F.col("top"), "left")
            written = written.withColumn(side, F.coalesce("name", side)).drop("top", "name")
        return written.where(F.col("p").startswith("<"))

    def _same(self) -> list[Row]:
        texts = self._graph.symbols.texts
        classes = ([texts[one] for one in members] for members in self._graph.classes.values())
        return [(one, f"<{SAME_AS}>", other) for members in classes for one, other in permutations(members, 2)]


def _is_noise() -> Column:
    """Say of statements what `reasoning.is_noise` says of triples."""
    subject, verb, value = (F.col(name) for name in ("s", "p", "o"))
    about_vocabulary = None
    for column in (subject, verb, value):
        own = column.startswith(f"<{VOCABULARIES[0]}")
        for start in VOCABULARIES[1:]:
            own = own | column.startswith(f"<{start}")
        about_vocabulary = own if about_vocabulary is None else about_vocabulary & own
    return (
        (verb.isin([f"<{name}>" for name in sorted(REFLEXIVE)]) & (subject == value))
        | (verb.isin([f"<{name}>" for name in sorted(INTO_A_CLASS)]) & value.isin([f"<{name}>" for name in UNIVERSAL]))
        | ((verb == f"<{RDFS}subClassOf>") & (subject == f"<{NOTHING}>"))
        | about_vocabulary
    )


def _inconsistencies(
    spark: SparkSession, given: DataFrame, run: _Rounds, graph: Saturation, schema: Iterable[Row]
) -> tuple[Inconsistency, ...]:
    """Return what cannot all be true: the native engine tells it of the schema and the statements that meet."""
    facts = run.every()
    some: set[Row] = set(Rules(spark, Specialiser(graph).contradictions()).used(facts, run.kinds, _TOLD))
    some |= {tuple(row) for row in given.where("odd").select("s", "p", "o").limit(_TOLD).collect()}
    typed = facts.where((F.col("p") == f"<{TYPE}>") & F.col("s").startswith('"')).select("s", "v")
    wrong = typed.distinct().rdd.mapPartitions(wrongly_typed).take(_TOLD)
    if wrong:
        values = table_of(spark, [(text,) for text in sorted(set(wrong))], ("v",))
        some |= {tuple(row) for row in given.join(values, "v").select("s", "p", "o").limit(_TOLD).collect()}
    every = {row for row in some | set(schema) if not row[0].startswith('"')}
    return closure(triples(sorted(every))).inconsistencies
