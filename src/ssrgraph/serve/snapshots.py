"""Which generation of the store counts, and that it stays while it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssrgraph.store import Generation, hold_generation

if TYPE_CHECKING:
    from pathlib import Path

    from ssrgraph.store import StoreInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A generation of the store.

    Attributes:
        name: Its name among the generations of the store.
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


def _snapshot(held: Generation) -> Snapshot:
    return Snapshot(name=held.name, version=held.version, info=held.info)
