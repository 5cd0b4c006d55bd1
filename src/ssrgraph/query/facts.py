"""The fact tables: the flat view of the graph, one row a claim that one document makes."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from pyoxigraph import QuerySolutions

from ssrgraph.errors import DataError, QueryError
from ssrgraph.query import catalogue, results, running
from ssrgraph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ssrgraph.query.catalogue import SavedQuery
    from ssrgraph.store import Store


def _columns(names: str) -> tuple[str, ...]:
    return ("document", *names.split(), "quote")


COLUMNS: Mapping[str, tuple[str, ...]] = {
    "funding": _columns("funder recipient programme amount currency bound modality status from to purpose"),
    "personnel": _columns("measure group agent organization value value_min value_max bound per status from to place"),
    "equipment": _columns("provider recipient item value bound programme status from to"),
    "results": _columns("measure value bound agent place from to"),
    "missions": _columns("mission abbreviation lead host start end commander requested_by mandate predecessor"),
    "agreements": _columns("agreement kind parties date"),
    "roles": _columns("person title role organization"),
    "events": _columns("event date place organizer participants"),
    "organizations": _columns("organization abbreviation kind parent"),
    "memberships": _columns("organization member"),
}
"""The columns of each table, in order."""

NUMERIC = frozenset({"amount", "value", "value_min", "value_max"})


def rows(store: Store, table: str, saved: Mapping[str, SavedQuery]) -> list[tuple[str, ...]]:
    """Return the rows of a fact table as plain cells, in the order of the table's columns.

    Raises:
        QueryError: There is no table of this name.
        DataError: The table's query does not give the table's columns.
    """
    if table not in COLUMNS:
        raise QueryError(table, f"no such table; there are {', '.join(COLUMNS)}")
    query = catalogue.find(saved, f"tables/{table}")
    answer = running.run(store, query)
    names = [variable.value for variable in answer.variables] if isinstance(answer, QuerySolutions) else []
    missing = [column for column in COLUMNS[table] if column not in names]
    if missing or not isinstance(answer, QuerySolutions):
        raise DataError(f"queries/tables/{table}.rq", f"gives no column {', '.join(missing)}")
    order = [names.index(column) for column in COLUMNS[table]]
    return [tuple(row[index] for index in order) for row in results.rows(answer)]


def as_csv(table: str, cells: Sequence[Sequence[str]]) -> str:
    """Write a table as CSV with one header line, its lines ended by a line feed."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS[table])
    writer.writerows(cells)
    return out.getvalue()


def as_records(table: str, cells: Sequence[Sequence[str]]) -> list[dict[str, object]]:
    """Return a table as JSON values: one object a row, an empty slot null, an amount or value a number."""
    return [
        {
            column: _number(cell) if cell and column in NUMERIC else cell or None
            for column, cell in zip(COLUMNS[table], row, strict=True)
        }
        for row in cells
    ]


def as_json(value: object) -> str:
    """Write JSON that a person can read."""
    return f"{json.dumps(value, indent=2, ensure_ascii=False)}\n"


def _number(cell: str) -> int | float | str:
    try:
        return int(cell) if cell.lstrip("-").isdigit() else float(cell)
    except ValueError:
        return cell


def texts(store: Store) -> dict[str, str]:
    """Return the stored text of each document, by the document's id."""
    answer = store.query(
        "SELECT ?id ?text { ?document a ssr:Document ; dct:identifier ?id ; schema:text ?text }", prefixes=PREFIXES
    )
    return {row[0]: row[1] for row in results.rows(answer)} if isinstance(answer, QuerySolutions) else {}
