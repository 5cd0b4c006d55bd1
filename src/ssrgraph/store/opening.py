"""From what a person calls a store to the store."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ssrgraph.store.local import LocalStore

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.store.interface import FinishedStore

_SERVERS = ("http://", "https://")


def is_server(address: str) -> bool:
    """Say whether what a person calls a store is the address of a server."""
    return address.lower().startswith(_SERVERS)


def open_store(address: str) -> FinishedStore:
    """Open the store at this address, a folder or a SPARQL server, for reading; it is a context manager.

    Raises:
        StoreError: It cannot be opened.
    """
    if is_server(address):
        from ssrgraph.store.remote import open_remote  # noqa: PLC0415 -- a folder needs no HTTP

        return open_remote(address)
    return LocalStore.open(Path(address))


@contextmanager
def open_near(address: str) -> Iterator[FinishedStore]:
    """Open a store for whoever looks at most of it, node by node: what is on a server is copied first.

    Raises:
        StoreError: It cannot be opened, or was changed while it was copied.
    """
    if not is_server(address):
        with LocalStore.open(Path(address)) as store:
            yield store
        return
    from ssrgraph.store.remote import copied, open_remote  # noqa: PLC0415 -- a folder needs no HTTP

    with open_remote(address) as there, copied(there) as here:
        yield here
