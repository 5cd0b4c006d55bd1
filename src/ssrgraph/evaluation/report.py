"""An evaluation as rows and lines that a person reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssrgraph.evaluation.conventions import COLUMNS, CORE, KEYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.evaluation.model import Difference, Evaluation, GoldRow, Row, Score

HEADER = ("scope", "gold", "system", "neutral", "matched", "precision", "recall", "row F1", "slots", "strict F1")


def score_rows(evaluation: Evaluation) -> Iterator[tuple[str, ...]]:
    """Yield the cells under `HEADER`: each table, the core tables, all tables, then each document."""
    for table in COLUMNS:
        yield _cells(table, evaluation.total(tables=[table]))
    yield _cells("core", evaluation.total(tables=CORE))
    yield _cells("all", evaluation.total())
    for document in evaluation.documents:
        yield _cells(f"{document}, core", evaluation.total(tables=CORE, documents=[document]))
        yield _cells(f"{document}, all", evaluation.total(documents=[document]))


def score_records(evaluation: Evaluation) -> Iterator[dict[str, str | int | float | None]]:
    """Yield the same figures as records, rates between 0 and 1 and None where nothing was counted."""
    for document in (None, *evaluation.documents):
        documents = None if document is None else [document]
        scopes = {**{table: [table] for table in COLUMNS}, "core": list(CORE), "all": list(COLUMNS)}
        for scope, tables in scopes.items():
            score = evaluation.total(tables=tables, documents=documents)
            yield {
                "document": document,
                "scope": scope,
                "gold": score.gold,
                "system": score.system,
                "neutral": score.neutral,
                "matched": score.matched,
                "precision": score.precision,
                "recall": score.recall,
                "row_f1": score.row_f1,
                "slot_accuracy": score.slot_accuracy,
                "strict_f1": score.strict_f1,
            }


def _cells(scope: str, score: Score) -> tuple[str, ...]:
    counts = (score.gold, score.system, score.neutral, score.matched)
    rates = (score.precision, score.recall, score.row_f1, score.slot_accuracy, score.strict_f1)
    percent = ("-" if rate is None else f"{100 * rate:.1f}" for rate in rates)
    return (scope, *map(str, counts), *percent)


def describe(difference: Difference) -> str:
    """Return a difference as one line: what the person and the system have, and the words."""
    gold, row, table = difference.gold, difference.row, difference.table
    start = f"{difference.kind:<8}  {table}: "
    if gold is None:
        quote = row.get("quote", "") if row else ""
        return f"{start}{_brief_row(row or {}, COLUMNS[table])}  «{quote}»"
    if row is None:
        return f"{start}{_brief_gold(gold, COLUMNS[table])}  «{gold.quote}»"
    slots = "; ".join(
        f"{column}: gold {gold.first(column) or '(empty)'}, system {row.get(column) or '(empty)'}"
        for column in difference.slots
    )
    return f"{start}{_brief_gold(gold, KEYS[table])}: {slots}"


def _brief_gold(gold: GoldRow, columns: tuple[str, ...]) -> str:
    return ", ".join(f"{column}={gold.first(column)}" for column in columns if gold.first(column))


def _brief_row(row: Row, columns: tuple[str, ...]) -> str:
    return ", ".join(f"{column}={row[column]}" for column in columns if row.get(column, "").strip())
