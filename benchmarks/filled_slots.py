"""Of the givers and receivers that a claim names, how many are those of the gold, and how many are turned round?

    python benchmarks/filled_slots.py --gold DIR --documents DIR [--gold DIR --documents DIR ...]

Strict F1 counts an empty slot as wrong as it counts a wrong one. For who reads a figure they are not the same: this
tells what share of the slots that are filled is right, also of those that the gold does not score.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from pathlib import Path

from calibration import row_of

from ssrgraph.documents import list_documents, read_document
from ssrgraph.entities import load_reference
from ssrgraph.evaluation.matching import match, slot_agrees
from ssrgraph.evaluation.reading import read_gold
from ssrgraph.evaluation.wording import fold
from ssrgraph.extraction.extractor import Extractor

SIDES = {"funding": ("funder", "recipient"), "equipment": ("provider", "recipient")}
OUTCOMES = ("right", "turned round", "gold names nobody", "somebody else", "left empty")


def outcome(gold, row, column, other):
    """Return how a slot fares, or nothing where neither the claim nor the gold fills it."""
    value = row[column]
    if not value:
        return "left empty" if gold.forms.get(column) else None
    if slot_agrees(gold, column, value):
        return "right"
    if not gold.forms.get(column):
        return "gold names nobody"
    return "turned round" if slot_agrees(gold, other, value) else "somebody else"


def main():
    """Read the documents and report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, action="append", required=True)
    parser.add_argument("--documents", type=Path, action="append", required=True)
    given = parser.parse_args()
    extractor, counts = Extractor(load_reference()), defaultdict(Counter)
    for gold_folder, folder in zip(given.gold, given.documents, strict=True):
        golds = read_gold(gold_folder)
        for path in list_documents([folder]):
            if path.stem not in golds:
                continue
            document = read_document(path)
            found = extractor.extract(document)
            entities = {entity.id: entity for entity in found.entities}
            for table, sides in SIDES.items():
                rows = [row_of(each, document.text, entities) for each in found.claims if each.table == table]
                gold = golds[path.stem].get(table, ())
                for pair in match(gold, rows, fold(document.text)).pairs:
                    for column, other in (sides, sides[::-1]):
                        counts[table, column][outcome(gold[pair.gold], rows[pair.row], column, other)] += 1
    print(f"{'':<22}" + "".join(f"{name:>19}" for name in OUTCOMES) + f"{'right of filled':>17}")
    for (table, column), each in counts.items():
        filled = sum(each[name] for name in OUTCOMES[:-1])
        cells = "".join(f"{each[name]:>19}" for name in OUTCOMES)
        print(f"{f'{table} {column}':<22}{cells}{each['right'] / filled if filled else 0:>17.2f}")


if __name__ == "__main__":
    main()
