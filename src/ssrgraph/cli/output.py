"""What commands print: data to standard output, words and progress to standard error."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ssrgraph.export.files import OutputError, write_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

_STDOUT = "standard output"
_UNBOUNDED = 100_000
"""Width of a table that is not shown on a terminal: a row stays on its line."""


def emit(content: bytes | str, out: Path | None = None) -> None:
    """Write data to standard output, or to a file whole or not at all; `-` is standard output.

    Raises:
        OutputError: It cannot be written.
    """
    data = content.encode() if isinstance(content, str) else content
    if out is not None and str(out) != "-":
        write_file(out, data)
        return
    if sys.stdout is None:
        raise OutputError(_STDOUT, "it is closed")
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def say(words: str) -> None:
    """Write a line for people to standard error."""
    if sys.stderr is not None:
        sys.stderr.write(f"{words}\n")


def show_table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, title: str | None = None) -> None:
    """Print a table, in colour and fitted to the width on a terminal, plain and one line a row elsewhere."""
    if sys.stdout is None:
        raise OutputError(_STDOUT, "it is closed")
    from rich import box  # noqa: PLC0415 -- takes a third of the time of `--help`
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    terminal = sys.stdout.isatty()
    console = Console(
        file=sys.stdout,
        force_terminal=terminal,
        no_color=None if terminal else True,
        width=None if terminal else _UNBOUNDED,
        highlight=False,
        emoji=False,
        markup=False,
    )
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        numeric = bool(rows) and all(_is_figure(row[len(table.columns)]) for row in rows)
        table.add_column(column, justify="right" if numeric else "left", overflow="fold", no_wrap=not terminal)
    for row in rows:
        table.add_row(*(Text(cell if terminal else " ".join(cell.split())) for cell in row))
    with console.capture() as captured:
        console.print(table)
    lines = (line.rstrip() for line in captured.get().strip("\n").split("\n"))
    sys.stdout.write("\n".join(lines) + "\n")


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """Give a function to tell progress with; it shows a bar on a terminal and nothing elsewhere."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda _what, _done, _of: None
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress, TaskID  # noqa: PLC0415

    with Progress(console=Console(file=sys.stderr), transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def tell(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what)
            # A step without parts shows that it goes on, not how far it is.
            bar.update(tasks[what], completed=done, total=total if total > 1 or done else None)

        yield tell


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun.

    >>> count(1, "document"), count(1200, "triple")
    ('1 document', '1,200 triples')
    """
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"


def _is_figure(cell: str) -> bool:
    return cell.replace(",", "").replace(".", "", 1).lstrip("-").isdigit()
