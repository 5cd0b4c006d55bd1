"""`ssrgraph build`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ssrgraph.cli import building, options


@click.command("build", short_help="Turn documents into a reasoned store.")
@click.argument("documents", nargs=-1)
@building.build_options
@options.engine_option("embedded", "spark")
@options.spark_options
@click.option(
    "--out",
    metavar="FOLDER",
    help="With --engine spark: where graph and tables go, as Spark names it: --out hdfs://host/graph.",
)
def command(
    documents: tuple[str, ...],
    engine: str,
    master: str | None,
    settings: tuple[str, ...],
    out: str | None,
    **given: Any,  # noqa: ANN401 -- values of the options
) -> None:
    """Turn documents into a reasoned store.

    DOCUMENTS are files (plain text, HTML, PDF, DOCX, Markdown, e-mail) and folders of them; without any,
    data/documents. Afterwards the store holds exactly these documents. What has not changed since the last build is not
    done again, and if anything fails, or the build is stopped, the store is as it was; the next build takes up what was
    read by one that was stopped. A file of a folder that cannot be read is named and skipped; so is a document that has
    the same text as another.

    With --engine spark a cluster does the work, on any file system that it reads. No store is made: --out gets the same
    graph as N-Quads in many files, and the fact tables as Parquet.

    \b
    Example:
      ssrgraph build reports/ --store build/store --jobs 2
      ssrgraph build hdfs://host/reports --engine spark --master spark://host:7077 --out hdfs://host/graph
    """
    if engine == "spark":
        building.build_on_cluster(documents, out=out, master=master, settings=settings, **given)
        return
    options.without_spark(master=master, settings=settings, out=out)
    building.build([Path(name) for name in documents], **given)
