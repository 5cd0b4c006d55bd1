"""`ssrgraph evaluate`."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ssrgraph import evaluation, resources
from ssrgraph.cli import building, options, output
from ssrgraph.query import catalogue, facts
from ssrgraph.store import open_store

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ssrgraph.evaluation import Facts


@click.command("evaluate", short_help="Score the extraction against annotated documents.")
@click.option(
    "--gold",
    type=click.Path(path_type=Path),
    required=True,
    metavar="DIR",
    help="Folder with one JSON file of annotated rows for each document: --gold gold/.",
)
@click.option(
    "--documents",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="DIR",
    help="Read these documents afresh instead of asking the store; repeatable: --documents reports/.",
)
@click.option("--differences", is_flag=True, help="List every row that is missed, spurious or wrong: --differences.")
@options.format_option("table", "json", default="table", example="json")
@options.jobs_option
@options.store_option
def command(
    *, gold: Path, documents: tuple[Path, ...], differences: bool, format_: str, jobs: int | None, store: str
) -> None:
    """Score the extraction against annotated documents.

    Precision, recall and F1 of rows, the share of right slots, and F1 of rows that are right in every slot: by table,
    over the core tables, over all, and by document. The rows are those of the store, or of --documents read afresh.

    \b
    Example:
      ssrgraph evaluate --gold gold/ --documents reports/ --differences
    """
    annotated = evaluation.read_gold(gold)
    if not documents:
        found, texts = _of_store(store)
    else:
        with tempfile.TemporaryDirectory() as folder:
            found, texts = _of_documents(documents, Path(folder) / "store", jobs)
    result = evaluation.score(annotated, found, texts)
    if format_ == "json":
        output.emit(facts.as_json(list(evaluation.score_records(result))))
        return
    output.show_table(evaluation.HEADER, list(evaluation.score_rows(result)))
    if result.quotes is not None:
        missing = sum(result.quotes.missing.values())
        output.say(f"{output.count(result.quotes.rows, 'quote')}, {missing:,} of them not in their document.")
    if differences:
        output.emit("".join(f"{evaluation.describe(difference)}\n" for difference in result.differences))


def _of_documents(documents: Sequence[Path], store: Path, jobs: int | None) -> tuple[Facts, Mapping[str, str]]:
    from ssrgraph.pipeline.building import build  # noqa: PLC0415 -- the help needs none of it
    from ssrgraph.pipeline.inputs import Options  # noqa: PLC0415

    with output.progress() as tell:
        # The fact tables hold what documents say, so nothing need be derived.
        change = build(documents, store=store, options=Options(reasoner="none"), jobs=jobs, progress=tell)
    building.report_skipped(change)
    return _of_store(str(store))


def _of_store(store: str) -> tuple[Facts, Mapping[str, str]]:
    saved = catalogue.load(resources.shipped("queries"))
    with open_store(store) as opened:
        found = {
            table: [dict(zip(columns, row, strict=True)) for row in facts.rows(opened, table, saved)]
            for table, columns in facts.COLUMNS.items()
        }
        return found, facts.texts(opened)
