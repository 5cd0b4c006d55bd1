"""How does a store of a million triples do on a server: loading, broken off in the middle; check, explain, serve?

    python3 benchmarks/large_on_server.py [--triples 1000000] [--no-write]

The store holds the five documents over and over, texts and quotes included, under other names each time; the reference
entities stand once. It is published to the server of Oxigraph as a build publishes it, by a process that is killed
(SIGKILL) in the middle, and then by one under which the server is killed; a third one goes on. Commands are then run on
the server and, as the peer, on the same store in a folder.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from datetime import UTC, datetime
from http.client import HTTPException
from pathlib import Path

from measuring import RESULTS, ROOT, SSRGRAPH
from pyoxigraph import Literal, NamedNode, Triple
from servers import ask, free_port

from ssrgraph import __version__
from ssrgraph.reasoning import closure
from ssrgraph.store import LocalStore, change
from ssrgraph.store.remote import working_copy
from ssrgraph.vocabulary import BASE

OXIGRAPH = str(Path(sys.executable).with_name("oxigraph"))
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
EVERYWHERE = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"


class Renaming:
    """Names for the n-th copy of some documents: those of documents and claims are others, all else is the same."""

    def __init__(self, documents):
        self._own = re.compile(rf"({re.escape(BASE)}(?:graph/)?(?:document|evidence|claim)/[^#/]+)")
        self._documents = set(documents)

    def term(self, term, number):
        """Return a term of the n-th copy."""
        if isinstance(term, NamedNode):
            return NamedNode(self._own.sub(rf"\g<1>-{number}", term.value, count=1))
        if isinstance(term, Literal) and term.value in self._documents:
            return Literal(f"{term.value}-{number}")
        return term

    def triples(self, triples, number):
        """Return the triples of the n-th copy."""
        return [Triple(*(self.term(one, number) for one in triple)) for triple in triples]


def make(folder, size):
    """Make a store of about so many triples."""
    small = folder / "small"
    subprocess.run([SSRGRAPH, "build", "data/documents", "--store", str(small)], cwd=ROOT, check=True)
    with LocalStore.open(small) as store:
        graphs = {graph: list(store.triples(graph)) for graph in store.graphs()}
        state = store.info.state
    own = {name: triples for name, triples in graphs.items() if re.search("/graph/(document|evidence)/", name.value)}
    inferred = NamedNode(f"{BASE}graph/inferred")
    found = {name: triples for name, triples in graphs.items() if name not in own and name != inferred}
    renaming = Renaming(name.value.rpartition("/")[2] for name in own)
    total, number = sum(map(len, found.values())), 0
    while total < 0.75 * size:  # The rest follows from these.
        number += 1
        for name, triples in own.items():
            found[renaming.term(name, number)] = renaming.triples(triples, number)
            total += len(triples)
    premises = {one for name, triples in found.items() if "/evidence/" not in name.value for one in triples}
    found[inferred] = list(closure(premises).inferred)
    with change(folder / "large", base_iri=BASE, fresh=True) as draft:
        for name, triples in found.items():
            draft.replace_graph(name, triples)
        draft.describe(state, base_iri=BASE)


def load(address, store):
    """Publish a store as a build does."""
    with working_copy(address, whole=True) as folder:
        if not (folder / "CURRENT").exists():
            shutil.copytree(store, folder, dirs_exist_ok=True)


class Server:
    """The server of Oxigraph, which may be killed and started anew."""

    def __init__(self, folder):
        self._folder = folder
        self._port = free_port()
        self.address = f"http://127.0.0.1:{self._port}"
        self.start()

    def start(self):
        """Start it, with the data that it had."""
        command = [OXIGRAPH, "serve", "--location", str(self._folder), "--bind", f"127.0.0.1:{self._port}"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while True:  # After a power cut it reads what it had not yet put in order.
            if self.process.poll() is not None:
                sys.exit(f"{self.address}: the server has ended")
            with suppress(OSError, HTTPException):
                ask(f"{self.address}/query", "ASK {}")
                return
            time.sleep(0.2)

    def kill(self):
        """End it as a power cut does."""
        self.process.kill()
        self.process.wait()

    def triples(self):
        """Return how many triples its named graphs hold."""
        return int(ask(f"{self.address}/query", EVERYWHERE)["results"]["bindings"][0]["n"]["value"])


def timed(command, folder, *, kill=None):
    """Run a command; return its status, seconds, those of its processor, peak memory in megabytes, and what it said.

    Args:
        command: The command.
        folder: Where it runs.
        kill: Called again and again with the process until it says that it has killed something.
    """
    with tempfile.TemporaryFile("w+") as words:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.DEVNULL, stderr=words, stdin=subprocess.DEVNULL
        )
        while kill is not None and not kill(process):
            time.sleep(0.2)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        words.seek(0)
        sys.stderr.write(f"{' '.join(command[1:4])}: {seconds:.1f} s\n")
        return {
            "status": os.waitstatus_to_exitcode(status),
            "seconds": round(seconds, 1),
            "of the processor": round(usage.ru_utime + usage.ru_stime, 1),
            "megabytes": round(usage.ru_maxrss / 1000),
            "said": "".join(words.read().splitlines()[-1:]),
        }


def loaded(server, folder, store, size):
    """Load the store in three goes, of which the first two are broken off; return what each came to."""
    command = [sys.executable, __file__, "--load", server.address, str(store)]
    steps = []

    def at(share, victim):
        def kill(process):
            if process.poll() is not None:
                sys.exit("the load ended before it could be broken off")
            if server.triples() < share * size:
                return False
            victim(process)
            return True

        return kill

    for share, victim in ((0.2, lambda process: process.kill()), (0.5, lambda _process: server.kill())):
        done = timed(command, folder, kill=at(share, victim))
        if server.process.poll() is not None:
            server.start()
        told = timed([SSRGRAPH, "query", COUNT, "--store", server.address], folder)
        steps.append({**done, "triples on the server": server.triples(), "query meanwhile": told["status"]})
    steps.append({**timed(command, folder), "triples on the server": server.triples()})
    return steps


def served(store, folder):
    """Return the seconds until a server over a store answers, which it says on standard error."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [SSRGRAPH, "serve", "--store", str(store), "--port", "0"], cwd=folder, stderr=subprocess.PIPE, text=True
    )
    try:
        while not process.stderr.readline().startswith("Serving "):
            if process.poll() is not None:
                sys.exit(f"{store}: cannot be served")
        return round(time.perf_counter() - start, 1)
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate()


