"""The index that ships: items of Wikidata whose identifiers were verified, to look names up in without a network."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from ssrgraph.errors import DataError
from ssrgraph.linking.proposals import Item
from ssrgraph.resources import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NO_ENTITIES = frozenset({"class", "property"})


def shipped_items(folder: Path | None = None) -> list[Item]:
    """Return the items that ship.

    Raises:
        DataError: A file cannot be read.
    """
    folder = folder or shipped("data/links")
    kinds = kinds_of_types(folder)
    return [
        Item(
            id=row["id"],
            label=row["label"],
            names=tuple(filter(None, row["aliases"].split("|"))),
            kinds=kinds.get(row["type"], frozenset()),
            about=row["type"],
            properties={"country": (row["label"], row["iso2"])} if row["iso2"] else {},
        )
        for row in _rows(folder / "items.csv")
        if row["type"] not in _NO_ENTITIES
    ]


def kinds_of_types(folder: Path | None = None) -> dict[str, frozenset[str]]:
    """Return our kinds by the names of types that items of Wikidata have."""
    path = (folder or shipped("data/links")) / "types.csv"
    return {row["type"]: frozenset(row["kinds"].split("|")) for row in _rows(path)}


def _rows(path: Path) -> Iterator[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file, strict=True)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(path, f"cannot be read: {error}") from error
