"""`ssrgraph serve`."""

from __future__ import annotations

from typing import Any

import click

from ssrgraph.cli import options, serving
from ssrgraph.store import local_folder


@click.command("serve", short_help="Serve a store: SPARQL endpoint and pages.")
@options.store_option
@serving.serving_options
def command(*, store: str, **given: Any) -> None:  # noqa: ANN401 -- values of the options
    """Serve a store: a SPARQL 1.1 endpoint at /sparql.

    Only this machine reaches it unless --host says otherwise. A build, add or remove that is done meanwhile is taken
    up without a restart.

    \b
    Example:
      ssrgraph serve --port 7878
    """
    serving.serve(local_folder(store), **given)
