"""The paths of the pages, and who gets a page where others get data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from ssrgraph.serve import negotiation
from ssrgraph.serve.formats import GRAPHS, ROWS, media_types
from ssrgraph.serve.pages.contexts import ProblemPage
from ssrgraph.serve.pages.rendering import STATIC, edition, render
from ssrgraph.serve.problems import Problem
from ssrgraph.serve.responses import Wanted, deliver
from ssrgraph.serve.service import service_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from ssrgraph.serve import protocol
    from ssrgraph.serve.framing import Values

HTML = "text/html"
_HTML = "text/html; charset=utf-8"
_JSON = "application/json"
DATA = (*media_types(ROWS), *media_types(GRAPHS), _JSON, "application/xml", "text/plain")
"""The media types of data, that clients may rather have than a page."""


def wants_html(request: Request, others: Sequence[str] = DATA) -> bool:
    """Say whether a client would rather have a page than any of the other media types that a path offers.

    A browser names HTML and gets it; a client that accepts anything gets data. `?format=` always means data.
    """
    if "format" in request.query_params:
        return False
    return negotiation.best(request.headers.get("accept"), (*others, HTML)) == HTML


async def page(request: Request, view: str, job: Values | None = None) -> Response:
    """Answer with a page.

    Raises:
        Problem: There is none.
    """
    whole = {"task": "page", "view": view, "edition": edition(), "has_review": _has_review(request), **(job or {})}
    return await deliver(request, Wanted(job=whole, content_type=lambda _: _HTML, headers={}))


def _has_review(request: Request) -> bool:
    return service_of(request).settings.review is not None


async def _record(request: Request, view: str, job: Values) -> Response:
    whole = {"task": "record", "view": view, **job}
    return await deliver(request, Wanted(job=whole, content_type=lambda _: _JSON, headers={}))


async def start(request: Request) -> Response:
    """Answer with the start page."""
    return await page(request, "start", {"shown_version": service_of(request).snapshot.version})


def path_of(request: Request) -> str:
    """Return the path of a request as it was sent, percent signs and all, without the slash that it begins with."""
    raw: bytes = request.scope.get("raw_path") or request.url.path.encode()
    return raw.decode("ascii", "replace").partition("?")[0].lstrip("/")


async def explain(request: Request) -> Response:
    """Answer why a triple holds, as a page or as JSON."""
    given = request.query_params
    missing = [name for name in "spo" if not given.get(name)]
    if missing:
        raise Problem(
            400, "no-triple", f"Give subject, predicate and object as s, p and o; {', '.join(missing)} is missing."
        )
    job = {name: given[name] for name in "spo"}
    if wants_html(request, (_JSON,)):
        return await page(request, "explain", job)
    return await _record(request, "explain", job)


async def neighbours(request: Request) -> Response:
    """Answer with the neighbours of an entity as JSON: `?of=` the path of its page."""
    return await _record(request, "neighbours", {"path": request.query_params.get("of", "").lstrip("/")})


async def search(request: Request) -> Response:
    """Answer with what a search found."""
    return await page(request, "search", {"words": request.query_params.get("q", "")})


async def queries(request: Request) -> Response:
    """Answer with the list of saved queries."""
    return await page(request, "queries")


async def saved(request: Request) -> Response:
    """Answer with a saved query and what it gives."""
    given = {name: value for name, value in request.query_params.items() if name != "format"}
    return await page(request, "saved", {"name": request.path_params["name"], "given": given})


async def query_page(request: Request, operation: protocol.Operation | None) -> Response:
    """Answer with the query page, and with what a query gave."""
    if operation is None:
        return await page(request, "sparql")
    job = {"text": operation.text, "default": operation.default_graphs, "named": operation.named_graphs}
    return await page(request, "sparql", job)


def problem_page(request: Request, problem: Problem) -> Response | None:
    """Return a problem as a page, if that is what the client wants."""
    accept = request.headers.get("accept")
    if accept is None or negotiation.best(accept, ("application/problem+json", _JSON, HTML)) != HTML:
        return None
    members = problem.members()
    context = ProblemPage(status=problem.status, title=str(members["title"]), detail=problem.detail)
    body = render(context, has_review=_has_review(request))
    headers = {"cache-control": "no-store", **problem.headers}
    return HTMLResponse(body, status_code=problem.status, headers=headers)


class _Static(StaticFiles):
    """Static files: an address with a hash in it may be kept for ever."""

    async def get_response(self, path: str, scope) -> Response:  # type: ignore[no-untyped-def]  # noqa: ANN001
        """Answer with a file."""
        response = await super().get_response(path, scope)
        if b"v=" in scope.get("query_string", b""):
            response.headers["cache-control"] = "public, max-age=31536000, immutable"
        return response


routes = [
    Route("/", start),
    Route("/explain", explain),
    Route("/neighbours", neighbours),
    Route("/search", search),
    Mount("/static", _Static(directory=STATIC)),
]
