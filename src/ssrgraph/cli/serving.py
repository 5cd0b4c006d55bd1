"""The options of a server, and starting one, for `serve` and `up`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ssrgraph.cli import options, output
from ssrgraph.errors import StoreError
from ssrgraph.store import MERGED, is_server
from ssrgraph.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

_PATIENCE = 600.0
"""Seconds to wait for another process here that copies the same store."""
_OPTIONS = (
    click.option(
        "--host",
        metavar="ADDRESS",
        default="127.0.0.1",
        show_default=True,
        help="Where to listen; --host 0.0.0.0 lets other machines in.",
    ),
    click.option(
        "--port",
        type=click.IntRange(0, 65535),
        metavar="PORT",
        default=7878,
        show_default=True,
        help="Where to listen, for instance --port 8080; 0 takes any free port.",
    ),
    click.option(
        "--workers",
        type=click.IntRange(min=1),
        metavar="N",
        help="How many queries run at a time, for instance --workers 4; by default as many as there are cores.",
    ),
    click.option(
        "--timeout",
        type=click.FloatRange(min=0, min_open=True),
        metavar="SECONDS",
        default=30,
        show_default=True,
        help="How long a query may take, for instance --timeout 60.",
    ),
    click.option(
        "--memory",
        type=click.IntRange(min=64),
        metavar="MB",
        default=2048,
        show_default=True,
        help="How much memory a query may take, in megabytes, for instance --memory 512.",
    ),
    click.option(
        "--result",
        type=click.IntRange(min=1),
        metavar="MB",
        default=1024,
        show_default=True,
        help="How large an answer may be, in megabytes, for instance --result 100.",
    ),
    click.option(
        "--ahead",
        type=click.IntRange(min=0),
        metavar="MB",
        default=1024,
        show_default=True,
        help="How much disk answers may take that are made ahead, beside the store, for instance --ahead 0: none.",
    ),
    click.option(
        "--patience",
        type=click.FloatRange(min=0, min_open=True),
        metavar="SECONDS",
        default=30,
        show_default=True,
        help="How long a client may keep the server waiting for the rest of a request, for instance --patience 10.",
    ),
    click.option(
        "--allow-host",
        "hosts",
        multiple=True,
        metavar="HOST",
        help="A host that SERVICE and LOAD may reach, may be repeated: --allow-host query.wikidata.org.",
    ),
    click.option(
        "--no-copy",
        is_flag=True,
        help="Copy nothing of a store on a server: all that is asked is put to the server: serve --no-copy.",
    ),
    click.option(
        "--look",
        type=click.FloatRange(min=0, min_open=True),
        metavar="SECONDS",
        default=2,
        show_default=True,
        help="How often a store on a server is looked at for changes, for instance --look 60.",
    ),
    click.option(
        "--nanopubs",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Answer at /np/ for nanopublications, those of a file of export --format nanopub: --nanopubs claims.trig.",
    ),
    click.option(
        "--access-log",
        type=click.Path(path_type=Path, allow_dash=True),
        metavar="FILE",
        help="Write a line of JSON for each request to this file; - is standard output: --access-log access.log.",
    ),
)


def serving_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of a server."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def serve(
    store: str,
    *,
    opened: Callable[[str], None] | None = None,
    workers: int | None,
    memory: int,
    result: int,
    ahead: int,
    hosts: tuple[str, ...],
    no_copy: bool,
    **given: Any,  # noqa: ANN401 -- values of the options
) -> None:
    """Serve a store until a signal says to stop.

    Args:
        store: The folder of the store, or the address of a server.
        opened: Told the address once it can be used.
        workers: How many queries run at a time; None: as many as there are cores.
        memory: Megabytes that a query may take.
        result: Megabytes that an answer may have.
        ahead: Megabytes on the disk that answers may take which are made ahead.
        hosts: The hosts that SERVICE and LOAD may reach.
        no_copy: Whether all that is asked is put to the server, and nothing of it copied.
        given: The other options, as `Settings` calls them.
    """
    from ssrgraph.serve.running import run  # noqa: PLC0415 -- loads the server
    from ssrgraph.serve.settings import MEGABYTE, Settings, cores  # noqa: PLC0415

    given.update({"prepared": ahead * MEGABYTE, **_source(store, given, no_copy=no_copy)})
    settings = Settings(
        workers=workers or cores(),
        memory=memory * MEGABYTE,
        result=result * MEGABYTE,
        hosts=frozenset(host.lower() for host in hosts),
        **given,
    )

    def started(address: str) -> None:
        output.say(f"Serving {store} at {address} (SPARQL at {address}sparql). Ctrl-C ends it.")
        if opened is not None:
            opened(address)

    try:
        run(settings, started=started)
    except SystemExit as end:  # The server's way to say that it cannot listen.
        raise StoreError(f"{settings.host}:{settings.port}", "cannot listen there; choose another --port") from end


def _source(store: str, given: Mapping[str, Any], *, no_copy: bool) -> dict[str, object]:
    """Return what the settings say of the store; of a server there is a copy then, if there is to be one."""
    if not is_server(store):
        if no_copy:
            raise options.OptionError("--no-copy", "is for a store on a server")
        return {"store": Path(store)}
    if given.get("dataset", MERGED) != MERGED:
        raise options.OptionError("--dataset", "is for a store in a folder; on a server, a store is merged")
    if not no_copy:
        return {"store": _copied(store, is_writable=given.get("token") is not None), "server": store}
    if given.get("token") is not None:
        raise options.OptionError("--writable", "needs the copy of the store, without --no-copy")
    return {"store": Path(), "server": store, "passed": True, "copied": 0, "prepared": 0}


def _copied(address: str, *, is_writable: bool) -> Path:
    """Return the folder with a copy of what a server holds now."""
    from ssrgraph.serve.following import follow  # noqa: PLC0415 -- loads the server

    with output.progress() as tell, follow(address) as mirror:
        if is_writable:
            mirror.begin(base_iri=BASE)
        mirror.refresh(patience=_PATIENCE, told=tell)
        return mirror.folder
