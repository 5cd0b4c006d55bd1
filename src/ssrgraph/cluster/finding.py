"""Finding the documents of folders on any file system, by the rules of `documents.list_documents`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from pyspark.sql import functions as F  # noqa: N812 -- as Spark's own documentation calls it

from ssrgraph.cluster.files import parent_of
from ssrgraph.documents import MANIFEST, MOST_BYTES, PASSED_OVER, SUFFIXES, empty_folder, parse_sources, plain_name
from ssrgraph.errors import DocumentError
from ssrgraph.pipeline.ledger import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pyspark.sql import DataFrame, SparkSession

    from ssrgraph.cluster.files import Files
    from ssrgraph.documents import Source

_PARENT = "/[^/]*$"
_STEM = r"(?<=.)\.[^.]+$"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The documents that are meant.

    Attributes:
        contents: Their paths and bytes, as a table with the columns `path` and `content`; no bytes of a file that is
            too large.
        count: How many they are.
        named: The paths of those that were named themselves, not only the folder that they lie in.
        sources: What the manifests of the folders say, by folder and document id.
        skipped: Files that are not read.
    """

    contents: DataFrame
    count: int
    named: frozenset[str]
    sources: Mapping[str, Mapping[str, Source]]
    skipped: tuple[Skipped, ...]


def find_documents(spark: SparkSession, files: Files, documents: Sequence[str]) -> Found:
    """Find the documents that are meant; none is read yet.

    Args:
        spark: The session.
        files: Its file systems.
        documents: Files and folders of files, as the cluster names them; names may have wildcards.

    Raises:
        DocumentError: A file or folder is missing, a folder holds no document, a file was named that has the id of
            another, or a manifest is wrong.
    """
    folders, named = _meant(files, documents)
    listed = _listed(spark, folders, named)
    counts = {row["parent"]: row["count"] for row in listed.groupBy("parent").count().collect()}
    for folder in folders:
        if folder not in counts:
            raise empty_folder(folder)
    skipped, left_out = _doubles(listed, [*folders, *named], named)
    hidden = [name for folder in folders for name in files.names(folder, "_*") if _is_document(name)]
    skipped += [Skipped(name=name, problem="Spark passes over names that begin with _; rename it") for name in hidden]
    kept = listed.where(~F.col("path").isin(left_out)) if left_out else listed
    small = kept.where(F.col("length") <= MOST_BYTES).select("path", "content")
    large = kept.where(F.col("length") > MOST_BYTES).select("path", F.lit(None).cast("binary").alias("content"))
    return Found(
        contents=small.unionAll(large),
        count=sum(counts.values()) - len(left_out),
        named=frozenset(named),
        sources=dict(_sources(files, dict.fromkeys([*folders, *map(parent_of, named)]))),
        skipped=tuple(skipped),
    )


def _meant(files: Files, documents: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the folders and the files that are meant, each once."""
    folders: dict[str, None] = {}
    named: dict[str, None] = {}
    for name in documents:
        resolved = files.resolve(name)
        if not resolved:
            raise DocumentError(name, "there is no such file or folder")
        for path, is_folder in resolved:
            (folders if is_folder else named)[path] = None
    return list(folders), list(named)


def _listed(spark: SparkSession, folders: Sequence[str], named: Sequence[str]) -> DataFrame:
    """Return a table of the files, with what Spark knows of them; what they hold is read only if it is used."""
    # What lies in a folder that is given as well would be listed twice.
    tops = [one for one in folders if not any(one.startswith(f"{other}/") for other in folders)]
    alone = [one for one in named if not any(one.startswith(f"{top}/") for top in tops)]
    reader = spark.read.format("binaryFile").option("recursiveFileLookup", "true").option("__globPaths__", "false")
    every = reader.load([*tops, *alone]).withColumn("parent", F.regexp_replace("path", _PARENT, ""))
    name = F.substring_index("path", "/", -1)
    ending = F.lower(F.regexp_extract(name, _STEM, 0))
    is_document = ending.isin(list(SUFFIXES))
    for beginning in PASSED_OVER:
        is_document = is_document & ~name.startswith(beginning)
    wanted = F.col("parent").isin(list(folders)) & is_document
    return every.where(wanted | F.col("path").isin(list(named)))


def _doubles(listed: DataFrame, order: Sequence[str], named: Iterable[str]) -> tuple[list[Skipped], list[str]]:
    """Return what is to be told of files that have the id of another, and their paths."""
    stem = F.regexp_replace(F.substring_index("path", "/", -1), _STEM, "")
    several = listed.groupBy(stem.alias("id")).agg(F.collect_list("path").alias("paths")).where(F.size("paths") > 1)
    place = {path: number for number, path in enumerate(order)}
    skipped: list[Skipped] = []
    left_out: list[str] = []
    for row in several.sort("id").collect():
        first, *others = sorted(row["paths"], key=lambda path: (place.get(path, place.get(parent_of(path), 0)), path))
        for path in others:
            if {first, path} & set(named):
                raise DocumentError(path, f"has the same document id as {first}; rename one of them")
            left_out.append(path)
            problem = f"has the same document id as {first}; rename one of them"
            skipped.append(Skipped(name=plain_name(path), problem=problem))
    return skipped, left_out


def _is_document(path: str) -> bool:
    return PurePosixPath(path).suffix.lower() in SUFFIXES


def _sources(files: Files, folders: Iterable[str]) -> Iterable[tuple[str, Mapping[str, Source]]]:
    for folder in folders:
        name = f"{folder}/{MANIFEST}"
        content = files.read(name)
        if content is not None:
            yield folder, parse_sources(content, name=name)
