"""What surrounds the application: headers of every answer, other origins, and what is noted of each request."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from ssrgraph.serve import heads
from ssrgraph.serve.records import KEY, Record
from ssrgraph.serve.telling import route_of

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from ssrgraph.serve.service import Service
    from ssrgraph.serve.telling import Telling

REQUEST = "ssrgraph.request"
"""What a scope calls the bytes of a request that is a head with nothing behind it, and whose connection stays."""


class Edge:
    """Wraps the application.

    Args:
        app: The application.
        service: What keeps responses.
        telling: What is told of each request.
    """

    def __init__(self, app: ASGIApp, service: Service, telling: Telling) -> None:
        self._service = service
        self._app = app
        self._telling = telling

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        passing = _Passing(scope, send, self._service)
        begun = time.perf_counter()
        try:
            await self._app(scope, receive, passing)
        finally:
            record = passing.record
            if not passing.ended:
                record.outcome = "cut-off"
            record.seconds = time.perf_counter() - begun
            self._telling.tell(scope, record)


class _Passing:
    """Passes a response on: with the headers of every response, with a limit to patience, noted, and kept if it may be.

    Attributes:
        record: What is noted.
        ended: Whether the response is whole.
    """

    def __init__(self, scope: Scope, send: Send, service: Service) -> None:
        self.record = scope[KEY] = Record()
        self.ended = False
        self._scope = scope
        self._send = send
        self._service = service
        self._headers: heads.Headers = []

    async def __call__(self, message: Message) -> None:
        """Take a message of the application."""
        more = message.get("more_body", False)
        if message["type"] == "http.response.start":
            self.record.status = message["status"]
            self._headers = message["headers"] = heads.with_common(message["headers"])
        else:
            body = message.get("body", b"")
            if not more and not self.record.size:
                self._keep(bytes(body))
            self.record.size += len(body)
            self.ended = not more
        if not more:
            await self._send(message)
            return
        # A client that takes nothing for so long will not take the rest either.
        async with asyncio.timeout(self._service.settings.patience):
            await self._send(message)

    def _keep(self, body: bytes) -> None:
        """Keep a response whose tag says that it is the same as long as the store is."""
        request = self._scope.get(REQUEST)
        snapshot = self._service.snapshot
        mark = f'"{snapshot.version}-'.encode()
        if request and any(name == b"etag" and value.startswith(mark) for name, value in self._headers):
            self._service.keep_ready(
                snapshot, request, heads.lines(self._headers), body,
                route=route_of(self._scope), path=self._scope["path"], record=self.record,
            )  # fmt: skip
