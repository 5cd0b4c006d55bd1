"""What the review of links works with, in the terminal and on the pages: the same files and answers by default."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

FILE = "links/reviewed.sssom.tsv"
ANSWERS = "build/wikidata"
SERVICE = "https://wikidata.reconci.link/en/api"

links_option = click.option(
    "--links",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Further links that are decided, as for build; repeatable: --links mine.sssom.tsv.",
)

_OPTIONS = (
    click.option(
        "--review-file",
        type=click.Path(path_type=Path),
        default=FILE,
        show_default=True,
        metavar="FILE",
        help="With --writable, where decisions about links are kept, as SSSOM: --review-file links/reviewed.sssom.tsv.",
    ),
    links_option,
    click.option(
        "--answers",
        type=click.Path(path_type=Path),
        default=ANSWERS,
        show_default=True,
        metavar="DIR",
        help="Where `link --live` has kept what it was answered, for the pages: --answers build/wikidata.",
    ),
    click.option(
        "--service",
        default=SERVICE,
        show_default=True,
        metavar="ADDRESS",
        help="The service that `link --live` has asked; the server asks nobody: --service http://localhost:8000/en/api.",
    ),
)


def review_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of the review on the pages."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function
