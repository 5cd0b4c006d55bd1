"""The process that makes answers to saved queries ahead of being asked for: one after another, behind all others.

It reads from its standard input which query to answer on which state of the store, and writes to its standard output
what came of it. It may be killed at any moment: a file is whole or not there.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import time
from typing import TYPE_CHECKING, cast

from pyoxigraph import QuerySolutions

from ssrgraph.errors import StoreError
from ssrgraph.query import prepared
from ssrgraph.serve import framing
from ssrgraph.serve.guard import guard
from ssrgraph.serve.saved_tasks import saved_queries
from ssrgraph.serve.worker import begin, limit_memory
from ssrgraph.store import LocalStore
from ssrgraph.store.locking import FileLock
from ssrgraph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from pathlib import Path

    from ssrgraph.serve.framing import Values

_BEHIND = 19
"""The lowest priority."""
_LOCK = "lock"
_UNFINISHED = "*.new"
_FREE = 4
"""The part of the free disk that answers may take."""


class _Maker:
    """Makes answers on a generation of the store.

    Args:
        settings: What the front has said.

    Raises:
        StoreError: The generation is not there, or another process makes answers on it.
        OSError: Nothing can be kept beside it.
    """

    def __init__(self, settings: Values) -> None:
        self._settings = settings
        self._store = LocalStore.open(settings["store"], generation=settings["generation"])
        self._folder = cast("Path", self._store.prepared)  # Every store in a folder has one.
        self._folder.mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(self._folder / _LOCK)
        if not self._lock.acquire():
            raise StoreError(settings["store"], "another server makes answers ahead here")
        for left in self._folder.glob(_UNFINISHED):
            left.unlink()

    def make(self, name: str) -> bool:
        """See that the answer to a saved query is there, if making it takes long; say whether it is."""
        query = saved_queries()[name]
        kept = prepared.path(self._folder, query)
        text = prepared.whole(query)
        if kept is None or text is None:
            return False
        if prepared.read(kept) is not None:
            return True
        guarded = guard(text, hosts=(), nesting=self._settings["nesting"])
        if guarded.refusal is not None or not guarded.is_stable:
            return False
        begun = time.process_time()
        found = self._store.query(guarded.text, prefixes=PREFIXES)
        if not isinstance(found, QuerySolutions):
            return False
        prepared.keep(kept, found, most=min(self._settings["result"], self._room()))
        if time.process_time() - begun >= self._settings["worthwhile"]:
            return True
        kept.unlink()
        return False

    def _room(self) -> int:
        """Return how many bytes another answer may take."""
        taken = sum(each.stat().st_size for each in self._folder.iterdir())
        most: int = min(self._settings["prepared"] - taken, shutil.disk_usage(self._folder).free // _FREE)
        return max(0, most)


def _made(maker: _Maker, name: str) -> Values:
    """Make an answer; return what is told of it."""
    try:
        return {"made": maker.make(name)}
    except prepared.TooLargeError:
        return {"made": False}
    except OSError as error:
        return {"made": False, "problem": error.strerror or str(error)}
    except (RuntimeError, ValueError, MemoryError) as error:  # Whoever asks the query is told the same.
        sys.stderr.write(f"the answer to {name} cannot be made ahead: {error or type(error).__name__}\n")
        return {"made": False}


def main() -> None:
    """Make answers until the front is gone."""
    if (begun := begin()) is None:
        return
    jobs, answers, settings = begun
    if hasattr(os, "nice"):
        os.nice(_BEHIND)
    limit_memory(settings["memory"])
    with contextlib.suppress(BrokenPipeError):  # The front is gone.
        answers.write(framing.packed_json(framing.READY, {}))
        maker: _Maker | None = None
        while (message := framing.read(jobs)) is not None:
            try:
                maker = maker or _Maker(settings)
            except (StoreError, OSError) as error:
                answers.write(framing.packed_json(framing.END, {"made": False, "problem": str(error)}))
                return
            answers.write(framing.packed_json(framing.END, _made(maker, framing.values_of(message[1])["name"])))


if __name__ == "__main__":
    main()
