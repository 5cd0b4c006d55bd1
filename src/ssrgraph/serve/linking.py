"""The paths below `/links`: candidates for links are reviewed by whoever has shown the token of writers."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ssrgraph.serve import negotiation, protocol
from ssrgraph.serve.bodies import whole_body
from ssrgraph.serve.link_tasks import CHOICES
from ssrgraph.serve.pages.routes import page, path_of
from ssrgraph.serve.problems import Problem
from ssrgraph.serve.security import is_token
from ssrgraph.serve.service import service_of
from ssrgraph.serve.sessions import COOKIE, HOURS

if TYPE_CHECKING:
    from starlette.requests import Request

    from ssrgraph.serve.framing import Values
    from ssrgraph.serve.sessions import Session
    from ssrgraph.serve.settings import LinkReview

_PATH = "/links"
_LONGEST = 1 << 16
_LONGEST_NAME = 200
_NO_STORE = {"cache-control": "no-store"}


async def links(request: Request) -> Response:
    """Answer with the entities that have no link, or with the page to sign in."""
    review, session = _review(request), _session(request)
    if session is None:
        return await page(request, "sign-in")
    start = request.query_params.get("from", "0")
    job = {"from": int(start) if start.isascii() and start.isdigit() and len(start) < 10 else 0}  # noqa: PLR2004
    return await page(request, "links", {**_job(review, session), **job})


async def sign_in(request: Request) -> Response:
    """Give a cookie to whoever shows the token and says their name."""
    _review(request)
    form = await _form(request)
    author = " ".join(form.get("author", "").split())
    is_known = is_token(form.get("token", ""), service_of(request).settings)
    if not is_known or not 0 < len(author) <= _LONGEST_NAME:
        problem = "Give your name: a link says who decided it." if is_known else "This is not the token of this server."
        return await page(request, "sign-in", {"problem": problem, "author": author[:_LONGEST_NAME]})
    response = _see(_PATH)
    response.set_cookie(
        COOKIE,
        service_of(request).sessions.begin(author),
        max_age=HOURS * 3600,
        path=_PATH,
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )
    return response


async def sign_out(request: Request) -> Response:
    """Take the cookie back."""
    _review(request)
    _signed(request, await _form(request))
    response = _see(_PATH)
    response.delete_cookie(COOKIE, path=_PATH, httponly=True, samesite="strict")
    return response


async def entity(request: Request) -> Response:
    """Answer with the candidates of an entity, or keep what was decided about them."""
    review, session = _review(request), _session(request)
    if request.method != "POST":
        if session is None:
            return _see(_PATH)
        return await _candidates(request, _job(review, session))
    form = await _form(request)
    job = _job(review, _signed(request, form))
    choices = {name: value for name, value in form.items() if name != "word"}
    if not set(choices.values()) <= {*CHOICES}:
        raise Problem(400, "choice", f"A decision is one of {', '.join(CHOICES)}.")
    task = {"task": "decide", "path": _below(request), "choices": choices, **job}
    try:
        answer = json.loads(await service_of(request).ask_whole(task))
    except Problem as problem:
        if problem.status != 409:  # noqa: PLR2004 -- a contradiction
            raise
        return await _candidates(request, {**job, "problem": problem.detail})
    return _see(f"{_PATH}/{answer['next']}" if answer["next"] else _PATH)


async def _candidates(request: Request, job: Values) -> Response:
    return await page(request, "candidates", {**job, "path": _below(request)})


def _below(request: Request) -> str:
    return path_of(request).partition("/")[2]


def _review(request: Request) -> LinkReview:
    """Return what a review works with.

    Raises:
        Problem: Nobody may write here.
    """
    review = service_of(request).settings.review
    if review is None:
        raise Problem(403, "read-only", "Links are reviewed on a server that was started with --writable.")
    return review


def _session(request: Request) -> Session | None:
    return service_of(request).sessions.read(request.cookies.get(COOKIE))


def _signed(request: Request, form: dict[str, str]) -> Session:
    """Return who sends a form.

    Raises:
        Problem: They have not shown the token, or the form does not come from a page of theirs.
    """
    session = _session(request)
    if session is None:
        raise Problem(403, "signed-out", "You are not signed in, or no longer; sign in at /links.")
    if not session.has_sent(form.get("word", "")):
        raise Problem(403, "other-form", "This form does not come from a page of yours; load the page anew.")
    return session


async def _form(request: Request) -> dict[str, str]:
    """Return what a form of a page of this server holds.

    Raises:
        Problem: It is no such form.
    """
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise Problem(403, "other-site", "This form was sent by a page of another site.")
    if negotiation.media_type(request.headers.get("content-type")) != protocol.FORM:
        raise Problem(415, "media-type", f"Send the form as {protocol.FORM}.", headers={"accept-post": protocol.FORM})
    return dict(protocol.pairs(await whole_body(request, limit=_LONGEST)))


def _job(review: LinkReview, session: Session) -> Values:
    day = datetime.now(UTC).date().isoformat()
    return {"review": review.values(), "author": session.author, "word": session.word, "day": day}


def _see(path: str) -> Response:
    return RedirectResponse(path, status_code=303, headers=_NO_STORE)


routes = [
    Route(_PATH, links),
    Route(f"{_PATH}/sign-in", sign_in, methods=["POST"]),
    Route(f"{_PATH}/sign-out", sign_out, methods=["POST"]),
    Route(f"{_PATH}/{{path:path}}", entity, methods=["GET", "POST"]),
]
