"""What a server keeps beside the graphs: what the store says of itself, its files, and how far a change has come.

It is a named graph of its own, which no query over the store sees:

    <record>      edition      what differs with everything that the store holds
                  publisher    who is changing it; while that stands there, the graphs are between two editions
                  publication  what differs with every change, even with one that brings a former edition back
                  part         what the store says of itself, in numbered pieces
    <a graph>     digest       of its triples, as they were last published
                  pending      while the publisher has still to bring it up to date
    <file/NAME>   part         a file kept beside the graphs, in numbered pieces
"""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from pyoxigraph import Literal, NamedNode, Triple

from ssrgraph.errors import StoreError
from ssrgraph.store.interface import FORMAT, StoreInfo
from ssrgraph.store.remote.asking import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ssrgraph.store.remote.client import Client

_NAMESPACE = "https://w3id.org/ssrgraph/store#"
RECORD = NamedNode(f"{_NAMESPACE}record")
EDITION = NamedNode(f"{_NAMESPACE}edition")
PUBLICATION = NamedNode(f"{_NAMESPACE}publication")
PUBLISHER = NamedNode(f"{_NAMESPACE}publisher")
DIGEST = NamedNode(f"{_NAMESPACE}digest")
PENDING = NamedNode(f"{_NAMESPACE}pending")
PART = NamedNode(f"{_NAMESPACE}part")
_FILE = f"{_NAMESPACE}file/"
_PIECE = 30_000
"""Characters of a piece: servers have limits on literals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How far a server is.

    Attributes:
        edition: What it held when it was last whole; "" if it never was.
        publisher: Who is changing it, or was stopped at it; "" if nobody.
        publications: What differs with every change; one, if there was any.
        info: What the store says of itself; None before it was whole for the first time.
    """

    edition: str = ""
    publisher: str = ""
    publications: tuple[str, ...] = ()
    info: StoreInfo | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What a server holds of each graph.

    Attributes:
        digests: The digests of the graphs as they were last published.
        pending: The graphs that may hold something else.
    """

    digests: Mapping[NamedNode, str] = field(default_factory=dict)
    pending: frozenset[NamedNode] = frozenset()


def read_state(client: Client, *, any_format: bool = False) -> State:
    """Read how far a server is.

    Args:
        client: The server.
        any_format: Whether a store of another format will do, of which nothing else is told; for whoever replaces it.

    Raises:
        StoreError: It does not answer, or holds a store of another format.
    """
    values = _values(client, f"<{RECORD.value}> ?what ?value")
    return State(
        edition=next(iter(values.get(EDITION.value, ())), ""),
        publisher=" and ".join(sorted(values.get(PUBLISHER.value, ()))),
        publications=tuple(sorted(values.get(PUBLICATION.value, ()))),
        info=_info(client, values.get(PART.value, ()), any_format=any_format),
    )


def read_mark(client: Client) -> tuple[str, str, tuple[str, ...]]:
    """Read the edition of a server, who is changing it, and its publications: no more than that of its `State`.

    Raises:
        StoreError: It does not answer.
    """
    values = _values(client, f"<{RECORD.value}> ?what ?value FILTER (?what != <{PART.value}>)")
    return (
        next(iter(values.get(EDITION.value, ())), ""),
        " and ".join(sorted(values.get(PUBLISHER.value, ()))),
        tuple(sorted(values.get(PUBLICATION.value, ()))),
    )


def read_edition(client: Client) -> tuple[str, str]:
    """Read the edition of a server and who is changing it: no more than that of its `State`.

    Raises:
        StoreError: It does not answer.
    """
    return read_mark(client)[:2]


def _values(client: Client, pattern: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in rows(client, "?what ?value", f"GRAPH <{RECORD.value}> {{ {pattern} }}"):
        found.setdefault(row["what"].value, []).append(row["value"].value)
    return found


def read_progress(client: Client) -> Progress:
    """Read what a server holds of each graph."""
    digests = _noted(client, DIGEST)
    return Progress(digests=digests, pending=frozenset(_noted(client, PENDING)))


def _noted(client: Client, what: NamedNode) -> dict[NamedNode, str]:
    found = rows(client, "?graph ?value", f"GRAPH <{RECORD.value}> {{ ?graph <{what.value}> ?value }}")
    return {row["graph"]: row["value"].value for row in found}


def file_names(client: Client) -> tuple[str, ...]:
    """Return the names of the files kept beside the graphs, sorted."""
    first = f'?file <{PART.value}> ?part FILTER (STRSTARTS(?part, "{0:06} "))'
    found = rows(client, "?file", f"GRAPH <{RECORD.value}> {{ {first} }}")
    names = {row["file"].value for row in found} - {RECORD.value}
    return tuple(sorted(unquote(name.removeprefix(_FILE)) for name in names))


def read_file(client: Client, name: str) -> bytes:
    """Return one of them."""
    found = rows(client, "?part", f"GRAPH <{RECORD.value}> {{ <{_file(name).value}> <{PART.value}> ?part }}")
    return _joined(row["part"].value for row in found)


def described(info: StoreInfo, files: Iterable[tuple[str, bytes]]) -> Iterator[Triple]:
    """Yield what a record says of a store and its files."""
    text = json.dumps(asdict(info), sort_keys=True, ensure_ascii=False)
    yield from _pieces(RECORD, text.encode())
    for name, content in files:
        yield from _pieces(_file(name), content)


def held(client: Client) -> set[Triple]:
    """Return what the record of a server says of the store and its files."""
    found = rows(client, "?node ?part", f"GRAPH <{RECORD.value}> {{ ?node <{PART.value}> ?part }}")
    return {Triple(row["node"], PART, row["part"]) for row in found}


def _file(name: str) -> NamedNode:
    return NamedNode(_FILE + quote(name, safe=""))


def _pieces(node: NamedNode, content: bytes) -> Iterator[Triple]:
    text = base64.b64encode(zlib.compress(content, 6)).decode()
    for number, start in enumerate(range(0, len(text), _PIECE)):
        yield Triple(node, PART, Literal(f"{number:06} {text[start : start + _PIECE]}"))


def _joined(pieces: Iterable[str]) -> bytes:
    return zlib.decompress(base64.b64decode("".join(piece.partition(" ")[2] for piece in sorted(pieces))))


def _info(client: Client, pieces: Iterable[str], *, any_format: bool) -> StoreInfo | None:
    pieces = list(pieces)
    if not pieces:
        return None
    try:
        values = json.loads(_joined(pieces))
        form = values["format"]
        found = StoreInfo(**values) if form == FORMAT else None
    except (ValueError, LookupError, TypeError, zlib.error):
        # Between two editions there may be pieces of both.
        return None
    if found is None and not any_format:
        raise StoreError(
            client.address,
            f"a store of format {form}, but this version of ssrgraph reads format {FORMAT}; "
            "make it again with `ssrgraph build --force`",
        )
    return found
