"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ssrgraph import resources

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
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
    help="How many processes read and check documents, for instance --jobs 4; by default as many as pay.",
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


_SPARK_OPTIONS = (
    click.option(
        "--master",
        metavar="URL",
        help="With --engine spark: the cluster, --master spark://host:7077, or this machine, --master 'local[4]'.",
    ),
    click.option(
        "--conf",
        "settings",
        multiple=True,
        metavar="KEY=VALUE",
        help="With --engine spark: a setting of Spark, repeatable: --conf spark.executor.memory=8g.",
    ),
)


def spark_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say which cluster is asked, and how."""
    for option in reversed(_SPARK_OPTIONS):
        function = option(function)
    return function


def engine_option(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the option that says what does the work, the default first."""
    return click.option(
        "--engine",
        type=click.Choice(names),
        default=names[0],
        show_default=True,
        help="What does the work; --engine spark asks a cluster of Apache Spark.",
    )


def spark_settings(master: str | None, settings: Sequence[str]) -> tuple[str, dict[str, str]]:
    """Return the cluster and the settings that a person gave.

    Raises:
        OptionError: No cluster is named, or a setting has no value.
    """
    if master is None:
        raise OptionError("--engine", "spark needs --master URL, for instance --master 'local[4]'")
    pairs = [text.partition("=") for text in settings]
    for key, equals, _ in pairs:
        if not (key and equals):
            raise OptionError("--conf", f"needs KEY=VALUE, not {key}")
    return master, {key: value for key, _, value in pairs}


def without_spark(**given: object) -> None:
    """See that nothing is given that only a cluster has.

    Raises:
        OptionError: Something is.
    """
    for name, value in given.items():
        if value:
            raise OptionError(f"--{'conf' if name == 'settings' else name}", "is for --engine spark")


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
