"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ssrgraph import resources

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

DOCUMENTS = Path("data/documents")
REASONERS = ("native", "owlrl")
"""The engines, the default first; named here so that the help need not load them."""

store_option = click.option(
    "--store",
    metavar="STORE",
    default="build/store",
    envvar="SSRGRAPH_STORE",
    show_default=True,
    help="The store: a folder, or the address of a SPARQL server, --store https://data.example.org/sparql.",
)

jobs_option = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many processes read documents, for instance --jobs 4; by default as many as pay.",
)

encoding_option = click.option(
    "--encoding",
    metavar="NAME",
    help="What text is in that is neither UTF-8 nor says what it is in: --encoding windows-1252.",
)

out_option = click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write to this file, whole or not at all, instead of standard output: --out graph.ttl.",
)


class OptionError(click.UsageError):
    """An option cannot be used so, or not with another.

    Args:
        option: The option as it was written.
        problem: What is wrong and what to do.
    """

    def __init__(self, option: str, problem: str) -> None:
        super().__init__(f"{option} {problem}")


def format_option(*names: str, default: str | None, example: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the option `--format` with these choices."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(names),
        default=default,
        show_default=default is not None,
        help=f"How to write the result, for instance --format {example}.",
    )


def default_documents() -> Path:
    """Return the folder that is built when none is named: `data/documents` here, or else the one that is shipped."""
    return DOCUMENTS if DOCUMENTS.is_dir() else resources.shipped(DOCUMENTS.as_posix())
