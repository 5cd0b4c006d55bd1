"""The edge of the program: from an error to one line on standard error and an exit status."""

from __future__ import annotations

import errno
import os
import signal
import sys
import traceback
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from ssrgraph.cli.group import ssrgraph
from ssrgraph.errors import SsrGraphError

if TYPE_CHECKING:
    from types import FrameType
    from typing import NoReturn

WRONG_INPUT = 2
INTERRUPTED = 130
TERMINATED = 143
UNEXPECTED = 70
TRACEBACK = "SSRGRAPH_TRACEBACK"
"""Environment variable: if it is set, an unexpected error shows where it arose."""


class Terminated(BaseException):
    """The process was asked to end; like `KeyboardInterrupt` it is no error of the program."""


def _terminate(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise Terminated


def main() -> None:
    """Run the command that the arguments name, and leave with its exit status."""
    # Asked to end, a command tidies up as it does on Ctrl-C.
    signal.signal(signal.SIGTERM, _terminate)
    status = _run(sys.argv[1:])
    status = _flushed(status)
    sys.exit(status)


def _run(arguments: list[str]) -> int:
    try:
        result = ssrgraph.main(arguments, prog_name="ssrgraph", standalone_mode=False)
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except SystemExit:  # click's way out when it cannot print its own help
        return _failed(_system(BrokenPipeError(errno.EPIPE, "")), WRONG_INPUT)
    except (click.Abort, KeyboardInterrupt, Terminated) as stop:
        return _failed("stopped", TERMINATED if isinstance(stop, Terminated) else INTERRUPTED)
    except (click.ClickException, SsrGraphError, OSError) as error:
        return _failed(_words(error), WRONG_INPUT)
    except Exception as error:  # noqa: BLE001 -- the edge: whatever it is, the user sees one line
        if os.environ.get(TRACEBACK):
            traceback.print_exc()
        return _failed(
            f"unexpected error, please report it: {type(error).__name__}: {error} (set {TRACEBACK}=1 to see where)",
            UNEXPECTED,
        )
    return result if isinstance(result, int) else 0


def _flushed(status: int) -> int:
    """Bring what was printed to its reader; a pipe that was closed early is told like any other error."""
    if sys.stdout is None:
        return status
    try:
        sys.stdout.flush()
    except OSError as error:
        # Python flushes once more at its end and would complain again.
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return status or _failed(_system(error), WRONG_INPUT)
    return status


def _failed(message: str, status: int) -> int:
    line = " ".join(message.split())
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(f"ssrgraph: {line}\n")
    return status


def _words(error: click.ClickException | SsrGraphError | OSError) -> str:
    if isinstance(error, OSError):
        return _system(error)
    if isinstance(error, SsrGraphError):
        return str(error)
    message = error.format_message()
    if isinstance(error, click.UsageError) and error.ctx is not None:
        return f"{message.rstrip('.')} (see `{error.ctx.command_path} --help`)"
    return message


def _system(error: OSError) -> str:
    if error.errno == errno.EPIPE:
        return "standard output: cannot be written: its reader has closed it"
    words = error.strerror or str(error)
    return f"{error.filename}: {words}" if error.filename else words
