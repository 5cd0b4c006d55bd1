"""What a program sends to each path that is meant for programs, and what it gets; the saved queries aside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ssrgraph.entities.model import EntityKind
from ssrgraph.serve import protocol
from ssrgraph.serve.formats import DATASETS, GRAPHS, ROWS, TRIPLES
from ssrgraph.serve.openapi_schemas import content, parameter, responses

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A path.

    Attributes:
        path: How OpenAPI writes it.
        operations: What each method does, by its name in small letters.
    """

    path: str
    operations: Mapping[str, Json]


_STRING: Json = {"type": "string"}
_JSON = "application/json"
_GRAPH_IRIS = {"type": "array", "items": {"type": "string", "format": "iri"}}


def _get(identifier: str, tag: str, answer: Json, *statuses: int, parameters: tuple[Json, ...] = ()) -> Json:
    return {
        "operationId": identifier,
        "tags": [tag],
        **({"parameters": list(parameters)} if parameters else {}),
        "responses": {"200": answer, **responses(*statuses)},
    }


def _answer(about: str, contents: Json) -> Json:
    return {"description": about, "content": contents}


def _format(*names: str) -> Json:
    return parameter("format", {"type": "string", "enum": list(names)}, "The format; it counts before Accept.")


_DATASET = (
    parameter("default-graph-uri", _GRAPH_IRIS, "The graphs whose merge is the default graph."),
    parameter("named-graph-uri", _GRAPH_IRIS, "The graphs that GRAPH sees."),
)
_ANSWERED = _answer("The answer, or without a query the description of the service.", content(ROWS, GRAPHS))
_ONE = (
    parameter("graph", {"type": "string", "format": "iri"}, "The graph."),
    parameter("default", {"const": ""}, "The default graph."),
)


def _sparql(body: Json | None = None) -> Json:
    query = {**parameter("query", _STRING, "The query."), "example": "ASK {}"}
    own = () if body else (query, *_DATASET, _format(*ROWS, *GRAPHS))
    found = _get(
        "query-by-post" if body else "query",
        "sparql",
        _ANSWERED,
        *(304, 400, 403, 406, *((408, 413, 415) if body else ()), 503),
        parameters=own,
    )
    return {**found, "requestBody": {"required": True, "content": body}} if body else found


def _written(identifier: str, about: str, body: Json | None, *, parameters: tuple[Json, ...] = ()) -> Json:
    done = {"200": {"description": about}, "201": {"description": about}, "204": {"description": about}}
    return {
        "operationId": identifier,
        "tags": ["writing"],
        "security": [{"token": []}],
        **({"parameters": list(parameters)} if parameters else {}),
        **({"requestBody": {"required": True, "content": body}} if body else {}),
        "responses": {**done, **responses(400, 401, 403, 404, 408, 413, 415, 503)},
    }


def _form(name: str) -> Json:
    schema = {"type": "object", "required": [name], "properties": {name: _STRING}}
    return {protocol.FORM: {"schema": schema}}


def _resource(identifier: str, *parameters: Json, leads: bool = False) -> Json:
    answer = _answer("What is known of it, with the claims about it and the words behind them.", content(GRAPHS))
    found = _get(identifier, "resources", answer, 304, 400, 404, 406, 503, parameters=(*parameters, _format(*GRAPHS)))
    if leads:
        location = {"description": "The document about it.", "schema": {"type": "string"}}
        found["responses"]["303"] = {"description": "What is known of it.", "headers": {"Location": location}}
    return found


_OBJECT: Json = {_JSON: {"schema": {"type": "object"}}}


def _reconcile(*, by_form: bool = False) -> Json:
    texts = {"queries": {**_STRING, "description": "A batch of queries, as JSON."}}
    texts["extend"] = {**_STRING, "description": "Entities and the properties to fetch, as JSON."}
    found = _get(
        "reconcile-by-post" if by_form else "reconcile",
        "reconciliation",
        _answer("The manifest, the candidates for each query, or the values of properties.", _OBJECT),
        *(304, 400, *((408, 413, 415) if by_form else ()), 503),
        parameters=()
        if by_form
        else tuple(parameter(name, _STRING, each["description"]) for name, each in texts.items()),
    )
    body = {protocol.FORM: {"schema": {"type": "object", "properties": texts}}}
    return {**found, "requestBody": {"required": True, "content": body}} if by_form else found


_KINDS = {"type": "string", "enum": [kind.value for kind in EntityKind] + ["post"]}

