"""The whole line over a made-up corpus of some size, by the real commands: what each takes."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import time
from contextlib import contextmanager
from http.client import HTTPException
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import made_up_corpus
from measuring import SSRGRAPH
from process_trees import Watch, run, size_of
from scale_steps import Steps, spread
from servers import ask, free_port, send, wait_for
from serving import saved_queries

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 15
"""A saved query that takes longer than this, in seconds, is given up."""
SLOW = 2.0
"""A query that takes longer, in seconds, is asked once."""
AT_MOST = 1800
"""Seconds that are waited for answers to be made ahead."""


def of_documents(count: int, folder: Path, results: Path, options: Any) -> None:
    """Measure a corpus of so many documents; what has been measured is left as it is."""
    about = {"documents": count, "kilobytes": options.kilobytes, "jobs": options.jobs}
    steps = Steps(results / f"documents-{count}.json", about, again=options.again)
    corpus, store = folder / f"corpus-{count}", folder / f"store-{count}"
    if not steps.has("corpus") or not corpus.exists():
        shutil.rmtree(corpus, ignore_errors=True)
        size = made_up_corpus.write(corpus, range(count), kilobytes=options.kilobytes, seed=1)
        steps.take("corpus", lambda: {"bytes": size, "documents": count})
    documents = corpus / "documents"
    build = [SSRGRAPH, "build", documents, "--store", store, "--jobs", options.jobs]
    if not steps.has("build") or not store.exists():
        steps.take("build", lambda: _built(build, store, options))
    steps.take("add and remove one document", lambda: _one_more(store, folder, count, options))
    steps.take("rebuild, nothing changed", lambda: _rounds([build] * options.rounds))
    steps.take("queries over HTTP", lambda: _served(store))
    ahead = steps.take("queries made ahead", lambda: _served_ahead(store))["queries"]
    steps.take("queries by the command", lambda: _queries(store, options.rounds, ahead))
    steps.take("commands", lambda: _commands(store, folder, options.rounds))
    steps.take("check", lambda: _rounds([[SSRGRAPH, "check", "--store", store]], accepted=(0, 1)))
    steps.take("score", lambda: _score(store, corpus / "gold"))


def _built(build: list[object], store: Path, options: Any) -> dict[str, Any]:
    if not options.go_on:
        shutil.rmtree(store, ignore_errors=True)
    done = run(build)
    sizes = {part.name: size_of(part) for part in next(store.glob("generation-*"), store).iterdir() if part.is_dir()}
    return {**done.figures(), "series": done.series, "said": done.said, "store": size_of(store), "parts": sizes}


def _rounds(commands: list[list[object]], **more: Any) -> dict[str, Any]:
    """Return the medians of some commands, each in a process of its own."""
    runs = [run(command, every=0.05, **more) for command in commands]
    return {
        "seconds": round(statistics.median(one.seconds for one in runs), 3),
        "each": [round(one.seconds, 3) for one in runs],
        "megabytes": max(one.megabytes_of_the_largest for one in runs),
        "said": runs[-1].said,
    }


def _one_more(store: Path, folder: Path, count: int, options: Any) -> dict[str, Any]:
    """Add a document and take it away again; beside it the same with a store of one document."""
    extra, small = folder / "extra", folder / "store-of-one"
    shutil.rmtree(extra, ignore_errors=True)
    shutil.rmtree(small, ignore_errors=True)
    numbers = range(10_000_000, 10_000_000 + options.rounds + 1)  # In no corpus of any size.
    made_up_corpus.write(extra, numbers, kilobytes=options.kilobytes, seed=1)
    first, *files = sorted((extra / "documents").iterdir(), key=lambda path: path.stem.rsplit("-", 1)[1])
    run([SSRGRAPH, "build", first, "--store", small])
    figures = {}
    for name, where in (("a store of one", small), (f"a store of {count}", store)):
        runs: dict[str, list[float]] = {"add": [], "remove": []}
        peaks = []
        for file in files:
            for verb, what in (("add", file), ("remove", file.stem)):
                done = run([SSRGRAPH, verb, what, "--store", where], every=0.05)
                runs[verb].append(round(done.seconds, 3))
                peaks.append(done.megabytes)
        medians = {verb: statistics.median(each) for verb, each in runs.items()}
        figures[name] = {**medians, "each": runs, "megabytes": max(peaks)}
    return figures


def _commands(store: Path, folder: Path, rounds: int) -> dict[str, Any]:
    at = ["--store", store]
    dump, tables = folder / "dump.nq", folder / "tables"
    some = {
        "export --format nquads": ["export", *at, "--format", "nquads", "--out", dump],
        "facts --all": ["facts", "--all", *at, "--format", "csv", "--out", tables],
        "stats": ["stats", *at],
    }
    found = {name: _rounds([[SSRGRAPH, *words]] * (rounds if name == "stats" else 1)) for name, words in some.items()}
    found["export --format nquads"]["bytes"] = dump.stat().st_size
    dump.unlink()
    return found


def _queries(store: Path, rounds: int, ahead: dict[str, float | None]) -> dict[str, Any]:
    """Return what a user waits who starts the command for one query, by query; not of those that were given up."""
    found = {}
    for name in saved_queries():
        if ahead[name] is None:
            continue
        command = [SSRGRAPH, "query", name, "--store", store, "--format", "csv"]
        first = run(command, every=0.05)
        more = [run(command, every=0.05) for _ in range(0 if first.seconds > SLOW else rounds - 1)]
        each = [round(one.seconds, 3) for one in (first, *more)]
        found[name] = {"seconds": statistics.median(each), "each": each, "megabytes": first.megabytes_of_the_largest}
    return found


@contextmanager
def serving(store: Path, timeout: int, *more: str) -> Iterator[tuple[str, Watch, float]]:
    """Serve a store; give the address, the watch of its memory, and the seconds until it answered."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [SSRGRAPH, "serve", "--store", str(store), "--port", str(port), "--timeout", str(timeout), *more]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    watch = Watch(process.pid).start()
    try:
        wait_for(f"{address}/sparql", process)
        yield address, watch, time.perf_counter() - start
    finally:
        watch.stop()
        process.terminate()
        process.wait()


