"""The heads of requests and responses, as bytes."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING

from ssrgraph.serve import security

if TYPE_CHECKING:
    from collections.abc import Iterable

Headers = list[tuple[bytes, bytes]]

COMMON = (*security.HEADERS, *security.SHARED)
"""What every response says."""
END = b"\r\n\r\n"
_HEADERS = re.compile(rb"(?:[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[ \t]*[\x21-\x7e]?[\t\x20-\x7e]*\r\n)+\r\n")
_STATUS = {each.value: f"HTTP/1.1 {each.value} {each.phrase}\r\n".encode() for each in HTTPStatus}


def headers_of(block: bytes) -> dict[bytes, bytes] | None:
    r"""Return the headers of a request, names in small letters; None if they are not as simple as those of most.

    Args:
        block: What stands behind the first line of the request, with the empty line.

    >>> headers_of(b"Host: a.example\r\nAccept: */*\r\n\r\n")
    {b'host': b'a.example', b'accept': b'*/*'}
    >>> headers_of(b"Host: a.example\r\nhost: b.example\r\n\r\n") is None
    True
    """
    if not _HEADERS.fullmatch(block):
        return None
    found: dict[bytes, bytes] = {}
    for line in block[:-4].split(b"\r\n"):
        name, _, value = line.partition(b":")
        name = name.lower()
        if name in found:
            return None
        found[name] = value.strip(b" \t")
    return found


def lines(headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Return headers as lines."""
    return b"".join(b"%b: %b\r\n" % each for each in headers)


def with_common(headers: Headers) -> Headers:
    """Return the headers of a response with those that every one has."""
    known = {name for name, _ in headers}
    return [*headers, *(each for each in COMMON if each[0] not in known)]


def response(status: int, date: Iterable[tuple[bytes, bytes]], head: bytes, body: bytes) -> bytes:
    """Return a whole response as it is sent."""
    return b"".join((_STATUS[status], *(b"%b: %b\r\n" % each for each in date), head, b"\r\n", body))