DESCRIBED: dict[str, Described] = {
    "/sparql": Described(
        path="/sparql",
        operations={"get": _sparql(), "post": _sparql({**_form("query"), protocol.QUERY: {"schema": _STRING}})},
    ),
    "/update": Described(
        path="/update",
        operations={
            "post": _written("update", "It is done.", {**_form("update"), protocol.UPDATE: {"schema": _STRING}})
        },
    ),
    "/graphs": Described(
        path="/graphs",
        operations={
            "get": _get(
                "read-graph",
                "sparql",
                _answer("The graph.", content(GRAPHS)),
                *(304, 400, 404, 406, 503),
                parameters=(*_ONE, _format(*GRAPHS)),
            ),
            "put": _written("replace-graph", "The graph is this.", content(TRIPLES), parameters=_ONE),
            "post": _written("add-to-graph", "The graph has this too.", content(TRIPLES), parameters=_ONE),
            "delete": _written("drop-graph", "The graph is gone.", None, parameters=_ONE),
        },
    ),
    "/queries": Described(
        path="/queries",
        operations={
            "get": _get(
                "saved-queries",
                "queries",
                _answer(
                    "The saved queries.",
                    {_JSON: {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/SavedQuery"}}}},
                ),
                400,
            )
        },
    ),
    "/id/{path:path}": Described(
        path="/id/{kind}/{slug}",
        operations={
            "get": _resource(
                "entity",
                parameter("kind", _KINDS, "What kind of entity it is.", place="path"),
                parameter("slug", _STRING, "Its name; with an ending such as `.ttl`, the document.", place="path"),
                leads=True,
            )
        },
    ),
    "/claim/{path:path}": Described(
        path="/claim/{hash}",
        operations={"get": _resource("claim", parameter("hash", _STRING, "The claim's hash.", place="path"))},
    ),
    "/document/{path:path}": Described(
        path="/document/{id}",
        operations={"get": _resource("document", parameter("id", _STRING, "The document's id.", place="path"))},
    ),
    "/software/{path:path}": Described(
        path="/software/{version}",
        operations={
            "get": _resource(
                "software",
                parameter(
                    "version", _STRING, "The version; with an ending such as `.ttl`, the document.", place="path"
                ),
                leads=True,
            )
        },
    ),
    "/np/{path:path}": Described(
        path="/np/{code}",
        operations={
            "get": _get(
                "nanopublication",
                "resources",
                _answer("The nanopublication.", content(DATASETS)),
                *(304, 400, 404, 406, 503),
                parameters=(
                    parameter(
                        "code", _STRING, "Its trusty code; with an ending such as `.nq`, the format.", place="path"
                    ),
                    _format(*DATASETS),
                ),
            )
        },
    ),
    "/graph/{path:path}": Described(
        path="/graph/{name}",
        operations={
            "get": _get(
                "graph",
                "resources",
                _answer("The graph.", content(GRAPHS)),
                *(304, 400, 404, 406, 503),
                parameters=(parameter("name", _STRING, "The graph's name.", place="path"), _format(*GRAPHS)),
            )
        },
    ),
    "/context.jsonld": Described(
        path="/context.jsonld",
        operations={
            "get": _get(
                "context", "about", _answer("The context.", {"application/ld+json": {"schema": {"type": "object"}}})
            )
        },
    ),
    "/reconcile": Described(path="/reconcile", operations={"get": _reconcile(), "post": _reconcile(by_form=True)}),
    "/reconcile/suggest/{kind}": Described(
        path="/reconcile/suggest/{kind}",
        operations={
            "get": _get(
                "suggest",
                "reconciliation",
                _answer("What begins so.", _OBJECT),
                *(304, 400, 404, 503),
                parameters=(
                    parameter("kind", {"enum": ["entity", "property", "type"]}, "What is suggested.", place="path"),
                    parameter("prefix", _STRING, "The beginning of a name.", is_required=True),
                    parameter("cursor", {"type": "integer", "minimum": 0}, "How many are passed over."),
                ),
            )
        },
    ),
    "/reconcile/properties": Described(
        path="/reconcile/properties",
        operations={
            "get": _get(
                "propose-properties",
                "reconciliation",
                _answer("Properties that entities of the type have.", _OBJECT),
                *(304, 400, 503),
                parameters=(
                    parameter("type", _STRING, "The type."),
                    parameter("limit", {"type": "integer", "minimum": 1}, "How many."),
                ),
            )
        },
    ),
    "/reconcile/preview": Described(
        path="/reconcile/preview",
        operations={
            "get": _get(
                "preview",
                "reconciliation",
                _answer("A small page.", {"text/html": {}}),
                *(304, 400, 404, 503),
                parameters=(parameter("id", {**_STRING, "minLength": 1}, "The entity.", is_required=True),),
            )
        },
    ),
    "/.well-known/void": Described(
        path="/.well-known/void",
        operations={"get": _get("dataset", "about", _answer("VoID and DCAT.", content(GRAPHS)), 304, 406, 503)},
    ),
    "/dump.nq.gz": Described(
        path="/dump.nq.gz",
        operations={"get": _get("dump", "about", _answer("All graphs.", {"application/gzip": {}}), 304, 503)},
    ),
    "/health": Described(
        path="/health",
        operations={
            "get": _get("health", "about", _answer("It lives.", {_JSON: {"schema": {"type": "object"}}})),
        },
    ),
    "/metrics": Described(
        path="/metrics",
        operations={"get": _get("metrics", "about", _answer("What was counted.", {"text/plain": {}}))},
    ),
    "/openapi.json": Described(
        path="/openapi.json",
        operations={"get": _get("openapi", "about", _answer("This.", {_JSON: {"schema": {"type": "object"}}}))},
    ),
}
"""The described paths, by that of their route."""

OTHERS = frozenset(
    {
        "/",
        "/search",
        "/explain",
        "/neighbours",
        "/sparql/",
        "/update/",
        "/graphs/{path:path}",
        "/ontology",
        "/scheme/{name}",
        "/codelist/{name}",
        "/links",
        "/links/sign-in",
        "/links/sign-out",
        "/links/{path:path}",
    }
)
"""Paths that are for people, or that are other spellings of a path."""
