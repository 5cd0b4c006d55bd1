"""`ssrgraph add`."""

from __future__ import annotations

from pathlib import Path

import click

from ssrgraph.cli import building, options, output


@click.command("add", short_help="Add documents to a store.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@options.store_option
@options.encoding_option
@options.jobs_option
def command(files: tuple[Path, ...], store: str, encoding: str | None, jobs: int | None) -> None:
    """Add documents to a store.

    FILES are plain text, HTML, PDF, DOCX, Markdown or e-mail. A document that has the id (the file name without ending)
    of one that is there replaces it. What follows from the documents is brought up to date. If anything fails, the
    store is as it was.

    \b
    Example:
      ssrgraph add reports/2024-review.pdf
    """
    from ssrgraph.pipeline.building import add  # noqa: PLC0415 -- the help needs none of it
    from ssrgraph.pipeline.places import place_of  # noqa: PLC0415

    with output.progress() as tell, place_of(store, progress=tell) as folder:
        change = add(files, store=folder, encoding=encoding, jobs=jobs, progress=tell)
    building.report(change, store)
