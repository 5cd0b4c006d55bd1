"""A store on a SPARQL server: the graphs, and in its default graph or a graph of its own their merge."""

from __future__ import annotations

import os

from ssrgraph.store.remote.client import Client
from ssrgraph.store.remote.fetching import copied
from ssrgraph.store.remote.mirror import Mirror
from ssrgraph.store.remote.reading import RemoteStore
from ssrgraph.store.remote.settings import read_settings
from ssrgraph.store.remote.watching import Watch
from ssrgraph.store.remote.working import working_copy

__all__ = ["Mirror", "RemoteStore", "Watch", "copied", "open_remote", "working_copy"]


def open_remote(address: str) -> RemoteStore:
    """Open the store of the server at this address for reading.

    Raises:
        StoreError: It does not answer, holds no store, or is being changed.
    """
    client = Client.open(read_settings(address, os.environ))
    try:
        return RemoteStore.open(client)
    except BaseException:
        client.close()
        raise
