"""How long does the closure of a graph take, for each reasoner?

    python benchmarks/reasoning.py [--triples 10000] [--file GRAPH.nt[.gz]] [--without owlrl] [--rounds 5]

Data are a made-up graph in the shape of the project's own (claims, organizations with parts, a small ontology) or a
file. Each reasoner gets triples in memory and gives triples in memory; all run in turn in one process, after a round
that does not count. `reasonable` takes part where it is installed; it loads from a file, which is timed apart.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.metadata
import importlib.util
import json
import platform
import random
import resource
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize

from ssrgraph.reasoning import closure
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


def arrays_only(triples):
    graph = Saturation(frozenset(triples), complete=False)
    seconds, _ = timed(graph.saturate)
    return seconds


def by_reasonable(path):
    import reasonable  # noqa: PLC0415  # takes part only where it is installed

    reasoner = reasonable.PyReasoner()
    reasoner.load_file(str(path))
    seconds, _ = timed(reasoner.reason)
    return seconds


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--triples", type=int, default=10_000)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--without", action="append", default=[])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--no-write", action="store_true", help="print only; leave results/ as it is")
    options = parser.parse_args()
    triples = read(options.file) if options.file else made_up(options.triples)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "graph.ttl"
        copy.write_bytes(serialize(triples, format=RdfFormat.N_TRIPLES))
        candidates = {
            "native": lambda: timed(lambda: closure(triples, engine="native"))[0],
            "native, arrays only": lambda: arrays_only(triples),
            "owlrl": lambda: timed(lambda: closure(triples, engine="owlrl"))[0],
        }
        if importlib.util.find_spec("reasonable"):
            candidates["reasonable, without loading"] = lambda: by_reasonable(copy)
        candidates = {key: run for key, run in candidates.items() if key not in options.without}
        seconds = {key: [] for key in candidates}
        for turn in range(options.rounds + 1):
            for key, run in candidates.items():
                taken = run()
                if turn:
                    seconds[key].append(taken)
    medians = {key: statistics.median(found) for key, found in seconds.items()}
    packages = ("ssrgraph", "pyoxigraph", "numpy", "owlrl", "rdflib", "reasonable")
    distributions = {one.name for one in importlib.metadata.distributions()}
    report = {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": platform.platform(),
        "python": platform.python_version(),
        "versions": {one: importlib.metadata.version(one) for one in packages if one in distributions},
        "data": options.file.name if options.file else "made up",
        "triples": len(set(triples)),
        "inferred": len(closure(triples, engine="native").inferred),
        "median_seconds": {key: round(value, 4) for key, value in medians.items()},
        "times_native": {key: round(value / medians["native"], 2) for key, value in medians.items()},
        "seconds": {key: [round(one, 4) for one in found] for key, found in seconds.items()},
        "peak_megabytes_of_all": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    text = json.dumps(report, indent=2) + "\n"
    print(text, end="")
    if not options.no_write:
        stem = options.file.name.split(".")[0] if options.file else f"own-{options.triples}"
        (RESULTS / f"reasoning-{stem}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
