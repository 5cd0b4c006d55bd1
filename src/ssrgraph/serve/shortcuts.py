"""The short way of the simplest requests: queries by GET without other parameters, and all that is ready.

They are answered past the application. What is not as simple as that goes on to it, and the client sees no difference
but the time.
"""

from __future__ import annotations

import asyncio
import re
import time
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote_to_bytes

from ssrgraph.serve import framing, heads
from ssrgraph.serve.plans import plan_of
from ssrgraph.serve.problems import Problem
from ssrgraph.serve.records import Record
from ssrgraph.serve.responses import LONG, coded, etag, headers_for, query_key

if TYPE_CHECKING:
    from ssrgraph.serve.answers import Answer
    from ssrgraph.serve.cache import Kept
    from ssrgraph.serve.heads import Headers
    from ssrgraph.serve.plans import Plan
    from ssrgraph.serve.service import Service
    from ssrgraph.serve.snapshots import Snapshot
    from ssrgraph.serve.telling import Telling

_PATH = "/sparql"
_START = b"GET /sparql?query="
_VERSION = b" HTTP/1.1\r\n"
_TARGET = re.compile(rb"[A-Za-z0-9\-._~!$'()*+,;=:@/?%]*")
_MOST_PLANS = 256
_LINGER = 0.2
"""Seconds that a query goes on without its client: most are done by then, and ending one costs a process."""


class Connection(Protocol):
    """What is needed of a connection.

    Attributes:
        client: The client's address and port.
        flight: The request that waits for its answer.
    """

    client: tuple[str, int] | None
    flight: Flight | None

    @property
    def added(self) -> Headers:
        """The headers that the server itself adds to every response."""
        ...

    def respond(self, response: bytes) -> None:
        """Send a whole response."""
        ...

    def pass_on(self, request: bytes, answer: Answer) -> None:
        """Have the application send an answer."""
        ...


class Flight:
    """A request that waits for its answer."""

    __slots__ = ("answer", "begun", "connection", "key", "plan", "request", "text")

    def __init__(self, connection: Connection, request: bytes, text: bytes, plan: Plan, key: str) -> None:
        self.connection: Connection | None = connection
        self.request = request
        self.text = text
        self.plan = plan
        self.key = key
        self.answer: Answer | None = None
        self.begun = time.perf_counter()


