"""The path `/openapi.json`: the paths of the server for programs, made from its routes and the saved queries."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse
from starlette.routing import Route

from ssrgraph import __version__
from ssrgraph.query.values import ValueType, value_type
from ssrgraph.serve.formats import GRAPHS, ROWS
from ssrgraph.serve.openapi_paths import DESCRIBED
from ssrgraph.serve.openapi_schemas import COMPONENTS, content, parameter, responses
from ssrgraph.serve.saved_tasks import saved_queries

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from ssrgraph.query.catalogue import Parameter, SavedQuery

    Json = dict[str, Any]

SAVED = "/queries/{name}"
"""The path in whose place each saved query has one of its own."""
_TYPES: dict[ValueType, Json] = {
    ValueType.TEXT: {"type": "string"},
    ValueType.NUMBER: {"type": "number"},
    ValueType.IRI: {"type": "string", "format": "iri"},
    ValueType.TERM: {"type": "string"},
}


async def openapi(request: Request) -> Response:
    """Describe the paths of the server (OpenAPI 3.1)."""
    return JSONResponse(document(request.app.routes), headers={"cache-control": "no-cache"})


def document(routes: Iterable[BaseRoute]) -> Json:
    """Return the description of those routes that are for programs."""
    paths: dict[str, Json] = {}
    for route in routes:
        if not isinstance(route, Route):
            continue
        if route.path == SAVED:
            paths |= {f"/queries/{each.name}": {"get": _saved(each)} for each in saved_queries().values()}
        elif route.path in DESCRIBED and DESCRIBED[route.path].path not in paths:
            described = DESCRIBED[route.path]
            summary = _summary(route)
            paths[described.path] = {
                method: {"summary": summary, **operation}
                for method, operation in described.operations.items()
                if method.upper() in (route.methods or ())
            }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "ssrgraph",
            "version": __version__,
            "summary": "A sourced, reasoned knowledge graph of security-sector assistance.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": COMPONENTS,
    }


def _summary(route: Route) -> str:
    return (inspect.getdoc(route.endpoint) or "").partition("\n")[0].removesuffix(".")


def _saved(query: SavedQuery) -> Json:
    formats = ROWS if query.columns else GRAPHS  # A query that yields a graph has no columns.
    contents = content(formats)
    if query.columns:
        contents[ROWS["json"].media_type] = _rows(query)
    return {
        "operationId": f"query-{query.name}",
        "summary": query.title or query.name,
        "description": query.question or query.more.get("problem", ""),
        "tags": [query.group],
        "parameters": [
            *(_parameter(each) for each in query.parameters),
            parameter("format", {"type": "string", "enum": list(formats)}, "The format; it counts before Accept."),
        ],
        "responses": {
            "200": {"description": "The answer.", "content": contents},
            **responses(304, 400, *((403,) if query.group == "federated" else ()), 406, 503),
        },
    }


def _parameter(given: Parameter) -> Json:
    schema = dict(_TYPES[value_type(given)])
    if given.default is not None:
        default: object = given.default.strip('"<>')
        schema["default"] = float(given.default) if schema["type"] == "number" else default
    return parameter(given.name, schema, given.about, is_required=given.default is None)


def _rows(query: SavedQuery) -> Json:
    """Return what an answer in JSON looks like: its columns are those of the query."""
    term = {"$ref": "#/components/schemas/Term"}
    columns = {name: {**term, "description": about} for name, about in query.columns.items()}
    row = {"type": "object", "properties": columns, "additionalProperties": False}
    own = {
        "head": {"type": "object", "properties": {"vars": {"const": list(columns)}}},
        "results": {"type": "object", "properties": {"bindings": {"type": "array", "items": row}}},
    }
    return {"schema": {"allOf": [{"$ref": "#/components/schemas/Rows"}, {"type": "object", "properties": own}]}}


routes = [Route("/openapi.json", openapi)]
