"""Where the graph is kept: named graphs and their merge, in a folder or in memory."""

from __future__ import annotations

from ssrgraph.store.holding import Generation, hold_generation
from ssrgraph.store.interface import FORMAT, MERGED, SEPARATE, FinishedStore, MutableStore, Store, StoreInfo
from ssrgraph.store.local import Draft, LocalStore, change
from ssrgraph.store.memory import MemoryStore
from ssrgraph.store.opening import is_server, open_near, open_store
from ssrgraph.store.writer import Writer

__all__ = [
    "FORMAT",
    "MERGED",
    "SEPARATE",
    "Draft",
    "FinishedStore",
    "Generation",
    "LocalStore",
    "MemoryStore",
    "MutableStore",
    "Store",
    "StoreInfo",
    "Writer",
    "change",
    "hold_generation",
    "is_server",
    "open_near",
    "open_store",
]
