"""The servers that `serving.py` compares, each started with the same quads and stopped behind it.

A server is a context manager that takes a function to find programs by name, the dump and an empty folder, and gives
the address at which it answers queries. The default graph of each is the merge of the named graphs: ours makes it, the
dump for the server of Oxigraph and for rdflib-endpoint holds it, and Virtuoso takes all quads for it by itself.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from urllib.parse import quote, urlsplit

import measuring

JSON = "application/sparql-results+json"


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
    # Encoded as in the load, for a server may limit how long an address is.
    return json.loads(send("GET", f"{address}?query={quote(query, safe='')}", headers={"accept": JSON}))


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
def ssrgraph(find, dump, folder):
    """Serve the built store that lies beside the dump."""
    del find, folder
    port = free_port()
    command = [measuring.SSRGRAPH, "serve", "--store", str(dump.with_name("store")), "--port", str(port)]
    with running([*command, "--timeout", "60"], f"http://127.0.0.1:{port}/sparql") as address:
        yield address


@contextmanager
def oxigraph(find, dump, folder):
    """Serve the dump by the server of the same engine."""
    program, port = find("oxigraph"), free_port()
    load = [program, "load", "--location", str(folder / "store"), "--file", str(dump.with_name("merged.nq"))]
    subprocess.run(load, check=True, capture_output=True)
    command = [program, "serve-read-only", "--location", str(folder / "store"), "--bind", f"127.0.0.1:{port}"]
    with running(command, f"http://127.0.0.1:{port}/query") as address:
        yield address


@contextmanager
def rdflib_endpoint(find, dump, folder):
    """Serve the dump by rdflib."""
    del folder
    port = free_port()
    command = [find("rdflib-endpoint"), "serve", "--host", "127.0.0.1", "--port", str(port)]
    with running([*command, str(dump.with_name("merged.nq"))], f"http://127.0.0.1:{port}/") as address:
        yield address


@contextmanager
def virtuoso(find, dump, folder):
    """Serve the dump by Virtuoso."""
    port, sql = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(
        f"[Database]\nDatabaseFile = {folder}/v.db\nErrorLogFile = {folder}/v.log\nLockFile = {folder}/v.lck\n"
        f"TransactionFile = {folder}/v.trx\n"
        f"[TempDatabase]\nDatabaseFile = {folder}/t.db\nTransactionFile = {folder}/t.trx\n"
        f"[Parameters]\nServerPort = 127.0.0.1:{sql}\nDirsAllowed = {dump.parent}\nNumberOfBuffers = 100000\n"
        f"ThreadsPerQuery = 1\n[HTTPServer]\nServerPort = 127.0.0.1:{port}\nServerThreads = 80\n"
        "[SPARQL]\nResultSetMaxRows = 1000000\n",
        encoding="utf-8",
    )
    command = [find("virtuoso-t"), "+foreground", "+configfile", str(folder / "virtuoso.ini")]
    with running(command, f"http://127.0.0.1:{port}/sparql", cwd=folder) as address:
        load = f"DB.DBA.TTLP_MT(file_to_string_output('{dump}'), '', 'http://a.example/none', 512);"
        isql = [find("isql-vt"), f"127.0.0.1:{sql}", "dba", "dba", f"exec={load}"]
        subprocess.run(isql, check=True, capture_output=True)
        yield address


SERVERS = {
    "oxigraph": (oxigraph, ("oxigraph",)),
    "ssrgraph": (ssrgraph, ()),
    "virtuoso": (virtuoso, ("virtuoso-t", "isql-vt")),
    "rdflib-endpoint": (rdflib_endpoint, ("rdflib-endpoint",)),
}
