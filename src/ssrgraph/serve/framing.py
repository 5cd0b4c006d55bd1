"""Messages between the front and its processes: a kind, a length, the bytes."""

from __future__ import annotations

import json
import struct
from functools import lru_cache
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD = struct.Struct(">cI")
_ANSWER = struct.Struct(">Hi")
_NOT_COUNTED = -1
_TEXT = json.JSONEncoder(ensure_ascii=False).encode

READY = b"R"
"""The process has started."""
HEAD = b"H"
"""What is known of the answer before its bytes; JSON."""
DATA = b"D"
"""A part of the answer."""
END = b"E"
"""The answer is whole; JSON with what was counted."""
ANSWER = b"A"
"""A whole answer that is small: head, number of rows, bytes."""
PROBLEM = b"P"
"""There is no answer, or what came of it must be thrown away; the members of a problem as JSON."""
JOB = b"J"
"""What is to be done; JSON."""
QUERY = b"Q"
"""A query to be answered: what holds for many of them as JSON, then the query as it stands in the address."""

Message = tuple[bytes, bytes]
Values = dict[str, Any]


def packed(kind: bytes, content: bytes) -> bytes:
    """Return a message as bytes."""
    return _HEAD.pack(kind, len(content)) + content


def packed_json(kind: bytes, values: Values) -> bytes:
    """Return a message with values as bytes."""
    return packed(kind, json_of(values))


def json_of(values: Values) -> bytes:
    """Return values as JSON."""
    return _TEXT(values).encode("utf-8", "surrogatepass")


def packed_answer(head: bytes, rows: int | None, body: bytes) -> bytes:
    """Return a whole answer as bytes."""
    counted = _ANSWER.pack(len(head), _NOT_COUNTED if rows is None else rows)
    return b"".join((_HEAD.pack(ANSWER, len(counted) + len(head) + len(body)), counted, head, body))


def answer_of(content: bytes) -> tuple[Values, int | None, bytes]:
    """Return head, number of rows and bytes of a whole answer."""
    length, rows = _ANSWER.unpack_from(content)
    start = _ANSWER.size + length
    return _head(content[_ANSWER.size : start]), None if rows == _NOT_COUNTED else rows, content[start:]


@lru_cache(maxsize=64)
def _head(content: bytes) -> Values:
    """Return the values of a head; there are few different ones."""
    return values_of(content)


def values_of(content: bytes) -> Values:
    """Return the values of a message that has some."""
    values: Values = json.loads(content.decode("utf-8", "surrogatepass"))
    return values


def read(stream: BinaryIO) -> Message | None:
    """Read a message; None at the end of the stream."""
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    kind, length = _HEAD.unpack(head)
    return kind, stream.read(length)


class Unframed:
    """Makes messages of bytes that come in pieces."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._held = 0
        self._wanted = _HEAD.size

    def messages(self, data: bytes) -> Iterator[Message]:
        """Take a piece; yield the messages that are whole."""
        if self._parts:
            self._parts.append(data)
            self._held += len(data)
            if self._held < self._wanted:
                return
            data = b"".join(self._parts)
            self._parts = []
        place, size = 0, len(data)
        while True:
            self._wanted = _HEAD.size
            if size - place >= self._wanted:
                kind, length = _HEAD.unpack_from(data, place)
                self._wanted += length
                if size - place >= self._wanted:
                    start, place = place + _HEAD.size, place + self._wanted
                    yield kind, data[start:place]
                    continue
            break
        if place < size:
            self._parts = [data[place:]]
        self._held = size - place
