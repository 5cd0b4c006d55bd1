"""A build on a cluster: documents are read where the workers are, and the graph and the tables stay in many files."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad, RdfFormat, parse, serialize

from ssrgraph import __version__
from ssrgraph.cluster.files import Files, OutputUsedError
from ssrgraph.cluster.reading import SCHEMA, Work, premises_in, premises_of, read_documents, reading_fingerprint
from ssrgraph.cluster.session import session
from ssrgraph.cluster.statements import SCHEMA as STATEMENTS
from ssrgraph.cluster.statements import statements
from ssrgraph.cluster.tables import same_texts, tables_of
from ssrgraph.documents import known_encoding, plain_name
from ssrgraph.entities import load_reference
from ssrgraph.errors import DocumentError
from ssrgraph.graph import Iris, link_quads, ontology_quads, reference_quads
from ssrgraph.pipeline.inputs import EncodingError, Options
from ssrgraph.pipeline.ledger import Skipped
from ssrgraph.pipeline.linking import SAME_AS, load_links
from ssrgraph.reasoning import closure
from ssrgraph.vocabulary import Owl, Rdf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from pyoxigraph import Triple
    from pyspark.sql import DataFrame, SparkSession

    from ssrgraph.entities.links import Link
    from ssrgraph.reasoning import Inconsistency

    Progress = Callable[[str, int, int], None]

SUMMARY = "summary.json"
"""The file of an output that is written last: where it is, all else is whole."""
_BLANK = r"^_:|^\S+ \S+ _:"
"""Of a line of N-Quads, that it has a blank node."""
_READINGS, _GRAPH, _TABLES, _WORK = "readings", "graph", "tables", "_work"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterBuild:
    """What a build on a cluster came to.

    Attributes:
        documents: How many documents the graph holds.
        claims: How many claims were read in them.
        inferred: How many triples were derived.
        skipped: The files that were given and are not in the graph, each with the reason.
        inconsistencies: What cannot all be true.
    """

    documents: int
    claims: int
    inferred: int
    skipped: tuple[Skipped, ...]
    inconsistencies: tuple[Inconsistency, ...]


def build(
    documents: Sequence[str],
    *,
    out: str,
    master: str,
    settings: Mapping[str, str] | None = None,
    options: Options | None = None,
    encoding: str | None = None,
    force: bool = False,
    progress: Progress | None = None,
) -> ClusterBuild:
    """Turn documents into a graph and fact tables in a folder, with the work done by a cluster.

    The graph is that of an embedded build of the same documents. `graph/` holds it as N-Quads in many files, of which
    one at most has blank nodes besides the inferred ones that stand in it; `tables/` a Parquet table each;
    `readings/` what each document came to.

    Args:
        documents: Files and folders of files, as the cluster names them.
        out: The folder, as the cluster names it.
        master: The address of the cluster.
        settings: Spark's own settings.
        options: How to build.
        encoding: What text is in that is neither UTF-8 nor says what it is in.
        force: Replace what the folder holds.
        progress: Told what is going on.

    Raises:
        InputError: A document cannot be used, the folder is used, or the cluster cannot.
    """
    if encoding is not None and known_encoding(encoding) is None:
        raise EncodingError(encoding)
    options = options or Options()
    with session(master, settings) as spark:
        files = Files(spark)
        if files.is_used(out):
            if not force:
                raise OutputUsedError(out)
            files.delete(out)
        line = _Line(spark, files, out.rstrip("/"), options, progress or _silent)
        return line.run(documents, encoding)


class _Line:
    """The whole line of one build."""

    def __init__(self, spark: SparkSession, files: Files, out: str, options: Options, progress: Progress) -> None:
        self._spark, self._files, self._out, self._options, self._progress = spark, files, out, options, progress
        self._iris = Iris(options.base_iri)
        self._links = load_links(options.links)

    def run(self, documents: Sequence[str], encoding: str | None) -> ClusterBuild:
        """Read, compose, reason and write."""
        skipped = self._read(documents, encoding)
        readings = self._spark.read.parquet(f"{self._out}/{_READINGS}")
        same = same_texts(readings).cache()
        held = readings.where("problem is null").join(same, "id", "left_anti")
        found = held.selectExpr("count(1) as documents", "coalesce(sum(claims), 0) as claims").collect()[0]
        self._progress("writing", 0, 1)
        for table, rows in tables_of(held).items():
            rows.write.parquet(f"{self._out}/{_TABLES}/{table}")
        common = self._common(held)
        self._write(held.select("quads"), "documents")
        self._progress("writing", 1, 1)
        self._progress("reasoning", 0, 1)
        inferred, inconsistencies = self._reason(held, common)
        self._write_common(common, inferred)
        derived = inferred.count()
        self._progress("reasoning", 1, 1)
        self._files.delete(f"{self._out}/{_WORK}")
        done = ClusterBuild(
            documents=found["documents"],
            claims=found["claims"],
            inferred=derived,
            skipped=(*skipped, *_skipped(readings), *_skipped(readings.drop("problem").join(same, "id"))),
            inconsistencies=inconsistencies,
        )
        self._files.write(f"{self._out}/{SUMMARY}", self._summary(done))
        return done

    def _read(self, documents: Sequence[str], encoding: str | None) -> tuple[Skipped, ...]:
        """Bring what each document comes to into the output; return the files that are not even tried."""
        from ssrgraph.cluster.finding import find_documents  # noqa: PLC0415 -- loads PySpark

        found = find_documents(self._spark, self._files, documents)
        work = Work(
            options=self._options,
            reading=reading_fingerprint(self._options),
            sources=found.sources,
            subjects=_subjects(self._links, self._options.base_iri),
            encoding=encoding,
        )
        self._progress("reading", 0, found.count)
        outcomes = found.contents.rdd.mapPartitions(partial(read_documents, work=work))
        self._spark.createDataFrame(outcomes, SCHEMA).write.parquet(f"{self._out}/{_READINGS}")
        readings = self._spark.read.parquet(f"{self._out}/{_READINGS}")
        for path, problem in _problems(readings.where(readings["path"].isin(sorted(found.named)))):
            raise DocumentError(path, problem)
        if readings.where("problem is null").isEmpty():
            path, problem = _problems(readings)[0]
            more = f" (none of the {found.count:,} documents can be read)" if found.count > 1 else ""
            raise DocumentError(path, f"{problem}{more}")
        self._progress("reading", found.count, found.count)
        return found.skipped

    def _common(self, held: DataFrame) -> list[Quad]:
        """Return the graphs that are of no single document: ontology, entities, links."""
        base = self._options.base_iri
        entities, currencies, linked = (
            {row[0] for row in held.selectExpr(f"explode({name})").distinct().collect()}
            for name in ("entities", "currencies", "linked")
        )
        quads = ontology_quads(base=base)
        quads += reference_quads(load_reference(), sorted(entities), currencies=currencies, base=base)
        type_ = NamedNode(Rdf.TYPE)
        described = linked | {str(one.subject)[1:-1] for one in quads if one.predicate == type_}
        same_as = self._options.same_as or self._options.same_as_reasoned
        links = link_quads(self._links, is_there=lambda node: node.value in described, base=base, same_as=same_as)
        quads += links
        if self._options.same_as_reasoned:
            graph, same = self._iris.graph(SAME_AS), NamedNode(Owl.SAME_AS)
            quads += [Quad(one.subject, same, one.object, graph) for one in links if one.predicate == same]
        return quads

    def _reason(self, held: DataFrame, common: Sequence[Quad]) -> tuple[DataFrame, tuple[Inconsistency, ...]]:
        """Return what follows, as lines of N-Quads, and what cannot all be true."""
        if self._options.reasoner == "none":
            return self._spark.createDataFrame([], "line string"), ()
        if self._options.reasoner == "spark":
            return self._reason_there(held, common)
        result = closure(self._premises(held, common), engine=self._options.reasoner)
        graph = self._iris.graph("inferred")
        lines = ((f"{one} {graph} .",) for one in result.inferred)
        return self._spark.createDataFrame(list(lines), "line string"), result.inconsistencies

    def _reason_there(self, held: DataFrame, common: Sequence[Quad]) -> tuple[DataFrame, tuple[Inconsistency, ...]]:
        """Do the same with the work done by the cluster."""
        from ssrgraph.cluster.closing import close  # noqa: PLC0415 -- loads PySpark

        base = self._options.base_iri
        mine = list(statements(premises_in(common, base=base)))
        given = self._spark.createDataFrame(mine, STATEMENTS)
        theirs = held.select("quads").rdd.mapPartitions(partial(premises_of, base=base))
        work = f"{self._out}/{_WORK}/closure"
        closed = close(self._spark, given.unionAll(self._spark.createDataFrame(theirs, STATEMENTS)), work)
        line = closed.inferred.selectExpr(f"concat_ws(' ', s, p, o, '{self._iris.graph('inferred')} .') as line")
        line.write.parquet(f"{work}/inferred")
        return self._spark.read.parquet(f"{work}/inferred"), closed.inconsistencies

    def _premises(self, held: DataFrame, common: Sequence[Quad]) -> Iterator[Triple]:
        """Yield what the reasoner is given, a document at a time."""
        base = self._options.base_iri
        yield from premises_in(common, base=base)
        for row in held.select("quads").toLocalIterator():
            yield from premises_in(parse(row[0], format=RdfFormat.N_QUADS), base=base)

    def _write_common(self, common: Sequence[Quad], inferred: DataFrame) -> None:
        """Write what is of no single document; all that has a blank node comes into one file, where it keeps it."""
        text = (serialize(common, format=RdfFormat.N_QUADS) or b"").decode().rstrip("\n")
        has_blank = inferred["line"].rlike(_BLANK)
        first = self._spark.createDataFrame([(text,)], "line string")
        self._write(first.unionAll(inferred.where(has_blank)).coalesce(1), "common")
        self._write(inferred.where(~has_blank), "inferred")

    def _write(self, lines: DataFrame, name: str) -> None:
        """Write N-Quads, a line or several in a row, into files whose names begin with this one."""
        parts = f"{self._out}/{_WORK}/{name}"
        lines.write.option("compression", "gzip").text(parts)
        self._files.gather(parts, f"{self._out}/{_GRAPH}", (f"{name}-", ".nq.gz"))

    def _summary(self, done: ClusterBuild) -> bytes:
        told = {
            "version": __version__,
            "base_iri": self._options.base_iri,
            "reasoner": self._options.reasoner,
            "documents": done.documents,
            "claims": done.claims,
            "inferred": done.inferred,
            "skipped": [asdict(one) for one in done.skipped],
            "inconsistencies": [one.message for one in done.inconsistencies],
        }
        return f"{json.dumps(told, indent=2, ensure_ascii=False)}\n".encode()


def _subjects(links: Sequence[Link], base: str) -> frozenset[str]:
    """Return the IRIs of what links speak of."""
    found: set[str] = set()

    def note(node: NamedNode) -> bool:
        found.add(node.value)
        return False

    link_quads(links, is_there=note, base=base)
    return frozenset(found)


def _problems(readings: DataFrame) -> list[tuple[str, str]]:
    rows = readings.where("problem is not null").select("path", "problem").sort("path").collect()
    return [(row["path"], row["problem"]) for row in rows]


def _skipped(readings: DataFrame) -> tuple[Skipped, ...]:
    return tuple(Skipped(name=plain_name(path), problem=problem) for path, problem in _problems(readings))


def _silent(_what: str, _done: int, _of: int) -> None:
    """Tell nobody."""
