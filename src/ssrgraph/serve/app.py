"""The application: all routes, and what holds for all of them."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import Response

from ssrgraph.serve import (
    description,
    graph_store,
    linking,
    named_graphs,
    nanopubs,
    openapi,
    operation,
    reconcile,
    resources,
    saved,
    security,
    sparql,
    updates,
)
from ssrgraph.serve.edge import Edge
from ssrgraph.serve.pages import routes as pages
from ssrgraph.serve.problems import Problem
from ssrgraph.serve.records import record_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from ssrgraph.serve.service import Service
    from ssrgraph.serve.telling import Telling

ROUTES: tuple[Sequence[BaseRoute], ...] = (
    sparql.routes,
    updates.routes,
    graph_store.routes,
    description.routes,
    operation.routes,
    resources.routes,
    named_graphs.routes,
    saved.routes,
    reconcile.routes,
    openapi.routes,
    nanopubs.routes,
    linking.routes,
    pages.routes,
)
"""The routes of each module; a new module adds its own here."""

_NOT_FOUND, _NOT_ALLOWED = 404, 405


def application(service: Service, telling: Telling) -> Edge:
    """Return the application that serves a store."""

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

    return Edge(app, service, telling)


async def _tell(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, Problem)  # noqa: S101 -- registered for it
    record_of(request).outcome = problem.code
    return pages.problem_page(request, problem) or problem.response()


async def _tell_http(request: Request, error: Exception) -> Response:
    """Tell what the framework found, in our shape; answer OPTIONS from what the path allows."""
    assert isinstance(error, HTTPException)  # noqa: S101 -- registered for it
    allowed = (error.headers or {}).get("Allow", "")
    if error.status_code == _NOT_ALLOWED:
        allowed = ", ".join(sorted({*allowed.split(", "), "OPTIONS"}))
        if request.method == "OPTIONS":
            headers = {name.decode(): value.decode() for name, value in security.preflight(allowed)}
            return Response(status_code=204, headers={"allow": allowed, **headers})
        problem = Problem(error.status_code, "method-not-allowed", f"Use {allowed}.", headers={"allow": allowed})
    elif error.status_code == _NOT_FOUND:
        problem = Problem(error.status_code, "not-found", f"There is nothing at {request.url.path}.")
    else:
        problem = Problem(error.status_code, "http", error.detail, headers=error.headers)
    return await _tell(request, problem)
