"""How long does the closure of a graph take, for each reasoner?

    python benchmarks/reasoning.py [--triples 10000] [--file GRAPH.nt[.gz]] [--without owlrl] [--rounds 5] [--command]

Data are a made-up graph in the shape of the project's own (claims, organizations with parts, a small ontology) or a
file. All reasoners run in turn in one process, after a round that does not count:

- native: `closure`, from pyoxigraph triples in memory to pyoxigraph triples in memory, inconsistencies included;
- native, without loading: the same from a graph that the engine has read, as `reasonable` is timed;
- native, arrays only: the rules, without terms on either side;
- native, one document more, one less: a `Reasoner` that has the graph gets 200 triples more, and loses them again;
- owlrl: `closure` by the engine of that name; reasonable: `reason()` without and with `load_file`.

`--command` runs whole processes instead: `ssrgraph reason FILE --out FILE` against a script that loads, reasons and
writes with `reasonable`. It takes part where it is installed (`pip install --target DIR reasonable`, PYTHONPATH=DIR).
"""

from __future__ import annotations

import argparse
import gzip
import importlib.metadata
import importlib.util
import json
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from measuring import SSRGRAPH, Candidate, machine, measure, report
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize

from ssrgraph.reasoning import Reasoner, closure, writing
from ssrgraph.reasoning.native_engine import collection_paused
from ssrgraph.reasoning.saturation import Saturation

RESULTS = Path(__file__).parent / "results"
NAMESPACE = "http://example.org/"
SCHEMA = """
@prefix : <http://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:Claim a owl:Class . :Agent a owl:Class .
:FundingClaim a owl:Class ; rdfs:subClassOf :Claim ; owl:disjointWith :Agent .
:Organization a owl:Class ; rdfs:subClassOf :Agent . :Country a owl:Class ; rdfs:subClassOf :Organization .
:funder a owl:ObjectProperty ; rdfs:domain :FundingClaim ; rdfs:range :Agent ; owl:inverseOf :funderOf .
:recipient a owl:ObjectProperty ; rdfs:domain :Claim ; rdfs:range :Agent ; owl:inverseOf :recipientOf .
:amount a owl:DatatypeProperty , owl:FunctionalProperty ; rdfs:domain :FundingClaim ; rdfs:range xsd:decimal .
:part a owl:ObjectProperty , owl:TransitiveProperty ; rdfs:subPropertyOf :related ; owl:inverseOf :hasPart .
:attributed a owl:ObjectProperty ; owl:propertyChainAxiom (:funder :part) .
:assists a owl:ObjectProperty ; owl:propertyChainAxiom (:funderOf :recipient) .
[] a owl:Restriction ; owl:onProperty :funderOf ; owl:someValuesFrom :FundingClaim ; rdfs:subClassOf :Donor .
"""
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
DECIMAL = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")


def name(text):
    return NamedNode(NAMESPACE + text)