class Shortcuts:
    """Answers the simplest requests. Each is a head with nothing behind it.

    Args:
        service: What all paths share.
        telling: What is told of each request.
    """

    def __init__(self, service: Service, telling: Telling) -> None:
        self._service = service
        self._telling = telling
        self._plans: dict[bytes, Plan | None] = {}

    def take(self, connection: Connection, request: bytes) -> bool:
        """Answer a request, now or later, if it is one of the simplest; say whether it is."""
        begun = time.perf_counter()
        _ = self._service.snapshot  # What is ready is of the state of the store that counts now.
        ready = self._service.ready.find(request)
        if ready is None:
            return request.startswith(_START) and self._begin(connection, request)
        connection.respond(heads.response(ready.status, connection.added, ready.head, ready.body))
        record = Record(ready.query, ready.rows, cached=True, outcome=ready.outcome, status=ready.status)
        record.size, record.seconds = len(ready.body), time.perf_counter() - begun
        self._telling.tell_short(connection.client, ready.route, ready.path, record)
        return True

    def _begin(self, connection: Connection, request: bytes) -> bool:
        """Begin to answer a query, if it is simple."""
        end = request.find(_VERSION)
        target = request[len(_START) : end]
        plan = self._plan(request[end + len(_VERSION) :]) if end > 0 and _TARGET.fullmatch(target) else None
        if plan is None:
            return False
        service = self._service
        snapshot = service.snapshot
        text = unquote_to_bytes(target.replace(b"+", b" "))
        state = plan.state(snapshot)
        key = query_key(state.mark, text)
        flight = Flight(connection, request, text, plan, key)
        kept = service.cache.get(f"{key} {plan.coding}")
        if kept is not None:
            self._send(flight, snapshot, kept, stable=True, cached=True)
            return True
        try:
            answer = service.answer_to(key, partial(framing.packed, framing.QUERY, state.message + text), snapshot)
        except Problem:
            return False  # The application meets the same problem, and tells it.
        connection.flight = flight
        flight.answer = answer
        answer.waiting += 1
        answer.when_settled(partial(self._land, flight))
        return True

    def leave(self, flight: Flight) -> None:
        """Take note that the client of a request has gone; what nobody else waits for is given up."""
        flight.connection = None
        asyncio.get_running_loop().call_later(_LINGER, self._give_up, flight)

    @staticmethod
    def _give_up(flight: Flight) -> None:
        answer = flight.answer
        if answer is not None and not answer.is_settled:
            flight.answer = None
            answer.waiting -= 1
            if not answer.waiting:
                answer.close()

    def _land(self, flight: Flight) -> None:
        """Send an answer that is there."""
        answer, connection = flight.answer, flight.connection
        if answer is None:
            return
        answer.waiting -= 1
        if connection is None:
            return
        connection.flight = None
        if answer.problem is not None:
            self._refuse(flight, connection, answer.problem)
            return
        body, plan = answer.body, flight.plan
        if body is None or (plan.coding and len(body) > LONG):
            connection.pass_on(flight.request, answer)
            return
        kept = coded(answer, body, plan.coding)
        stable = bool(answer.head.get("stable"))
        if stable:
            self._service.cache.put(f"{flight.key} {plan.coding}", kept, len(kept.body))
        self._send(flight, answer.snapshot, kept, stable=stable, cached=False)

    def _send(self, flight: Flight, snapshot: Snapshot, kept: Kept, *, stable: bool, cached: bool) -> None:
        connection, body = flight.connection, kept.body
        assert connection is not None  # noqa: S101 -- whoever calls has looked
        tag = f"etag: {etag(snapshot, flight.key, kept.coding)}\r\n" if stable else ""
        head = _head(flight.plan.content_type(kept.head["kind"]), kept.coding, stable)
        head = b"%b%bcontent-length: %d\r\n" % (head, tag.encode(), len(body))
        connection.respond(heads.response(200, connection.added, head, body))
        record = Record(rows=kept.rows, cached=cached, status=200)
        self._note(flight, connection, record, len(body))
        if stable:
            self._service.keep_ready(snapshot, flight.request, head, body, route=_PATH, path=_PATH, record=record)

    def _refuse(self, flight: Flight, connection: Connection, problem: Problem) -> None:
        told = problem.response()
        body = bytes(told.body)
        head = heads.lines(heads.with_common(told.raw_headers))
        connection.respond(heads.response(problem.status, connection.added, head, body))
        self._note(flight, connection, Record(outcome=problem.code, status=problem.status), len(body))

    def _note(self, flight: Flight, connection: Connection, record: Record, size: int) -> None:
        record.size, record.seconds = size, time.perf_counter() - flight.begun
        if self._telling.log is not None:
            record.note_query(flight.text.decode("utf-8", "replace"))
        self._telling.tell_short(connection.client, _PATH, _PATH, record)

    def _plan(self, block: bytes) -> Plan | None:
        try:
            return self._plans[block]
        except KeyError:
            if len(self._plans) >= _MOST_PLANS:
                self._plans.clear()
            plan = self._plans[block] = plan_of(block, _PATH)
            return plan


@lru_cache(maxsize=128)
def _head(content_type: str, coding: str | None, stable: bool) -> bytes:  # noqa: FBT001 -- a key of the cache
    """Return the lines of a response that are the same for many."""
    coding_lines = {"content-encoding": coding} if coding else {}
    headers = {**headers_for(stable=stable), **coding_lines, "content-type": content_type}
    return heads.lines(heads.with_common([(name.encode(), value.encode()) for name, value in headers.items()]))
