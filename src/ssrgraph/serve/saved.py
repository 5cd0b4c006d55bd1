"""The paths `/queries` and `/queries/{name}`: the saved queries, with their parameters in the address."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ssrgraph.query.values import ParameterError, bound, value_type
from ssrgraph.serve import protocol
from ssrgraph.serve.formats import GRAPHS, ROWS, choose, named
from ssrgraph.serve.pages import routes as pages
from ssrgraph.serve.problems import Problem
from ssrgraph.serve.records import record_of
from ssrgraph.serve.responses import Wanted, deliver
from ssrgraph.serve.saved_tasks import saved_queries

if TYPE_CHECKING:
    from starlette.requests import Request

    from ssrgraph.query.catalogue import SavedQuery
    from ssrgraph.serve.framing import Values

FORMAT = "format"
"""The parameter of an address that names the format; no saved query may have one of this name."""
TEXT = "rq"
"""The ending behind which the query itself is."""
_JSON = "application/json"
_FORMATS = {**ROWS, **GRAPHS}
_ENDINGS = {each.ending: each.name for each in _FORMATS.values()} | {name: name for name in ("json", "xml")}


async def queries(request: Request) -> Response:
    """List the saved queries with what each answers, its parameters and its columns."""
    if pages.wants_html(request, (_JSON,)):
        return await pages.queries(request)
    name = request.query_params.get(FORMAT, "json")
    if name != "json":
        raise Problem(400, "format", f"There is no format {name} of the list; there is json.")
    return JSONResponse([record(each) for each in saved_queries().values()], headers={"vary": "Accept"})


async def saved(request: Request) -> Response:
    """Answer a saved query."""
    name, ending = _asked(request.path_params["name"])
    query = _query(name)
    if ending == TEXT:
        return Response(query.text, media_type=protocol.QUERY)
    if ending == "html" or (not ending and pages.wants_html(request)):
        request.path_params["name"] = name
        return await pages.saved(request)
    return await _answer(request, query, _ENDINGS.get(ending))


async def _answer(request: Request, query: SavedQuery, format_: str | None) -> Response:
    given = _given(request)
    format_ = given.pop(FORMAT, format_)
    if format_ is not None and named(format_, _FORMATS) is None:
        raise Problem(400, "format", f"There is no format {format_}; there are {', '.join(_FORMATS)}.")
    try:
        record_of(request).note_query(bound(query, given))
    except ParameterError as error:
        raise Problem(400, error.code, f"{error}.") from error
    accept = request.headers.get("accept")
    rows, graph = choose(accept, ROWS, name=format_), choose(accept, GRAPHS, name=format_)
    job = {
        "task": "saved",
        "name": query.name,
        "given": given,
        "text": record_of(request).query,  # Another text under this name has another tag.
        "rows": rows and rows.format.name,
        "graph": graph and graph.format.name,
    }

    def content_type(head: Values) -> str:
        choice = graph if head["kind"] == "graph" else rows
        assert choice is not None  # noqa: S101 -- the task told otherwise that nothing is acceptable
        return choice.content_type

    headers = {"link": '</openapi.json>; rel="service-desc"'}
    return await deliver(request, Wanted(job=job, content_type=content_type, headers=headers))


def record(query: SavedQuery) -> dict[str, object]:
    """Return a saved query as a record."""
    return {
        "name": query.name,
        "group": query.group,
        "title": query.title,
        "question": query.question or query.more.get("problem", ""),
        "address": f"/queries/{query.name}",
        "parameters": [
            {
                "name": each.name,
                "type": value_type(each).value,
                "default": each.default.strip('"') if each.default and each.is_text else each.default,
                "required": each.default is None,
                "about": each.about,
            }
            for each in query.parameters
        ],
        "columns": [{"name": name, "about": about} for name, about in query.columns.items()],
    }


def _asked(name: str) -> tuple[str, str]:
    stem, dot, ending = name.rpartition(".")
    return (stem, ending) if dot and ending in {*_ENDINGS, TEXT, "html"} else (name, "")


def _query(name: str) -> SavedQuery:
    known = saved_queries()
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"did you mean {near[0]}? " if near else ""
    raise Problem(404, "no-such-query", f"There is no saved query {name}; {hint}/queries lists them.")


def _given(request: Request) -> dict[str, str]:
    given: dict[str, str] = {}
    for name, value in protocol.pairs(request.scope["query_string"]):
        if name in given:
            raise Problem(400, "several-values", f"The parameter `{name}` has more than one value.")
        given[name] = value
    return given


routes = [Route("/queries", queries), Route("/queries/{name}", saved)]
