"""What documents came to as tables of Spark: which have the same text, and the rows of the fact tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssrgraph.query.facts import COLUMNS, NUMERIC

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def same_texts(readings: DataFrame) -> DataFrame:
    """Return the ids of documents with the text of another, whose id comes first, and what is to be told of each."""
    from pyspark.sql import Window  # noqa: PLC0415 -- an extra, loaded only where it is asked for
    from pyspark.sql import functions as F  # noqa: N812, PLC0415 -- as Spark's own documentation calls it

    first = F.min("id").over(Window.partitionBy("words"))
    told = F.concat(F.lit("has the same text as "), F.col("first"), F.lit(", which is read"))
    read = readings.where("problem is null").select("id", "words").withColumn("first", first)
    return read.where("id <> first").select("id", told.alias("problem"))


def tables_of(readings: DataFrame) -> dict[str, DataFrame]:
    """Return the fact tables: their columns as text, amounts and values as numbers, an empty slot null."""
    from pyspark.sql import functions as F  # noqa: N812, PLC0415 -- as above

    found = readings.select(F.from_json("tables", "map<string, array<array<string>>>").alias("tables"))
    tables = {}
    for table, columns in COLUMNS.items():
        rows = found.select(F.explode(F.col("tables")[table]).alias("cells"))
        cells = {name: F.nullif(F.col("cells")[place], F.lit("")) for place, name in enumerate(columns)}
        tables[table] = rows.select(
            *(cell.cast("double" if name in NUMERIC else "string").alias(name) for name, cell in cells.items())
        )
    return tables
