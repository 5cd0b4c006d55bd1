"""Does a server stand odd requests? Sends many, made at random from parts of real ones, and looks at every answer.

    python3 benchmarks/fuzzing.py                                          starts two servers of its own, 100,000 in all
    python3 benchmarks/fuzzing.py --address http://127.0.0.1:7878/ --requests 5000     asks one that runs

Of the two servers, one serves a build of the five documents and may only be read; the other is a plain store that takes
updates, and whoever asks has its token. No answer may be a 500, every error must be told as one, no server may end, and
neither the memory of its processes nor the folder of its store may go on growing. Only this machine is asked. Ends with
status 1 when something of this does not hold.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

import measuring
from odd_requests import request

TOKEN = "a-token-for-benchmarks"  # noqa: S105 -- guards nothing
LOOKS = 20
"""How often the memory is looked at."""
SLACK, SLACK_MEGABYTES = 1.25, 5
"""How much more the last quarter may take than the second."""


@dataclass(kw_only=True)
class Found:
    """What came back."""

    statuses: Counter = field(default_factory=Counter)
    unlike: list = field(default_factory=list)
    memory: list = field(default_factory=list)
    disk: list = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


# ------------------------------------------------------------------ requests


def ask(connection, rng, token):
    """Send a request; return its status, and what is wrong with its answer.

    The status is None where the connection was rightly closed.
    """
    method, asked, headers, body = request(rng)
    if token and rng.random() < 0.9:
        headers["authorization"] = f"Bearer {token}"
    try:
        connection.request(method, asked, body=body, headers=headers)
        answer = connection.getresponse()
        content = answer.read()
    except (HTTPException, ConnectionError, ValueError):
        connection.close()
        return None, None
    wrong = method != "HEAD" and content and not is_told(answer, content)
    return answer.status, f"{method} {asked}: {answer.status} {content[:100]!r}" if wrong else None


def is_told(answer, content):
    """Say whether an error is told as one: as a problem in JSON with its own status, or as a page."""
    kind = answer.getheader("content-type") or ""
    if answer.status < 400 or kind.startswith("text/html"):
        return True
    if content == b"Invalid HTTP request received.":  # The request was none, so no path could be asked.
        return answer.status == 400
    return kind == "application/problem+json" and json.loads(content)["status"] == answer.status


def raw(host, port, rng):
    """Send bytes that are hardly HTTP."""
    with socket.create_connection((host, port), timeout=30) as client:
        client.sendall(
            rng.choice((b"", b"GET ", b"GET / HTTP/9.9\r\n\r\n", b"POST /sparql HTTP/1.1\r\n")) + rng.randbytes(40)
        )


def send(address, number, *, rng, token, found, look):
    """Send many requests, one behind the other, by a connection that is kept."""
    connection = HTTPConnection(address.hostname, address.port, timeout=120)
    for place in range(number):
        if place % 200 == 0:
            raw(address.hostname, address.port, rng)
        status, wrong = ask(connection, rng, token)
        with found.lock:
            found.statuses[status] += 1
            if wrong:
                found.unlike.append(wrong)
        look(place)
    connection.close()


# ------------------------------------------------------------------ the server


def resident(pid):
    """Return how many bytes the processes of a server take, each its own, by what they do."""
    found = {"front": 0, "writer": 0, "workers": 0}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text(errors="replace").rpartition(")")[2].split()[1])
            if pid not in {int(folder.name), parent}:
                continue
            fields = (folder / "statm").read_text().split()
            words = (folder / "cmdline").read_text(errors="replace")
        except (OSError, IndexError, ValueError):
            continue
        name = "front" if int(folder.name) == pid else "writer" if "serve.writer" in words else "workers"
        found[name] += (int(fields[1]) - int(fields[2])) * os.sysconf("SC_PAGE_SIZE")
    return found


def taken(folder):
    """Return how many bytes a folder takes."""
    total = 0
    for one in Path(folder).rglob("*"):
        try:
            total += one.stat().st_blocks * 512
        except OSError:
            continue  # It was swept away meanwhile.
    return total


def fuzz(address, requests, *, seed, clients=1, token=None, pid=None, store=None):
    """Send requests to a server and return what was found, as values for a file."""
    parts, found = urlsplit(address), Found()
    each = requests // clients
    step = max(1, each // LOOKS)

    def look(place):
        if place % step == step - 1 and pid:
            found.memory.append(resident(pid))
            found.disk.append(taken(store))

    def quiet(_):
        pass

    threads = [
        threading.Thread(
            target=send,
            args=(parts, each),
            kwargs={
                "rng": random.Random(seed + number),  # noqa: S311 -- the same requests every time
                "token": token,
                "found": found,
                "look": look if number == 0 else quiet,
            },
        )
        for number in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    connection = HTTPConnection(parts.hostname, parts.port, timeout=60)
    connection.request("GET", "/health")
    alive = connection.getresponse().status == 200
    connection.close()
    return {
        "requests": sum(found.statuses.values()),
        "seed": seed,
        "clients": clients,
        "statuses": {str(status): n for status, n in sorted(found.statuses.items(), key=str)},
        "is_alive": alive,
        "errors_told_otherwise": found.unlike[:20],
        "resident_megabytes": {
            name: [round(each[name] / 1e6) for each in found.memory] for name in ("front", "writer", "workers")
        },
        "store_megabytes": [round(each / 1e6, 1) for each in found.disk],
    }


def faults(values):
    """Return what should not be, in words."""
    found = []
    if not values["is_alive"]:
        found.append("the server has ended")
    if values["statuses"].get("500"):
        found.append(f"{values['statuses']['500']} answers are a 500")
    found += values["errors_told_otherwise"]
    for name, figures in {**values["resident_megabytes"], "store": values["store_megabytes"]}.items():
        quarter = len(figures) // 4
        if quarter and mean(figures[-quarter:]) > SLACK * mean(figures[quarter : 2 * quarter]) + SLACK_MEGABYTES:
            found.append(f"{name}: goes on growing, in MB: {figures}")
    return found


def mean(figures):
    """Return the mean."""
    return sum(figures) / len(figures)


def served(store, *arguments):
    """Start a server; return it and its address."""
    command = [measuring.SSRGRAPH, "serve", "--store", str(store), "--port", "0", "--timeout", "5", *arguments]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    for line in process.stderr:
        if line.startswith("Serving "):
            threading.Thread(target=process.stderr.read, daemon=True).start()
            return process, next(word for word in line.split() if word.startswith("http://"))
    sys.exit(f"the server has ended with status {process.wait()}")


def of_own(requests, seed, clients):
    """Ask two servers of our own; return what was found of each."""
    found = {}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "token").write_text(TOKEN, encoding="utf-8")
        read = folder / "documents"
        subprocess.run(
            [measuring.SSRGRAPH, "build", str(measuring.ROOT / "data/documents"), "--store", str(read)],
            check=True,
            capture_output=True,
        )
        writing = ("--dataset", "separate", "--writable", "--token-file", str(folder / "token"))
        for name, store, arguments, token in (
            ("the five documents, read-only", read, (), None),
            ("a plain store, with updates", folder / "plain", writing, TOKEN),
        ):
            process, address = served(store, *arguments)
            start = time.monotonic()
            found[name] = fuzz(
                address, requests // 2, seed=seed, clients=clients, token=token, pid=process.pid, store=store
            )
            found[name]["seconds"] = round(time.monotonic() - start)
            process.terminate()
            found[name]["exit_status"] = process.wait()
            print(f"{name}: {json.dumps(found[name])}", flush=True)
    return found


def main():
    """Send the requests and say what came back."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--address", help="a server that runs, instead of two of our own")
    arguments.add_argument("--requests", type=int, default=100_000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--clients", type=int, default=4)
    arguments.add_argument("--no-write", action="store_true", help="print only; leave results/ as it is")
    given = arguments.parse_args()
    if given.address is None:
        found = of_own(given.requests, given.seed, given.clients)
        if not given.no_write:
            values = {"question": "does a server stand odd requests", "servers": found, **measuring.machine()}
            (measuring.RESULTS / "fuzzing.json").write_text(f"{json.dumps(values, indent=1)}\n", encoding="utf-8")
    else:
        if urlsplit(given.address).hostname not in {"127.0.0.1", "localhost", "::1"}:
            sys.exit("Only a server on this machine is asked.")
        found = {given.address: fuzz(given.address, given.requests, seed=given.seed, clients=given.clients)}
    wrong = [f"{name}: {each}" for name, values in found.items() for each in faults(values)]
    for name, values in found.items():
        print(f"{name}: {values['requests']} requests: {values['statuses']}")
    print("\n".join(wrong))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
