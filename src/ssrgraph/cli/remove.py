"""`ssrgraph remove`."""

from __future__ import annotations

import click

from ssrgraph.cli import building, options, output


@click.command("remove", short_help="Take documents out of a store.")
@click.argument("ids", nargs=-1, required=True, metavar="DOCUMENT-ID...")
@options.store_option
def command(ids: tuple[str, ...], store: str) -> None:
    """Take documents out of a store.

    A document's id is its file name without ending; `ssrgraph stats` lists them. What only these documents supported
    goes with them, and so does what only followed from it.

    \b
    Example:
      ssrgraph remove 2024-review
    """
    from ssrgraph.pipeline.building import remove  # noqa: PLC0415 -- the help needs none of it
    from ssrgraph.pipeline.places import place_of  # noqa: PLC0415

    with output.progress() as tell, place_of(store, progress=tell) as folder:
        change = remove(ids, store=folder, progress=tell)
    building.report(change, store)
