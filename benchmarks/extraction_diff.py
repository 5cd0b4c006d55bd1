"""Which rows a change to the extraction gains and loses against hand-made gold.

    python benchmarks/extraction_diff.py --gold DIR --before FACTS --after FACTS [--documents DIR]

FACTS is a folder that `ssrgraph facts --all --format csv --out FACTS` has written: once from the main branch, once
from the change.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from ssrgraph.evaluation import HEADER, Difference, describe, read_facts, read_gold, read_texts, score, score_rows


def identity(difference: Difference) -> tuple[str, str]:
    return difference.document, describe(difference)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--gold", "--before", "--after"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--documents", type=Path)
    options = parser.parse_args()
    gold = read_gold(options.gold)
    texts = read_texts(options.documents) if options.documents else None
    before, after = (score(gold, read_facts(folder), texts) for folder in (options.before, options.after))

    faults_before = {identity(one): one for one in before.differences}
    faults_after = {identity(one): one for one in after.differences}
    for title, here, there in (("gains", faults_before, faults_after), ("losses", faults_after, faults_before)):
        found = [key for key in here if key not in there]
        print(f"{title}: {len(found)}")
        for document, line in found:
            print(f"  {document}  {'no longer ' if title == 'gains' else 'now '}{line}")
    print("\t".join(HEADER))
    for old, new in zip(score_rows(before), score_rows(after), strict=True):
        print("\t".join(a if a == b else f"{a} -> {b}" for a, b in zip(old, new, strict=True)))


if __name__ == "__main__":
    main()
