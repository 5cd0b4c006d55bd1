"""Where a store is changed: in its folder, or in a copy of what a server holds, which is then published."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ssrgraph.errors import StoreError
from ssrgraph.materialize import FINDINGS, NAMED, REASONER
from ssrgraph.store import is_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Progress = Callable[[str, int, int], None]

_ONLY_HERE = (REASONER, FINDINGS, NAMED)
"""Files that spare work and change nothing; they are made again where they are missing."""


@contextmanager
def place_of(
    store: str, *, whole: bool = False, force: bool = False, progress: Progress | None = None
) -> Iterator[Path]:
    """Yield the folder in which a store is changed; a server holds what it then holds when the block has ended.

    Args:
        store: A folder, or the address of a server.
        whole: Whether all that the store shall hold is put into it, so that it matters not what it holds.
        force: Publish everything anew, whatever the server holds.
        progress: Told what is going on.

    Raises:
        StoreError: The store cannot be changed.
    """
    if not is_server(store):
        yield Path(store)
        return
    from ssrgraph.store.remote import working_copy  # noqa: PLC0415 -- a folder needs no HTTP

    with working_copy(store, whole=whole, force=force, without=_ONLY_HERE, told=progress) as folder:
        try:
            yield folder
        except StoreError as error:
            if error.store != folder:
                raise
            raise StoreError(store, error.problem) from error
