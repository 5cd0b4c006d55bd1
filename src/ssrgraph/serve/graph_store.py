"""The path `/graphs`: the SPARQL 1.1 Graph Store HTTP Protocol, by parameters and by the address itself."""

from __future__ import annotations

import uuid
from email.parser import BytesParser
from email.policy import HTTP
from typing import TYPE_CHECKING

from starlette.responses import Response
from starlette.routing import Route

from ssrgraph.serve import negotiation, protocol
from ssrgraph.serve.bodies import whole_body
from ssrgraph.serve.formats import GRAPHS, Format, by_media_type, choose, media_types
from ssrgraph.serve.problems import Problem, not_acceptable
from ssrgraph.serve.responses import Wanted, deliver
from ssrgraph.serve.security import check_writer
from ssrgraph.serve.service import service_of

if TYPE_CHECKING:
    from email.message import Message

    from starlette.requests import Request

    from ssrgraph.serve.framing import Values

_FORM = "multipart/form-data"
_READABLE = {name: each for name, each in GRAPHS.items() if name not in {"trig", "nquads"}}


async def graphs(request: Request) -> Response:
    """Read, replace, add to, or drop a graph."""
    if request.method in {"GET", "HEAD"}:
        return await _read(request)
    service = service_of(request)
    check_writer(request, service.settings)
    graph, is_new = _target(request)
    base = graph or str(request.url.replace(query=""))
    if request.method == "DELETE":
        status = await service.change({"task": "delete", "graph": graph})
        return Response(status_code=status)
    parts = _parts(request, await whole_body(request, limit=service.settings.upload))
    task = "put" if request.method == "PUT" else "post"
    job = {"task": task, "graph": graph, "base": base, "formats": [name for name, _ in parts]}
    status = await service.change(job, tuple(content for _, content in parts))
    headers = {"location": graph} if is_new and graph is not None else {}
    return Response(status_code=status, headers=headers)


async def _read(request: Request) -> Response:
    graph, is_new = _target(request)
    if is_new:
        raise _no_graph()
    wanted = dict(protocol.pairs(request.scope["query_string"])).get("format")
    choice = choose(request.headers.get("accept"), GRAPHS, name=wanted)
    if choice is None:
        raise not_acceptable(media_types(GRAPHS))

    def content_type(_head: Values) -> str:
        return choice.content_type

    job = {"task": "graph", "graph": graph, "format": choice.format.name}
    return await deliver(request, Wanted(job=job, content_type=content_type, headers={}))


def _target(request: Request) -> tuple[str | None, bool]:
    """Return the graph that a request is about, None for the default graph, and whether its name was made up here."""
    given = protocol.pairs(request.scope["query_string"])
    named = [value for name, value in given if name == "graph"]
    default = [value for name, value in given if name == "default"]
    address = str(request.url.replace(query="", fragment=""))
    if request.path_params.get("path"):
        if named or default:
            raise Problem(400, "several-graphs", "The address names a graph and has `graph` or `default` as well.")
        return address, False
    if len(named) + len(default) > 1:
        raise Problem(400, "several-graphs", "Name one graph: `?default` or `?graph=IRI`.")
    if named:
        if ":" not in named[0]:
            raise Problem(400, "graph-name", "The name of a graph is an absolute IRI.")
        return named[0], False
    if default:
        return None, False
    if request.method == "POST":
        return f"{address.rstrip('/')}/{uuid.uuid4()}", True
    if request.method in {"GET", "HEAD"}:
        raise _no_graph()
    raise Problem(400, "no-graph", "Name the graph: `?default` or `?graph=IRI`.")


def _no_graph() -> Problem:
    return Problem(400, "no-graph", "Name the graph: `?default` or `?graph=IRI`.")


def _parts(request: Request, body: bytes) -> list[tuple[str, bytes]]:
    """Return what a client sent: one graph, or several in a form; each with the name of its format."""
    content_type = request.headers.get("content-type")
    if negotiation.media_type(content_type) != _FORM:
        return [(_format(content_type).name, body)]
    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1", "replace")
    message = BytesParser(policy=HTTP).parsebytes(head + body)
    if not message.is_multipart() or message.defects:
        raise Problem(400, "form", "The parts of the form cannot be told apart.")
    return [(_format(each.get("content-type")).name, _content(each)) for each in message.iter_parts()]


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        raise Problem(400, "form", "A part of the form holds parts itself.")
    return content


def _format(content_type: str | None) -> Format:
    if content_type is None:
        return _READABLE["turtle"]
    found = by_media_type(content_type, _READABLE)
    if found is None:
        offered = ", ".join(media_types(_READABLE))
        raise Problem(415, "media-type", f"Send the graph as one of {offered}.", headers={"accept-post": offered})
    return found


_METHODS = ["GET", "PUT", "POST", "DELETE"]
routes = [Route("/graphs", graphs, methods=_METHODS), Route("/graphs/{path:path}", graphs, methods=_METHODS)]