def compared(server, folder, store):
    """Run commands on the server and in the folder."""
    goal = ("organization:us", "a", "ssr:Donor")
    commands = {"check": ("check",), "explain": ("explain", *goal), "stats": ("stats",), "count": ("query", COUNT)}
    found = {
        name: {
            place: timed([SSRGRAPH, *words, "--store", address], folder)
            for place, address in (("server", server.address), ("folder", str(store)))
        }
        for name, words in commands.items()
    }
    seconds = {"server, first": served(server.address, folder), "server, again": served(server.address, folder)}
    return {**found, "serve": {**seconds, "folder": served(store, folder)}}


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--no-write", action="store_true", help="print only; leave results/ as it is")
    parser.add_argument("--make", metavar="FOLDER", help="only make the store")
    parser.add_argument("--load", nargs=2, metavar=("ADDRESS", "STORE"), help="only publish a store")
    options = parser.parse_args()
    if options.make:
        make(Path(options.make), options.triples)
        return
    if options.load:
        load(*options.load)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # A process of its own: the memory of this one would be counted as that of the commands.
        subprocess.run([sys.executable, __file__, "--make", name, "--triples", str(options.triples)], check=True)
        with LocalStore.open(folder / "large") as store:
            size = store.count()
        server = Server(folder / "server")
        try:
            result = {
                "triples": size,
                "version": __version__,
                "machine": platform.processor() or platform.machine(),
                "python": platform.python_version(),
                "date": datetime.now(UTC).date().isoformat(),
                "load": loaded(server, folder, folder / "large", size),
                **compared(server, folder, folder / "large"),
            }
        finally:
            with suppress(ProcessLookupError):
                server.kill()
    text = json.dumps(result, indent=1) + "\n"
    sys.stdout.write(text)
    if not options.no_write:
        (RESULTS / f"large-on-server-{options.triples}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
