"""What the processes behind the front can be asked to do with a snapshot of the store."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssrgraph.serve.framing import Values
    from ssrgraph.store import FinishedStore, Store

TASKS = {
    "query": "ssrgraph.serve.querying:answer_query",
    "graph": "ssrgraph.serve.querying:write_graph",
    "describe": "ssrgraph.serve.describing:describe",
    "dump": "ssrgraph.serve.describing:dump",
    "saved": "ssrgraph.serve.saved_tasks:answer_saved",
    "reconcile": "ssrgraph.serve.reconcile_tasks:write_reconciled",
    "resource": "ssrgraph.serve.resource_tasks:write_resource",
    "vocabulary": "ssrgraph.serve.querying:write_codes",
    "page": "ssrgraph.serve.pages.writing:write_page",
    "record": "ssrgraph.serve.pages.writing:write_record",
    "nanopub": "ssrgraph.serve.nanopub_tasks:write_nanopublication",
    "decide": "ssrgraph.serve.link_tasks:write_decisions",
}
"""Each task with the function that does it, as `module:name`; it is imported when it is first asked for."""


QUICK = frozenset({"query", "saved"})
"""The tasks for which a copy of the store will do that yields what has no order in another one."""

_T = TypeVar("_T")
_forgets: list[Callable[[], None]] = []


class Output(Protocol):
    """Where a task writes its answer: first the head, then the bytes."""

    def head(self, **values: object) -> None:
        """Say what the front should know before the first byte; once, and before the first `write`."""
        ...

    def write(self, data: bytes) -> int:
        """Write a part of the answer."""
        ...

    def flush(self) -> None:
        """Do nothing: what was written travels when there is enough of it, or when the task is done."""
        ...


def kept_with_store(make: Callable[[FinishedStore], _T]) -> Callable[[FinishedStore], _T]:
    """Make something of a store once, and keep it until the process turns to another store; a decorator."""
    kept = lru_cache(maxsize=1)(make)
    _forgets.append(kept.cache_clear)
    return cast("Callable[[FinishedStore], _T]", kept)  # Every store can be told from another.


def forget() -> None:
    """Let go of what was made of a store: it holds the store's files open."""
    for each in _forgets:
        each()


@cache
def task(name: str) -> Callable[[Store, Values, Output], None]:
    """Import the function that does a task; those that are not quick ask for a store on the disk."""
    module, _, function = TASKS[name].partition(":")
    found: Callable[[Store, Values, Output], None] = getattr(import_module(module), function)
    return found
