"""The path `/sparql`: queries after the SPARQL 1.1 Protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.routing import Route

from ssrgraph.serve import protocol
from ssrgraph.serve.bodies import whole_body
from ssrgraph.serve.description import describe_service
from ssrgraph.serve.formats import GRAPHS, ROWS, choose, named
from ssrgraph.serve.pages.routes import query_page, wants_html
from ssrgraph.serve.problems import Problem
from ssrgraph.serve.records import record_of
from ssrgraph.serve.responses import Wanted, deliver, query_key, query_mark, snapshot_for
from ssrgraph.serve.service import service_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from ssrgraph.serve.framing import Values


async def sparql(request: Request) -> Response:
    """Answer a query."""
    service = service_of(request)
    operation = protocol.query_of(
        protocol.Request(
            method=request.method,
            address=protocol.pairs(request.scope["query_string"]),
            content_type=request.headers.get("content-type"),
            body=await whole_body(request, limit=service.settings.query),
        )
    )
    if wants_html(request) and (operation is None or operation.format is None):
        return await query_page(request, operation)
    if operation is None:
        return await describe_service(request)
    return await answer_query(request, operation)


async def answer_query(request: Request, operation: protocol.Operation) -> Response:
    """Answer a query in the format that suits the client."""
    accept = request.headers.get("accept")
    name = operation.format
    if name is not None and named(name, {**ROWS, **GRAPHS}) is None:
        raise Problem(400, "format", f"There is no format {name}; there are {', '.join({**ROWS, **GRAPHS})}.")
    rows, graph = choose(accept, ROWS, name=name), choose(accept, GRAPHS, name=name)
    record_of(request).note_query(operation.text)
    job = {
        "task": "query",
        "text": operation.text,
        "rows": rows and rows.format.name,
        "graph": graph and graph.format.name,
        "default": operation.default_graphs,
        "named": operation.named_graphs,
        "base": base_of(request),
    }

    def content_type(head: Values) -> str:
        choice = graph if head["kind"] == "graph" else rows
        assert choice is not None  # noqa: S101 -- the task told otherwise that nothing is acceptable
        return choice.content_type

    # By the short way it is known by the same key.
    key = query_key(query_mark(snapshot_for(request), job), operation.text.encode("utf-8", "surrogatepass"))
    return await deliver(request, Wanted(job=job, content_type=content_type, headers={}, key=key))


def base_of(request: Request) -> str:
    """Return what relative IRIs of a request are resolved against: its address without parameters."""
    scope = request.scope
    host = request.headers.get("host") or "localhost"
    return f"{scope['scheme']}://{host}{quote(scope['path'])}"


routes = [Route("/sparql", sparql, methods=["GET", "POST"]), Route("/sparql/", sparql, methods=["GET", "POST"])]
