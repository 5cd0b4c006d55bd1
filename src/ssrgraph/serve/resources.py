"""The paths of resources, `/id/…`, `/claim/…`, `/document/…`, `/software/…`: every IRI of the store can be opened.

An entity, or a version of the software, is no document: its own path answers 303 and leads to a document about it,
whose path has the ending of its format. Claims and documents are texts; their own paths answer with what suits the
client.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import Response
from starlette.routing import Route

from ssrgraph import __version__
from ssrgraph.serve.formats import GRAPHS, choose, media_types, named
from ssrgraph.serve.pages import routes as pages
from ssrgraph.serve.problems import Problem, not_acceptable
from ssrgraph.serve.responses import Wanted, deliver
from ssrgraph.serve.service import service_of

if TYPE_CHECKING:
    from starlette.requests import Request

    from ssrgraph.serve.formats import Format
    from ssrgraph.serve.framing import Values

_PAGE = "html"
_ENDINGS = {each.ending: each for each in GRAPHS.values()}
"""What a path may end in; `html` is another."""
_THINGS = ("id/", "software/")
_PLACE = re.compile(r"([0-9]{1,9}),([0-9]{1,9})")
"""Where words stand in a document's text, `?at=`: its page then has an anchor there."""
_IN_IRIS = "/:?#[]@!$&'()*+,;=%-._~"
_OFFERED = (*media_types(GRAPHS), "application/json", "application/xml", "text/plain")


async def resource(request: Request) -> Response:
    """Answer with what is known of a resource, or say where that is."""
    path = pages.path_of(request)
    stem, dot, ending = path.rpartition(".")
    if dot and ending == _PAGE:
        return await _page(request, stem)
    if dot and ending in _ENDINGS:
        return await _data(request, stem, _ENDINGS[ending], _ENDINGS[ending].content_type)
    name = request.query_params.get("format")
    if name is not None and named(name, GRAPHS) is None:
        raise Problem(400, "format", f"There is no format {name}; there are {', '.join(GRAPHS)}.")
    if name is None and pages.wants_html(request, _OFFERED):
        return await _see_other(request, path, _PAGE) if path.startswith(_THINGS) else await _page(request, path)
    choice = choose(request.headers.get("accept"), GRAPHS, name=name)
    if choice is None:
        raise not_acceptable((*media_types(GRAPHS), pages.HTML))
    if path.startswith(_THINGS):
        return await _see_other(request, path, choice.format.ending)
    return await _data(request, path, choice.format, choice.content_type)


async def _see_other(request: Request, path: str, ending: str) -> Response:
    """Lead to the document about a thing, if there is one."""
    await service_of(request).ask_whole({"task": "resource", "path": path})
    headers = {"location": f"/{path}.{ending}", "vary": "Accept", "cache-control": "no-cache"}
    return Response(status_code=303, headers=headers)


async def _page(request: Request, path: str) -> Response:
    place = _PLACE.fullmatch(request.query_params.get("at", ""))
    at = {"at": [int(place[1]), int(place[2])]} if place else {}
    return await pages.page(request, "resource", {"path": path, **at})


async def _data(request: Request, path: str, format_: Format, content_type: str) -> Response:
    root = f"{request.scope['scheme']}://{request.headers.get('host') or 'localhost'}/"
    job: Values = {
        "task": "resource",
        "edition": __version__,
        "path": path,
        "format": format_.name,
        "address": root,
        "document": f"{root}{path}.{format_.ending}",
    }
    thing = quote(f"{service_of(request).snapshot.info.base_iri}{path}", safe=_IN_IRIS)
    links = [f'<{thing}>; rel="describes"']
    links += [f'</{path}.{each.ending}>; rel="alternate"; type="{each.media_type}"' for each in GRAPHS.values()]
    links.append(f'</{path}.{_PAGE}>; rel="alternate"; type="{pages.HTML}"')
    headers = {"content-location": f"/{path}.{format_.ending}", "link": ", ".join(links)}
    return await deliver(request, Wanted(job=job, content_type=lambda _: content_type, headers=headers))


routes = [
    Route("/id/{path:path}", resource),
    Route("/claim/{path:path}", resource),
    Route("/document/{path:path}", resource),
    Route("/software/{path:path}", resource),
]
