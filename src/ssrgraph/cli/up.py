"""`ssrgraph up`."""

from __future__ import annotations

from pathlib import Path

import click

from ssrgraph.cli import building, options, output
from ssrgraph.store import local_folder


@click.command("up", short_help="Build what is missing and say where the graph is.")
@click.argument("documents", nargs=-1, type=click.Path(path_type=Path))
@options.store_option
@options.jobs_option
def command(documents: tuple[Path, ...], store: str, jobs: int | None) -> None:
    """Build what is missing and say where the graph is.

    DOCUMENTS are files and folders of them; without any, data/documents. This version has no server yet: the
    graph is asked with `ssrgraph query` and `ssrgraph facts`.

    \b
    Example:
      ssrgraph up
    """
    from ssrgraph.pipeline.building import build  # noqa: PLC0415 -- the help needs none of it

    with output.progress() as tell:
        change = build(documents or (options.default_documents(),), store=local_folder(store), jobs=jobs, progress=tell)
    building.report(change, store)
    output.say(f"The graph is in {store}. This version serves no pages yet; ask it here, for instance:")
    where = "" if store == "build/store" else f" --store {store}"
    output.say(f"  ssrgraph facts funding{where}")
    output.say("  ssrgraph queries")
