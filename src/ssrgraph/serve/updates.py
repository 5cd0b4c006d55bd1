"""The path `/update`: SPARQL 1.1 Update after the SPARQL 1.1 Protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response
from starlette.routing import Route

from ssrgraph.serve import protocol
from ssrgraph.serve.bodies import whole_body
from ssrgraph.serve.records import record_of
from ssrgraph.serve.security import check_writer
from ssrgraph.serve.service import service_of
from ssrgraph.serve.sparql import base_of

if TYPE_CHECKING:
    from starlette.requests import Request


async def update(request: Request) -> Response:
    """Do an update; answer when it is on the disk and queries see it."""
    service = service_of(request)
    check_writer(request, service.settings)
    operation = protocol.update_of(
        protocol.Request(
            method=request.method,
            address=protocol.pairs(request.scope["query_string"]),
            content_type=request.headers.get("content-type"),
            body=await whole_body(request, limit=service.settings.upload),
        )
    )
    record_of(request).note_query(operation.text)
    job = {
        "task": "update",
        "text": operation.text,
        "default": operation.default_graphs,
        "named": operation.named_graphs,
        "base": base_of(request),
    }
    return Response(status_code=await service.change(job))


routes = [Route("/update", update, methods=["POST"]), Route("/update/", update, methods=["POST"])]
