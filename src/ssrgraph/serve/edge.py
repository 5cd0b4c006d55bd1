"""What surrounds the application: headers of every answer, other origins, and what is noted of each request."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from ssrgraph.serve import security
from ssrgraph.serve.records import KEY, Record

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    Told = Callable[[Scope, Record], None]

_COMMON = (*security.HEADERS, *security.SHARED)


class Edge:
    """Wraps the application.

    Args:
        app: The application.
        told: Called when a request is done, with its scope and its record.
    """

    def __init__(self, app: ASGIApp, told: Told) -> None:
        self._app = app
        self._told = told

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        record = scope[KEY] = Record()
        begun = time.perf_counter()
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
            await send(message)

        try:
            await self._app(scope, receive, passing)
        finally:
            if not ended:
                record.outcome = "cut-off"
            record.seconds = time.perf_counter() - begun
            self._told(scope, record)
