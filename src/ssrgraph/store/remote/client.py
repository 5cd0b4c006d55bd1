"""Requests to a SPARQL server, and what is said of those that fail."""

from __future__ import annotations

import random
import re
import time
from typing import TYPE_CHECKING, Self
from urllib.parse import urlencode

import httpx

from ssrgraph import __version__
from ssrgraph.errors import LimitError, StoreError
from ssrgraph.store.remote.servers import KINDS, kind_of
from ssrgraph.store.remote.settings import ADDRESSES, PASSWORD, SERVER, TIMEOUT, USER

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ssrgraph.store.remote.servers.kind import Kind
    from ssrgraph.store.remote.settings import Settings

_CONNECT = 10.0
"""Seconds in which a connection is made, or never."""
_ATTEMPTS = 5
_WAIT = 0.25
"""Seconds before the second attempt; twice as many before each further one."""
_LONGEST_WAIT = 10.0
_NOT_DONE = frozenset({429, 503})
"""Answers that say that a request was not begun."""
_PASSING = _NOT_DONE | {502, 504}
"""Answers after which it makes sense to read once more."""
_SHOWN = 200
_NUMBER = re.compile(r"^\[Errno -?\d+\] ")


class Client:
    """Asks one server; use `open`, as a context manager or with `close`.

    Attributes:
        kind: What is known of servers like this one.
    """

    def __init__(self, settings: Settings, http: httpx.Client, wait: Callable[[float], None]) -> None:
        self._settings = settings
        self._http = http
        self._wait = wait
        self._services: dict[str, str] = dict(settings.services)
        self.kind: Kind

    @classmethod
    def open(
        cls,
        settings: Settings,
        *,
        transport: httpx.BaseTransport | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> Self:
        """Find out what kind of server it is.

        Raises:
            StoreError: It does not answer.
        """
        headers = {"User-Agent": f"ssrgraph/{__version__}"}
        if settings.token:
            headers["Authorization"] = f"Bearer {settings.token}"
        http = httpx.Client(
            headers=headers,
            timeout=httpx.Timeout(settings.timeout, connect=min(_CONNECT, settings.timeout)),
            transport=transport,
        )
        client = cls(settings, http, wait)
        try:
            client.kind = client._recognized()
            if settings.user:
                way = httpx.DigestAuth if client.kind.digest else httpx.BasicAuth
                http.auth = way(settings.user, settings.password)
        except BaseException:
            http.close()
            raise
        for name, path in (
            ("query", client.kind.query),
            ("update", client.kind.update),
            ("graphs", client.kind.graphs),
        ):
            if path:
                client._services.setdefault(name, settings.address.removesuffix(client.kind.query) + path)
        client._services.setdefault("query", settings.address)
        return client

    @property
    def address(self) -> str:
        """The address as it was given."""
        return self._settings.address

    @property
    def largest(self) -> int:
        """How many bytes of triples one update may hold."""
        return self._settings.largest or self.kind.largest

    def ask(self, query: str, accept: str, *, dataset: Mapping[str, Sequence[str]] | None = None) -> bytes:
        """Return the answer to a query in one of the formats asked for; asked again if a failure passes.

        Args:
            query: The query.
            accept: The formats.
            dataset: What the protocol says of the query's dataset.

        Raises:
            LimitError: The server gives not all of it.
            StoreError: There is none.
        """
        answer = self._ask(query, accept, dataset or {})
        problem = self.kind.short(answer.headers)
        if problem:
            raise LimitError(self.address, problem)
        return answer.content

    def ask_for_page(self, query: str, accept: str) -> tuple[bytes, bool]:
        """Return as much of an answer as the server gives, and whether there may be more."""
        answer = self._ask(query, accept, {})
        return answer.content, bool(self.kind.short(answer.headers))

    def _ask(self, query: str, accept: str, dataset: Mapping[str, Sequence[str]]) -> httpx.Response:
        form: dict[str, str | list[str]] = {"query": query, **{name: list(graphs) for name, graphs in dataset.items()}}
        answer = self._send("query", accept=accept, form=form, again=_PASSING)
        problem = self.kind.unfinished(answer.headers)
        if problem:
            raise LimitError(self.address, problem, of_time=True)
        return answer

    def update(self, text: str) -> None:
        """Run an update; sent again only if the server has said that it did not begin it.

        Raises:
            StoreError: It was not done, or it is not known whether it was.
        """
        self._send("update", body=text.encode(), media="application/sparql-update", again=_NOT_DONE)

    def add(self, graph: str, triples: bytes) -> None:
        """Add triples, in N-Triples, to a named graph by the Graph Store service; sent again as an update is.

        Raises:
            StoreError: It was not done, or it is not known whether it was.
        """
        name = "graph-uri" if self.kind.loads else "graph"
        query = urlencode({name: graph})
        self._send("graphs", body=triples, media="application/n-triples", again=_NOT_DONE, query=query)

    def close(self) -> None:
        """End the connections."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _recognized(self) -> Kind:
        named = self._settings.server
        if named:
            if named not in KINDS:
                raise StoreError(self.address, f"{SERVER} is {named}; the kinds of servers are {', '.join(KINDS)}")
            return KINDS[named]
        service = self._services.get("query", self.address)
        answer = self._exchange(self._http.build_request("HEAD", service), again=frozenset())
        return kind_of(answer.headers.get("Server", ""))

    def _send(
        self,
        service: str,
        *,
        again: frozenset[int],
        accept: str = "*/*",
        form: dict[str, str | list[str]] | None = None,
        body: bytes | None = None,
        media: str = "",
        query: str = "",
    ) -> httpx.Response:
        url = self._services.get(service)
        if url is None:
            raise StoreError(self.address, f"where its {service} service is, is not known; set {ADDRESSES[service]}")
        headers = {"Accept": accept} | ({"Content-Type": media} if media else {})
        url = f"{url}?{query}" if query else url
        request = self._http.build_request("POST", url, data=form, content=body, headers=headers)
        answer = self._exchange(request, again=again)
        if answer.is_success:
            return answer
        raise StoreError(self.address, self._refusal(answer, url))

    def _exchange(self, request: httpx.Request, *, again: frozenset[int]) -> httpx.Response:
        """Send a request, again while the answer is one of those statuses, or, with 502 among them, there is none."""
        pause = _WAIT
        for attempt in range(1, _ATTEMPTS + 1):
            last = attempt == _ATTEMPTS
            try:
                answer = self._http.send(request)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                # Nothing was sent; a server that is just being started anew answers soon.
                if last or not again:
                    raise StoreError(self.address, f"cannot be reached: {_words(error)}") from error
            except httpx.TimeoutException as error:
                raise StoreError(
                    self.address,
                    f"has not answered within {self._settings.timeout:g} seconds; {TIMEOUT} sets how long to wait",
                ) from error
            except (httpx.TransportError, httpx.DecodingError) as error:
                if last or again != _PASSING:
                    raise StoreError(self.address, f"has broken off: {_words(error)}") from error
            except httpx.InvalidURL as error:
                raise StoreError(self.address, f"is no address of a server: {error}") from error
            else:
                if last or answer.status_code not in again:
                    return answer
                pause = max(pause, _asked_to_wait(answer))
            self._wait(pause * random.uniform(0.5, 1.0))  # noqa: S311 -- spreads attempts, keeps no secret
            pause = min(2 * pause, _LONGEST_WAIT)
        raise AssertionError  # pragma: no cover -- the last attempt returns or raises

    def _refusal(self, answer: httpx.Response, url: str) -> str:
        status = answer.status_code
        if status == httpx.codes.UNAUTHORIZED:
            what = "does not accept the user and the password" if self._settings.user else "asks who you are"
            return f"{what} (401); set {USER} and {PASSWORD}, or ~/.netrc"
        if status == httpx.codes.FORBIDDEN:
            return "does not allow this (403)"
        if answer.is_redirect:
            return f"has moved to {answer.headers.get('Location', 'somewhere else')}; use that address"
        if status in (httpx.codes.NOT_FOUND, httpx.codes.METHOD_NOT_ALLOWED):
            return f"has no such service at {url} ({status}); {', '.join(ADDRESSES.values())} set where they are"
        if status in _PASSING:
            return f"is not available ({status}); try again later"
        said = " ".join(answer.text.split())
        return f"refuses this ({status}): {said if len(said) <= _SHOWN else said[: _SHOWN - 1] + '…'}"


def _words(error: Exception) -> str:
    """Return the cause of a failed exchange in a few words."""
    return _NUMBER.sub("", " ".join(str(error).split())) or type(error).__name__


def _asked_to_wait(answer: httpx.Response) -> float:
    given = answer.headers.get("Retry-After", "")
    return min(float(given), _LONGEST_WAIT) if given.isdigit() else 0.0
