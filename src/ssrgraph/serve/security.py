"""Who may do what from where: the token of writers, other origins, and what browsers are told to refuse."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

from ssrgraph.serve.problems import Problem

if TYPE_CHECKING:
    from starlette.requests import Request

    from ssrgraph.serve.settings import Settings

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""The content security policy: what a page may load comes from this server."""

HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
"""What every answer says to browsers."""

SHARED = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"etag, link, location, content-disposition"),
)
"""Pages of any origin may read: what is served is public. The one cookie, that of the review of links, never comes with
a request of theirs, and they could not read what is answered to it."""

PREFLIGHT_HEADERS = b"accept, accept-language, authorization, cache-control, content-type, if-none-match, if-match"
_LONG = b"86400"


def preflight(allowed: str) -> list[tuple[bytes, bytes]]:
    """Return what answers a browser that asks whether a page of another origin may send a request."""
    return [
        (b"access-control-allow-methods", allowed.encode()),
        (b"access-control-allow-headers", PREFLIGHT_HEADERS),
        (b"access-control-max-age", _LONG),
    ]


def check_writer(request: Request, settings: Settings) -> None:
    """Let a request pass that may write.

    Raises:
        Problem: Nobody may write here, or it does not show the token.
    """
    if settings.token is None:
        raise Problem(403, "read-only", "This server is read-only; it was started without --writable.")
    scheme, _, shown = request.headers.get("authorization", "").partition(" ")
    if not is_token(shown.strip(), settings) or scheme.lower() != "bearer":
        raise Problem(
            401,
            "token",
            "Writing needs the header `Authorization: Bearer TOKEN`, with the token of the server's token file.",
            headers={"www-authenticate": 'Bearer realm="ssrgraph"'},
        )


def is_token(shown: str, settings: Settings) -> bool:
    """Say whether this is the token of writers."""
    # Digests are compared, so that not even the length of the token shows in the time that it takes.
    given = hashlib.sha256(shown.encode("utf-8", "surrogatepass")).digest()
    return settings.token is not None and hmac.compare_digest(given, hashlib.sha256(settings.token).digest())
