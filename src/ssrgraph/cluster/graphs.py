"""Graphs in files on any file system, read by the workers: N-Triples and N-Quads in parts, others file by file."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, RdfFormat, Triple, parse

from ssrgraph.cluster.statements import SCHEMA, Statement, statements
from ssrgraph.errors import GraphFileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyspark.sql import DataFrame, SparkSession

    from ssrgraph.cluster.files import Files

_LINES = {"nt": RdfFormat.N_TRIPLES, "nq": RdfFormat.N_QUADS}
_AT_ONCE = 1 << 12


def read_graphs(spark: SparkSession, files: Files, names: Sequence[str]) -> DataFrame:
    """Return the statements of files together, with the columns of `statements.SCHEMA`.

    Blank nodes of different files are different.

    Args:
        spark: The session.
        files: Its file systems.
        names: Files, as the cluster names them; names may have wildcards.

    Raises:
        GraphFileError: A file is missing, or its ending tells no format of RDF.
    """
    found: DataFrame | None = None
    for number, path in enumerate(_paths(files, names)):
        kind = _format_of(path)
        # Formats cannot be sent to the workers, their media types can.
        parser = _Parser(name=path, media_type=kind.media_type, prefix=f"f{number}x")
        if kind in _LINES.values():
            rows = spark.read.text(path, lineSep="\n").rdd.mapPartitions(parser.lines)
        else:
            whole = spark.read.format("binaryFile").option("__globPaths__", "false").load(path).select("content")
            rows = whole.rdd.flatMap(parser.whole)
        # Spark's own look at the type of every cell takes half as long as the parser.
        more = spark.createDataFrame(rows, SCHEMA, verifySchema=False)
        found = more if found is None else found.unionAll(more)
    if found is None:
        raise GraphFileError(" ".join(names), "no such file")
    return found


def _paths(files: Files, names: Sequence[str]) -> Iterator[str]:
    for name in names:
        resolved = files.resolve(name)
        if not resolved:
            raise GraphFileError(name, "no such file")
        for path, is_folder in resolved:
            if is_folder:
                raise GraphFileError(path, "is a folder; name its files, for instance with wildcards")
            yield path


def _format_of(path: str) -> RdfFormat:
    plain = PurePosixPath(path)
    ending = plain.suffix.removeprefix(".").lower()
    if ending == "gz" and (inner := plain.with_suffix("").suffix.removeprefix(".").lower()) in _LINES:
        return _LINES[inner]
    kind = RdfFormat.from_extension({"owl": "rdf", "json": "jsonld"}.get(ending, ending))
    if kind is None:
        raise GraphFileError(path, "the ending tells no RDF format; use .ttl, .nt, .nq, .trig, .rdf or .jsonld")
    return kind


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parser:
    """Reads the parts of one file.

    Attributes:
        name: The file.
        media_type: Its format.
        prefix: What stands before the labels of its blank nodes.
    """

    name: str
    media_type: str
    prefix: str

    def lines(self, rows: Iterable[tuple[str]]) -> Iterator[Statement]:
        left = iter(rows)
        while some := list(islice(left, _AT_ONCE)):
            yield from self._parsed("\n".join(line for (line,) in some))

    def whole(self, row: tuple[bytearray]) -> Iterator[Statement]:
        return self._parsed(bytes(row[0]))

    def _parsed(self, content: str | bytes) -> Iterator[Statement]:
        base = self.name.replace("file:/", "file:///", 1) if self.name.startswith("file:/") else self.name
        try:
            quads = parse(content, format=RdfFormat.from_media_type(self.media_type), base_iri=base)
            yield from statements(_own(quad.triple, self.prefix) for quad in quads)
        except (SyntaxError, ValueError) as error:
            raise GraphFileError(self.name, " ".join(str(error).split())) from error


def _own(triple: Triple, prefix: str) -> Triple:
    """Keep blank nodes of different files apart."""
    subject, value = triple.subject, triple.object
    if isinstance(subject, BlankNode):
        subject = BlankNode(f"{prefix}{subject.value}")
    if isinstance(value, BlankNode):
        value = BlankNode(f"{prefix}{value.value}")
    return Triple(subject, triple.predicate, value)
