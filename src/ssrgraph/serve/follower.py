"""The process that follows a server: looks again and again whether its store is another one, and then copies it.

It reads from its standard input that it should look at once, and writes to its standard output what came of each look.
It may be killed at any moment: the copy is never between two editions.
"""

from __future__ import annotations

import os
import select
import sys
import threading
from typing import TYPE_CHECKING

from ssrgraph.errors import StoreError
from ssrgraph.serve import framing
from ssrgraph.serve.following import follow
from ssrgraph.serve.worker import end_with, streams

if TYPE_CHECKING:
    from ssrgraph.serve.framing import Values
    from ssrgraph.store.remote import Mirror


class _Looking:
    """Looks at one server."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._mirror: Mirror | None = None

    def look(self) -> Values:
        """Bring the copy to what the server holds; return what keeps it from that."""
        try:
            if self._mirror is None:
                self._mirror = follow(self._address)
            self._mirror.refresh()
        except StoreError as error:
            # That another process here is at the copy is nothing that anybody needs to know.
            return {"problem": str(error) if error.store == self._address else ""}
        except Exception as error:  # noqa: BLE001 -- the edge: whatever it is, the next look may do better
            sys.stderr.write(f"unexpected error while following: {type(error).__name__}: {error}\n")
            return {"problem": f"{self._address}: cannot be followed"}
        return {"problem": ""}


def main() -> None:
    """Look until the front is gone."""
    jobs, answers = streams()
    first = framing.read(jobs)
    if first is None:
        return
    settings = framing.values_of(first[1])
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    try:
        answers.write(framing.packed_json(framing.READY, {}))
        looking = _Looking(settings["server"])
        while True:
            if select.select([jobs], [], [], settings["look"])[0] and framing.read(jobs) is None:
                return
            answers.write(framing.packed_json(framing.HEAD, looking.look()))
    except BrokenPipeError:
        return  # The front is gone.


if __name__ == "__main__":
    main()
