"""Word lists that drive extraction: TOML files of the shipped folder `data/lexicon`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ssrgraph.errors import DataError
from ssrgraph.resources import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


@cache
def load_lexicon(name: str, folder: Path | None = None) -> Mapping[str, Any]:
    """Read the word lists of `{name}.toml` once and keep them.

    Args:
        name: File name without its ending.
        folder: Where the file lies; the shipped lexicon if none is given.

    Returns:
        The tables of the file. They are shared: tables are read-only and lists are tuples.

    Raises:
        DataError: If the file is missing or is no TOML in UTF-8.
    """
    path = (folder or shipped("data/lexicon")) / f"{name}.toml"
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataError(path, f"cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise DataError(path, f"is not UTF-8 at byte {error.start}") from error
    except tomllib.TOMLDecodeError as error:
        raise DataError(path, f"is no valid TOML: {error}") from error
    return MappingProxyType({key: _frozen(value) for key, value in tables.items()})


def any_of(phrases: Iterable[str]) -> str:
    r"""Return a regular expression for any of the phrases, the longest first, with any white space between words.

    >>> any_of(["more than", "c."])
    'more\\s+than|c\\.'
    """
    longest_first = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return "|".join(r"\s+".join(re.escape(word) for word in phrase.split()) for phrase in longest_first)


def _frozen(value: Any) -> Any:  # noqa: ANN401 - TOML values are of any type
    if isinstance(value, dict):
        return MappingProxyType({key: _frozen(item) for key, item in value.items()})
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    return value
