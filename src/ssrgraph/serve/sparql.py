"""The path `/sparql`: queries after the SPARQL 1.1 Protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from ssrgraph.serve import protocol
from ssrgraph.serve.bodies import whole_body
from ssrgraph.serve.formats import GRAPHS, ROWS, Choice, choose
from ssrgraph.serve.problems import Problem
from ssrgraph.serve.service import service_of

if TYPE_CHECKING:
    from starlette.requests import Request

    from ssrgraph.serve.answers import Answer


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
    if operation is None:
        raise Problem(400, "no-query", "There is no parameter `query`.")
    return await answer_query(request, operation)


async def answer_query(request: Request, operation: protocol.Operation) -> Response:
    """Answer a query in the format that suits the client."""
    service = service_of(request)
    accept = request.headers.get("accept")
    name = operation.format
    if name is not None and name not in {**ROWS, **GRAPHS}:
        raise Problem(400, "format", f"There is no format {name}; there are {', '.join({**ROWS, **GRAPHS})}.")
    rows, graph = choose(accept, ROWS, name=name), choose(accept, GRAPHS, name=name)
    answer = await service.ask(
        {
            "task": "query",
            "text": operation.text,
            "rows": rows and rows.format.name,
            "graph": graph and graph.format.name,
            "default": operation.default_graphs,
            "named": operation.named_graphs,
            "base": str(request.url.replace(query="", fragment="")),
        }
    )
    return respond(answer, graph if answer.head["kind"] == "graph" else rows)


def respond(answer: Answer, choice: Choice | None) -> Response:
    """Return the response that carries an answer."""
    headers = {"content-type": choice.content_type} if choice else {}
    body = answer.body
    if body is not None:
        return Response(body, headers=headers)
    return StreamingResponse(answer.chunks(), headers=headers)


routes = [Route("/sparql", sparql, methods=["GET", "POST"]), Route("/sparql/", sparql, methods=["GET", "POST"])]
