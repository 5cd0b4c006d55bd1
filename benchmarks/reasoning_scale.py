"""How do time and memory of the closure grow with the graph?

    python benchmarks/reasoning_scale.py [--triples 10000 100000 1000000 10000000] [--rounds 1] [--no-write]

Made-up claims with a small ontology (`made_up_graphs`), as N-Triples in a file. For each size there are two kinds of
processes, each measured as often as asked; the medians are told:

- one that reads the file into arrays, closes them, and works out which triples were not given: for each step the time,
  and the most memory that the process had in it, all of Python included;
- `ssrgraph reason FILE --out FILE`: time, and the most memory.

A triple is an asserted or an inferred one. The memory of a step is told whole, and less what the process has before
it has read anything, which is the interpreter with its libraries.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from made_up_graphs import Claims
from measuring import RESULTS, SSRGRAPH, Candidate, machine, measure_once
from pyoxigraph import RdfFormat, parse, serialize

CHUNK = 100_000
STEPS = ("reading", "closing", "telling apart")
SIZES = (10_000, 100_000, 1_000_000, 10_000_000)


def memory(name):
    """Return a figure of this process's memory in bytes, as Linux tells it."""
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1024
    raise LookupError(name)


def step(run):
    """Return what a step gives, its seconds of wall and processor time, and the most memory that there was in it."""
    Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")  # the peak begins anew
    start, cpu = time.perf_counter(), time.process_time()
    result = run()
    seconds = {"seconds": time.perf_counter() - start, "processor seconds": time.process_time() - cpu}
    return result, {**seconds, "bytes": memory("VmHWM")}


def child(path):
    """Read, close and compare; print what it took."""
    from ssrgraph.reasoning import writing  # noqa: PLC0415  # what it takes is measured
    from ssrgraph.reasoning.native_engine import collection_paused  # noqa: PLC0415
    from ssrgraph.reasoning.relations import Pairs  # noqa: PLC0415
    from ssrgraph.reasoning.saturation import Saturation  # noqa: PLC0415
    from ssrgraph.reasoning.statements import packed  # noqa: PLC0415

    before = memory("VmRSS")
    graph = Saturation(complete=False)

    def read():
        columns = packed(parse(path=path, format=RdfFormat.N_TRIPLES), graph.symbols)
        return {verb: Pairs(pairs) for verb, pairs in columns.items()}

    def close():
        graph.start(given)
        graph.saturate()

    with collection_paused():
        given, reading = step(read)
        _, closing = step(close)
        found, telling = step(lambda: writing.inferred(writing.View.of(graph)))
    asserted, inferred = (sum(map(len, some.values())) for some in (given, found))
    steps = dict(zip(STEPS, (reading, closing, telling), strict=True))
    print(json.dumps({"before": before, "asserted": asserted, "inferred": inferred, "steps": steps}))


def write_graph(path, size):
    triples = Claims(size).triples(size)
    with path.open("wb") as file:
        while chunk := list(islice(triples, CHUNK)):
            file.write(serialize(chunk, format=RdfFormat.N_TRIPLES))


def of_size(size, rounds):
    """Return what a graph of about so many triples takes."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "graph.nt"
        write_graph(path, size)
        command = [SSRGRAPH, "reason", str(path), "--out", str(Path(name) / "out.nt")]
        alone, whole = [], []
        for _ in range(rounds):
            done = subprocess.run([sys.executable, __file__, "--child", path], check=True, capture_output=True)
            alone.append(json.loads(done.stdout))
            whole.append(measure_once(Candidate(name="ssrgraph reason", command=command)))
    asserted, inferred, before = (alone[0][key] for key in ("asserted", "inferred", "before"))
    both = asserted + inferred
    row = {"asserted": asserted, "inferred": inferred, "megabytes before": round(before / 1e6)}
    for key in STEPS:
        kinds = ("seconds", "processor seconds", "bytes")
        wall, cpu, size_ = (statistics.median(one["steps"][key][kind] for one in alone) for kind in kinds)
        row[key] = {
            "seconds": round(wall, 4),
            "processor seconds": round(cpu, 4),
            "megabytes": round(size_ / 1e6, 1),
            "bytes a triple": round(size_ / both, 1),
            "bytes a triple, less the interpreter": round((size_ - before) / both, 1),
            "bytes an asserted triple, less the interpreter": round((size_ - before) / asserted, 1),
        }
    row["inferred a second of closing"] = round(inferred / row["closing"]["seconds"])
    row["command"] = {
        "seconds": round(statistics.median(one for one, _ in whole), 3),
        "megabytes": round(statistics.median(one for _, one in whole)),
        "bytes a triple": round(statistics.median(one for _, one in whole) * 1e6 / both, 1),
    }
    return row


def as_table(record):
    lines = [
        f"# {record['question']}",
        "",
        "; ".join(f"{key}: {value}" for key, value in record["machine"].items()),
        "",
    ]
    heads = ["asserted", "inferred", "reading", "closing", "inferred a second", "closing, microseconds a triple"]
    heads += ["most memory of closing", "bytes a triple", "less the interpreter", "command", "its most memory"]
    lines += [f"| {' | '.join(heads)} |", f"|{' ---: |' * len(heads)}"]
    for row in record["rows"]:
        both, closing = row["asserted"] + row["inferred"], row["closing"]
        cells = [row["asserted"], row["inferred"], f"{row['reading']['seconds']} s", f"{closing['seconds']} s"]
        cells += [row["inferred a second of closing"], round(closing["seconds"] / both * 1e6, 3)]
        cells += [f"{closing['megabytes']} MB", closing["bytes a triple"]]
        cells += [closing["bytes a triple, less the interpreter"]]
        cells += [f"{row['command']['seconds']} s", f"{row['command']['megabytes']} MB"]
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--triples", type=int, nargs="+", default=SIZES)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--no-write", action="store_true", help="print only; leave results/ as it is")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(options.child)
        return
    rows = [of_size(size, options.rounds) for size in options.triples]
    record = {
        "question": "How do time and memory of the closure grow with the graph?",
        "machine": machine(),
        "rounds": options.rounds,
        "rows": rows,
    }
    text = json.dumps(record, indent=2) + "\n"
    print(text, as_table(record), sep="\n", end="")
    if not options.no_write:
        (RESULTS / "reasoning-scale.json").write_text(text, encoding="utf-8")
        (RESULTS / "reasoning-scale.md").write_text(as_table(record), encoding="utf-8")


if __name__ == "__main__":
    main()
