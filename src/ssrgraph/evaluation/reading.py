"""Reading gold rows, fact tables and texts from folders."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

from ssrgraph.errors import InputError
from ssrgraph.evaluation.conventions import COLUMNS, Comparison, comparison
from ssrgraph.evaluation.model import GoldRow

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ssrgraph.evaluation.model import Facts, Gold


class GoldError(InputError):
    """Gold rows or fact tables cannot be read.

    Args:
        path: The file or folder.
        problem: What is wrong with it and what to do.
    """

    def __init__(self, path: object, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = path
        self.problem = problem


def read_gold(folder: Path) -> Gold:
    """Return the gold rows of a folder with one JSON file a document.

    Raises:
        GoldError: There is no such folder, it has no gold, or a file is not as it must be.
    """
    if not folder.is_dir():
        raise GoldError(folder, "no such folder; name one with a JSON file of gold rows for each document")
    gold: dict[str, dict[str, list[GoldRow]]] = {}
    for path in sorted(folder.glob("*.json")):
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            gold[content["document"]] = {
                table: [_gold_row(table, values) for values in content["tables"].get(table, ())] for table in COLUMNS
            }
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise GoldError(path, f"not a file of gold rows ({error!r})") from error
    if not gold:
        raise GoldError(folder, "holds no gold rows: one JSON file for each document is expected")
    return gold


def _gold_row(table: str, values: Mapping[str, object]) -> GoldRow:
    forms, lists = {}, {}
    for column in COLUMNS[table]:
        value = values[column]
        if comparison(table, column) is Comparison.NAMES and isinstance(value, list):
            lists[column] = tuple(_forms(member) for member in value)
        elif found := _forms(value):
            forms[column] = found
    open_slots = values.get("optional_slots", ())
    if not isinstance(open_slots, (list, tuple)):
        raise TypeError(open_slots)
    return GoldRow(
        table=table,
        quote=str(values["quote"]),
        forms=forms,
        lists={column: members for column, members in lists.items() if members},
        optional=bool(values.get("optional")),
        open=frozenset(map(str, open_slots)),
    )


def _forms(value: object) -> tuple[str, ...]:
    if value is None or (isinstance(value, str) and not value.strip()):
        return ()
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


def read_facts(folder: Path) -> Facts:
    """Return the fact tables of a folder with one CSV file a table; a missing file is an empty table.

    Raises:
        GoldError: There is no such folder, it has none of the tables, or a table lacks columns.
    """
    paths = {table: folder / f"{table}.csv" for table in COLUMNS}
    if not any(path.is_file() for path in paths.values()):
        raise GoldError(folder, "holds no fact table; write them with: ssrgraph facts --all --format csv --out FOLDER")
    return {table: _read_table(path, table) if path.is_file() else [] for table, path in paths.items()}


def _read_table(path: Path, table: str) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        lacking = {"document", "quote", *COLUMNS[table]} - set(reader.fieldnames or ())
        if lacking:
            raise GoldError(path, f"lacks the columns {', '.join(sorted(lacking))}")
        return [{column: value or "" for column, value in row.items() if column} for row in reader]


def read_texts(folder: Path) -> Mapping[str, str]:
    """Return the texts of a folder by document id.

    Raises:
        GoldError: There is no such folder, or a text is not UTF-8.
    """
    if not folder.is_dir():
        raise GoldError(folder, "no such folder; name the one with the documents")
    texts = {}
    for path in sorted(folder.glob("*.txt")):
        try:
            texts[path.stem] = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise GoldError(path, f"cannot be read as UTF-8 text ({error})") from error
    return texts
