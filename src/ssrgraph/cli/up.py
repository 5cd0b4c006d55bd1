"""`ssrgraph up`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ssrgraph.cli import building, options, output, serving
from ssrgraph.store import local_folder


@click.command("up", short_help="Build what is missing, then serve it.")
@click.argument("documents", nargs=-1, type=click.Path(path_type=Path))
@options.store_option
@options.jobs_option
@click.option("--no-browser", is_flag=True, help="Open no browser: up --no-browser.")
@serving.serving_options
def command(*, documents: tuple[Path, ...], store: str, jobs: int | None, no_browser: bool, **given: Any) -> None:  # noqa: ANN401 -- values of the options
    """Build what is missing, then serve it and open a browser.

    DOCUMENTS are files and folders of them; without any, data/documents. The server runs until Ctrl-C.

    \b
    Example:
      ssrgraph up
    """
    from ssrgraph.pipeline.building import build  # noqa: PLC0415 -- the help needs none of it

    with output.progress() as tell:
        change = build(documents or (options.default_documents(),), store=local_folder(store), jobs=jobs, progress=tell)
    building.report(change, store)
    serving.serve(local_folder(store), opened=None if no_browser else _browse, **given)


def _browse(address: str) -> None:
    import webbrowser  # noqa: PLC0415 -- seldom needed

    webbrowser.open(address)
