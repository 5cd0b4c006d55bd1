"""How many queries a second does the server answer, beside other servers, on the same data in one run?

    python3 benchmarks/serving.py                     what is installed of the peers takes part
    python3 benchmarks/serving.py --peers DIR         look for their programs in this folder first

Needs `wrk`. Peers: the `oxigraph` server (PyPI), `rdflib-endpoint` (PyPI), Virtuoso 7 (Debian: virtuoso-opensource).
The data is LUBM, one university, beside the checkout in ../shared/benchmarks; all servers hold it in their default
graph (Virtuoso: in one graph that is its default) and answer in the JSON of the W3C. All traffic stays on loopback.

Two kinds of load, each by 1, 8 and 64 connections: `fresh`, in which no query comes twice, and `repeated`, in which the
same hundred come again and again. Rounds are interleaved; the first does not count. A third question: what a query
that runs for ever does to the others' waiting time (`--timeout` of ours is 60 s here, so that it lasts).
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import os
import random
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack, closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import measuring

DATA = measuring.ROOT.parent / "shared" / "benchmarks" / "lubm-1.nt.gz"
UB = "http://swat.cse.lehigh.edu/onto/univ-bench.owl#"
JSON = "application/sparql-results+json"
GRAPH = "http://a.example/lubm"
FOREVER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a = ?i && ?d = ?c && ?g = ?f && ?b != ?h) }"
SCRIPT = """
local paths = {}
for line in io.lines("%(file)s") do paths[#paths + 1] = line end
local place = %(start)d
function request()
  place = place %% #paths + 1
  return wrk.format("GET", "%(path)s?" .. paths[place], {["Accept"] = "%(accept)s"})
end
function done(summary, latency)
  io.write(string.format('{"requests": %%d, "microseconds": %%d, "errors": %%d, "p50": %%d, "p99": %%d}\\n',
    summary.requests, summary.duration,
    summary.errors.status + summary.errors.read + summary.errors.timeout + summary.errors.connect,
    latency:percentile(50), latency:percentile(99)))
end
"""


def free_port():
    """Return a port on loopback that nobody uses."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


def wait_for(address, process):
    """Wait until a server answers a query."""
    for _ in range(600):
        if process.poll() is not None:
            sys.exit(f"{address}: the server has ended with status {process.returncode}")
        with suppress(OSError, HTTPException):
            ask(address, "ASK {}")
            return
        time.sleep(0.1)
    sys.exit(f"{address}: the server does not answer")


def ask(address, query):
    """Return the answer to a query."""
    return json.loads(send("GET", f"{address}?{urlencode({'query': query})}", headers={"accept": JSON}))


def send(method, address, *, headers, body=None):
    """Send a request to a server on this machine and return the body of its answer."""
    parts = urlsplit(address)
    with closing(HTTPConnection(parts.hostname, parts.port, timeout=600)) as connection:
        connection.request(method, f"{parts.path}?{parts.query}", body=body, headers=headers)
        answer = connection.getresponse()
        found = answer.read()
    if answer.status >= 300:
        raise HTTPException(answer.status, found[:200])
    return found


@contextmanager
def running(command, address, **more):
    """Run a server."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more)
    try:
        wait_for(address, process)
        yield address
    finally:
        process.terminate()
        process.wait()


@contextmanager
def ssrgraph(find, data, folder):
    """Serve the data by ours."""
    del find
    (folder / "token").write_text("a-token-for-benchmarks", encoding="utf-8")
    port = free_port()
    command = [measuring.SSRGRAPH, "serve", "--store", str(folder / "store"), "--dataset", "separate", "--writable"]
    command += ["--token-file", str(folder / "token"), "--port", str(port), "--timeout", "60"]
    address = f"http://127.0.0.1:{port}/sparql"
    with running(command, address):
        headers = {"content-type": "application/n-triples", "authorization": "Bearer a-token-for-benchmarks"}
        send("PUT", f"http://127.0.0.1:{port}/graphs?default", headers=headers, body=data.read_bytes())
        yield address


@contextmanager
def oxigraph(find, data, folder):
    """Serve the data by the server of the same engine."""
    program, port = find("oxigraph"), free_port()
    load = [program, "load", "--location", str(folder / "store"), "--file", str(data)]
    subprocess.run(load, check=True, capture_output=True)
    command = [program, "serve-read-only", "--location", str(folder / "store"), "--bind", f"127.0.0.1:{port}"]
    with running(command, f"http://127.0.0.1:{port}/query") as address:
        yield address


@contextmanager
def rdflib_endpoint(find, data, folder):
    """Serve the data by rdflib."""
    del folder
    port = free_port()
    command = [find("rdflib-endpoint"), "serve", "--host", "127.0.0.1", "--port", str(port), str(data)]
    with running(command, f"http://127.0.0.1:{port}/") as address:
        yield address


@contextmanager
def virtuoso(find, data, folder):
    """Serve the data by Virtuoso."""
    port, sql = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(
        f"[Database]\nDatabaseFile = {folder}/v.db\nErrorLogFile = {folder}/v.log\nLockFile = {folder}/v.lck\n"
        f"TransactionFile = {folder}/v.trx\n"
        f"[TempDatabase]\nDatabaseFile = {folder}/t.db\nTransactionFile = {folder}/t.trx\n"
        f"[Parameters]\nServerPort = 127.0.0.1:{sql}\nDirsAllowed = {data.parent}\nNumberOfBuffers = 100000\n"
        f"ThreadsPerQuery = 1\n[HTTPServer]\nServerPort = 127.0.0.1:{port}\nServerThreads = 80\n"
        f"[SPARQL]\nDefaultGraph = {GRAPH}\nResultSetMaxRows = 1000000\n",
        encoding="utf-8",
    )
    command = [find("virtuoso-t"), "+foreground", "+configfile", str(folder / "virtuoso.ini")]
    with running(command, f"http://127.0.0.1:{port}/sparql", cwd=folder) as address:
        load = f"DB.DBA.TTLP_MT(file_to_string_output('{data}'), '', '{GRAPH}');"
        isql = [find("isql-vt"), f"127.0.0.1:{sql}", "dba", "dba", f"exec={load}"]
        subprocess.run(isql, check=True, capture_output=True)
        yield address


SERVERS = {
    "oxigraph": (oxigraph, ("oxigraph",)),
    "ssrgraph": (ssrgraph, ()),
    "rdflib-endpoint": (rdflib_endpoint, ("rdflib-endpoint",)),
    "virtuoso": (virtuoso, ("virtuoso-t", "isql-vt")),
}


def queries(data):
    """Yield queries without end, none twice: look-ups, joins of two patterns, aggregations."""
    subjects = sorted(
        {line.split(" ", 1)[0] for line in data.read_text(encoding="utf-8").splitlines() if line[0] == "<"}
    )
    rng = random.Random(1)  # noqa: S311 -- the same queries every time
    shapes = (
        "SELECT ?p ?o { @ ?p ?o }",
        "SELECT ?p ?o { @ ?p ?o }",
        f"SELECT ?s ?name {{ ?s <{UB}advisor> @ . ?s <{UB}name> ?name }}",
        f"SELECT ?course ?teacher {{ @ <{UB}takesCourse> ?course . ?teacher <{UB}teacherOf> ?course }}",
        f"SELECT ?type (COUNT(?x) AS ?n) {{ @ <{UB}memberOf> ?y . ?x <{UB}memberOf> ?y ; a ?type }} GROUP BY ?type",
    )
    for number in itertools.count():
        yield f"{rng.choice(shapes).replace('@', rng.choice(subjects))} # {number}"


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


def runaway(address, file, *, seconds, start):
    """Return the median waiting time of others before and while a query runs that does not end."""
    before = load(address, file, connections=1, seconds=seconds, start=start)["p50"]
    thread = threading.Thread(target=lambda: _give_up(address), daemon=True)
    thread.start()
    time.sleep(2)
    during = load(address, file, connections=1, seconds=seconds, start=start + 50_000)["p50"]
    return {"before": before, "during": during, "ratio": during / before}


def _give_up(address):
    with suppress(OSError, HTTPException):
        ask(address, FOREVER)


def measured(servers, files, given):
    """Return the rates of all servers under all loads."""
    rates = {}
    starts = dict.fromkeys(servers, 0)
    for number in range(given.rounds + 1):
        for kind, connections in itertools.product(files, (1, 8, 64)):
            for name, address in servers.items():
                found = load(address, files[kind], connections=connections, seconds=given.seconds, start=starts[name])
                starts[name] += found["requests"] + connections
                if number:
                    rates.setdefault((kind, connections, name), []).append(found)
    return rates


def table(rates):
    """Return a row for each kind of load and server, with its ratio to the first server."""
    rows = []
    for (kind, connections, name), found in sorted(rates.items(), key=lambda each: each[0][:2]):
        rate = statistics.median(each["rate"] for each in found)
        peer = statistics.median(each["rate"] for each in rates[kind, connections, next(iter(rates))[2]])
        rows.append(
            {
                "load": kind,
                "connections": connections,
                "server": name,
                "queries a second": round(rate, 1),
                "ratio to the first": round(rate / peer, 3),
                "p99 in ms": round(statistics.median(each["p99"] for each in found) / 1000, 2),
                "errors": sum(each["errors"] for each in found),
            }
        )
    return rows


def options():
    """Return what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5, help="rounds that count (default: 5)")
    parser.add_argument("--seconds", type=int, default=5, help="seconds of each stretch of load (default: 5)")
    parser.add_argument("--peers", type=Path, help="a folder with the peers' programs")
    parser.add_argument("--fresh", type=int, default=400_000, help="how many different queries there are")
    parser.add_argument("--data", type=Path, default=DATA, help="N-Triples, packed by gzip (default: LUBM-1)")
    parser.add_argument("--no-write", action="store_true", help="print only; leave results/ as it is")
    return parser.parse_args()


