"""What the descriptions of paths share: schemas, problems, parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ssrgraph.serve.problems import MEDIA_TYPE as PROBLEM

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ssrgraph.serve.formats import Format

    Json = dict[str, Any]

_STATUSES = {
    304: "What the client has, after its If-None-Match, is still right.",
    400: "The request cannot be understood as it is.",
    401: "The token is missing or wrong.",
    403: "This server does not do that.",
    404: "There is no such thing.",
    406: "It cannot be had in a format that the client accepts.",
    408: "The rest of the request did not come.",
    413: "The request is too large.",
    415: "What was sent is in a format that is not read here.",
    503: "A limit of time, memory or size was passed, or too much is asked at once.",
}

_STRING: Json = {"type": "string"}

COMPONENTS: Json = {
    "schemas": {
        "Problem": {
            "description": "What went wrong (RFC 9457).",
            "type": "object",
            "required": ["type", "title", "status", "code", "detail"],
            "properties": {
                "type": _STRING,
                "title": _STRING,
                "status": {"type": "integer"},
                "code": {"type": "string", "description": "What went wrong, in one word for programs."},
                "detail": {"type": "string", "description": "The same for people, with what can be done."},
                "line": {"type": "integer", "description": "The line of the query or body where it lies."},
                "column": {"type": "integer", "description": "The column there."},
            },
        },
        "Term": {
            "description": "An RDF term (SPARQL 1.1 Query Results JSON Format).",
            "type": "object",
            "required": ["type", "value"],
            "properties": {
                "type": {"enum": ["uri", "literal", "bnode", "triple"]},
                "value": {},
                "datatype": _STRING,
                "xml:lang": _STRING,
            },
        },
        "Rows": {
            "description": "The rows of a query (SPARQL 1.1 Query Results JSON Format).",
            "type": "object",
            "required": ["head", "results"],
            "properties": {
                "head": {
                    "type": "object",
                    "required": ["vars"],
                    "properties": {"vars": {"type": "array", "items": _STRING}},
                },
                "results": {
                    "type": "object",
                    "required": ["bindings"],
                    "properties": {
                        "bindings": {
                            "type": "array",
                            "items": {
                                "type": "object",
                                "additionalProperties": {"$ref": "#/components/schemas/Term"},
                            },
                        }
                    },
                },
            },
        },
        "SavedQuery": {
            "type": "object",
            "required": ["name", "group", "title", "question", "address", "parameters", "columns"],
            "properties": {
                "name": _STRING,
                "group": {"enum": ["tables", "questions", "federated", "checks"]},
                "title": _STRING,
                "question": _STRING,
                "address": _STRING,
                "parameters": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["name", "type", "default", "required", "about"],
                        "properties": {
                            "name": _STRING,
                            "type": {"enum": ["text", "number", "iri", "term"]},
                            "default": {"type": ["string", "null"]},
                            "required": {"type": "boolean"},
                            "about": _STRING,
                        },
                    },
                },
                "columns": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["name", "about"],
                        "properties": {"name": _STRING, "about": _STRING},
                    },
                },
            },
        },
    },
    "responses": {
        str(status): {"description": about}
        if status < 400  # noqa: PLR2004 -- from here on it is a problem
        else {
            "description": about,
            "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status, about in _STATUSES.items()
    },
    "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
}


def responses(*statuses: int) -> Json:
    """Return the responses of these statuses."""
    return {str(each): {"$ref": f"#/components/responses/{each}"} for each in statuses}


def content(*formats: Mapping[str, Format]) -> Json:
    """Return the content of a response that comes in any of these formats."""
    return {each.media_type: {} for group in formats for each in group.values()}


def parameter(name: str, schema: Json, about: str, *, is_required: bool = False, place: str = "query") -> Json:
    """Return a parameter."""
    return {
        "name": name,
        "in": place,
        "description": about,
        "schema": schema,
        **({"required": True} if is_required or place == "path" else {}),
    }