def timed(address: str, text: str) -> tuple[float, int]:
    """Return the seconds that a query takes, and how many rows it has; a server that is busy is asked again."""
    for _ in range(10):  # Processes that were ended with the query before may be being replaced.
        start = time.perf_counter()
        try:
            rows = len(ask(f"{address}/sparql", text)["results"]["bindings"])
        except HTTPException as error:
            if not any(b'"busy"' in part for part in error.args if isinstance(part, bytes)):
                raise  # An answer that was begun and took too long ends in the middle.
            time.sleep(2)
        else:
            return time.perf_counter() - start, rows
    raise TimeoutError


def _asked(address: str, text: str, times: int) -> dict[str, Any]:
    """Return what a client waits for a query that was never asked before, several times if it is not slow."""
    start = time.perf_counter()
    try:
        first, rows = timed(address, text)
        more = range(0 if first > SLOW else times)
        each = [first, *(timed(address, f"{text}\n# {number}")[0] for number in more)]
    except (OSError, HTTPException, ValueError) as error:
        return {"seconds": round(time.perf_counter() - start, 2), "problem": " ".join(str(error).split())[:120]}
    return {"rows": rows, "first": round(first, 5), "fresh": spread(each)}


def _made_ahead(address: str) -> dict[str, float]:
    """Wait until the server has made answers ahead, or long enough; return for how long, and how many there are."""
    start = time.perf_counter()
    while time.perf_counter() - start < AT_MOST:
        told = send("GET", f"{address}/metrics", headers={}).decode()
        if "\nssrgraph_preparing 1\n" not in told:
            break
        time.sleep(1)
    number = next(line.split()[1] for line in told.splitlines() if line.startswith("ssrgraph_prepared "))
    return {"seconds": round(time.perf_counter() - start, 1), "answers": int(float(number))}


def _ahead(address: str, name: str) -> float | None:
    """Return what a client waits for a saved query by its own address, in a format not asked for before."""
    start = time.perf_counter()
    try:
        send("GET", f"{address}/queries/{quote(name)}?format=tsv", headers={})
    except (OSError, HTTPException, ValueError):
        return None  # It takes longer than a query may, and was not made ahead.
    return round(time.perf_counter() - start, 5)


def _served(store: Path, times: int = 20) -> dict[str, Any]:
    """Return what a client waits for each saved query while none is made ahead."""
    with serving(store, PATIENCE, "--ahead", "0") as (address, watch, start):
        found = {name: _asked(address, text, times) for name, text in saved_queries().items()}
    peak = max(size for _, size in watch.series)
    return {"queries": found, "started after": round(start, 3), "megabytes": round(peak)}


def _served_ahead(store: Path) -> dict[str, Any]:
    """Return what a client waits for each saved query once those that take long were made ahead."""
    with serving(store, PATIENCE) as (address, watch, _):
        making = {**_made_ahead(address), "bytes": size_of(store / "prepared")}
        found = {name: _ahead(address, name) for name in saved_queries()}
    peak = max(size for _, size in watch.series)
    return {"queries": found, "making ahead": making, "megabytes": round(peak)}


def _score(store: Path, gold: Path) -> dict[str, Any]:
    command = [SSRGRAPH, "evaluate", "--gold", str(gold), "--store", str(store)]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    return {"lines": lines[:14]}
