"""How long does a user wait for a command on a built store, beside a Python that starts and does nothing?"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from measuring import ROOT, SSRGRAPH, Candidate, measure, parsed_options, report

DOCUMENTS = ROOT / "data" / "documents"


def main() -> None:
    """Measure help, a query text, a saved query and the fact tables."""
    options = parsed_options(str(__doc__))
    with tempfile.TemporaryDirectory() as folder:
        store = str(Path(folder) / "store")
        subprocess.run([SSRGRAPH, "build", str(DOCUMENTS), "--store", store], check=True, stdout=subprocess.DEVNULL)
        tables = ["--all", "--format", "csv", "--out", str(Path(folder) / "facts")]
        of_store = ["--store", store]
        text = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
        saved = "funding-by-programme-year"
        candidates = [
            Candidate(name="python -c pass", command=[sys.executable, "-c", "pass"]),
            Candidate(name="--help", command=[SSRGRAPH, "--help"]),
            Candidate(name="query 'SELECT …'", command=[SSRGRAPH, "query", text, *of_store]),
            Candidate(name=f"query {saved}", command=[SSRGRAPH, "query", saved, *of_store]),
            Candidate(name="facts funding", command=[SSRGRAPH, "facts", "funding", *of_store]),
            Candidate(name="facts --all", command=[SSRGRAPH, "facts", *tables, *of_store]),
            Candidate(name="stats", command=[SSRGRAPH, "stats", *of_store]),
        ]
        rows = measure(candidates, options.rounds)
    documents = len(list(DOCUMENTS.glob("*.txt")))
    report("Commands on a built store", "commands", f"{documents} documents", rows, write=not options.no_write)


if __name__ == "__main__":
    main()
