"""`ssrgraph serve`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ssrgraph.cli import options, serving
from ssrgraph.store import local_folder

_SHORTEST = 16
"""Letters that a token has at least: shorter ones can be guessed."""


@click.command("serve", short_help="Serve a store: SPARQL endpoint and pages.")
@options.store_option
@serving.serving_options
@click.option(
    "--writable",
    is_flag=True,
    help="Let those write who show the token; a store that does not exist yet starts empty: --writable.",
)
@click.option(
    "--token-file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file with the token, on its first line: --token-file token.txt.",
)
@click.option(
    "--dataset",
    type=click.Choice(("merged", "separate")),
    default="merged",
    show_default=True,
    help="The default graph of a query is the merge of all graphs, or a graph of its own: --dataset separate.",
)
def command(*, store: str, writable: bool, token_file: Path | None, **given: Any) -> None:  # noqa: ANN401 -- values of the options
    """Serve a store: a SPARQL 1.1 endpoint at /sparql.

    Only this machine reaches it unless --host says otherwise. A build, add or remove that is done meanwhile is taken
    up without a restart.

    \b
    Example:
      ssrgraph serve --port 7878
    """
    if writable != (token_file is not None):
        raise options.OptionError("--writable", "needs --token-file, and the other way round")
    token = None if token_file is None else _token(token_file)
    serving.serve(local_folder(store), token=token, **given)


def _token(path: Path) -> bytes:
    lines = path.read_bytes().splitlines()
    token = lines[0].strip() if lines else b""
    if len(token) < _SHORTEST:
        raise options.OptionError(
            "--token-file", f"{path}: the first line must be a token of {_SHORTEST} letters or more"
        )
    return token
