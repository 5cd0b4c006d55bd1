"""Which system row answers which gold row, and how far they agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from ssrgraph.evaluation.conventions import COLUMNS, KEYS, Comparison, comparison
from ssrgraph.evaluation.wording import (
    number,
    quotes_meet,
    same_date,
    same_name,
    same_names,
    same_number,
    same_phrase,
    same_set,
    same_title,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssrgraph.evaluation.model import GoldRow, Row

_MONEY_TOLERANCE = 0.001


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A gold row and the system row that answers it, by index; `wrong` are the slots that differ."""

    gold: int
    row: int
    share: float
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """The pairs of required gold rows, and the system rows that optional gold rows take."""

    pairs: tuple[Pair, ...]
    neutral: frozenset[int]


def match(golds: Sequence[GoldRow], rows: Sequence[Row], text: str | None = None) -> Matching:
    """Pair gold rows with system rows one to one, the best agreement first, required gold rows before optional ones.

    Args:
        golds: The gold rows of one table and document.
        rows: The system rows of the same.
        text: The document's text with white space folded, where it is known.
    """
    required = _assign(golds, rows, text, optional=False, taken=frozenset())
    taken = frozenset(pair.row for pair in required)
    optional = _assign(golds, rows, text, optional=True, taken=taken)
    return Matching(pairs=tuple(required), neutral=frozenset(pair.row for pair in optional))


def _assign(
    golds: Sequence[GoldRow], rows: Sequence[Row], text: str | None, *, optional: bool, taken: frozenset[int]
) -> list[Pair]:
    candidates = []
    for i, gold in enumerate(golds):
        for j, row in enumerate(rows):
            if gold.optional is optional and j not in taken and _key_agrees(gold, row, text):
                share, wrong = _agreement(gold, row)
                apart = not quotes_meet(gold.quote, row.get("quote", ""), text)
                candidates.append((-share, apart, i, j, wrong))
    pairs: dict[int, Pair] = {}
    used = set(taken)
    for share, _, i, j, wrong in sorted(candidates):
        if i not in pairs and j not in used:
            used.add(j)
            pairs[i] = Pair(gold=i, row=j, share=-share, wrong=wrong)
    return list(pairs.values())


def _agreement(gold: GoldRow, row: Row) -> tuple[float, tuple[str, ...]]:
    """Return the share of scored slots that agree, and those that do not."""
    scored = [column for column in COLUMNS[gold.table] if column not in KEYS[gold.table] and column not in gold.open]
    wrong = tuple(column for column in scored if not slot_agrees(gold, column, row.get(column, "")))
    return (1 - len(wrong) / len(scored) if scored else 1.0), wrong


def _key_agrees(gold: GoldRow, row: Row, text: str | None) -> bool:
    match gold.table:
        case "funding":
            amount = number(gold.first("amount"))
            same_currency = gold.first("currency").upper() == row.get("currency", "").strip().upper()
            return amount is not None and same_currency and _same_sum(amount, number(row.get("amount")))
        case "personnel":
            same = all(same_number(gold.first(column), row.get(column)) for column in KEYS["personnel"])
            return same and quotes_meet(gold.quote, row.get("quote", ""), text)
        case "equipment":
            same_item = any(same_phrase(form, row.get("item", "")) for form in gold.forms.get("item", ()))
            return same_item and same_number(gold.first("value"), row.get("value"))
        case "results":
            value = gold.first("value")
            return number(value) is not None and same_number(value, row.get("value"))
        case table:
            (key,) = KEYS[table]
            return any(same_name(form, row.get(key, "")) for form in gold.forms.get(key, ()))


def _same_sum(gold: float, system: float | None) -> bool:
    return system is not None and abs(gold - system) <= _MONEY_TOLERANCE * abs(gold)


def slot_agrees(gold: GoldRow, column: str, value: str) -> bool:
    """Say whether a system's value is one that the gold row accepts in this column."""
    how = comparison(gold.table, column)
    if how is Comparison.NAMES:
        return same_names(gold.lists.get(column, ()), value)
    forms = gold.forms.get(column, ())
    if not forms or not value.strip():
        return not forms and not value.strip()
    return any(_form_agrees(how, form, value) for form in forms)


def _form_agrees(how: Comparison, form: str, value: str) -> bool:  # noqa: PLR0911  # one line a comparison
    match how:
        case Comparison.NAME:
            return same_name(form, value)
        case Comparison.NUMBER:
            return same_number(form, value)
        case Comparison.DATE:
            return same_date(form, value.strip())
        case Comparison.PHRASE:
            return same_phrase(form, value)
        case Comparison.TITLE:
            return same_title(form, value)
        case Comparison.MANDATE:
            return same_set(form, value)
        case Comparison.CODE:
            return form.strip().casefold() == value.strip().casefold()
        case Comparison.NAMES:
            return same_names([(form,)], value)
        case _:
            assert_never(how)
