"""How long does the closure of a graph take, for each reasoner?

    python benchmarks/reasoning.py [--data claims|own] [--triples 10000] [--file GRAPH.nt[.gz]]
                                   [--without owlrl] [--rounds 5] [--command]

Data are made-up claims with a small ontology that much follows from (`made_up_graphs`), a graph in the project's own
ontology (`own_graphs`: the shipped documents under many names), or a file. All reasoners run in turn in one process,
after a round that does not count:

- native: `closure`, from pyoxigraph triples in memory to pyoxigraph triples in memory, inconsistencies included;
- native, without loading: the same from a graph that the engine has read, as `reasonable` is timed;
- native, without loading, as lines: from such a graph to the N-Triples of what follows;
- native, arrays only: the rules, without terms on either side;
- native, one document more, one less: a `Reasoner` that has the graph gets a document more, and loses it again;
- owlrl: the library as it is published, `DeductiveClosure(OWLRL_Semantics).expand` of a graph that it has;
- this package's owlrl engine: `closure` by the engine of that name, which spares the library most of its work;
- reasonable: `reason()`, which gives Python triples, without and with `load_file`.

`--command` runs whole processes instead: `ssrgraph reason FILE --out FILE` against a script that loads, reasons and
writes with `reasonable`. It takes part where it is installed (`pip install --target DIR reasonable`, PYTHONPATH=DIR).
"""

from __future__ import annotations

import argparse
import gzip
import importlib.metadata
import importlib.util
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

import owlrl
import rdflib
from made_up_graphs import Claims
from measuring import SSRGRAPH, Candidate, machine, measure, report
from own_graphs import Repeated
from pyoxigraph import RdfFormat, parse, serialize

from ssrgraph.reasoning import Reasoner, closure, writing
from ssrgraph.reasoning.native_engine import collection_paused
from ssrgraph.reasoning.saturation import Saturation

RESULTS = Path(__file__).parent / "results"


def read(path):
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [quad.triple for quad in parse(content, format=RdfFormat.N_TRIPLES)]


def timed(run):
    start = time.perf_counter()
    result = run()
    return time.perf_counter() - start, result


class Loaded:
    """A graph that the native engine has read."""

    def __init__(self, triples):
        self.graph = Saturation(triples, complete=False)
        self.given = dict(self.graph.given)
        self.inferred = 0

    def close(self):
        with collection_paused():  # as the engine does
            self.graph.start(self.given)
            self.graph.saturate()

    def close_as_lines(self):
        with collection_paused():
            self.close()
            found = writing.by_text(self.graph.symbols, writing.inferred(writing.View.of(self.graph)))
            return sum(map(len, writing.lines(found)))

    def close_and_write(self):
        with collection_paused():
            self.close()
            found = writing.by_text(self.graph.symbols, writing.inferred(writing.View.of(self.graph)))
            self.inferred = len(writing.triples(self.graph.symbols, found))


def by_owlrl(path):
    graph = rdflib.Graph()
    graph.parse(path, format="nt")
    return timed(lambda: owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph))[0]


def by_reasonable(path, *, with_loading):
    import reasonable  # noqa: PLC0415  # takes part only where it is installed

    reasoner = reasonable.PyReasoner()
    loading, _ = timed(lambda: reasoner.load_file(str(path)))
    seconds, _ = timed(reasoner.reason)
    return seconds + loading * with_loading


def candidates_of(triples, path, more, loaded):
    """Return what is timed, by name; each gives the seconds that it took."""
    found = {
        "native": lambda: timed(lambda: closure(triples, engine="native"))[0],
        "native, without loading": lambda: timed(loaded.close_and_write)[0],
        "native, without loading, as lines": lambda: timed(loaded.close_as_lines)[0],
        "native, arrays only": lambda: timed(loaded.close)[0],
    }
    if more:
        reasoner = Reasoner(triples)
        found["native, one document more"] = lambda: timed(lambda: reasoner.add(more))[0]
        found["native, one document less"] = lambda: timed(lambda: reasoner.remove(more))[0]
    found["owlrl"] = lambda: by_owlrl(path)
    found["this package's owlrl engine"] = lambda: timed(lambda: closure(triples, engine="owlrl"))[0]
    if importlib.util.find_spec("reasonable"):
        found["reasonable, without loading"] = lambda: by_reasonable(path, with_loading=False)
        found["reasonable, with loading"] = lambda: by_reasonable(path, with_loading=True)
    return found