def main():
    """Measure and tell."""
    given = options()

    def find(program):
        return (shutil.which(program, path=str(given.peers)) if given.peers else None) or shutil.which(program)

    if shutil.which("wrk") is None or not given.data.is_file():
        sys.exit("needs wrk, and lubm-1.nt.gz in ../shared/benchmarks beside the checkout")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        data = folder / "lubm.nt"
        data.write_bytes(gzip.decompress(given.data.read_bytes()))
        made = [quote(query, safe="") for query in itertools.islice(queries(data), given.fresh)]
        files = {"fresh": folder / "fresh.txt", "repeated": folder / "repeated.txt"}
        files["fresh"].write_text("".join(f"query={query}\n" for query in made), encoding="utf-8")
        files["repeated"].write_text("".join(f"query={query}\n" for query in made[:100]), encoding="utf-8")
        servers = {}
        for name, (server, programs) in SERVERS.items():
            if missing := [program for program in programs if find(program) is None]:
                print(f"{name} takes no part: no {', '.join(missing)}", file=sys.stderr)
                continue
            os.mkdir(folder / name)  # noqa: PTH102 -- beside the data
            servers[name] = stack.enter_context(server(find, data, folder / name))
        rows = table(measured(servers, files, given))
        for row in rows:
            print("  ".join(f"{value!s:>16}" for value in row.values()))
        waiting = {
            name: runaway(address, files["fresh"], seconds=given.seconds, start=200_000)
            for name, address in servers.items()
            if name != "rdflib-endpoint"  # It answers one query at a time.
        }
        print(json.dumps(waiting, indent=1))
    if not given.no_write:
        result = {**measuring.machine(), "rows": rows, "a query without end": waiting}
        path = measuring.RESULTS / "serving.json"
        path.write_text(f"{json.dumps(result, indent=1)}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
