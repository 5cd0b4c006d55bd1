"""Messages between the front and its processes: a kind, a length, the bytes."""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    import asyncio

_HEAD = struct.Struct(">cI")

READY = b"R"
"""The process has started."""
HEAD = b"H"
"""What is known of the answer before its bytes; JSON."""
DATA = b"D"
"""A part of the answer."""
END = b"E"
"""The answer is whole; JSON with what was counted."""
PROBLEM = b"P"
"""There is no answer, or what came of it must be thrown away; the members of a problem as JSON."""
JOB = b"J"
"""What is to be done; JSON."""

Message = tuple[bytes, bytes]
Values = dict[str, Any]


def packed(kind: bytes, content: bytes) -> bytes:
    """Return a message as bytes."""
    return _HEAD.pack(kind, len(content)) + content


def packed_json(kind: bytes, values: Values) -> bytes:
    """Return a message with values as bytes."""
    return packed(kind, json.dumps(values, ensure_ascii=False).encode("utf-8", "surrogatepass"))


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


async def receive(stream: asyncio.StreamReader) -> Message:
    """Read a message.

    Raises:
        asyncio.IncompleteReadError: The other side is gone.
    """
    kind, length = _HEAD.unpack(await stream.readexactly(_HEAD.size))
    return kind, await stream.readexactly(length) if length else b""