def in_one_process(triples, more, path, options):
    loaded = Loaded(triples)
    loaded.close_and_write()
    candidates = candidates_of(triples, path, more, loaded)
    candidates = {key: run for key, run in candidates.items() if not key.startswith(tuple(options.without))}
    seconds = {key: [] for key in candidates}
    for turn in range(options.rounds + 1):
        for key, run in candidates.items():
            taken = run()
            if turn:
                seconds[key].append(taken)
    medians = {key: statistics.median(found) for key, found in seconds.items()}
    versions = {
        one.name: one.version for one in importlib.metadata.distributions() if one.name in {"reasonable", "numpy"}
    }
    record = {
        "question": "How long does the closure of a graph take?",
        **machine(),
        "more_packages": versions,
        "data": options.file.name if options.file else options.data,
        "triples": len(set(triples)),
        "inferred": loaded.inferred,
        "rounds": options.rounds,
        "median_seconds": {key: round(value, 4) for key, value in medians.items()},
        "times_native": {key: round(value / medians["native"], 3) for key, value in medians.items()},
        "times_native_without_loading": {
            key: round(value / medians["native, without loading"], 2) for key, value in medians.items()
        },
        "times_native_arrays_only": {
            key: round(value / medians["native, arrays only"], 1) for key, value in medians.items()
        },
        "derived_a_second_by_the_arrays": round(loaded.inferred / medians["native, arrays only"]),
        "seconds": {key: [round(one, 4) for one in found] for key, found in seconds.items()},
    }
    text = json.dumps(record, indent=2) + "\n"
    print(text, end="")
    if not options.no_write:
        stem = options.file.name.split(".")[0] if options.file else f"{options.data}-{options.triples}"
        (RESULTS / f"reasoning-{stem}.json").write_text(text, encoding="utf-8")
        (RESULTS / f"reasoning-{stem}.md").write_text(as_table(record), encoding="utf-8")


def as_table(record):
    about = ("date", "commit", "processor", "system", "python", "packages", "more_packages", "rounds")
    lines = [
        f"# {record['question']}",
        "",
        "; ".join(f"{key}: {record[key]}" for key in about) + ".",
        "",
        f"Data: {record['data']}, {record['triples']} triples, {record['inferred']} inferred.",
        "",
        "| reasoner | median | times native | times native without loading | times native arrays only |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for key, value in record["median_seconds"].items():
        ratios = ("times_native", "times_native_without_loading", "times_native_arrays_only")
        cells = (key, f"{value} s", *(record[ratio][key] for ratio in ratios))
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(lines) + "\n"


REASONABLE = """
import sys
import reasonable
reasoner = reasonable.PyReasoner()
reasoner.load_file(sys.argv[1])
with open(sys.argv[2], "w") as out:
    for triple in reasoner.reason():
        out.write(" ".join(map(str, triple)) + " .\\n")
"""


def commands(path, turtle, folder, options):
    found = [Candidate(name="ssrgraph reason", command=[SSRGRAPH, "reason", str(path), "--out", str(folder / "a.nt")])]
    if importlib.util.find_spec("reasonable") and "reasonable" not in options.without:
        command = [sys.executable, "-c", REASONABLE, str(turtle), str(folder / "b.nt")]
        found.append(Candidate(name="reasonable: load, reason, write", command=command))
    stem = options.file.name.split(".")[0] if options.file else f"{options.data}-{options.triples}"
    data = options.file.name if options.file else f"{options.data}, {options.triples} triples"
    rows = measure(found, options.rounds)
    question = "How long does a whole command that closes a file take?"
    report(question, f"reasoning-command-{stem}", data, rows, write=not options.no_write)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", choices=("claims", "own"), default="claims")
    parser.add_argument("--triples", type=int, default=10_000)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--without", action="append", default=[])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--command", action="store_true", help="time whole processes")
    parser.add_argument("--no-write", action="store_true", help="print only; leave results/ as it is")
    options = parser.parse_args()
    own = None if options.file else Repeated() if options.data == "own" else Claims(options.triples)
    triples = own.graph(options.triples) if own else read(options.file)
    more = own.document(options.triples) if own else []
    with tempfile.TemporaryDirectory() as name_:
        folder = Path(name_)
        path = folder / "graph.nt"
        path.write_bytes(serialize(triples, format=RdfFormat.N_TRIPLES))
        # `reasonable` reads N-Triples under the ending of Turtle only.
        turtle = folder / "graph.ttl"
        turtle.write_bytes(path.read_bytes())
        if options.command:
            commands(path, turtle, folder, options)
        else:
            in_one_process(triples, more, turtle, options)


if __name__ == "__main__":
    main()
