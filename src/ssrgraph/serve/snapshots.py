"""Which state of the store counts: a generation that stays while it does, or the edition of a server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssrgraph.store import Generation, StoreInfo, hold_generation

if TYPE_CHECKING:
    from pathlib import Path

    from ssrgraph.serve.framing import Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A state of the store.

    Attributes:
        name: The name of the generation; "" for a server's edition.
        version: A text that no other state of the store has, for caches.
        info: What it says of itself.
    """

    name: str
    version: str
    info: StoreInfo


class Snapshots:
    """Follows the pointer of a store. The generation that counts is held, so that no writer sweeps it away.

    Args:
        folder: The store.

    Raises:
        StoreError: There is no usable store.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: Generation = hold_generation(folder)
        self.current = _snapshot(self._held)

    def refresh(self) -> bool:
        """Look at the pointer; say whether another generation counts now.

        Raises:
            StoreError: There is no usable store any more; the former generation goes on counting.
        """
        if not self._held.is_outdated():
            return False
        held = hold_generation(self._folder)
        self._held.release()
        self._held = held
        former, self.current = self.current, _snapshot(held)
        return self.current.version != former.version


class Editions:
    """Follows the editions of a server of which no copy is made, as they are told by the process that looks at it.

    Args:
        address: The server.

    Raises:
        StoreError: It holds no store, is being changed, or does not answer.
    """

    def __init__(self, address: str) -> None:
        from ssrgraph.store.remote import open_remote  # noqa: PLC0415 -- a folder needs no HTTP

        with open_remote(address) as store:
            self.current = self._told = Snapshot(name="", version=store.edition, info=store.info)

    def tell(self, edition: str, info: Values) -> None:
        """Take in which edition the server holds, and what the store says of itself."""
        self._told = Snapshot(name="", version=edition, info=StoreInfo(**info))

    def refresh(self) -> bool:
        """Say whether another edition counts now than when this was asked before."""
        former, self.current = self.current, self._told
        return self.current.version != former.version


def _snapshot(held: Generation) -> Snapshot:
    return Snapshot(name=held.name, version=held.version, info=held.info)
