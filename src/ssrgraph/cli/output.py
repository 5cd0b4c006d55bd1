"""What commands print: data to standard output, words and progress to standard error."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ssrgraph.export.files import OutputError, write_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

_STDOUT = "standard output"


def emit(content: bytes | str | Iterable[bytes], out: Path | None = None) -> None:
    """Write data, whole or in parts, to standard output, or to a file whole or not at all; `-` is standard output.

    Raises:
        OutputError: It cannot be written.
    """
    data = content.encode() if isinstance(content, str) else content
    if out is not None and str(out) != "-":
        write_file(out, data)
        return
    if sys.stdout is None:
        raise OutputError(_STDOUT, "it is closed")
    try:
        sys.stdout.buffer.writelines((data,) if isinstance(data, bytes) else data)
        sys.stdout.buffer.flush()
    except BrokenPipeError as error:
        raise OutputError(_STDOUT, "its reader has closed it") from error
    except OSError as error:
        raise OutputError(_STDOUT, error.strerror or str(error)) from error


def say(words: str) -> None:
    """Write a line for people to standard error."""
    if sys.stderr is not None:
        sys.stderr.write(f"{words}\n")


def show_table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, title: str | None = None) -> None:
    """Print a table: in colour and fitted to the width on a terminal, plain and one line a row elsewhere."""
    if sys.stdout is None:
        raise OutputError(_STDOUT, "it is closed")
    if sys.stdout.isatty():
        _show_on_terminal(columns, rows, title)
    else:
        emit(_plain_table(columns, rows, title))


def _plain_table(columns: Sequence[str], rows: Sequence[Sequence[str]], title: str | None) -> str:
    cells = [[" ".join(cell.split()) for cell in row] for row in rows]
    widths = [max(len(row[index]) for row in (columns, *cells)) for index in range(len(columns))]
    right = _figures(columns, cells)

    def line(row: Sequence[str]) -> str:
        parts = zip(row, widths, right, strict=True)
        return "  ".join(cell.rjust(width) if figure else cell.ljust(width) for cell, width, figure in parts).rstrip()

    head = [f"{title}:"] if title else []
    if any(columns):
        head += [line(columns), line(["-" * width for width in widths])]
    return "".join(f"{each}\n" for each in (*head, *map(line, cells), *([""] if title else ())))


def _show_on_terminal(columns: Sequence[str], rows: Sequence[Sequence[str]], title: str | None) -> None:
    from rich import box  # noqa: PLC0415 -- takes longer than the whole of `--help`
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(
        title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, show_header=any(columns), expand=False
    )
    for column, figure in zip(columns, _figures(columns, rows), strict=True):
        table.add_column(column, justify="right" if figure else "left", overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    Console(file=sys.stdout, highlight=False, emoji=False, markup=False).print(table)


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """Give a function to tell progress with; it shows a bar on a terminal and nothing elsewhere."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda _what, _done, _of: None
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import (  # noqa: PLC0415  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TaskID,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def tell(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=None, rate="")
            task = bar.tasks[tasks[what]]
            rate = f"{done / task.elapsed:.1f} a second" if done and total > 1 and task.elapsed else ""
            # A step without parts shows that it goes on, not how far it is.
            bar.update(tasks[what], completed=done, total=total if total > 1 or done else None, rate=rate)
            if done == total:
                bar.refresh()  # A step that ends between two drawings is seen all the same.

        yield tell


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun.

    >>> count(1, "document"), count(1200, "triple")
    ('1 document', '1,200 triples')
    """
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"


def _figures(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[bool]:
    """Say of each column whether all its cells are figures."""
    return [bool(rows) and all(_is_figure(row[index]) for row in rows) for index in range(len(columns))]


def _is_figure(cell: str) -> bool:
    return cell.replace(",", "").replace(".", "", 1).lstrip("-").isdigit()
