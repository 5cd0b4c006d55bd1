"""`ssrgraph facts`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ssrgraph import resources
from ssrgraph.cli import options, output
from ssrgraph.export.files import make_folder
from ssrgraph.query import catalogue, facts
from ssrgraph.store import open_store

if TYPE_CHECKING:
    from collections.abc import Mapping

    Tables = Mapping[str, list[tuple[str, ...]]]


@click.command("facts", short_help="Print the fact tables.")
@click.argument("table", required=False)
@click.option("--all", "all_", is_flag=True, help="All tables: facts --all --format csv --out facts.")
@options.format_option("table", "csv", "json", default="table", example="csv")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Write DIR/<table>.csv (or .json) for each table: --out facts.",
)
@options.store_option
def command(table: str | None, *, all_: bool, format_: str, out: Path | None, store: str) -> None:
    """Print the fact tables.

    TABLE is funding, personnel, equipment, results, missions, agreements, roles, events, organizations or memberships.
    One row is one claim that one document makes, with the words it was read from.

    \b
    Example:
      ssrgraph facts funding --format csv
    """
    if all_ == (table is not None):
        raise options.OptionError("TABLE", f"or else --all is needed; the tables are {', '.join(facts.COLUMNS)}")
    if out is not None and format_ == "table":
        raise options.OptionError("--out", "needs --format csv or --format json")
    if all_ and out is None and format_ == "csv":
        raise options.OptionError("--all", "with --format csv needs --out DIR, for one file a table")
    saved = catalogue.load(resources.shipped("queries"))
    with open_store(store) as opened:
        names = list(facts.COLUMNS) if table is None else [table]
        tables = {name: facts.rows(opened, name, saved) for name in names}
    if out is not None:
        _write(tables, format_, out)
    elif format_ == "json":
        records = {name: facts.as_records(name, rows) for name, rows in tables.items()}
        output.emit(facts.as_json(records if table is None else records[table]))
    elif format_ == "csv":
        for name, rows in tables.items():
            output.emit(facts.as_csv(name, rows))
    else:
        for name, rows in tables.items():
            output.show_table(facts.COLUMNS[name], rows, title=name if all_ else None)


def _write(tables: Tables, format_: str, out: Path) -> None:
    """Write one file a table, each whole or not at all."""
    make_folder(out)
    for name, rows in tables.items():
        text = facts.as_csv(name, rows) if format_ == "csv" else facts.as_json(facts.as_records(name, rows))
        output.emit(text, out / f"{name}.{format_}")
    output.say(f"{output.count(len(tables), 'table')} written to {out}.")
