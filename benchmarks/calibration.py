"""Does a claim's confidence mean what it promises: the share of such claims of which every slot is right.

    python benchmarks/calibration.py --gold DIR --documents DIR [--gold DIR --documents DIR ...] [--fit]

`--fit` renews `data/reference/confidence.csv` by these documents; report on others than those.

A claim that only an optional gold row takes counts neither way. Brier score: the mean square of the difference
between the confidence and what turned out (0 is best; always saying the overall share gives the score in brackets).
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from measuring import ROOT

from ssrgraph.documents import list_documents, read_document
from ssrgraph.entities import load_reference
from ssrgraph.evaluation.conventions import COLUMNS
from ssrgraph.evaluation.matching import match
from ssrgraph.evaluation.reading import read_gold
from ssrgraph.evaluation.wording import fold
from ssrgraph.extraction.confidence import COLUMNS as COLUMNS_OF_SHARES
from ssrgraph.extraction.confidence import Confidences, fitted
from ssrgraph.extraction.extractor import Extractor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ssrgraph.extraction.model import Claim, Entity, Extraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One claim: its table, its confidence, whether a gold row answers it and whether all its slots agree."""

    table: str
    rule: str
    confidence: float
    found: bool
    strict: bool


def cell(value: object, entities: Mapping[str, Entity]) -> str:
    """Write a slot as the fact tables do."""
    if isinstance(value, tuple):
        return ";".join(sorted(entities[one].name if one in entities else one for one in value))
    if isinstance(value, Decimal):
        return format(value, "f")
    return entities[value].name if isinstance(value, str) and value in entities else str(value or "")


def row_of(claim: Claim, text: str, entities: Mapping[str, Entity]) -> dict[str, str]:
    """Return a claim as a row of its table."""
    slots = {column: "from_" if column == "from" else column for column in COLUMNS[claim.table]}
    row = {column: cell(getattr(claim, slot), entities) for column, slot in slots.items()}
    return {**row, "quote": fold(claim.quote.of(text))}


def outcomes(extraction: Extraction, text: str, gold: Mapping[str, object]) -> Iterator[Outcome]:
    """Yield how each claim of a document fares against its gold rows."""
    entities = {entity.id: entity for entity in extraction.entities}
    for table in COLUMNS:
        claims = [claim for claim in extraction.claims if claim.table == table]
        golds = gold.get(table, ())
        matching = match(golds, [row_of(claim, text, entities) for claim in claims], fold(text))
        pairs = {pair.row: pair for pair in matching.pairs}
        for number, claim in enumerate(claims):
            if number not in matching.neutral:
                found = pairs.get(number)
                yield Outcome(
                    table=table,
                    rule=claim.rule,
                    confidence=claim.confidence,
                    found=found is not None,
                    strict=found is not None and not found.wrong,
                )


def report(found: list[Outcome]) -> None:
    """Print shares by confidence and by table, and the Brier score."""

    def line(name: str, some: Iterable[Outcome]) -> None:
        group = list(some)
        share = sum(one.found for one in group) / len(group)
        strict = sum(one.strict for one in group) / len(group)
        mean = sum(one.confidence for one in group) / len(group)
        print(f"{name:<17}{len(group):>7}{mean:>12.2f}{share:>10.3f}{strict:>10.3f}")

    print(f"{'':<17}{'claims':>7}{'confidence':>12}{'in gold':>10}{'strictly':>10}")
    bins: dict[int, list[Outcome]] = defaultdict(list)
    tables: dict[str, list[Outcome]] = defaultdict(list)
    for one in found:
        bins[int(one.confidence * 10)].append(one)
        tables[one.table].append(one)
    for tenth, some in sorted(bins.items()):
        line(f"said {tenth / 10:.1f} to {(tenth + 1) / 10:.1f}", some)
    for table, some in tables.items():
        line(table, some)
    line("all", found)
    overall = sum(one.strict for one in found) / len(found)
    brier = sum((one.confidence - one.strict) ** 2 for one in found) / len(found)
    print(f"Brier score {brier:.3f} ({overall * (1 - overall):.3f})")


def fit(found: Iterable[Outcome], source: str) -> None:
    """Write the shares that were measured."""
    rows = fitted((one.table, one.confidence, one.rule, one.strict) for one in found)
    with (ROOT / "data" / "reference" / "confidence.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, COLUMNS_OF_SHARES, lineterminator="\n")
        writer.writeheader()
        writer.writerows({**row, "source": source} for row in rows)


def main() -> None:
    """Read the documents and report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, action="append", required=True)
    parser.add_argument("--documents", type=Path, action="append", required=True)
    parser.add_argument("--fit", action="store_true")
    options = parser.parse_args()
    extractor = Extractor(load_reference(), confidences=Confidences() if options.fit else None)
    found: list[Outcome] = []
    read = []
    for gold_folder, folder in zip(options.gold, options.documents, strict=True):
        gold = read_gold(gold_folder)
        for path in list_documents([folder]):
            if path.stem in gold:
                document = read_document(path)
                read.append(document.id)
                found += outcomes(extractor.extract(document), document.text, gold[path.stem])
    if options.fit:
        fit(found, f"tests/corpus: annotated documents, {len(read)} in all, {datetime.now(UTC).date()}")
    report(found)


if __name__ == "__main__":
    main()
