"""A disk that is really full, and many clients that send half a request."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, suppress
from http.client import HTTPException
from pathlib import Path

import pytest

TOKEN = "a-token-for-tests-only"  # noqa: S105 -- guards nothing
UPDATE = "application/sparql-update"
FINE = "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/ssrgraph/ontology#Document> }"
HELD = "SELECT (COUNT(*) AS ?n) { ?s <http://a.example/p> ?o }"


@pytest.fixture
def small_disk(tmp_path):
    """Return a folder on a disk of four megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if shutil.which("mount") is None or os.geteuid() != 0:
        pytest.skip("only root mounts a disk")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no disk can be mounted here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def options(tmp_path):
    (tmp_path / "token").write_text(TOKEN, encoding="utf-8")
    return ("--dataset", "separate", "--writable", "--token-file", tmp_path / "token")


def insert(server, subject, text="x"):
    update = f"INSERT DATA {{ <http://a.example/{subject}> <http://a.example/p> '{text}' }}"
    return server.request("POST", "/update", update, content_type=UPDATE)


def test_a_full_disk_is_told_loses_nothing_and_is_no_end(serving, small_disk, tmp_path):
    with serving(small_disk / "store", *options(tmp_path)) as running:
        running.token = TOKEN
        assert insert(running, "first").status == 204
        done = 1
        while (answer := insert(running, f"large-{done}", "x" * 300_000)).status == 204:
            done += 1
            assert done < 60
        assert (answer.status, answer.json["code"]) == (503, "store")
        assert running.query(HELD).rows == [{"n": str(done)}]
        assert running.get("/health").status == 200
        subprocess.run(["mount", "-o", "remount,size=64m", small_disk], check=True)
        assert insert(running, "afterwards").status == 204
        assert running.query(HELD).rows == [{"n": str(done + 1)}]
        assert running.stop() == 0
    with serving(small_disk / "store", *options(tmp_path)) as running:
        assert running.query(HELD).rows == [{"n": str(done + 1)}]


def test_many_requests_that_are_half_sent_keep_nobody_out_and_are_given_up(five, serving):
    head = (
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 99\r\n\r\nASK"
    )
    with serving(five, "--patience", 2) as running, ExitStack() as stack:
        clients = []
        for number in range(400):
            client = stack.enter_context(closing(socket.create_connection((running.host, running.port))))
            client.sendall(head if number % 2 else b"GET /sparql?query=ASK")
            clients.append(client)
        assert running.query(FINE).rows == [{"n": "5"}]
        for number, client in enumerate(clients):
            client.settimeout(60)
            answer = client.recv(1000)
            assert answer.startswith(b"HTTP/1.1 408 ") if number % 2 else answer == b""
        assert running.query(f"{FINE} # again").rows == [{"n": "5"}]


def workers(server):
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text(encoding="ascii")
    for pid in children.split():
        if b"ssrgraph.serve.worker" in Path(f"/proc/{pid}/cmdline").read_bytes():
            yield int(pid)


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks into /proc")
def test_workers_that_are_killed_while_updates_come_cost_no_update(serving, tmp_path):
    with serving(tmp_path / "store", *options(tmp_path)) as running:
        running.token = TOKEN

        def both(number):
            status = insert(running, number).status
            try:
                asked = running.query(f"{HELD} # {number}").status
            except (OSError, HTTPException):
                asked = 0  # The answer had begun.
            return status, asked

        statuses, answers = [], []
        with ThreadPoolExecutor(8) as threads:
            for number, (status, asked) in enumerate(threads.map(both, range(200))):
                statuses.append(status)
                answers.append(asked)
                if number % 40 == 20:
                    for pid in workers(running):
                        with suppress(ProcessLookupError):  # It may have ended by itself meanwhile.
                            os.kill(pid, signal.SIGKILL)
        assert set(statuses) == {204}
        assert set(answers) <= {200, 503, 0}
        assert running.query(HELD).rows == [{"n": "200"}]
