"""From gold and system rows to scores and differences."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from ssrgraph.evaluation.conventions import COLUMNS
from ssrgraph.evaluation.matching import match
from ssrgraph.evaluation.model import Difference, DifferenceKind, Evaluation, Quotes, Score
from ssrgraph.evaluation.reading import read_gold, read_texts
from ssrgraph.evaluation.wording import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from ssrgraph.evaluation.matching import Matching
    from ssrgraph.evaluation.model import Facts, Gold, GoldRow, Row


def score(gold: Gold, facts: Facts, texts: Mapping[str, str] | None = None) -> Evaluation:
    """Compare a system's fact tables with a person's.

    Args:
        gold: The person's rows by document and table. Only documents that stand here are scored.
        facts: The system's rows by table; a missing table counts as empty.
        texts: The documents' texts by id; with them quotes are located and checked.
    """
    folded = {document: fold(text) for document, text in (texts or {}).items()}
    rows_of = _by_document(facts)
    cells: dict[tuple[str, str], Score] = {}
    differences: list[Difference] = []
    for document, tables in gold.items():
        found: list[Difference] = []
        for table in COLUMNS:
            golds, rows = tables.get(table, ()), rows_of[document, table]
            matching = match(golds, rows, folded.get(document))
            cells[document, table] = _score(golds, rows, matching)
            found += _differences(document, table, golds, rows, matching)
        order = list(DifferenceKind)
        differences += sorted(found, key=lambda one: order.index(one.kind))
    return Evaluation(
        cells=cells, differences=tuple(differences), quotes=_quotes(facts, folded) if texts is not None else None
    )


def evaluate(gold_dir: Path, facts: Facts, documents: Path | None = None) -> Evaluation:
    """Compare fact tables with the gold rows of a folder.

    Args:
        gold_dir: Folder with one JSON file of gold rows for each document.
        facts: The system's rows by table.
        documents: Folder of the documents' texts; with it quotes are located and checked.

    Raises:
        GoldError: A folder is missing or a file in it is not as it must be.
    """
    return score(read_gold(gold_dir), facts, read_texts(documents) if documents is not None else None)


def _by_document(facts: Facts) -> defaultdict[tuple[str, str], list[Row]]:
    found: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for table in COLUMNS:
        for row in facts.get(table, ()):
            found[row.get("document", ""), table].append(row)
    return found


def _score(golds: Sequence[GoldRow], rows: Sequence[Row], matching: Matching) -> Score:
    return Score(
        gold=sum(not gold.optional for gold in golds),
        system=len(rows) - len(matching.neutral),
        neutral=len(matching.neutral),
        matched=len(matching.pairs),
        strict=sum(not pair.wrong for pair in matching.pairs),
        agreement=sum(pair.share for pair in matching.pairs),
    )


def _differences(
    document: str, table: str, golds: Sequence[GoldRow], rows: Sequence[Row], matching: Matching
) -> Iterator[Difference]:
    hit = {pair.gold for pair in matching.pairs}
    used = {pair.row for pair in matching.pairs} | matching.neutral
    for i, gold in enumerate(golds):
        if i not in hit and not gold.optional:
            yield Difference(kind=DifferenceKind.MISSED, document=document, table=table, gold=gold)
    for j, row in enumerate(rows):
        if j not in used:
            yield Difference(kind=DifferenceKind.SPURIOUS, document=document, table=table, row=row)
    for pair in matching.pairs:
        if pair.wrong:
            yield Difference(
                kind=DifferenceKind.WRONG,
                document=document,
                table=table,
                gold=golds[pair.gold],
                row=rows[pair.row],
                slots=pair.wrong,
            )


def _quotes(facts: Facts, texts: Mapping[str, str]) -> Quotes:
    missing: Counter[str] = Counter()
    rows = foreign = 0
    for table in COLUMNS:
        for row in facts.get(table, ()):
            text = texts.get(row.get("document", ""))
            if text is None:
                foreign += 1
                continue
            rows += 1
            quote = fold(row.get("quote"))
            missing[table] += not quote or quote not in text
    return Quotes(rows=rows, missing={table: count for table, count in missing.items() if count}, foreign=foreign)
