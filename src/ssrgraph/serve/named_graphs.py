"""The paths of the graphs, `/graph/…`, of the vocabularies, `/ontology`, `/scheme/…`, `/codelist/…`, and the context.

A graph is what its path answers with. Ontology and schemes stand in one of them; people get a page. A term's IRI has a
`#`, so that its page is that of its vocabulary.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import FileResponse, RedirectResponse
from starlette.routing import Route

from ssrgraph.resources import shipped
from ssrgraph.serve.formats import GRAPHS, choose, media_types, named
from ssrgraph.serve.pages import routes as pages
from ssrgraph.serve.problems import Problem, not_acceptable
from ssrgraph.serve.responses import Wanted, deliver
from ssrgraph.serve.service import service_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

_ENDINGS = {each.ending: each.name for each in GRAPHS.values()}
_CODES = "codelist/"
"""Where the lists lie that are no part of the graph."""
_SHOWN = 1_000
"""How many statements of a graph the query page is asked for."""


async def graph(request: Request) -> Response:
    """Answer with a graph of the store."""
    path = pages.path_of(request)
    stem, dot, ending = path.rpartition(".")
    name = request.query_params.get("format")
    if dot and ending in _ENDINGS:
        path, name = stem, _ENDINGS[ending]
    if name is not None and named(name, GRAPHS) is None:
        raise Problem(400, "format", f"There is no format {name}; there are {', '.join(GRAPHS)}.")
    iri = f"{service_of(request).snapshot.info.base_iri}{path}"
    if name is None and pages.wants_html(request, media_types(GRAPHS)):
        query = f"SELECT * WHERE {{ GRAPH <{iri}> {{ ?subject ?property ?value }} }} LIMIT {_SHOWN}"
        return RedirectResponse(f"/sparql?query={quote(query, safe='')}", status_code=303, headers={"vary": "Accept"})
    choice = choose(request.headers.get("accept"), GRAPHS, name=name)
    if choice is None:
        raise not_acceptable((*media_types(GRAPHS), pages.HTML))
    job = {"task": "graph", "graph": iri, "format": choice.format.name}
    headers = {"content-location": f"/{path}.{choice.format.ending}"}
    return await deliver(request, Wanted(job=job, content_type=lambda _: choice.content_type, headers=headers))


async def vocabulary(request: Request) -> Response:
    """Answer with the page of the ontology, a scheme or a code list; lead programs to the graph that declares it."""
    path = pages.path_of(request)
    name = request.query_params.get("format")
    if pages.wants_html(request, media_types(GRAPHS)):
        return await pages.page(request, "vocabulary", {"path": path})
    if not path.startswith(_CODES):
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/graph/ontology{query}", status_code=303, headers={"vary": "Accept"})
    if name is not None and named(name, GRAPHS) is None:
        raise Problem(400, "format", f"There is no format {name}; there are {', '.join(GRAPHS)}.")
    choice = choose(request.headers.get("accept"), GRAPHS, name=name)
    if choice is None:
        raise not_acceptable((*media_types(GRAPHS), pages.HTML))
    job = {"task": "vocabulary", "path": path, "format": choice.format.name}
    return await deliver(request, Wanted(job=job, content_type=lambda _: choice.content_type, headers={}))


async def context(_request: Request) -> Response:
    """Answer with the JSON-LD context of the project."""
    headers = {"cache-control": "no-cache"}
    return FileResponse(shipped("ontology/context.jsonld"), media_type="application/ld+json", headers=headers)


routes = [
    Route("/graph/{path:path}", graph),
    Route("/ontology", vocabulary),
    Route("/scheme/{name}", vocabulary),
    Route("/codelist/{name}", vocabulary),
    Route("/context.jsonld", context),
]
