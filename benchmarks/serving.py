"""How many queries a second does the server answer, beside other servers, on the same data in one run?

    python3 benchmarks/serving.py                     what is installed of the peers takes part
    python3 benchmarks/serving.py --peers DIR         look for their programs in this folder first

Needs `wrk`. Peers: the `oxigraph` server (PyPI), Virtuoso 7 (Debian: virtuoso-opensource), `rdflib-endpoint` (PyPI).
The data is the graph of the shipped documents and of the tests' corpus, built by the command and given to the peers as
a dump; all answer in the JSON of the W3C, on loopback.

Three kinds of load, each by 1, 8 and 64 connections: `simple`, of look-ups, joins of two patterns and aggregations, and
`mix`, in which one in five is a saved query, where in both no query comes twice; and `repeated`, in which the same
hundred of the mix come again and again. Rounds are interleaved; the first does not count. Saved queries that the
servers answer with different numbers of rows are left out for all, and named.

The mix is a list of queries, the same for all servers, and what counts is how long a server takes for all of it: its
queries differ a thousandfold in what they cost, and whoever leaves the dear ones to the end would look quick in a
stretch of some seconds. The other two are asked by `wrk` for a stretch of time.

Two more questions: what a query that runs for ever does to the others' waiting time (`--timeout` of ours is 60 s here,
so that it lasts); and, as rdflib-endpoint needs minutes for some saved queries and cannot be stopped, how long it and
ours take for one list of queries, one after another, over the five documents.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack, suppress
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import quote, urlsplit

import measuring
from servers import JSON, SERVERS, ask

from ssrgraph.query import catalogue, parameters
from ssrgraph.resources import shipped
from ssrgraph.vocabulary import PREFIXES

DOCUMENTS = measuring.ROOT / "data" / "documents"
CORPUS = measuring.ROOT / "tests" / "corpus" / "documents"
SLOW = "rdflib-endpoint"
FOREVER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a = ?i && ?d = ?c && ?g = ?f && ?b != ?h) }"
SIMPLE = (
    "SELECT ?p ?o { @ ?p ?o }",
    "SELECT ?p ?o { @ ?p ?o }",
    "SELECT ?x ?name { ?x ?p @ . ?x schema:name ?name }",
    "SELECT ?x ?label { @ ?p ?x . ?x skos:prefLabel ?label }",
    "SELECT ?type (COUNT(?x) AS ?n) { ?x ?p @ ; a ?type } GROUP BY ?type",
)
SETTLE = 15
"""Seconds that every server has after its start; ours copies the store into the memory of its processes meanwhile."""
MOST_SECONDS = 20
"""A saved query for which rdflib-endpoint needs longer than this is left out of the list."""
UNASKED = frozenset({"statements-in-tension"})
"""What rdflib-endpoint is not asked at all: it joins claims with claims, and takes more than five minutes for it."""
SCRIPT = """
local paths = {}
for line in io.lines("%(file)s") do paths[#paths + 1] = line end
local place = %(start)d
function request()
  place = place %% #paths + 1
  return wrk.format("GET", "%(path)s?" .. paths[place], {["Accept"] = "%(accept)s"})
end
function done(summary, latency)
  io.write(string.format('{"requests": %%d, "microseconds": %%d, "errors": %%d, "p50": %%d, "p95": %%d, "p99": %%d}\\n',
    summary.requests, summary.duration,
    summary.errors.status + summary.errors.read + summary.errors.timeout + summary.errors.connect,
    latency:percentile(50), latency:percentile(95), latency:percentile(99)))
end
"""


def built(documents, folder):
    """Build a store of documents, and return its dump; the same with the merge in the default graph lies beside it."""
    folder.mkdir()
    store, dump = folder / "store", folder / "graph.nq"
    command = [measuring.SSRGRAPH, "build", *map(str, documents), "--store", str(store)]
    subprocess.run(command, check=True, capture_output=True)
    command = [measuring.SSRGRAPH, "export", "--store", str(store), "--format", "nquads", "--out", str(dump)]
    subprocess.run(command, check=True, capture_output=True)
    quads = dump.read_text(encoding="utf-8").splitlines(keepends=True)
    merged = {f"{quad.rsplit(' ', 2)[0]} .\n" for quad in quads}
    dump.with_name("merged.nq").write_text("".join([*quads, *sorted(merged)]), encoding="utf-8")
    return dump


def whole(text):
    """Return a query with the prefixes declared that it uses."""
    used = set(re.findall(r"\b([a-z]+):", text))
    return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items() if name in used) + text


def saved_queries():
    """Return the saved queries with their parameters' defaults, but for those that ask another server."""
    found = {}
    for name, query in catalogue.load(shipped("queries")).items():
        if query.group != "federated":
            terms = {each.name: parameters.term(each.default, text=each.is_text) for each in query.parameters}
            found[name] = whole(parameters.bind(query.text, terms))
    return found


def agreed(saved, servers):
    """Return the saved queries that all servers answer with as many rows, and why the others are left out."""
    kept, dropped = {}, {}
    for name, text in saved.items():
        found = {server: _rows(address, text) for server, address in servers.items()}
        if len(set(found.values())) == 1 and isinstance(next(iter(found.values())), int):
            kept[name] = text
        else:
            dropped[name] = found
    return kept, dropped


def _rows(address, text):
    try:
        return len(ask(address, text)["results"]["bindings"])
    except (OSError, HTTPException, ValueError) as error:
        return " ".join(str(error).split())[:80]


def queries(dump, saved, *, mixed):
    """Yield queries without end, none twice; if mixed, one in five is a saved one."""
    quads = dump.read_text(encoding="utf-8").splitlines()
    subjects = sorted({line.split(" ", 1)[0] for line in quads if line[0] == "<"})
    rng = random.Random(1)  # noqa: S311 -- the same queries every time
    simple, others = [whole(text) for text in SIMPLE], list(saved.values())
    for number in itertools.count():
        known = mixed and number % 5 == 4
        text = rng.choice(others) if known else rng.choice(simple).replace("@", rng.choice(subjects))
        yield f"{text} # {number}"


def load(address, file, *, connections, seconds, start):
    """Return what wrk says of a stretch of load."""
    path = "/" + address.split("/", 3)[3]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(SCRIPT % {"file": file, "path": path, "accept": JSON, "start": start})
        script.flush()
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "60s", "-s", script.name, address]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(re.search(r"^\{.*\}$", done.stdout, re.MULTILINE)[0])
    return {**found, "rate": found["requests"] / (found["microseconds"] / 1e6)}


