"""What the libraries that parse formats raise over files that are not what they seem."""

from __future__ import annotations

import logging
import struct
import warnings
import zipfile
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from ssrgraph.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FAILURES: Final[tuple[type[Exception], ...]] = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,  # among them RecursionError, NotImplementedError and the errors of PDFium
    SyntaxError,  # among them the errors of lxml
    TypeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)
"""Parsers trust that a file is well made; a damaged one makes them fail in any of these ways."""

_NOISY: Final = ("trafilatura", "htmldate", "justext", "courlan", "charset_normalizer", "pypdfium2")
_LONGEST: Final = 120


@contextmanager
def understood(name: Path, format_: str) -> Iterator[None]:
    """Turn what a parser raises into a `DocumentError`, and keep it from printing warnings of its own.

    Args:
        name: The file as the caller named it.
        format_: What the file should be, as a person calls it.

    Raises:
        DocumentError: The parser failed, or a `DocumentError` was raised within.
    """
    loggers = [(logger, logger.disabled) for logger in map(logging.getLogger, _NOISY)]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for logger, _ in loggers:
                logger.disabled = True
            yield
    except _failures() as error:
        words = " ".join(str(error).split())[:_LONGEST]
        raise DocumentError(name, f"is no readable {format_}{words and f' ({words})'}; save it anew") from error
    finally:
        for logger, disabled in loggers:
            logger.disabled = disabled


def _failures() -> tuple[type[Exception], ...]:
    """Return what may be raised, with the libraries' own errors; asked for only when something was raised."""
    from docx.opc.exceptions import OpcError  # noqa: PLC0415
    from lxml.etree import LxmlError  # noqa: PLC0415

    return (*_FAILURES, LxmlError, OpcError)
