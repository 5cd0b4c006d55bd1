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
from ssrgraph.serve.cache import Cache, Kept
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
LONG = 1 << 16
"""Bytes from which on they are compressed beside the loop."""
_LEVEL = 4
_GZIP = 31
"""What zlib calls a stream of gzip."""
HANDED = "ssrgraph.answer"
"""What the scope of a request calls the answer that is there before the application is asked."""
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
        key: What the answer is known by, if that is not worked out from the job.
    """

    job: Values
    content_type: Callable[[Values], str]
    headers: dict[str, str]
    seconds: float | None = None
    packed: bool = False
    key: str | None = None


async def deliver(request: Request, wanted: Wanted) -> Response:
    """Return the response to a request for the answer of a job.

    Raises:
        Problem: There is none.
    """
    service, snapshot = service_of(request), snapshot_for(request)
    handed: Answer | None = request.scope.pop(HANDED, None)
    coding = None if wanted.packed else negotiation.encoding(request.headers.get("accept-encoding"))
    key = wanted.key or _key(snapshot, wanted.job)
    record = record_of(request)
    if (known := _known(request, snapshot, key)) is not None:
        record.outcome = "unchanged"
        return Response(status_code=304, headers={**headers_for(stable=True), **wanted.headers, "etag": known})
    kept = service.cache.get(f"{key} {coding}")
    if kept is not None:
        record.cached = True
        record.rows = kept.rows
        return _whole(kept, wanted, etag(snapshot, key, kept.coding))
    answer = handed or await _while_it_waits(request, service.ask_together(key, wanted.job, snapshot, wanted.seconds))
    body = answer.body
    stable = bool(answer.head.get("stable"))
    if body is None:
        return _streamed(request, answer, wanted, coding, kept_as=f"{key} {coding}" if stable else None)
    kept = coded(answer, body, coding) if len(body) <= LONG else await asyncio.to_thread(coded, answer, body, coding)
    record.rows = kept.rows
    if stable:
        service.cache.put(f"{key} {coding}", kept, len(kept.body))
    return _whole(kept, wanted, etag(snapshot, key, kept.coding) if stable else None)


def snapshot_for(request: Request) -> Snapshot:
    """Return the state of the store that the answer to a request is about."""
    handed: Answer | None = request.scope.get(HANDED)
    return service_of(request).snapshot if handed is None else handed.snapshot


def headers_for(*, stable: bool) -> dict[str, str]:
    """Return what the response says to caches, with an answer that is the same as long as the store is, or another."""
    return {"vary": "Accept, Accept-Encoding", "cache-control": "no-cache" if stable else "no-store"}


def _whole(kept: Kept, wanted: Wanted, tag: str | None) -> Response:
    coding = {"content-encoding": kept.coding} if kept.coding else {}
    tagged = {"etag": tag} if tag else {}
    general = {**headers_for(stable=bool(tag)), **wanted.headers}
    if not tag:
        general["cache-control"] = "no-store"
    sent = {**general, **coding, **tagged, "content-type": wanted.content_type(kept.head)}
    return Response(kept.body, status_code=kept.head.get("status", 200), headers=sent)


def _streamed(request: Request, answer: Answer, wanted: Wanted, coding: str | None, *, kept_as: str | None) -> Response:
    """Return a response that sends an answer as it comes, and keeps it; if it is cut off, the connection breaks."""
    sent = {**headers_for(stable=False), **wanted.headers}
    sent |= {"cache-control": "no-store", "content-type": wanted.content_type(answer.head)}
    if coding:
        sent["content-encoding"] = coding
    if request.method == "HEAD":
        answer.close()
        return Response(headers=sent)
    chunks = _compressed(answer.chunks()) if coding else answer.chunks()
    if kept_as is not None:
        chunks = _kept(chunks, answer, coding, service_of(request).cache, kept_as)
    return StreamingResponse(chunks, headers=sent)


async def _kept(
    chunks: AsyncIterator[bytes], answer: Answer, coding: str | None, cache: Cache[str, Kept], key: str
) -> AsyncIterator[bytes]:
    """Pass on what is sent, and keep it once it is whole, if it is not too large for that."""
    with cache.gather() as gathering:
        async for chunk in chunks:
            gathering.add(chunk)
            yield chunk
        body = gathering.whole()
        if body is not None:
            cache.put(key, Kept(answer.head, body, coding, answer.rows), len(body))


async def _compressed(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
    async for chunk in chunks:
        packed = await asyncio.to_thread(packer.compress, chunk)
        if packed:
            yield packed
    yield packer.flush()


def coded(answer: Answer, body: bytes, coding: str | None) -> Kept:
    """Return an answer as it is kept and sent: compressed, if that is wanted and makes it smaller."""
    if coding is not None and len(body) >= _WORTHWHILE:
        packed = gzip.compress(body, _LEVEL, mtime=0)
        if len(packed) < len(body):
            return Kept(answer.head, packed, coding, answer.rows)
    return Kept(answer.head, body, None, answer.rows)


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


def query_mark(snapshot: Snapshot, job: Values) -> bytes:
    """Return what the answers to queries are known by, but for their text."""
    graphs = f"{job.get('default') or ()}\0{job.get('named')}"
    return f"{snapshot.version}\0{job['rows']}\0{job['graph']}\0{job['base']}\0{graphs}\0".encode()


def query_key(mark: bytes, text: bytes) -> str:
    """Return what the answer to a query is known by."""
    return hashlib.blake2b(mark + text, digest_size=12).hexdigest()


def _key(snapshot: Snapshot, job: Values) -> str:
    text = json.dumps([snapshot.version, job], sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def etag(snapshot: Snapshot, key: str, coding: str | None) -> str:
    """Return the tag of an answer."""
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
