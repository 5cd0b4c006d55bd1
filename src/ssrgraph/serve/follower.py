"""The process that follows a server: looks again and again whether its store is another one, and copies or tells it.

It reads from its standard input that it should look at once, and writes to its standard output what came of each look.
It may be killed at any moment: the copy is never between two editions.
"""

from __future__ import annotations

import select
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from ssrgraph.errors import StoreError
from ssrgraph.serve import framing
from ssrgraph.serve.following import follow
from ssrgraph.serve.worker import begin
from ssrgraph.store.remote import Watch

if TYPE_CHECKING:
    from ssrgraph.serve.framing import Values
    from ssrgraph.store.remote import Mirror


class _Looking:
    """Looks at one server."""

    def __init__(self, address: str, *, passed: bool) -> None:
        self._address = address
        self._passed = passed
        self._mirror: Mirror | None = None
        self._watch: Watch | None = None

    def look(self) -> Values:
        """Bring the copy to what the server holds, or find out its edition; return what keeps from that."""
        try:
            if self._passed:
                return {"problem": "", **self._edition()}
            if self._mirror is None:
                self._mirror = follow(self._address)
            self._mirror.refresh()
        except StoreError as error:
            # That another process here is at the copy is nothing that anybody needs to know.
            return {"problem": error.problem if error.store == self._address else ""}
        except Exception as error:  # noqa: BLE001 -- the edge: whatever it is, the next look may do better
            sys.stderr.write(f"unexpected error while following: {type(error).__name__}: {error}\n")
            return {"problem": "cannot be followed"}
        return {"problem": ""}

    def _edition(self) -> Values:
        if self._watch is None:
            self._watch = Watch.open(self._address)
        found = self._watch.look()
        return {} if found is None else {"edition": found[0], "info": asdict(found[1])}


def main() -> None:
    """Look until the front is gone."""
    if (begun := begin()) is None:
        return
    jobs, answers, settings = begun
    try:
        answers.write(framing.packed_json(framing.READY, {}))
        looking = _Looking(settings["server"], passed=settings["passed"])
        while True:
            if select.select([jobs], [], [], settings["look"])[0] and framing.read(jobs) is None:
                return
            answers.write(framing.packed_json(framing.HEAD, looking.look()))
    except BrokenPipeError:
        return  # The front is gone.


if __name__ == "__main__":
    main()
