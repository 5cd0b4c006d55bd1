"""What a client of the reconciliation service sends, checked and read. No input or output happens here."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ssrgraph.matching import Strictness, Wanted
from ssrgraph.serve.problems import Problem
from ssrgraph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Any

MOST_QUERIES = 200
"""How many queries, or entities to extend, a request may hold."""
MOST = 100
"""How many candidates a query may ask for."""
_USUAL = 10
_MEMBERS = frozenset({"query", "type", "type_strict", "limit", "properties"})
_ENTITIES = "id/"


def read_json(text: str, name: str) -> Json:
    """Read a parameter that holds JSON.

    Raises:
        Problem: It does not.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        detail = f"The parameter `{name}` is no JSON: line {error.lineno}, column {error.colno}: {error.msg}."
        raise Problem(400, "json", detail, line=error.lineno, column=error.colno) from error
    except RecursionError as error:
        raise Problem(400, "nesting", f"The parameter `{name}` is nested too deep.") from error


def checked_batch(batch: Json) -> Mapping[str, Json]:
    """Check a batch of queries and return it.

    Raises:
        Problem: It is none.
    """
    if not isinstance(batch, dict):
        raise _wrong("queries", "an object with a query under each key")
    if len(batch) > MOST_QUERIES:
        raise Problem(400, "too-many", f"A batch may hold {MOST_QUERIES} queries; this one has {len(batch)}.")
    for key, query in batch.items():
        _check(key, query)
    return {key: {**query, "properties": _plain(query.get("properties", []))} for key, query in batch.items()}


def checked_extension(extension: Json) -> Mapping[str, Json]:
    """Check a request for the values of properties and return it.

    Raises:
        Problem: It is none.
    """
    ids = extension.get("ids") if isinstance(extension, dict) else None
    properties = extension.get("properties") if isinstance(extension, dict) else None
    if not isinstance(ids, list) or not all(isinstance(each, str) for each in ids):
        raise _wrong("extend", "an object with `ids`, a list of texts")
    if not isinstance(properties, list) or not all(_is_property(each) for each in properties):
        raise _wrong("extend", "an object with `properties`, a list of objects with an `id`")
    if len(ids) > MOST_QUERIES:
        raise Problem(400, "too-many", f"{MOST_QUERIES} entities may be extended at a time; these are {len(ids)}.")
    limits = ((each["id"], int(each.get("settings", {}).get("limit", 0))) for each in properties)
    return {"ids": ids, "properties": [{"id": name, "limit": limit} for name, limit in limits]}


def wanted(query: Mapping[str, Json], space: str) -> Wanted:
    """Return what a checked query looks for.

    Args:
        query: The query.
        space: What the IRIs of entities begin with.
    """
    types = query.get("type", [])
    return Wanted(
        text=" ".join(query.get("query", "").split()),
        types=tuple(expanded(each) for each in ([types] if isinstance(types, str) else types)),
        strictness=Strictness(query.get("type_strict", "any")),
        properties=tuple((expanded(each["pid"]), _values(each["v"], space)) for each in query.get("properties", [])),
    )


def limit_of(query: Mapping[str, Json]) -> int:
    """Return how many candidates a checked query asks for."""
    return min(int(query.get("limit", _USUAL)), MOST)


def expanded(name: str) -> str:
    """Return the IRI of a class or property from its prefixed name; other texts as they are.

    >>> expanded("org:Organization"), expanded("country")
    ('http://www.w3.org/ns/org#Organization', 'country')
    """
    prefix, colon, local = name.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else name


def iri_of(identifier: str, space: str) -> str:
    """Return the IRI of an entity from its identifier; an IRI stays as it is.

    >>> iri_of("organization/nato", "https://w3id.org/ssrgraph/id/")
    'https://w3id.org/ssrgraph/id/organization/nato'
    """
    return identifier if ":" in identifier else f"{space}{identifier.removeprefix('/').removeprefix(_ENTITIES)}"


def _values(given: Json, space: str) -> tuple[str, ...]:
    return tuple(iri_of(one["id"], space) if isinstance(one, dict) else _text(one) for one in given)


def _plain(properties: list[Json]) -> list[Json]:
    """Return constraints with nothing but what is looked at; the rest may be anything."""
    found = []
    for each in properties:
        values = each["v"] if isinstance(each["v"], list) else [each["v"]]
        kept = [{"id": one["id"]} if isinstance(one, dict) else one for one in values]
        found.append({"pid": each["pid"], "v": kept})
    return found


def _text(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _check(key: str, query: Json) -> None:
    if not isinstance(query, dict) or not query.keys() <= _MEMBERS:
        raise _wrong(key, f"an object with no other members than {', '.join(sorted(_MEMBERS))}")
    if not isinstance(query.get("query", ""), str):
        raise _wrong(f"{key}.query", "a text")
    properties = query.get("properties", [])
    if not isinstance(properties, list) or not all(_is_constraint(each) for each in properties):
        raise _wrong(f"{key}.properties", "a list of objects with `pid`, a text, and `v`, one or several values")
    if "query" not in query and not properties:
        raise _wrong(key, "an object with a `query` or with `properties`")
    types = query.get("type", [])
    if not isinstance(types, str) and not (isinstance(types, list) and all(isinstance(one, str) for one in types)):
        raise _wrong(f"{key}.type", "a text or a list of texts")
    if query.get("type_strict", "any") not in set(Strictness):
        raise _wrong(f"{key}.type_strict", f"one of {', '.join(Strictness)}")
    limit = query.get("limit", 1)
    if isinstance(limit, bool) or not isinstance(limit, int | float) or not 1 <= limit < float("inf"):
        raise _wrong(f"{key}.limit", "a number, 1 or more")


def _is_property(given: Json) -> bool:
    if not isinstance(given, dict) or not isinstance(given.get("id"), str):
        return False
    settings = given.get("settings", {})
    limit = settings.get("limit", 0) if isinstance(settings, dict) else ""
    return isinstance(limit, int | str) and str(limit).isdecimal()


def _is_constraint(given: Json) -> bool:
    if not isinstance(given, dict) or not isinstance(given.get("pid"), str) or "v" not in given:
        return False
    values = given["v"] if isinstance(given["v"], list) else [given["v"]]
    return all(
        isinstance(one.get("id"), str) if isinstance(one, dict) else isinstance(one, str | int | float)
        for one in values
    )


def _wrong(place: str, meant: str) -> Problem:
    return Problem(400, "shape", f"`{place}` is to be {meant}.")
