"""Counting the rows of an answer as its bytes go by; the engine's writers do not tell."""

from __future__ import annotations

from typing import Self

_BETWEEN = {"json": b'}},{"', "xml": b"<result>", "tsv": b"\n"}
"""What stands once for each row and cannot stand within a value: there it would be escaped."""
_FIRST = {"json": b'"bindings":[{"', "tsv": None, "xml": None}


class Rows:
    r"""Counts rows. A row of JSON without any value is not counted.

    >>> rows = Rows.of("tsv")
    >>> rows.see(b"?x\n1\n2"); rows.see(b"\n"); rows.number
    2
    """

    def __init__(self, between: bytes, first: bytes | None, number: int) -> None:
        self._between = between
        self._first = first
        self._head = b""
        self._end = b""
        self.number = number

    @classmethod
    def of(cls, name: str) -> Self | None:
        """Return what counts the rows of the format of this name; None for one in which they cannot be told apart."""
        if name not in _BETWEEN:
            return None
        return cls(_BETWEEN[name], _FIRST[name], -1 if name == "tsv" else 0)

    def see(self, data: bytes) -> None:
        """Take the next bytes of the answer."""
        if self._first is not None:
            self._head += data
            if self._first in self._head:
                self.number += 1
                self._first, self._head = None, b""
            else:
                self._head = self._head[-len(self._first) :]
        whole = self._end + data
        self.number += whole.count(self._between)
        self._end = whole[max(0, len(whole) - len(self._between) + 1) :]
