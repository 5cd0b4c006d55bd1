"""Rows of texts that the driver has, as tables of Spark."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pyspark.sql import DataFrame
from pyspark.sql import functions as F  # noqa: N812 -- as Spark's own documentation calls it

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyspark.sql import SparkSession


def table_of(spark: SparkSession, rows: Iterable[Sequence[str]], columns: Sequence[str]) -> DataFrame:
    """Return rows of texts as a table that Spark plans as local.

    What `createDataFrame` makes of a list is worked out by processes of Python, each time anew; rules have many small
    tables. So the rows go to Java as lines of JSON.
    """
    jvm: Any = spark._jvm  # noqa: SLF001 -- PySpark has no other way to make a local table
    texts = jvm.java.util.ArrayList()
    for row in rows:
        texts.add(json.dumps(dict(zip(columns, row, strict=True))))
    values = spark._jsparkSession.createDataset(texts, jvm.org.apache.spark.sql.Encoders.STRING())  # noqa: SLF001
    schema = ", ".join(f"{name} string" for name in columns)
    return DataFrame(values.toDF(), spark).select(F.from_json("value", schema).alias("row")).select("row.*")