def answered(address, texts, *, connections):
    """Return the rate at which a list of queries is answered, in a second, and the waiting times in microseconds."""
    path, waits, errors = urlsplit(address).path, [], []
    left = iter(texts)
    taking = threading.Lock()

    def client():
        connection = HTTPConnection(urlsplit(address).netloc, timeout=600)
        while True:
            with taking:
                text = next(left, None)
            if text is None:
                return
            begun = time.perf_counter()
            try:
                connection.request("GET", f"{path}?{text}", headers={"accept": JSON})
                answer = connection.getresponse()
                answer.read()
                if answer.status != HTTPStatus.OK:
                    errors.append(answer.status)
            except (OSError, HTTPException) as error:
                errors.append(error)
                connection.close()
            waits.append((time.perf_counter() - begun) * 1e6)

    threads = [threading.Thread(target=client) for _ in range(connections)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - begun
    waits.sort()
    parts = {f"p{part}": waits[min(len(waits) - 1, len(waits) * part // 100)] for part in (50, 95, 99)}
    return {"rate": len(waits) / seconds, "errors": len(errors), "requests": len(waits), **parts}


def runaway(address, file, *, seconds, start):
    """Return the waiting times of others, in microseconds, before and while a query runs that does not end."""
    before = load(address, file, connections=1, seconds=seconds, start=start)
    threading.Thread(target=lambda: _give_up(address), daemon=True).start()
    time.sleep(2)
    during = load(address, file, connections=1, seconds=seconds, start=start + 50_000)
    return {
        part: {"before": before[part], "during": during[part], "ratio": round(during[part] / before[part], 2)}
        for part in ("p50", "p95", "p99")
    }


def _give_up(address):
    with suppress(OSError, HTTPException):
        ask(address, FOREVER)


def measured(servers, files, given):
    """Return the rates of all servers under all loads."""
    rates = {}
    starts = {(kind, name): 0 for kind in files for name in servers}
    mix = iter(files["mix"].read_text(encoding="utf-8").split())
    for number in range(given.rounds + 1):
        for kind, connections in itertools.product(files, (1, 8, 64)):
            texts = list(itertools.islice(mix, given.queries)) if kind == "mix" else []
            for name, address in servers.items():
                start = starts[kind, name]
                if texts:
                    found = answered(address, texts, connections=connections)
                else:
                    found = load(address, files[kind], connections=connections, seconds=given.seconds, start=start)
                starts[kind, name] += found["requests"] + connections
                if number:
                    rates.setdefault((kind, connections, name), []).append(found)
    return rates


def table(rates):
    """Return a row for each kind of load and server, with its ratio to the first server."""
    rows = []
    first = next(iter(rates))[2]
    for (kind, connections, name), found in sorted(rates.items(), key=lambda each: each[0][:2]):
        rate = statistics.median(each["rate"] for each in found)
        peer = statistics.median(each["rate"] for each in rates[kind, connections, first])
        rows.append(
            {
                "load": kind,
                "connections": connections,
                "server": name,
                "queries a second": round(rate, 1),
                "ratio to the first": round(rate / peer, 3) if peer else None,
                **{
                    f"{part} in ms": round(statistics.median(each[part] for each in found) / 1000, 2)
                    for part in ("p50", "p95", "p99")
                },
                "errors": sum(each["errors"] for each in found),
            }
        )
    return rows


def in_turn(find, dump, folder, count):
    """Return the seconds that rdflib-endpoint and ours need for one list of queries of the mix, one after another."""
    saved, seconds = {}, {}
    with ExitStack() as stack:
        addresses = {}
        for name in (SLOW, "ssrgraph"):
            (folder / name).mkdir(parents=True)
            addresses[name] = stack.enter_context(SERVERS[name][0](find, dump, folder / name))
        time.sleep(SETTLE)
        for name, text in saved_queries().items():
            if name in UNASKED:
                continue
            start = time.perf_counter()
            if isinstance(_rows(addresses[SLOW], text), int) and time.perf_counter() - start < MOST_SECONDS:
                saved[name] = text
        texts = list(itertools.islice(queries(dump, saved, mixed=True), count))
        for name, address in addresses.items():
            start = time.perf_counter()
            for text in texts:
                ask(address, text)
            seconds[name] = round(time.perf_counter() - start, 3)
    left = sorted(set(saved_queries()) - set(saved))
    return {
        "queries": count,
        "seconds": seconds,
        "ratio": round(seconds[SLOW] / seconds["ssrgraph"], 1),
        "not asked": left,
    }


def options():
    """Return what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5, help="rounds that count (default: 5)")
    parser.add_argument("--seconds", type=int, default=5, help="seconds of each stretch of load (default: 5)")
    parser.add_argument("--queries", type=int, default=300, help="queries of each list of the mix (default: 300)")
    parser.add_argument("--peers", type=Path, help="a folder with the peers' programs")
    parser.add_argument("--fresh", type=int, default=300_000, help="how many different queries of a kind there are")
    parser.add_argument("--without", action="append", default=[], choices=[*SERVERS], help="leave this server out")
    parser.add_argument("--no-write", action="store_true", help="print only; leave results/ as it is")
    return parser.parse_args()


def taking_part(find, given):
    """Return the names of the servers whose programs are here."""
    found = []
    for name, (_, programs) in SERVERS.items():
        if missing := [program for program in programs if find(program) is None]:
            print(f"{name} takes no part: no {', '.join(missing)}", file=sys.stderr)
        elif name not in given.without:
            found.append(name)
    return found


def side_by_side(find, names, given, folder):
    """Return what was measured of servers that run at the same time."""
    dump = built([DOCUMENTS, CORPUS], folder / "all")
    result = {"quads": len(dump.read_bytes().splitlines())}
    with ExitStack() as stack:
        servers = {}
        for name in names:
            (folder / name).mkdir()
            servers[name] = stack.enter_context(SERVERS[name][0](find, dump, folder / name))
        time.sleep(SETTLE)
        saved, result["saved queries left out"] = agreed(saved_queries(), servers)
        files = {}
        for kind, mixed, most in (("simple", False, given.fresh), ("mix", True, given.fresh), ("repeated", True, 100)):
            files[kind] = folder / f"{kind}.txt"
            made = itertools.islice(queries(dump, saved, mixed=mixed), most)
            files[kind].write_text("".join(f"query={quote(query, safe='')}\n" for query in made), encoding="utf-8")
        result["rows"] = table(measured(servers, files, given))
        result["a query without end"] = {
            name: runaway(address, files["simple"], seconds=given.seconds, start=given.fresh // 2)
            for name, address in servers.items()
        }
    return result


def main():
    """Measure and tell."""
    given = options()

    def find(program):
        return (shutil.which(program, path=str(given.peers)) if given.peers else None) or shutil.which(program)

    if shutil.which("wrk") is None:
        sys.exit("needs wrk")
    names = taking_part(find, given)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        result = {**measuring.machine(), **side_by_side(find, [name for name in names if name != SLOW], given, folder)}
        for row in result["rows"]:
            print("  ".join(f"{value!s:>12}" for value in row.values()))
        if SLOW in names:
            few = built([DOCUMENTS], folder / "few")
            result[f"beside {SLOW}"] = in_turn(find, few, folder / "in turn", 100)
    print(json.dumps({name: value for name, value in result.items() if name != "rows"}, indent=1))
    if not given.no_write:
        path = measuring.RESULTS / "serving.json"
        path.write_text(f"{json.dumps(result, indent=1)}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
