"""Content negotiation after RFC 9110, section 12.5: from what a client accepts to one of what is offered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_VALUE = rf'(?:{_WORD}|"(?:[^"\\]|\\.)*")'
_MEMBER = re.compile(r"""\s*(?:((?:[^,"]|"(?:[^"\\]|\\.)*")*))(?:,|$)""")
_RANGE = re.compile(rf"\s*({_WORD})(?:/({_WORD}))?\s*")
_PARAMETER = re.compile(rf"\s*;\s*(?:({_WORD})\s*=\s*({_VALUE}))?\s*")
_REMEMBERED = 500
"""Letters of a header up to which what follows from it is remembered: clients send the same few again and again."""
_QUALITY = re.compile(r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?")


@dataclass(frozen=True, slots=True)
class _Range:
    """A member of an Accept header.

    Attributes:
        kind: The part before the slash, in small letters; or the whole of an encoding.
        sub: The part behind it; "" for an encoding.
        parameters: Parameters but q, names and values in small letters.
        quality: How much it is wanted, in thousandths.
    """

    kind: str
    sub: str
    parameters: frozenset[tuple[str, str]]
    quality: int

    def rank(self, offered: _Range) -> int:
        """Return how closely this says what is offered: 0 not at all, more the more it says."""
        if self.kind == "*" and self.sub in {"*", ""}:
            return 1
        if self.kind != offered.kind:
            return 0
        if self.sub == "*":
            return 2
        if self.sub != offered.sub or not self.parameters <= offered.parameters:
            return 0
        return 3 + len(self.parameters)


def best(accept: str | None, offered: Sequence[str]) -> str | None:
    """Return the media type that suits a client best; None if it wants none of them.

    The most closely matching member of the header says how much a type is wanted. Of types that are wanted equally,
    the one that is named more closely is taken, then the one that is offered first.

    Args:
        accept: The Accept header; None or empty: anything is welcome. Members that cannot be read count for nothing.
        offered: Media types, the preferred one first; they may have parameters.

    >>> best("text/*;q=0.5, application/json", ["text/turtle", "application/json"])
    'application/json'
    >>> best("image/png", ["text/turtle"]) is None
    True
    """
    if accept is None or len(accept) <= _REMEMBERED:
        return _best(accept, tuple(offered))
    return _best.__wrapped__(accept, tuple(offered))


@lru_cache(maxsize=1024)
def _best(accept: str | None, offered: tuple[str, ...]) -> str | None:
    ranges = _ranges(accept)
    if ranges is None:
        return offered[0] if offered else None
    scored = []
    for place, media_type in enumerate(offered):
        rank, quality = _wanted(ranges, media_type)
        if quality:
            scored.append((-quality, -rank, place, media_type))
    return min(scored)[3] if scored else None


def encoding(accept: str | None, offered: Sequence[str] = ("gzip",)) -> str | None:
    """Return the content coding that suits a client best; None for none at all.

    >>> encoding("br, gzip;q=0.8"), encoding("gzip;q=0, *"), encoding(None)
    ('gzip', None, None)
    """
    if accept is None or len(accept) <= _REMEMBERED:
        return _encoding(accept, tuple(offered))
    return _encoding.__wrapped__(accept, tuple(offered))


@lru_cache(maxsize=1024)
def _encoding(accept: str | None, offered: tuple[str, ...]) -> str | None:
    ranges = _ranges(accept) or []
    scored = [(-_wanted(ranges, name)[1], place, name) for place, name in enumerate(offered)]
    wanted = [each for each in scored if each[0]]
    if not wanted:
        return None
    chosen = min(wanted)
    plain = [each.quality for each in ranges if each.kind == "identity"]
    return None if plain and plain[0] > -chosen[0] else chosen[2]


def media_type(content_type: str | None) -> str:
    """Return the bare media type of a Content-Type header, in small letters; "" if there is none."""
    return (content_type or "").partition(";")[0].strip().lower()


def parameter(content_type: str | None, name: str) -> str | None:
    """Return a parameter of a Content-Type header, in small letters.

    >>> parameter('text/turtle; charset="UTF-8"', "charset")
    'utf-8'
    """
    for match in _PARAMETER.finditer((content_type or "").partition(";")[1] + (content_type or "").partition(";")[2]):
        if (match[1] or "").lower() == name:
            return _unquoted(match[2]).lower()
    return None


def _wanted(ranges: Sequence[_Range], offer: str) -> tuple[int, int]:
    offered = _range(offer)
    if offered is None:
        return 0, 0
    ranked = [(each.rank(offered), each.quality) for each in ranges]
    best_rank = max((rank for rank, _ in ranked), default=0)
    return (best_rank, max(quality for rank, quality in ranked if rank == best_rank)) if best_rank else (0, 0)


def _ranges(header: str | None) -> list[_Range] | None:
    """Return the members of a header; None if it says nothing."""
    if header is None or not header.strip():
        return None
    members = (match[1] for match in _MEMBER.finditer(header) if match[1].strip())
    return [found for member in members if (found := _range(member)) is not None]


def _range(text: str) -> _Range | None:
    head = _RANGE.match(text)
    if head is None:
        return None
    parameters, quality, end = set(), 1000, head.end()
    while end < len(text):
        match = _PARAMETER.match(text, end)
        if match is None:
            return None
        end = match.end()
        if match[1] is None:
            continue
        name, value = match[1].lower(), _unquoted(match[2])
        if name == "q":
            if not _QUALITY.fullmatch(value):
                return None
            quality = round(float(value) * 1000)
            break  # What follows q is an extension of the header, no parameter of the type.
        if (name, value.lower()) != ("charset", "utf-8"):  # All that is sent as text is.
            parameters.add((name, value.lower()))
    return _Range(head[1].lower(), (head[2] or "").lower(), frozenset(parameters), quality)


def _unquoted(value: str) -> str:
    return re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value
