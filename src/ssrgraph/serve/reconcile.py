"""The path `/reconcile`: the Reconciliation Service API 0.2 over the entities of the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from ssrgraph.serve import negotiation, protocol
from ssrgraph.serve.bodies import whole_body
from ssrgraph.serve.problems import Problem
from ssrgraph.serve.reconcile_requests import MOST, checked_batch, checked_extension, read_json
from ssrgraph.serve.responses import Wanted, deliver
from ssrgraph.serve.security import POLICY
from ssrgraph.serve.service import service_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from ssrgraph.serve.framing import Values

_JSON = "application/json"
_HTML = "text/html; charset=utf-8"
_FRAMED = POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
"""A preview is shown within pages of others; that is what it is for."""
_SUGGESTED = ("entity", "property", "type")
_USUAL = 10


async def reconcile(request: Request) -> Response:
    """Say what the reconciliation service can do, match names, or return values of properties."""
    given = dict(protocol.pairs(request.scope["query_string"]))
    if request.method == "POST":
        given |= await _form(request)
    asked = [name for name in ("queries", "query", "extend") if name in given]
    if len(asked) > 1:
        raise Problem(400, "several-requests", f"Send one of {', '.join(asked)}.")
    if "queries" in given:
        batch = checked_batch(read_json(given["queries"], "queries"))
        return await _answer(request, {"what": "queries", "queries": batch})
    if "query" in given:
        return await _answer(request, {"what": "query", "queries": checked_batch({"query": _single(given["query"])})})
    if "extend" in given:
        extension = checked_extension(read_json(given["extend"], "extend"))
        return await _answer(request, {"what": "extend", **extension})
    if request.method == "POST":
        raise Problem(400, "no-queries", "The form has neither `queries` nor `extend`.")
    return await _answer(request, {"what": "manifest", "address": _root(request)})


async def suggest(request: Request) -> Response:
    """Suggest entities, properties or types for the beginning of a name."""
    kind = request.path_params["kind"]
    if kind not in _SUGGESTED:
        raise Problem(404, "not-found", f"There are suggestions of {', '.join(_SUGGESTED)}.")
    given = request.query_params
    if "prefix" not in given:
        raise Problem(400, "no-prefix", "Give the beginning of a name as `prefix`.")
    cursor = _number(given.get("cursor", "0"), "cursor", least=0)
    return await _answer(request, {"what": "suggest", "kind": kind, "prefix": given["prefix"], "cursor": cursor})


async def properties(request: Request) -> Response:
    """Propose properties to fetch for entities of a type."""
    given = request.query_params
    limit = _number(given.get("limit", str(MOST)), "limit", least=1)
    return await _answer(request, {"what": "properties", "type": given.get("type", ""), "limit": limit})


async def preview(request: Request) -> Response:
    """Show an entity in a small page for within another page."""
    identifier = request.query_params.get("id")
    if not identifier:
        raise Problem(400, "no-id", "Give the identifier of an entity as `id`.")
    job = {"task": "reconcile", "what": "preview", "id": identifier, "address": _root(request)}
    headers = {"content-security-policy": _FRAMED}
    return await deliver(request, Wanted(job=job, content_type=lambda _: _HTML, headers=headers))


async def _answer(request: Request, job: Values) -> Response:
    return await deliver(request, Wanted(job={"task": "reconcile", **job}, content_type=lambda _: _JSON, headers={}))


async def _form(request: Request) -> dict[str, str]:
    sent = negotiation.media_type(request.headers.get("content-type"))
    body = await whole_body(request, limit=service_of(request).settings.query)
    if sent != protocol.FORM:
        raise Problem(415, "media-type", f"Send a form, as {protocol.FORM}.", headers={"accept-post": protocol.FORM})
    return dict(protocol.pairs(body))


def _single(text: str) -> object:
    """Return a query that is sent alone: as JSON, or as nothing but a name."""
    return read_json(text, "query") if text.lstrip().startswith("{") else {"query": text}


def _number(text: str, name: str, *, least: int) -> int:
    if not (text.isascii() and text.isdecimal()) or int(text[:9]) < least:
        raise Problem(400, "number", f"The parameter `{name}` is to be a whole number, {least} or more.")
    return int(text[:9])


def _root(request: Request) -> str:
    return f"{request.scope['scheme']}://{request.headers.get('host') or 'localhost'}/"


routes = [
    Route("/reconcile", reconcile, methods=["GET", "POST"]),
    Route("/reconcile/suggest/{kind}", suggest),
    Route("/reconcile/properties", properties),
    Route("/reconcile/preview", preview),
]
