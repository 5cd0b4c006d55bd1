"""The paths that say what there is: the service description, `/.well-known/void` and `/dump.nq.gz`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from ssrgraph.serve.formats import GRAPHS, choose, media_types
from ssrgraph.serve.problems import not_acceptable
from ssrgraph.serve.responses import Wanted, deliver
from ssrgraph.serve.service import service_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from ssrgraph.serve.framing import Values

_LONGER = 20
"""How many times as long as a query a dump may take."""


async def describe_service(request: Request) -> Response:
    """Describe the service."""
    return await _described(request, dataset=False)


async def void(request: Request) -> Response:
    """Describe the dataset."""
    return await _described(request, dataset=True)


async def dump(request: Request) -> Response:
    """Send the whole dataset."""

    def content_type(_head: Values) -> str:
        return "application/gzip"

    headers = {"content-disposition": 'attachment; filename="dump.nq.gz"'}
    seconds = service_of(request).settings.timeout * _LONGER
    wanted = Wanted(job={"task": "dump"}, content_type=content_type, headers=headers, seconds=seconds, packed=True)
    return await deliver(request, wanted)


async def _described(request: Request, *, dataset: bool) -> Response:
    service = service_of(request)
    choice = choose(request.headers.get("accept"), GRAPHS)
    if choice is None:
        raise not_acceptable(media_types(GRAPHS))

    def content_type(_head: Values) -> str:
        return choice.content_type

    job = {
        "task": "describe",
        "dataset": dataset,
        "address": str(request.base_url),
        "format": choice.format.name,
        "writable": service.settings.is_writable,
    }
    return await deliver(request, Wanted(job=job, content_type=content_type, headers={}))


routes = [Route("/.well-known/void", void), Route("/dump.nq.gz", dump)]