def made_up(size):
    chance = random.Random(1)  # noqa: S311  # the same graph in every run
    found = [quad.triple for quad in parse(SCHEMA.encode(), format=RdfFormat.TURTLE)]
    organizations = [name(f"organization/{n}") for n in range(max(16, size // 30))]
    for n, one in enumerate(organizations):
        found.append(Triple(one, TYPE, name("Country" if n % 16 == 0 else "Organization")))
        if n % 16:
            found.append(Triple(one, name("part"), organizations[n - n % 4 if n % 4 else n - n % 16]))
    n = 0
    while len(found) < size:
        claim = name(f"claim/{n}")
        n += 1
        found += [
            Triple(claim, TYPE, name("FundingClaim")),
            Triple(claim, name("funder"), chance.choice(organizations)),
            Triple(claim, name("recipient"), chance.choice(organizations)),
            Triple(claim, name("amount"), Literal(str(chance.randrange(10**6)), datatype=DECIMAL)),
            Triple(claim, name("currency"), Literal("USD")),
        ]
    return found


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
        self.graph.start(self.given)
        self.graph.saturate()

    def close_and_write(self):
        with collection_paused():
            self.close()
            found = writing.by_text(self.graph.symbols, writing.inferred(writing.View.of(self.graph)))
            self.inferred = len(writing.triples(self.graph.symbols, found))


def document(number, size):
    """Return 200 triples of a document more."""
    chance = random.Random(number)  # noqa: S311  # the same in every run
    organizations = max(16, size // 30)
    found = []
    for n in range(40):
        claim = name(f"document/{number}/claim/{n}")
        found += [
            Triple(claim, TYPE, name("FundingClaim")),
            Triple(claim, name("funder"), name(f"organization/{chance.randrange(organizations)}")),
            Triple(claim, name("recipient"), name(f"organization/{chance.randrange(organizations)}")),
            Triple(claim, name("amount"), Literal(str(chance.randrange(10**6)), datatype=DECIMAL)),
            Triple(claim, name("currency"), Literal("USD")),
        ]
    return found


def by_reasonable(path, *, with_loading):
    import reasonable  # noqa: PLC0415  # takes part only where it is installed

    reasoner = reasonable.PyReasoner()
    loading, _ = timed(lambda: reasoner.load_file(str(path)))
    seconds, _ = timed(reasoner.reason)
    return seconds + loading * with_loading


def candidates_of(triples, path, size, loaded):
    """Return what is timed, by name; each gives the seconds that it took."""
    found = {
        "native": lambda: timed(lambda: closure(triples, engine="native"))[0],
        "native, without loading": lambda: timed(loaded.close_and_write)[0],
        "native, arrays only": lambda: timed(loaded.close)[0],
    }
    if size:
        reasoner, more = Reasoner(triples), document(1, size)
        found["native, one document more"] = lambda: timed(lambda: reasoner.add(more))[0]
        found["native, one document less"] = lambda: timed(lambda: reasoner.remove(more))[0]
    found["owlrl"] = lambda: timed(lambda: closure(triples, engine="owlrl"))[0]
    if importlib.util.find_spec("reasonable"):
        found["reasonable, without loading"] = lambda: by_reasonable(path, with_loading=False)
        found["reasonable, with loading"] = lambda: by_reasonable(path, with_loading=True)
    return found


def in_one_process(triples, path, options):
    loaded = Loaded(triples)
    loaded.close_and_write()
    candidates = candidates_of(triples, path, 0 if options.file else options.triples, loaded)
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
        "data": options.file.name if options.file else "made up",
        "triples": len(set(triples)),
        "inferred": loaded.inferred,
        "rounds": options.rounds,
        "median_seconds": {key: round(value, 4) for key, value in medians.items()},
        "times_native": {key: round(value / medians["native"], 3) for key, value in medians.items()},
        "times_native_without_loading": {
            key: round(value / medians["native, without loading"], 2) for key, value in medians.items()
        },
        "derived_a_second_by_the_arrays": round(loaded.inferred / medians["native, arrays only"]),
        "seconds": {key: [round(one, 4) for one in found] for key, found in seconds.items()},
    }
    text = json.dumps(record, indent=2) + "\n"
    print(text, end="")
    if not options.no_write:
        stem = options.file.name.split(".")[0] if options.file else f"own-{options.triples}"
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
        "| reasoner | median | times native | times native without loading |",
        "| --- | ---: | ---: | ---: |",
    ]
    for key, value in record["median_seconds"].items():
        cells = (key, f"{value} s", record["times_native"][key], record["times_native_without_loading"][key])
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
    stem = options.file.name.split(".")[0] if options.file else f"own-{options.triples}"
    data = options.file.name if options.file else f"made up, {options.triples} triples"
    rows = measure(found, options.rounds)
    question = "How long does a whole command that closes a file take?"
    report(question, f"reasoning-command-{stem}", data, rows, write=not options.no_write)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--triples", type=int, default=10_000)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--without", action="append", default=[])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--command", action="store_true", help="time whole processes")
    parser.add_argument("--no-write", action="store_true", help="print only; leave results/ as it is")
    options = parser.parse_args()
    triples = read(options.file) if options.file else made_up(options.triples)
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
            in_one_process(triples, turtle, options)


if __name__ == "__main__":
    main()
