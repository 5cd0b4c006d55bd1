"""`ssrgraph export`."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ssrgraph import resources
from ssrgraph.cli import options, output
from ssrgraph.export import graphs, mappings, quickstatements
from ssrgraph.export.files import make_folder
from ssrgraph.query import catalogue, facts
from ssrgraph.store import open_store

_FOLDERS = ("csv", "dataset")
"""Formats that are several files."""
_PUBLISHED = ("dataset", "nanopub")
"""Formats that say who publishes, under which licence."""

if TYPE_CHECKING:
    from ssrgraph.store import Store

_OF_LINKS = ("sssom", "quickstatements")
"""Formats of the links to Wikidata, and of what follows from them."""


@click.command("export", short_help="Write the graph, or a part of it, to a file.")
@options.format_option(
    *graphs.FORMATS, "csv", "dataset", "nanopub", *_OF_LINKS, default=None, example="turtle (the default)"
)
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
@click.option(
    "--about",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="With dataset and nanopub: title, licence, publisher …, as in data/dataset.toml: --about mine.toml.",
)
@options.out_option
@options.store_option
def command(
    format_: str | None,
    names: tuple[str, ...],
    *,
    canonical: bool,
    about: Path | None,
    out: Path | None,
    store: str,
) -> None:
    """Write the graph, or a part of it, to a file.

    turtle, ntriples and rdfxml hold the merge of the graphs; trig, nquads and jsonld keep them apart; csv is the fact
    tables, one file each in the folder --out; sssom is the links to Wikidata, quickstatements is what Wikidata could
    take of what the documents say. The same graph gives the same file, to the byte.

    dataset writes the folder --out ready for publication: canonical dump, tables, a Frictionless Data Package, a
    description in VoID and DCAT, terms, checksums. nanopub writes every claim as a nanopublication (TriG).

    \b
    Example:
      ssrgraph export --format trig --graph 'document/*' --out documents.trig
      ssrgraph export --format dataset --out dataset
    """
    if canonical and format_ not in (None, "nquads"):
        raise options.OptionError("--canonical", f"writes N-Quads, not {format_}; leave --format out")
    if about is not None and format_ not in _PUBLISHED:
        raise options.OptionError("--about", f"is for --format {' and '.join(_PUBLISHED)}")
    if format_ in _FOLDERS:
        if names:
            raise options.OptionError("--graph", f"cannot be used with --format {format_}, which is of all graphs")
        if out is None:
            raise options.OptionError("--format", f"{format_} needs --out DIR")
        if format_ == "csv":
            _tables(out, store)
        else:
            _dataset(about, out, store)
        return
    if format_ in _OF_LINKS:
        _links(format_, names, out, store)
        return
    with open_store(store) as opened:
        if canonical:
            output.emit(graphs.canonical_in_parts(opened, graphs=names), out)
        elif format_ == "nanopub":
            output.emit(_nanopubs(opened, about, names), out)
        else:
            output.emit(graphs.export_in_parts(opened, format_ or "turtle", graphs=names), out)


def _links(format_: str, names: tuple[str, ...], out: Path | None, store: str) -> None:
    if names:
        raise options.OptionError("--graph", f"cannot be used with --format {format_}: links are a graph of their own")
    with open_store(store) as opened:
        output.emit(mappings.export(opened) if format_ == "sssom" else quickstatements.export(opened), out)


def _tables(out: Path, store: str) -> None:
    saved = catalogue.load(resources.shipped("queries"))
    with open_store(store) as opened:
        tables = {name: facts.as_csv(name, facts.rows(opened, name, saved)) for name in facts.COLUMNS}
    make_folder(out)
    for name, text in tables.items():
        output.emit(text, out / f"{name}.csv")


def _dataset(about: Path | None, out: Path, store: str) -> None:
    from ssrgraph.export.publication.about import load_about  # noqa: PLC0415 -- only where it is used
    from ssrgraph.export.publication.folder import publish  # noqa: PLC0415

    words = load_about(about)
    saved = catalogue.load(resources.shipped("queries"))
    with open_store(store) as opened:
        edition = publish(opened, words, saved, today=_today(), out=out)
    output.say(
        f"{output.count(edition.contents.figures.triples, 'triple')}, version {edition.about.version}, in {out}."
    )


def _nanopubs(store: Store, about: Path | None, names: tuple[str, ...]) -> bytes:
    from ssrgraph.export import nanopubs  # noqa: PLC0415 -- only where it is used
    from ssrgraph.export.publication.about import load_about  # noqa: PLC0415

    return nanopubs.export(store, load_about(about), today=_today(), graphs=names)


def _today() -> str:
    """Return today's day, or the one that the makers of reproducible builds set."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH")
    if seconds is None:
        return datetime.now(UTC).date().isoformat()
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError) as error:
        raise options.OptionError("SOURCE_DATE_EPOCH", f"is no number of seconds since 1970: {seconds}") from error
