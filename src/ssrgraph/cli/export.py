"""`ssrgraph export`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ssrgraph import resources
from ssrgraph.cli import options, output
from ssrgraph.export import graphs
from ssrgraph.export.files import make_folder
from ssrgraph.query import catalogue, facts
from ssrgraph.store import open_store

if TYPE_CHECKING:
    from pathlib import Path

_NOT_YET = ("sssom", "quickstatements")
"""Formats of the interface that come with the links to Wikidata."""


@click.command("export", short_help="Write the graph, or a part of it, to a file.")
@options.format_option(*graphs.FORMATS, "csv", *_NOT_YET, default=None, example="turtle (the default)")
@click.option(
    "--graph",
    "names",
    multiple=True,
    metavar="NAME",
    help="Only this named graph; repeatable: --graph entities --graph 'document/*'.",
)
@click.option(
    "--canonical",
    is_flag=True,
    help="Canonical N-Quads (RDFC-1.0), the same for equal graphs: export --canonical --out graph.nq.",
)
@options.out_option
@options.store_option
def command(format_: str | None, names: tuple[str, ...], *, canonical: bool, out: Path | None, store: str) -> None:
    """Write the graph, or a part of it, to a file.

    turtle, ntriples and rdfxml hold the merge of the graphs; trig, nquads and jsonld keep them apart; csv is the fact
    tables, one file each in the folder --out. The same graph gives the same file, to the byte.

    \b
    Example:
      ssrgraph export --format trig --graph 'document/*' --out documents.trig
    """
    if canonical and format_ not in (None, "nquads"):
        raise options.OptionError("--canonical", f"writes N-Quads, not {format_}; leave --format out")
    if format_ in _NOT_YET:
        raise options.OptionError(
            "--format", f"{format_} is of links to Wikidata, which this version does not have yet"
        )
    if format_ == "csv":
        _tables(names, out, store)
        return
    with open_store(store) as opened:
        if canonical:
            content = graphs.canonical(opened, graphs=names)
        else:
            content = graphs.export(opened, format_ or "turtle", graphs=names)
    output.emit(content, out)


def _tables(names: tuple[str, ...], out: Path | None, store: str) -> None:
    if names:
        raise options.OptionError(
            "--graph", "cannot be used with --format csv: the fact tables are read from all graphs"
        )
    if out is None:
        raise options.OptionError("--format", "csv needs --out DIR, for one file a table")
    saved = catalogue.load(resources.shipped("queries"))
    with open_store(store) as opened:
        tables = {name: facts.as_csv(name, facts.rows(opened, name, saved)) for name in facts.COLUMNS}
    make_folder(out)
    for name, text in tables.items():
        output.emit(text, out / f"{name}.csv")
