"""From what a person calls a store to the store."""

from __future__ import annotations

from ssrgraph.errors import StoreError
from ssrgraph.store.local import LocalStore


def open_store(address: str) -> LocalStore:
    """Open the store at this address for reading; it is a context manager.

    Raises:
        StoreError: It cannot be opened.
    """
    if address.startswith(("http://", "https://")):
        raise StoreError(address, "this version reads only stores in folders, not SPARQL servers")
    return LocalStore.open(address)
