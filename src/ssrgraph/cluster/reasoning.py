"""The closure of files on a cluster, into files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssrgraph.cluster.files import Files, OutputUsedError
from ssrgraph.cluster.session import session
from ssrgraph.reasoning import BrokenListError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyspark.sql import DataFrame

    from ssrgraph.reasoning import Inconsistency

_BLANK = "s like '_:%' or o like '_:%'"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterClosure:
    """What a closure on a cluster came to.

    Attributes:
        given: How many triples were given.
        inferred: How many follow and were not given.
        rounds: How many rounds it took.
        inconsistencies: What cannot all be true, found among the first matches of each rule.
    """

    given: int
    inferred: int
    rounds: int
    inconsistencies: tuple[Inconsistency, ...]


def reason(
    names: Sequence[str],
    *,
    out: str,
    master: str,
    settings: Mapping[str, str] | None = None,
    only_inferred: bool = False,
) -> ClusterClosure:
    """Write the OWL 2 RL closure of files as N-Triples into a folder, in many files.

    All triples with a blank node are in one file, `blank-00000.nt.gz`.

    Args:
        names: Files of RDF, as the cluster names them.
        out: The folder, as the cluster names it.
        master: The address of the cluster.
        settings: Spark's own settings.
        only_inferred: Leave out what the files say.

    Raises:
        InputError: A file, the folder or the cluster cannot be used, or the graph cannot be closed on a cluster.
    """
    with session(master, settings) as spark:
        from ssrgraph.cluster.closing import close  # noqa: PLC0415 -- loads PySpark
        from ssrgraph.cluster.graphs import read_graphs  # noqa: PLC0415

        files, out = Files(spark), out.rstrip("/")
        if files.is_used(out):
            raise OutputUsedError(out)
        work = f"{out}/_work"
        try:
            closed = close(spark, read_graphs(spark, files, names), work)
            if closed.broken:
                raise BrokenListError(closed.broken[0], len(closed.broken) - 1)
            closed.inferred.write.parquet(f"{work}/inferred")
            given = spark.read.parquet(f"{work}/given").select("s", "p", "o")
            inferred = spark.read.parquet(f"{work}/inferred")
            _write(files, inferred if only_inferred else inferred.unionAll(given), out, work)
            return ClusterClosure(
                given=given.count(),
                inferred=inferred.count(),
                rounds=closed.rounds,
                inconsistencies=closed.inconsistencies,
            )
        finally:
            files.delete(work)


def _write(files: Files, statements: DataFrame, out: str, work: str) -> None:
    """Write statements as N-Triples; all that has a blank node comes into one file, where it keeps it."""
    blank, others = statements.where(_BLANK).coalesce(1), statements.where(f"not ({_BLANK})")
    for name, rows in (("blank", blank), ("graph", others)):
        lines = rows.selectExpr("concat_ws(' ', s, p, o, '.')")
        lines.write.option("compression", "gzip").text(f"{work}/{name}")
        files.gather(f"{work}/{name}", out, (f"{name}-", ".nt.gz"))
