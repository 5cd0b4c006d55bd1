"""What a server keeps beside the graphs: what the store says of itself, its files, and how far a change has come.

It is a named graph of its own, which no query over the store sees:

    <record>      edition    what differs with everything that the store holds
                  publisher  who is changing it; while that stands there, the graphs are between two editions
                  part       what the store says of itself, in numbered pieces
    <a graph>     digest     of its triples, as they were last published
                  pending    while the publisher has still to bring it up to date
    <file/NAME>   part       a file kept beside the graphs, in numbered pieces
"""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, Triple, parse_query_results

from ssrgraph.errors import StoreError
from ssrgraph.store.interface import FORMAT, StoreInfo

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ssrgraph.store.remote.client import Client

_NAMESPACE = "https://w3id.org/ssrgraph/store#"
RECORD = NamedNode(f"{_NAMESPACE}record")
EDITION = NamedNode(f"{_NAMESPACE}edition")
PUBLISHER = NamedNode(f"{_NAMESPACE}publisher")
DIGEST = NamedNode(f"{_NAMESPACE}digest")
PENDING = NamedNode(f"{_NAMESPACE}pending")
PART = NamedNode(f"{_NAMESPACE}part")
_FILE = f"{_NAMESPACE}file/"
JSON = "application/sparql-results+json"
_PIECE = 30_000
"""Characters of a piece: servers have limits on literals."""
_STATE = f"SELECT ?what ?value {{ GRAPH <{RECORD.value}> {{ <{RECORD.value}> ?what ?value }} }}"
_GRAPHS = (
    f"SELECT ?graph ?what ?value {{ GRAPH <{RECORD.value}> {{ ?graph ?what ?value "
    f"FILTER (?what IN (<{DIGEST.value}>, <{PENDING.value}>)) }} }}"
)
_FILES = (
    f"SELECT DISTINCT ?file {{ GRAPH <{RECORD.value}> {{ ?file <{PART.value}> ?part "
    f"FILTER (?file != <{RECORD.value}>) }} }}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How far a server is.

    Attributes:
        edition: What it held when it was last whole; "" if it never was.
        publisher: Who is changing it, or was stopped at it; "" if nobody.
        info: What the store says of itself; None before it was whole for the first time.
    """

    edition: str = ""
    publisher: str = ""
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


def select(client: Client, query: str) -> QuerySolutions:
    """Return the rows of a query.

    Raises:
        StoreError: The server does not answer, or with something else.
    """
    try:
        found = parse_query_results(client.ask(query, JSON), format=QueryResultsFormat.JSON)
    except (SyntaxError, ValueError) as error:
        raise StoreError(client.address, f"does not answer as a SPARQL server does: {error}") from error
    if not isinstance(found, QuerySolutions):
        raise StoreError(client.address, "does not answer as a SPARQL server does: a word instead of rows")
    return found


def read_state(client: Client) -> State:
    """Read how far a server is.

    Raises:
        StoreError: It does not answer, or holds a store of another format.
    """
    values: dict[str, list[str]] = {}
    for row in select(client, _STATE):
        values.setdefault(row["what"].value, []).append(row["value"].value)
    return State(
        edition=next(iter(values.get(EDITION.value, ())), ""),
        publisher=" and ".join(sorted(values.get(PUBLISHER.value, ()))),
        info=_info(client, values.get(PART.value, ())),
    )


def read_progress(client: Client) -> Progress:
    """Read what a server holds of each graph."""
    digests: dict[NamedNode, str] = {}
    pending = set()
    for row in select(client, _GRAPHS):
        if row["what"] == PENDING:
            pending.add(row["graph"])
        else:
            digests[row["graph"]] = row["value"].value
    return Progress(digests=digests, pending=frozenset(pending))


def file_names(client: Client) -> tuple[str, ...]:
    """Return the names of the files kept beside the graphs, sorted."""
    return tuple(sorted(unquote(row["file"].value.removeprefix(_FILE)) for row in select(client, _FILES)))


def read_file(client: Client, name: str) -> bytes:
    """Return one of them."""
    found = select(
        client, f"SELECT ?part {{ GRAPH <{RECORD.value}> {{ <{_file(name).value}> <{PART.value}> ?part }} }}"
    )
    return _joined(row["part"].value for row in found)


def described(info: StoreInfo, files: Iterable[tuple[str, bytes]]) -> Iterator[Triple]:
    """Yield what a record says of a store and its files."""
    text = json.dumps(asdict(info), sort_keys=True, ensure_ascii=False)
    yield from _pieces(RECORD, text.encode())
    for name, content in files:
        yield from _pieces(_file(name), content)


def held(client: Client) -> set[Triple]:
    """Return what the record of a server says of the store and its files."""
    query = f"SELECT ?node ?part {{ GRAPH <{RECORD.value}> {{ ?node <{PART.value}> ?part }} }}"
    return {Triple(row["node"], PART, row["part"]) for row in select(client, query)}


def _file(name: str) -> NamedNode:
    return NamedNode(_FILE + quote(name, safe=""))


def _pieces(node: NamedNode, content: bytes) -> Iterator[Triple]:
    text = base64.b64encode(zlib.compress(content, 6)).decode()
    for number, start in enumerate(range(0, len(text), _PIECE)):
        yield Triple(node, PART, Literal(f"{number:06} {text[start : start + _PIECE]}"))


def _joined(pieces: Iterable[str]) -> bytes:
    return zlib.decompress(base64.b64decode("".join(piece.partition(" ")[2] for piece in sorted(pieces))))


def _info(client: Client, pieces: Iterable[str]) -> StoreInfo | None:
    pieces = list(pieces)
    if not pieces:
        return None
    try:
        values = json.loads(_joined(pieces))
        found = StoreInfo(**values)
    except (ValueError, TypeError, zlib.error):
        # Between two editions there may be pieces of both.
        return None
    if found.format != FORMAT:
        raise StoreError(
            client.address,
            f"a store of format {found.format}, but this version of ssrgraph reads format {FORMAT}; "
            "make it again with `ssrgraph build --force`",
        )
    return found
