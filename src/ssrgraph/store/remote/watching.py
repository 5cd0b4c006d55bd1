"""Whether a server holds another edition than before: a look that costs the server next to nothing."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Self

from ssrgraph.store.remote import record
from ssrgraph.store.remote.client import Client
from ssrgraph.store.remote.reading import RemoteStore
from ssrgraph.store.remote.settings import read_settings

if TYPE_CHECKING:
    from ssrgraph.store.interface import StoreInfo


class Watch:
    """Looks at one server, until its process ends; use `open`."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._edition = ""

    @classmethod
    def open(cls, address: str) -> Self:
        """Watch the server at this address.

        Raises:
            StoreError: It does not answer.
        """
        return cls(Client.open(read_settings(address, os.environ)))

    def look(self) -> tuple[str, StoreInfo] | None:
        """Return the edition that the server holds and what the store says of itself; None if it is the former one.

        Raises:
            StoreError: The server is being changed, holds no store, or does not answer.
        """
        edition, publisher = record.read_edition(self._client)
        if edition and edition == self._edition and not publisher:
            return None
        there = RemoteStore.open(self._client)
        self._edition = there.edition
        return there.edition, there.info
