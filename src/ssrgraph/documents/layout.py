"""The word lists that the reader needs: `data/lexicon/layout.toml`."""

from __future__ import annotations

import tomllib
from functools import cache

from ssrgraph.errors import DataError
from ssrgraph.resources import shipped


@cache
def layout() -> dict[str, list[str]]:
    """Return the lists of `layout.toml` by name.

    Raises:
        DataError: The file is missing or is not a table of lists of strings.
    """
    path = shipped("data/lexicon") / "layout.toml"
    try:
        lists = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataError(path, str(error)) from error
    for name, words in lists.items():
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise DataError(path, f"{name} is no list of strings")
    return lists
