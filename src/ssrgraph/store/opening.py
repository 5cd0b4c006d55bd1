"""From what a person calls a store to the store."""

from __future__ import annotations

from pathlib import Path

from ssrgraph.errors import StoreError
from ssrgraph.store.local import LocalStore


def open_store(address: str) -> LocalStore:
    """Open the store at this address for reading; it is a context manager.

    Raises:
        StoreError: It cannot be opened.
    """
    return LocalStore.open(local_folder(address))


def local_folder(address: str) -> Path:
    """Return the folder at this address.

    Raises:
        StoreError: It is the address of a server.
    """
    if address.startswith(("http://", "https://")):
        raise StoreError(address, "this version knows only stores in folders, not SPARQL servers")
    return Path(address)
