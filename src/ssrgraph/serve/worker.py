"""The process that runs queries: one at a time, on a snapshot, within limits; it ends with the front.

It reads jobs from its standard input and writes answers to its standard output, as `framing` has it. It may be killed
at any moment: it holds nothing that anybody else needs.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
from functools import lru_cache
from io import FileIO
from typing import TYPE_CHECKING, BinaryIO

from ssrgraph.errors import InputError, LimitError, StoreError
from ssrgraph.serve import framing
from ssrgraph.serve.counting import Rows
from ssrgraph.serve.problems import Problem, unreadable
from ssrgraph.serve.processes import resident
from ssrgraph.serve.settings import BYTES_A_QUAD
from ssrgraph.serve.tasks import QUICK, forget, task
from ssrgraph.store import LocalStore, MemoryStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssrgraph.serve.framing import Values
    from ssrgraph.store.remote import RemoteStore

_CHUNK = 1 << 16
_WATCH = 0.5


class Output:
    """Where a task writes its answer; see `tasks.Output`.

    Args:
        send: What takes messages.
        limit: Bytes that the answer may have.
    """

    def __init__(self, send: Callable[[bytes], object], *, limit: int) -> None:
        self._send = send
        self._limit = limit
        self._parts: list[bytes] = []
        self._held = 0
        self.size = 0
        self.problem: Problem | None = None
        self._head: bytes | None = b"{}"
        self._rows: Rows | None = None

    def head(self, **values: object) -> None:
        """Say what the front should know before the first byte."""
        if values.get("kind") == "rows":
            self._rows = Rows.of(str(values["format"]))
        self._head = _packed_head(tuple(values.items()))

    def write(self, data: bytes) -> int:
        """Write a part of the answer."""
        self.size += len(data)
        if self.size > self._limit:
            self.problem = Problem(
                503, "result-limit", f"The answer has more than {self._limit:,} bytes; ask for less at a time."
            )
            raise self.problem
        self._parts.append(bytes(data))
        self._held += len(data)
        if self._held >= _CHUNK:
            self._pass_on()
        return len(data)

    def flush(self) -> None:
        """Do nothing; see `tasks.Output`."""

    def end(self) -> None:
        """Send what is left, and that it is whole; all of it at once if nothing was sent yet."""
        data = b"".join(self._parts)
        if self._rows is not None:
            self._rows.see(data)
        rows = self._rows.number if self._rows else None
        if self._head is not None:
            self._send(framing.packed_answer(self._head, rows, data))
        else:
            self._send(framing.packed(framing.DATA, data) + framing.packed_json(framing.END, {"rows": rows}))

    def _pass_on(self) -> None:
        data = b"".join(self._parts)
        self._parts, self._held = [], 0
        if self._rows is not None:
            self._rows.see(data)
        if self._head is not None:
            self._send(framing.packed(framing.HEAD, self._head))
            self._head = None
        self._send(framing.packed(framing.DATA, data))


@lru_cache(maxsize=64)
def _packed_head(values: tuple[tuple[str, object], ...]) -> bytes:
    """Return a head as JSON; there are few different ones."""
    return framing.json_of(dict(values))


class Snapshot:
    """The state of the store that is open; another one is opened when a job asks for it.

    Args:
        settings: What the front has said.
    """

    def __init__(self, settings: Values) -> None:
        self._settings = settings
        self._store: LocalStore | RemoteStore | None = None
        self._copy: MemoryStore | None = None
        self._version = ""
        self._bare = resident(os.getpid())

    def store(self, generation: str, version: str) -> LocalStore | RemoteStore:
        """Return the store as it is in this generation, or in this edition of a server.

        Raises:
            StoreError: It is not there, or no longer.
        """
        if self._store is None or self._version != version:
            self._let_go()
            self._store = self._opened(generation, version)
            self._version = version
        return self._store

    def _let_go(self) -> None:
        self._copy = None
        if self._store is not None:
            forget()
            self._store.close()
            self._store = None
            gc.collect()  # An error that was told may hold, by its traceback, what had the store open.

    def _opened(self, generation: str, version: str) -> LocalStore | RemoteStore:
        address = self._settings["server"]
        if not address:
            return LocalStore.open(self._settings["store"], generation=generation)
        from ssrgraph.store.remote import open_remote  # noqa: PLC0415 -- a folder needs no HTTP

        store = open_remote(address)
        if store.edition != version:
            store.close()
            raise StoreError(address, "has been changed; ask again")
        return store

    def verify(self) -> None:
        """See that what was found is of one state of the store; a generation cannot change.

        Raises:
            StoreError: The server was changed meanwhile. What is remembered of it is forgotten.
        """
        if isinstance(self._store, LocalStore) or self._store is None:
            return
        try:
            self._store.verify()
        except StoreError:
            self._let_go()
            raise

    def blamed(self, error: Exception) -> Exception:
        """Return the reason of an error: it may have come of a server that was changed meanwhile."""
        try:
            self.verify()
        except StoreError as changed:
            return changed
        return error

    def fastest(self, generation: str, version: str) -> LocalStore | RemoteStore | MemoryStore:
        """Return the same store from where it answers queries fastest; rows without an order may come in another."""
        store = self.store(generation, version)
        return self._copy or store

    def copy(self, generation: str, version: str, *, rests: float) -> int:
        """Make a copy of the store in memory, if it is small enough; return the memory that no query is charged."""
        store = self.store(generation, version)
        # A copy is no larger than is allowed for it, and is made beside what a query may have.
        limit_memory(self._settings["memory"] + self._settings["copied"] * BYTES_A_QUAD)
        try:
            if isinstance(store, LocalStore):
                self._copy = store.copied(most=self._settings["copied"], rests=rests)
        finally:
            taken = 0 if self._copy is None else max(0, resident(os.getpid()) - self._bare)
            limit_memory(self._settings["memory"] + taken)
        return taken


def main() -> None:
    """Do jobs until the front is gone."""
    if (begun := begin()) is None:
        return
    jobs, answers, settings = begun
    limit_memory(settings["memory"])
    snapshot = Snapshot(settings)

    def send(message: bytes) -> None:
        answers.write(message)

    task("query")  # What every one needs is loaded before anybody waits for it.
    gc.freeze()  # What is there for good is not looked at when a store is let go.
    send(framing.packed_json(framing.READY, {}))
    while (message := framing.read(jobs)) is not None:
        _do(_job(*message), settings, snapshot, send)


def _job(kind: bytes, content: bytes) -> Values:
    """Return what is to be done."""
    if kind != framing.QUERY:
        return framing.values_of(content)
    about, _, query = content.partition(b"\0")
    return {**_about(about), "text": query}


@lru_cache(maxsize=64)
def _about(content: bytes) -> Values:
    """Return what holds for many queries."""
    return framing.values_of(content)


def _do(job: Values, settings: Values, snapshot: Snapshot, send: Callable[[bytes], None]) -> None:
    out = Output(send, limit=settings["result"])
    try:
        name, state = job["task"], (job["generation"], job["version"])
        if name == "open":
            snapshot.store(*state)
        elif name == "copy":
            out.head(taken=snapshot.copy(*state, rests=job["rests"]))
        else:
            store = snapshot.fastest(*state) if name in QUICK else snapshot.store(*state)
            task(name)(store, {**settings, **job}, out)
            snapshot.verify()
        out.end()
    except BrokenPipeError:
        raise SystemExit(0) from None  # The front is gone.
    except Exception as error:  # noqa: BLE001 -- the edge: whatever it is, the client is told, and the process goes on
        problem = problem_of_error(snapshot.blamed(out.problem or error))
        send(framing.packed_json(framing.PROBLEM, {**problem.members(), "headers": problem.headers}))


def problem_of_error(error: Exception) -> Problem:
    """Return what a client is told of an error."""
    match error:
        case Problem():
            return error
        case SyntaxError():
            return unreadable("query-syntax", str(error))
        case MemoryError():
            return Problem(503, "memory-limit", "The query needs more memory than a query may have.")
        case LimitError():
            code = "query-timeout" if error.of_time else "result-limit"
            problem = Problem(503, code, f"The server that holds the store {error.problem}.")
        case StoreError():
            sys.stderr.write(f"{error}\n")
            problem = Problem(503, "store", "The store cannot be read now.")
        case InputError():
            problem = Problem(400, "query", str(error))
        case RuntimeError() | ValueError():  # What the engine cannot evaluate.
            words = " ".join(str(error).split())
            problem = Problem(400, "query-evaluation", f"The query cannot be evaluated: {words}")
        case _:
            sys.stderr.write(f"unexpected error in a worker: {type(error).__name__}: {error}\n")
            problem = Problem(500, "unexpected", "Something went wrong that should not; the server's log says more.")
    return problem


def begin() -> tuple[BinaryIO, _Whole, Values] | None:
    """Return where jobs come from, where answers go, and what the front has said first; None if it is gone already.

    From then on the process ends with the front.
    """
    jobs, answers = streams()
    first = framing.read(jobs)
    if first is None:
        return None
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    return jobs, answers, framing.values_of(first[1])


def streams() -> tuple[BinaryIO, _Whole]:
    """Take standard input and output for messages alone; whatever else prints goes to standard error."""
    jobs = os.fdopen(os.dup(0), "rb")
    answers = FileIO(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    return jobs, _Whole(answers)


class _Whole:
    """Writes all of what it is given: a pipe may take less at a time."""

    def __init__(self, stream: FileIO) -> None:
        self._stream = stream

    def write(self, data: bytes) -> int:
        """Write all."""
        rest = memoryview(data)
        while rest:
            rest = rest[self._stream.write(rest) or 0 :]
        return len(data)


def limit_memory(limit: int) -> None:
    """Let this process take no more memory than that."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 -- not everywhere

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":  # Elsewhere the limit counts other things, or nothing.
        most = resource.getrlimit(resource.RLIMIT_DATA)[1]
        limit = limit if most == resource.RLIM_INFINITY else min(limit, most)
        resource.setrlimit(resource.RLIMIT_DATA, (limit, most))


def end_with(parent: int) -> None:
    """End when the front has ended, however it ended; a query that runs does not keep the process alive."""
    while os.getppid() == parent:
        time.sleep(_WATCH)
    os._exit(0)


if __name__ == "__main__":
    main()
