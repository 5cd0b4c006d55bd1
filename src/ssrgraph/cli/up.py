"""`ssrgraph up`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ssrgraph.cli import building, serving


@click.command("up", short_help="Build what is missing, then serve it.")
@click.argument("documents", nargs=-1, type=click.Path(path_type=Path))
@building.build_options
@click.option("--no-browser", is_flag=True, help="Open no browser: up --no-browser.")
@serving.serving_options
def command(  # one parameter an option
    *,
    documents: tuple[Path, ...],
    store: str,
    reasoner: str,
    base_iri: str,
    model: str,
    encoding: str | None,
    jobs: int | None,
    links: tuple[Path, ...],
    same_as: bool,
    reason_same_as: bool,
    force: bool,
    no_browser: bool,
    **given: Any,  # noqa: ANN401 -- values of the options
) -> None:
    """Build what is missing, then serve it and open a browser.

    DOCUMENTS are files and folders of them; without any, data/documents. The server runs until Ctrl-C.

    \b
    Example:
      ssrgraph up
    """
    building.build(
        documents,
        store=store,
        reasoner=reasoner,
        base_iri=base_iri,
        model=model,
        encoding=encoding,
        jobs=jobs,
        links=links,
        same_as=same_as,
        reason_same_as=reason_same_as,
        force=force,
    )
    serving.serve(store, opened=None if no_browser else _browse, **given)


def _browse(address: str) -> None:
    import webbrowser  # noqa: PLC0415 -- seldom needed

    webbrowser.open(address)
