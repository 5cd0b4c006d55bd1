"""Reasoner, store and queries over a graph of some size in the project's own ontology: what each takes.

    python3 benchmarks/scale_triples.py STORE QUADS

(a part of `scale.py`) loads N-Quads into a new store as a build does, derives what follows, and prints what it took.
"""

from __future__ import annotations

import itertools
import json
import random
import re
import shutil
import subprocess
import sys
import threading
import time
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, Any

import measuring
from process_trees import run, size_of
from repeated_graphs import Repeated
from scale_documents import PATIENCE, SLOW, serving, timed
from scale_steps import Steps, spread
from servers import ask
from serving import CORPUS, DOCUMENTS, SIMPLE, saved_queries, whole

from ssrgraph.materialize import Changes, materialize_draft
from ssrgraph.store import change
from ssrgraph.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Iterator

PART = 24_000_000
"""Bytes of N-Quads that are loaded at a time; as many as by a build."""
QUERIES = 2_000
MOST_SECONDS = 120
"""A stretch of the mix lasts no longer."""


def of_triples(size: int, folder: Path, results: Path, options: Any) -> None:
    """Measure a graph of so many triples; what has been measured is left as it is."""
    steps = Steps(results / f"triples-{size}.json", {"triples": size}, again=options.again)
    templates, store = folder / "templates", folder / f"triples-{size}"
    if not (templates / "CURRENT").exists():
        command = [measuring.SSRGRAPH, "build", DOCUMENTS, CORPUS, "--store", templates]
        subprocess.run(list(map(str, command)), check=True, capture_output=True)
    graphs = Repeated(templates, folder)
    steps.take("reason", lambda: _reason(graphs, size, folder))
    if not steps.has("load") or not store.exists():
        steps.take("load", lambda: _load(graphs, size, store, folder))
    steps.take("mix of queries", lambda: _mix(graphs, size, store))
    steps.take("saved queries", lambda: _saved_queries(store))
    if not options.keep:
        shutil.rmtree(store, ignore_errors=True)


def _reason(graphs: Repeated, size: int, folder: Path) -> dict[str, Any]:
    """Close a file of so many premises by the command."""
    graph, closure = folder / "premises.nt", folder / "closure.nt"
    asserted = _write(graph, graphs.premises(size))
    done = run([measuring.SSRGRAPH, "reason", graph, "--out", closure], accepted=(0, 3))
    with closure.open("rb") as file:
        whole_ = sum(1 for _ in file)
    found = {**done.figures(), "asserted": asserted, "with what follows": whole_, "bytes": graph.stat().st_size}
    graph.unlink()
    closure.unlink()
    return found


def _write(path: Path, parts: Iterator[bytes]) -> int:
    count = 0
    with path.open("wb") as file:
        for part in parts:
            file.write(part)
            count += part.count(b"\n")
    return count


def _load(graphs: Repeated, size: int, store: Path, folder: Path) -> dict[str, Any]:
    """Load so many quads, and what follows from them, into a store."""
    quads = folder / "graph.nq"
    count = _write(quads, graphs.quads(size))
    shutil.rmtree(store, ignore_errors=True)
    done = run([sys.executable, __file__, store, quads, folder / "load.json"])
    found = json.loads((folder / "load.json").read_text())
    figures = {**done.figures(), **found, "quads": count, "bytes": quads.stat().st_size, "store": size_of(store)}
    quads.unlink()
    return {**figures, "series": done.series}


def child(store: Path, quads: Path, told: Path) -> None:
    """Load and derive; write down what each took."""
    start = time.perf_counter()
    with change(store, base_iri=BASE, fresh=True) as draft, quads.open("rb") as file:
        while part := file.readlines(PART):
            draft.add_graphs(b"".join(part))
        loaded = time.perf_counter()
        result = materialize_draft(draft, engine="native", changes=Changes(draft, remember=False))
        derived = time.perf_counter()
        draft.compact()
        merged = time.perf_counter()
        triples = draft.count()
    steps = {
        "loading": loaded - start,
        "deriving": derived - loaded,
        "merging": merged - derived,
        "the rest": time.perf_counter() - merged,
    }
    found = {"premises": result.read, "inferred": result.inferred, "triples": triples}
    told.write_text(json.dumps({**found, "steps in seconds": {key: round(value, 2) for key, value in steps.items()}}))


def _fresh(graphs: Repeated, size: int, seed: int) -> Iterator[str]:
    """Yield look-ups, joins of two patterns and aggregations, each of a subject chosen at random, without end."""
    chance = random.Random(seed)  # noqa: S311
    documents = size * len(graphs.counts) // max(1, sum(graphs.counts))
    simple = [whole(text) for text in SIMPLE]
    for number in itertools.count():
        text = graphs.document(chance.randrange(max(1, documents))).decode()
        subject = chance.choice(re.findall(r"^<[^>]+>", text, re.MULTILINE))
        yield f"{chance.choice(simple).replace('@', subject)} # {seed}.{number}"


def _stretch(address: str, graphs: Repeated, size: int, clients: int, seed: int) -> dict[str, Any]:
    """Ask the mix by some clients at a time; return the waiting times."""
    asked = [list(itertools.islice(_fresh(graphs, size, seed + one), QUERIES // clients)) for one in range(clients)]
    seconds: list[float] = []
    end = time.perf_counter() + MOST_SECONDS

    def client(texts: list[str]) -> None:
        for text in texts:
            if time.perf_counter() > end:
                return
            start = time.perf_counter()
            ask(address, text)
            seconds.append(time.perf_counter() - start)

    threads = [threading.Thread(target=client, args=(texts,)) for texts in asked]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {**spread(seconds), "queries a second": round(len(seconds) / (time.perf_counter() - start), 1)}


def _mix(graphs: Repeated, size: int, store: Path) -> dict[str, Any]:
    """Return what clients wait for look-ups, joins and aggregations."""
    found: dict[str, Any] = {}
    with serving(store, PATIENCE) as (address, watch, start):
        at = f"{address}/sparql"
        found["started after"] = round(start, 3)
        found["first hundred"] = spread(list(_timed(at, itertools.islice(_fresh(graphs, size, 99), 100))))
        for clients in (1, 8):
            found[f"{clients} at a time"] = _stretch(at, graphs, size, clients, 100 * clients)
    return {**found, "megabytes": round(max(size for _, size in watch.series))}


def _saved_queries(store: Path) -> dict[str, Any]:
    """Return what a client waits for each saved query, while none is made ahead."""
    with serving(store, PATIENCE, "--ahead", "0") as (address, watch, _):
        found = {name: _saved(address, text) for name, text in saved_queries().items()}
    return {"queries": found, "megabytes": round(max(size for _, size in watch.series))}


def _timed(at: str, texts: Iterator[str]) -> Iterator[float]:
    for text in texts:
        start = time.perf_counter()
        ask(at, text)
        yield time.perf_counter() - start


def _saved(address: str, text: str) -> dict[str, Any]:
    start = time.perf_counter()
    try:
        first, rows = timed(address, text)
        again = [timed(address, f"{text}\n# {number}")[0] for number in range(2 if first < SLOW else 0)]
    except (OSError, HTTPException, ValueError) as error:
        return {"seconds": round(time.perf_counter() - start, 2), "problem": " ".join(str(error).split())[:120]}
    return {"rows": rows, "seconds": round(min([first, *again]), 4), "first": round(first, 4)}


if __name__ == "__main__":
    child(*map(Path, sys.argv[1:]))
