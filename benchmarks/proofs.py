"""How long does it take to say why a triple holds, in a large store?

    python3 benchmarks/proofs.py [--triples 1000000] [--goals 500] [--no-write]

The store holds the five documents over and over, with documents and claims of their own each time and the same
entities, until the asserted triples are as many: the graph has few entities of which very much is said. Goals are
inferred triples, drawn at random, and all that are about entities only. The peer is a query that asks the same store
whether the triple holds; both go through the goals in one process, in turn, three times. Told are the first time, when
the database reads from its files, and the shortest of the three, in which no other process took the processor.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from measuring import RESULTS, ROOT, SSRGRAPH
from pyoxigraph import NamedNode, Triple

from ssrgraph import __version__
from ssrgraph.query.proving import prove
from ssrgraph.reasoning import closure
from ssrgraph.store import LocalStore, change
from ssrgraph.vocabulary import BASE

OWN = (f"{BASE}claim/", f"{BASE}document/", f"{BASE}graph/document/")


def copied(term, number):
    """Return a term of the n-th copy: claims and documents are others, entities the same."""
    own = isinstance(term, NamedNode) and term.value.startswith(OWN)
    return NamedNode(f"{term.value}-{number}") if own else term


def large_store(folder, size):
    """Make a store of about so many asserted triples; return their number and that of the inferred ones."""
    small = folder / "small"
    subprocess.run([SSRGRAPH, "build", "data/documents", "--store", str(small)], cwd=ROOT, check=True)
    with LocalStore.open(small) as store:
        graphs = {graph: list(store.triples(graph)) for graph in store.graphs()}
    found = {name: triples for name, triples in graphs.items() if name.value.endswith(("/ontology", "/entities"))}
    documents = {name: triples for name, triples in graphs.items() if "/graph/document/" in name.value}
    given = {triple for triples in found.values() for triple in triples}
    number = 0
    while len(given) < size:
        number += 1
        for name, triples in documents.items():
            some = [Triple(copied(t.subject, number), t.predicate, copied(t.object, number)) for t in triples]
            found[copied(name, number)] = some
            given.update(some)
    inferred = closure(given).inferred
    with change(folder / "large", base_iri=BASE, fresh=True) as draft:
        for name, triples in found.items():
            draft.replace_graph(name, triples)
        draft.replace_graph(NamedNode(f"{BASE}graph/inferred"), inferred)
        draft.describe({}, base_iri=BASE)
    return len(given), inferred


def shortest(times):
    """Return for each goal the shortest of its times."""
    return [min(each) for each in zip(*times, strict=True)]


def measured(store, goals):
    """Return the seconds that each proof, and each question whether the triple holds, takes, and the proofs' steps."""
    proofs, questions, steps = [], [], []
    for goal in goals:
        start = time.perf_counter()
        (proof,) = prove(store, goal)
        middle = time.perf_counter()
        terms = " ".join(str(term) for term in goal)
        holds = "_:" in terms or bool(store.query(f"ASK {{ {terms} }}"))
        questions.append(time.perf_counter() - middle)
        proofs.append(middle - start)
        steps.append(proof.steps)
        if not holds:
            sys.exit(f"does not hold: {terms}")
    return proofs, questions, steps


def milliseconds(seconds):
    """Return median, 95th percentile and maximum."""
    ordered = sorted(seconds)
    of = {"median": statistics.median(ordered), "p95": ordered[int(len(ordered) * 0.95)], "max": ordered[-1]}
    return {name: round(value * 1000, 3) for name, value in of.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--goals", type=int, default=500)
    parser.add_argument("--no-write", action="store_true", help="print only; leave results/ as it is")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        given, inferred = large_store(folder, options.triples)
        ordered = sorted(inferred, key=str)
        chosen = random.Random(1).sample(ordered, options.goals)  # noqa: S311  # the same goals in every run
        of_entities = [one for one in ordered if not any(str(term)[1:].startswith(OWN) for term in one)]
        result = {
            "asserted": given,
            "inferred": len(inferred),
            "version": __version__,
            "machine": platform.processor() or platform.machine(),
            "python": platform.python_version(),
            "date": datetime.now(UTC).date().isoformat(),
        }
        with LocalStore.open(folder / "large") as store:
            for kind, goals in (("any", chosen), ("of entities", of_entities)):
                times = [measured(store, goals) for _ in range(3)]
                first, _, steps = times[0]
                proofs = shortest(one[0] for one in times)
                questions = shortest(one[1] for one in times)
                result[kind] = {
                    "goals": len(goals),
                    "most steps": max(steps),
                    "proof for the first time, milliseconds": milliseconds(first),
                    "proof, milliseconds": milliseconds(proofs),
                    "ask, milliseconds": milliseconds(questions),
                    "ratio of medians": round(statistics.median(proofs) / statistics.median(questions), 1),
                }
    text = json.dumps(result, indent=2) + "\n"
    sys.stdout.write(text)
    if not options.no_write:
        (RESULTS / f"proofs-{options.triples}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
