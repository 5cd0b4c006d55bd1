"""The paths that whoever runs the server looks at: `/health`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse
from starlette.routing import Route

from ssrgraph import __version__
from ssrgraph.serve.service import service_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


async def health(request: Request) -> Response:
    """Say that the server lives, and on which state of the store."""
    service = service_of(request)
    values = {
        "status": "ok",
        "version": __version__,
        "store": service.snapshot.version,
        "dataset": service.settings.dataset,
        "writable": service.settings.is_writable,
    }
    return JSONResponse(values, headers={"cache-control": "no-store"})


routes = [Route("/health", health)]
