"""`ssrgraph serve`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ssrgraph.cli import options, reviewing, serving

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
@reviewing.review_options
def command(
    *,
    store: str,
    writable: bool,
    token_file: Path | None,
    review_file: Path,
    links: tuple[Path, ...],
    answers: Path,
    service: str,
    **given: Any,  # noqa: ANN401 -- values of the options
) -> None:
    """Serve a store: a SPARQL 1.1 endpoint at /sparql.

    Only this machine reaches it unless --host says otherwise. A build, add or remove that is done meanwhile is taken
    up without a restart. With --writable, whoever shows the token can also review candidates for links at /links.

    \b
    Example:
      ssrgraph serve --port 7878
    """
    if writable != (token_file is not None):
        raise options.OptionError("--writable", "needs --token-file, and the other way round")
    if token_file is None:
        serving.serve(store, **given)
        return
    from ssrgraph.pipeline.linking import link_files  # noqa: PLC0415 -- the help needs none of it
    from ssrgraph.serve.settings import LinkReview  # noqa: PLC0415

    own = review_file.resolve()
    others = tuple(path for path in link_files(links) if path.resolve() != own)
    review = LinkReview(file=review_file, links=others, answers=answers, service=service)
    serving.serve(store, token=_token(token_file), review=review, **given)


def _token(path: Path) -> bytes:
    lines = path.read_bytes().splitlines()
    token = lines[0].strip() if lines else b""
    if len(token) < _SHORTEST:
        raise options.OptionError(
            "--token-file", f"{path}: the first line must be a token of {_SHORTEST} letters or more"
        )
    return token
