"""Where the graph is kept: named graphs and their merge, in a folder or in memory."""

from __future__ import annotations

from ssrgraph.store.clauses import IRI, NO_CODE
from ssrgraph.store.holding import Generation, hold_generation
from ssrgraph.store.interface import FORMAT, MutableStore, Store, StoreInfo
from ssrgraph.store.local import Draft, LocalStore, change
from ssrgraph.store.memory import MemoryStore
from ssrgraph.store.opening import local_folder, open_store

__all__ = [
    "FORMAT",
    "IRI",
    "NO_CODE",
    "Draft",
    "Generation",
    "LocalStore",
    "MemoryStore",
    "MutableStore",
    "Store",
    "StoreInfo",
    "change",
    "hold_generation",
    "local_folder",
    "open_store",
]
