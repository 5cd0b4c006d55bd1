"""What surrounds the application: headers of every answer, other origins, and what is noted of each request."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from starlette.routing import Route

from ssrgraph.serve import security
from ssrgraph.serve.records import KEY, Record

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from ssrgraph.serve.service import Service

    Told = Callable[[Scope, Record], None]

_QUERIES = Route("/sparql", lambda: None)
"""How metrics call the path of what is ready."""
_COMMON = (*security.HEADERS, *security.SHARED)


class Edge:
    """Wraps the application.

    Args:
        app: The application.
        service: What has responses that are ready.
        told: Called when a request is done, with its scope and its record.
    """

    def __init__(self, app: ASGIApp, service: Service, told: Told) -> None:
        self._service = service
        self._app = app
        self._told = told

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        record = scope[KEY] = Record()
        begun = time.perf_counter()
        _ = self._service.snapshot  # What is ready is of the state of the store that counts now.
        ready = self._service.ready.find(scope)
        if ready is not None:
            record.query, record.rows, record.cached = ready.query, ready.rows, True
            record.status, record.size = 200, len(ready.body)
            scope["route"] = _QUERIES
            await send({"type": "http.response.start", "status": 200, "headers": [*ready.headers, *_COMMON]})
            await send({"type": "http.response.body", "body": ready.body})
            record.seconds = time.perf_counter() - begun
            self._told(scope, record)
            return
        ended = False

        async def passing(message: Message) -> None:
            nonlocal ended
            if message["type"] == "http.response.start":
                record.status = message["status"]
                known = {name for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *(each for each in _COMMON if each[0] not in known),
                ]
            else:
                record.size += len(message.get("body", b""))
                ended = not message.get("more_body", False)
            if not message.get("more_body", False):
                await send(message)
                return
            # A client that takes nothing for so long will not take the rest either.
            async with asyncio.timeout(self._service.settings.patience):
                await send(message)

        try:
            await self._app(scope, receive, passing)
        finally:
            if not ended:
                record.outcome = "cut-off"
            record.seconds = time.perf_counter() - begun
            self._told(scope, record)
