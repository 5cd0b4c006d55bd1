"""The paths `/np/…`: a nanopublication that was published is answered for by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from ssrgraph.serve.formats import DATASETS, choose, media_types, named
from ssrgraph.serve.pages import routes as pages
from ssrgraph.serve.problems import Problem, not_acceptable
from ssrgraph.serve.responses import Wanted, deliver
from ssrgraph.serve.service import service_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

_PAGE = "html"
_ENDINGS = {each.ending: each for each in DATASETS.values()}
_OFFERED = media_types(DATASETS)


async def nanopub(request: Request) -> Response:
    """Answer with a nanopublication, by content negotiation or by the ending of the path."""
    folder = service_of(request).settings.nanopubs
    path = pages.path_of(request)
    if folder is None:
        raise Problem(404, "not-found", "No nanopublications are published here; see `serve --nanopubs`.")
    stem, dot, ending = path.rpartition(".")
    if not dot or ending not in {_PAGE, *_ENDINGS}:
        stem, ending = path, ""
    name = request.query_params.get("format")
    if name is not None and named(name, DATASETS) is None:
        raise Problem(400, "format", f"There is no format {name}; there are {', '.join(DATASETS)}.")
    job = {"path": stem, "nanopubs": str(folder)}
    if ending == _PAGE or (not ending and pages.wants_html(request, _OFFERED)):
        return await pages.page(request, "nanopub", job)
    choice = None if ending else choose(request.headers.get("accept"), DATASETS, name=name)
    if not ending and choice is None:
        raise not_acceptable((*_OFFERED, pages.HTML))
    format_ = _ENDINGS[ending] if choice is None else choice.format
    content_type = format_.content_type if choice is None else choice.content_type
    links = [f'</{stem}.{each.ending}>; rel="alternate"; type="{each.media_type}"' for each in DATASETS.values()]
    headers = {"content-location": f"/{stem}.{format_.ending}", "link": ", ".join(links)}
    whole = {"task": "nanopub", **job, "format": format_.name}
    return await deliver(request, Wanted(job=whole, content_type=lambda _: content_type, headers=headers))


routes = [Route("/np/{path:path}", nanopub)]
