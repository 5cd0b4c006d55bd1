"""The application: all routes, and what holds for all of them."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException

from ssrgraph.serve import operation, sparql
from ssrgraph.serve.problems import Problem
from ssrgraph.serve.service import Service

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from ssrgraph.serve.settings import Settings

ROUTES: tuple[Sequence[BaseRoute], ...] = (sparql.routes, operation.routes)
"""The routes of each module; a new module adds its own here."""


def application(settings: Settings) -> Starlette:
    """Return the application that serves a store.

    Raises:
        StoreError: There is no usable store.
    """
    service = Service(settings)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await service.start()
        yield
        await service.stop()

    app = Starlette(
        routes=[route for routes in ROUTES for route in routes],
        lifespan=lifespan,
        exception_handlers={Problem: _tell, HTTPException: _tell_http},
    )
    app.router.redirect_slashes = False
    app.state.service = service
    return app


async def _tell(_request: Request, problem: Exception) -> Response:
    assert isinstance(problem, Problem)  # noqa: S101 -- registered for it
    return problem.response()


async def _tell_http(request: Request, error: Exception) -> Response:
    """Tell what the framework found, in our shape."""
    assert isinstance(error, HTTPException)  # noqa: S101 -- registered for it
    if error.status_code == 404:  # noqa: PLR2004
        return Problem(404, "not-found", f"There is nothing at {request.url.path}.").response()
    code = "method-not-allowed" if error.status_code == 405 else "http"  # noqa: PLR2004
    allowed = (error.headers or {}).get("Allow", "")
    detail = f"Use {allowed}." if allowed else error.detail
    return Problem(error.status_code, code, detail, headers=error.headers).response()
