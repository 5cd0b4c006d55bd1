"""Running a server: listening, signals, and an orderly end."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn

from ssrgraph.serve.access_log import AccessLog
from ssrgraph.serve.app import application
from ssrgraph.serve.connections import limited
from ssrgraph.serve.nanopub_tasks import load
from ssrgraph.serve.service import Service
from ssrgraph.serve.shortcuts import Shortcuts
from ssrgraph.serve.telling import Telling
from ssrgraph.store import Writer
from ssrgraph.store.generations import POINTER
from ssrgraph.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ssrgraph.serve.settings import Settings


class _Server(uvicorn.Server):
    """A server that says where it listens, and ends in order on SIGTERM and SIGINT."""

    def __init__(self, config: uvicorn.Config, service: Service, *, started: Callable[[str], None]) -> None:
        super().__init__(config)
        self._service = service
        self._tell = started

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals alone: they are handled from `startup` on."""
        yield

    async def startup(self, sockets: list | None = None) -> None:  # type: ignore[type-arg]
        """Listen, then say so."""
        loop = asyncio.get_running_loop()
        if sys.platform != "win32":
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(number, self._stop)
            loop.add_signal_handler(signal.SIGHUP, self._look)
        await super().startup(sockets)
        if self.started:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            self._tell(f"http://{f'[{host}]' if ':' in host else host}:{port}/")

    def _look(self) -> None:
        """Take up a build that was published; the next request would do so as well, once a copy of it is here."""
        if self._service.following is not None:
            self._service.following.look()
        _ = self._service.snapshot

    def _stop(self) -> None:
        self.force_exit = self.should_exit
        self.should_exit = True


def run(settings: Settings, *, started: Callable[[str], None]) -> None:
    """Serve until a signal says to stop; what runs then is finished.

    Args:
        settings: What to serve, and how.
        started: Told the address once the server listens.

    Raises:
        StoreError: There is no usable store.
        GraphFileError: The file of nanopublications cannot be read.
        OSError: The address is taken or may not be used, or the access log cannot be written.
    """
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)  # What it would say is told by us.
    if settings.is_writable and not (settings.store / POINTER).exists():
        with Writer.open(settings.store, base_iri=BASE, dataset=settings.dataset) as writer:
            writer.publish()
    with tempfile.TemporaryDirectory(prefix="ssrgraph-", ignore_cleanup_errors=True) as folder:
        if settings.nanopubs is not None:
            load(settings.nanopubs, Path(folder))
            settings = replace(settings, nanopubs=Path(folder))
        _serve(settings, started)


def _serve(settings: Settings, started: Callable[[str], None]) -> None:
    service = Service(settings)
    telling = Telling(service.metrics, AccessLog.open(settings.access_log))
    config = uvicorn.Config(
        application(service, telling),
        host=settings.host,
        port=settings.port,
        http=limited(
            patience=settings.patience,
            most=settings.connections,
            longest=3 * settings.query,
            shortcuts=Shortcuts(service, telling),
        ),
        log_config=None,
        access_log=False,
        lifespan="on",
        ws="none",
        server_header=False,
        timeout_keep_alive=round(settings.patience),
        proxy_headers=False,
        timeout_graceful_shutdown=round(settings.timeout + settings.patience) + 1,
    )
    _Server(config, service, started=started).run()
