"""The paths that whoever runs the server looks at: `/health` and `/metrics`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ssrgraph import __version__
from ssrgraph.serve.metrics import CONTENT_TYPE
from ssrgraph.serve.service import service_of

if TYPE_CHECKING:
    from starlette.requests import Request


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
    if service.following is not None:
        problem = service.following.problem
        values["source"] = {"followed": not problem, "problem": problem}
    return JSONResponse(values, headers={"cache-control": "no-store"})


async def metrics(request: Request) -> Response:
    """Tell what was counted since the server was started."""
    service = service_of(request)
    return Response(service.metrics.text(service), headers={"cache-control": "no-store", "content-type": CONTENT_TYPE})


routes = [Route("/health", health), Route("/metrics", metrics)]
