"""Bodies of requests: read whole, but never more than may be."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect

from ssrgraph.serve.problems import Problem
from ssrgraph.serve.service import service_of

if TYPE_CHECKING:
    from starlette.requests import Request

_DRAINED = 16 << 20
"""Bytes beyond what may be that are taken and thrown away: who is still sending would not see why it is refused."""


async def whole_body(request: Request, *, limit: int) -> bytes:
    """Read the body of a request.

    Raises:
        Problem: It is larger than it may be, does not come, or its sender has gone.
    """
    if request.method in {"GET", "HEAD"}:
        return b""  # What a client sends with them means nothing.
    if request.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise Problem(
            415, "encoding", "Send the body as it is, not compressed.", headers={"accept-encoding": "identity"}
        )
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > limit and "expect" in request.headers:
        raise _too_large(limit)
    parts, size = [], 0
    patience = service_of(request).settings.patience
    try:
        async with asyncio.timeout(patience) as timer:
            async for part in request.stream():
                size += len(part)
                if size > limit + _DRAINED:
                    break
                if size <= limit:
                    parts.append(part)
                timer.reschedule(asyncio.get_running_loop().time() + patience)
    except TimeoutError:
        raise Problem(
            408, "slow-request", "The rest of the request did not come.", headers={"connection": "close"}
        ) from None
    except ClientDisconnect:
        raise Problem(400, "gone", "The client has gone.") from None
    if size > limit:
        raise _too_large(limit)
    return b"".join(parts)


def _too_large(limit: int) -> Problem:
    return Problem(
        413, "too-large", f"A request to this path may have {limit:,} bytes.", headers={"connection": "close"}
    )
