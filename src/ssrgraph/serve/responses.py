"""From a job to the response that carries its answer: from the cache, unchanged, whole, or as it comes."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import hashlib
import json
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.responses import Response, StreamingResponse

from ssrgraph.serve import negotiation
from ssrgraph.serve.cache import Kept
from ssrgraph.serve.problems import Problem
from ssrgraph.serve.records import record_of
from ssrgraph.serve.service import service_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine

    from starlette.requests import Request

    from ssrgraph.serve.answers import Answer
    from ssrgraph.serve.framing import Values
    from ssrgraph.serve.snapshots import Snapshot

_WORTHWHILE = 512
"""Bytes from which on compression pays."""
_LONG = 1 << 16
"""Bytes from which on they are compressed beside the loop."""
_LEVEL = 4
_GZIP = 31
"""What zlib calls a stream of gzip."""
_SOON = 0.2
"""Seconds after which it is looked whether the client still waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a client asks for, and how it may come.

    Attributes:
        job: What is to be done.
        content_type: From what the task says of its answer to the Content-Type header.
        headers: Further headers.
        seconds: How long it may take, if that is not the server's own limit.
        packed: Whether the answer is compressed as it is.
    """

    job: Values
    content_type: Callable[[Values], str]
    headers: dict[str, str]
    seconds: float | None = None
    packed: bool = False


async def deliver(request: Request, wanted: Wanted) -> Response:
    """Return the response to a request for the answer of a job.

    Raises:
        Problem: There is none.
    """
    service = service_of(request)
    snapshot = service.snapshot
    coding = None if wanted.packed else negotiation.encoding(request.headers.get("accept-encoding"))
    key = _key(snapshot, wanted.job)
    record = record_of(request)
    headers = {"vary": "Accept, Accept-Encoding", "cache-control": "no-cache", **wanted.headers}
    if (known := _known(request, snapshot, key)) is not None:
        record.outcome = "unchanged"
        return Response(status_code=304, headers={**headers, "etag": known})
    kept = service.cache.get(f"{key} {coding}")
    if kept is not None:
        record.cached = True
        record.rows = kept.rows
        return _whole(kept, wanted, headers, _etag(snapshot, key, kept.coding))
    answer = await _while_it_waits(request, service.ask_together(key, wanted.job, snapshot, wanted.seconds))
    body = answer.body
    stable = bool(answer.head.get("stable"))
    if body is None:
        return _streamed(request, answer, wanted, headers, coding)
    kept = await _coded(answer, body, coding)
    record.rows = kept.rows
    if stable:
        service.cache.put(f"{key} {coding}", kept)
    return _whole(kept, wanted, headers, _etag(snapshot, key, kept.coding) if stable else None)


def _whole(kept: Kept, wanted: Wanted, headers: dict[str, str], etag: str | None) -> Response:
    coded = {"content-encoding": kept.coding} if kept.coding else {}
    tagged = {"etag": etag} if etag else {"cache-control": "no-store"}
    sent = {**headers, **coded, **tagged, "content-type": wanted.content_type(kept.head)}
    return Response(kept.body, status_code=kept.head.get("status", 200), headers=sent)


def _streamed(
    request: Request, answer: Answer, wanted: Wanted, headers: dict[str, str], coding: str | None
) -> Response:
    """Return a response that sends an answer as it comes; if that is cut off, the connection breaks."""
    sent = {**headers, "cache-control": "no-store", "content-type": wanted.content_type(answer.head)}
    if coding:
        sent["content-encoding"] = coding
    if request.method == "HEAD":
        answer.close()
        return Response(headers=sent)
    chunks = answer.chunks()
    return StreamingResponse(_compressed(chunks) if coding else chunks, headers=sent)


async def _compressed(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
    async for chunk in chunks:
        packed = await asyncio.to_thread(packer.compress, chunk)
        if packed:
            yield packed
    yield packer.flush()


async def _coded(answer: Answer, body: bytes, coding: str | None) -> Kept:
    if coding is None or len(body) < _WORTHWHILE:
        return Kept(answer.head, body, None, answer.rows)
    if len(body) > _LONG:
        packed = await asyncio.to_thread(gzip.compress, body, _LEVEL, mtime=0)
    else:
        packed = gzip.compress(body, _LEVEL, mtime=0)
    if len(packed) >= len(body):
        return Kept(answer.head, body, None, answer.rows)
    return Kept(answer.head, packed, coding, answer.rows)


async def _while_it_waits(request: Request, work: Coroutine[None, None, Answer]) -> Answer:
    """Wait for an answer as long as the client does; without it, the work is given up."""
    task = asyncio.ensure_future(work)
    try:
        done, _ = await asyncio.wait({task}, timeout=_SOON)
        if done:
            return task.result()
        leaving = asyncio.ensure_future(_disconnected(request))
        try:
            both: set[asyncio.Future[Any]] = {task, leaving}
            finished, _ = await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            leaving.cancel()
        if task in finished:
            return task.result()
        raise Problem(400, "gone", "The client has gone.")
    finally:
        if not task.done():
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError, Problem):
                await task


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _key(snapshot: Snapshot, job: Values) -> str:
    text = json.dumps([snapshot.version, job], sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _etag(snapshot: Snapshot, key: str, coding: str | None) -> str:
    return f'"{snapshot.version}-{key}{f"-{coding}" if coding else ""}"'


def _known(request: Request, snapshot: Snapshot, key: str) -> str | None:
    """Return the tag of what the client has already, if that is still the answer."""
    header = request.headers.get("if-none-match")
    if header is None:
        return None
    ours = f'"{snapshot.version}-{key}'
    for each in header.split(","):
        tag = each.strip().removeprefix("W/")
        if tag in {f'{ours}"', f'{ours}-gzip"'}:
            return tag
    return None
