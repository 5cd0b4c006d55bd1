"""How does the whole line grow: with documents, and with triples?

    python3 benchmarks/scale.py --documents 10 1000 10000 --kilobytes 2
    python3 benchmarks/scale.py --triples 1000000 10000000 50000000
    python3 benchmarks/scale.py --report

Documents are those of `made_up_corpus.py`; graphs are built ones, repeated under other names (`repeated_graphs.py`).
All is done by the real commands, each in a process of its own; what is measured is said in `scale_documents.py` and
`scale_triples.py`. Figures are written to `results/scale/` step by step; what has been measured is not measured again,
so that a run that was killed goes on (`--again` begins anew). Each step says on which day, machine and commit it was
measured, and how busy the machine was. `--report`, which every run ends with, writes `results/scale/README.md` and the
curves as SVG in `docs/guide/scale/`.

The work folder (`--work`, build/scale unless said otherwise) keeps corpora and stores: 10,000 documents of 2 kB need
some GB, and 10 million triples as many.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from measuring import RESULTS, ROOT
from scale_documents import of_documents
from scale_report import report
from scale_triples import of_triples


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, nargs="*", default=[], help="sizes of corpora")
    parser.add_argument("--triples", type=int, nargs="*", default=[], help="sizes of graphs")
    parser.add_argument("--kilobytes", type=float, default=2.0, help="about the mean size of a document (default: 2)")
    parser.add_argument("--jobs", type=int, default=2, help="processes that read (default: 2)")
    parser.add_argument("--rounds", type=int, default=3, help="runs of short commands that count (default: 3)")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "scale", help="where corpora and stores go")
    parser.add_argument("--results", type=Path, default=RESULTS / "scale", help="where figures go")
    parser.add_argument("--again", action="store_true", help="measure again what has been measured")
    parser.add_argument("--go-on", action="store_true", help="go on with a build that was stopped; its time is less")
    parser.add_argument("--keep", action="store_true", help="keep the stores of triples")
    parser.add_argument("--report", action="store_true", help="only write tables and curves anew")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    for count in options.documents:
        of_documents(count, options.work, options.results, options)
    for count in options.triples:
        of_triples(count, options.work, options.results, options)
    usual = options.results == RESULTS / "scale"
    report(options.results, ROOT / "docs" / "guide" / "scale" if usual else options.results)


if __name__ == "__main__":
    main()
